//! Whatever a client sends or leaves undone, the server serves on and holds little for it.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use skyreel_core::outcome::Outcome;
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::Snapshot;
use skyreel_core::value::Value;
use skyreel_faces::door::Reply;
use skyreel_faces::web::{Limits, merge, state};

use super::{House, TestDoor, UPGRADE, head, status};

fn open() -> House {
    House::open(TestDoor::that_does(Json::Null))
}

/// Whether somebody new is served.
fn serves(house: &House) {
    let mut wire = house.enter();
    wire.hear();
    wire.say(r#"{"id": 1, "line": "record.stop"}"#);
    assert_eq!(wire.hear()["id"], 1);
}

#[test]
fn malformed_upgrades_are_answered_as_what_they_are() {
    let house = open();
    let proper = house.upgrade();
    for (from, to, expected) in [
        ("GET /api", "POST /api", 405),
        ("GET /api", "GET /other", 404),
        ("GET /api", "GET /", 200),
        ("GET /api", "GET /../../etc/passwd", 404),
        ("Upgrade: websocket", "Upgrade: h2c", 400),
        ("Connection: Upgrade", "Connection: close", 400),
        ("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 400),
        ("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "X: y", 400),
        ("HTTP/1.1", "HTTP/1.0", 426),
        ("HTTP/1.1", "HTTP/9", 400),
        ("GET /api HTTP/1.1", "\u{1}\u{2}\u{3}", 400),
    ] {
        let mut stream = house.knock();
        stream.write_all(proper.replace(from, to).as_bytes()).unwrap();
        let head = head(&mut stream);
        assert_eq!(status(&head), expected, "{to}: {head}");
    }
    serves(&house);
}

#[test]
fn a_head_without_end_is_cut_off() {
    let house = open();
    let mut stream = house.knock();
    stream.write_all(b"GET /api HTTP/1.1\r\n").unwrap();
    let line = format!("X-More: {}\r\n", "x".repeat(1000));
    let mut sent = 0;
    while sent < 10_000_000 && stream.write_all(line.as_bytes()).is_ok() {
        sent += line.len();
    }
    assert!(sent < 10_000_000);
    serves(&house);
}

#[test]
fn who_does_not_say_what_he_wants_is_hung_up_on() {
    let handshake = Duration::from_millis(100);
    let limits = Limits { handshake, ..Limits::default() };
    let house = House::with_limits(TestDoor::that_does(Json::Null), limits);
    for start in ["", "GET /api HT"] {
        let mut stream = house.knock();
        stream.write_all(start.as_bytes()).unwrap();
        let mut rest = Vec::new();
        // It ends, with or without an answer, instead of waiting for ever.
        let _ = stream.read_to_end(&mut rest);
        assert!(rest.len() < 1000);
    }
    serves(&house);
}

#[test]
fn who_gives_no_sign_of_life_is_let_go() {
    let (ping, silence) = (Duration::from_millis(10), Duration::from_millis(30));
    let limits = Limits { ping, silence, ..Limits::default() };
    let house = House::with_limits(TestDoor::that_does(Json::Null), limits);
    let mut wire = house.enter();
    wire.hear();
    assert_eq!(wire.hear_close(), 1008);
    serves(&house);
}

#[test]
fn a_message_of_ten_megabytes_is_not_read() {
    let house = open();
    for size in [(256 << 10) + 1, 10_000_000] {
        let mut wire = house.enter();
        wire.hear();
        // The server may have hung up before all of it is sent.
        let _ = wire.frame(1, &vec![b' '; size]);
        assert!(matches!(wire.hear_close(), 1008 | 0), "{size}");
    }
    let mut wire = house.enter();
    wire.hear();
    let ask = r#"{"id": 1, "line": "record.stop"}"#;
    wire.say(&(ask.to_owned() + &" ".repeat((256 << 10) - ask.len())));
    assert_eq!(wire.hear()["id"], 1);
}

#[test]
fn a_message_of_many_small_frames_has_the_same_limit() {
    let house = open();
    let mut wire = house.enter();
    wire.hear();
    // Text that goes on, in frames that are no end.
    let mut opcode = 1;
    let mut sent = 0;
    let mut frame = vec![opcode, 0x80 | 126, 0x40, 0x00, 0, 0, 0, 0];
    frame.extend([b' '; 0x4000]);
    while sent < 10_000_000 {
        frame[0] = opcode;
        opcode = 0;
        if wire.0.write_all(&frame).is_err() {
            break;
        }
        sent += frame.len();
    }
    assert!(sent < 10_000_000);
    serves(&house);
}

#[test]
fn what_is_no_text_ends_the_conversation() {
    let house = open();
    for (opcode, payload, expected) in
        [(2, &b"{}"[..], 1003), (1, &[0xff, 0xfe][..], 1008), (3, &b""[..], 1008)]
    {
        let mut wire = house.enter();
        wire.hear();
        wire.frame(opcode, payload).unwrap();
        let code = wire.hear_close();
        assert!(code == expected || code == 0, "{opcode} {code}");
    }
    serves(&house);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_end_the_server(before in any::<Vec<u8>>(), after in any::<Vec<u8>>()) {
        let house = open();
        let mut stream = house.knock();
        let _ = stream.write_all(&before);
        drop(stream);
        let mut wire = house.enter();
        let _ = wire.0.write_all(&after);
        drop(wire);
        serves(&house);
    }
}

#[test]
fn there_is_room_for_two_hundred_clients_and_no_more() {
    let house = open();
    let mut all: Vec<_> = (0..200).map(|_| house.enter()).collect();
    let mut stream = house.knock();
    stream.write_all(house.upgrade().as_bytes()).unwrap();
    assert_eq!(status(&head(&mut stream)), 503);
    for wire in &mut all {
        wire.hear();
        wire.say(r#"{"id": 1, "line": "record.stop"}"#);
        assert_eq!(wire.hear()["id"], 1);
    }
    // Whose place is free, somebody else can have.
    let mut last = all.pop().unwrap();
    last.frame(8, &[]).unwrap();
    while last.hear_frame().is_some() {}
    let until = Instant::now() + super::PATIENCE;
    loop {
        let mut stream = house.knock();
        stream.write_all(house.upgrade().as_bytes()).unwrap();
        match status(&head(&mut stream)) {
            101 => break,
            status => assert!(status == 503 && Instant::now() < until, "{status}"),
        }
    }
}

#[test]
fn who_is_turned_away_takes_no_place() {
    let house = open();
    let head_of = |rest: &str| {
        let mut stream = house.knock();
        write!(stream, "GET /api HTTP/1.1\r\nHost: {}\r\n{rest}\r\n", house.address()).unwrap();
        status(&head(&mut stream))
    };
    let bearer = format!("Authorization: Bearer {}\r\n", house.secret.reveal());
    for _ in 0..250 {
        assert_eq!(head_of(&bearer), 400);
    }
    assert_eq!(head_of(&format!("{bearer}{UPGRADE}")), 101);
}

#[test]
fn a_client_with_too_many_requests_under_way_waits() {
    let waiting: Arc<Mutex<Vec<Reply>>> = Arc::default();
    let count = Arc::new(AtomicUsize::new(0));
    let (came, comes) = mpsc::channel();
    let door = TestDoor::new({
        let (waiting, count) = (Arc::clone(&waiting), Arc::clone(&count));
        move |_, reply| {
            waiting.lock().unwrap().push(reply);
            count.fetch_add(1, Ordering::SeqCst);
            came.send(()).unwrap();
        }
    });
    let house = House::open(door);
    let mut wire = house.enter();
    wire.hear();
    for id in 0..100 {
        wire.say(&format!(r#"{{"id": {id}, "line": "record.stop"}}"#));
    }
    (0..64).for_each(|_| comes.recv().unwrap());
    // Another client is served meanwhile; what this one asks is all that comes.
    let mut other = house.enter();
    other.hear();
    other.say(r#"{"id": 1000, "line": "record.stop"}"#);
    comes.recv().unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 65);
    let mut answered = 0;
    while answered < 101 {
        let replies = std::mem::take(&mut *waiting.lock().unwrap());
        answered += replies.len();
        replies.into_iter().for_each(|reply| reply(Outcome::DONE));
    }
    let ids: Vec<u64> = (0..100).map(|_| wire.hear()["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..100).collect::<Vec<_>>());
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
    let limits = Limits { between_states: Duration::ZERO, ..Limits::default() };
    let house = House::with_limits(TestDoor::that_does(Json::Null), limits);
    let mut sleeper = house.enter();
    sleeper.hear();
    sleeper.say(r#"{"id": 1, "watch": true}"#);
    // Some thirty megabytes, if all of it were told.
    let last = 500;
    let mut awake = house.enter();
    awake.hear();
    for number in 1..=last {
        house.stage.show(&large(number));
        if number % 50 == 0 {
            awake.say(r#"{"id": 2, "line": "record.stop"}"#);
            assert_eq!(awake.hear()["id"], 2);
        }
    }
    assert_eq!(sleeper.hear(), json!({ "id": 1, "done": null }));
    let (mut told, mut messages) = (Map::new(), 0);
    loop {
        let message = sleeper.hear();
        messages += 1;
        match (&message["state"], &message["changes"]) {
            (Json::Object(whole), Json::Null) => told = whole.clone(),
            (Json::Null, Json::Object(changes)) => merge(&mut told, changes.clone()),
            _ => panic!("{message}"),
        }
        if message["snapshot"] == last {
            break;
        }
    }
    assert_eq!(told, state(&large(last)));
    assert!(messages < 400, "{messages}");
}
