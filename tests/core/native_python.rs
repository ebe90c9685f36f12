//! The official MCAP package for Python opens a recording file and finds in it what was written; where
//! the package is installed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use skyreel_core::camera_track::{CameraEntry, Path as Way};
use skyreel_core::format::native;
use skyreel_core::recording::Recording;
use skyreel_core::value::Easing;

use crate::native::{corpus, recordings_below};
use crate::native_file::{bit_of_everything, small};
use crate::ron_round_trip::recording;

/// A Python that has these modules; says that the test skips otherwise. `PYTHON` names one of one's own.
fn python_with(modules: &str) -> Option<PathBuf> {
    let python = std::env::var_os("PYTHON").map_or(PathBuf::from("python3"), PathBuf::from);
    let out = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if out.is_ok_and(|out| out.status.success()) {
        return Some(python);
    }
    println!("skipped: {} has no {modules} (pip install mcap msgpack pcodec)", python.display());
    None
}

/// What a script of ours prints of files.
fn printed(python: &Path, script: &str, files: &[Vec<u8>]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let paths = (0..files.len()).map(|n| folder.path().join(format!("{n}.skyreel")));
    let paths: Vec<_> = paths.collect();
    paths.iter().zip(files).for_each(|(path, file)| std::fs::write(path, file).unwrap());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/core").join(script);
    let out = Command::new(python).arg(script).args(paths).output().unwrap();
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
    let found = printed(&python, "read_with_mcap.py", std::slice::from_ref(&small.file));
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

#[derive(Debug, Deserialize)]
struct Blocks {
    /// Stamp, due, bits of the simulation time, easing.
    keys: Vec<(i64, i64, String, Easing)>,
    /// By view: sequence number, stamp, due, bits of all floats, anchor, follow, path, easing.
    cameras: BTreeMap<u16, Vec<Entry>>,
}

type Entry = (u64, i64, i64, String, String, bool, Way, Easing);

fn bits(floats: impl IntoIterator<Item = f64>) -> String {
    floats.into_iter().map(|v| format!("{:016x}", v.to_bits())).collect()
}

/// What the script should print of a recording.
fn assert_same(found: &Blocks, recording: &Recording) {
    let clock = &recording.clock;
    let keys = clock.keys().iter().enumerate().map(|(index, key)| {
        let (stamp, due) = (key.stamp.as_nanos(), clock.key_due_at(index).as_nanos());
        (stamp, due, bits([key.sim_time.as_tdb_secs()]), key.easing)
    });
    assert_eq!(found.keys, keys.collect::<Vec<_>>());
    for (view, of_view) in (0..).zip(&recording.views) {
        let camera = &of_view.camera;
        let entries = camera.entries().iter().enumerate().map(|(index, entry)| {
            let CameraEntry { seq, stamp, sim_time_s, pose, leave } = entry;
            let floats = [*sim_time_s].into_iter().chain(pose.position_m);
            let floats = floats.chain(pose.rotation_wxyz).chain([f64::from(pose.scale)]);
            let (stamp, due) = (stamp.as_nanos(), camera.due_at(index).as_nanos());
            let (anchor, follow) = (pose.anchor.as_str().to_owned(), pose.follow_rotation);
            (*seq, stamp, due, bits(floats), anchor, follow, leave.path, leave.easing)
        });
        let found = found.cameras.get(&view).cloned().unwrap_or_default();
        assert_eq!(found, entries.collect::<Vec<_>>(), "view {view}");
    }
}

#[test]
fn a_reader_written_from_the_document_finds_every_bit_of_every_entry() {
    let Some(python) = python_with("mcap, msgpack, pcodec") else { return };
    let mut runner = TestRunner::deterministic();
    let any = (0..150).map(|_| recording().new_tree(&mut runner).unwrap().current());
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let ours = recordings_below(&ours).into_iter().map(|(_, recording)| recording);
    let recordings: Vec<Recording> = any.chain(ours).chain([bit_of_everything()]).collect();
    let files: Vec<_> = recordings.iter().map(|r| native::encode(r).unwrap()).collect();
    let found = printed(&python, "read_blocks.py", &files);
    let found: Vec<Blocks> = serde_json::from_str(&found).unwrap();
    assert_eq!(found.len(), recordings.len());
    for (found, recording) in found.iter().zip(&recordings) {
        assert_same(found, recording);
    }
}

#[test]
fn a_reader_written_from_the_document_reads_real_recordings() {
    let Some(python) = python_with("mcap, msgpack, pcodec") else { return };
    let Some(corpus) = corpus() else { return };
    let recordings = recordings_below(&corpus.join("planetarium"));
    let short = recordings.into_iter().filter(|(_, r)| r.camera_entries() < 3000);
    let recordings: Vec<Recording> = short.map(|(_, recording)| recording).take(8).collect();
    let files: Vec<_> = recordings.iter().map(|r| native::encode(r).unwrap()).collect();
    let found: Vec<Blocks> =
        serde_json::from_str(&printed(&python, "read_blocks.py", &files)).unwrap();
    for (found, recording) in found.iter().zip(&recordings) {
        assert_same(found, recording);
    }
    println!("{} recordings", recordings.len());
}
