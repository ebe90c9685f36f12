//! The program under test: started in a home of its own, watched with patience that ends.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::display::Display;

/// How long anything may take on a busy machine that draws in software.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks.
const INTERVAL: Duration = Duration::from_millis(20);

/// Asks again and again until there is an answer.
#[track_caller]
pub fn until<T>(ask: impl FnMut() -> Option<T>) -> T {
    match in_time(ask) {
        Some(answer) => answer,
        None => panic!("still waiting after {PATIENCE:?}"),
    }
}

/// The same; `None` where none comes in time.
pub fn in_time<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        thread::sleep(INTERVAL);
    }
    None
}

/// A user's home, empty at first. Its path is short, so that it is shown in one line.
pub struct Home(TempDir);

impl Home {
    /// A new one.
    pub fn new() -> Self {
        Self(tempfile::Builder::new().prefix("s").rand_bytes(4).tempdir().unwrap())
    }

    /// A file in it, written first.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// A place in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Where recordings are.
    pub fn recordings(&self) -> PathBuf {
        self.path(".local/share/skyreel/recordings")
    }

    /// What the program says when it is asked something that needs no window.
    pub fn ask<S: AsRef<OsStr>>(&self, words: &[S]) -> String {
        let answer = self.program().args(words).output().unwrap();
        let stderr = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "{stderr}");
        String::from_utf8(answer.stdout).unwrap()
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_skyreel"));
        command.env_remove("DISPLAY").env_remove("RUST_LOG").env("HOME", self.0.path());
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
        // Without it graphics drivers have a line of their own to say.
        command.env("XDG_RUNTIME_DIR", self.0.path()).env("NO_COLOR", "1");
        command
    }
}

/// A running program; killed when it is let go of.
pub struct Program {
    child: Child,
    said: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

/// How it ended.
pub struct Ended {
    /// Exit status.
    pub code: Option<i32>,
    /// What it had to say.
    pub stderr: String,
}

impl Program {
    /// Starts it in a home.
    pub fn start<S: AsRef<OsStr>>(home: &Home, words: &[S], display: Option<&Display>) -> Self {
        let mut command = home.program();
        command.args(words).stdin(Stdio::null()).stderr(Stdio::piped());
        if let Some(display) = display {
            command.env("DISPLAY", display.name());
        }
        let mut child = command.spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (lines, heard) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&said));
        let reader = thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                *heard.lock().unwrap() += &format!("{line}\n");
            }
        });
        Self { child, said, reader: Some(reader) }
    }

    /// Fails the test where it has ended, with what it had to say.
    pub fn must_run(&mut self) {
        if let Some(status) = self.child.try_wait().unwrap() {
            panic!("it ended with {status}: {}", self.said());
        }
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it says something.
    #[track_caller]
    pub fn says(&self, words: &str) {
        let began = Instant::now();
        while !self.said().contains(words) {
            assert!(began.elapsed() < PATIENCE, "it did not say '{words}' but: {}", self.said());
            thread::sleep(INTERVAL);
        }
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Ended {
        let status = until(|| self.child.try_wait().unwrap());
        self.reader.take().unwrap().join().unwrap();
        Ended { code: status.code(), stderr: self.said() }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
