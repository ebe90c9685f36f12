//! The clock of a journey: a date and a rate, or whatever an opened recording's clock did.

use std::sync::Arc;

use crate::clock_track::{ClockChange, ClockKey, ClockTrack};
use crate::time::{SessionTime, SimTime};
use crate::value::Easing;

/// What time it is in the scene in the course of a journey.
#[derive(Clone, Debug, PartialEq)]
pub enum JourneyClock {
    /// It runs evenly.
    Even {
        /// At the start.
        date: SimTime,
        /// Simulated seconds a second, finite; 1 if not said.
        rate: Option<f64>,
    },
    /// As in the recording that was opened.
    Kept(Arc<ClockTrack>),
}

impl JourneyClock {
    /// The clock of a recording whose first camera has keys at these moments and which lasts so long.
    pub(super) fn track(&self, camera_at: &[SessionTime], duration: SessionTime) -> ClockTrack {
        let (date, rate) = match self {
            Self::Kept(clock) => return ClockTrack::clone(clock),
            Self::Even { date, rate } => (*date, *rate),
        };
        let mut clock = ClockTrack::default();
        // Where the camera's keys do, they are what a text need not say.
        let (first, last) = (camera_at.first(), camera_at.last());
        let do_keys_do = first == Some(&SessionTime::ZERO) && last == Some(&duration);
        let ends = [SessionTime::ZERO, duration];
        let moments = match (do_keys_do, duration == SessionTime::ZERO) {
            (true, _) => camera_at,
            (false, true) => &ends[..1],
            (false, false) => &ends,
        };
        for stamp in moments {
            let sim_time = SimTime::from_tdb_secs(even_s(date, rate, *stamp)).unwrap_or(date);
            clock.push_key(ClockKey { stamp: *stamp, sim_time, easing: Easing::Linear });
        }
        if rate.is_some() {
            let stamp = SessionTime::ZERO;
            clock.push_change(ClockChange { seq: 0, stamp, rate, paused: None });
        }
        clock
    }

    /// Simulation time of a camera's key that says none of its own; `track` is this clock's.
    pub(super) fn sim_time_s(&self, at: SessionTime, track: &ClockTrack) -> f64 {
        match self {
            Self::Even { date, rate } => even_s(*date, *rate, at),
            Self::Kept(_) => track.sample(at).sim_time.as_tdb_secs(),
        }
    }

    /// The date at the start.
    pub fn date(&self) -> SimTime {
        match self {
            Self::Even { date, .. } => *date,
            Self::Kept(clock) => clock.sample(SessionTime::ZERO).sim_time,
        }
    }

    /// Simulated seconds a second at the start.
    pub fn rate(&self) -> f64 {
        match self {
            Self::Even { rate, .. } => rate.unwrap_or(1.0),
            Self::Kept(clock) => clock.sample(SessionTime::ZERO).rate,
        }
    }
}

fn even_s(date: SimTime, rate: Option<f64>, at: SessionTime) -> f64 {
    let tdb_s = date.as_tdb_secs() + rate.unwrap_or(1.0) * at.as_secs();
    tdb_s.clamp(f64::MIN, f64::MAX)
}
