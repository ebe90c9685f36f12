//! What `skyreel ctl` prints, and how it ends.

use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use serde_json::{Value as Json, json};
use skyreel_core::command::{Command, Origin, ScriptCommand, said};
use skyreel_core::event::Said;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::snapshot::{ConsoleLine, ConsoleView, RunningScript, Snapshot, Weight};
use skyreel_faces::cli::Cli;
use skyreel_faces::ctl::{Client, ClientError, Ending};
use skyreel_faces::door::Stage;

use super::{ctl, ctl_with_input, folder, offer};
use crate::support;
use crate::web::TestDoor;

#[test]
fn what_became_of_a_call_is_printed_and_told_to_the_shell() {
    for (outcome, expected) in [
        (Outcome::DONE, (Ending::Done, "", "")),
        (Outcome::Done(json!(12.5)), (Ending::Done, "12.5\n", "")),
        (Outcome::Done(json!("a text")), (Ending::Done, "a text\n", "")),
        (Outcome::Done(json!({ "a": [1] })), (Ending::Done, "{\"a\":[1]}\n", "")),
        (Outcome::Failed("disk full".into()), (Ending::Failed, "", "error: disk full\n")),
        (Refusal::Other("not now".into()).into(), (Ending::Failed, "", "error: not now\n")),
    ] {
        let temporary = tempfile::tempdir().unwrap();
        let folder = folder(&temporary);
        let door = TestDoor::new(move |_, reply| reply(outcome.clone()));
        let _running = offer(&folder, None, door, &Stage::default());
        let (ending, out, err) = ctl(&folder, &["record.stop"]);
        assert_eq!((ending, &out[..], &err[..]), expected);
    }
}

#[test]
fn words_are_taken_as_the_shell_hands_them_over() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let door = TestDoor::that_does(Json::Null);
    let _running = offer(&folder, None, door.clone(), &Stage::default());
    let code = "print(\"a b\") x = 5";
    for (words, expected) in [
        (&["record.start", "Saturn tour"][..], said("record.start \"Saturn tour\"").unwrap()),
        (
            &["record.start", "description=For us"],
            said("record.start description=\"For us\"").unwrap(),
        ),
        (&["journey.move", "[3,4]", "-1.5"], said("journey.move [3,4] -1.5").unwrap()),
        (&["--timeout", "3", "play.seek", "12.5"], said("play.seek 12.5").unwrap()),
        (
            &["script.run", code],
            Command::Script(ScriptCommand::Run { code: code.into(), name: None, wait: false }),
        ),
        (
            &["script.run", "code=name=5"],
            Command::Script(ScriptCommand::Run { code: "name=5".into(), name: None, wait: false }),
        ),
    ] {
        let told = ctl(&folder, words);
        assert_eq!(told, (Ending::Done, String::new(), String::new()), "{words:?}");
        assert_eq!(door.came()[0].0, expected, "{words:?}");
        assert!(door.came().is_empty());
    }
}

