//! The simulation time of keys that do not say theirs.

use crate::time::{SessionTime, lerp};

/// Moments whose simulation time somebody wrote down, and the rate beyond them.
pub(super) struct WrittenClock {
    /// In order of time.
    dated: Vec<(SessionTime, f64)>,
    /// Simulated seconds a second.
    rate: f64,
}

impl WrittenClock {
    /// `start` is the simulation time at 0 s, if the file says one; a key there overrules it.
    pub fn new(
        start: Option<f64>,
        rate: f64,
        dated_keys: impl Iterator<Item = (SessionTime, f64)>,
    ) -> Self {
        let start = start.map(|tdb_s| (SessionTime::ZERO, tdb_s));
        let mut dated: Vec<_> = start.into_iter().chain(dated_keys).collect();
        dated.sort_by_key(|(stamp, _)| *stamp);
        Self { dated, rate }
    }

    /// TDB seconds past J2000 at `t`: even between dated moments, at the rate beyond them, and
    /// from J2000 at 0 s where there is none.
    pub fn tdb_s(&self, t: SessionTime) -> f64 {
        let from = |(stamp, tdb_s): (SessionTime, f64)| {
            tdb_s + self.rate * t.saturating_sub(stamp).as_secs()
        };
        let next = self.dated.partition_point(|(stamp, _)| *stamp <= t);
        let before = next.checked_sub(1).and_then(|i| self.dated.get(i)).copied();
        match (before, self.dated.get(next).copied()) {
            (Some((start, a)), Some((end, b))) => lerp(a, b, t.fraction_between(start, end)),
            (Some(only), None) | (None, Some(only)) => from(only),
            (None, None) => from((SessionTime::ZERO, 0.0)),
        }
    }
}
