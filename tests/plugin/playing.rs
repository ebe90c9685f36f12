//! What is played is what was recorded, however one gets there; and every way out frees the controls.

use bevy_skyreel::core::clock::Clock;
use bevy_skyreel::core::clock_track::ClockSample;
use bevy_skyreel::core::player::AtEnd;
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::core::time::{SessionTime, SimTime};
use bevy_skyreel::{Defaults, SceneClock};

use crate::stage::*;

#[test]
fn every_moment_is_shown_as_it_was_seen() {
    let mut stage = Stage::new();
    let frames = tour(&mut stage);
    assert!(frames.len() > 250, "{}", frames.len());
    stage.done("play.start tour");
    stage.done("play.pause");
    // Not in order, so that nothing is right by having been right before.
    let mut dice = Dice(3);
    for _ in 0..frames.len() {
        let (at, seen) = dice.pick(&frames);
        stage.done(&format!("play.seek {}", at.as_secs()));
        assert_eq!(stage.at(), *at);
        let found = stage.observe();
        assert_same(&found, seen, &format!("at {at}"));
    }
}

#[test]
fn seeking_to_a_moment_is_playing_to_it() {
    let mut stage = Stage::new();
    tour(&mut stage);
    let recording = stage.memory.get("tour").unwrap();
    let end = recording.duration();
    let mut dice = Dice(11);
    stage.done("play.start tour");
    for n in 0..1000 {
        let at = ns(dice.roll(end.as_nanos() as u64 + 2_000_000_000) as i64 - 1_000_000_000);
        if n % 100 == 50 {
            // From the end it goes back as from anywhere.
            stage.done("play.end");
            stage.assert_shows(&recording, end);
        }
        stage.done(["play.pause", "play.resume"][n % 2]);
        stage.done(&format!("play.seek {}", at.as_secs()));
        let at = at.clamp(SessionTime::ZERO, end);
        assert_eq!(stage.at(), at);
        stage.assert_shows(&recording, at);
        // Time that passes moves it on, or does not.
        let before = stage.at();
        stage.frame(ns(dice.roll(100_000_000) as i64));
        assert!(n % 2 == 1 || stage.at() == before);
        let at = stage.at();
        stage.assert_shows(&recording, at);
    }
}

#[test]
fn a_loop_shows_every_frame_where_it_should() {
    let mut stage = Stage::new();
    tour(&mut stage);
    let recording = stage.memory.get("tour").unwrap();
    for speed in [1.0, 0.333, -2.0, 8.0] {
        stage.done(&format!("play.start tour at_end=loop speed={speed} from_s=2 to_s=9.5"));
        let first = stage.at().as_nanos();
        let mut thousandths = 0_i128;
        let mut dice = Dice(5);
        for _ in 0..500 {
            let span = dice.roll(300_000_000) as i64;
            stage.frame(ns(span));
            thousandths += i128::from(span) * (speed * 1000.0) as i128;
            let gone = i128::from(first - 2_000_000_000) + thousandths.div_euclid(1000);
            let wanted = ns(2_000_000_000 + gone.rem_euclid(7_500_000_000) as i64);
            assert_eq!(stage.at(), wanted);
        }
        let at = stage.at();
        stage.assert_shows(&recording, at);
    }
}

#[test]
fn toggles_are_back_when_one_seeks_back() {
    let mut stage = Stage::new();
    let shown =
        |stage: &mut Stage| stage.observe().properties["Scene.Moon.Renderable.Enabled"].clone();
    stage.ask("record.start t");
    stage.wait(1.0);
    stage.ask("scene.hide Moon");
    stage.wait(1.0);
    stage.done("record.stop");
    stage.done("scene.show Moon");
    stage.done("play.start t");
    stage.done("play.seek 1.5");
    assert_eq!(shown(&mut stage), false.into());
    stage.done("play.seek 0.5");
    assert_eq!(shown(&mut stage), true.into());
    stage.done("play.end");
    assert_eq!(shown(&mut stage), false.into());
}

fn set_clock(stage: &mut Stage, seconds: f64, rate: f64) {
    let sim_time = SimTime::from_tdb_secs(seconds).unwrap();
    let clock = Clock::new(ClockSample { sim_time, rate, paused: false });
    stage.app.world_mut().resource_mut::<SceneClock>().clock = clock;
}

fn now_s(stage: &mut Stage) -> f64 {
    stage.observe().clock.sim_time.as_tdb_secs()
}

/// Two seconds, in which it is 1000 s and the clock runs at 10 s a second.
fn short(stage: &mut Stage) {
    set_clock(stage, 1000.0, 10.0);
    stage.ask("record.start short");
    for _ in 0..9 {
        stage.frame(ns(250_000_000));
    }
    stage.done("record.stop");
    assert_eq!(stage.memory.get("short").unwrap().duration(), s(2.0));
}

