//! Recording disturbs nothing, leaves nothing out, and never records what is played.

use bevy_skyreel::Defaults;
use bevy_skyreel::core::frame::Frame;
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::core::time::SessionTime;

use crate::stage::*;

/// What is seen in frames of a busy run, with other commands between its own.
fn busy(more: &[(usize, &str)]) -> Vec<Frame> {
    let mut stage = Stage::new();
    let mut dice = Dice(21);
    let lines = [
        "scene.toggle Moon",
        "scene.set Scene.Earth.Renderable.Fade 0.25 over_s=1",
        "scene.set Scene.Earth.Renderable.Fade 1",
        "scene.set Desk.Brightness 3",
        "scene.get Desk.Brightness",
        "scene.reset",
        "clock.faster",
        "clock.jump 1d",
        "clock.toggle",
    ];
    let mut seen = Vec::new();
    for n in 0..300 {
        for (_, line) in more.iter().filter(|(at, _)| *at == n) {
            stage.ask(line);
        }
        if dice.roll(3) == 0 {
            let line = *dice.pick(&lines);
            stage.ask(line);
        }
        stage.frame(ns(dice.roll(50_000_000) as i64));
        seen.push(stage.observe());
    }
    seen
}

#[test]
fn the_same_run_with_and_without_recording_gives_the_same_frames() {
    let without = busy(&[]);
    let with = busy(&[
        (3, "record.start a"),
        (60, "record.mark here"),
        (80, "record.pause"),
        (100, "record.resume"),
        (150, "record.stop"),
        (151, "record.start b"),
        (200, "record.discard"),
        (210, "record.start c"),
    ]);
    assert!(without == with);
}

#[test]
fn looking_at_a_property_takes_nothing_from_the_recording() {
    let mut stage = Stage::new();
    stage.ask("record.start r");
    stage.frame(s(0.0));
    stage.frame(s(0.5));
    for line in [
        "scene.set Scene.Earth.Renderable.Fade 0.25",
        "scene.set Desk.On true",
        "scene.get Desk.On",
    ] {
        stage.ask(line);
    }
    let _ = stage.observe();
    stage.frame(s(0.5));
    let seen = stage.observe();
    stage.done("record.stop");
    stage.done("play.start r");
    stage.done("play.end");
    let found = stage.observe();
    assert_same(&found, &seen, "at the end");
}

#[test]
fn what_changes_in_a_pause_has_changed_when_it_is_over() {
    let mut stage = Stage::new();
    stage.ask("record.start p");
    stage.ask("scene.set Scene.Earth.Renderable.Fade 0 over_s=4");
    stage.frame(s(0.0));
    stage.frame(s(1.0));
    stage.ask("record.pause");
    stage.frame(s(1.0));
    stage.ask("scene.set Scene.Mars.Renderable.Fade 0 over_s=0.3");
    stage.ask("scene.set Scene.Moon.Renderable.Fade 0 over_s=4");
    stage.ask("scene.set Desk.On false");
    stage.frame(s(1.0));
    stage.frame(s(0.5));
    stage.ask("record.resume");
    let mut frames = Vec::new();
    for _ in 0..20 {
        stage.frame(s(0.25));
        let ModeView::Recording(view) = stage.mode() else { panic!() };
        let seen = stage.observe();
        frames.push((view.elapsed, seen));
    }
    assert_eq!(frames[0].0, s(1.0));
    stage.done("record.stop");
    stage.done("play.start p");
    stage.done("play.pause");
    for (at, seen) in &frames {
        stage.done(&format!("play.seek {}", at.as_secs()));
        let found = stage.observe();
        assert_same(&found, seen, &format!("at {at}"));
    }
}

#[test]
fn pausing_and_going_on_at_once_changes_nothing() {
    let mut stage = Stage::new();
    stage.ask("record.start p");
    stage.ask("scene.set Scene.Earth.Renderable.Fade 0 over_s=2");
    stage.frame(s(0.0));
    stage.frame(s(0.5));
    stage.ask("record.pause");
    stage.ask("record.resume");
    stage.frame(s(0.5));
    let ModeView::Recording(view) = stage.mode() else { panic!() };
    assert_eq!((view.elapsed, view.frames), (s(1.0), 3));
    let seen = stage.observe();
    stage.done("record.stop");
    stage.done("play.start p");
    stage.done("play.seek 1");
    let found = stage.observe();
    assert_same(&found, &seen, "after it");
}

#[test]
fn instant_replay_begins_before_the_button() {
    let mut stage = Stage::new();
    stage.app.world_mut().resource_mut::<Defaults>().instant_replay = s(2.0);
    let mut dice = Dice(9);
    let mut frames: Vec<(SessionTime, Frame)> = Vec::new();
    let mut at = SessionTime::ZERO;
    for n in 0..150 {
        match n % 25 {
            3 => stage.ask("scene.set Scene.Earth.Renderable.Fade 0 over_s=3"),
            9 => stage.ask("scene.set Scene.Earth.Renderable.Fade 1 over_s=1"),
            13 => stage.ask("scene.toggle Moon"),
            17 => stage.ask("clock.faster"),
            _ => {}
        }
        if n == 100 {
            // In one frame with its button, and not lost.
            stage.ask("scene.set Scene.Mars.Renderable.Fade 0.125");
            stage.ask("record.start r");
        }
        let span = ns(dice.roll(100_000_000) as i64);
        at = at.saturating_add(span);
        stage.frame(span);
        let seen = stage.observe();
        frames.push((at, seen));
    }
    let ModeView::Recording(view) = stage.mode() else { panic!() };
    let start = at.saturating_sub(view.elapsed);
    stage.done("record.stop");
    assert_eq!(frames[99].0.saturating_sub(s(2.0)), start);
    stage.done("play.start r");
    stage.done("play.pause");
    for (at, seen) in frames.iter().filter(|(at, _)| *at >= start) {
        let at = at.saturating_sub(start);
        stage.done(&format!("play.seek {}", at.as_secs()));
        let found = stage.observe();
        assert_same(&found, seen, &format!("at {at}"));
    }
}

#[test]
fn playback_is_never_recorded() {
    let mut stage = Stage::new();
    stage.app.world_mut().resource_mut::<Defaults>().instant_replay = s(60.0);
    stage.wait(0.5);
    stage.ask("record.start a");
    stage.wait(1.0);
    stage.done("record.stop");
    stage.wait(1.0);
    stage.done("play.start a");
    stage.wait(0.5);
    assert!(!stage.say("record.start b").is_done());
    stage.done("play.stop");
    let x = |frame: &Frame| frame.view("main").unwrap().pose.leading().position_m.x;
    let from = stage.observe();
    stage.wait(0.5);
    stage.ask("record.start b");
    stage.wait(0.5);
    stage.done("record.stop");
    let recording = stage.memory.get("b").unwrap();
    assert!(recording.duration() < s(1.1), "{}", recording.duration());
    let first = bevy_skyreel::core::sample::sample(&recording, SessionTime::ZERO);
    assert!(x(&first) >= x(&from));
}
