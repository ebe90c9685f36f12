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
    /// Notes a wrong one. How long nothing more should be tried, where it was one too many.
    pub fn note_wrong(&mut self, now: Instant) -> Option<Duration> {
        self.wrong.retain(|at| now.duration_since(*at) < WITHIN);
        if self.wrong.len() < MOST_WRONG {
            self.wrong.push(now);
            return None;
        }
        self.wrong.first().map(|oldest| WITHIN.saturating_sub(now.duration_since(*oldest)))
    }
}
