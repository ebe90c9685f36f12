//! What happens in a session, told from two moments of it, by OpenSpace's names where it has one; and
//! `openspace.event`, which ties actions to that.

use std::collections::BTreeMap;

use mlua::Table;
use skyreel_core::nearest::{did_you_mean, nearest};
use skyreel_core::snapshot::{ClockView, ModeView, NavigationView};

use super::args::Args;
use super::library::Library;
use crate::host::Host;

/// The events there are. The first four are OpenSpace's own, the others Skyreel's.
pub(super) const NAMES: [&str; 8] = [
    "SessionRecordingPlayback",
    "FocusNodeChanged",
    "CameraPathStarted",
    "CameraPathFinished",
    "SessionRecording",
    "ClockPaused",
    "ClockResumed",
    "ClockRateChanged",
];

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub name: &'static str,
    /// What is told with it, by name: `State`.
    pub told: BTreeMap<&'static str, String>,
}

impl Event {
    fn new<const N: usize>(name: &'static str, told: [(&'static str, String); N]) -> Self {
        Self { name, told: told.into() }
    }
}

/// What is looked at of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The recording that is played, and whether it moves.
    playing: Option<(String, bool)>,
    /// The recording that is made, and whether it is paused.
    recording: Option<(String, bool)>,
    clock: ClockView,
    focus: Option<String>,
    flight: Option<String>,
}

impl Seen {
    /// What is looked at.
    pub fn new(mode: &ModeView, clock: ClockView, navigation: Option<&NavigationView>) -> Self {
        let (mut playing, mut recording) = (None, None);
        match mode {
            ModeView::Playing(view) if !view.has_ended => {
                playing = Some((view.recording.clone(), view.is_moving));
            }
            ModeView::Recording(view) => recording = Some((view.name.clone(), view.paused)),
            ModeView::Playing(_) | ModeView::Idle => {}
        }
        let flight = navigation.and_then(|view| Some(view.flight.as_ref()?.to.clone()));
        let focus = navigation.map(|view| view.focus.clone());
        Self { playing, recording, clock, focus, flight }
    }

    pub(super) fn of(host: &mut dyn Host) -> Self {
        let (mode, clock) = (host.mode(), host.clock());
        Self::new(&mode, clock, host.snapshot().navigation.as_ref())
    }
}

/// What has happened between two moments.
pub fn between(before: &Seen, now: &Seen) -> Vec<Event> {
    let mut events = Vec::new();
    let playback = states(before.playing.as_ref(), now.playing.as_ref(), true);
    let told = |state: &str| [("State", state.to_owned())];
    events.extend(playback.map(|state| Event::new("SessionRecordingPlayback", told(state))));
    let recording = states(before.recording.as_ref(), now.recording.as_ref(), false);
    events.extend(recording.map(|state| Event::new("SessionRecording", told(state))));
    if before.clock.paused != now.clock.paused {
        let name = if now.clock.paused { "ClockPaused" } else { "ClockResumed" };
        events.push(Event::new(name, []));
    }
    if before.clock.rate != now.clock.rate {
        events.push(Event::new("ClockRateChanged", [("Rate", now.clock.rate.to_string())]));
    }
    if let (Some(old), Some(new)) = (&before.focus, &now.focus)
        && old != new
    {
        let told = [("OldNode", old.clone()), ("NewNode", new.clone())];
        events.push(Event::new("FocusNodeChanged", told));
    }
    if before.flight != now.flight {
        let to = |flight: &String| [("Destination", flight.clone())];
        let ended = before.flight.iter().map(|f| Event::new("CameraPathFinished", to(f)));
        let begun = now.flight.iter().map(|f| Event::new("CameraPathStarted", to(f)));
        events.extend(ended.chain(begun));
    }
    events
}

/// How a recording, and whether it moves (or, where that is said of it, stands still), has changed.
fn states<'a>(
    before: Option<&(String, bool)>,
    now: Option<&(String, bool)>,
    says_moving: bool,
) -> impl Iterator<Item = &'a str> {
    let changed = match (before, now) {
        (Some((old, was)), Some((new, is))) if old == new => {
            match (was == is, *is == says_moving) {
                (true, _) => [None, None],
                (false, true) => [Some("Resumed"), None],
                (false, false) => [Some("Paused"), None],
            }
        }
        (old, new) => [old.map(|_| "Finished"), new.map(|_| "Started")],
    };
    changed.into_iter().flatten()
}

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "registerEventAction(event, action [, filter])",
        "Run an action when something happens, such as SessionRecordingPlayback.",
        |_, live, args| {
            let (event, action, filter) = tie(&args)?;
            let mut kept = live.kept.borrow_mut();
            kept.actions.tie(event, action, filter).map_err(|error| args.error(error))
        },
    )?;
    library.add(
        "unregisterEventAction(event, action [, filter])",
        "Do not run an action any more when something happens.",
        |_, live, args| {
            let (event, action, filter) = tie(&args)?;
            live.kept.borrow_mut().actions.untie(event, &action, &filter);
            Ok(())
        },
    )
}

type Filter = BTreeMap<String, String>;

fn tie(args: &Args) -> mlua::Result<(&'static str, String, Filter)> {
    let (event, action) = (args.text(0, "the event")?, args.text(1, "the action")?);
    let Some(event) = NAMES.into_iter().find(|name| *name == event) else {
        let near = nearest(NAMES.into_iter(), &event);
        let near = did_you_mean(&near);
        let names = NAMES.join(", ");
        return Err(args.error(format!("nothing tells of '{event}'{near} There are: {names}")));
    };
    let mut filter = Filter::new();
    if !args.at(2).is_nil() {
        let table: Table = args.table(2, "the filter")?;
        for pair in table.pairs::<String, String>().take(20) {
            let (name, value) =
                pair.map_err(|_| args.error("the filter is texts by name: {State = \"Started\"}"))?;
            filter.insert(name, value);
        }
    }
    Ok((event, action, filter))
}
