//! Properties over time: changes at once and eased, and the baseline they start from.

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::property_set::PropertySet;
use skyreel_core::property_track::{PropertyChange, PropertyTrack};
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;
use skyreel_core::value::{Easing, Value};

use crate::support::*;

/// Moment, goal, duration: seconds.
type Fade = (f64, f64, f64);

fn change(at_s: f64, value: Value, duration_s: f64) -> PropertyChange {
    let (stamp, duration) = (s(at_s), s(duration_s));
    PropertyChange { seq: 0, stamp, value, duration, easing: Easing::Linear }
}

fn track(changes: impl IntoIterator<Item = PropertyChange>) -> PropertyTrack {
    let mut track = PropertyTrack::default();
    changes.into_iter().for_each(|change| track.push(change));
    track
}

fn numbers(fades: &[Fade]) -> PropertyTrack {
    track(
        fades
            .iter()
            .map(|(at_s, goal, duration_s)| change(*at_s, Value::Number(*goal), *duration_s)),
    )
}

fn list(numbers: &[f64]) -> Value {
    Value::Numbers(numbers.into())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn fades_are_where_the_table_says() {
    struct Case {
        name: &'static str,
        baseline: Option<f64>,
        fades: &'static [Fade],
        seen: &'static [(f64, Option<f64>)],
    }
    let cases = [
        Case {
            name: "no change is the baseline",
            baseline: Some(0.3),
            fades: &[],
            seen: &[(-1.0, Some(0.3)), (9.0, Some(0.3))],
        },
        Case {
            name: "nothing is known of nothing",
            baseline: None,
            fades: &[],
            seen: &[(0.0, None)],
        },
        Case {
            name: "a change at once",
            baseline: Some(0.0),
            fades: &[(1.0, 1.0, 0.0)],
            seen: &[(0.99, Some(0.0)), (1.0, Some(1.0)), (5.0, Some(1.0))],
        },
        Case {
            name: "without a baseline there is nothing before the first change",
            baseline: None,
            fades: &[(1.0, 0.5, 0.0)],
            seen: &[(0.99, None), (1.0, Some(0.5))],
        },
        Case {
            name: "half-way through a fade it is half there",
            baseline: Some(0.0),
            fades: &[(1.0, 1.0, 2.0)],
            seen: &[(1.0, Some(0.0)), (1.5, Some(0.25)), (2.0, Some(0.5)), (3.0, Some(1.0))],
        },
        Case {
            name: "a fade from nobody knows where is at its goal",
            baseline: None,
            fades: &[(1.0, 1.0, 2.0)],
            seen: &[(0.5, None), (1.0, Some(1.0)), (2.0, Some(1.0))],
        },
        Case {
            name: "a duration below zero is none",
            baseline: Some(0.0),
            fades: &[(1.0, 1.0, -2.0)],
            seen: &[(0.9, Some(0.0)), (1.0, Some(1.0))],
        },
        Case {
            name: "an interrupted fade is taken over from where it was",
            baseline: Some(0.0),
            fades: &[(0.0, 1.0, 0.0), (1.0, 0.0, 4.0), (2.0, 0.95, 2.0)],
            seen: &[(2.0, Some(0.75)), (3.0, Some(0.85)), (4.0, Some(0.95))],
        },
        Case {
            name: "so is the first one, which started from the baseline",
            baseline: Some(0.0),
            fades: &[(1.0, 1.0, 2.0), (2.0, 0.0, 1.0)],
            seen: &[(2.0, Some(0.5)), (2.5, Some(0.25)), (3.0, Some(0.0))],
        },
        Case {
            name: "and one that interrupts an interruption",
            baseline: Some(8.0),
            fades: &[(0.0, 0.0, 2.0), (1.0, 0.0, 2.0), (2.0, 0.0, 2.0), (3.0, 0.0, 2.0)],
            seen: &[
                (1.0, Some(4.0)),
                (2.0, Some(2.0)),
                (3.0, Some(1.0)),
                (4.0, Some(0.5)),
                (5.0, Some(0.0)),
            ],
        },
        Case {
            name: "a change at once cuts a fade off",
            baseline: Some(0.0),
            fades: &[(0.0, 1.0, 10.0), (5.0, 0.1, 0.0), (6.0, 0.3, 2.0)],
            seen: &[(4.0, Some(0.4)), (5.0, Some(0.1)), (5.9, Some(0.1)), (7.0, Some(0.2))],
        },
        Case {
            name: "of two changes at one moment the last is in force",
            baseline: Some(0.0),
            fades: &[(1.0, 0.2, 0.0), (1.0, 0.7, 0.0)],
            seen: &[(0.9, Some(0.0)), (1.0, Some(0.7))],
        },
        Case {
            name: "a fade after a change of the same moment starts from it",
            baseline: Some(0.0),
            fades: &[(1.0, 0.5, 0.0), (1.0, 1.0, 1.0)],
            seen: &[(1.0, Some(0.5)), (1.5, Some(0.75))],
        },
        Case {
            name: "a fade after a fade of the same moment starts where that one started",
            baseline: Some(0.0),
            fades: &[(1.0, 5.0, 1.0), (1.0, 1.0, 1.0)],
            seen: &[(1.0, Some(0.0)), (1.5, Some(0.5)), (2.0, Some(1.0))],
        },
        Case {
            name: "a change stamped backwards waits for the one before",
            baseline: Some(0.0),
            fades: &[(2.0, 1.0, 0.0), (1.0, 0.5, 0.0), (0.0, 0.0, 1.0)],
            seen: &[(1.9, Some(0.0)), (2.0, Some(0.5)), (2.5, Some(0.25)), (3.0, Some(0.0))],
        },
    ];
    for Case { name, baseline, fades, seen } in cases {
        let track = numbers(fades);
        let baseline = baseline.map(Value::Number);
        for (at_s, expected) in seen {
            let found = match track.sample(s(*at_s), baseline.as_ref()) {
                None => None,
                Some(Value::Number(n)) => Some((n * 1e12).round() / 1e12),
                Some(other) => panic!("{name}: {other}"),
            };
            assert_eq!(found, *expected, "{name}, at {at_s} s");
        }
    }
}

#[test]
fn lists_mix_number_by_number_and_what_cannot_mix_is_there_at_once() {
    let cases = [
        ("colours", list(&[0.0, 1.0, 0.5]), list(&[1.0, 1.0, 0.0]), list(&[0.5, 1.0, 0.25])),
        ("empty lists", list(&[]), list(&[]), list(&[])),
        ("lists of different lengths", list(&[0.0]), list(&[1.0, 2.0]), list(&[1.0, 2.0])),
        ("a number and a list", Value::Number(0.0), list(&[1.0]), list(&[1.0])),
        ("switches", Value::Bool(true), Value::Bool(false), Value::Bool(false)),
        ("a switch and a number", Value::Bool(false), Value::Number(1.0), Value::Number(1.0)),
        ("a number and a switch", Value::Number(0.0), Value::Bool(true), Value::Bool(true)),
        ("texts", text("from"), text("to"), text("to")),
        ("a text and a number", text("0"), Value::Number(1.0), Value::Number(1.0)),
    ];
    for (name, from, to, half_way) in cases {
        let track = track([change(1.0, to.clone(), 2.0)]);
        assert_eq!(track.sample(s(0.5), Some(&from)).as_ref(), Some(&from), "{name}");
        assert_eq!(track.sample(s(2.0), Some(&from)), Some(half_way), "{name}");
        assert_eq!(track.sample(s(3.0), Some(&from)), Some(to), "{name}");
    }
}

#[test]
fn a_fade_runs_as_its_easing_says() {
    for easing in EASINGS {
        let eased = PropertyChange { easing, ..change(0.0, Value::Number(1.0), 4.0) };
        let found = track([eased]).sample(s(1.0), Some(&Value::Number(0.0)));
        assert_eq!(found, Some(Value::Number(easing.apply(0.25))), "{easing:?}");
    }
}

#[test]
fn a_frame_tells_of_every_property_that_the_baseline_or_a_change_tells_of() {
    let mut recording = Recording::default();
    for (path, value) in [("b.unchanged", 1.0), ("c.changed", 2.0), ("e.unchanged", 3.0)] {
        recording.baseline.insert(path.into(), Value::Number(value));
    }
    for (path, at_s, value) in [
        ("a.first", 0.0, 10.0),
        ("c.changed", 1.0, 20.0),
        ("d.later", 5.0, 30.0),
        ("f.last", 0.0, 40.0),
    ] {
        recording.push_property(path, change(at_s, Value::Number(value), 0.0));
    }
    let seen = |at_s: f64| -> Vec<(String, f64)> {
        let frame = sample(&recording, s(at_s));
        let number = |v: &Value| match v {
            Value::Number(n) => *n,
            other => panic!("{other}"),
        };
        frame.properties.iter().map(|(path, value)| (path.to_string(), number(value))).collect()
    };
    let expected = |pairs: &[(&str, f64)]| -> Vec<(String, f64)> {
        pairs.iter().map(|(path, value)| ((*path).to_owned(), *value)).collect()
    };
    let early = [("b.unchanged", 1.0), ("c.changed", 2.0), ("e.unchanged", 3.0)];
    assert_eq!(seen(-1.0), expected(&early));
    assert_eq!(
        seen(2.0),
        expected(&[
            ("a.first", 10.0),
            ("b.unchanged", 1.0),
            ("c.changed", 20.0),
            ("e.unchanged", 3.0),
            ("f.last", 40.0),
        ])
    );
    assert_eq!(seen(9.0).len(), 6);
}

/// Plays through the changes one after the other, as one who was there.
fn played(changes: &[PropertyChange], baseline: f64, t: SessionTime) -> f64 {
    let (mut from, mut now, mut due) = (baseline, None::<&PropertyChange>, SessionTime::MIN);
    let value = |from: f64, change: Option<&PropertyChange>, due: SessionTime, t: SessionTime| {
        let Some(change) = change else { return from };
        let Value::Number(goal) = change.value else { panic!("no number") };
        let gone_ns = t.as_nanos() as f64 - due.as_nanos() as f64;
        let duration_ns = change.duration.as_nanos() as f64;
        if duration_ns <= 0.0 || gone_ns >= duration_ns {
            return goal;
        }
        let weight = change.easing.apply(gone_ns / duration_ns);
        from + (goal - from) * weight
    };
    for change in changes {
        let begin = due.max(change.stamp);
        if begin > t {
            break;
        }
        from = value(from, now, due, begin);
        (now, due) = (Some(change), begin);
    }
    value(from, now, due, t)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn seeking_gives_what_playing_through_the_changes_gives(
        changes in vec((0..8_i64, -5.0..5.0_f64, -1..6_i64, easing()), 0..8),
        baseline in -5.0..5.0_f64,
        moments in vec(-SECOND_NS..15 * SECOND_NS, 1..20),
    ) {
        let changes: Vec<PropertyChange> = changes.into_iter().map(|(at_s, goal, duration_s, easing)| {
            PropertyChange { easing, ..change(at_s as f64, Value::Number(goal), duration_s as f64) }
        }).collect();
        let track = track(changes.clone());
        for t in moments.into_iter().map(ns) {
            let expected = played(&changes, baseline, t);
            let found = track.sample(t, Some(&Value::Number(baseline)));
            let Some(Value::Number(found)) = found else { panic!("{found:?}") };
            prop_assert!((found - expected).abs() < 1e-9, "at {t}: {found}, expected {expected}");
        }
    }

    #[test]
    fn finite_goals_never_give_anything_infinite(
        changes in vec((moment(), number(f64::MAX), moment(), easing()), 1..8),
        baseline in proptest::option::of(number(f64::MAX)),
        moments in vec(moment(), 1..20),
    ) {
        let baseline = baseline.map(Value::Number);
        let track = track(changes.into_iter().map(|(stamp, goal, duration, easing)| {
            PropertyChange { seq: 0, stamp, value: Value::Number(goal), duration, easing }
        }));
        for t in moments {
            let found = track.sample(t, baseline.as_ref());
            prop_assert!(found.as_ref().is_none_or(Value::is_finite), "at {t}: {found:?}");
        }
    }
}

const PATHS: [&str; 5] = ["a", "b", "c", "d", "e"];

#[test]
fn a_set_of_properties_is_a_map_in_order_of_paths_and_the_last_value_of_a_path_counts() {
    let pairs = [("b", 1.0), ("c", 2.0), ("a", 3.0), ("b", 4.0)];
    let pairs = pairs.map(|(path, value)| (path.into(), Value::Number(value)));
    let set: PropertySet = pairs.into_iter().collect();
    assert_eq!(set.keys().map(|path| &**path).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!((set.len(), set.is_empty()), (3, false));
    assert_eq!((set.get("b"), &set["a"]), (Some(&Value::Number(4.0)), &Value::Number(3.0)));
    assert!(set.contains_key("c") && !set.contains_key("d"));
    assert_eq!(format!("{set:?}"), r#"{"a": Number(3.0), "b": Number(4.0), "c": Number(2.0)}"#);
    assert!(PropertySet::new().is_empty());
}

#[test]
fn sets_with_the_same_properties_are_equal_however_they_came_about() {
    let mut recording = Recording::default();
    recording.push_property("later", change(5.0, Value::Bool(true), 0.0));
    assert_eq!(sample(&recording, s(0.0)).properties, PropertySet::new());
    let later: PropertySet = [("later".into(), Value::Bool(true))].into_iter().collect();
    assert_eq!(sample(&recording, s(5.0)).properties, later);
}

proptest! {
    #[test]
    fn a_recording_that_is_changed_between_samples_is_sampled_as_it_is_now(
        steps in vec((0..5_usize, 0..4_u8, 0..10_u8), 1..20),
    ) {
        let mut recording = Recording::default();
        for (path, step, value) in steps {
            let (path, value) = (PATHS[path], Value::Number(f64::from(value)));
            match step {
                0 => drop(recording.baseline.insert(path.into(), value)),
                1 => drop(recording.baseline.remove(path)),
                2 => drop(recording.properties.remove(path)),
                _ => recording.push_property(path, change(1.0, value, 0.0)),
            }
            for at in [s(0.0), s(1.0)] {
                let expected: PropertySet = PATHS
                    .iter()
                    .filter_map(|path| {
                        let start = recording.baseline.get(*path);
                        let value = match recording.properties.get(*path) {
                            Some(track) => track.sample(at, start),
                            None => start.cloned(),
                        };
                        Some(((*path).into(), value?))
                    })
                    .collect();
                prop_assert_eq!(&sample(&recording, at).properties, &expected);
                prop_assert_eq!(&sample(&recording.clone(), at).properties, &expected);
            }
        }
    }
}
