//! The session: what each row of commands leads to, what people are told, and that every way out
//! frees the controls.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use skyreel_core::capture::{Seen, SeenView};
use skyreel_core::clock::Clock;
use skyreel_core::clock_track::ClockSample;
use skyreel_core::command::{Command, said};
use skyreel_core::entry::Entry;
use skyreel_core::event::EventKind;
use skyreel_core::frame::{Frame, FramePose, ViewFrame};
use skyreel_core::outcome::Outcome;
use skyreel_core::property_set::PropertySet;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::session::{
    Begun, Footage, Opened, PlayDefaults, RecordDefaults, Session, Shown, Studio, Tape, TapeEnd,
    TapeEnded, TapePlan, TapeProgress,
};
use skyreel_core::snapshot::{ModeView, Moment, Weight};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Value;

use crate::support::*;

/// Keeps recordings in memory. "broken" cannot be opened, "torn" not be played beyond 1.5 s, "full"
/// not be recorded, "short" ends by itself after 20 entries, "lost" leaves nothing behind.
#[derive(Clone, Default)]
pub struct Shelf(Arc<Mutex<BTreeMap<String, Recording>>>);

impl Shelf {
    pub fn get(&self, name: &str) -> Recording {
        self.0.lock().unwrap()[name].clone()
    }
}

struct ShelfTape {
    name: String,
    left: usize,
    recording: Recording,
    shelf: Shelf,
    end: Option<TapeEnd>,
}

impl Tape for ShelfTape {
    fn push(&mut self, entry: Entry) -> Result<(), TapeEnded> {
        if self.left == 0 {
            let reason = Some("the disk is full".to_owned());
            let recording = (self.name != "lost").then(|| self.name.clone());
            self.end.get_or_insert(TapeEnd { recording, reason });
            return Err(TapeEnded);
        }
        self.left -= 1;
        assert!(entry.add_to(&mut self.recording));
        Ok(())
    }

    fn progress(&self) -> TapeProgress {
        TapeProgress { bytes: 7, end: self.end.clone() }
    }

    fn stop(&mut self, discard: bool) {
        if self.end.is_none() {
            let recording = (!discard).then(|| self.name.clone());
            self.end = Some(TapeEnd { recording, reason: None });
        }
        if !discard {
            self.shelf.0.lock().unwrap().insert(self.name.clone(), self.recording.clone());
        }
    }
}

struct ShelfFootage(Recording, bool);

impl Footage for ShelfFootage {
    fn duration(&self) -> SessionTime {
        self.0.duration()
    }

    fn frame(&mut self, at: SessionTime) -> Result<Frame, String> {
        if self.1 && at > s(1.5) {
            return Err("its file is torn".to_owned());
        }
        Ok(sample(&self.0, at))
    }

    fn moments(&mut self) -> Vec<Moment> {
        skyreel_core::snapshot::moments(&self.0)
    }
}

impl Studio for Shelf {
    fn begin(&mut self, plan: TapePlan) -> Result<Begun, String> {
        let name = plan.name.unwrap_or_else(|| "unnamed".to_owned());
        let left = match name.as_str() {
            "full" => return Err("there is no room".to_owned()),
            "short" | "lost" => 20,
            _ => usize::MAX,
        };
        let recording = Recording { baseline: plan.baseline, ..Recording::default() };
        let tape =
            ShelfTape { name: name.clone(), left, recording, shelf: self.clone(), end: None };
        Ok(Begun { name, tape: Box::new(tape) })
    }

    fn open(&mut self, recording: &str) -> Result<Opened, String> {
        if recording == "broken" {
            return Err("it is broken".to_owned());
        }
        let all = self.0.lock().unwrap();
        let found = all.get(recording).or_else(|| all.get("a").filter(|_| recording == "torn"));
        let found = found.ok_or_else(|| format!("there is no '{recording}'"))?.clone();
        let footage = Box::new(ShelfFootage(found, recording == "torn"));
        Ok(Opened { title: recording.to_owned(), footage, warnings: Vec::new() })
    }
}

/// A scene of one camera that goes 1 m a second along x, and of a clock.
pub struct Room {
    pub session: Session,
    pub shelf: Shelf,
    pub defaults: PlayDefaults,
    pub x: f64,
    pub at: SessionTime,
}

pub const FRAME_S: f64 = 0.25;

impl Room {
    pub fn new() -> Self {
        Self {
            session: Session::default(),
            shelf: Shelf::default(),
            defaults: PlayDefaults::default(),
            x: 0.0,
            at: SessionTime::ZERO,
        }
    }

    fn view(&self) -> SeenView {
        let pose = beside("Earth", self.x).normalised();
        SeenView { name: "main".into(), vfov_deg: None, pose }
    }