#[test]
fn what_cannot_be_asked_says_why_and_what_to_do() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let none = ctl(&folder, &["record.stop"]);
    let expected = "error: no Skyreel is running; start one with: skyreel\n";
    assert_eq!(none, (Ending::NotRunning, String::new(), expected.to_owned()));
    assert_eq!(ctl(&folder, &["list"]), (Ending::Done, String::new(), String::new()));
    let stage = Stage::default();
    let door = TestDoor::that_does(Json::Null);
    let _main = offer(&folder, None, door.clone(), &stage);
    let _dome = offer(&folder, Some("dome"), door.clone(), &stage);
    for (words, ending, complaint) in [
        (
            &["record.stop"][..],
            Ending::Usage,
            "2 Skyreels are running: dome, main; choose one with --name",
        ),
        (
            &["--name", "hall", "record.stop"],
            Ending::NotRunning,
            "'hall' is running; running: dome, main",
        ),
        (&["record.stopp"], Ending::Usage, "did you mean 'record.stop'"),
        (&["play.seek"], Ending::Usage, "play.seek at_s"),
        (&["play.seek", "1", "2"], Ending::Usage, "one argument too many"),
        (&["record.stop", "--name", "dome"], Ending::Usage, "skyreel ctl --name … record.stop"),
        (&["record.stop", "--name=dome"], Ending::Usage, "options stand before the call"),
    ] {
        let (told, out, err) = ctl(&folder, words);
        assert_eq!((told, &out[..]), (ending, ""), "{words:?} {err}");
        assert!(err.contains(complaint), "{words:?} {err}");
    }
    assert!(door.came().is_empty());
    assert_eq!(ctl(&folder, &["--name", "dome", "record.stop"]).0, Ending::Done);
    assert_eq!(door.came().len(), 1);
    let (_, list, _) = ctl(&folder, &["list"]);
    assert_eq!(list.lines().count(), 2);
    assert!(list.starts_with("dome  127.0.0.1:"), "{list}");
    let (_, list, _) = ctl(&folder, &["list", "--json"]);
    assert!(!list.contains("secret") && list.contains("\"name\":\"main\""), "{list}");
    for words in [&["skyreel", "ctl"][..], &["skyreel", "ctl", "--timeout", "0", "list"]] {
        assert_eq!(Cli::try_parse_from(words).unwrap_err().exit_code(), 2);
    }
}

#[test]
fn a_call_tells_how_it_is_made_without_anybody_running() {
    let temporary = tempfile::tempdir().unwrap();
    let (ending, out, _) = ctl(&folder(&temporary), &["record.start", "--help"]);
    assert_eq!(ending, Ending::Done);
    for part in ["Begin to record.", "skyreel ctl record.start [name] [description]", "for people"]
    {
        assert!(out.contains(part), "{out}");
    }
}

#[test]
fn one_that_does_not_answer_is_not_waited_for_for_ever() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let waiting = std::sync::Mutex::new(Vec::new());
    let door = TestDoor::new(move |_, reply| waiting.lock().unwrap().push(reply));
    let _running = offer(&folder, None, door, &Stage::default());
    let (ending, _, err) = ctl(&folder, &["--timeout", "0.05", "record.stop"]);
    assert_eq!(ending, Ending::Failed);
    assert_eq!(
        err,
        "error: 'main' did not answer within 0.05 s; it may be busy (--timeout waits longer)\n"
    );
}

#[test]
fn one_that_ends_or_is_somebody_else_is_told_as_such() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let stage = Stage::default();
    let offered = offer(&folder, None, TestDoor::that_does(Json::Null), &stage);
    let instance = folder.running().unwrap().remove(0);
    let patience = Duration::from_secs(20);
    let mut client = Client::connect(&instance, patience).unwrap();
    assert_eq!(client.say("record.stop").unwrap(), Outcome::DONE);
    let mut stranger = instance.clone();
    stranger.secret = skyreel_faces::web::Secret::new().unwrap();
    let error = Client::connect(&stranger, patience).unwrap_err();
    assert!(matches!(&error, ClientError::NotLetIn { .. }), "{error}");
    assert!(error.to_string().contains("401 the secret is missing or wrong"), "{error}");
    offered.close();
    assert!(matches!(client.say("record.stop"), Err(ClientError::Gone { .. })));
    let error = Client::connect(&instance, patience).unwrap_err();
    assert!(matches!(&error, ClientError::NoConnection { .. }), "{error}");
}

#[test]
fn the_status_is_a_few_lines_or_all_of_it_as_json() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let stage = Stage::default();
    let _running = offer(&folder, None, TestDoor::that_does(Json::Null), &stage);
    let snapshot = Snapshot { number: 1, mode: support::recording(), ..Snapshot::default() };
    let mut whole = skyreel_faces::web::state(&snapshot);
    stage.show(&Arc::new(snapshot));
    let (ending, out, _) = ctl(&folder, &["status"]);
    assert_eq!(ending, Ending::Done);
    assert!(
        out.starts_with(
            "main: Skyreel 1.2.3\nmode     recording Saturn tour, 72.5 s, 4350 frames\n"
        ),
        "{out}"
    );
    assert!(out.contains("clock    2000-01-01T"), "{out}");
    let (_, out, _) = ctl(&folder, &["status", "--json", "--all"]);
    assert_eq!(serde_json::from_str::<Json>(&out).unwrap(), Json::Object(whole.clone()));
    whole["console"].as_object_mut().unwrap().remove("words").unwrap();
    whole["scene"].as_object_mut().unwrap().remove("properties").unwrap();
    let (_, out, _) = ctl(&folder, &["status", "--json"]);
    assert_eq!(serde_json::from_str::<Json>(&out).unwrap(), Json::Object(whole));
}

