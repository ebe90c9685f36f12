//! One recording's lists put behind another's.

use std::sync::Arc;

use crate::clock_track::{ClockChange, ClockKey, ClockSample};
use crate::property_track::{PropertyChange, PropertyTrack};
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};

use super::cut_camera;
use super::even::even_moments;
use super::parts::{Parts, clock};

/// What the second begins with at the seam.
pub(super) struct Seam {
    /// When the first has ended.
    pub(super) from: SessionTime,
    /// When the second begins.
    pub(super) to: SessionTime,
}

/// Puts `second`, which begins at 0, behind `first`. Properties that differ where it begins go there
/// from the seam's start to its end; changes that were under way where it begins go on.
pub(super) fn append(first: &mut Parts, mut second: Parts, seam: &Seam) {
    first.number();
    second.number();
    second.number_from(first.next_number());
    second.shift(seam.to);
    let number = first.next_number();
    properties(first, &mut second, seam, number);
    for view in second.views {
        match first.views.iter_mut().find(|known| known.name == view.name) {
            Some(known) => {
                cut_camera::append(&mut known.entries, view.entries);
                known.wordings.extend(view.wordings);
            }
            None => first.views.push(view),
        }
    }
    keys(first, second.keys, seam);
    rates(first, second.clock_changes, seam, number);
    first.rules.extend(second.rules);
    first.events.extend(second.events);
    first.end = second.end;
}

/// Where both clocks show the same at the seam, there is one key.
fn keys(first: &mut Parts, second: Vec<ClockKey>, seam: &Seam) {
    let is_same = |a: &ClockKey, b: &ClockKey| a.stamp == b.stamp && a.sim_time == b.sim_time;
    let begins = second.first().filter(|key| key.stamp == seam.to);
    if first.keys.last().zip(begins).is_some_and(|(end, begin)| is_same(end, begin)) {
        first.keys.pop();
    }
    first.keys.extend(second);
}

/// Rate and pause are the second's own from the seam's end on, said again only where they differ.
fn rates(first: &mut Parts, second: Vec<ClockChange>, seam: &Seam, number: u64) {
    let shown = |changes: &[ClockChange], at| clock([], changes.iter().copied()).sample(at);
    let state = |sample: ClockSample| (sample.rate, sample.paused);
    let before = state(shown(&first.clock_changes, SessionTime::MAX));
    let after = state(shown(&second, seam.to));
    if before != after {
        first.clock_changes.push(ClockChange {
            seq: number,
            stamp: seam.to,
            rate: Some(after.0),
            paused: Some(after.1),
        });
    }
    first.clock_changes.extend(second.into_iter().filter(|change| change.stamp > seam.to));
}

fn properties(first: &mut Parts, second: &mut Parts, seam: &Seam, number: u64) {
    let mut paths: Vec<Arc<str>> = second.baseline.keys().map(Arc::clone).collect();
    paths.extend(second.properties.keys().map(Arc::clone));
    paths.sort();
    paths.dedup();
    for path in paths {
        let changes = second.properties.remove(&path).unwrap_or_default();
        // As the second has it, where it begins.
        let theirs = second.baseline.get(&path);
        let track = track_of(&changes);
        let at_start = track.sample(seam.to, theirs);
        let leading = changes.first().filter(|change| change.stamp < seam.to).cloned();
        let ours = first.properties.entry(Arc::clone(&path)).or_default();
        let before = track_of(ours);
        let reached = before.sample(seam.from, first.baseline.get(&path));
        let goes_on = before.under_way(seam.from, None).map(|(index, _)| &before.changes()[index]);
        let is_same = |a: &PropertyChange, b: &PropertyChange| {
            (a.stamp, a.duration, a.easing) == (b.stamp, b.duration, b.easing) && a.value == b.value
        };
        let continues = match (goes_on, &leading) {
            (Some(ours), Some(theirs)) => is_same(ours, theirs),
            (None, _) => true,
            (Some(_), None) => false,
        } && reached == at_start;
        if let Some(value) = at_start.filter(|_| !continues) {
            ours.push(change_at(number, seam, value));
        }
        if let Some(leading) = leading.as_ref().filter(|_| !(continues && goes_on.is_some())) {
            // The next one takes its place, or what is put behind, however long it would have gone on.
            let until = changes.get(1).map_or(second.end, |next| next.stamp.min(second.end));
            let rest = remainder(leading, theirs, seam.to).into_iter();
            ours.extend(rest.take_while(|piece| piece.stamp < until));
        }
        ours.extend(changes.into_iter().skip(usize::from(leading.is_some())));
        if ours.is_empty() {
            first.properties.remove(&path);
        }
    }
}

fn track_of(changes: &[PropertyChange]) -> PropertyTrack {
    let mut track = PropertyTrack::default();
    changes.iter().for_each(|change| track.push(change.clone()));
    track
}

/// A change from what the first had come to; what does not mix is there at the seam's end.
fn change_at(seq: u64, seam: &Seam, value: Value) -> PropertyChange {
    let duration = seam.to.saturating_sub(seam.from);
    let easing = if duration > SessionSpan::ZERO { Easing::SineEaseInOut } else { Easing::Linear };
    PropertyChange { seq, stamp: seam.from, value, duration, easing }
}

/// What is left at a moment of a change that came `from` a value, in even pieces.
fn remainder(
    change: &PropertyChange,
    from: Option<&Value>,
    at: SessionTime,
) -> Vec<PropertyChange> {
    let Some(from) = from else { return Vec::new() };
    let end = change.stamp.saturating_add(change.duration);
    let moments = even_moments(change.easing, (change.stamp, end), (at, end));
    let pieces = moments.windows(2).map(|pair| PropertyChange {
        seq: change.seq,
        stamp: pair[0].0,
        value: match pair[1].0 == end {
            true => change.value.clone(),
            false => Value::mix(from, &change.value, pair[1].1),
        },
        duration: pair[1].0.saturating_sub(pair[0].0),
        easing: Easing::Linear,
    });
    pieces.collect()
}
