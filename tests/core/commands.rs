//! Commands: what the catalogue says is what can be said, and the gate lets through who may.

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use skyreel_core::command::{
    CATALOGUE, Command, NotACommand, Origin, PlayCommand, RecordCommand, Request, RequestId,
    SceneCommand, row, said, said_in,
};
use skyreel_core::gate::Gate;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::role::Role;
use skyreel_core::value::Value;

const ROLES: [Role; 3] = [Role::Viewer, Role::Presenter, Role::Administrator];

/// The names that serde says it would have taken in place of one that nobody has.
fn expected_in(error: &str) -> BTreeSet<String> {
    let (_, expected) = error.split_once("expected").unwrap_or(("", ""));
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn error_of(json: Json) -> String {
    serde_json::from_value::<Command>(json).unwrap_err().to_string()
}

fn arguments_of(call: &str) -> BTreeSet<String> {
    let (group, name) = call.split_once('.').unwrap();
    expected_in(&error_of(json!({ group: { name: { "nobody has this": 1 } } })))
}

#[test]
fn the_catalogue_has_every_command_and_no_other() {
    let groups = expected_in(&error_of(json!({ "nobody has this": {} })));
    let mut calls = BTreeSet::new();
    for group in &groups {
        let names = expected_in(&error_of(json!({ group: { "nobody has this": {} } })));
        assert!(!names.is_empty(), "{group}");
        calls.extend(names.into_iter().map(|name| format!("{group}.{name}")));
    }
    let listed: Vec<String> = CATALOGUE.iter().map(|row| row.call.to_owned()).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), calls);
    assert_eq!(listed.len(), calls.len(), "one is listed twice");
}

#[test]
fn every_row_has_exactly_the_arguments_of_its_command() {
    for row in CATALOGUE {
        let listed: BTreeSet<String> = row.params.iter().map(|p| p.name.to_owned()).collect();
        assert_eq!(listed.len(), row.params.len(), "{}: one is listed twice", row.call);
        assert_eq!(listed, arguments_of(row.call), "{}", row.call);
    }
}

#[test]
fn what_is_optional_can_be_left_out_and_nothing_else() {
    for row in CATALOGUE {
        let command = said(row.example).unwrap();
        let (_, arguments) = command.words();
        for param in row.params {
            let mut fewer = arguments.clone();
            fewer.remove(param.name);
            let found = Command::from_words(row.call, fewer);
            assert_eq!(found.is_ok(), param.is_optional, "{} without {}", row.call, param.name);
        }
    }
}

#[test]
fn what_is_needed_comes_before_what_is_optional() {
    for row in CATALOGUE {
        let optional: Vec<bool> = row.params.iter().map(|p| p.is_optional).collect();
        assert!(optional.is_sorted(), "{}", row.call);
    }
}

#[test]
fn every_example_says_its_command() {
    for row in CATALOGUE {
        let command = said(row.example).unwrap_or_else(|error| panic!("{error}"));
        let (call, arguments) = command.words();
        assert_eq!(call, row.call);
        assert_eq!(command.group().name(), call.split('.').next().unwrap());
        let names: BTreeSet<&str> = row.params.iter().map(|p| p.name).collect();
        assert!(arguments.keys().all(|name| names.contains(name.as_str())), "{arguments:?}");
        assert_eq!(Command::from_words(&call, arguments), Ok(command.clone()), "{call}");
        let json = serde_json::to_string(&command).unwrap();
        assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
    }
}

#[test]
fn help_can_be_read() {
    for row in CATALOGUE {
        assert!(row.usage().starts_with(row.call));
        assert!(row.help.ends_with('.') && row.help.len() < 60, "{}: {}", row.call, row.help);
        for param in row.params {
            assert!(
                !param.help.is_empty() && !param.kind.is_empty(),
                "{} {}",
                row.call,
                param.name
            );
        }
    }
    let usage = "play.start recording [force_time] [speed] [at_end] [from_s] [to_s]";
    assert_eq!(row("play.start").unwrap().usage(), usage);
}

