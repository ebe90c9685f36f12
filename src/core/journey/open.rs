//! From any recording to a journey: camera entries, changes and scripts become keys, and all else is
//! kept as it is.

use std::sync::Arc;

use crate::clock_track::{ClockChange, ClockTrack};
use crate::event::{Event, EventKind};
use crate::recording::{Recording, Sequence, View};
use crate::time::SessionTime;

use super::document::{Journey, KeptEntry, KeptView, MOST_CAMERA_KEYS, MOST_OTHER_KEYS, Rest};
use super::key::{Content, Key, Target};
use super::{JourneyClock, KeyId};

/// Why a recording cannot be opened as a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAJourney {
    /// It was flown, and not made of keys.
    #[error(
        "the recording has {found} camera entries, a journey at most {MOST_CAMERA_KEYS}; reduce it first (edit.reduce)"
    )]
    TooManyEntries {
        /// How many there are.
        found: usize,
    },
    /// It holds the changes of a whole show.
    #[error(
        "the recording has {found} changes and scripts, a journey at most {MOST_OTHER_KEYS}; leave some out first (edit.drop)"
    )]
    TooManyChanges {
        /// How many there are.
        found: usize,
    },
    /// There are no numbers left for keys.
    #[error("there are no numbers left for keys")]
    NoNumbers,
}

/// The order of keys of the same moment as they are opened: list, then number in the file.
type Order = (SessionTime, usize, Sequence);

impl Journey {
    /// The journey that a recording is, as it was read from its file: rules not expanded, scripts not
    /// run. Nothing in it plays otherwise: paths, curves and dates stay with their keys. Keys are
    /// numbered by time from `first` on.
    ///
    /// # Errors
    /// Where it has too many entries, how many.
    pub fn from_recording(recording: &Recording, first: KeyId) -> Result<Self, NotAJourney> {
        let views = &recording.views;
        let has_camera = |view: &View| !view.camera.entries().is_empty();
        let keyed_view = views.iter().position(has_camera).unwrap_or(0);
        let found = views.get(keyed_view).map_or(0, |view| view.camera.entries().len());
        if found > MOST_CAMERA_KEYS {
            return Err(NotAJourney::TooManyEntries { found });
        }
        let changes = recording.properties.values().map(|track| track.changes().len());
        let found = changes.sum::<usize>() + recording.rules.len() + recording.script_entries();
        if found > MOST_OTHER_KEYS {
            return Err(NotAJourney::TooManyChanges { found });
        }
        let mut rest = kept(recording, keyed_view);
        let mut keys = contents(recording, keyed_view);
        keys.sort_by_key(|(order, ..)| *order);
        let ids = u32::try_from(keys.len()).ok().and_then(|count| first.0.checked_add(count));
        ids.ok_or(NotAJourney::NoNumbers)?;
        let keys = (first.0..).map(KeyId).zip(keys);
        let keys = keys.map(|(id, ((at, ..), name, content))| Key { id, at, name, content });
        let mut keys: Vec<Key> = keys.collect();
        rest.clock = clock(recording, &rest, &keys);
        let journey = Self { keys: Arc::default(), rest: Arc::new(rest) };
        let camera_at: Vec<SessionTime> =
            keys.iter().filter(|key| key.pose().is_some()).map(|key| key.at).collect();
        let track = journey.rest.clock.track(&camera_at, recording.duration());
        for key in &mut keys {
            forget_dates_of_the_clock(key, &journey.rest.clock, &track);
        }
        Ok(Self { keys: Arc::new(keys.into_iter().map(Arc::new).collect()), ..journey })
    }
}

type Named = (Order, Arc<str>, Content);

/// What becomes keys.
fn contents(recording: &Recording, keyed_view: usize) -> Vec<Named> {
    let name = |seq: Sequence| recording.names.get(&seq).cloned().unwrap_or_default();
    let mut keys: Vec<Named> = Vec::new();
    if let Some(view) = recording.views.get(keyed_view) {
        for (index, entry) in view.camera.entries().iter().enumerate() {
            let words = view.wordings.get(&entry.seq).filter(|words| words.holds_for(entry));
            let content = Content::Camera {
                pose: entry.pose.clone(),
                leave: entry.leave,
                words: words.cloned().map(Arc::new),
                sim_time_s: Some(entry.sim_time_s),
            };
            // Entries of one moment keep their order, whatever their numbers.
            let order = (view.camera.due_at(index), 0, index as Sequence);
            keys.push((order, name(entry.seq), content));
        }
    }
    let property = |target, value: &_, over, easing| {
        let value = Clone::clone(value);
        Content::Property { target, value, over, easing }
    };
    for (path, track) in &recording.properties {
        let mut latest = 0;
        for (index, c) in track.changes().iter().enumerate() {
            latest = c.seq.max(latest);
            let content = property(Target::Path(Arc::clone(path)), &c.value, c.duration, c.easing);
            keys.push(((track.due_at(index), 1, latest), name(c.seq), content));
        }
    }
    let mut latest = 0;
    for r in &recording.rules {
        latest = r.seq.max(latest);
        let content = property(Target::Pattern(r.pattern.clone()), &r.value, r.duration, r.easing);
        keys.push(((r.stamp, 1, latest), name(r.seq), content));
    }
    for (index, event) in recording.events.iter().enumerate() {
        if let EventKind::Script { text } = &event.kind {
            let code = text.as_str().into();
            let content = Content::Script { code, sim_time_s: Some(event.sim_time_s) };
            keys.push(((event.stamp, 2, index as Sequence), name(event.seq), content));
        }
    }
    keys
}

