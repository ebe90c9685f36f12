//! A recording taken apart into lists that can be cut and put together, and grown again from them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::camera_track::{CameraEntry, CameraTrack};
use crate::clock_track::{ClockChange, ClockKey, ClockTrack};
use crate::event::Event;
use crate::property_track::{PropertyChange, PropertyTrack};
use crate::recording::{Effects, Header, Recording, Sequence, View};
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::value::Value;
use crate::wording::Wording;

/// The lists of a recording. Within each list no stamp is before an earlier one: things are stamped
/// with when they are due.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) header: Header,
    pub(super) views: Vec<ViewParts>,
    pub(super) keys: Vec<ClockKey>,
    pub(super) clock_changes: Vec<ClockChange>,
    pub(super) baseline: BTreeMap<Arc<str>, Value>,
    pub(super) properties: BTreeMap<Arc<str>, Vec<PropertyChange>>,
    pub(super) rules: Vec<Rule>,
    pub(super) events: Vec<Event>,
    /// When it ends.
    pub(super) end: SessionTime,
}

/// One camera of it.
#[derive(Clone, Debug)]
pub(super) struct ViewParts {
    pub(super) name: String,
    pub(super) vfov_deg: Option<f64>,
    pub(super) entries: Vec<CameraEntry>,
    /// What was said in words of entries, by their numbers.
    pub(super) wordings: BTreeMap<Sequence, Wording>,
}

/// The header of what is made of a recording: scripts that were moved or left out are not run again.
pub(super) fn recorded_header(recording: &Recording) -> Header {
    let mut header = recording.header.clone();
    if recording.script_entries() > 0 {
        header.effects = Effects::Recorded;
    }
    header
}

/// The rules whose changes are not among the properties.
pub(super) fn unexpanded_rules(recording: &Recording) -> impl Iterator<Item = &Rule> {
    let changes = recording.properties.values().flat_map(PropertyTrack::changes);
    let expanded: BTreeSet<Sequence> = changes.map(|change| change.seq).collect();
    recording.rules.iter().filter(move |rule| !expanded.contains(&rule.seq))
}

impl Parts {
    /// Adds so much to every stamp.
    pub(super) fn shift(&mut self, by: SessionTime) {
        self.restamp(|stamp| stamp.saturating_add(by), |span| span);
    }

    /// Gives everything another stamp and every change another length; the order must stay.
    pub(super) fn restamp(
        &mut self,
        moment: impl Fn(SessionTime) -> SessionTime,
        span: impl Fn(SessionTime) -> SessionTime,
    ) {
        let entries = self.views.iter_mut().flat_map(|view| &mut view.entries);
        entries.for_each(|entry| entry.stamp = moment(entry.stamp));
        self.keys.iter_mut().for_each(|key| key.stamp = moment(key.stamp));
        self.clock_changes.iter_mut().for_each(|change| change.stamp = moment(change.stamp));
        for change in self.properties.values_mut().flatten() {
            (change.stamp, change.duration) = (moment(change.stamp), span(change.duration));
        }
        for rule in &mut self.rules {
            (rule.stamp, rule.duration) = (moment(rule.stamp), span(rule.duration));
        }
        self.events.iter_mut().for_each(|event| event.stamp = moment(event.stamp));
        self.end = moment(self.end);
    }

    /// The recording they are, its entries numbered in the order in which they are due.
    pub(super) fn grow(mut self) -> Recording {
        self.number();
        let mut recording = Recording { header: self.header, ..Recording::default() };
        for parts in self.views {
            recording.views.push(View {
                name: parts.name,
                vfov_deg: parts.vfov_deg,
                camera: camera(parts.entries),
                wordings: parts.wordings,
            });
        }
        recording.clock = clock(self.keys, self.clock_changes);
        recording.baseline = self.baseline;
        for (path, changes) in self.properties {
            changes.into_iter().for_each(|change| recording.push_property(&path, change));
        }
        (recording.rules, recording.events) = (self.rules, self.events);
        recording
    }

