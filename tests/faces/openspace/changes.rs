//! Topics that go on: what is told at first, and what when the state changes.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use skyreel_core::command::{Command, NavigateCommand, Origin};
use skyreel_core::event::Said;
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{
    ConsoleLine, ConsoleView, FlightView, ModeView, Notice, Snapshot, Weight,
};
use skyreel_core::value::Value;

use super::{House, Lines};
use crate::support::{self, secs};
use crate::web::TestDoor;

fn house() -> House {
    House::open(TestDoor::that_does(Json::Null))
}

/// A topic that has been told what there was at first.
fn begun(house: &House, kind: &str, payload: Json, first: &[Json]) -> Lines {
    let mut lines = house.enter();
    lines.begin(1, kind, payload);
    for expected in first {
        assert_eq!(lines.told(1), *expected, "{kind}");
    }
    lines.is_silent();
    lines
}

fn start() -> Json {
    json!({ "event": "start_subscription" })
}

fn playing(at_s: f64, is_moving: bool, has_ended: bool) -> ModeView {
    let mut view = support::playing_view();
    (view.at, view.is_moving, view.has_ended) = (secs(at_s), is_moving, has_ended);
    ModeView::Playing(view)
}

#[test]
fn a_subscription_to_the_state_of_recording_follows_it() {
    let house = house();
    let payload = json!({ "event": "start_subscription", "properties": ["state"] });
    let mut lines = begun(&house, "sessionRecording", payload, &[json!({ "state": "idle" })]);
    for (mode, state) in [
        (support::recording(), "recording"),
        (ModeView::Idle, "idle"),
        (playing(1.0, true, false), "playing"),
        (playing(1.0, false, false), "playing-paused"),
        (playing(2.0, true, false), "playing"),
        (playing(100.0, false, true), "idle"),
    ] {
        house.show(|snapshot| snapshot.mode = mode);
        assert_eq!(lines.told(1), json!({ "state": state }));
    }
    // What was not asked for is no news.
    house.show(|snapshot| snapshot.mode = ModeView::Idle);
    lines.say(json!({ "topic": 1, "payload": { "event": "refresh" } }));
    assert_eq!(lines.told(1), json!({ "state": "idle" }));
    lines.say(json!({ "topic": 1, "payload": { "event": "stop_subscription" } }));
    house.show(|snapshot| snapshot.mode = support::recording());
    lines.is_silent();
}

#[test]
fn files_are_told_when_they_change_and_how_far_it_is_on_request() {
    let house = house();
    let payload = json!({
        "event": "start_subscription",
        "properties": ["state", "files", "length", "position", "progress"],
    });
    let mut lines = house.enter();
    lines.begin(1, "sessionRecording", payload);
    assert_eq!(lines.told(1)["files"].as_array().unwrap().len(), 5);
    house.show(|snapshot| {
        let mut library = support::library();
        library.recordings.truncate(1);
        snapshot.library = Arc::new(library);
    });
    assert_eq!(lines.told(1), json!({ "state": "idle", "files": ["saturn.skyreel"] }));
    house.show(|snapshot| snapshot.mode = playing(25.0, true, false));
    let told = lines.told(1);
    let extent = (&told["position"], &told["length"], &told["progress"]);
    assert_eq!(extent, (&json!(25.0), &json!(100.0), &json!(0.25)));
    house.show(|snapshot| snapshot.mode = support::recording());
    assert_eq!(lines.told(1)["position"], 72.5);
}

#[test]
fn the_date_alone_is_told_until_the_clock_is_changed() {
    let house = house();
    let mut lines = house.enter();
    lines.begin(1, "time", start());
    assert_eq!(lines.told(1)["targetDeltaTime"], 3600.0);
    let date = |text: &str| text.parse().unwrap();
    house.show(|snapshot| snapshot.clock.sim_time = date("2026-03-07T19:00:00.5"));
    assert_eq!(lines.told(1), json!({ "time": "2026-03-07T19:00:00.500" }));
    house.show(|snapshot| snapshot.clock.paused = true);
    let told = lines.told(1);
    let pause = (&told["isPaused"], &told["deltaTime"], &told["targetDeltaTime"]);
    assert_eq!(pause, (&json!(true), &json!(0.0), &json!(3600.0)));
    house.show(|snapshot| snapshot.clock.rate = 1.0);
    assert_eq!(lines.told(1)["nextStep"], 5.0);
}

