//! How a recording comes to its end: stopped, full, in place of another, thrown away.

use std::fs::{self, File};
use std::sync::Arc;

use skyreel_core::entry::Entry;
use skyreel_core::format::native::Reel;
use skyreel_core::pose::NodeName;
use skyreel_store::record::{Outcome, Plan, Recorder, Stopped, recover};
use skyreel_store::{Condition, FileSource, list, load, thumbnail};

use crate::disks::Tmpfs;
use crate::recording::{frame, plan, record, record_and_stop};

fn names(folder: &std::path::Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names.into_iter().map(|name| name.into_string().unwrap()).collect()
}

#[test]
fn a_recording_ends_when_it_is_as_large_as_it_may_become() {
    let folder = tempfile::tempdir().unwrap();
    for largest_bytes in [1_u64, 100_000, 300_000] {
        let mut plan = plan(folder.path());
        plan.settings.largest_bytes = Some(largest_bytes);
        let mut recorder = Recorder::start(plan);
        record(&mut recorder, 10_000_000);
        let outcome = recorder.stop().wait();
        assert_eq!((outcome.stopped, outcome.is_complete), (Some(Stopped::LargestSize), true));
        let path = outcome.path.unwrap();
        let mut reel = Reel::open(FileSource::new(File::open(&path).unwrap())).unwrap();
        let bytes = fs::metadata(&path).unwrap().len();
        let segment = 2 * bytes / reel.segments() as u64;
        assert!(bytes >= largest_bytes && bytes <= largest_bytes + segment, "{bytes} bytes");
        let duration = reel.contents().duration;
        assert!(reel.frame(duration).is_ok(), "it plays to its end");
        let imported = load(&path).unwrap();
        assert_eq!(imported.faults, []);
        assert_eq!(imported.recording.header.title, "A session [stopped: size limit]");
    }
    for listed in list(folder.path()).unwrap() {
        assert_eq!(listed.condition, Condition::Stopped("size limit".to_owned()));
    }
}

#[test]
fn taken_names_are_numbered() {
    let folder = tempfile::tempdir().unwrap();
    for as_text in [false, true] {
        for _ in 0..3 {
            record_and_stop(Plan { as_text, ..plan(folder.path()) }, 3);
        }
    }
    let expected = [
        "session (2).skyreel",
        "session (3).skyreel",
        "session (4).ron",
        "session (5).ron",
        "session (6).ron",
        "session.skyreel",
    ];
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn a_journal_that_was_left_behind_is_not_taken_for_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("session.skyreel.journal"), "of another").unwrap();
    let outcome = record_and_stop(plan(folder.path()), 3);
    assert_eq!(outcome.path, Some(folder.path().join("session (2).skyreel")));
    let left = fs::read_to_string(folder.path().join("session.skyreel.journal")).unwrap();
    assert_eq!(left, "of another");
}

#[test]
fn a_recording_takes_the_place_of_another_only_when_it_is_whole() {
    for as_text in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { as_text, overwrite: true, ..plan(folder.path()) };
        let old = record_and_stop(plan.clone(), 5).path.unwrap();
        let before = fs::read(&old).unwrap();
        let mut recorder = Recorder::start(plan.clone());
        record(&mut recorder, 700);
        while recorder.progress().entries == 0 {
            std::thread::yield_now();
        }
        assert!(fs::read(&old).unwrap() == before, "it is there until then");
        let outcome = recorder.stop().wait();
        assert_eq!((outcome.path.as_ref(), outcome.stopped), (Some(&old), None));
        assert_eq!(load(&old).unwrap().recording.camera_entries(), 700);
        assert_eq!(names(folder.path()).len(), 1, "nothing else is left");
    }
}

#[test]
fn what_was_not_stopped_by_its_maker_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = Plan { overwrite: true, ..plan(folder.path()) };
    let old = record_and_stop(plan.clone(), 5).path.unwrap();
    plan.settings.largest_bytes = Some(1);
    let mut recorder = Recorder::start(plan);
    record(&mut recorder, 10_000_000);
    let outcome = recorder.stop().wait();
    assert_eq!(outcome.path, Some(folder.path().join("session (2).skyreel")));
    assert_eq!(load(&old).unwrap().recording.camera_entries(), 5);
}

#[test]
fn nothing_takes_the_place_of_a_recording_that_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { overwrite: true, ..plan(folder.path()) };
    let mut first = Recorder::start(plan.clone());
    record(&mut first, 10);
    while first.path().is_none() {
        std::thread::yield_now();
    }
    let second = record_and_stop(plan, 20);
    assert_eq!(second.path, Some(folder.path().join("session (2).skyreel")));
    let first = first.stop().wait();
    assert_eq!(load(&first.path.unwrap()).unwrap().recording.camera_entries(), 10);
}

#[test]
fn what_is_discarded_leaves_nothing() {
    let discarded = |outcome: Outcome| {
        (outcome.path, outcome.stopped, outcome.is_complete) == (None, None, false)
    };
    for (overwrite, as_text) in [(false, false), (true, false), (false, true)] {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { overwrite, as_text, ..plan(folder.path()) };
        let old = record_and_stop(plan.clone(), 5).path.unwrap();
        let before = names(folder.path());
        // At once, and in the middle.
        for frames in [0, 1500] {
            let mut recorder = Recorder::start(plan.clone());
            record(&mut recorder, frames);
            let ending = recorder.discard();
            assert!(discarded(ending.wait()));
            assert!(ending.progress().outcome.is_some_and(discarded));
            assert_eq!(names(folder.path()), before);
        }
        assert_eq!(load(&old).unwrap().recording.camera_entries(), 5);
    }
}

#[test]
fn what_has_ended_by_itself_can_still_be_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = plan(folder.path());
    plan.settings.largest_bytes = Some(1);
    let mut recorder = Recorder::start(plan);
    record(&mut recorder, 10_000_000);
    while recorder.progress().outcome.is_none() {
        std::thread::yield_now();
    }
    assert_eq!(names(folder.path()), ["session.skyreel"]);
    assert_eq!(recorder.discard().wait().path, None);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn what_could_not_be_begun_can_be_discarded_too() {
    let Some(disk) = Tmpfs::new(1 << 20) else { return };
    let mut plan = plan(disk.path());
    plan.settings.reserve_bytes = 2 << 20;
    let outcome = Recorder::start(plan).discard().wait();
    assert_eq!((outcome.path, outcome.stopped), (None, Some(Stopped::DiskFull)));
}

#[test]
fn who_hands_over_learns_that_a_recording_could_not_be_begun() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    let mut recorder = Recorder::start(plan(&file.join("below")));
    while recorder.progress().outcome.is_none() {
        std::thread::yield_now();
    }
    let (path, anchor): (Arc<str>, _) = ("a".into(), NodeName::new("Earth"));
    let entry: Entry = frame(0, &path, &anchor).remove(0);
    assert!(recorder.push(entry).is_err());
}

#[test]
fn the_picture_of_a_damaged_recording_is_recovered_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut recorder = Recorder::start(plan(folder.path()));
    record(&mut recorder, 2000);
    recorder.set_thumbnail(b"a small picture".to_vec());
    let path = recorder.stop().wait().path.unwrap();
    assert!(list(folder.path()).unwrap()[0].has_thumbnail);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&path, &bytes).unwrap();
    let recovered = recover(&path, None).unwrap().path;
    assert_eq!(thumbnail(&recovered).unwrap(), Some(b"a small picture".to_vec()));
}
