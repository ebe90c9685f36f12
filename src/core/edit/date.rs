//! Letting a recording happen at another date.

use std::str::FromStr;

use crate::camera_track::{CameraEntry, CameraTrack};
use crate::clock_track::{ClockKey, ClockTrack};
use crate::recording::Recording;
use crate::time::{Interval, SessionTime, SimTime};

use super::parts::{recorded_header, unexpanded_rules};
use super::{EditError, Progress, tell};

/// Another date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NewDate {
    /// The date at the recording's start.
    At(SimTime),
    /// So much later than it is.
    Later(Interval),
}

/// Neither a date nor an interval.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is neither a date nor an interval; expected 2031-05-01T20:00:00 (UTC) or -3h")]
pub struct NewDateError {
    /// The text as it was given.
    pub found: String,
}

impl FromStr for NewDate {
    type Err = NewDateError;

    /// ISO 8601 (UTC), or a number and `s`, `m`, `h`, `d`, `M` (months) or `y`. A number alone is a
    /// year in ISO 8601 and seconds in an interval, so it is refused.
    fn from_str(text: &str) -> Result<Self, NewDateError> {
        let error = || NewDateError { found: text.to_owned() };
        if text.trim().parse::<f64>().is_ok() {
            return Err(error());
        }
        let interval = text.parse().map(Self::Later).ok();
        interval.or_else(|| text.parse().map(Self::At).ok()).ok_or_else(error)
    }
}

/// The recording with all simulation time moved by what brings its start to another date: the clock, and
/// what entries say of it. An interval of months or years is counted from the start by the calendar, and
/// everything moved by the seconds that this is.
///
/// Camera places stay as they are relative to their anchors. Those that follow an anchor's rotation keep
/// what they see of it; those that do not keep the stars behind them, and the anchor has another side
/// turned to them. Where a camera was said in words to look at another node, those words are kept, and
/// worked out for the new date when a scene is opened. Events at simulation time 0 stay there: foreign
/// files say so of what belongs to no date.
///
/// # Errors
/// Where the date is none that can be named; where it was stopped.
pub fn date(
    recording: &Recording,
    to: NewDate,
    progress: Progress<'_>,
) -> Result<Recording, EditError> {
    tell(progress, 0.0)?;
    let start = recording.clock.sample(SessionTime::ZERO).sim_time;
    let begins = match to {
        NewDate::At(date) => Some(date),
        NewDate::Later(interval) => start.after(interval),
    };
    let by_s = begins.map(|begins| begins.as_tdb_secs() - start.as_tdb_secs());
    let Some(by_s) = by_s.filter(|by_s| by_s.is_finite()) else {
        return Err(EditError::refused("the new date", "beyond all dates", "one that has a year"));
    };
    let moved = |seconds: f64| (seconds + by_s).clamp(f64::MIN, f64::MAX);
    let mut clock = ClockTrack::default();
    for (index, key) in recording.clock.keys().iter().enumerate() {
        let seconds = moved(key.sim_time.as_tdb_secs());
        let sim_time = SimTime::from_tdb_secs(seconds).unwrap_or(key.sim_time);
        clock.push_key_due(ClockKey { sim_time, ..*key }, recording.clock.key_due_at(index));
    }
    if recording.clock.keys().is_empty() {
        // A clock that nobody set shows J2000.
        let sim_time = SimTime::from_tdb_secs(moved(0.0)).unwrap_or_default();
        let stamp = SessionTime::ZERO;
        clock.push_key(ClockKey { stamp, sim_time, easing: Default::default() });
    }
    for (index, change) in recording.clock.changes().iter().enumerate() {
        clock.push_change_due(*change, recording.clock.change_due_at(index));
    }
    let mut dated = Recording { clock, header: recorded_header(recording), ..recording.clone() };
    dated.rules = unexpanded_rules(recording).cloned().collect();
    for view in &mut dated.views {
        let mut camera = CameraTrack::default();
        for (index, entry) in view.camera.entries().iter().enumerate() {
            let sim_time_s = moved(entry.sim_time_s);
            let entry = CameraEntry { sim_time_s, ..entry.clone() };
            // It was in a track before, so a track takes it.
            let _ = camera.push_due(entry, view.camera.due_at(index));
        }
        view.camera = camera;
        view.wordings.values_mut().for_each(|words| words.date = None);
    }
    for event in dated.events.iter_mut().filter(|event| event.sim_time_s != 0.0) {
        event.sim_time_s = moved(event.sim_time_s);
    }
    tell(progress, 1.0)?;
    Ok(dated)
}
