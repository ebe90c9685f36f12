//! Instant replay: a recording that began before its button was pressed holds the last seconds as
//! they were.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::capture::Seen;
use skyreel_core::clock_track::ClockSample;
use skyreel_core::command::RecordCommand;
use skyreel_core::event::EventKind;
use skyreel_core::frame::{Frame, FramePose};
use skyreel_core::instant::InstantReplay;
use skyreel_core::live::{Change, LiveProperties};
use skyreel_core::property_set::PropertySet;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

use crate::live::spec;
use crate::session::{Room, Shelf};
use crate::support::*;

/// A frame as it was: when, where, what time, and every property.
type Was = (SessionTime, f64, f64, PropertySet);

#[derive(Clone, Debug)]
enum Do {
    Frame(i64),
    Set(usize, f64, i64, Easing),
    Rate(f64),
}

fn deeds() -> impl Strategy<Value = Vec<Do>> {
    let deed = prop_oneof![
        4 => (1..SECOND_NS).prop_map(Do::Frame),
        2 => (0..2_usize, 0.0..1.0_f64, prop_oneof![Just(0), 1..9 * SECOND_NS], easing())
            .prop_map(|(n, v, lasts, easing)| Do::Set(n, v, lasts, easing)),
        1 => (-5.0..5.0_f64).prop_map(Do::Rate),
    ];
    vec(deed, 1..80)
}

const PATHS: [&str; 2] = ["a", "b"];

fn clock(sim_time_s: f64, rate: f64) -> ClockSample {
    let sim_time = SimTime::from_tdb_secs(sim_time_s).unwrap();
    ClockSample { sim_time, rate, paused: false }
}

proptest! {
    #[test]
    fn the_last_seconds_are_as_they_were(deeds in deeds(), keep in SECOND_NS..6 * SECOND_NS) {
        let number = |path: &&str| spec(path, Value::Number(0.5), None);
        let mut live = LiveProperties::new(&PATHS.iter().map(number).collect::<Vec<_>>());
        live.listen();
        let baseline = live.values().iter().map(|(p, v)| (Arc::clone(p), v.clone())).collect();
        let mut instant = InstantReplay::new(ns(keep), baseline);
        let mut frames: Vec<Was> = Vec::new();
        let (mut at, mut rate) = (SessionTime::ZERO, 1.0);
        for deed in deeds.into_iter().chain([Do::Frame(1)]) {
            match deed {
                Do::Rate(new) => rate = new,
                Do::Set(n, v, lasts, easing) => {
                    let (path, value, duration) = (PATHS[n].into(), Value::Number(v), ns(lasts));
                    live.set(Change { path, value, duration, easing }).unwrap();
                }
                Do::Frame(span) => {
                    let (x, sim_time_s) = (at.as_secs() * 3.0, at.as_secs() * 7.0);
                    let view = skyreel_core::capture::SeenView {
                        name: "main".into(),
                        vfov_deg: None,
                        pose: beside("Earth", x).normalised(),
                    };
                    let (views, changes) = ([view], live.take_changes());
                    let clock = clock(sim_time_s, rate);
                    instant.frame(&Seen { clock, views: &views, changes: &changes, events: &[] });
                    frames.push((at, x, rate, live.values().clone()));
                    at = at.saturating_add(ns(span));
                    live.advance(ns(span));
                    instant.advance(ns(span));
                }
            }
        }
        // The button is pressed; no frame comes after it.
        let begun = instant.begin();
        let mut recording = Recording { baseline: begun.baseline, ..Recording::default() };
        begun.entries.into_iter().for_each(|entry| assert!(entry.add_to(&mut recording)));
        let start = at.saturating_sub(ns(keep)).max(SessionTime::ZERO);
        for (was_at, x, rate, properties) in frames.into_iter().filter(|was| was.0 >= start) {
            let found = sample(&recording, was_at.saturating_sub(start));
            prop_assert_eq!(&found.properties, &properties);
            prop_assert_eq!(found.views[0].pose.leading().position_m.x, x);
            prop_assert_eq!(found.clock.sim_time.as_tdb_secs(), was_at.as_secs() * 7.0);
            prop_assert_eq!(found.clock.rate, rate);
        }
        prop_assert!(recording.duration() <= ns(keep));
    }
}

fn keep(room: &mut Room, seconds: f64) {
    let frame = room.observe();
    room.session.keep_instant(s(seconds), || frame);
}

fn places(shelf: &Shelf, name: &str) -> Vec<(f64, f64)> {
    let recording = shelf.get(name);
    let entries = recording.views[0].camera.entries();
    entries.iter().map(|entry| (entry.stamp.as_secs(), entry.pose.position_m[0])).collect()
}

#[test]
fn a_recording_goes_on_from_what_was_kept() {
    let mut room = Room::new();
    keep(&mut room, 1.0);
    room.run(&["wait 5", "record.start r", "wait 0.5", "record.stop", "wait 0.25"]);
    let wanted =
        [(0.0, 4.0), (0.25, 4.25), (0.5, 4.5), (0.75, 4.75), (1.0, 5.0), (1.25, 5.25), (1.5, 5.5)];
    assert_eq!(places(&room.shelf, "r"), wanted);
}

#[test]
fn what_cannot_be_recorded_does_not_cost_what_was_kept() {
    let mut room = Room::new();
    keep(&mut room, 1.0);
    room.run(&["wait 5", "! record.start full", "record.start r", "record.stop", "wait 0.25"]);
    assert_eq!(places(&room.shelf, "r").len(), 5);
}

#[test]
fn who_presses_the_button_does_not_ask_the_scene_again() {
    let mut room = Room::new();
    keep(&mut room, 1.0);
    room.run(&["wait 5"]);
    // It hears of every change already; asked again, it would begin to listen anew.
    let start = RecordCommand::Start { name: None, description: None, text: None, overwrite: None };
    let ask = || -> Frame { panic!("it was asked") };
    let outcome = room.session.record(start, &Default::default(), &mut room.shelf.clone(), ask);
    assert!(outcome.is_done());
}

#[test]
fn what_was_played_is_not_kept() {
    let mut room = crate::session::room_with_a();
    keep(&mut room, 60.0);
    room.run(&["wait 1", "play.start a", "wait 1"]);
    keep(&mut room, 60.0);
    for _ in 0..10_000 {
        room.session.note(EventKind::typed("said while it plays"));
    }
    room.run(&["play.stop"]);
    keep(&mut room, 60.0);
    let from_x = room.x;
    room.run(&["wait 1", "record.start r", "wait 0.25", "record.stop", "wait 0.25"]);
    let recording = room.shelf.get("r");
    assert_eq!(recording.events, []);
    assert!(places(&room.shelf, "r").iter().all(|(_, x)| *x >= from_x));
    let FramePose::One(first) = sample(&recording, SessionTime::ZERO).views[0].pose.clone() else {
        panic!()
    };
    assert!(first.position_m.x >= from_x);
}
