//! The program under test: started on a recording, watched with patience that ends.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::display::Display;

/// How long anything may take on a busy machine that draws in software.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks.
const INTERVAL: Duration = Duration::from_millis(20);

/// Asks again and again until there is an answer.
#[track_caller]
pub fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < PATIENCE, "still waiting after {PATIENCE:?}");
        thread::sleep(INTERVAL);
    }
}

/// A running program; killed when it is let go of.
pub struct Program(Child);

/// How it ended.
pub struct Ended {
    /// Exit status.
    pub code: Option<i32>,
    /// What it had to say.
    pub stderr: String,
}

impl Program {
    /// Starts it on a recording that is written to `name` first.
    pub fn start(name: &str, recording: &str, display: Option<&Display>) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let folder = path.parent().unwrap();
        fs::create_dir_all(folder).unwrap();
        fs::write(&path, recording).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_skyreel"));
        command.arg(&path).stdin(Stdio::null()).stderr(Stdio::piped());
        command.env_remove("DISPLAY").env_remove("RUST_LOG");
        // Without it graphics drivers have a line of their own to say.
        command.env("XDG_RUNTIME_DIR", folder);
        if let Some(display) = display {
            command.env("DISPLAY", display.name());
        }
        Self(command.spawn().unwrap())
    }

    /// Fails the test where it has ended, with what it had to say.
    pub fn must_run(&mut self) {
        if let Some(status) = self.0.try_wait().unwrap() {
            panic!("it ended with {status}: {}", self.stderr());
        }
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Ended {
        let status = until(|| self.0.try_wait().unwrap());
        Ended { code: status.code(), stderr: self.stderr() }
    }

    fn stderr(&mut self) -> String {
        let mut text = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
