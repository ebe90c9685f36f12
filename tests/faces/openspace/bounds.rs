//! Whatever a client sends or leaves undone, others are served and little is held for it.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use skyreel_core::outcome::Outcome;
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::Snapshot;
use skyreel_core::value::Value;
use skyreel_faces::door::Reply;
use skyreel_faces::web::Password;

use super::{House, Lines, nobodys_kin};
use crate::web::TestDoor;

fn open() -> House {
    House::open(TestDoor::that_does(Json::Null))
}

#[test]
fn a_message_that_is_too_long_is_not_read() {
    let house = open();
    for size in [(256 << 10) + 1, 10_000_000] {
        let mut lines = house.knock();
        let _ = lines.0.get_mut().write_all(&vec![b' '; size]);
        let mut rest = Vec::new();
        let _ = lines.0.read_to_end(&mut rest);
        let mut socket = house.enter_socket();
        let _ = socket.frame(1, &vec![b' '; size]);
        assert!(matches!(socket.hear_close(), 1008 | 0), "{size}");
    }
    house.enter().is_silent();
}

#[test]
fn a_message_in_pieces_is_one_message() {
    let house = open();
    let mut lines = house.knock();
    let text = json!({ "topic": 1, "type": "version", "payload": {} }).to_string() + "\r\n";
    for byte in text.bytes() {
        lines.0.get_mut().write_all(&[byte]).unwrap();
    }
    assert_eq!(lines.told(1)["skyreelVersion"], "1.2.3");
    // And many in one piece are many.
    let many: String = (0..100).map(|id| text.replace(":1,", &format!(":{id},"))).collect();
    lines.0.get_mut().write_all(many.as_bytes()).unwrap();
    for id in 0..100 {
        lines.told(id);
    }
}

#[test]
fn who_sends_a_line_and_closes_his_half_gets_the_answer() {
    let waiting: Arc<Mutex<Vec<Reply>>> = Arc::default();
    let (came, comes) = std::sync::mpsc::channel();
    let held = Arc::clone(&waiting);
    let house = House::open(TestDoor::new(move |_, reply| {
        held.lock().unwrap().push(reply);
        came.send(()).unwrap();
    }));
    let mut lines = house.knock();
    lines.begin(1, "luascript", json!({ "script": "", "return": true }));
    lines.0.get_mut().shutdown(std::net::Shutdown::Write).unwrap();
    comes.recv().unwrap();
    waiting.lock().unwrap().remove(0)(Outcome::Done(json!([7])));
    assert_eq!(lines.told(1), json!({ "1": 7 }));
    assert_eq!(lines.hear_line(), None);
}

#[test]
fn so_many_topics_and_no_more_go_on() {
    let house = House::with(TestDoor::that_does(Json::Null), |config| config.limits.topics = 3);
    let mut lines = house.enter();
    for id in 0..3 {
        lines.begin(id, "propertyTree", json!({ "event": "start_subscription" }));
    }
    lines.begin(3, "engineMode", json!({ "event": "start_subscription" }));
    assert!(lines.told(3)["error"].as_str().unwrap().contains("3 topics"));
    // What is answered at once takes no place.
    lines.is_silent();
    lines.say(json!({ "topic": 0, "payload": { "event": "stop_subscription" } }));
    lines.begin(3, "engineMode", json!({ "event": "start_subscription" }));
    assert_eq!(lines.told(3)["mode"], "user_control");
}

#[test]
fn so_many_clients_and_no_more_are_served() {
    let house = House::with(TestDoor::that_does(Json::Null), |c| c.limits.server.clients = 3);
    let mut all: Vec<Lines> = (0..3).map(|_| house.enter()).collect();
    all.iter_mut().for_each(Lines::is_silent);
    let mut late = house.knock();
    assert_eq!(late.hear()["error"], "too many clients");
    drop(all.pop());
    // When a place is given back is not for the client to know: it asks until it has one.
    let began = Instant::now();
    let is_served = || {
        let mut lines = house.knock();
        lines.begin(1, "version", json!({}));
        lines.hear().get("topic").is_some()
    };
    while !is_served() {
        assert!(began.elapsed() < crate::web::PATIENCE);
    }
}

#[test]
fn strangers_leave_room_for_the_user_and_do_not_stay() {
    let house = House::with(TestDoor::that_does(Json::Null), |config| {
        config.kin = nobodys_kin;
        config.password = Password::chosen("open sesame");
        config.limits.strangers = 2;
        config.limits.server.handshake = Duration::from_millis(300);
    });
    let mut two = [house.knock(), house.knock()];
    for lines in &mut two {
        lines.begin(1, "authorize", json!({ "password": "y" }));
        assert_eq!(lines.told(1)["status"], "incorrectKey");
    }
    assert_eq!(house.knock().hear()["error"], "too many clients");
    for mut lines in two {
        assert_eq!(lines.hear_line(), None);
    }
    let mut lines = house.knock();
    lines.begin(1, "authorize", json!({ "password": "open sesame" }));
    assert_eq!(lines.told(1)["status"], "authorized");
    lines.is_silent();
}

#[test]
fn a_client_with_too_many_commands_under_way_waits() {
    let waiting: Arc<Mutex<Vec<Reply>>> = Arc::default();
    let held = Arc::clone(&waiting);
    let house = House::open(TestDoor::new(move |_, reply| held.lock().unwrap().push(reply)));
    let mut lines = house.enter();
    for id in 0..100 {
        lines.begin(id, "luascript", json!({ "script": "", "return": true }));
    }
    let mut answered = 0;
    while answered < 100 {
        let replies = std::mem::take(&mut *waiting.lock().unwrap());
        assert!(replies.len() <= 64, "{}", replies.len());
        answered += replies.len();
        replies.into_iter().for_each(|reply| reply(Outcome::Done(json!([]))));
    }
    for id in 0..100 {
        assert_eq!(lines.told(id), json!({}));
    }
}

