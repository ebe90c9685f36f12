//! Changes, events and the clock of a file, put into the recording.

use crate::clock_track::{ClockChange, ClockKey};
use crate::event::{Event, EventKind};
use crate::fault::Fault;
use crate::pattern::PropertyPattern;
use crate::property_track::PropertyChange;
use crate::recording::Recording;
use crate::rule::Rule;
use crate::time::{SessionTime, SimTime};
use crate::value::{Easing, Value};

use super::item::{ChangeItem, ClockChangeItem, ClockItem, EventItem};
use super::reader::{Head, Reader, Timed};

/// The clock as the file states it.
pub(super) fn clock(
    reader: &mut Reader<'_, '_>,
    recording: &mut Recording,
    keys: Vec<Timed<ClockItem>>,
) {
    for Timed { head, item } in keys {
        match SimTime::from_tdb_secs(item.date.tdb_s) {
            Some(sim_time) => {
                let easing = item.ease;
                recording.clock.push_key(ClockKey { stamp: head.stamp, sim_time, easing });
            }
            None => {
                let fault = Fault::loss("this clock key is left out")
                    .found(item.date.tdb_s.to_string(), "a finite number of seconds");
                reader.note(fault, head.offset);
            }
        }
    }
}

/// The clock of the first view's keys; without any, of the file's date.
pub(super) fn derived_clock(recording: &mut Recording, start_tdb_s: Option<f64>) {
    let view = recording.views.iter().find(|view| !view.camera.entries().is_empty());
    let times: Vec<(SessionTime, f64)> = match view {
        Some(view) => view.camera.entries().iter().map(|e| (e.stamp, e.sim_time_s)).collect(),
        None => start_tdb_s.map(|tdb_s| (SessionTime::ZERO, tdb_s)).into_iter().collect(),
    };
    for (stamp, tdb_s) in times {
        if let Some(sim_time) = SimTime::from_tdb_secs(tdb_s) {
            recording.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
        }
    }
}

/// The clock's changes of rate and pause.
pub(super) fn clock_changes(recording: &mut Recording, changes: Vec<Timed<ClockChangeItem>>) {
    for Timed { head: Head { seq, stamp, .. }, item } in changes {
        let (seq, rate) = (seq.unwrap_or_default(), item.rate.map(|rate| rate.0));
        recording.clock.push_change(ClockChange { seq, stamp, rate, paused: item.paused });
    }
}

/// A change of properties: of single ones at once, of many as a rule.
pub(super) fn change(
    reader: &mut Reader<'_, '_>,
    recording: &mut Recording,
    change: Timed<ChangeItem>,
) {
    let ChangeItem { set, property, rule, over, ease: easing, name, .. } = change.item;
    let Head { seq, stamp, offset } = change.head;
    let seq = seq.unwrap_or_default();
    recording.names.extend(name.map(|name| (seq, name.into())));
    let duration = over.map_or(SessionTime::ZERO, |over| over.0);
    let single = |value: Value| PropertyChange { seq, stamp, value, duration, easing };
    if set.is_none() && property.is_none() && rule.is_none() {
        let fault = Fault::loss("this change is left out")
            .found("a change of nothing", "set: {\"Scene.Moon.Renderable.Enabled\": true}");
        reader.note(fault, offset);
    }
    for (path, value) in property.into_iter().flat_map(|p| p.0) {
        recording.push_property(&path, single(value));
    }
    let rules = rule.into_iter().flat_map(|r| r.0).map(|pair| (pair, true));
    let either = set.into_iter().flat_map(|s| s.0).map(|pair| (pair, false));
    for ((text, value), is_rule) in rules.chain(either) {
        match text.parse::<PropertyPattern>() {
            Ok(pattern) if is_rule || pattern.single_path().is_none() => {
                recording.rules.push(Rule { seq, stamp, pattern, value, duration, easing });
            }
            Ok(_) => recording.push_property(&text, single(value)),
            Err(error) => {
                let fault =
                    Fault::loss("this property is not set").found(error.found, error.expected);
                reader.note(fault, offset);
            }
        }
    }
}

/// An event; without a date of its own it happens when the clock says.
pub(super) fn event(recording: &mut Recording, event: Timed<EventItem>) {
    let Head { seq, stamp, .. } = event.head;
    let (date, kind) = match event.item {
        EventItem::Script { date, name, text, .. } => {
            recording.names.extend(name.map(|name| (seq.unwrap_or_default(), name.into())));
            (date, EventKind::Script { text })
        }
        EventItem::Console { date, text, said, origin, .. } => {
            (date, EventKind::Console { text, said, origin })
        }
        EventItem::Marker { date, name, text, .. } => (date, EventKind::Marker { name, text }),
    };
    let of_clock = || recording.clock.sample(stamp).sim_time.as_tdb_secs();
    let sim_time_s = date.map_or_else(of_clock, |date| date.tdb_s);
    recording.events.push(Event { seq: seq.unwrap_or_default(), stamp, sim_time_s, kind });
}