#[test]
fn forced_time_is_the_recorded_one_and_else_the_clock_goes_its_own_way() {
    let mut stage = Stage::new();
    short(&mut stage);
    set_clock(&mut stage, 5e6, 2.0);
    stage.done("play.start short force_time=false");
    let camera_then = stage.observe().views;
    stage.frame(s(1.0));
    assert_eq!(now_s(&mut stage), 5e6 + 2.0);
    assert_ne!(stage.observe().views, camera_then);
    // The clock may be driven, the rest not.
    stage.done("clock.rate 100 over_s=0");
    assert!(!stage.say("scene.hide Moon").is_done());
    stage.frame(s(0.25));
    assert_eq!(now_s(&mut stage), 5e6 + 27.0);
    stage.done("play.force_time on");
    stage.done("play.seek 1");
    let at = stage.at();
    let recording = stage.memory.get("short").unwrap();
    stage.assert_shows(&recording, at);
    assert!(!stage.say("clock.rate 5").is_done());
    // And back: it goes on from there.
    let then = now_s(&mut stage);
    stage.done("play.force_time off");
    stage.frame(s(0.25));
    assert_eq!(now_s(&mut stage), then + 2.5);
}

#[test]
fn at_the_end_it_holds_returns_or_begins_again() {
    for what in [AtEnd::Hold, AtEnd::Return, AtEnd::Loop] {
        let mut stage = Stage::new();
        short(&mut stage);
        stage.wait(1.0);
        set_clock(&mut stage, 77.0, 3.0);
        let before = stage.observe();
        stage.app.world_mut().resource_mut::<Defaults>().play.at_end = what;
        stage.done("play.start short");
        stage.frame(s(1.5));
        let recording = stage.memory.get("short").unwrap();
        stage.assert_shows(&recording, s(1.5));
        stage.frame(s(1.0));
        match what {
            AtEnd::Hold => {
                stage.assert_shows(&recording, s(2.0));
                stage.frame(s(9.0));
                stage.assert_shows(&recording, s(2.0));
            }
            AtEnd::Return => {
                let found = stage.observe();
                assert_same(&found, &before, "returned");
                assert_eq!(stage.mode(), ModeView::Idle);
                stage.frame(s(1.0));
                assert_eq!(now_s(&mut stage), 80.0);
            }
            AtEnd::Loop => stage.assert_shows(&recording, s(0.5)),
        }
    }
}

#[test]
fn whoever_takes_over_goes_on_from_where_it_was() {
    for exit in ["play.stop", "record.start next", "scene.show Moon", "clock.faster"] {
        let mut stage = Stage::new();
        short(&mut stage);
        stage.done("play.start short");
        if exit != "play.stop" {
            stage.frame(s(9.0));
        } else {
            stage.frame(s(0.7));
        }
        let before = stage.observe();
        assert!(!stage.session().get().is_live());
        stage.done(exit);
        assert!(stage.session().get().is_live(), "{exit}");
        // No time has passed: nothing has moved.
        let after = stage.observe();
        assert_eq!(after.views, before.views, "{exit}");
        assert_eq!(after.clock.sim_time, before.clock.sim_time, "{exit}");
        // Then it does, on from there.
        stage.frame(s(0.5));
        let x =
            |stage: &mut Stage| stage.observe().view("main").unwrap().pose.leading().position_m.x;
        let then = before.view("main").unwrap().pose.leading().position_m.x;
        assert!((x(&mut stage) - then - 0.5).abs() < 1e-6, "{exit}");
    }
}

#[test]
fn solo_is_over_when_something_is_played() {
    let mut stage = Stage::new();
    short(&mut stage);
    stage.done("scene.solo Mars");
    assert_eq!(stage.snapshot().solo.as_deref(), Some("Mars"));
    stage.done("play.start short");
    assert_eq!(stage.snapshot().solo, None);
}

#[test]
fn what_is_shown_is_published() {
    let mut stage = Stage::new();
    short(&mut stage);
    stage.done("play.start short");
    stage.done("play.seek 1.25");
    let snapshot = stage.snapshot();
    let ModeView::Playing(view) = &snapshot.mode else { panic!() };
    assert_eq!((view.at, view.duration, view.is_moving), (s(1.25), s(2.0), true));
    assert_eq!(snapshot.clock.sim_time.as_tdb_secs(), now_s(&mut stage));
    assert_eq!(snapshot.properties.len(), 7);
    stage.done("play.pause");
    let number = stage.snapshot().number;
    stage.frame(s(1.0));
    assert_eq!(stage.snapshot().number, number, "nothing has changed");
}