#[test]
fn words_become_commands() {
    let start = |name: Option<&str>, description: Option<&str>, text| {
        Command::Record(RecordCommand::Start {
            name: name.map(str::to_owned),
            description: description.map(str::to_owned),
            text,
            overwrite: None,
        })
    };
    let set = |value| {
        let path = "Desk.Lamp".to_owned();
        Command::Scene(SceneCommand::Set { path, value, over_s: None, easing: None })
    };
    for (line, command) in [
        ("record.start", start(None, None, None)),
        ("  record.start   tour ", start(Some("tour"), None, None)),
        ("record.start 2026", start(Some("2026"), None, None)),
        ("record.start \"a b\"", start(Some("a b"), None, None)),
        ("record.start \"name=x\"", start(Some("name=x"), None, None)),
        ("record.start name=a=b", start(Some("a=b"), None, None)),
        ("record.start a-b=c", start(Some("a-b=c"), None, None)),
        ("record.start description=\"a b\" x", start(Some("x"), Some("a b"), None)),
        ("record.start text=true", start(None, None, Some(true))),
        ("record.start text=on", start(None, None, Some(true))),
        ("record.start text=off", start(None, None, Some(false))),
        ("record.start \"\"", start(Some(""), None, None)),
        ("play.seek 12.5", Command::Play(PlayCommand::Seek { at_s: 12.5 })),
        ("play.seek at_s=-1e3", Command::Play(PlayCommand::Seek { at_s: -1000.0 })),
        ("scene.set Desk.Lamp true", set(Value::Bool(true))),
        ("scene.set Desk.Lamp 3", set(Value::Number(3.0))),
        ("scene.set Desk.Lamp on", set(Value::Text("on".into()))),
        ("scene.set Desk.Lamp [1,2]", set(Value::Numbers([1.0, 2.0].into()))),
    ] {
        assert_eq!(said(line), Ok(command), "{line}");
    }
}

#[test]
fn what_is_no_command_is_refused_with_what_would_be() {
    let unknown = [
        ("", None),
        ("nonsense", None),
        ("xyz.abc", None),
        ("play", Some("play.")),
        ("play.sek 3", Some("play.seek")),
        ("play.seeek 3", Some("play.seek")),
        ("Play.Seek 3", Some("play.seek")),
        ("clock.ratee 3", Some("clock.rate")),
        ("scene.", Some("scene.")),
    ];
    for (line, wanted) in unknown {
        let Err(NotACommand::Unknown { found, nearest }) = said(line) else { panic!("{line}") };
        assert_eq!(found, line.split(' ').next().unwrap());
        match wanted {
            Some(wanted) => assert!(nearest.as_ref().unwrap().starts_with(wanted), "{nearest:?}"),
            None => assert_eq!(nearest, None, "{line}"),
        }
    }
    let arguments = [
        ("play.seek", "at_s is missing (number: seconds"),
        ("play.seek 1 2", "'2' is one argument too many"),
        ("play.seek 1 at_s=2", "at_s is given twice"),
        ("play.seek at=1", "play.seek: it has no argument 'at'; it is called"),
        ("scene.set a 1 over=2", "it has no argument 'over'; did you mean 'over_s'?"),
        ("journey.add_property a 1 duration=2", "it has no argument 'duration'; it is called"),
        ("record.start a=b", "it has no argument 'a';"),
        ("play.seek soon", "at_s is a number, not 'soon'"),
        ("play.seek [1]", "at_s is a number, not [1]"),
        ("record.start text=yes", "text is on or off (true or false), not 'yes'"),
        ("journey.move 3 1", "keys is a list of numbers, not 3"),
        ("journey.update 1.5", "expected a whole number, 0 or more, found 1.5"),
        ("play.stop now", "'now' is one argument too many"),
        ("play.speed 0", "0.25 to 8"),
        ("play.speed 9", "0.25 to 8"),
        ("play.at_end never", "what is hold, return or loop, not 'never'"),
        ("scene.set a 1 easing=Slowly", "QuadraticEaseIn"),
        ("navigate.pose Earth [1,2] [1,0,0,0]", "position_m is a list of 3 numbers, not [1,2]"),
        ("view.layout 300", "count is 1, 2 or 4, not 300"),
    ];
    for (line, part) in arguments {
        let error = said(line).unwrap_err();
        let NotACommand::Arguments { call, usage, .. } = &error else { panic!("{line}: {error}") };
        assert_eq!(usage, &row(call).unwrap().usage());
        assert!(error.to_string().contains(part), "{error}");
    }
    let error = Command::from_words("play.seek", Map::from_iter([("at".to_owned(), json!(1))]));
    assert!(error.unwrap_err().to_string().contains("it has no argument 'at'"));
}

