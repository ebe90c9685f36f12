//! What happens later: recordings that get their names, fades that end, scheduled scripts, events.

use std::sync::Arc;

use proptest::prelude::*;
use skyreel_core::happened::{Event, Seen, between};
use skyreel_core::outcome::Refusal;
use skyreel_core::snapshot::{ClockView, FlightView, LibraryView, ModeView};
use skyreel_core::time::SimTime;
use skyreel_core::value::Value;
use skyreel_script::openspace::{Due, Schedule, Scheduled, stem_of};

use super::fake::{Fake, Machine};

fn sim(seconds: f64) -> SimTime {
    SimTime::from_tdb_secs(seconds).unwrap()
}

fn codes(due: Vec<Due>) -> Vec<String> {
    due.into_iter().map(|due| due.code).collect()
}

#[test]
fn a_name_is_what_is_left_without_folders_and_ending() {
    let cases = [
        ("tour", "tour"),
        ("${RECORDINGS}/tour.osrectxt", "tour"),
        ("C:\\shows\\tour.osrec", "tour"),
        ("a/b/tour v1.2.ron", "tour v1.2"),
        ("tour v1.2", "tour v1.2"),
        ("x.SKYREEL", "x"),
        (".osrec", ""),
    ];
    for (path, name) in cases {
        assert_eq!(stem_of(path), name, "{path}");
    }
}

/// A machine that has been recording under a name by date.
fn recording() -> Machine {
    let mode = Fake::recording("recording 2026-11-20");
    Machine::new(Fake { mode, ..Fake::default() })
}

/// The library finds what has been recorded.
fn find(machine: &mut Machine, recording: &str) {
    let library = &machine.host.snapshot.library;
    let mut item = library.recordings[0].clone();
    item.recording = recording.to_owned();
    item.title = recording.trim_end_matches(".skyreel").to_owned();
    let mut recordings = vec![item];
    recordings.extend(library.recordings.iter().cloned());
    let (folder, fault) = (library.folder.clone(), None);
    machine.host.snapshot.library =
        Arc::new(LibraryView { folder, recordings, fault, trash: Vec::new() });
}

#[test]
fn a_recording_that_is_named_at_its_end_gets_its_name_once_it_is_finished() {
    let mut machine = recording();
    machine
        .run("openspace.sessionRecording.stopRecording('${RECORDINGS}/night.osrec', 'Binary')")
        .unwrap();
    machine.host.mode = ModeView::Idle;
    machine.pass(0.1);
    assert_eq!(machine.said(), ["record.stop"]);
    find(&mut machine, "recording 2026-11-20.skyreel");
    machine.pass(0.1);
    machine.pass(0.1);
    let rename = r#"library.rename name="night" recording="recording 2026-11-20.skyreel""#;
    assert_eq!(machine.said(), [rename]);
    assert_eq!(machine.printed.borrow().len(), 0);
}