    fn clock(&self) -> ClockSample {
        let sim_time = SimTime::from_tdb_secs(self.at.as_secs()).unwrap();
        Clock::new(ClockSample { sim_time, rate: 1.0, paused: false }).sample()
    }

    pub fn observe(&self) -> Frame {
        let view = self.view();
        let pose = FramePose::One(view.pose);
        let view = ViewFrame { name: "main".to_owned(), vfov_deg: None, pose };
        let x = (Arc::from("x"), Value::Number(self.x));
        let properties = PropertySet::from_iter([x]);
        Frame { at: SessionTime::ZERO, clock: self.clock(), views: vec![view], properties }
    }

    pub fn say(&mut self, line: &str) -> Outcome {
        let frame = self.observe();
        let (session, shelf) = (&mut self.session, &mut self.shelf);
        match said(line).unwrap() {
            Command::Record(c) => session.record(c, &RecordDefaults::default(), shelf, || frame),
            Command::Play(c) => session.play(c, &self.defaults, shelf, || frame),
            other => panic!("{other:?}"),
        }
    }

    pub fn frame(&mut self, span: SessionTime) -> Shown {
        let shown = self.session.advance(span);
        self.at = self.at.saturating_add(span);
        match &shown {
            Shown::Live => self.x += span.as_secs(),
            Shown::Recorded { frame, .. } | Shown::Before { frame, .. } => {
                self.x = frame.views[0].pose.leading().position_m.x;
            }
        }
        if self.session.wants_frames() {
            let seen =
                Seen { clock: self.clock(), views: &[self.view()], changes: &[], events: &[] };
            self.session.capture(&seen);
        }
        shown
    }

    pub fn wait(&mut self, seconds: f64) {
        for _ in 0..(seconds / FRAME_S) as usize {
            self.frame(s(FRAME_S));
        }
    }

    /// Commands and waits (`wait 1.5`); with `!` before it a command that must not be done.
    pub fn run(&mut self, lines: &[&str]) {
        for line in lines {
            if let Some(seconds) = line.strip_prefix("wait ") {
                self.wait(seconds.parse().unwrap());
                continue;
            }
            let refused = line.strip_prefix("! ");
            let outcome = self.say(refused.unwrap_or(line));
            assert_eq!(outcome.is_done(), refused.is_none(), "{line}: {outcome:?}");
        }
    }

    fn mode(&self) -> &'static str {
        match self.session.view() {
            ModeView::Idle => "idle",
            ModeView::Recording(view) if view.paused => "recording, paused",
            ModeView::Recording(_) => "recording",
            ModeView::Playing(view) if view.has_ended => "ended",
            ModeView::Playing(view) if view.is_moving => "playing",
            ModeView::Playing(_) => "playing, paused",
        }
    }

    fn told(&self) -> Vec<String> {
        self.session.notices().all().iter().map(|notice| notice.text.clone()).collect()
    }
}

/// Two seconds of a recording called `a`.
pub fn room_with_a() -> Room {
    let mut room = Room::new();
    room.run(&["record.start a", "wait 2.25", "record.stop", "wait 0.25"]);
    assert_eq!(room.shelf.get("a").duration(), s(2.0));
    assert_eq!(room.told(), ["Recording 'a'", "Saved 'a'"]);
    room
}

