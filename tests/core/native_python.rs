//! The official MCAP package for Python opens a recording file and finds in it what was written; where
//! the package is installed.

use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;
use std::collections::BTreeMap;

use crate::native_file::{bit_of_everything, small};

/// A Python that has these modules; says that the test skips otherwise. `PYTHON` names one of one's own.
pub fn python_with(modules: &str) -> Option<PathBuf> {
    let python = std::env::var_os("PYTHON").map_or(PathBuf::from("python3"), PathBuf::from);
    let out = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if out.is_ok_and(|out| out.status.success()) {
        return Some(python);
    }
    println!("skipped: {} has no {modules} (pip install mcap msgpack)", python.display());
    None
}

/// What a script of ours prints of a file.
pub fn printed(python: &PathBuf, script: &str, file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.skyreel");
    std::fs::write(&path, file).unwrap();
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/core").join(script);
    let out = Command::new(python).arg(script).arg(path).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[derive(Debug, Deserialize)]
struct Found {
    profile: String,
    channels: BTreeMap<String, (u16, String, String)>,
    metadata: BTreeMap<String, BTreeMap<String, String>>,
    attachments: Vec<(String, String, usize)>,
    counts: BTreeMap<String, usize>,
    span_ns: (u64, u64),
    in_order: bool,
}

#[test]
fn the_official_reader_for_python_finds_what_was_written() {
    let Some(python) = python_with("mcap, msgpack") else { return };
    let small = small(bit_of_everything());
    let found = printed(&python, "read_with_mcap.py", &small.file);
    let found: Found = serde_json::from_str(&found).unwrap();
    assert_eq!(found.profile, "skyreel");
    let schemas = [
        ("state", 1, "State"),
        ("clock/keys", 2, "ClockBlock"),
        ("clock/changes", 3, "ClockChange"),
        ("properties", 4, "PropertyChange"),
        ("rules", 5, "Rule"),
        ("events", 6, "Event"),
        ("camera/main", 16, "CameraBlock"),
        ("camera/side", 17, "CameraBlock"),
    ];
    let schemas = schemas.map(|(topic, id, schema)| {
        (topic.to_owned(), (id, "msgpack".to_owned(), format!("skyreel.{schema}")))
    });
    assert_eq!(found.channels, BTreeMap::from(schemas));
    let head = &found.metadata["skyreel"];
    assert_eq!((&*head["title"], &*head["format_version"]), ("To the Moon", "1.0"));
    let end = &found.metadata["skyreel.end"];
    assert_eq!((&*end["camera_entries"], &*end["views"]), ("11", "main\nside"));
    assert_eq!(found.attachments, [("thumbnail".to_owned(), "image/png".to_owned(), 40)]);
    let counts = [
        ("state", 3),
        ("clock/keys", 3),
        ("camera/main", 3),
        ("camera/side", 3),
        ("clock/changes", 3),
        ("properties", 6),
        ("rules", 1),
        ("events", 4),
    ];
    assert_eq!(found.counts, counts.map(|(topic, count)| (topic.to_owned(), count)).into());
    assert_eq!(found.span_ns, (0, small.recording.duration().as_nanos() as u64));
    assert!(found.in_order);
}
