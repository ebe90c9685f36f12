//! Entries in, segments out: cuts the stream of a recording into segments and keeps the state that
//! each of them begins with.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::camera_track::CameraEntry;
use crate::clock_track::{ClockChange, ClockKey};
use crate::entry::{Entry, ViewIndex};
use crate::property_track::{PropertyChange, PropertyTrack};
use crate::time::{SessionSpan, SessionTime};
use crate::value::Value;

use super::segment::{Due, NamedChange, Segment, State, ViewHead};

/// No segment reaches farther than this, so that no state is farther back.
pub const SEGMENT_SPAN: SessionSpan = SessionSpan::from_nanos(10_000_000_000);

/// No segment has more entries than this, and about as many bytes.
const MOST_ENTRIES: usize = 16_384;
const MOST_BYTES: usize = 1 << 20;

/// Cuts a stream of entries into segments.
#[derive(Debug)]
pub struct Segmenter {
    now: Now,
    open: Option<Open>,
    begun: u64,
    taken: u64,
}

#[derive(Debug)]
struct Open {
    segment: Segment,
    entries: usize,
    bytes: usize,
}

impl Segmenter {
    /// For a recording that begins with these values.
    pub fn new(baseline: BTreeMap<Arc<str>, Value>) -> Self {
        Self {
            now: Now { due: SessionTime::MIN, baseline, ..Now::default() },
            open: None,
            begun: 0,
            taken: 0,
        }
    }

    /// Takes an entry; gives the segment before it, where this one begins another.
    pub fn push(&mut self, entry: Entry) -> Option<Segment> {
        self.taken += 1;
        let due = entry.stamp().map_or(self.now.due, |stamp| self.now.due.max(stamp));
        let is_full = |open: &Open| {
            open.segment.state.at.saturating_add(SEGMENT_SPAN) <= due
                || open.entries >= MOST_ENTRIES
                || open.bytes >= MOST_BYTES
        };
        // Words stay with the entry that they are about.
        let may_cut = entry.stamp().is_some();
        let before = match &self.open {
            Some(open) if may_cut && is_full(open) => self.close(),
            _ => None,
        };
        self.now.due = due;
        if let Entry::View { name, vfov_deg } = &entry {
            self.now.views.push(ViewHead { name: Arc::clone(name), vfov_deg: *vfov_deg });
            return before;
        }
        if self.open.is_none() {
            self.begin();
        }
        if let Some(open) = &mut self.open {
            open.entries += 1;
            open.bytes += size_of_texts(&entry);
            open.segment.end = due;
            self.now.take(entry, &mut open.segment);
        }
        before
    }

    /// The segment that is not complete yet, closed here; `None` where nothing is left. A recording
    /// has at least one segment, which holds its baseline.
    pub fn close(&mut self) -> Option<Segment> {
        if self.begun == 0 {
            self.begin();
        }
        let mut segment = self.open.take()?.segment;
        segment.state.views.clone_from(&self.now.views);
        Some(segment)
    }

    fn begin(&mut self) {
        self.begun += 1;
        let segment = Segment { state: self.now.state(), ..Segment::default() };
        self.open = Some(Open { segment, entries: 0, bytes: 0 });
    }

    /// How many entries were taken.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// How many segments were begun.
    pub fn begun(&self) -> u64 {
        self.begun
    }
}

/// The part of an entry's size that has no bound.
fn size_of_texts(entry: &Entry) -> usize {
    let value = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Numbers(numbers) => 8 * numbers.len(),
        Value::Bool(_) | Value::Number(_) => 8,
    };
    use crate::event::EventKind::{Console, Marker, Script};
    match entry {
        Entry::Property { path, change } => path.len() + value(&change.value),
        Entry::Rule(rule) => rule.pattern.as_str().len() + value(&rule.value),
        Entry::Event(event) => match &event.kind {
            Script { text } | Console { text, .. } => text.len(),
            Marker { name, text } => name.len() + text.len(),
        },
        _ => 0,
    }
}

/// Everything as it stands.
#[derive(Debug, Default)]
struct Now {
    due: SessionTime,
    baseline: BTreeMap<Arc<str>, Value>,
    views: Vec<ViewHead>,
    cameras: Vec<Option<Due<CameraEntry>>>,
    clock_key: Option<Due<ClockKey>>,
    clock_change_due: Option<SessionTime>,
    clock: Option<(f64, bool)>,
    /// Properties that were ever changed.
    changed: BTreeMap<Arc<str>, Current>,
}