#[test]
fn mode_flight_and_camera_are_told_as_they_change() {
    let house = house();
    let mut mode = begun(&house, "engineMode", start(), &[json!({ "mode": "user_control" })]);
    let mut path = begun(&house, "cameraPath", start(), &[]);
    let mut camera = house.enter();
    camera.begin(1, "camera", start());
    assert_eq!(camera.told(1)["altitudeMeters"], 2.5e8);
    let flight = |at_s| Some(FlightView { to: "Mars".to_owned(), at_s, duration_s: 10.0 });
    let fly = |at_s| {
        move |snapshot: &mut Snapshot| {
            let view = snapshot.navigation.as_mut().unwrap();
            (view.flight, view.altitude_m) = (flight(at_s), Some(1000.0 + at_s));
        }
    };
    house.show(fly(1.0));
    assert_eq!(mode.told(1), json!({ "mode": "camera_path" }));
    let left = |s: i32| json!({ "target": "Mars", "remainingTime": s, "isPaused": false });
    assert_eq!(path.told(1), left(9));
    assert_eq!(camera.told(1)["altitudeMeters"], 1001.0);
    house.show(fly(1.2));
    assert_eq!(camera.told(1)["altitudeMeters"], 1001.2);
    path.is_silent();
    house.show(fly(9.0));
    assert_eq!(path.told(1), left(1));
    house.show(|snapshot| snapshot.mode = support::playing());
    assert_eq!(mode.told(1), json!({ "mode": "session_recording_playback" }));
}

fn with(path: &str, value: Value) -> impl FnOnce(&mut Snapshot) {
    move |snapshot| {
        let all = snapshot.properties.iter().map(|(path, value)| (Arc::clone(path), value.clone()));
        let changed: PropertySet = all.chain([(Arc::from(path), value)]).collect();
        snapshot.properties = Arc::new(changed);
    }
}

#[test]
fn a_property_is_told_with_what_it_is_then_whenever_it_changes() {
    let path = "Scene.Earth.Renderable.Fade";
    let house = house();
    let mut new = house.enter();
    new.begin(1, "subscribe", json!({ "event": "start_subscription", "uri": path }));
    let first = new.told(1);
    assert_eq!(
        (&first["type"], &first["metaData"]["guiName"]),
        (&json!("metaData"), &json!("Fade"))
    );
    assert_eq!(new.told(1), json!({ "type": "value", "value": 1.0 }));
    // The older client asks by another name, and takes one message at a time.
    let mut old = house.knock();
    old.begin(1, "subscribe", json!({ "event": "start_subscription", "property": path }));
    let told = old.told(1);
    assert_eq!((&told["value"], &told["Value"]), (&json!(1.0), &json!(1.0)));
    assert_eq!(told["Description"]["Identifier"], path);

    house.show(with(path, Value::Number(0.125)));
    assert_eq!(new.told(1), json!({ "type": "value", "value": 0.125 }));
    assert_eq!(old.told(1)["Value"], 0.125);
    house.show(with("Scene.Moon.Renderable.Fade", Value::Number(0.5)));
    assert_eq!(new.told(1), json!({ "type": "value", "value": 1.0 }));
    assert_eq!(old.told(1)["Value"], 1.0);
    for lines in [&mut new, &mut old] {
        lines.say(json!({ "topic": 1, "payload": { "event": "stop_subscription" } }));
        lines.is_silent();
    }
    house.show(with(path, Value::Number(0.5)));
    new.is_silent();
}

#[test]
fn the_focus_is_a_property_for_openspace_s_clients() {
    let house = house();
    let uri = "NavigationHandler.OrbitalNavigator.Anchor";
    let mut lines = house.enter();
    lines.begin(1, "subscribe", json!({ "event": "start_subscription", "uri": uri }));
    assert_eq!(lines.told(1)["metaData"]["type"], "StringProperty");
    assert_eq!(lines.told(1)["value"], "Saturn");
    house.show(|snapshot| snapshot.navigation.as_mut().unwrap().focus = "Mars".to_owned());
    assert_eq!(lines.told(1)["value"], "Mars");
}

#[test]
fn the_tree_of_properties_tells_each_that_changes() {
    let house = house();
    let mut lines = begun(&house, "propertyTree", start(), &[]);
    let path = "Scene.Earth.Renderable.Enabled";
    house.show(with(path, Value::Bool(false)));
    let told = json!({ "type": "value", "uri": path, "property": path, "value": false });
    assert_eq!(lines.told(1), told);
    house.show(|_| ());
    assert_eq!(lines.told(1)["value"], true);
    house.show(|snapshot| snapshot.navigation.as_mut().unwrap().focus = "Mars".to_owned());
    assert_eq!(lines.told(1)["value"], "Mars");
    lines.is_silent();
}

