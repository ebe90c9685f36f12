//! `skyreel ctl`: a running Skyreel is driven by another process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// A Skyreel without a window, which runs until it is told to end.
struct Running {
    child: Child,
}

impl Running {
    fn start(home: &TempDir, name: &str) -> Self {
        let script = home.path().join("stay.lua");
        std::fs::write(&script, "print('here')\nwait_until(function() return ends end)").unwrap();
        let mut child = program(home.path())
            .args(["run", script.to_str().unwrap(), "--name", name, "--no-openspace-api"])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "here\n");
        Self { child }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended need not be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(home: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyreel"));
    program.env("HOME", home).env("XDG_RUNTIME_DIR", home);
    program.env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME");
    program
}

fn ctl(home: &TempDir, words: &[&str]) -> (Option<i32>, String, String) {
    let output = program(home.path()).arg("ctl").args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn done(home: &TempDir, words: &[&str]) -> String {
    let (code, stdout, stderr) = ctl(home, words);
    assert_eq!(code, Some(0), "{words:?}: {stdout}{stderr}");
    stdout
}

#[test]
fn a_running_skyreel_does_what_it_is_told_and_answers() {
    let home = tempdir().unwrap();
    let mut running = Running::start(&home, "main");
    done(&home, &["record.start", "From outside"]);
    let status: Value = serde_json::from_str(&done(&home, &["status", "--json"])).unwrap();
    assert_eq!(status["mode"]["recording"]["name"], "From outside");
    done(&home, &["scene.hide", "Stars"]);
    let stars = "Scene.Stars.Renderable.Enabled";
    assert_eq!(done(&home, &["scene.get", stars]).trim(), "false");
    done(&home, &["record.stop"]);
    let said = done(&home, &["lua", "print('from Lua')\nreturn 6 * 7"]);
    assert_eq!(said, "from Lua\n42\n");

    let (code, _, stderr) = ctl(&home, &["lua", "error('as asked')"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("as asked"), "{stderr}");
    let (code, _, stderr) = ctl(&home, &["play.seek", "3"]);
    assert_eq!(code, Some(1), "nothing plays");
    assert!(stderr.contains("playing"), "{stderr}");
    let (code, _, stderr) = ctl(&home, &["recrod.start"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("did you mean"), "{stderr}");

    // It may have ended before it has told that it did.
    ctl(&home, &["lua", "ends = true"]);
    assert!(running.child.wait().unwrap().success());
    let (code, _, stderr) = ctl(&home, &["status"]);
    assert_eq!(code, Some(4), "{stderr}");
    assert!(stderr.contains("no Skyreel is running"), "{stderr}");
}

#[test]
fn of_two_each_is_driven_by_its_name_and_a_dead_one_is_in_nobodys_way() {
    let home = tempdir().unwrap();
    let mut one = Running::start(&home, "main");
    let _other = Running::start(&home, "dome");
    let (code, _, stderr) = ctl(&home, &["status"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("dome") && stderr.contains("main"), "{stderr}");
    done(&home, &["--name", "dome", "scene.hide", "Stars"]);
    let stars =
        |name: &str| done(&home, &["--name", name, "scene.get", "Scene.Stars.Renderable.Enabled"]);
    assert_eq!((stars("main").trim(), stars("dome").trim()), ("true", "false"));

    one.child.kill().unwrap();
    one.child.wait().unwrap();
    let listed = done(&home, &["list"]);
    assert!(listed.contains("dome") && !listed.contains("main"), "{listed}");
    assert_eq!(done(&home, &["scene.get", "Scene.Stars.Renderable.Enabled"]).trim(), "false");
}

#[test]
fn what_was_flown_before_a_journeys_time_was_moved_is_had_again() {
    let home = tempdir().unwrap();
    let _running = Running::start(&home, "main");
    let json = |words: &[&str]| serde_json::from_str::<Value>(&done(&home, words)).unwrap();
    let place = || {
        let at = json(&["navigate.get"]);
        let x = |axis: usize| at["position_m"][axis].as_f64().unwrap();
        (at["anchor"].clone(), [x(0), x(1), x(2)])
    };
    // What is told of it is as old as a frame.
    let becomes = |is_flown: bool, can_go_back: bool| {
        let is_so = |journey: &Value| {
            journey["is_flown"] == is_flown && journey["can_go_back"] == can_go_back
        };
        let so = (0..200).any(|_| is_so(&json(&["status", "--json"])["journey"]));
        assert!(so, "it never became {is_flown}, {can_go_back}");
    };
    done(&home, &["journey.add_key", "0"]);
    let key = place();
    done(&home, &["navigate.pose", "Earth", "[3e7,1e7,0]", "[1,0,0,0]"]);
    let away = place();
    assert_ne!(key, away);
    becomes(true, false);
    done(&home, &["journey.seek", "0"]);
    assert_eq!(place(), key);
    becomes(false, true);
    done(&home, &["journey.back"]);
    assert_eq!(place(), away);
    becomes(true, false);
    done(&home, &["journey.add_key", "5"]);
    becomes(false, false);
    let (code, _, stderr) = ctl(&home, &["journey.back"]);
    assert_eq!(code, Some(1), "nothing was left behind");
    assert!(stderr.contains("nothing was left behind"), "{stderr}");

    // What is saved says where it is in words that people read.
    done(&home, &["navigate.pose", "Earth", "[0,3e7,0]", "[1,0,0,0]", "follow=true"]);
    done(&home, &["journey.add_key", "9"]);
    done(&home, &["journey.save", "Readable"]);
    let text =
        std::fs::read_to_string(home.path().join(".local/share/skyreel/recordings/Readable.ron"));
    let text = text.unwrap();
    assert!(text.contains("latitude: 0.0, longitude: 90.0, altitude: "), "{text}");
    assert!(text.contains("date: \"20"), "{text}");
    let (code, _, stderr) = ctl(&home, &["journey.save", "Readable"]);
    assert_eq!(code, Some(0), "its own file: {stderr}");
    done(&home, &["journey.new"]);
    done(&home, &["journey.add_key"]);
    let (code, _, stderr) = ctl(&home, &["journey.save", "Readable"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("already") && !stderr.contains("--"), "{stderr}");
}
