//! Properties that live: what may be set, how it eases, and that what is recorded of it plays as it
//! was seen.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::capture::{Capture, Seen};
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::clock_track::ClockSample;
use skyreel_core::live::{CannotSet, Change, LiveProperties};
use skyreel_core::nearest::nearest;
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::property_set::PropertySet;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

use crate::support::*;

pub fn spec(path: &str, default: Value, range: Option<(f64, f64)>) -> PropertySpec {
    PropertySpec { path: path.to_owned(), tags: vec!["tagged".to_owned()], default, range }
}

fn scene() -> LiveProperties {
    LiveProperties::new(&[
        spec("Scene.Earth.Renderable.Enabled", Value::Bool(true), None),
        spec("Scene.Earth.Renderable.Fade", Value::Number(1.0), Some((0.0, 1.0))),
        spec("Scene.Mars.Renderable.Fade", Value::Number(0.5), Some((0.0, 1.0))),
        spec("Scene.Mars.Colour", Value::Numbers([1.0, 0.5, 0.0].into()), None),
        spec("Scene.Mars.Label", Value::Text("Mars".into()), None),
    ])
}

fn change(path: &str, value: Value, lasts: SessionTime) -> Change {
    Change { path: path.into(), value, duration: lasts, easing: Easing::Linear }
}

fn list(numbers: &[f64]) -> Value {
    Value::Numbers(numbers.into())
}

#[test]
fn a_change_that_cannot_be_changes_nothing_and_says_why() {
    let fade = "Scene.Earth.Renderable.Fade";
    for (path, value, words) in [
        (
            "Scene.Earth.Renderable.Fad",
            Value::Number(1.0),
            "did you mean 'Scene.Earth.Renderable.Fade'?",
        ),
        ("zzz", Value::Number(1.0), "there is no property 'zzz'"),
        (fade, Value::Bool(true), "is a number, not true or false"),
        (fade, Value::Number(1.1), "is 0 to 1, not 1.1"),
        (fade, Value::Number(f64::NAN), "is 0 to 1, not NaN"),
        ("Scene.Mars.Colour", list(&[1.0, 2.0]), "is a list of 3 numbers, not a list of 2 numbers"),
        ("Scene.Mars.Colour", list(&[1.0, 2.0, f64::INFINITY]), "not {1, 2, inf}"),
        ("Scene.Mars.Label", Value::Number(1.0), "is a text, not a number"),
    ] {
        let mut live = scene();
        live.listen();
        let error = live.set(change(path, value, s(1.0))).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!((live.values(), live.is_moving()), (scene().values(), false));
        assert_eq!(live.take_changes(), []);
    }
}

#[test]
fn a_pattern_changes_all_that_can_hold_the_value() {
    let set = |pattern: &str, value: &Value| {
        let mut live = scene();
        let pattern: PropertyPattern = pattern.parse().unwrap();
        let count = live.set_all(&pattern, value, SessionTime::ZERO, Easing::Linear);
        (count, live)
    };
    let (count, live) = set("Scene.*.Fade", &Value::Number(0.25));
    assert_eq!(count, Ok(2));
    assert_eq!(live.values()["Scene.Mars.Renderable.Fade"], Value::Number(0.25));
    // Enabled is no number.
    assert_eq!(set("Scene.Earth*", &Value::Number(0.25)).0, Ok(1));
    assert!(matches!(set("Scene.*.Fade", &Value::Bool(true)).0, Err(CannotSet::Kind { .. })));
    assert!(matches!(set("Scene.*.Fadex", &Value::Number(1.0)).0, Err(CannotSet::Unknown { .. })));
}

#[test]
fn an_ease_goes_evenly_and_ends_where_it_leads() {
    let mut live = scene();
    let path = "Scene.Earth.Renderable.Fade";
    live.set(change(path, Value::Number(0.0), s(2.0))).unwrap();
    assert_eq!(live.goal(path), Some(&Value::Number(0.0)));
    for (wait_s, value, moves) in [(0.5, 0.75, true), (1.0, 0.25, true), (0.5, 0.0, false)] {
        live.advance(s(wait_s));
        assert_eq!((&live.values()[path], live.is_moving()), (&Value::Number(value), moves));
    }
}

