//! Topics that are answered once.

use serde_json::{Value as Json, json};
use skyreel_core::command::{Command, NavigateCommand, Origin, SceneCommand, ScriptCommand, said};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::role::Role;
use skyreel_core::snapshot::{ApiWord, ConsoleView};
use skyreel_core::value::Value;
use skyreel_faces::openspace::NAMES;
use std::sync::Arc;

use super::House;
use crate::web::TestDoor;

/// A topic, its payload, and what is told of it.
type Row = (&'static str, Json, Json);

/// Asks for each and compares what is told.
fn check(house: &House, rows: &[Row]) {
    let mut lines = house.enter();
    for (id, (kind, payload, expected)) in (1..).zip(rows) {
        lines.begin(id, kind, payload.clone());
        assert_eq!(lines.told(id), *expected, "{kind} {payload}");
        lines.is_silent();
    }
}

#[test]
fn what_is_known_is_told_at_once() {
    let version = json!({
        "openSpaceVersion": { "major": 0, "minor": 22, "patch": 0 },
        "socketApiVersion": { "major": 1, "minor": 0, "patch": 0 },
        "skyreelVersion": "1.2.3",
    });
    let files = json!([
        "saturn.skyreel",
        "moon.ron",
        "old/broken.osrec",
        "shows/evening.skyreel",
        "kiosk.skyreel",
    ]);
    let house = House::open(TestDoor::that_does(Json::Null));
    check(
        &house,
        &[
            ("version", json!({}), version),
            ("authorize", json!({ "password": "any" }), json!({ "status": "authorized" })),
            ("authorize", json!({ "key": "" }), json!({ "status": "authorized" })),
            ("engineMode", json!({ "event": "refresh" }), json!({ "mode": "user_control" })),
            (
                "sessionRecording",
                json!({ "event": "refresh" }),
                json!({ "state": "idle", "files": files }),
            ),
            (
                "sessionRecording",
                json!({ "event": "refresh", "properties": ["state"] }),
                json!({ "state": "idle" }),
            ),
            (
                "get",
                json!({ "property": "NavigationHandler.OrbitalNavigator.Anchor" }),
                json!({ "type": "property", "value": {
                    "uri": "NavigationHandler.OrbitalNavigator.Anchor",
                    "value": "Saturn",
                    "metaData": {
                        "identifier": "Anchor", "description": "", "guiName": "Anchor", "group": "",
                        "isReadOnly": false, "needsConfirmation": false, "type": "StringProperty",
                        "visibility": "User", "additionalData": {}, "viewOptions": {},
                    },
                }}),
            ),
            (
                "actionsKeybinds",
                json!({ "event": "get_action", "identifier": "skyreel.record" }),
                json!({ "type": "action", "action": {
                    "identifier": "skyreel.record", "name": "Start or stop recording",
                    "isLocal": false, "documentation": "Start or stop recording",
                    "guiPath": "/Skyreel",
                }}),
            ),
        ],
    );
    assert_eq!(house.door.came(), []);
}

#[test]
fn the_clock_is_told_with_its_steps() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let mut lines = house.enter();
    lines.begin(1, "time", json!({ "event": "refresh" }));
    let mut told = lines.told(1);
    let steps: Vec<f64> = serde_json::from_value(told["deltaTimeSteps"].take()).unwrap();
    assert!(steps.len() == 40 && steps.is_sorted() && steps.contains(&-3600.0), "{steps:?}");
    assert_eq!(
        told,
        json!({
            "time": "2026-03-07T18:30:00.000", "deltaTime": 3600.0, "targetDeltaTime": 3600.0,
            "isPaused": false, "hasNextStep": true, "nextStep": 43200.0, "hasPrevStep": true,
            "prevStep": 1800.0, "deltaTimeSteps": null,
        })
    );
}

