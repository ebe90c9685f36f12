//! Writing a journey as people write one: without numbers and dates, which the reader makes up by
//! itself. That it does is tried before the text is given.

use crate::camera_track::CameraEntry;
use crate::clock_track::ClockTrack;
use crate::recording::{MAIN_VIEW, Recording, View};
use crate::time::{SessionTime, SimTime};
use crate::value::Easing;

use super::number::{float, text};
use super::read::read;
use super::write::{Whole, write, write_as};

/// What need not be said.
#[derive(Default)]
pub(super) struct Unsaid {
    /// Sequence numbers.
    pub numbers: bool,
    /// The name of the first view, whose fields then stand beside the title.
    pub view_name: bool,
    /// The clock's keys.
    pub clock: bool,
    /// The simulation time of keys and events, and the clock's only change.
    pub dates: Option<Dates>,
}

/// A clock that runs evenly.
pub(super) struct Dates {
    /// At 0 s, TDB seconds past J2000.
    start_tdb_s: f64,
    /// Simulated seconds a second, where that is said.
    rate: Option<f64>,
    clock: ClockTrack,
}

/// The recording as `write` gives it, but without sequence numbers and dates that the reader would
/// make up just so: what people like to read and to change.
pub fn write_journey(recording: &Recording) -> String {
    let is_main_first = recording.views.first().is_some_and(|view| view.name == MAIN_VIEW);
    let dated = || Dates::of(recording);
    for dates in [dated(), None] {
        let clock = dates.as_ref().is_some_and(|dates| dates.are_all_the_clock(recording));
        let unsaid = Unsaid { numbers: true, view_name: is_main_first, clock, dates };
        let mut bytes = Vec::new();
        let told = &mut Whole(recording);
        let plain =
            write_as(told, unsaid, &mut bytes).ok().and_then(|()| String::from_utf8(bytes).ok());
        if let Some(plain) = plain.filter(|plain| reads_back(plain, recording)) {
            return plain;
        }
    }
    write(recording)
}

/// Whether the text reads back to the recording. Words that take a scene come to other poses without
/// one; they are written the same either way.
fn reads_back(text: &str, recording: &Recording) -> bool {
    let Ok(mut read) = read(text.as_bytes()) else { return false };
    for (view, told) in read.recording.views.iter_mut().zip(&recording.views) {
        view.take_worded_poses(told);
    }
    read.recording == *recording
}

impl View {
    /// Puts the other's poses where both were said in the same words.
    fn take_worded_poses(&mut self, other: &Self) {
        let mut camera = crate::camera_track::CameraTrack::default();
        for (entry, told) in self.camera.entries().iter().zip(other.camera.entries()) {
            let (words, told_words) =
                (self.wordings.get_mut(&entry.seq), other.wordings.get(&entry.seq));
            let mut entry = entry.clone();
            if let (Some(words), Some(told_words)) = (words, told_words)
                && (&words.place, &words.aim) == (&told_words.place, &told_words.aim)
            {
                entry.pose = told.pose.clone();
                words.pose = told_words.pose.clone();
            }
            // It was in a track.
            let _ = camera.push(entry);
        }
        if camera.entries().len() == self.camera.entries().len() {
            self.camera = camera;
        }
    }
}

impl Dates {
    fn of(recording: &Recording) -> Option<Self> {
        let first = recording.clock.keys().first().filter(|key| key.stamp == SessionTime::ZERO)?;
        let rate = match recording.clock.changes() {
            [] => None,
            [only] if only.stamp == SessionTime::ZERO && only.paused.is_none() => Some(only.rate?),
            _ => return None,
        };
        let clock = recording.clock.clone();
        let dates = Self { start_tdb_s: first.sim_time.as_tdb_secs(), rate, clock };
        let is_even = |entry: &CameraEntry| {
            let tdb_s = dates.start_tdb_s + rate.unwrap_or(1.0) * entry.stamp.as_secs();
            tdb_s.to_bits() == entry.sim_time_s.to_bits()
        };
        let mut views = recording.views.iter();
        let has_dates = |view: &View| view.wordings.values().any(|words| words.date.is_some());
        let fits = views.all(|v| !has_dates(v) && v.camera.entries().iter().all(is_even));
        fits.then_some(dates)
    }

    /// Whether a file that says the date and no key of any camera would have this clock.
    fn are_all_the_clock(&self, recording: &Recording) -> bool {
        let keys = recording.clock.keys();
        recording.camera_entries() == 0 && keys.len() == 1 && keys[0].easing == Easing::Linear
    }

    pub fn date_text(&self) -> String {
        let date = SimTime::from_tdb_secs(self.start_tdb_s).and_then(SimTime::to_utc_iso_exact);
        date.map_or_else(|| float(self.start_tdb_s), |date| text(&date))
    }

    pub fn rate_text(&self) -> Option<String> {
        self.rate.map(|rate| format!("rate: {}", float(rate)))
    }

    /// Whether the clock says this time by itself.
    pub fn is_of_clock(&self, stamp: SessionTime, tdb_s: f64) -> bool {
        self.clock.sample(stamp).sim_time.as_tdb_secs().to_bits() == tdb_s.to_bits()
    }
}
