//! Instant replay: what happened in the last seconds, kept so that a recording can begin before its
//! button was pressed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::capture::{Capture, Seen};
use crate::entry::Entry;
use crate::property_track::{PropertyChange, PropertyTrack};
use crate::time::{SessionSpan, SessionTime};
use crate::value::Value;

/// The last seconds of a session.
#[derive(Clone, Debug)]
pub struct InstantReplay {
    keep: SessionSpan,
    baseline: BTreeMap<Arc<str>, Value>,
    views: Vec<Entry>,
    clock: Option<Entry>,
    /// Changes from before what is kept that go on within it.
    under_way: BTreeMap<Arc<str>, PropertyChange>,
    entries: VecDeque<Entry>,
    capture: Capture,
}

/// What a recording that began a while ago goes on from.
#[derive(Debug)]
pub struct Begun {
    /// The properties at its start.
    pub baseline: BTreeMap<Arc<str>, Value>,
    /// Its entries so far.
    pub entries: Vec<Entry>,
    /// What makes the further ones.
    pub capture: Capture,
}

impl InstantReplay {
    /// Begins to keep the last `keep`, from properties as they are.
    pub fn new(keep: SessionSpan, baseline: BTreeMap<Arc<str>, Value>) -> Self {
        Self {
            keep,
            baseline,
            views: Vec::new(),
            clock: None,
            under_way: BTreeMap::new(),
            entries: VecDeque::new(),
            capture: Capture::new(),
        }
    }

    /// How much is kept at most.
    pub fn keep(&self) -> SessionSpan {
        self.keep
    }

    /// Lets time pass until the next frame.
    pub fn advance(&mut self, span: SessionSpan) {
        self.capture.advance(span);
    }

    /// Takes a frame, and lets go of what is too old.
    pub fn frame(&mut self, seen: &Seen<'_>) {
        let Self { capture, views, entries, .. } = self;
        capture.frame(seen, |entry| match entry {
            Entry::View { .. } => views.push(entry),
            entry => entries.push_back(entry),
        });
        let start = self.start();
        let is_over = |entry: &mut Entry| entry.stamp().is_none_or(|stamp| stamp < start);
        while let Some(entry) = self.entries.pop_front_if(is_over) {
            match entry {
                Entry::Property { path, change } => self.take_into_baseline(path, change),
                Entry::ClockChange(_) => self.clock = Some(entry),
                _ => {}
            }
        }
    }

    /// The properties as they are at the start of what is kept, but for changes under way.
    pub fn baseline(&self) -> &BTreeMap<Arc<str>, Value> {
        &self.baseline
    }

    /// The recording that began when the kept seconds did.
    pub fn begin(self) -> Begun {
        let start = self.start();
        let under_way = self.under_way.into_iter();
        let under_way = under_way.map(|(path, change)| Entry::Property { path, change });
        let kept = self.clock.into_iter().chain(under_way).chain(self.entries);
        let mut entries = self.views;
        entries.extend(kept.map(|entry| shifted(entry, start)));
        Begun { baseline: self.baseline, entries, capture: self.capture.begun_at(start) }
    }

    fn start(&self) -> SessionTime {
        self.capture.at().saturating_sub(self.keep).max(SessionTime::ZERO)
    }

    /// Of each property one change is kept for as long as it may be under way; what it begins from is
    /// in the baseline.
    fn take_into_baseline(&mut self, path: Arc<str>, change: PropertyChange) {
        if let Some(before) = self.under_way.remove(&path) {
            let mut track = PropertyTrack::default();
            track.push(before);
            if let Some(reached) = track.sample(change.stamp, self.baseline.get(&path)) {
                self.baseline.insert(Arc::clone(&path), reached);
            }
        }
        if change.duration > SessionSpan::ZERO {
            self.under_way.insert(path, change);
        } else {
            self.baseline.insert(path, change.value);
        }
    }
}

/// The entry as a recording has it that began at `start`.
fn shifted(mut entry: Entry, start: SessionTime) -> Entry {
    let stamp = match &mut entry {
        Entry::View { .. } | Entry::Wording { .. } => return entry,
        Entry::Camera { entry, .. } => &mut entry.stamp,
        Entry::ClockKey(key) => &mut key.stamp,
        Entry::ClockChange(change) => &mut change.stamp,
        Entry::Property { change, .. } => &mut change.stamp,
        Entry::Rule(rule) => &mut rule.stamp,
        Entry::Event(event) => &mut event.stamp,
    };
    *stamp = stamp.saturating_sub(start);
    entry
}