#[test]
fn a_name_that_is_taken_lets_it_record_on_unless_it_may_give_way() {
    let mut machine = recording();
    let error =
        machine.run("openspace.sessionRecording.stopRecording('tour', 'Ascii')").unwrap_err();
    assert!(error.contains("there is 'tour.skyreel' already; it records on"), "{error}");
    assert_eq!(machine.said(), [""; 0]);
    machine.run("openspace.sessionRecording.stopRecording('tour', 'Ascii', true)").unwrap();
    assert!(machine.printed.borrow()[0].contains("skyreel convert"));
    find(&mut machine, "recording 2026-11-20.skyreel");
    machine.pass(0.1);
    let rename = r#"library.rename name="tour" recording="recording 2026-11-20.skyreel""#;
    let said = ["record.stop", r#"library.trash recording="tour.skyreel""#, rename];
    assert_eq!(machine.said(), said);
}

#[test]
fn a_recording_that_cannot_be_named_or_never_comes_is_told() {
    let mut machine = recording();
    let refused = Refusal::Other("the library is busy".to_owned());
    machine.host.outcomes.insert("library.rename", refused.into());
    machine.run("openspace.sessionRecording.stopRecording('night')").unwrap();
    find(&mut machine, "recording 2026-11-20.skyreel");
    machine.pass(0.1);
    let told = "Error: 'recording 2026-11-20' keeps its name: the library is busy";
    assert_eq!(machine.printed.borrow()[..], [told]);
    let mut machine = recording();
    machine.run("openspace.sessionRecording.stopRecording('night')").unwrap();
    machine.pass(30.0);
    assert_eq!(machine.printed.borrow().len(), 0);
    machine.pass(31.0);
    machine.pass(31.0);
    assert_eq!(machine.printed.borrow().len(), 1);
}

#[test]
fn stopping_without_a_recording_says_what_the_session_says() {
    let mut fake = Fake::default();
    fake.outcomes.insert("record.stop", Refusal::Other("it is idle".to_owned()).into());
    let error =
        Machine::new(fake).run("openspace.sessionRecording.stopRecording('x')").unwrap_err();
    assert!(error.contains("it is idle"), "{error}");
}

#[test]
fn the_recording_that_plays_is_filmed_from_when_pictures_are_asked_for() {
    let mode = Fake::playing(true, false);
    let mut machine = Machine::new(Fake { mode, ..Fake::default() });
    assert_eq!(machine.run("return openspace.sessionRecording.isPlayingBack()").unwrap(), "true");
    machine.run("openspace.sessionRecording.enableTakeScreenShotDuringPlayback(24)").unwrap();
    assert_eq!(machine.said(), [r#"film.start fps=24.0 recording="tour.skyreel""#]);
    machine.run("openspace.time.pauseToggleViaKeyboard()").unwrap();
    assert_eq!(machine.said(), ["play.toggle"]);
    machine.host.mode = Fake::playing(false, true);
    assert_eq!(machine.run("return openspace.sessionRecording.isPlayingBack()").unwrap(), "false");
    machine.run("openspace.time.pauseToggleViaKeyboard()").unwrap();
    assert_eq!(machine.said(), ["clock.pause"]);
}

#[test]
fn what_has_faded_out_is_switched_off_and_then_its_script_runs() {
    let mut machine = Machine::new(Fake::default());
    let fade = "openspace.fadeOut('Scene.Earth.Renderable', 2, 'openspace.printInfo([[gone]])')";
    machine.run(fade).unwrap();
    machine.pass(1.9);
    assert_eq!(machine.said().len(), 1);
    machine.pass(0.2);
    assert_eq!(machine.said(), [r#"scene.set path="Scene.Earth.Renderable.Enabled" value=false"#]);
    assert_eq!(machine.printed.borrow()[..], ["Info: gone"]);
}

#[test]
fn what_has_faded_in_again_stays_on() {
    let mut machine = Machine::new(Fake::default());
    machine.run("openspace.fadeOut('Scene.Earth.Renderable', 2)").unwrap();
    machine.pass(1.0);
    machine.run("openspace.fadeIn('Scene.Earth.Renderable', 2)").unwrap();
    for _ in 0..40 {
        machine.pass(0.1);
    }
    let values = machine.host.live.values();
    assert_eq!(values["Scene.Earth.Renderable.Enabled"], Value::Bool(true));
    assert_eq!(values["Scene.Earth.Renderable.Fade"], Value::Number(1.0));
}

#[test]
fn scripts_run_after_their_seconds_the_earliest_first() {
    let mut machine = Machine::new(Fake::default());
    machine
        .run(
            r#"openspace.scheduleScript("c = 1", 3) openspace.scheduleScript(1, "a = 1")
               openspace.scheduleScript("b = 1", 2)
               openspace.setPropertyValueSingle("Scene.Earth.Label", "x", 1.5, "Linear", "p = 1")"#,
        )
        .unwrap();
    assert_eq!(codes(machine.pass(0.5)), [""; 0]);
    assert_eq!(codes(machine.pass(2.0)), ["a = 1", "p = 1", "b = 1"]);
    assert_eq!(codes(machine.pass(1.0)), ["c = 1"]);
    assert_eq!(codes(machine.pass(9.0)), [""; 0]);
    assert_eq!(machine.run("return openspace.time.currentApplicationTime()").unwrap(), "12.5");
}

#[test]
fn no_script_can_keep_more_than_there_is_room_for() {
    let mut machine = Machine::new(Fake::default());
    for (code, what) in [
        ("for i = 1, 2000 do openspace.scheduleScript('x', 1) end", "no more than 1000"),
        (
            "for i = 1, 2000 do openspace.scriptScheduler.loadScheduledScript(i, 'x') end",
            "no more than 1000",
        ),
        (
            "for i = 1, 2000 do openspace.action.registerAction{Identifier = 'a' .. i, Command = ''} end",
            "there are 1000 already",
        ),
        (
            "for i = 1, 2000 do openspace.event.registerEventAction('ClockPaused', 'a' .. i) end",
            "there are 1000 already",
        ),
        ("for i = 1, 2000 do openspace.action.triggerAction('a1') end", "there are 1000 already"),
        ("openspace.scheduleScript(string.rep('x', 100000), 1)", "longer than 32768 bytes"),
        (
            "local t = {} t.t = t openspace.action.triggerAction('a1', t)",
            "the arguments are too much",
        ),
    ] {
        let error = machine.run(code).expect_err(code);
        assert!(error.contains(what), "{code}: {error}");
    }
}

#[test]
fn scheduled_scripts_run_when_the_clock_passes_them_either_way() {
    let mut machine = Machine::new(Fake::default());
    machine
        .run(
            r#"openspace.scriptScheduler.loadScheduledScript(20, "f2 = 1", "b2 = 1")
               openspace.scriptScheduler.loadScheduledScript(10, "f1 = 1", "b1 = 1", "u1 = 1", 4)"#,
        )
        .unwrap();
    machine.host.clock.sim_time = sim(0.0);
    assert_eq!(codes(machine.pass(0.1)), [""; 0], "where it begins nothing is passed");
    let steps: [(f64, &[&str]); 7] = [
        (9.0, &[]),
        (10.0, &["u1 = 1", "f1 = 1"]),
        (10.5, &[]),
        (25.0, &["f2 = 1"]),
        (5.0, &["b2 = 1", "u1 = 1", "b1 = 1"]),
        (5.0, &[]),
        (30.0, &["u1 = 1", "f1 = 1", "f2 = 1"]),
    ];
    for (time, expected) in steps {
        machine.host.clock.sim_time = sim(time);
        assert_eq!(codes(machine.pass(0.1)), expected, "{time}");
    }
    machine.run("openspace.scriptScheduler.clear(4)").unwrap();
    machine.host.clock.sim_time = sim(0.0);
    assert_eq!(codes(machine.pass(0.1)), ["b2 = 1"]);
}

proptest! {
    #[test]
    fn however_time_goes_a_script_runs_as_often_as_its_moment_is_passed(
        times in prop::collection::vec(-5_i32..5, 1..8),
        way in prop::collection::vec(-6_i32..6, 1..30),
    ) {
        let mut schedule = Schedule::default();
        for (i, time) in times.iter().enumerate() {
            let (forward, backward) = (format!("f{i}"), format!("b{i}"));
            let (time, universal) = (sim(f64::from(*time)), String::new());
            schedule.add(Scheduled { time, forward, backward, universal, group: 0 }).unwrap();
        }
        let mut found: Vec<String> = Vec::new();
        let mut expected: Vec<String> = Vec::new();
        let mut at = None;
        for now in way {
            found.extend(codes(schedule.due(sim(f64::from(now)))));
            if let Some(before) = at.replace(now) {
                for (i, time) in times.iter().enumerate() {
                    if before < *time && *time <= now {
                        expected.push(format!("f{i}"));
                    }
                    if now < *time && *time <= before {
                        expected.push(format!("b{i}"));
                    }
                }
            }
        }
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
    }
}

fn clock(rate: f64, paused: bool) -> ClockView {
    ClockView { sim_time: sim(0.0), rate, paused }
}

fn in_words(events: Vec<Event>) -> Vec<String> {
    let told = |event: Event| {
        event.told.into_values().fold(event.name.to_owned(), |line, v| line + " " + &v)
    };
    events.into_iter().map(told).collect()
}

#[test]
fn two_moments_tell_what_has_happened() {
    let idle = || ModeView::Idle;
    let seen = |mode: &ModeView| Seen::new(mode, clock(1.0, false), None);
    let cases: [(ModeView, ModeView, &[&str]); 9] = [
        (idle(), idle(), &[]),
        (idle(), Fake::playing(true, false), &["SessionRecordingPlayback Started"]),
        (
            Fake::playing(true, false),
            Fake::playing(false, false),
            &["SessionRecordingPlayback Paused"],
        ),
        (
            Fake::playing(false, false),
            Fake::playing(true, false),
            &["SessionRecordingPlayback Resumed"],
        ),
        (
            Fake::playing(true, false),
            Fake::playing(false, true),
            &["SessionRecordingPlayback Finished"],
        ),
        (Fake::playing(true, true), idle(), &[]),
        (idle(), Fake::recording("a"), &["SessionRecording Started"]),
        (
            Fake::recording("a"),
            Fake::recording("b"),
            &["SessionRecording Finished", "SessionRecording Started"],
        ),
        (
            Fake::recording("a"),
            Fake::playing(true, false),
            &["SessionRecordingPlayback Started", "SessionRecording Finished"],
        ),
    ];
    for (before, now, expected) in cases {
        assert_eq!(in_words(between(&seen(&before), &seen(&now))), expected, "{before:?} {now:?}");
    }
    let paused = |paused| {
        let ModeView::Recording(mut view) = Fake::recording("a") else { unreachable!() };
        view.paused = paused;
        seen(&ModeView::Recording(view))
    };
    assert_eq!(in_words(between(&paused(false), &paused(true))), ["SessionRecording Paused"]);
    assert_eq!(in_words(between(&paused(true), &paused(false))), ["SessionRecording Resumed"]);
}

#[test]
fn two_moments_tell_what_clock_and_camera_did() {
    let navigation = Fake::default().snapshot.navigation.unwrap();
    let mut moon = navigation.clone();
    moon.focus = "Moon".to_owned();
    moon.flight = Some(FlightView { to: "Mars".to_owned(), at_s: 0.0, duration_s: 1.0 });
    let seen = |clock, navigation| Seen::new(&ModeView::Idle, clock, Some(navigation));
    let before = seen(clock(1.0, false), &navigation);
    let now = seen(clock(60.0, true), &moon);
    let there = [
        "ClockPaused",
        "ClockRateChanged 60",
        "FocusNodeChanged Moon Earth",
        "CameraPathStarted Mars",
    ];
    assert_eq!(in_words(between(&before, &now)), there);
    let back = [
        "ClockResumed",
        "ClockRateChanged 1",
        "FocusNodeChanged Earth Moon",
        "CameraPathFinished Mars",
    ];
    assert_eq!(in_words(between(&now, &before)), back);
}

#[test]
fn an_event_runs_the_actions_whose_filter_it_fits_with_what_it_tells() {
    let mut machine = Machine::new(Fake::default());
    machine
        .run(
            r#"openspace.action.registerAction{Identifier = "say", Command = "openspace.printInfo(args.State)"}
               openspace.action.registerAction{Identifier = "end", Command = "openspace.printInfo('end')"}
               openspace.event.registerEventAction("SessionRecordingPlayback", "say")
               openspace.event.registerEventAction("SessionRecordingPlayback", "say")
               openspace.event.registerEventAction("SessionRecordingPlayback", "nobody")
               openspace.event.registerEventAction("SessionRecordingPlayback", "end", {State = "Finished"})"#,
        )
        .unwrap();
    machine.pass(0.1);
    for mode in [Fake::playing(true, false), Fake::playing(true, true)] {
        machine.host.mode = mode;
        machine.pass(0.1);
    }
    assert_eq!(machine.printed.borrow()[..], ["Info: Started", "Info: Finished", "Info: end"]);
    machine
        .run(r#"openspace.event.unregisterEventAction("SessionRecordingPlayback", "say")"#)
        .unwrap();
    machine.host.mode = Fake::playing(true, false);
    assert_eq!(codes(machine.pass(0.1)), [""; 0]);
}

#[test]
fn an_action_finds_what_it_was_started_with_and_its_lines_keep_their_numbers() {
    let mut machine = Machine::new(Fake::default());
    machine
        .run(
            r#"openspace.action.registerAction{Identifier = "a", Command =
                   "given = args\nlocal x = y.z"}
               openspace.action.triggerAction("a", {1, {true}, ["odd \n\"\\\0" .. "1"] = -0.5})"#,
        )
        .unwrap();
    let span = skyreel_core::time::SessionSpan::ZERO;
    let due = machine.openspace.advance(&mut machine.host, span);
    assert_eq!(due[0].name, "action a");
    let error = machine.run(&due[0].code).unwrap_err();
    assert!(error.contains("script:2"), "{error}");
    let found = r#"return given[1], given[2][1], given["odd \n\"\\\0" .. "1"]"#;
    assert_eq!(machine.run(found).unwrap(), "1, true, -0.5");
}
