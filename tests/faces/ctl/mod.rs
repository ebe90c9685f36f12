//! The command line drives a running Skyreel.

mod instances;
mod parity;
mod said;
mod shells;

use std::path::Path;
use std::sync::Arc;

use clap::Parser;
use skyreel_faces::cli::{Cli, Ctl, Task};
use skyreel_faces::ctl::{Ending, Folder, Offer, Offered, Streams, run};
use skyreel_faces::door::Stage;

use crate::web::TestDoor;

/// A folder for instances that nobody else uses.
pub fn folder(temporary: &tempfile::TempDir) -> Folder {
    Folder::at(&temporary.path().join("skyreel"))
}

/// A running Skyreel.
pub fn offer(folder: &Folder, name: Option<&str>, door: Arc<TestDoor>, stage: &Stage) -> Offered {
    let offer = Offer {
        folder: folder.clone(),
        name: name.map(str::to_owned),
        port: Some(0),
        bind: None,
        password: None,
        version: "1.2.3".to_owned(),
        started_unix_s: 1_790_000_000,
    };
    offer.open(door, stage.seen()).unwrap()
}

/// What `skyreel ctl …` parses to.
pub fn parsed(words: &[&str]) -> Ctl {
    match Cli::try_parse_from([&["skyreel", "ctl"], words].concat()).unwrap().task {
        Some(Task::Ctl(ctl)) => ctl,
        other => panic!("{other:?}"),
    }
}

/// How `skyreel ctl …` ends, what it prints and what it complains of.
pub fn ctl(folder: &Folder, words: &[&str]) -> (Ending, String, String) {
    ctl_with_input(folder, words, "")
}

pub fn ctl_with_input(folder: &Folder, words: &[&str], input: &str) -> (Ending, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = input.as_bytes();
    let mut streams = Streams { input: &mut input, out: &mut out, err: &mut err };
    let ending = run(&parsed(words), folder, &mut streams).unwrap();
    (ending, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

pub fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}
