//! A stretch of a recording as lists that begin at 0 and play as it did: the clock, properties, events.
//! Its cameras are cut in `cut_camera`.

use std::sync::Arc;

use crate::clock_track::{ClockChange, ClockKey, ClockTrack};
use crate::event::Event;
use crate::property_track::{PropertyChange, PropertyTrack};
use crate::recording::Recording;
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::value::Easing;
use crate::wording::Surroundings;

use super::cut_camera::cut_camera;
use super::even::even_moments;
use super::parts::{Parts, ViewParts, recorded_header, unexpanded_rules};

/// What a stretch begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// What leads into it may have stamps below 0.
    LedInto,
    /// Nothing is before it: it is put behind something else.
    Alone,
    /// It goes on where the stretch that it is put behind has ended.
    GoesOn,
}

/// What a stretch ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    /// What happens at its end is in it.
    Included,
    /// It is not.
    Before,
    /// It is not, and the stretch that goes on there is put behind it.
    GoesOn,
}

/// The part of a recording between two moments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) from: SessionTime,
    pub(super) to: SessionTime,
    pub(super) start: Start,
    pub(super) finish: Finish,
}

impl Stretch {
    /// Whether what is due at a moment is not behind its end.
    pub(super) fn reaches(&self, due: SessionTime) -> bool {
        if self.finish == Finish::Included { due <= self.to } else { due < self.to }
    }

    /// Whether what leads in may have stamps before its beginning.
    pub(super) fn leads_in(&self) -> bool {
        self.start == Start::LedInto
    }
}

/// The lists of a stretch, which begins at 0.
pub(super) fn cut(recording: &Recording, stretch: Stretch, scene: &dyn Surroundings) -> Parts {
    let Stretch { from, to, .. } = stretch;
    let mut parts = Parts { header: recorded_header(recording), end: to, ..Parts::default() };
    for view in &recording.views {
        parts.views.push(ViewParts {
            name: view.name.clone(),
            vfov_deg: view.vfov_deg,
            entries: cut_camera(view, &recording.clock, stretch, scene),
            wordings: view.wordings.clone(),
        });
    }
    parts.keys = clock_keys(&recording.clock, stretch);
    parts.clock_changes = clock_changes(&recording.clock, stretch);
    for (path, value) in &recording.baseline {
        if !recording.properties.contains_key(path) {
            parts.baseline.insert(Arc::clone(path), value.clone());
        }
    }
    for (path, track) in &recording.properties {
        cut_property(recording, path, track, stretch, &mut parts);
    }
    // What was done before the start belongs to the start.
    let is_inside =
        |due: SessionTime| (due >= from || from == SessionTime::ZERO) && stretch.reaches(due);
    let mut due = SessionTime::MIN;
    for rule in unexpanded_rules(recording) {
        due = due.max(rule.stamp);
        if is_inside(due) {
            parts.rules.push(Rule { stamp: due, ..rule.clone() });
        }
    }
    due = SessionTime::MIN;
    for event in &recording.events {
        due = due.max(event.stamp);
        if is_inside(due) {
            parts.events.push(Event { stamp: due, ..event.clone() });
        }
    }
    parts.shift(SessionTime::ZERO.saturating_sub(from));
    parts
}

fn cut_property(
    recording: &Recording,
    path: &Arc<str>,
    track: &PropertyTrack,
    stretch: Stretch,
    parts: &mut Parts,
) {
    let before = recording.baseline.get(path);
    let under_way = track.under_way(stretch.from, before);
    let at_start = match &under_way {
        Some((_, from)) => from.clone(),
        None => track.sample(stretch.from, before),
    };
    if let Some(value) = at_start {
        parts.baseline.insert(Arc::clone(path), value);
    }
    let first = under_way.map(|(index, _)| index);
    let changes = track.changes().iter().enumerate().filter_map(|(index, change)| {
        let due = track.due_at(index);
        let is_inside = due > stretch.from && stretch.reaches(due);
        let is_kept = is_inside || first == Some(index);
        is_kept.then(|| PropertyChange { stamp: due, ..change.clone() })
    });
    let changes: Vec<_> = changes.collect();
    if !changes.is_empty() {
        parts.properties.insert(Arc::clone(path), changes);
    }
}

fn clock_changes(clock: &ClockTrack, stretch: Stretch) -> Vec<ClockChange> {
    let all = clock.changes().iter().enumerate();
    let all = all.map(|(n, change)| ClockChange { stamp: clock.change_due_at(n), ..*change });
    let (before, later): (Vec<_>, Vec<_>) = all.partition(|change| change.stamp <= stretch.from);
    let state = clock.sample(stretch.from);
    let at_start = before.last().map(|last| ClockChange {
        seq: last.seq,
        stamp: stretch.from,
        rate: Some(state.rate),
        paused: Some(state.paused),
    });
    let inside = later.into_iter().filter(|change| stretch.reaches(change.stamp));
    at_start.into_iter().chain(inside).collect()
}

/// Keys through which the clock runs as it did, one at each end.
fn clock_keys(clock: &ClockTrack, stretch: Stretch) -> Vec<ClockKey> {
    let Stretch { from, to, .. } = stretch;
    let due = |index: usize| clock.key_due_at(index);
    let key = |index: usize| ClockKey { stamp: due(index), ..clock.keys()[index] };
    let at =
        |stamp| ClockKey { stamp, sim_time: clock.sample(stamp).sim_time, easing: Easing::Linear };
    let count = clock.keys().len();
    let begun = (0..count).take_while(|n| due(*n) <= from).count();
    let reached = begun + (begun..count).take_while(|n| stretch.reaches(due(*n))).count();
    let mut keys = Vec::new();
    match begun.checked_sub(1) {
        Some(last) if due(last) == from => keys.push(key(last)),
        Some(last) if begun < count && key(last).easing != Easing::Linear => {
            if stretch.leads_in() && reached > begun {
                keys.push(key(last));
            } else {
                keys.extend(eased_keys(key(last), key(begun), from, to));
            }
        }
        _ => keys.push(at(from)),
    }
    keys.extend((begun..reached).map(key));
    // Where it had run to at the end, not where it jumped to there.
    match reached.checked_sub(1).filter(|_| reached < count) {
        Some(last) if due(last) == to => {}
        Some(_) if due(reached) == to => keys.push(key(reached)),
        Some(last) if key(last).easing != Easing::Linear => {
            let begin = due(last).max(from);
            keys.retain(|key| key.stamp < begin);
            keys.extend(eased_keys(key(last), key(reached), begin, to));
        }
        _ => {}
    }
    if keys.last().is_none_or(|key| key.stamp < to) {
        keys.push(at(to));
    }
    keys
}

/// A part of the way between two keys in even pieces, both its ends included.
fn eased_keys(a: ClockKey, b: ClockKey, from: SessionTime, to: SessionTime) -> Vec<ClockKey> {
    let keys = even_moments(a.easing, (a.stamp, b.stamp), (from, to)).into_iter();
    let key = |(stamp, weight)| ClockKey {
        stamp,
        sim_time: a.sim_time.lerp(b.sim_time, weight),
        easing: Easing::Linear,
    };
    keys.map(key).collect()
}