#[test]
fn the_camera_is_told_as_openspace_does() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let mut lines = house.enter();
    for (altitude_m, altitude, unit) in [
        (0.5, 0.5, "meters"),
        (1.0, 1.0, "meter"),
        (2.5e8, 2.5e5, "km"),
        (149_597_870_700.0, 1.0, "AU"),
        (9_460_730_472_580_800.0 * 2.0, 2.0, "Lightyears"),
        (3.085_677_581_491_367e22, 1.0, "Megaparsec"),
    ] {
        house.show(|snapshot| {
            let view = snapshot.navigation.as_mut().unwrap();
            (view.altitude_m, view.looks_deg) = (Some(altitude_m), Some((90.0, -60.0)));
        });
        lines.begin(1, "camera", json!({ "event": "refresh" }));
        let told = lines.told(1);
        assert_eq!((&told["altitude"], &told["altitudeUnit"]), (&json!(altitude), &json!(unit)));
        assert_eq!(told["altitudeMeters"], altitude_m);
        assert_eq!((&told["latitude"], &told["longitude"]), (&json!(-12.25), &json!(16.37)));
        let sun = (&told["subSolarLatitude"], &told["subSolarLongitude"]);
        assert_eq!(sun, (&json!(2.5), &json!(120.0)));
        let near = |name: &str, expected: f64| {
            assert!((told[name].as_f64().unwrap() - expected).abs() < 1e-12, "{told}");
        };
        near("viewLatitude", 0.0);
        near("viewLongitude", 1.0);
        near("viewLength", 0.5);
    }
}

#[test]
fn commands_are_said_by_whoever_may_do_everything() {
    let set = |path: &str, value| {
        let (path, over_s, easing) = (path.to_owned(), None, None);
        Command::Scene(SceneCommand::Set { path, value, over_s, easing })
    };
    let run = |code: &str, wait| {
        Command::Script(ScriptCommand::Run { code: code.to_owned(), name: None, wait })
    };
    let focus = |node: &str| Command::Navigate(NavigateCommand::Focus { node: node.to_owned() });
    let fade = "Scene.Earth.Renderable.Fade";
    // 1e-9 and all digits of a third would be lost by six decimals.
    for (kind, payload, expected) in [
        ("set", json!({ "property": fade, "value": 1e-9 }), set(fade, Value::Number(1e-9))),
        ("set", json!({ "property": fade, "value": 1.0 / 3.0 }), set(fade, (1.0 / 3.0).into())),
        ("set", json!({ "uri": fade, "value": 1 }), set(fade, Value::Number(1.0))),
        ("set", json!({ "property": "P", "value": true }), set("P", Value::Bool(true))),
        ("set", json!({ "property": "P", "value": "t" }), set("P", "t".into())),
        (
            "set",
            json!({ "property": "P", "value": [0.1, 2, 3] }),
            set("P", Value::Numbers([0.1, 2.0, 3.0].into())),
        ),
        (
            "set",
            json!({ "property": "NavigationHandler.OrbitalNavigator.Anchor", "value": "Mars" }),
            focus("Mars"),
        ),
        (
            "trigger",
            json!({ "property": "NavigationHandler.OrbitalNavigator.RetargetAnchor" }),
            focus("Saturn"),
        ),
        ("luascript", json!({ "script": "print(1)" }), run("print(1)", false)),
        ("luascript", json!({ "script": "x", "return": false }), run("x", false)),
        (
            "luascript",
            json!({ "script": "return 1", "return": true, "shouldBeSynchronized": false }),
            run("return 1", true),
        ),
        (
            "luascript",
            json!({ "function": "openspace.time.UTC", "arguments": [], "return": true }),
            run("return openspace.time.UTC()", true),
        ),
        (
            "luascript",
            json!({
                "function": "f",
                "arguments": [null, true, 0.1, 1e300, -7, "a\"\\\n\u{0}é", [1, "x"], { "a b": [] }],
                "return": false,
            }),
            run(
                "return f(nil, true, 0.1, 1e+300, -7, \"a\\\"\\\\\\010\\000é\", {1, \"x\", }, \
                 {[\"a b\"] = {}, })",
                false,
            ),
        ),
    ] {
        let house = House::open(TestDoor::that_does(Json::Null));
        let mut lines = house.enter();
        lines.begin(3, kind, payload.clone());
        if payload["return"] == true {
            lines.told(3);
        }
        lines.is_silent();
        let came = house.door.came();
        assert_eq!(came, [(expected, Origin::Network, Role::Administrator)], "{kind} {payload}");
    }
}