#[test]
fn the_status_tells_nothing_of_what_is_over() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let stage = Stage::default();
    let _running = offer(&folder, None, TestDoor::that_does(Json::Null), &stage);
    for (ended, is_told) in [(None, true), (Some("it was stopped"), false)] {
        let edit = Some(support::edit(ended));
        let notices = Arc::new([support::notice(1, Weight::Info, "said long ago")]);
        let number = if ended.is_some() { 2 } else { 1 };
        stage.show(&Arc::new(Snapshot { number, edit, notices, ..Snapshot::default() }));
        let (_, out, _) = ctl(&folder, &["status"]);
        assert_eq!(out.contains("\nedit "), is_told, "{out}");
        assert!(!out.contains("said long ago"), "{out}");
    }
}

#[test]
fn watching_tells_what_changes_until_it_ends() {
    for (words, expected) in [
        (&["watch"][..], &["mode     recording Saturn tour", "mode     idle"][..]),
        (&["watch", "--json"], &["{\"snapshot\":1,\"state\":", "{\"changes\":{\"mode\":\"idle\"}"]),
        (
            &["watch", "--json", "--all"],
            &["{\"snapshot\":1,\"state\":", "{\"changes\":{\"mode\":\"idle\"}"],
        ),
    ] {
        let temporary = tempfile::tempdir().unwrap();
        let folder = folder(&temporary);
        let stage = Stage::default();
        let offered = offer(&folder, None, TestDoor::that_does(Json::Null), &stage);
        let recording = Snapshot { number: 1, mode: support::recording(), ..Snapshot::default() };
        stage.show(&Arc::new(recording));
        let (seen, sees) = std::sync::mpsc::channel();
        let out = std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let (mut out, mut err) = (Told { seen, all: String::new() }, Vec::new());
                let mut input = std::io::empty();
                let mut streams =
                    skyreel_faces::ctl::Streams { input: &mut input, out: &mut out, err: &mut err };
                let ending = skyreel_faces::ctl::run(&super::parsed(words), &folder, &mut streams);
                assert_eq!((ending.unwrap(), err), (Ending::Done, Vec::new()));
                out.all
            });
            sees.recv().unwrap();
            stage.show(&Arc::new(Snapshot { number: 2, ..Snapshot::default() }));
            sees.recv().unwrap();
            offered.close();
            watcher.join().unwrap()
        });
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), expected.len(), "{out}");
        for (line, expected) in lines.iter().zip(expected) {
            assert!(line.starts_with(expected), "{line}");
        }
    }
}

#[test]
fn watching_tells_nothing_of_a_script_that_waits_and_what_is_over_only_as_news() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let stage = Stage::default();
    let offered = offer(&folder, None, TestDoor::that_does(Json::Null), &stage);
    let at = |number: u64, does: &str, notice: &str| {
        let running = vec![RunningScript { script: 1, name: "show".into(), does: does.to_owned() }];
        let console = Arc::new(ConsoleView { running, ..ConsoleView::default() });
        let notices = Arc::new([support::notice(number, Weight::Info, notice)]);
        stage.show(&Arc::new(Snapshot { number, console, notices, ..Snapshot::default() }));
    };
    at(1, "waits 3 s more", "old");
    let (seen, sees) = std::sync::mpsc::channel();
    let out = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let (mut out, mut err) = (Told { seen, all: String::new() }, Vec::new());
            let mut input = std::io::empty();
            let mut streams =
                skyreel_faces::ctl::Streams { input: &mut input, out: &mut out, err: &mut err };
            skyreel_faces::ctl::run(&super::parsed(&["watch"]), &folder, &mut streams).unwrap();
            out.all
        });
        let states =
            [(2, "waits 2 s more", "old"), (3, "waits 1 s more", "new"), (4, "runs", "new")];
        for (number, does, notice) in states {
            sees.recv().unwrap();
            at(number, does, notice);
        }
        sees.recv().unwrap();
        offered.close();
        watcher.join().unwrap()
    });
    assert_eq!(out, "mode     idle\nscript   show: waits\nnotice   new\nscript   show: runs\n");
}

