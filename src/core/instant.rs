//! Instant replay: what happened in the last seconds, kept so that a recording can begin before its
//! button was pressed.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::capture::{Capture, Seen};
use crate::entry::Entry;
use crate::time::{SessionSpan, SessionTime};
use crate::value::Value;

/// The last seconds of a session.
#[derive(Debug)]
pub struct InstantReplay {
    keep: SessionSpan,
    baseline: BTreeMap<Arc<str>, Value>,
    views: Vec<Entry>,
    clock: Option<Entry>,
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
        let (views, entries) = (Vec::new(), VecDeque::new());
        Self { keep, baseline, views, clock: None, entries, capture: Capture::new() }
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
        while let Some(entry) = self.entries.pop_front_if(|entry| is_over(entry, start)) {
            match entry {
                Entry::Property { path, change } => {
                    self.baseline.insert(path, change.value);
                }
                Entry::ClockChange(_) => self.clock = Some(entry),
                _ => {}
            }
        }
    }

    /// The recording that began when the kept seconds did.
    pub fn begin(self) -> Begun {
        let start = self.start();
        let mut entries = self.views;
        entries
            .extend(self.clock.into_iter().chain(self.entries).map(|entry| shifted(entry, start)));
        Begun { baseline: self.baseline, entries, capture: self.capture.begun_at(start) }
    }

    fn start(&self) -> SessionTime {
        self.capture.at().saturating_sub(self.keep).max(SessionTime::ZERO)
    }
}

/// Whether an entry has no more to say at `start`: a change that is still under way then has.
fn is_over(entry: &Entry, start: SessionTime) -> bool {
    let lasts = match entry {
        Entry::Property { change, .. } => change.duration,
        _ => SessionSpan::ZERO,
    };
    entry.stamp().is_none_or(|stamp| stamp.saturating_add(lasts) < start)
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
