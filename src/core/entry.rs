//! A recording as the stream of entries it grew from: what a recorder is handed, in the order in
//! which things happened. The model they grow into is `recording`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::camera_track::CameraEntry;
use crate::clock_track::{ClockChange, ClockKey};
use crate::event::Event;
use crate::property_track::PropertyChange;
use crate::recording::{Recording, Sequence, View};
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::wording::Wording;

/// The place of a view in its recording's list of views.
pub type ViewIndex = u16;

/// One thing that was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// From here on there is another view, the next one in the list.
    View {
        /// Its name, unlike all others.
        name: Arc<str>,
        /// Vertical field of view, degrees; `None` where it is not recorded.
        vfov_deg: Option<f64>,
    },
    /// Where a camera is.
    Camera {
        /// Whose.
        view: ViewIndex,
        /// Where.
        entry: CameraEntry,
    },
    /// What the place of the camera entry before this one is in words.
    Wording {
        /// Whose.
        view: ViewIndex,
        /// Of which entry.
        seq: Sequence,
        /// The words.
        wording: Arc<Wording>,
    },
    /// Simulation time.
    ClockKey(ClockKey),
    /// Rate or pause.
    ClockChange(ClockChange),
    /// One property.
    Property {
        /// Which.
        path: Arc<str>,
        /// What becomes of it.
        change: PropertyChange,
    },
    /// Many properties.
    Rule(Rule),
    /// A script, a line, a marker.
    Event(Event),
}

impl Entry {
    /// When, as it was recorded; `None` where it belongs to no moment.
    pub fn stamp(&self) -> Option<SessionTime> {
        match self {
            Self::View { .. } | Self::Wording { .. } => None,
            Self::Camera { entry, .. } => Some(entry.stamp),
            Self::ClockKey(key) => Some(key.stamp),
            Self::ClockChange(change) => Some(change.stamp),
            Self::Property { change, .. } => Some(change.stamp),
            Self::Rule(rule) => Some(rule.stamp),
            Self::Event(event) => Some(event.stamp),
        }
    }

    /// Adds this entry to the recording that those before it have grown into. False where it cannot
    /// be used: numbers that are not finite, a view that is not listed.
    pub fn add_to(self, recording: &mut Recording) -> bool {
        match self {
            Self::View { name, vfov_deg } => {
                recording.views.push(View { vfov_deg, ..View::new(&name) });
            }
            Self::Camera { view, entry } => {
                let view = recording.views.get_mut(usize::from(view));
                return view.is_some_and(|view| view.camera.push(entry).is_ok());
            }
            Self::Wording { view, seq, wording } => {
                let Some(view) = recording.views.get_mut(usize::from(view)) else { return false };
                view.wordings.insert(seq, Arc::unwrap_or_clone(wording));
            }
            Self::ClockKey(key) => recording.clock.push_key(key),
            Self::ClockChange(change) => recording.clock.push_change(change),
            Self::Property { path, change } => recording.push_property(&path, change),
            Self::Rule(rule) => recording.rules.push(rule),
            Self::Event(event) => recording.events.push(event),
        }
        true
    }
}

/// Every entry of a recording, in the order in which they are due; of those due together, in the
/// order of the file. The entries of each track keep their order, whatever their stamps say.
///
/// Views come first, the baseline does not come.
pub fn entries(recording: &Recording) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut tracks = Tracks { all: Vec::new() };
    for (index, view) in recording.views.iter().enumerate() {
        all.push(Entry::View { name: view.name.as_str().into(), vfov_deg: view.vfov_deg });
        let Ok(index) = ViewIndex::try_from(index) else { continue };
        tracks.add(view.camera.entries().iter().map(|entry| {
            (entry.stamp, entry.seq, Entry::Camera { view: index, entry: entry.clone() })
        }));
    }
    // At one moment the clock goes first, so that whoever listens knows the time of the rest.
    let keys = recording.clock.keys().iter();
    tracks.add(keys.map(|key| (key.stamp, 0, Entry::ClockKey(*key))));
    let changes = recording.clock.changes().iter();
    tracks.add(changes.map(|change| (change.stamp, change.seq, Entry::ClockChange(*change))));
    for (path, track) in &recording.properties {
        tracks.add(track.changes().iter().map(|change| {
            let entry = Entry::Property { path: Arc::clone(path), change: change.clone() };
            (change.stamp, change.seq, entry)
        }));
    }
    let rules = recording.rules.iter();
    tracks.add(rules.map(|rule| (rule.stamp, rule.seq, Entry::Rule(rule.clone()))));
    let events = recording.events.iter();
    tracks.add(events.map(|event| (event.stamp, event.seq, Entry::Event(event.clone()))));
    for entry in tracks.in_order() {
        let words = match &entry {
            Entry::Camera { view, entry } => {
                let words = recording.views[usize::from(*view)].wordings.get(&entry.seq);
                words.map(|words| Entry::Wording {
                    view: *view,
                    seq: entry.seq,
                    wording: Arc::new(words.clone()),
                })
            }
            _ => None,
        };
        all.push(entry);
        all.extend(words);
    }
    all
}

/// Tracks to be merged.
struct Tracks {
    all: Vec<(SessionTime, Sequence, Entry)>,
}

impl Tracks {
    /// Adds a track; no entry of it is due, or counted, before an earlier one.
    fn add(&mut self, entries: impl Iterator<Item = (SessionTime, Sequence, Entry)>) {
        let mut before = (SessionTime::MIN, 0);
        self.all.extend(entries.map(|(stamp, seq, entry)| {
            let due = before.0.max(stamp);
            // Within one moment only: a later moment may count from anywhere.
            let seq = if due == before.0 { before.1.max(seq) } else { seq };
            before = (due, seq);
            (due, seq, entry)
        }));
    }

    fn in_order(mut self) -> impl Iterator<Item = Entry> {
        self.all.sort_by_key(|(due, seq, _)| (*due, *seq));
        self.all.into_iter().map(|(_, _, entry)| entry)
    }
}