#[test]
fn commands_lead_where_the_table_says() {
    let saved = "Recording 'b'|Saved 'b'";
    let cases: &[(&[&str], &str, &str)] = &[
        (&[], "idle", ""),
        (&["wait 1"], "idle", ""),
        (&["! record.stop", "! record.pause", "! record.mark x", "! record.discard"], "idle", ""),
        (&["! play.stop", "! play.pause", "! play.seek 1", "! play.faster"], "idle", ""),
        (&["record.start b"], "recording", "Recording 'b'"),
        (&["record.toggle"], "recording", "Recording 'unnamed'"),
        (&["record.start b", "! record.start c", "! play.start a"], "recording", "Recording 'b'"),
        (&["record.start b", "record.pause", "wait 1"], "recording, paused", "Recording 'b'"),
        (&["record.start b", "record.pause", "record.resume"], "recording", "Recording 'b'"),
        (&["record.start b", "wait 1", "record.stop", "wait 1"], "idle", saved),
        (&["record.start b", "wait 1", "record.toggle", "wait 1"], "idle", saved),
        (&["record.start b", "record.pause", "record.stop", "wait 1"], "idle", saved),
        (
            &["record.start b", "wait 1", "record.discard", "wait 1"],
            "idle",
            "Recording 'b'|Recording 'b' was thrown away",
        ),
        (&["! record.start full", "wait 1"], "idle", ""),
        (
            &["record.start short", "wait 9"],
            "idle",
            "Recording 'short'|Recording has stopped (the disk is full); saved 'short'",
        ),
        (
            &["record.start lost", "wait 9"],
            "idle",
            "Recording 'lost'|Nothing was recorded: the disk is full",
        ),
        (&["play.start a"], "playing", "Playing 'a'"),
        (&["play.start a", "! record.start b", "! record.mark x"], "playing", "Playing 'a'"),
        (&["play.start a", "wait 1", "play.pause", "wait 9"], "playing, paused", "Playing 'a'"),
        (&["play.start a", "play.toggle", "play.toggle"], "playing", "Playing 'a'"),
        (&["play.start a", "play.step 3", "wait 9"], "playing, paused", "Playing 'a'"),
        (&["play.start a", "play.stop"], "idle", "Playing 'a'|Playback of 'a' was stopped"),
        (&["play.start a", "wait 9"], "ended", "Playing 'a'|Playback of 'a' has finished"),
        (
            &["play.start a", "wait 9", "play.stop"],
            "idle",
            "Playing 'a'|Playback of 'a' has finished",
        ),
        (
            &["play.start a", "wait 9", "play.resume"],
            "playing",
            "Playing 'a'|Playback of 'a' has finished",
        ),
        (
            &["play.start a", "wait 9", "play.seek 1"],
            "playing",
            "Playing 'a'|Playback of 'a' has finished",
        ),
        (
            &["play.start a at_end=return", "wait 9"],
            "idle",
            "Playing 'a'|Playback of 'a' has finished",
        ),
        (&["play.start a at_end=loop", "wait 99"], "playing", "Playing 'a'"),
        (&["play.start a speed=-1", "wait 1"], "playing", "Playing 'a'"),
        (&["play.start a speed=-1", "wait 9"], "ended", "Playing 'a'|Playback of 'a' has finished"),
        (
            &["play.start a", "wait 9", "record.start b"],
            "recording",
            "Playing 'a'|Playback of 'a' has finished|Recording 'b'",
        ),
        (
            &["play.start a", "wait 9", "record.toggle"],
            "recording",
            "Playing 'a'|Playback of 'a' has finished|Recording 'unnamed'",
        ),
        (&["! play.start broken", "! play.start nothing"], "idle", ""),
        (&["play.start a", "! play.start broken", "wait 1"], "playing", "Playing 'a'"),
        (&["play.start a", "wait 1", "play.start a"], "playing", "Playing 'a'|Playing 'a'"),
        (
            &["play.start torn", "wait 9"],
            "idle",
            "Playing 'torn'|Playback of 'torn' cannot go on: its file is torn",
        ),
        (&["! play.start torn from_s=1.75"], "idle", ""),
        (&["play.start a", "! play.jump 1e300", "! play.seek 1e300"], "playing", "Playing 'a'"),
    ];
    for (lines, mode, told) in cases {
        let mut room = room_with_a();
        room.run(lines);
        assert_eq!(room.mode(), *mode, "{lines:?}");
        let wanted: Vec<&str> = told.split('|').filter(|text| !text.is_empty()).collect();
        assert_eq!(room.told()[2..], wanted, "{lines:?}");
    }
}

#[test]
fn every_way_out_of_playback_frees_the_controls() {
    for lines in [
        &["play.start a", "wait 1", "play.stop"][..],
        &["play.start a at_end=hold", "wait 9"],
        &["play.start a at_end=return", "wait 9"],
        &["play.start a at_end=loop", "wait 9", "play.stop"],
        &["play.start a speed=-8", "wait 9"],
        &["play.start a", "play.end"],
        &["play.start torn", "wait 9"],
        &["play.start torn", "play.seek 2", "wait 0.25"],
    ] {
        let mut room = room_with_a();
        room.run(lines);
        assert_eq!(room.session.drive(), Ok(()), "{lines:?}");
        assert_eq!(room.session.drive_clock(), Ok(()), "{lines:?}");
        assert!(room.session.is_live(), "{lines:?}");
        // What was there stays, and goes on from there.
        let before = room.x;
        assert_eq!(room.frame(SessionTime::ZERO), Shown::Live, "{lines:?}");
        assert_eq!(room.x, before);
        room.run(&["record.start c", "wait 1", "record.stop", "wait 1", "play.start c"]);
    }
}

#[test]
fn while_it_plays_nobody_else_drives() {
    let mut room = room_with_a();
    room.run(&["play.start a", "wait 1"]);
    assert!(!room.session.is_live());
    let refusal = room.session.drive().unwrap_err().to_string();
    assert_eq!(refusal, "'a' is played and drives the scene; stop it first");
    assert!(room.session.drive_clock().is_err());
    room.run(&["play.force_time false"]);
    assert!(room.session.drive().is_err());
    assert_eq!(room.session.drive_clock(), Ok(()));
    room.run(&["play.pause"]);
    assert!(room.session.drive().is_err(), "paused is not ended");
}

