//! Segments, one after another, into the recording that they are parts of; also where some between
//! them are lost.

use std::sync::Arc;

use crate::camera_track::CameraEntry;
use crate::clock_track::ClockChange;
use crate::fault::Fault;
use crate::property_track::PropertyChange;
use crate::recording::{Recording, Sequence, View};
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};

use super::segment::{CameraStretch, Due, Segment, State};

/// How a segment comes to what was read before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Come {
    /// It is the first one that could be read.
    First,
    /// The one before it is there.
    Next,
    /// Some before it are lost.
    AfterGap,
}

/// A recording that grows by segments.
#[derive(Default)]
pub(super) struct Growing {
    pub recording: Recording,
    /// Until when.
    pub end: Option<SessionTime>,
    last_seq: Sequence,
}

impl Growing {
    /// Adds a segment. What of it cannot be taken is told by `faults`.
    pub fn add(&mut self, segment: Segment, come: Come, faults: &mut Vec<Fault>) {
        let Segment { state, end, cameras, .. } = segment;
        let recording = &mut self.recording;
        for head in state.views.iter().skip(recording.views.len()) {
            recording.views.push(View { vfov_deg: head.vfov_deg, ..View::new(&head.name) });
        }
        if come != Come::Next {
            self.take_state(state, come);
        }
        self.end = self.end.max(Some(end));
        for (view, camera) in cameras.into_iter().enumerate() {
            self.take_camera(view, camera, faults);
        }
        let recording = &mut self.recording;
        let mut last_seq = self.last_seq;
        let mut seen = |seq: Sequence| last_seq = last_seq.max(seq);
        for key in segment.clock_keys {
            recording.clock.push_key_due(key.item, key.due);
        }
        for change in segment.clock_changes {
            seen(change.item.seq);
            recording.clock.push_change_due(change.item, change.due);
        }
        for change in segment.changes {
            seen(change.item.change.seq);
            recording.push_property_due(&change.item.path, change.item.change, change.due);
        }
        for rule in segment.rules {
            seen(rule.item.seq);
            recording.rules.push(rule.item);
        }
        for event in segment.events {
            seen(event.item.seq);
            recording.events.push(event.item);
        }
        self.last_seq = last_seq;
    }

    fn take_camera(&mut self, view: usize, camera: CameraStretch, faults: &mut Vec<Fault>) {
        let Some(first) = camera.entries.first().map(|entry| entry.item.seq) else { return };
        let Some(view) = self.recording.views.get_mut(view) else {
            let fault = Fault::loss("camera entries of a view that is not listed are left out");
            faults.push(fault.at_entry(first));
            return;
        };
        let (mut refused, mut why) = (0_u64, None);
        for entry in camera.entries {
            self.last_seq = self.last_seq.max(entry.item.seq);
            if let Err(error) = view.camera.push_due(entry.item, entry.due) {
                refused += 1;
                why.get_or_insert(error);
            }
        }
        if let Some(why) = why {
            let fault = Fault::loss(format!("{refused} camera entries are left out"));
            faults.push(fault.at_entry(first).found(why.to_string(), "finite numbers"));
        }
        view.wordings.extend(camera.wordings);
    }

    /// Takes over what a state says: as the baseline at the beginning, as entries after a gap, so that
    /// what was lost is lost for the time of the gap alone.
    fn take_state(&mut self, state: State, come: Come) {
        let recording = &mut self.recording;
        let (at, seq) = (state.at, self.last_seq.saturating_add(1));
        for (view, last) in recording.views.iter_mut().zip(&state.cameras) {
            let is_new = |l: &&Due<CameraEntry>| view.camera.entries().last() != Some(&l.item);
            if let Some(last) = last.as_ref().filter(is_new) {
                // One that no track takes was none in the lost segment either.
                let _ = view.camera.push_due(last.item.clone(), last.due);
            }
        }
        let last = recording.clock.keys().last().copied();
        if let Some(key) = state.clock_key.as_ref().filter(|key| last != Some(key.item)) {
            recording.clock.push_key_due(key.item, key.due);
        }
        let now = recording.clock.sample(at);
        if (now.rate, now.paused) != (state.rate, state.paused) {
            let (rate, paused) = (Some(state.rate), Some(state.paused));
            recording.clock.push_change(ClockChange { seq, stamp: at, rate, paused });
        }
        self.take_properties(&state, seq, come);
    }

    fn take_properties(&mut self, state: &State, seq: Sequence, come: Come) {
        let recording = &mut self.recording;
        for (path, value) in &state.properties {
            let track = recording.properties.get(path);
            let baseline = recording.baseline.get(path);
            if come == Come::First {
                recording.baseline.insert(Arc::clone(path), value.clone());
                continue;
            }
            let under_way = state.under_way.get(path);
            let is_known = match under_way {
                Some(under_way) => track.and_then(|t| t.changes().last()) == Some(&under_way.item),
                // Now and for ever after: what is there may be on its way elsewhere.
                None => [state.at, SessionTime::MAX].into_iter().all(|t| {
                    let now = track.map(|track| track.sample(t, baseline));
                    now.unwrap_or(baseline.cloned()).as_ref() == Some(value)
                }),
            };
            // What a change starts from must be reached before it starts.
            let at = under_way.map_or(state.at, |change| change.due);
            if !is_known {
                recording.push_property(path, at_once(seq, at, value.clone()));
            }
        }
        for (path, change) in &state.under_way {
            let track = recording.properties.get(path);
            if track.and_then(|t| t.changes().last()) != Some(&change.item) {
                recording.push_property_due(path, change.item.clone(), change.due);
            }
        }
    }
}

fn at_once(seq: Sequence, stamp: SessionTime, value: Value) -> PropertyChange {
    PropertyChange { seq, stamp, value, duration: SessionSpan::ZERO, easing: Easing::Linear }
}
