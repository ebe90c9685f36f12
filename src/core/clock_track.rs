//! Simulation time over session time, and the rate and pause that went with it.

use serde::{Deserialize, Serialize};

use crate::recording::Sequence;
use crate::time::{SessionTime, SimTime};
use crate::timeline::{Stamped, Timeline};
use crate::value::Easing;

/// Simulation time at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClockKey {
    /// When.
    pub stamp: SessionTime,
    /// Simulation time then.
    pub sim_time: SimTime,
    /// How the clock runs from here to the next key.
    pub easing: Easing,
}

/// A change of the clock's rate or pause.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClockChange {
    /// Place in the file.
    pub seq: Sequence,
    /// When.
    pub stamp: SessionTime,
    /// Simulated seconds a second from here on, finite, if that changes.
    pub rate: Option<f64>,
    /// Whether the clock stands still from here on, if that changes.
    pub paused: Option<bool>,
}

impl Stamped for ClockKey {
    fn stamp(&self) -> SessionTime {
        self.stamp
    }
}

impl Stamped for ClockChange {
    fn stamp(&self) -> SessionTime {
        self.stamp
    }
}

/// The clock at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClockSample {
    /// Simulation time; J2000 where no key says otherwise.
    pub sim_time: SimTime,
    /// Simulated seconds a second, as it was last set (1 if never).
    pub rate: f64,
    /// Whether the clock was paused (not, if never said).
    pub paused: bool,
}

/// Simulation time, rate and pause of a recording.
///
/// Simulation time comes from the keys alone; rate and pause are what the presenter saw on the
/// clock. Where the two disagree the keys are right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClockTrack {
    keys: Timeline<ClockKey>,
    changes: Timeline<ClockChange>,
    /// Rate and pause after each change.
    states: Vec<(f64, bool)>,
}

impl ClockTrack {
    /// Makes room for keys to come.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.keys.reserve(count);
    }

    /// Appends a key. Keys keep the order they are given in.
    #[inline]
    pub fn push_key(&mut self, key: ClockKey) {
        self.keys.push(key);
    }

    /// Appends a key that is not due before `due`, whatever its stamp.
    pub fn push_key_due(&mut self, key: ClockKey, due: SessionTime) {
        self.keys.push_due(key, due);
    }

    /// Appends a change of rate or pause. A rate that is not finite changes nothing.
    pub fn push_change(&mut self, change: ClockChange) {
        self.push_change_due(change, SessionTime::MIN);
    }

    /// Appends a change that is not due before `due`, whatever its stamp.
    pub fn push_change_due(&mut self, change: ClockChange, due: SessionTime) {
        let (rate, paused) = self.states.last().copied().unwrap_or((1.0, false));
        let new_rate = change.rate.filter(|r| r.is_finite()).unwrap_or(rate);
        self.states.push((new_rate, change.paused.unwrap_or(paused)));
        self.changes.push_due(change, due);
    }

    /// When the key at `index` is due.
    pub fn key_due_at(&self, index: usize) -> SessionTime {
        self.keys.due_at(index)
    }

    /// When the change at `index` is due.
    pub fn change_due_at(&self, index: usize) -> SessionTime {
        self.changes.due_at(index)
    }

    /// Simulation time at moments, in order of recording.
    pub fn keys(&self) -> &[ClockKey] {
        self.keys.items()
    }

    /// Changes of rate and pause, in order of recording.
    pub fn changes(&self) -> &[ClockChange] {
        self.changes.items()
    }

    /// The last moment anything is said of.
    pub fn end(&self) -> Option<SessionTime> {
        self.keys.end().max(self.changes.end())
    }

    /// The clock at `t`: linear (or as eased) between keys, held before the first and after the last.
    pub fn sample(&self, t: SessionTime) -> ClockSample {
        let sim_time = self.keys.locate(t).map_or(SimTime::J2000, |place| {
            let keys = self.keys.items();
            let before = keys[place.index];
            match keys.get(place.index + 1) {
                Some(after) => {
                    before.sim_time.lerp(after.sim_time, before.easing.apply(place.weight))
                }
                None => before.sim_time,
            }
        });
        let (rate, paused) = match self.changes.count_due(t) {
            0 => (1.0, false),
            count => self.states[count - 1],
        };
        ClockSample { sim_time, rate, paused }
    }
}
