//! How many wrong secrets may be told in a while.

use std::time::{Duration, Instant};

/// So many within this time, and no more are answered.
const MOST_WRONG: usize = 10;
const WITHIN: Duration = Duration::from_secs(60);

/// Wrong secrets of late.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    /// When each was told, the oldest first; as many as count at most.
    wrong: Vec<Instant>,
}

impl Attempts {
    /// How long nothing should be tried, where too many were wrong of late.
    pub fn must_wait(&mut self, now: Instant) -> Option<Duration> {
        self.wrong.retain(|at| now.duration_since(*at) < WITHIN);
        let oldest = self.wrong.first().filter(|_| self.wrong.len() >= MOST_WRONG)?;
        Some(WITHIN.saturating_sub(now.duration_since(*oldest)))
    }

    /// Notes a wrong one. How long nothing more should be tried, where it was one too many.
    pub fn note_wrong(&mut self, now: Instant) -> Option<Duration> {
        let wait = self.must_wait(now);
        if wait.is_none() {
            self.wrong.push(now);
        }
        wait
    }
}