#[test]
fn the_nearest_name_is_the_one_that_begins_alike() {
    let names = ["Earth", "EarthTrail", "Mars", "Moon"];
    for (given, found) in [
        ("earth", Some("Earth")),
        ("Earht", Some("Earth")),
        ("EarthTrial", Some("EarthTrail")),
        ("Marz", Some("Mars")),
        ("Mo", None),
        ("", None),
        ("Saturn", None),
    ] {
        assert_eq!(nearest(names.into_iter(), given).as_deref(), found, "{given}");
    }
    assert_eq!(nearest(std::iter::empty(), "Earth"), None);
}

#[derive(Clone, Debug)]
enum Do {
    /// Time passes and the frame is seen.
    Frame(i64),
    Set(usize, f64, i64, Easing),
    /// Whoever plays something takes over.
    TakeOver(usize, f64),
}

fn deeds() -> impl Strategy<Value = Vec<Do>> {
    let lasts =
        prop_oneof![3 => Just(0), 6 => 1..3 * SECOND_NS, 1 => Just(1_000_000_000 * SECOND_NS)];
    let deed = prop_oneof![
        3 => prop_oneof![Just(0), 1..SECOND_NS].prop_map(Do::Frame),
        4 => (0..5_usize, 0.0..1.0_f64, lasts, easing()).prop_map(|(n, v, l, e)| Do::Set(n, v, l, e)),
        1 => (0..5_usize, 0.0..1.0_f64).prop_map(|(n, v)| Do::TakeOver(n, v)),
    ];
    vec(deed, 1..60)
}

const PATHS: [&str; 5] = [
    "Scene.Earth.Renderable.Enabled",
    "Scene.Earth.Renderable.Fade",
    "Scene.Mars.Renderable.Fade",
    "Scene.Mars.Colour",
    "Scene.Mars.Label",
];

fn value(property: usize, v: f64) -> Value {
    match property {
        0 => Value::Bool(v < 0.5),
        1 | 2 => Value::Number(v),
        3 => list(&[v, 1.0 - v, v / 3.0]),
        _ => Value::Text(format!("{v}").into()),
    }
}

fn set(live: &mut LiveProperties, property: usize, v: f64, lasts: i64, easing: Easing) {
    let (path, value, duration) = (PATHS[property].into(), value(property, v), ns(lasts));
    live.set(Change { path, value, duration, easing }).unwrap();
}

proptest! {
    #[test]
    fn what_is_recorded_plays_as_it_was_seen(
        before in deeds(),
        during in deeds(),
    ) {
        let mut live = scene();
        for deed in before {
            match deed {
                Do::Frame(span) => live.advance(ns(span)),
                Do::Set(n, v, lasts, easing) => set(&mut live, n, v, lasts, easing),
                Do::TakeOver(n, v) => {
                    live.take_over(&PropertySet::from_iter([(Arc::from(PATHS[n]), value(n, v))]));
                }
            }
        }
        live.listen();
        let baseline = live.values().iter().map(|(p, v)| (Arc::clone(p), v.clone())).collect();
        let mut recording = Recording { baseline, ..Recording::default() };
        let mut capture = Capture::new();
        let mut frames: Vec<(SessionTime, PropertySet)> = Vec::new();
        for deed in during.into_iter().chain([Do::Frame(0)]) {
            match deed {
                Do::Set(n, v, lasts, easing) => set(&mut live, n, v, lasts, easing),
                // Nobody plays while it is recorded.
                Do::TakeOver(..) => {}
                Do::Frame(span) => {
                    let changes = live.take_changes();
                    let clock = ClockSample { sim_time: SimTime::J2000, rate: 1.0, paused: false };
                    let seen = Seen { clock, views: &[], changes: &changes, events: &[] };
                    capture.frame(&seen, |entry| assert!(entry.add_to(&mut recording)));
                    let frame = (capture.at(), live.values().clone());
                    match frames.last_mut() {
                        Some(last) if last.0 == frame.0 => *last = frame,
                        _ => frames.push(frame),
                    }
                    live.advance(ns(span));
                    capture.advance(ns(span));
                }
            }
        }
        for (at, values) in frames {
            prop_assert_eq!(&sample(&recording, at).properties, &values, "at {}", at);
        }
    }
}
