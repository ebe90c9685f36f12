//! Running the program, and the files it is run on.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run of the program came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Standard output as JSON, one value a line.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The run itself, if it ended with `code`.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Whether it failed for want of a Vulkan driver, in which case pictures cannot be checked. Where
    /// `SKYREEL_TESTS_DRAW` is set there must be one.
    #[track_caller]
    pub fn cannot_draw(&self) -> bool {
        let none = self.code == 1 && self.stderr.contains("no Vulkan driver");
        if none {
            assert!(std::env::var_os("SKYREEL_TESTS_DRAW").is_none(), "{self:?}");
            println!("skipped: no Vulkan driver to draw with");
        }
        none
    }
}

/// The program with arguments, not yet run.
pub fn command<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skyreel"));
    command.env_remove("DISPLAY").args(args).stdin(Stdio::null());
    command
}

/// Runs the program in a folder.
pub fn run_in<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Run {
    let output = command(args).current_dir(folder).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs the program.
pub fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    run_in(Path::new("."), args)
}

/// The checkout.
pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One of our own small recordings.
pub fn ours(name: &str) -> String {
    checkout().join("tests/corpus").join(name).to_str().unwrap().to_owned()
}

/// A folder of recordings that other people made, if it is there.
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("SKYREEL_CORPUS")
        .map_or_else(|| checkout().join("../shared/corpus"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no {}", folder.display());
    None
}

/// All recordings in a folder and below, in order.
pub fn recordings(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "osrec" || e == "osrectxt") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A text recording of OpenSpace's, version 03.00, from its entries.
pub fn recording(entries: &[&str]) -> String {
    format!("OpenSpace_record/playback03.00A\n{}\n", entries.join("\n"))
}