/// A state in which much has changed.
fn large(number: u64) -> Arc<Snapshot> {
    let value = |i: u64| Value::Number((number * 1000 + i) as f64);
    let properties: PropertySet =
        (0..2000).map(|i| (Arc::from(format!("Scene.Node{i}.Value")), value(i))).collect();
    Arc::new(Snapshot { number, properties: Arc::new(properties), ..Snapshot::default() })
}

#[test]
fn a_client_that_does_not_read_holds_nobody_up_and_gets_the_newest_state() {
    let house = House::with(TestDoor::that_does(Json::Null), |config| {
        config.limits.server.between_states = Duration::ZERO;
    });
    house.stage.show(&large(0));
    let mut sleeper = house.enter();
    sleeper.begin(1, "propertyTree", json!({ "event": "start_subscription" }));
    sleeper.is_silent();
    let mut awake = house.enter();
    let last = 200;
    for number in 1..=last {
        house.stage.show(&large(number));
        if number % 20 == 0 {
            awake.is_silent();
        }
    }
    let (mut messages, mut newest) = (0, false);
    while !newest {
        let told = sleeper.told(1);
        messages += 1;
        newest =
            told["uri"] == "Scene.Node999.Value" && told["value"] == (last * 1000 + 999) as f64;
    }
    assert!(messages < 2000 * last, "{messages}");
}

#[test]
fn who_does_not_read_at_all_is_let_go() {
    let house = House::with(TestDoor::that_does(Json::Null), |config| {
        config.limits.server.silence = Duration::from_millis(200);
        config.limits.server.clients = 1;
    });
    let mut sleeper = house.enter();
    // More than the system keeps for him.
    let ask = json!({ "topic": 1, "type": "get", "payload": { "property": "__rootOwner" } });
    let ask = ask.to_string() + "\n";
    while sleeper.0.get_mut().write_all(ask.as_bytes()).is_ok() {}
    let began = Instant::now();
    let is_served = || {
        let mut lines = house.knock();
        lines.begin(1, "version", json!({}));
        lines.hear().get("topic").is_some()
    };
    while !is_served() {
        assert!(began.elapsed() < crate::web::PATIENCE);
    }
}

#[test]
fn who_gives_no_sign_of_life_is_let_go() {
    let house = House::with(TestDoor::that_does(Json::Null), |config| {
        config.limits.server.ping = Duration::from_millis(10);
        config.limits.server.silence = Duration::from_millis(30);
    });
    assert_eq!(house.enter_socket().hear_close(), 1008);
}

#[test]
fn what_was_asked_before_the_end_is_answered_before_the_end() {
    let (reply_to, replies) = std::sync::mpsc::channel::<Reply>();
    let house = House::open(TestDoor::new(move |_, reply| reply_to.send(reply).unwrap()));
    let mut socket = house.enter_socket();
    let ask =
        json!({ "topic": 1, "type": "luascript", "payload": { "script": "", "return": true } });
    socket.say(&ask.to_string());
    let mut lines = house.knock();
    lines.say(ask);
    for _ in 0..2 {
        replies.recv().unwrap()(Outcome::Done(json!([])));
    }
    house.server.stop();
    assert_eq!(socket.hear()["topic"], 1);
    assert_eq!(socket.hear_close(), 1001);
    assert_eq!(lines.told(1), json!({}));
    assert_eq!(lines.hear_line(), None);
}

/// Something that is nearly a message.
fn nearly() -> impl Strategy<Value = String> {
    let kind = prop_oneof![
        prop::sample::select(skyreel_faces::openspace::NAMES.to_vec()).prop_map(str::to_owned),
        Just("authorize".to_owned()),
        "[a-z]{0,5}",
    ];
    let value = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Json::from),
        any::<f64>().prop_map(|n| json!(n)),
        prop::sample::select(vec![
            "start_subscription",
            "stop_subscription",
            "refresh",
            "connect",
            "inputState",
            "disconnect",
            "get_all",
            "*",
            "lua",
            "state",
            "__rootOwner",
            "Scene",
            "Scene.Earth.Renderable.Fade",
            "Scene..",
            ".",
        ])
        .prop_map(Json::from),
        Just(json!(["state", "files", 1])),
        Just(json!({ "orbitX": 1, "zoomIn": "x" })),
    ];
    let name = prop::sample::select(vec![
        "event",
        "eventType",
        "property",
        "uri",
        "value",
        "properties",
        "script",
        "function",
        "arguments",
        "return",
        "type",
        "inputState",
        "settings",
        "logLevel",
        "identifier",
        "password",
    ]);
    (-2..4_i64, prop::option::of(kind), prop::collection::btree_map(name, value, 0..4)).prop_map(
        |(topic, kind, payload)| {
            let mut message = json!({ "topic": topic, "payload": payload });
            if let Some(kind) = kind {
                message["type"] = json!(kind);
            }
            message.to_string()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_sent_others_are_served(
        texts in prop::collection::vec(
            prop_oneof![8 => nearly(), 1 => "\\PC{0,40}", 1 => "[\\[{\":,\\\\0-9a]{0,60}"], 1..40,
        ),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let house = open();
        let mut lines = house.enter();
        let mut socket = house.enter_socket();
        for text in &texts {
            let _ = lines.0.get_mut().write_all(format!("{text}\n").as_bytes());
            let _ = socket.frame(1, text.as_bytes());
        }
        let _ = lines.0.get_mut().write_all(&bytes);
        let _ = socket.frame(1, &bytes);
        let mut raw = house.knock();
        let _ = raw.0.get_mut().write_all(&bytes);
        house.enter().is_silent();
    }
}