#[test]
fn code_may_look_like_an_argument_by_name() {
    let words = |words: [&str; 2]| said_in(words.map(str::to_owned));
    let run = |code: &str| said(&format!("script.run \"{code}\""));
    assert_eq!(words(["script.run", "x=1"]), run("x=1"));
    assert_eq!(words(["script.run", "code=x=1"]), run("x=1"));
}

#[test]
fn no_type_of_the_programs_own_is_named_in_a_complaint() {
    let odd =
        [json!("x"), json!(-1.5), json!(true), json!([]), json!(["x"]), json!({}), json!(null)];
    for row in CATALOGUE {
        let (_, arguments) = said(row.example).unwrap().words();
        for param in row.params {
            for value in &odd {
                let mut wrong = arguments.clone();
                wrong.insert(param.name.to_owned(), value.clone());
                let Err(error) = Command::from_words(row.call, wrong) else { continue };
                let error = error.to_string();
                let names =
                    ["f64", "u32", "u64", "i32", "usize", "variant", "invalid type", "null"];
                let named = names.iter().find(|name| error.contains(**name));
                assert_eq!(named, None, "{error}");
            }
        }
    }
}

fn request(id: u64, role: Role, command: Command) -> Request {
    Request { id: RequestId(id), origin: Origin::Network, role, command }
}

#[test]
fn who_may_not_changes_nothing_and_is_noted() {
    let mut gate = Gate::default();
    let mut count = 0;
    for row in CATALOGUE {
        for role in ROLES {
            let command = said(row.example).unwrap();
            let obeyed = Cell::new(0);
            let outcome = gate.pass(request(count, role, command.clone()), |passed| {
                assert_eq!(passed, command);
                obeyed.set(obeyed.get() + 1);
                Outcome::Done(json!(7))
            });
            let may = role >= row.role;
            assert_eq!(obeyed.get(), u32::from(may), "{} as {role}", row.call);
            if may {
                assert_eq!(outcome, Outcome::Done(json!(7)));
            } else {
                let refusal =
                    Refusal::Role { call: row.call.to_owned(), is: role, needed: row.role };
                assert_eq!(outcome, Outcome::Refused(refusal));
            }
            let line = gate.lines().next_back().unwrap();
            let noted = (line.id, line.origin, line.role, line.call.as_str(), &line.outcome);
            assert_eq!(noted, (RequestId(count), Origin::Network, role, row.call, &outcome));
            assert_eq!(line.arguments, command.words().1);
            count += 1;
            assert_eq!(gate.count(), count);
        }
    }
}

#[test]
fn who_only_watches_can_look_and_nothing_else() {
    let for_all: Vec<&str> =
        CATALOGUE.iter().filter(|row| row.role == Role::Viewer).map(|row| row.call).collect();
    let looking = [
        "scene.get",
        "navigate.get",
        "library.list",
        "library.refresh",
        "journey.keys",
        "journey.length",
        "journey.at",
    ];
    assert_eq!(for_all, looking);
}

#[test]
fn the_gate_keeps_the_last_thousand_lines() {
    let mut gate = Gate::default();
    for id in 0..2500 {
        gate.pass(request(id, Role::Viewer, said("play.stop").unwrap()), |_| Outcome::DONE);
    }
    let kept: Vec<u64> = gate.lines().map(|line| line.id.0).collect();
    assert_eq!((kept.len(), kept[0], kept[999], gate.count()), (1000, 1500, 2499, 2500));
}

#[test]
fn what_was_not_done_says_why_to_a_person() {
    let role = Refusal::Role {
        call: "window.setting".to_owned(),
        is: Role::Presenter,
        needed: Role::Administrator,
    };
    let unknown = Refusal::Unknown {
        what: "node",
        found: "Erth".to_owned(),
        nearest: Some("Earth".to_owned()),
    };
    for (outcome, words) in [
        (Outcome::DONE, None),
        (role.into(), Some("'window.setting' is for administrators; you are a presenter")),
        (unknown.into(), Some("there is no node 'Erth'; did you mean 'Earth'?")),
        (Outcome::Failed("the disk is full".to_owned()), Some("the disk is full")),
    ] {
        assert_eq!(outcome.complaint().as_deref(), words);
        assert_eq!(outcome.is_done(), words.is_none());
    }
}
