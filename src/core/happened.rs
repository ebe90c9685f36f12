//! What happens in a session, told from two moments of it, by OpenSpace's names where it has one.

use std::collections::BTreeMap;

use crate::snapshot::{ClockView, ModeView, NavigationView};

/// The events there are. The first four are OpenSpace's own, the others Skyreel's.
pub const NAMES: [&str; 8] = [
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