/// The last change of a property, and what it started from.
#[derive(Debug)]
struct Current {
    from: Option<Value>,
    last: Due<PropertyChange>,
}

impl Now {
    fn state(&self) -> State {
        let (rate, paused) = self.clock.unwrap_or((1.0, false));
        let mut properties = self.baseline.clone();
        let mut under_way = BTreeMap::new();
        for (path, now) in &self.changed {
            let value = if now.is_complete(self.due) {
                Some(&now.last.item.value)
            } else {
                under_way.insert(Arc::clone(path), now.last.clone());
                now.from.as_ref()
            };
            properties.extend(value.map(|value| (Arc::clone(path), value.clone())));
        }
        State {
            at: if self.due == SessionTime::MIN { SessionTime::ZERO } else { self.due },
            views: Vec::new(),
            cameras: self.cameras.clone(),
            clock_key: self.clock_key.clone(),
            rate,
            paused,
            properties,
            under_way,
        }
    }

    /// Takes an entry over into the state and into the segment.
    fn take(&mut self, entry: Entry, segment: &mut Segment) {
        match entry {
            Entry::View { .. } => {}
            Entry::Camera { view, entry } => {
                let last = self.camera_mut(view);
                let entry = after(last.as_ref().map(|last| last.due), entry.stamp, entry);
                *last = Some(entry.clone());
                segment.camera_mut(usize::from(view)).entries.push(entry);
            }
            Entry::Wording { view, seq, wording } => {
                let wordings = &mut segment.camera_mut(usize::from(view)).wordings;
                wordings.push((seq, Arc::unwrap_or_clone(wording)));
            }
            Entry::ClockKey(key) => {
                let key = after(self.clock_key.as_ref().map(|last| last.due), key.stamp, key);
                self.clock_key = Some(key.clone());
                segment.clock_keys.push(key);
            }
            Entry::ClockChange(change) => {
                let change = after(self.clock_change_due, change.stamp, change);
                self.clock_change_due = Some(change.due);
                self.clock = Some(changed_clock(self.clock, &change.item));
                segment.clock_changes.push(change);
            }
            Entry::Property { path, change } => {
                let before = self.changed.get(&path);
                let change = after(before.map(|now| now.last.due), change.stamp, change);
                let from = match before {
                    Some(now) => now.value_at(change.due),
                    None => self.baseline.get(&path).cloned(),
                };
                let now = Current { from, last: change.clone() };
                self.changed.insert(Arc::clone(&path), now);
                let item = NamedChange { path, change: change.item };
                segment.changes.push(Due { due: change.due, item });
            }
            Entry::Rule(rule) => segment.rules.push(Due { due: self.due, item: rule }),
            Entry::Event(event) => segment.events.push(Due { due: self.due, item: event }),
        }
    }

    fn camera_mut(&mut self, view: ViewIndex) -> &mut Option<Due<CameraEntry>> {
        let view = usize::from(view);
        if self.cameras.len() <= view {
            self.cameras.resize(view + 1, None);
        }
        &mut self.cameras[view]
    }
}

/// Rate and pause after a change, as a clock track has them.
fn changed_clock(before: Option<(f64, bool)>, change: &ClockChange) -> (f64, bool) {
    let (rate, paused) = before.unwrap_or((1.0, false));
    let new_rate = change.rate.filter(|rate| rate.is_finite());
    (new_rate.unwrap_or(rate), change.paused.unwrap_or(paused))
}

fn after<T>(before: Option<SessionTime>, stamp: SessionTime, item: T) -> Due<T> {
    Due { due: before.map_or(stamp, |before| before.max(stamp)), item }
}

impl Current {
    /// Its track, as if this change were the first.
    fn track(&self) -> PropertyTrack {
        let mut track = PropertyTrack::default();
        track.push_due(self.last.item.clone(), self.last.due);
        track
    }

    fn value_at(&self, at: SessionTime) -> Option<Value> {
        self.track().sample(at, self.from.as_ref())
    }

    fn is_complete(&self, at: SessionTime) -> bool {
        let duration = self.last.item.duration;
        duration <= SessionSpan::ZERO || at >= self.last.due.saturating_add(duration)
    }
}