#[test]
fn what_a_script_returns_counts_from_one() {
    for (values, expected) in [
        (json!([]), json!({})),
        (json!([5]), json!({ "1": 5 })),
        (json!([null]), json!({ "1": null })),
        (json!([1.5, "two", true, null]), json!({ "1": 1.5, "2": "two", "3": true, "4": null })),
        // A vector stays one; other lists count too.
        (json!([[1, 2, 3]]), json!({ "1": [1, 2, 3] })),
        (json!([["a", "b"]]), json!({ "1": { "1": "a", "2": "b" } })),
        (json!([[1, 2, 3, 4, 5]]), json!({ "1": { "1": 1, "2": 2, "3": 3, "4": 4, "5": 5 } })),
        (json!([{ "a": [[]] }]), json!({ "1": { "a": { "1": {} } } })),
        (json!(["é"]), json!({ "1": "é" })),
    ] {
        let house = House::open(TestDoor::that_does(values.clone()));
        let mut lines = house.enter();
        lines.begin(1, "luascript", json!({ "script": "", "return": true }));
        assert_eq!(lines.told(1), expected, "{values}");
    }
}

#[test]
fn what_was_refused_or_failed_is_told_where_the_topic_is_known() {
    let outcomes = [
        (Refusal::Other("not now".to_owned()).into(), "not now"),
        (Outcome::Failed("console:1: as asked".to_owned()), "console:1: as asked"),
    ];
    for (outcome, why) in outcomes {
        let house = House::open(TestDoor::new(move |_, reply| reply(outcome.clone())));
        let mut lines = house.enter();
        for (kind, payload) in [
            ("set", json!({ "property": "P", "value": 1 })),
            ("get", json!({ "property": "Scene.Earth.Renderable.Fade" })),
            ("luascript", json!({ "script": "x", "return": true })),
            ("luascript", json!({ "script": "x" })),
        ] {
            lines.begin(9, kind, payload);
            assert_eq!(lines.told(9), json!({ "error": why }), "{kind}");
        }
    }
    let house = House::open(TestDoor::new(|_, reply| drop(reply)));
    let mut lines = house.enter();
    lines.begin(1, "luascript", json!({ "script": "x", "return": true }));
    assert_eq!(lines.told(1)["error"], "Skyreel ended before it was done");
}

#[test]
fn a_property_is_told_as_the_client_s_openspace_had_it() {
    let house = House::open(TestDoor::that_does(json!(0.25)));
    let path = "Scene.Earth.Renderable.Fade";
    let meta_data = json!({
        "identifier": "Fade", "description": "", "guiName": "Fade", "group": "",
        "isReadOnly": false, "needsConfirmation": false, "type": "DoubleProperty",
        "visibility": "User", "viewOptions": {},
        "additionalData": { "min": 0.0, "max": 1.0, "step": 0.001, "exponent": 1.0 },
    });
    let mut new = house.enter();
    new.begin(1, "get", json!({ "property": path }));
    let value = json!({ "uri": path, "value": 0.25, "metaData": meta_data });
    assert_eq!(new.told(1), json!({ "type": "property", "value": value }));
    let get = said(&format!("scene.get {path}")).unwrap();
    assert_eq!(house.door.came(), [(get, Origin::Network, Role::Administrator)]);

    let mut old = house.knock();
    old.begin(1, "get", json!({ "property": path }));
    let told = old.told(1);
    assert_eq!(
        (&told["uri"], &told["value"], &told["Value"]),
        (&json!(path), &json!(0.25), &json!(0.25))
    );
    assert_eq!(told["metaData"], meta_data);
    assert_eq!(told["Description"]["Identifier"], path);
    assert_eq!(told["Description"]["Type"], "DoubleProperty");
}

/// All properties below an owner.
fn count(owner: &Json) -> usize {
    let below: usize = owner["subowners"].as_array().unwrap().iter().map(count).sum();
    below + owner["properties"].as_array().unwrap().len()
}