/// Tells whenever what was printed is to be seen.
struct Told {
    seen: std::sync::mpsc::Sender<()>,
    all: String,
}

impl std::io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.all += std::str::from_utf8(bytes).unwrap();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.seen.send(()).unwrap();
        Ok(())
    }
}

/// A door behind which scripts say these lines, then end.
fn talkative(stage: &Stage, script: u64, says: &'static [(Said, &'static str)]) -> Arc<TestDoor> {
    let stage = stage.clone();
    TestDoor::new(move |_, reply| {
        reply(Outcome::Done(json!(script)));
        let running = vec![RunningScript { script, name: "console".into(), does: "runs".into() }];
        let mut lines = vec![line(1, script + 1, Said::Printed, "of another script")];
        for (at, (said, text)) in says.iter().enumerate() {
            lines.push(line(at as u64 + 2, script, *said, text));
            show(&stage, at as u64 + 2, &lines, running.clone());
        }
        show(&stage, 100, &lines, Vec::new());
    })
}

fn line(number: u64, script: u64, said: Said, text: &str) -> ConsoleLine {
    let at_line = (said == Said::Refused).then_some(3);
    ConsoleLine { number, script, said, origin: Origin::CommandLine, text: text.into(), at_line }
}

fn show(stage: &Stage, number: u64, lines: &[ConsoleLine], running: Vec<RunningScript>) {
    let console = ConsoleView { lines: lines.into(), running, words: Arc::from([]) };
    stage.show(&Arc::new(Snapshot { number, console: Arc::new(console), ..Snapshot::default() }));
}

#[test]
fn a_script_prints_what_it_says_and_ends_when_it_ends() {
    use Said::{Printed, Refused, Returned, Typed};
    for (says, expected) in [
        (
            &[(Typed, "code"), (Printed, "one\ntwo"), (Returned, "3")][..],
            (Ending::Done, "one\ntwo\n3\n", ""),
        ),
        (&[(Typed, "code")], (Ending::Done, "", "")),
        (
            &[(Typed, "code"), (Printed, "one"), (Refused, "no such node")],
            (Ending::Failed, "one\n", "error: line 3: no such node\n"),
        ),
        // The place is told once.
        (
            &[(Typed, "code"), (Refused, "console:3: no such node")],
            (Ending::Failed, "", "error: console:3: no such node\n"),
        ),
    ] {
        for (words, input) in [(["lua", "the code"], ""), (["lua", "-"], "the code")] {
            let temporary = tempfile::tempdir().unwrap();
            let folder = folder(&temporary);
            let stage = Stage::default();
            // What was said before is not this script's, whatever its number.
            show(&stage, 1, &[line(1, 8, Printed, "long ago")], Vec::new());
            let door = talkative(&stage, 7, says);
            let _running = offer(&folder, None, door.clone(), &stage);
            let (ending, out, err) = ctl_with_input(&folder, &words, input);
            assert_eq!((ending, &out[..], &err[..]), expected);
            let run = ScriptCommand::Run { code: "the code".into(), name: None, wait: false };
            assert_eq!(door.came()[0].0, Command::Script(run));
        }
    }
}

#[test]
fn a_script_that_is_refused_says_so() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let refusal = Refusal::Other("there are no scripts here".into());
    let door = TestDoor::new(move |_, reply| reply(refusal.clone().into()));
    let _running = offer(&folder, None, door, &Stage::default());
    let (ending, _, err) = ctl(&folder, &["lua", "x"]);
    assert_eq!((ending, &err[..]), (Ending::Failed, "error: there are no scripts here\n"));
}
