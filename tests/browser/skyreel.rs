//! The program under test: without a window, in a home of its own, on a port of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// How long anything may take on a busy machine that draws in software.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A user's home, with one recording in it that came from elsewhere.
pub struct Home(TempDir);

impl Home {
    /// A new one.
    pub fn new() -> Self {
        let home = Self(tempfile::Builder::new().prefix("s").rand_bytes(4).tempdir().unwrap());
        let journey = include_str!("../../assets/journeys/earth_to_moon.ron");
        std::fs::create_dir_all(home.recordings()).unwrap();
        std::fs::write(home.recordings().join("earth_to_moon.ron"), journey).unwrap();
        home
    }

    /// Where recordings are.
    pub fn recordings(&self) -> PathBuf {
        self.0.path().join(".local/share/skyreel/recordings")
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_skyreel"));
        command.env_remove("DISPLAY").env_remove("RUST_LOG").env("HOME", self.0.path());
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
        command.env("XDG_RUNTIME_DIR", self.0.path()).env("NO_COLOR", "1");
        command
    }

    /// Says a call to the program that runs in this home, as another face does; gives its answer.
    pub fn ctl(&self, words: &[&str]) -> String {
        let answer = self.program().arg("ctl").args(words).output().unwrap();
        let stderr = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "ctl {words:?}: {stderr}");
        String::from_utf8(answer.stdout).unwrap()
    }
}

/// A running program; killed when it is let go of.
pub struct Skyreel {
    child: Child,
    /// Where browsers find it.
    pub address: String,
    /// What lets them in.
    pub code: String,
    lines: Receiver<String>,
}

impl Skyreel {
    /// Starts it on any port, and waits until it has said where it is.
    pub fn start(home: &Home) -> Self {
        Self::start_on(home, 0)
    }

    /// The same on a port.
    pub fn start_on(home: &Home, port: u16) -> Self {
        let mut command = home.program();
        command.args(["--headless", "--no-openspace-api", "--port", &port.to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let (tell, lines) = channel();
        let (address, code) = (String::new(), String::new());
        // From here on it is killed whatever happens.
        let mut skyreel = Self { child: command.spawn().unwrap(), address, code, lines };
        let stderr = BufReader::new(skyreel.child.stderr.take().unwrap());
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                // Nobody listens any more once it has said where it is.
                let _ = tell.send(line);
            }
        });
        let mut said = String::new();
        loop {
            let Ok(line) = skyreel.lines.recv_timeout(PATIENCE) else {
                panic!("it did not say where browsers find it, but: {said}")
            };
            if let Some((address, code)) = invitation(&line) {
                (skyreel.address, skyreel.code) = (address, code);
                return skyreel;
            }
            said += &format!("{line}\n");
        }
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Skyreel {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address and the code in a line that tells both.
fn invitation(line: &str) -> Option<(String, String)> {
    let (_, rest) = line.split_once("menu for browsers: ")?;
    let (address, code) = rest.split_once("code: ")?;
    Some((address.trim().to_owned(), code.trim().to_owned()))
}