#[test]
fn owners_are_told_with_all_below_them() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let mut lines = house.enter();
    lines.begin(1, "get", json!({ "property": "__rootOwner" }));
    let told = lines.told(1);
    assert_eq!(told["type"], "propertyOwner");
    let root = &told["value"];
    let (_, properties) = crate::support::scene();
    // The focus is one more.
    assert_eq!(count(root), properties.len() + 1);
    let owners: Vec<&Json> =
        root["subowners"].as_array().unwrap().iter().map(|owner| &owner["uri"]).collect();
    assert_eq!(
        (&root["uri"], owners),
        (&json!(""), vec![&json!("NavigationHandler"), &json!("Scene")])
    );

    lines.begin(2, "get", json!({ "property": "Scene.EarthTrail" }));
    let earth = lines.told(2)["value"].take();
    assert_eq!(
        (&earth["identifier"], &earth["guiName"]),
        (&json!("EarthTrail"), &json!("Earth trail"))
    );
    assert_eq!(earth["subowners"][0]["uri"], "Scene.EarthTrail.Renderable");
    let colour = &earth["subowners"][0]["subowners"][0]["properties"][0];
    assert_eq!(colour["uri"], "Scene.EarthTrail.Renderable.Appearance.Color");
    assert_eq!(colour["metaData"]["type"], "DVec3Property");
    assert_eq!(colour["metaData"]["additionalData"]["max"], json!([1.0, 1.0, 1.0]));

    let mut old = house.knock();
    old.begin(1, "get", json!({ "property": "Scene.Earth" }));
    assert_eq!(old.told(1)["uri"], "Scene.Earth");
}

#[test]
fn clients_make_their_library_of_the_documentation() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let word = |name: &str, usage: &str, help: &str| ApiWord {
        name: name.to_owned(),
        usage: usage.to_owned(),
        help: help.to_owned(),
    };
    house.show(|snapshot| {
        let words = [
            word("openspace.asset", "openspace.asset.…", "not supported"),
            word("openspace.printInfo", "openspace.printInfo(text)", "Say it."),
            word("openspace.time.UTC", "openspace.time.UTC()", "The date."),
            word(
                "openspace.time.setPause",
                "openspace.time.setPause(paused [, seconds [, easing]])",
                "Stop.",
            ),
            word("skyreel.clock.pause", "skyreel.clock.pause([over_s])", "Stop."),
        ];
        snapshot.console = Arc::new(ConsoleView { words: words.into(), ..ConsoleView::default() });
    });
    let mut lines = house.enter();
    lines.begin(1, "documentation", json!({ "type": "lua" }));
    let argument =
        |name: &str, default: &str| json!({ "name": name, "type": "", "defaultValue": default });
    let function = |library: &str, name: &str, arguments: Json, help: &str| {
        json!({
            "name": name, "library": library, "arguments": arguments, "returnType": "", "help": help,
        })
    };
    let pause =
        json!([argument("paused", ""), argument("seconds", "nil"), argument("easing", "nil")]);
    assert_eq!(
        lines.told(1),
        json!([
            { "library": "", "name": "", "fullName": "openspace", "functions": [
                function("", "printInfo", json!([argument("text", "")]), "Say it."),
            ]},
            { "library": "time", "name": "time", "fullName": "openspace.time", "functions": [
                function("time", "UTC", json!([]), "The date."),
                function("time", "setPause", pause, "Stop."),
            ]},
        ])
    );
    lines.begin(2, "documentation", json!({ "type": "keyboard" }));
    let told = lines.told(2);
    assert_eq!(told["name"], "Keybindings");
    let record = json!({ "name": "Ctrl+Shift+R", "action": "Start or stop recording" });
    assert!(told["keybindings"].as_array().unwrap().contains(&record), "{told}");
}

#[test]
fn keys_are_told_with_the_actions_that_they_start() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let mut lines = house.enter();
    lines.begin(1, "actionsKeybinds", json!({ "event": "get_all" }));
    let told = lines.told(1);
    assert_eq!(told["type"], "combined");
    let modifiers = json!({ "shift": true, "control": true, "alt": false, "super": false });
    let record = json!({ "key": "R", "modifiers": modifiers, "action": "skyreel.record" });
    assert!(told["keybinds"].as_array().unwrap().contains(&record), "{told}");
    let ids: Vec<&Json> =
        told["actions"].as_array().unwrap().iter().map(|a| &a["identifier"]).collect();
    for keybind in told["keybinds"].as_array().unwrap() {
        assert!(ids.contains(&&keybind["action"]), "{keybind}");
    }
}