    /// Numbers what has a number. What one entry of a file came to (a script, its changes of
    /// properties and of the clock) has one number before and after.
    pub(super) fn number(&mut self) {
        let words: Vec<Vec<_>> = self.views.iter_mut().map(ViewParts::take_words).collect();
        let mut slots: Vec<(SessionTime, Sequence, bool, &mut Sequence)> = Vec::new();
        for entry in self.views.iter_mut().flat_map(|view| &mut view.entries) {
            slots.push((entry.stamp, entry.seq, true, &mut entry.seq));
        }
        for change in &mut self.clock_changes {
            slots.push((change.stamp, change.seq, false, &mut change.seq));
        }
        for change in self.properties.values_mut().flatten() {
            slots.push((change.stamp, change.seq, false, &mut change.seq));
        }
        for rule in &mut self.rules {
            slots.push((rule.stamp, rule.seq, false, &mut rule.seq));
        }
        for event in &mut self.events {
            slots.push((event.stamp, event.seq, false, &mut event.seq));
        }
        // Stable: the order of each list is kept where numbers say nothing.
        slots.sort_by_key(|(stamp, seq, _, _)| (*stamp, *seq));
        let (mut next, mut before) = (0, None);
        for (stamp, seq, is_camera, slot) in slots {
            // Effects of scripts begin a nanosecond after them.
            let is_same = before.is_some_and(|(at, number): (SessionTime, Sequence)| {
                number == seq && stamp.saturating_sub(at).as_nanos() <= 1
            });
            if is_camera || !is_same {
                next += 1;
            }
            before = (!is_camera).then_some((stamp, seq));
            *slot = next - 1;
        }
        for (view, words) in self.views.iter_mut().zip(words) {
            let of_entries = view.entries.iter().zip(words);
            let said = of_entries.filter_map(|(entry, words)| Some((entry.seq, words?)));
            view.wordings = said.collect();
        }
    }

    /// Numbers everything from `first` on instead of from 0.
    pub(super) fn number_from(&mut self, first: Sequence) {
        for view in &mut self.views {
            view.entries.iter_mut().for_each(|entry| entry.seq += first);
            let words = std::mem::take(&mut view.wordings);
            view.wordings = words.into_iter().map(|(seq, words)| (seq + first, words)).collect();
        }
        self.clock_changes.iter_mut().for_each(|change| change.seq += first);
        self.properties.values_mut().flatten().for_each(|change| change.seq += first);
        self.rules.iter_mut().for_each(|rule| rule.seq += first);
        self.events.iter_mut().for_each(|event| event.seq += first);
    }

    /// The number after the last.
    pub(super) fn next_number(&self) -> Sequence {
        let entries = self.views.iter().flat_map(|view| &view.entries).map(|entry| entry.seq);
        let changes = self.properties.values().flatten().map(|change| change.seq);
        let clock = self.clock_changes.iter().map(|change| change.seq);
        let rules = self.rules.iter().map(|rule| rule.seq);
        let events = self.events.iter().map(|event| event.seq);
        let all = entries.chain(changes).chain(clock).chain(rules).chain(events);
        all.max().map_or(0, |last| last.saturating_add(1))
    }
}

impl ViewParts {
    /// The words of each entry, where they hold for it.
    fn take_words(&mut self) -> Vec<Option<Wording>> {
        let mut known = std::mem::take(&mut self.wordings);
        let words = self.entries.iter().map(|entry| {
            let holds = known.get(&entry.seq).is_some_and(|words| words.holds_for(entry));
            if holds { known.remove(&entry.seq) } else { None }
        });
        words.collect()
    }
}

/// Entries as a track; they come from tracks, or have been looked at.
pub(super) fn camera(entries: impl IntoIterator<Item = CameraEntry>) -> CameraTrack {
    let mut camera = CameraTrack::default();
    for entry in entries {
        // A number that no track takes is left out rather than played.
        let _ = camera.push(entry);
    }
    camera
}

/// Keys and changes as a clock.
pub(super) fn clock(
    keys: impl IntoIterator<Item = ClockKey>,
    changes: impl IntoIterator<Item = ClockChange>,
) -> ClockTrack {
    let mut clock = ClockTrack::default();
    keys.into_iter().for_each(|key| clock.push_key(key));
    changes.into_iter().for_each(|change| clock.push_change(change));
    clock
}