#[test]
fn the_end_returns_to_before_the_first_of_several() {
    let mut room = room_with_a();
    let before = room.observe();
    room.run(&["play.start a", "wait 1", "play.start a at_end=return"]);
    let shown: Vec<Shown> = (0..20).map(|_| room.frame(s(FRAME_S))).collect();
    let returned: Vec<&Shown> =
        shown.iter().filter(|s| matches!(s, Shown::Before { .. })).collect();
    assert_eq!(returned.len(), 1);
    let Shown::Before { frame, .. } = returned[0] else { panic!() };
    assert_eq!(frame.views, before.views);
}

#[test]
fn a_clock_that_was_not_forced_is_not_put_back() {
    for forced in [true, false] {
        let mut room = room_with_a();
        room.run(&[&format!("play.start a at_end=return force_time={forced}")]);
        let shown: Vec<Shown> = (0..20).map(|_| room.frame(s(FRAME_S))).collect();
        let is_back =
            |s: &&Shown| matches!(s, Shown::Before { force_time, .. } if *force_time == forced);
        assert_eq!(shown.iter().filter(is_back).count(), 1, "{forced}");
    }
}

#[test]
fn a_failed_start_leaves_playback_as_it_was() {
    let mut room = room_with_a();
    room.run(&["play.start a", "wait 1", "play.speed -2", "play.marks 0.5 2"]);
    let before = room.session.view();
    room.run(&["! play.start broken", "! play.start torn from_s=1.75"]);
    assert_eq!(room.session.view(), before);
}

#[test]
fn what_a_recording_is_called_with_is_in_it() {
    let mut room = Room::new();
    room.run(&[
        "record.start m",
        "wait 0.5",
        "record.mark \"First light\" dawn",
        "wait 0.5",
        "record.pause",
        "record.mark \"In the pause\"",
        "wait 0.5",
        "record.resume",
        "wait 0.5",
        "record.mark Last",
        "record.stop",
        "wait 0.5",
    ]);
    let recording = room.shelf.get("m");
    let marks: Vec<(f64, &str, &str)> = recording
        .events
        .iter()
        .map(|event| match &event.kind {
            EventKind::Marker { name, text } => {
                (event.stamp.as_secs(), name.as_str(), text.as_str())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let wanted = [(0.5, "First light", "dawn"), (0.75, "In the pause", ""), (1.0, "Last", "")];
    assert_eq!(marks, wanted);
}

#[test]
fn what_happened_in_the_last_frame_is_not_part_of_the_next_recording() {
    let mut room = Room::new();
    room.run(&["record.start one", "wait 0.5", "record.mark Last", "record.stop", "wait 0.5"]);
    room.run(&["record.start two", "wait 0.5", "record.stop", "wait 0.5"]);
    assert_eq!(room.shelf.get("one").events.len(), 1);
    assert_eq!(room.shelf.get("two").events, []);
}

#[test]
fn a_pause_leaves_out_what_happens() {
    let mut room = Room::new();
    room.run(&["record.start p", "wait 1", "record.pause", "wait 5", "record.resume", "wait 1"]);
    let ModeView::Recording(view) = room.session.view() else { panic!() };
    assert_eq!((view.elapsed, view.frames, view.paused), (s(1.5), 8, false));
    room.run(&["record.stop", "wait 0.25"]);
    let recording = room.shelf.get("p");
    let places: Vec<(f64, f64)> = recording.views[0]
        .camera
        .entries()
        .iter()
        .map(|entry| (entry.stamp.as_secs(), entry.pose.position_m[0]))
        .collect();
    let wanted = [
        (0.0, 0.25),
        (0.25, 0.5),
        (0.5, 0.75),
        (0.75, 1.0),
        // Six seconds on, at the moment of the pause.
        (0.75, 6.25),
        (1.0, 6.5),
        (1.25, 6.75),
        (1.5, 7.0),
    ];
    assert_eq!(places, wanted);
}

#[test]
fn notices_are_numbered_and_bounded() {
    let mut session = Session::default();
    for n in 0..500 {
        session.tell(Weight::Info, format!("{n}"));
    }
    let kept = session.notices().all();
    assert_eq!((kept.len(), kept[0].number, session.notices().last()), (200, 301, 500));
    let later: Vec<u64> = session.notices().after(498).map(|notice| notice.number).collect();
    assert_eq!(later, [499, 500]);
}
