//! What is told of the state: all of it once, then what has changed, and no more than that.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use skyreel_core::command::Origin;
use skyreel_core::event::Said;
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{
    ClockView, ConsoleLine, ConsoleView, FilmView, ModeView, Moment, MomentKind, Notice,
    RunningScript, Snapshot, Weight,
};
use skyreel_core::time::SimTime;
use skyreel_core::value::Value;
use skyreel_faces::web::{changes, merge, state};

use super::{House, TestDoor};
use crate::support;

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        prop_oneof![Just(0.0), Just(f64::NAN), any::<f64>()].prop_map(Value::Number),
        "[a-z]{0,3}".prop_map(|text| Value::Text(text.into())),
        prop::collection::vec(any::<f64>(), 0..3).prop_map(|list| Value::Numbers(list.into())),
    ]
}

fn any_mode() -> impl Strategy<Value = ModeView> {
    (0..4, 0..3_i64).prop_map(|(which, at)| match which {
        0 => ModeView::Idle,
        1 => support::recording(),
        _ => {
            let mut playing = support::playing_view();
            playing.at = support::secs(at as f64);
            if which == 3 {
                let text = "a mark".to_owned();
                let kind = MomentKind::Marker;
                playing.moments = Arc::from([Moment { at: playing.at, kind, text }]);
            }
            ModeView::Playing(playing)
        }
    })
}

fn line(number: u64) -> ConsoleLine {
    let text = format!("line {number}");
    let (said, origin) = (Said::Printed, Origin::Script);
    ConsoleLine { number, script: number % 3, said, origin, text, at_line: None }
}

fn console(from: u64, count: u64, runs: bool) -> ConsoleView {
    let script = || RunningScript { script: 1, name: "a".to_owned(), does: "waits".to_owned() };
    ConsoleView {
        lines: (from..from + count).map(line).collect(),
        running: runs.then(script).into_iter().collect(),
        words: Arc::from([]),
    }
}

fn notice(number: u64) -> Notice {
    Notice { number, weight: Weight::Info, text: format!("notice {number}") }
}

prop_compose! {
    fn any_snapshot()(
        number in 0..100_u64,
        mode in any_mode(),
        sim_time_s in -1e9..1e9_f64,
        solo in prop::option::of("[a-c]"),
        film in prop::option::of(prop::option::of("[a-c]")),
        properties in prop::collection::btree_map("[a-f]", any_value(), 0..5),
        notices in (0..5_u64, 0..4_u64),
        console_is in (0..5_u64, 0..4_u64, any::<bool>()),
    ) -> Snapshot {
        let properties: PropertySet =
            properties.into_iter().map(|(path, value)| (Arc::from(path), value)).collect();
        let (path, frames, of_frames) = ("a.mp4".to_owned(), number, 100);
        Snapshot {
            number,
            mode,
            clock: ClockView {
                sim_time: SimTime::from_tdb_secs(sim_time_s).unwrap(),
                rate: 1.0,
                paused: false,
            },
            properties: Arc::new(properties),
            notices: (notices.0..notices.0 + notices.1).map(notice).collect(),
            solo,
            film: film.map(|ended| FilmView { path, frames, of_frames, ended }),
            console: Arc::new(console(console_is.0, console_is.1, console_is.2)),
            ..Snapshot::default()
        }
    }
}

fn has_null(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Object(map) => map.values().any(has_null),
        _ => false,
    }
}

proptest! {
    #[test]
    fn changes_merged_into_a_state_give_the_next_one(
        states in prop::collection::vec(any_snapshot(), 1..6),
    ) {
        let mut told = state(&states[0]);
        for (from, to) in states.iter().zip(&states[1..]) {
            merge(&mut told, changes(from, to));
            prop_assert_eq!(&told, &state(to));
        }
        prop_assert!(!has_null(&Json::Object(told)));
        let last = &states[states.len() - 1];
        prop_assert!(changes(last, &last.clone()).is_empty());
    }
}

#[test]
fn only_what_has_changed_is_told() {
    let playing = |at_s| {
        let mut playing = support::playing_view();
        playing.at = support::secs(at_s);
        playing
    };
    let (first, mut second) = (playing(1.0), playing(2.0));
    second.moments = Arc::clone(&first.moments);
    let snapshot = |mode| Snapshot { mode, ..Snapshot::default() };
    let properties = |value: f64| {
        let set: PropertySet = [("a", 1.0), ("b", value)]
            .map(|(p, v)| (Arc::from(p), Value::Number(v)))
            .into_iter()
            .collect();
        Snapshot { properties: Arc::new(set), ..Snapshot::default() }
    };
    let said = |from, count| {
        let console = Arc::new(console(from, count, true));
        Snapshot { console, ..Snapshot::default() }
    };
    let mut line_4 = serde_json::to_value(line(4)).unwrap();
    line_4.as_object_mut().unwrap().remove("at_line");
    for (from, to, expected) in [
        (
            snapshot(ModeView::Playing(first)),
            snapshot(ModeView::Playing(second)),
            json!({ "mode": { "playing": { "at": 2_000_000_000_u64 } } }),
        ),
        (properties(1.0), properties(2.5), json!({ "properties": { "b": 2.5 } })),
        (properties(1.0), properties(f64::NAN), json!({ "properties": { "b": null } })),
        (said(1, 3), said(2, 3), json!({ "console": { "lines": { "1": null, "4": line_4 } } })),
        (snapshot(support::recording()), snapshot(ModeView::Idle), json!({ "mode": "idle" })),
    ] {
        assert_eq!(Json::Object(changes(&from, &to)), expected);
    }
}

#[test]
fn whoever_watches_is_told_all_of_it_and_then_what_changes_until_he_has_enough() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let show = |number, sim_time_s| {
        let sim_time = SimTime::from_tdb_secs(sim_time_s).unwrap();
        let clock = ClockView { sim_time, rate: 1.0, paused: false };
        house.stage.show(&Arc::new(Snapshot { number, clock, ..Snapshot::default() }));
    };
    show(5, 1.0);
    let mut wire = house.enter();
    wire.hear();
    wire.say(r#"{"id": 1, "watch": true}"#);
    assert_eq!(wire.hear(), json!({ "id": 1, "done": null }));
    let whole = wire.hear();
    assert_eq!(
        (&whole["snapshot"], &whole["state"]["clock"]["sim_time"]),
        (&json!(5), &json!(1.0))
    );
    show(6, 2.0);
    let expected =
        json!({ "snapshot": 6, "since": 5, "changes": { "clock": { "sim_time": 2.0 } } });
    assert_eq!(wire.hear(), expected);
    wire.say(r#"{"id": 2, "watch": false}"#);
    assert_eq!(wire.hear(), json!({ "id": 2, "done": null }));
    show(7, 3.0);
    wire.say(r#"{"id": 3, "line": "record.stop"}"#);
    assert_eq!(wire.hear(), json!({ "id": 3, "done": null }));
}

#[test]
fn a_state_without_parts_is_still_a_state() {
    let told: Map<String, Json> = state(&Snapshot::default());
    for part in [
        "mode",
        "clock",
        "properties",
        "notices",
        "scene",
        "views",
        "library",
        "console",
        "journey",
    ] {
        assert!(told.contains_key(part), "{part}");
    }
    assert!(!told.contains_key("number") && !told.contains_key("film"));
}
