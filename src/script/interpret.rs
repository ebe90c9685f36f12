//! The scripts of a recording, each run once and in file order, and the state that comes of it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use skyreel_core::catalogue::Catalogue;
use skyreel_core::clock_track::{ClockChange, ClockTrack};
use skyreel_core::event::EventKind;
use skyreel_core::fault::Fault;
use skyreel_core::property_track::PropertyTrack;
use skyreel_core::recording::{Effects, Recording, Sequence};
use skyreel_core::rule::Rule;

use crate::ledger::{Ledger, Moment};
use crate::limits::{Limits, Meter};
use crate::openspace_api;
use crate::sandbox::{Failure, Ran, Sandbox};

/// A machine that holds more than this after a script is replaced, so that what one script keeps
/// never leaves the next one without memory.
const MOST_KEPT_BYTES: usize = 8 << 20;

/// What the scripts of a recording do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interpretation {
    /// Changes of properties, in file order; a plain path is a pattern that names one property.
    pub rules: Vec<Rule>,
    /// Changes of the clock's rate and pause, in file order.
    pub clock_changes: Vec<ClockChange>,
    /// What was not understood, each remark once, at the first entry it is about.
    pub warnings: Vec<Fault>,
}

/// Runs the scripts of `recording` and gives what they do, without changing it.
///
/// Scripts share their globals, as they do in OpenSpace. A script that fails keeps what it had done
/// until then, since in OpenSpace those calls had taken effect; one that a limit stopped keeps
/// nothing, so that what is left does not depend on where the limit struck, and takes the globals
/// with it. Entries that already have rules or changes of their own are run for their globals only.
pub fn interpret(
    recording: &Recording,
    scene: &(impl Catalogue + ?Sized),
    limits: &Limits,
) -> Interpretation {
    let meter = Meter::new(limits.clone());
    let ledger = Rc::new(RefCell::new(Ledger::new(recording, scene, meter.clone())));
    let known = interpreted(recording);
    let mut machine = None;
    let mut scripts = recording.events.iter().filter_map(|event| match &event.kind {
        EventKind::Script { text } => Some((event, text)),
        EventKind::Console { .. } | EventKind::Marker { .. } => None,
    });
    for (event, text) in &mut scripts {
        if text.trim().is_empty() {
            continue;
        }
        ledger.borrow_mut().begin_script(Moment::of(event, recording));
        let result = run(&mut machine, &meter, &ledger, text, event.seq);
        let mut ledger = ledger.borrow_mut();
        if known.contains(&event.seq) || matches!(result, Err(Failure::Stopped(_))) {
            ledger.forget_script();
        }
        match result {
            Ok(Ran { ended_comments: false }) => {}
            Ok(Ran { ended_comments: true }) => ledger.warnings.note_found(
                event.seq,
                "a comment had swallowed the lines after it; they were taken as code",
                text,
                "line breaks",
            ),
            Err(failure) => {
                ledger.warnings.note_found(
                    event.seq,
                    format!("a script: {failure}"),
                    text,
                    "a script that runs",
                );
                if let Failure::Stopped(stop) = failure {
                    machine = None;
                    if stop.ends_all() {
                        break;
                    }
                }
            }
        }
        if machine.as_ref().is_some_and(|m| m.holds_more_than(MOST_KEPT_BYTES)) {
            ledger.warn("a script left too much in memory; its global names are gone");
            machine = None;
        }
    }
    let left = scripts.count();
    let (rules, clock_changes, warnings) = ledger.borrow_mut().finish();
    let mut warnings = warnings.into_faults();
    if left > 0 {
        warnings.push(Fault::warning(format!("{left} more scripts were not run")));
    }
    Interpretation { rules, clock_changes, warnings }
}

/// Interprets the scripts of `recording` and puts what they do into it: rules among its rules, to
/// be expanded against a scene, and changes of the clock into its clock, both in file order.
/// Doing it again changes nothing.
pub fn apply(
    recording: &mut Recording,
    scene: &(impl Catalogue + ?Sized),
    limits: &Limits,
) -> Vec<Fault> {
    if recording.header.effects == Effects::Recorded {
        return Vec::new();
    }
    let Interpretation { rules, clock_changes, warnings } = interpret(recording, scene, limits);
    recording.rules.extend(rules);
    // Stable: rules of one entry keep their order.
    recording.rules.sort_by_key(|rule| rule.seq);
    if !clock_changes.is_empty() {
        let mut changes = recording.clock.changes().to_vec();
        changes.extend(clock_changes);
        changes.sort_by_key(|change| change.seq);
        let mut clock = ClockTrack::default();
        recording.clock.keys().iter().for_each(|key| clock.push_key(*key));
        changes.into_iter().for_each(|change| clock.push_change(change));
        recording.clock = clock;
    }
    warnings
}

/// Runs one script, on a new machine if there is none.
fn run(
    machine: &mut Option<Sandbox>,
    meter: &Meter,
    ledger: &Rc<RefCell<Ledger>>,
    text: &str,
    seq: Sequence,
) -> Result<Ran, Failure> {
    let sandbox = match machine {
        Some(sandbox) => sandbox,
        None => {
            let install = |lua: &mlua::Lua, globals: &mlua::Table| {
                openspace_api::install(lua, globals, ledger)
            };
            let made = Sandbox::new(meter.clone(), install)
                .map_err(|error| Failure::Error(error.to_string()))?;
            machine.insert(made)
        }
    };
    // The same numbers each time, and not the same in every script.
    sandbox.run(text, seq as u32)
}

/// The entries that have effects of their own in the recording.
fn interpreted(recording: &Recording) -> BTreeSet<Sequence> {
    let rules = recording.rules.iter().map(|r| r.seq);
    let clock = recording.clock.changes().iter().map(|c| c.seq);
    let changes = recording.properties.values().flat_map(PropertyTrack::changes).map(|c| c.seq);
    rules.chain(clock).chain(changes).collect()
}
