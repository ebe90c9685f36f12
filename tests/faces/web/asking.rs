//! What a client may ask, and what it is answered.

use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};
use skyreel_core::command::{Origin, said};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::role::Role;
use skyreel_faces::door::Reply;

use super::{House, TestDoor, Wire};

fn greeted(house: &House) -> Wire {
    let mut wire = house.enter();
    assert_eq!(wire.hear(), json!({ "protocol": 1, "skyreel": "1.2.3", "name": "main" }));
    wire
}

#[test]
fn a_command_is_asked_in_words_or_by_parts() {
    let house = House::open(TestDoor::that_does(json!(42)));
    let mut wire = greeted(&house);
    for ask in [
        r#"{"id": 7, "line": "play.seek 12.5"}"#,
        r#"{"id": 7, "call": "play.seek", "with": {"at_s": 12.5}}"#,
    ] {
        wire.say(ask);
        assert_eq!(wire.hear(), json!({ "id": 7, "done": 42 }), "{ask}");
        let seek = said("play.seek 12.5").unwrap();
        assert_eq!(house.door.came(), [(seek, Origin::Network, Role::Administrator)]);
    }
}

#[test]
fn every_outcome_has_its_answer() {
    let outcomes = [
        (Outcome::DONE, json!({ "id": 1, "done": null })),
        (Outcome::Failed("disk full".to_owned()), json!({ "id": 1, "failed": "disk full" })),
        (
            Refusal::Other("not now".to_owned()).into(),
            json!({ "id": 1, "refused": { "other": "not now" }, "text": "not now" }),
        ),
    ];
    for (outcome, expected) in outcomes {
        let house = House::open(TestDoor::new(move |_, reply| reply(outcome.clone())));
        let mut wire = greeted(&house);
        wire.say(r#"{"id": 1, "line": "record.stop"}"#);
        assert_eq!(wire.hear(), expected);
    }
}

#[test]
fn what_is_not_understood_is_refused_and_the_line_stays_open() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let mut wire = greeted(&house);
    for (ask, id, kind, part) in [
        ("", json!(null), "message", "expected {\"id\""),
        ("[]", json!(null), "message", "expected {\"id\""),
        ("{}", json!(null), "message", "missing field `id`"),
        (r#"{"id": -1, "line": "record.stop"}"#, json!(null), "message", "expected"),
        (r#"{"id": 3}"#, json!(3), "message", "asks for nothing"),
        (r#"{"id": 3, "with": {}}"#, json!(3), "message", "asks for nothing"),
        (r#"{"id": 3, "line": "record.stop", "watch": true}"#, json!(3), "message", "two things"),
        (r#"{"id": 3, "line": "record.stop", "x": 1}"#, json!(3), "message", "unknown field `x`"),
        (r#"{"id": 3, "line": "record.stopp"}"#, json!(3), "words", "did you mean 'record.stop'"),
        (r#"{"id": 3, "call": "play.seek"}"#, json!(3), "words", "play.seek"),
        (
            r#"{"id": 3, "call": "play.seek", "with": {"at_s": "x"}}"#,
            json!(3),
            "words",
            "play.seek",
        ),
    ] {
        wire.say(ask);
        let answer = wire.hear();
        assert_eq!((&answer["id"], &answer["refused"]), (&id, &json!(kind)), "{ask} {answer}");
        assert!(answer["text"].as_str().unwrap().contains(part), "{ask} {answer}");
    }
    assert!(house.door.came().is_empty());
    wire.say(r#"{"id": 4, "line": "record.stop"}"#);
    assert_eq!(wire.hear(), json!({ "id": 4, "done": null }));
}

#[test]
fn answers_come_when_they_are_there_in_whatever_order() {
    let waiting: Arc<Mutex<Vec<Reply>>> = Arc::default();
    let (came, comes) = mpsc::channel();
    let door = TestDoor::new({
        let waiting = Arc::clone(&waiting);
        move |_, reply| {
            waiting.lock().unwrap().push(reply);
            came.send(()).unwrap();
        }
    });
    let house = House::open(door);
    let mut wire = greeted(&house);
    for id in 0..3 {
        wire.say(&format!(r#"{{"id": {id}, "line": "record.stop"}}"#));
        comes.recv().unwrap();
    }
    for id in [2, 1, 0] {
        let reply = waiting.lock().unwrap().pop().unwrap();
        reply(Outcome::Done(json!(id)));
        assert_eq!(wire.hear(), json!({ "id": id, "done": id }));
    }
}

#[test]
fn a_request_that_is_forgotten_is_answered_too() {
    let house = House::open(TestDoor::new(|_, reply| drop(reply)));
    let mut wire = greeted(&house);
    wire.say(r#"{"id": 1, "line": "record.stop"}"#);
    assert_eq!(wire.hear()["failed"], "Skyreel ended before it was done");
}

#[test]
fn what_was_asked_before_the_end_is_answered_before_the_end() {
    let (reply_to, replies) = mpsc::channel::<Reply>();
    let house = House::open(TestDoor::new(move |_, reply| reply_to.send(reply).unwrap()));
    let mut wire = greeted(&house);
    wire.say(r#"{"id": 1, "line": "window.quit"}"#);
    let reply = replies.recv().unwrap();
    reply(Outcome::DONE);
    house.server.stop();
    assert_eq!(wire.hear(), json!({ "id": 1, "done": null }));
    assert_eq!(wire.hear_close(), 1001);
}
