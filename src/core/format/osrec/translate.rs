//! What a recording says in tracks and rules, in the words of OpenSpace's scripts, for the parts that
//! no script of the recording itself says.

use std::borrow::Cow;
use std::collections::HashSet;

use super::lua_text::quoted;
use super::number_text::number;
use super::write::{Item, Planned};
use crate::fault::Fault;
use crate::recording::{Recording, Sequence};
use crate::time::{SessionSpan, SessionTime};
use crate::timeline::Timeline;
use crate::value::{Easing, Value};

/// The baseline as scripts at the start, before everything else, with the simulation time 0 that
/// OpenSpace gives to them.
pub(super) fn baseline<'a>(recording: &Recording, notes: &mut Vec<Fault>) -> Vec<Planned<'a>> {
    let first_stamp = |seq, text| Planned {
        seq,
        stamp: SessionTime::ZERO,
        item: Item::Script { sim_time_s: 0.0, text: Cow::Owned(text) },
    };
    let scripts = recording.baseline.iter().filter_map(|(path, value)| {
        let text = set("setPropertyValueSingle", path, value, SessionSpan::ZERO, Easing::Linear);
        note_unwritable(&text, path, 0, notes);
        text.map(|text| first_stamp(0, text))
    });
    scripts.collect()
}

/// Changes of properties and of the clock whose sequence number is none of a script, in the order of
/// their sequence numbers.
pub(super) fn changes<'a>(
    recording: &Recording,
    by_scripts: &HashSet<Sequence>,
    notes: &mut Vec<Fault>,
) -> Timeline<Planned<'a>> {
    let mut scripts: Vec<(Sequence, SessionTime, String)> = Vec::new();
    for (path, track) in &recording.properties {
        for change in track.changes().iter().filter(|change| !by_scripts.contains(&change.seq)) {
            let (duration, easing) = (change.duration, change.easing);
            let text = set("setPropertyValueSingle", path, &change.value, duration, easing);
            note_unwritable(&text, path, change.seq, notes);
            scripts.extend(text.map(|text| (change.seq, change.stamp, text)));
        }
    }
    for rule in recording.rules.iter().filter(|rule| !by_scripts.contains(&rule.seq)) {
        let pattern = rule.pattern.as_str();
        let text = set("setPropertyValue", pattern, &rule.value, rule.duration, rule.easing);
        note_unwritable(&text, pattern, rule.seq, notes);
        scripts.extend(text.map(|text| (rule.seq, rule.stamp, text)));
    }
    for change in recording.clock.changes().iter().filter(|c| !by_scripts.contains(&c.seq)) {
        let rate = change.rate.filter(|rate| rate.is_finite());
        let rate = rate.map(|rate| format!("openspace.time.setDeltaTime({})", number(rate)));
        let pause = change.paused.map(|paused| format!("openspace.time.setPause({paused})"));
        scripts.extend(rate.into_iter().chain(pause).map(|text| (change.seq, change.stamp, text)));
    }
    // By stamp first: that is how several tracks pass the time together.
    scripts.sort_by_key(|(seq, stamp, _)| (*stamp, *seq));
    let planned = scripts.into_iter().map(|(seq, stamp, text)| {
        let sim_time_s = recording.clock.sample(stamp).sim_time.as_tdb_secs();
        Planned { seq, stamp, item: Item::Script { sim_time_s, text: Cow::Owned(text) } }
    });
    planned.collect()
}

/// `openspace.<function>("path", value, duration, "Easing")`; `None` where the value is not finite.
fn set(
    function: &str,
    path: &str,
    value: &Value,
    duration: SessionSpan,
    easing: Easing,
) -> Option<String> {
    let value = literal(value)?;
    let path = quoted(path);
    let how = match (duration > SessionSpan::ZERO, easing) {
        (false, _) => String::new(),
        (true, Easing::Linear) => format!(", {}", number(duration.as_secs())),
        (true, easing) => format!(", {}, \"{easing:?}\"", number(duration.as_secs())),
    };
    Some(format!("openspace.{function}({path}, {value}{how})"))
}

fn literal(value: &Value) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    Some(match value {
        Value::Bool(on) => on.to_string(),
        Value::Number(n) => number(*n),
        Value::Text(text) => quoted(text),
        Value::Numbers(list) => {
            let list: Vec<_> = list.iter().map(|n| number(*n)).collect();
            format!("{{{}}}", list.join(", "))
        }
    })
}

fn note_unwritable(text: &Option<String>, path: &str, seq: Sequence, notes: &mut Vec<Fault>) {
    if text.is_none() {
        let fault = Fault::loss(format!("a value of {path} is not finite and cannot be written"));
        notes.push(fault.at_entry(seq));
    }
}