#[test]
fn every_topic_answers_a_payload_that_does_not_fit_it_with_an_error() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let mut lines = house.enter();
    for kind in NAMES.into_iter().filter(|kind| *kind != "version") {
        lines.begin(1, kind, json!({ "event": 1, "property": 7, "type": [] }));
        let told = lines.told(1);
        assert!(told["error"].is_string(), "{kind} {told}");
    }
    for (payload, part) in [
        (json!({ "topic": 1, "type": "sesionRecording", "payload": {} }), "there is no topic"),
        (json!({ "topic": 1, "payload": {} }), "topic 1 is not under way"),
        (json!({ "topic": 1, "type": "time" }), "payload is an object"),
        (json!({ "topic": 1, "type": "time", "payload": [] }), "payload is an object"),
        (json!({ "topic": 1, "type": 5, "payload": {} }), "type is a text"),
        (
            json!({ "topic": 1, "type": "time", "payload": { "event": "x" } }),
            "event is start_subscription",
        ),
        (
            json!({ "topic": 1, "type": "get", "payload": { "property": "Scene.Erth" } }),
            "there is no property",
        ),
        (
            json!({ "topic": 1, "type": "subscribe", "payload": { "event": "start_subscription", "uri": "x" } }),
            "there is no property 'x'",
        ),
        (
            json!({ "topic": 1, "type": "set", "payload": { "property": "P", "value": null } }),
            "value is",
        ),
        (
            json!({ "topic": 1, "type": "set", "payload": { "property": "P", "value": { "a": 1 } } }),
            "value is",
        ),
        (
            json!({ "topic": 1, "type": "trigger", "payload": { "property": "P" } }),
            "can be triggered",
        ),
        (
            json!({ "topic": 1, "type": "luascript", "payload": { "function": "f(); g", "arguments": [] } }),
            "function is",
        ),
        (
            json!({ "topic": 1, "type": "luascript", "payload": { "function": "f", "arguments": 1 } }),
            "arguments is",
        ),
        (
            json!({ "topic": 1, "type": "event", "payload": { "event": "start_subscription", "eventType": "Lunch" } }),
            "there is no event 'Lunch'",
        ),
        (
            json!({ "topic": 1, "type": "documentation", "payload": { "type": "meta" } }),
            "type is lua or keyboard",
        ),
    ] {
        lines.say(payload.clone());
        let why = lines.told(1)["error"].take();
        assert!(why.as_str().unwrap().contains(part), "{payload} {why}");
    }
    for text in ["", " ", "\r"] {
        lines.say_text(text);
    }
    for text in
        ["nonsense", "{", "[]", "5", "{}", r#"{"topic": "one", "type": "time", "payload": {}}"#]
    {
        lines.say_text(text);
        let message = lines.hear();
        assert!(message["error"].is_string() && message.get("topic").is_none(), "{message}");
    }
    assert_eq!(house.door.came(), []);
    lines.is_silent();
}

#[test]
fn what_is_said_is_plain_ascii() {
    let house = House::open(TestDoor::that_does(json!(["Ærø 𝄞"])));
    let mut lines = house.enter();
    lines.begin(1, "luascript", json!({ "script": "", "return": true }));
    let line = lines.hear_line().unwrap();
    assert!(line.is_ascii(), "{line}");
    let message: Json = serde_json::from_str(&line).unwrap();
    assert_eq!(message["payload"]["1"], "Ærø 𝄞");
}

#[test]
fn both_ways_say_the_same() {
    let house = House::open(TestDoor::that_does(json!([1])));
    let ask =
        json!({ "topic": 4, "type": "luascript", "payload": { "script": "", "return": true } });
    let mut lines = house.knock();
    lines.say(ask.clone());
    let mut socket = house.enter_socket();
    socket.say(&ask.to_string());
    let expected = json!({ "topic": 4, "payload": { "1": 1 } });
    assert_eq!((lines.hear(), socket.hear()), (expected.clone(), expected));
}
