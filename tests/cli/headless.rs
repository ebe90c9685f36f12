//! `skyreel --headless`: all that the window does, without one, until it is told to end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Headless {
    child: Child,
    home: TempDir,
    /// What it said when it was ready.
    said: String,
}

impl Headless {
    fn start(words: &[&str]) -> Self {
        let home = tempdir().unwrap();
        let mut child = program(home.path())
            .args(["--headless", "--port", "0"])
            .args(words)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("menu for browsers") {
            assert_ne!(lines.read_line(&mut said).unwrap(), 0, "it ended: {said}");
        }
        // What it says later is in nobody's way.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self { child, home, said }
    }

    fn ctl(&self, words: &[&str]) -> String {
        let output = program(self.home.path()).arg("ctl").args(words).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {stderr}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn status(&self) -> Value {
        serde_json::from_str(&self.ctl(&["status", "--json"])).unwrap()
    }

    /// An answer to a request of a browser on this machine.
    fn http(&self, request: &str) -> String {
        let (_, rest) = self.said.split_once("localhost:").unwrap();
        let port: u16 = rest.split('/').next().unwrap().parse().unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let head = format!("\r\nHost: localhost:{port}\r\nConnection: close\r\n");
        stream.write_all(request.replacen("\r\n", &head, 1).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Waits for a state in which something is there.
    #[track_caller]
    fn until<T>(&self, look: impl Fn(&Value) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            let status = self.status();
            match look(&status) {
                Some(found) => return found,
                None => assert!(began.elapsed() < PATIENCE, "it is still so: {status}"),
            }
        }
    }

    fn ended(mut self) -> (Option<i32>, TempDir) {
        let code = self.child.wait().unwrap().code();
        let home = std::mem::replace(&mut self.home, tempdir().unwrap());
        (code, home)
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        // One that has ended need not be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(home: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyreel"));
    program.env_remove("DISPLAY").env("HOME", home).env("XDG_RUNTIME_DIR", home);
    program.env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME").env("NO_COLOR", "1");
    program
}

#[test]
fn a_browser_gets_the_menu_and_is_let_in_by_the_code_of_the_terminal() {
    let skyreel = Headless::start(&[]);
    assert!(skyreel.http("GET / HTTP/1.1\r\n\r\n").contains("<title>"));
    let code = skyreel.said.split("code: ").nth(1).unwrap().trim().to_owned();
    let body = json!({ "code": code }).to_string();
    let entered = skyreel.http(&format!(
        "POST /enter HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    assert!(entered.starts_with("HTTP/1.1 200") && entered.contains("\"secret\""), "{entered}");
    let invitation = skyreel.ctl(&["window.browser"]);
    assert!(invitation.contains("/#code="), "{invitation}");
}

#[test]
fn flights_go_on_and_hands_elsewhere_steer_without_a_window() {
    let skyreel = Headless::start(&[]);
    // There is none before the first frame.
    let distance_m = |status: &Value| status["navigation"]["distance_m"].as_f64();
    let before = skyreel.until(distance_m);
    skyreel.ctl(&["navigate.steer", "zoom=1", "for_s=2"]);
    skyreel.until(|status| distance_m(status).filter(|now| *now < before * 0.999));
    // In place of the hand that still steers.
    skyreel.ctl(&["navigate.fly_to", "Moon", "over_s=1"]);
    skyreel.until(|status| (status["navigation"]["focus"] == "Moon").then_some(()));
}

#[test]
fn who_is_told_to_end_ends_the_recording_first() {
    let skyreel = Headless::start(&[]);
    skyreel.ctl(&["record.start", "Last words"]);
    skyreel.until(|status| status["mode"]["recording"]["frames"].as_u64().filter(|n| *n > 10));
    let pid = skyreel.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let (code, home) = skyreel.ended();
    assert_eq!(code, Some(0));
    let recording = home.path().join(".local/share/skyreel/recordings/Last words.skyreel");
    let verified = program(home.path()).arg("verify").arg(&recording).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn a_recording_that_is_named_is_played() {
    let journey = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/small.ron");
    let skyreel = Headless::start(&[journey]);
    skyreel.until(|status| status["mode"]["playing"].as_object().map(|_| ()));
}

#[test]
fn beyond_this_machine_a_password_is_demanded() {
    let home = tempdir().unwrap();
    let ask = |words: &[&str], password: Option<&str>| {
        let mut program = program(home.path());
        program.args(["--headless", "--port", "0"]).args(words);
        if let Some(password) = password {
            program.env("SKYREEL_PASSWORD", password);
        }
        let output = program.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = ask(&["--bind", "0.0.0.0"], None);
    assert!(code == Some(1) && said.contains("--password-file"), "{said}");
    let (code, said) = ask(&["--bind", "0.0.0.0"], Some("short"));
    assert!(code == Some(1) && said.contains("8 characters"), "{said}");
    let (code, said) = ask(&["--password-file", "/nowhere"], None);
    assert!(code == Some(1) && said.contains("/nowhere"), "{said}");
}
