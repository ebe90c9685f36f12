//! The clients that OpenSpace publishes, unmodified, drive the real program.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::{TempDir, tempdir};

use crate::program::checkout;

/// Where they are installed, if they are. Where `SKYREEL_TESTS_CLIENTS` is set they must be.
fn clients() -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("clients");
    let parts = ["node_modules/openspace-api-js", "node_modules/ws", "python/bin/python"];
    if parts.iter().all(|part| folder.join(part).exists()) {
        return Some(folder);
    }
    assert!(std::env::var_os("SKYREEL_TESTS_CLIENTS").is_none(), "nothing in {}", folder.display());
    println!("skipped: OpenSpace's clients are not in {}", folder.display());
    None
}

/// A running Skyreel; killed when it is let go of.
struct Running {
    child: Child,
    websocket: u16,
    tcp: u16,
    home: TempDir,
}

impl Running {
    fn start() -> Self {
        let home = tempdir().unwrap();
        let script = home.path().join("stay.lua");
        std::fs::write(&script, "print('here')\nwait_until(function() return ends end)").unwrap();
        // Both at once, so that they differ.
        let free = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
        let [websocket, tcp] = free.map(|listener| listener.local_addr().unwrap().port());
        let mut child = Command::new(env!("CARGO_BIN_EXE_skyreel"))
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .args(["run", script.to_str().unwrap(), "--name", "driven"])
            .arg(format!("--openspace-ports={websocket},{tcp}"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "here\n");
        Self { child, websocket, tcp, home }
    }

    fn recordings(&self) -> Vec<String> {
        let folder = self.home.path().join(".local/share/skyreel/recordings");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.retain(|name| name.ends_with(".skyreel"));
        names.sort();
        names
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended need not be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn ends_well(program: &Path, words: &[&OsStr]) {
    // It waits for what it expects: where that does not come it ends by this alone.
    let output = Command::new("timeout").arg("90").arg(program).args(words).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{words:?}, {}: {said}", output.status);
}

#[test]
fn javascript_and_python_connect_look_set_record_play_and_fly() {
    let Some(clients) = clients() else { return };
    let running = Running::start();
    let ours = checkout().join("tests/cli/openspace");
    for (way, port) in [("tcp", running.tcp), ("websocket", running.websocket)] {
        let (script, port, name) = (ours.join("client.mjs"), port.to_string(), format!("by-{way}"));
        let words = [script.as_ref(), clients.as_ref(), way.as_ref(), port.as_ref(), name.as_ref()];
        ends_well(Path::new("node"), &words);
    }
    let (script, port) = (ours.join("client.py"), running.tcp.to_string());
    let words = [script.as_ref(), port.as_ref(), OsStr::new("by-python")];
    ends_well(&clients.join("python/bin/python"), &words);
    let expected = ["by-python.skyreel", "by-tcp.skyreel", "by-websocket.skyreel"];
    assert_eq!(running.recordings(), expected);
}
