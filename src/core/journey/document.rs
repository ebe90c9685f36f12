//! The journey itself: its keys in order, and what a recording holds besides. A copy shares both.

use std::sync::Arc;

use crate::camera_track::CameraEntry;
use crate::event::Event;
use crate::recording::{Header, MAIN_VIEW};
use crate::time::{SessionTime, SimTime};
use crate::value::Value;
use crate::wording::Wording;

use super::key::{Key, Lane};
use super::{JourneyClock, KeyId};

/// So many camera keys a journey can have. Recordings that were flown by hand have more; they are
/// reduced first.
pub const MOST_CAMERA_KEYS: usize = 2_000;

/// So many keys of properties and scripts a journey can have.
pub const MOST_OTHER_KEYS: usize = 10_000;

/// A journey made of keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// By time, of the same time by number.
    pub(super) keys: Arc<Vec<Arc<Key>>>,
    pub(super) rest: Arc<Rest>,
}

/// What a recording holds besides keys.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rest {
    pub header: Header,
    pub clock: JourneyClock,
    pub baseline: Vec<(Arc<str>, Value)>,
    /// All views; that of the keys has no entries here.
    pub views: Vec<KeptView>,
    /// Whose camera the keys are, among the views.
    pub keyed_view: usize,
    /// Markers and lines of the console; their numbers do not count.
    pub events: Vec<Event>,
}

/// A view whose camera is kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeptView {
    pub name: String,
    pub vfov_deg: Option<f64>,
    pub entries: Vec<KeptEntry>,
}

/// A camera entry; its number does not count.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeptEntry {
    pub entry: CameraEntry,
    pub due: SessionTime,
    pub words: Option<Wording>,
}

impl Journey {
    /// Without keys, beginning at a date; the clock runs at so many simulated seconds a second.
    pub fn new(date: SimTime, rate: f64) -> Self {
        let main = KeptView { name: MAIN_VIEW.to_owned(), vfov_deg: None, entries: Vec::new() };
        let rest = Rest {
            header: Header::default(),
            clock: JourneyClock::Even { date, rate: Some(rate).filter(|rate| rate.is_finite()) },
            baseline: Vec::new(),
            views: vec![main],
            keyed_view: 0,
            events: Vec::new(),
        };
        Self { keys: Arc::default(), rest: Arc::new(rest) }
    }

    /// All keys, by time; of the same time by number.
    pub fn keys(&self) -> &[Arc<Key>] {
        &self.keys
    }

    /// The key of that number.
    pub fn key(&self, id: KeyId) -> Option<&Arc<Key>> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// The camera's keys.
    pub fn camera_keys(&self) -> impl Iterator<Item = &Arc<Key>> {
        self.keys.iter().filter(|key| key.lane() == Lane::Camera)
    }

    /// What time it is in the scene.
    pub fn clock(&self) -> &JourneyClock {
        &self.rest.clock
    }

    /// Who, where, when.
    pub fn header(&self) -> &Header {
        &self.rest.header
    }

    /// The name of the view whose camera the keys are.
    pub fn view_name(&self) -> &str {
        self.rest.views.get(self.rest.keyed_view).map_or(MAIN_VIEW, |view| &view.name)
    }

    /// The largest stamp of anything in it; zero where there is none.
    pub fn duration(&self) -> SessionTime {
        let keys = self.keys.last().map(|key| key.at);
        let entries = self.rest.views.iter().flat_map(|view| &view.entries).map(|e| e.due);
        let events = self.rest.events.iter().map(|event| event.stamp);
        let clock = match self.clock() {
            JourneyClock::Kept(clock) => clock.end(),
            JourneyClock::Even { .. } => None,
        };
        let all = entries.chain(events).chain(keys).chain(clock);
        all.fold(SessionTime::ZERO, SessionTime::max)
    }

    /// The journey with these keys put in, in the place of those of their numbers.
    pub(super) fn with(&self, keys: impl IntoIterator<Item = Key>) -> Self {
        let new: Vec<Arc<Key>> = keys.into_iter().map(Arc::new).collect();
        let mut ids: Vec<KeyId> = new.iter().map(|key| key.id).collect();
        ids.sort();
        let mut all: Vec<Arc<Key>> = Vec::with_capacity(self.keys.len() + new.len());
        all.extend(self.keys.iter().filter(|key| ids.binary_search(&key.id).is_err()).cloned());
        all.extend(new);
        // Nearly sorted: quick.
        all.sort_by_key(|key| (key.at, key.id));
        Self { keys: Arc::new(all), rest: Arc::clone(&self.rest) }
    }

    /// The journey without these keys.
    pub(super) fn without(&self, ids: &[KeyId]) -> Self {
        let left = self.keys.iter().filter(|key| !ids.contains(&key.id)).cloned();
        Self { keys: Arc::new(left.collect()), rest: Arc::clone(&self.rest) }
    }

    /// The journey by another clock; what keys and events said of their date is forgotten.
    pub(super) fn at_date(&self, date: SimTime, rate: f64) -> Self {
        let clock = JourneyClock::Even { date, rate: Some(rate) };
        let keys = self.keys.iter().map(|key| Arc::new(Key::clone(key).without_date()));
        let rest = Rest { clock, ..Rest::clone(&self.rest) };
        Self { keys: Arc::new(keys.collect()), rest: Arc::new(rest) }
    }
}
