//! How many wrong secrets may be told in a while.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// So many within this time, and no more are answered.
const MOST_WRONG: usize = 10;
const WITHIN: Duration = Duration::from_secs(60);

/// Of so many addresses it is known at once; whoever comes from another one then waits.
const MOST_ADDRESSES: usize = 1000;

/// Wrong secrets of late.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    /// When each was told, the oldest first; as many as count at most.
    wrong: Vec<Instant>,
}

impl Attempts {
    /// Notes a wrong one. How long nothing more should be tried, where it was one too many.
    pub fn note_wrong(&mut self, now: Instant) -> Option<Duration> {
        let wait = self.wait(now);
        if wait.is_none() {
            self.wrong.push(now);
        }
        wait
    }

    /// How long nothing more should be tried; `None` where it may be.
    pub fn wait(&mut self, now: Instant) -> Option<Duration> {
        self.wrong.retain(|at| now.duration_since(*at) < WITHIN);
        let oldest = self.wrong.first().filter(|_| self.wrong.len() >= MOST_WRONG)?;
        Some(WITHIN.saturating_sub(now.duration_since(*oldest)))
    }
}

/// Wrong secrets of late, by where they came from: who guesses keeps nobody else out.
#[derive(Clone, Debug, Default)]
pub struct AttemptsByAddress(BTreeMap<IpAddr, Attempts>);

impl AttemptsByAddress {
    /// Notes a wrong one. How long nothing more should be tried from there, where it was one too many.
    pub fn note_wrong(&mut self, from: IpAddr, now: Instant) -> Option<Duration> {
        match self.wait(from, now) {
            None => self.0.entry(from).or_default().note_wrong(now),
            wait => wait,
        }
    }

    /// How long nothing more should be tried from there; `None` where it may be.
    pub fn wait(&mut self, from: IpAddr, now: Instant) -> Option<Duration> {
        if let Some(attempts) = self.0.get_mut(&from) {
            return attempts.wait(now);
        }
        if self.0.len() >= MOST_ADDRESSES {
            self.0.retain(|_, attempts| {
                attempts.wait(now);
                !attempts.wrong.is_empty()
            });
        }
        (self.0.len() >= MOST_ADDRESSES).then_some(WITHIN)
    }
}