/// What does not become keys; the clock is still to be told.
fn kept(recording: &Recording, keyed_view: usize) -> Rest {
    let views = recording.views.iter().enumerate().map(|(index, view)| {
        let entries = view.camera.entries().iter().enumerate().filter(|_| index != keyed_view);
        let entries = entries.map(|(i, entry)| KeptEntry {
            due: view.camera.due_at(i),
            words: view.wordings.get(&entry.seq).cloned(),
            entry: crate::camera_track::CameraEntry { seq: 0, ..entry.clone() },
        });
        KeptView { name: view.name.clone(), vfov_deg: view.vfov_deg, entries: entries.collect() }
    });
    let mut views: Vec<KeptView> = views.collect();
    if views.is_empty() {
        let name = crate::recording::MAIN_VIEW.to_owned();
        views.push(KeptView { name, vfov_deg: None, entries: Vec::new() });
    }
    let events = recording.events.iter();
    let events = events.filter(|event| !matches!(event.kind, EventKind::Script { .. }));
    let mut events: Vec<Event> = events.map(|event| Event { seq: 0, ..event.clone() }).collect();
    events.sort_by_key(|event| event.stamp);
    let baseline = recording.baseline.iter();
    Rest {
        header: recording.header.clone(),
        clock: JourneyClock::Kept(Arc::default()),
        baseline: baseline.map(|(path, value)| (Arc::clone(path), value.clone())).collect(),
        views,
        keyed_view,
        events,
    }
}

/// A date and a rate where they say all of the recording's clock, else the clock as it is.
fn clock(recording: &Recording, rest: &Rest, keys: &[Key]) -> JourneyClock {
    let clock = &recording.clock;
    if let Some(first) = clock.keys().first() {
        let rate = clock.changes().first().and_then(|change| change.rate);
        let even = JourneyClock::Even { date: first.sim_time, rate };
        let camera = keys.iter().filter(|key| key.pose().is_some());
        let camera_at: Vec<SessionTime> = camera.map(|key| key.at).collect();
        let entries = rest.views.iter().flat_map(|view| &view.entries).map(|e| e.due);
        let others = entries.chain(rest.events.iter().map(|event| event.stamp));
        let all = keys.iter().map(|key| key.at).chain(others);
        let duration = all.fold(SessionTime::ZERO, SessionTime::max);
        if is_same(&even.track(&camera_at, duration), clock) {
            return even;
        }
    }
    let mut own = ClockTrack::default();
    for (index, key) in clock.keys().iter().enumerate() {
        own.push_key_due(*key, clock.key_due_at(index));
    }
    for (index, change) in clock.changes().iter().enumerate() {
        own.push_change_due(ClockChange { seq: 0, ..*change }, clock.change_due_at(index));
    }
    JourneyClock::Kept(Arc::new(own))
}

/// Whether two clocks are the same but for the numbers of their changes.
fn is_same(one: &ClockTrack, other: &ClockTrack) -> bool {
    let (changes, others) = (one.changes(), other.changes());
    let mut pairs = changes.iter().zip(others);
    one.keys() == other.keys()
        && changes.len() == others.len()
        && pairs.all(|(a, b)| ClockChange { seq: 0, ..*a } == ClockChange { seq: 0, ..*b })
}

/// A date that the clock says by itself goes with the clock from then on.
fn forget_dates_of_the_clock(key: &mut Key, clock: &JourneyClock, track: &ClockTrack) {
    let at = key.at;
    let is_same = |own: &mut f64, of_clock: f64| own.to_bits() == of_clock.to_bits();
    match &mut key.content {
        Content::Camera { sim_time_s, .. } => {
            let _ = sim_time_s.take_if(|own| is_same(own, clock.sim_time_s(at, track)));
        }
        Content::Script { sim_time_s, .. } => {
            let of_clock = track.sample(at).sim_time.as_tdb_secs();
            let _ = sim_time_s.take_if(|own| is_same(own, of_clock));
        }
        Content::Property { .. } => {}
    }
}