#[test]
fn what_happens_is_told_to_who_asked_for_it() {
    let house = house();
    let subscribe = |names: Json| json!({ "event": "start_subscription", "eventType": names });
    let mut one = begun(&house, "event", subscribe(json!("SessionRecordingPlayback")), &[]);
    let names = json!(["FocusNodeChanged", "CameraPathStarted"]);
    let mut two = begun(&house, "event", subscribe(names), &[]);
    let mut all = begun(&house, "event", subscribe(json!("*")), &[]);
    let playback = |state: &str| json!({ "event": "SessionRecordingPlayback", "State": state, "state": state });
    for (mode, state) in [
        (playing(1.0, true, false), "Started"),
        (playing(2.0, false, false), "Paused"),
        (playing(2.0, true, false), "Resumed"),
        (playing(100.0, false, true), "Finished"),
    ] {
        house.show(|snapshot| snapshot.mode = mode);
        assert_eq!(one.told(1), playback(state));
        assert_eq!(all.told(1), playback(state));
    }
    house.show(|snapshot| snapshot.navigation.as_mut().unwrap().focus = "Mars".to_owned());
    let focus = json!({
        "event": "FocusNodeChanged", "OldNode": "Saturn", "oldNode": "Saturn", "NewNode": "Mars",
        "newNode": "Mars",
    });
    assert_eq!((two.told(1), all.told(1)), (focus.clone(), focus));
    one.is_silent();
    two.say(json!({ "topic": 1, "payload": {
        "event": "stop_subscription", "eventType": "FocusNodeChanged",
    }}));
    two.is_silent();
    house.show(|_| ());
    two.is_silent();
}

#[test]
fn the_log_tells_what_is_new_and_weighs_enough() {
    let notice = |number, weight, text: &str| Notice { number, weight, text: text.to_owned() };
    let line = |number, said, text: &str| ConsoleLine {
        number,
        script: 1,
        said,
        origin: Origin::Network,
        text: text.to_owned(),
        at_line: None,
    };
    let news = |snapshot: &mut Snapshot| {
        snapshot.notices = Arc::new([
            notice(1, Weight::Error, "old"),
            notice(2, Weight::Info, "noted"),
            notice(3, Weight::Warning, "careful"),
        ]);
        let lines = Arc::new([
            line(5, Said::Typed, "typed"),
            line(6, Said::Printed, "printed"),
            line(7, Said::Refused, "console:1: wrong"),
        ]);
        snapshot.console = Arc::new(ConsoleView { lines, ..ConsoleView::default() });
    };
    let house = house();
    let old = |snapshot: &mut Snapshot| {
        snapshot.notices = Arc::new([notice(1, Weight::Error, "old")]);
    };
    house.show(old);
    let mut all = begun(&house, "errorLog", start(), &[]);
    let settings = json!({
        "logLevel": "Warning", "categoryStamping": false, "logLevelStamping": true,
        "timeStamping": true,
    });
    let payload = json!({ "event": "start_subscription", "settings": settings });
    let mut some = begun(&house, "errorLog", payload, &[]);
    house.show(news);
    for (category, level, text) in [
        ("Skyreel", "Info", "noted"),
        ("Skyreel", "Warning", "careful"),
        ("Console", "Info", "printed"),
        ("Console", "Error", "console:1: wrong"),
    ] {
        let told = json!({ "message": text, "category": category, "level": level });
        assert_eq!(all.told(1), told);
    }
    assert_eq!(some.told(1), json!({ "message": "careful", "level": "Warning" }));
    assert_eq!(some.told(1), json!({ "message": "console:1: wrong", "level": "Error" }));
    for lines in [&mut all, &mut some] {
        lines.is_silent();
    }
}

#[test]
fn a_touch_screen_pushes_the_camera_until_it_lets_go_or_is_gone() {
    let push = |orbit_x, zoom| {
        let (orbit, pan, look) = ([orbit_x, 0.0], [0.0; 2], [0.0; 2]);
        let (heading, roll, for_s) = (0.0, 0.0, Some(600.0));
        Command::Navigate(NavigateCommand::Steer { orbit, zoom, pan, look, heading, roll, for_s })
    };
    let ends: [fn(Lines); 2] = [
        |mut lines| {
            lines.say(json!({ "topic": 1, "payload": { "event": "disconnect" } }));
            lines.is_silent();
        },
        drop,
    ];
    for end in ends {
        let (came, comes) = std::sync::mpsc::channel();
        let house = House::open(TestDoor::new(move |command, reply| {
            came.send(command).unwrap();
            reply(skyreel_core::outcome::Outcome::DONE);
        }));
        let mut lines = begun(&house, "flightcontroller", json!({ "event": "connect" }), &[]);
        let state = |lines: &mut Lines, state: Json| {
            lines.say(
                json!({ "topic": 1, "payload": { "event": "inputState", "inputState": state } }),
            );
            lines.is_silent();
        };
        state(&mut lines, json!({ "orbitX": 0.5, "zoomOut": 99 }));
        state(&mut lines, json!({ "orbitX": 0.5, "zoomOut": 99 }));
        end(lines);
        let patience = crate::web::PATIENCE;
        let came = [(); 2].map(|()| comes.recv_timeout(patience).unwrap());
        assert_eq!(came, [push(0.5, -10.0), push(0.0, 0.0)]);
    }
}
