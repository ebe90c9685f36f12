//! What is handed to a recorder is on disk, whatever becomes of the program or the disk.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::clock_track::{ClockChange, ClockKey};
use skyreel_core::entry::Entry;
use skyreel_core::event::{Event, EventKind};
use skyreel_core::format::native::Reel;
use skyreel_core::format::{native, ron};
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{Effects, Header, Recording};
use skyreel_core::time::{SessionSpan, SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};
use skyreel_store::record::{Outcome, Plan, Recorder, Settings, Stopped, recover};
use skyreel_store::{Condition, FileSource, list, load};

use crate::disks::{Failing, Tmpfs};

/// What frame `n` of a made-up session hands over: the same every time.
pub fn frame(n: u64, path: &Arc<str>, anchor: &NodeName) -> Vec<Entry> {
    let stamp = SessionTime::from_nanos(n as i64 * 16_666_667);
    let t = stamp.as_secs();
    let sim_time_s = 8e8 + 60.0 * t;
    let sim_time = SimTime::from_tdb_secs(sim_time_s).unwrap();
    let mut entries = Vec::new();
    if n == 0 {
        entries.push(Entry::View { name: "main".into(), vfov_deg: Some(50.0) });
    }
    entries.push(Entry::ClockKey(ClockKey { stamp, sim_time, easing: Easing::Linear }));
    let pose = CameraPose {
        anchor: anchor.clone(),
        follow_rotation: n % 1000 > 500,
        position_m: [2e7 * t.sin(), 2e7 * t.cos(), 1e5 * t],
        rotation_wxyz: [(t / 2.0).cos(), 0.0, (t / 2.0).sin(), 0.0],
        scale: 1.0,
    };
    let entry = CameraEntry { seq: 4 * n, stamp, sim_time_s, pose, leave: Leave::AS_RECORDED };
    entries.push(Entry::Camera { view: 0, entry });
    if n % 7 == 3 {
        let duration = SessionSpan::from_nanos(300_000_000);
        let value = Value::Number((n % 13) as f64);
        let easing = Easing::CubicEaseInOut;
        let change = PropertyChange { seq: 4 * n + 1, stamp, value, duration, easing };
        entries.push(Entry::Property { path: Arc::clone(path), change });
    }
    if n % 50 == 17 {
        let text = format!("openspace.printInfo('frame {n}')");
        let kind = EventKind::Script { text };
        entries.push(Entry::Event(Event { seq: 4 * n + 2, stamp, sim_time_s, kind }));
    }
    if n % 90 == 45 {
        let change = ClockChange { seq: 4 * n + 3, stamp, rate: Some(n as f64), paused: None };
        entries.push(Entry::ClockChange(change));
    }
    entries
}

const FADE: &str = "Scene.Earth.Renderable.Fade";

pub fn plan(folder: &Path) -> Plan {
    let header = Header {
        title: "A session".to_owned(),
        created_utc: "2026-11-20T10:00:00Z".to_owned(),
        effects: Effects::Recorded,
        ..Header::default()
    };
    let baseline: BTreeMap<Arc<str>, Value> =
        [(FADE.into(), Value::Number(1.0)), ("Scene.Moon.Enabled".into(), Value::Bool(true))]
            .into();
    let settings = Settings {
        every: Duration::from_millis(5),
        least_free_bytes: 0,
        reserve_bytes: 1 << 18,
        ..Settings::default()
    };
    Plan {
        folder: folder.to_owned(),
        name: "session".to_owned(),
        header,
        baseline: Arc::new(baseline),
        overwrite: false,
        as_text: false,
        settings,
    }
}

/// The first `frames` frames, as the recording they should become.
fn expected(plan: &Plan, frames: u64) -> Recording {
    let (path, anchor) = (FADE.into(), NodeName::new("Earth"));
    let mut recording = Recording {
        header: plan.header.clone(),
        baseline: (*plan.baseline).clone(),
        ..Recording::default()
    };
    for entry in (0..frames).flat_map(|n| frame(n, &path, &anchor)) {
        assert!(entry.add_to(&mut recording));
    }
    recording
}

/// Hands over as fast as they are taken, but never more than the queue holds.
pub fn record(recorder: &mut Recorder, frames: u64) -> u64 {
    let (path, anchor) = (FADE.into(), NodeName::new("Earth"));
    let mut handed = 0;
    for n in 0..frames {
        for entry in frame(n, &path, &anchor) {
            // Somebody who draws frames has other things to do meanwhile.
            while handed - recorder.progress().entries > 10_000
                && recorder.progress().outcome.is_none()
            {
                std::thread::yield_now();
            }
            if recorder.push(entry).is_err() {
                return n;
            }
            handed += 1;
        }
    }
    frames
}

pub fn record_and_stop(plan: Plan, frames: u64) -> Outcome {
    let mut recorder = Recorder::start(plan);
    assert_eq!(record(&mut recorder, frames), frames);
    recorder.stop().wait()
}

#[test]
fn what_is_handed_over_is_what_is_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(folder.path());
    for frames in [0, 1, 599, 600, 601, 5000] {
        let outcome = record_and_stop(plan.clone(), frames);
        assert_eq!(outcome.stopped, None);
        let imported = load(&outcome.path.unwrap()).unwrap();
        assert_eq!(imported.faults, []);
        assert!(imported.recording == expected(&plan, frames), "{frames} frames");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left.len(), 6, "only recordings are left: {left:?}");
}

#[test]
fn the_picture_of_a_recording_is_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let open = |outcome: Outcome| {
        let file = File::open(outcome.path.unwrap()).unwrap();
        Reel::open(FileSource::new(file)).unwrap().thumbnail().unwrap()
    };
    assert_eq!(open(record_and_stop(plan(folder.path()), 10)), None);
    let mut recorder = Recorder::start(plan(folder.path()));
    record(&mut recorder, 10);
    recorder.set_thumbnail(b"a small picture".to_vec());
    recorder.set_thumbnail(b"another one, too late".to_vec());
    assert_eq!(open(recorder.stop().wait()), Some(b"a small picture".to_vec()));
}

#[test]
fn two_programs_in_one_folder_mix_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(folder.path());
    let mut recorders = [Recorder::start(plan.clone()), Recorder::start(plan.clone())];
    let frames = [700, 400];
    for (recorder, frames) in recorders.iter_mut().zip(frames) {
        assert_eq!(record(recorder, frames), frames);
    }
    let mut found: Vec<usize> = recorders
        .map(|recorder| {
            let path = recorder.stop().wait().path.unwrap();
            load(&path).unwrap().recording.camera_entries()
        })
        .into();
    found.sort_unstable();
    assert_eq!(found, [400, 700]);
}

#[test]
fn a_name_never_leads_out_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    for (name, expected) in [
        ("../outside", "_outside.skyreel"),
        ("a/b:c", "a_b_c.skyreel"),
        ("", "recording.skyreel"),
        ("..", "recording (2).skyreel"),
        ("Zum Mond, 1969", "Zum Mond, 1969.skyreel"),
    ] {
        let outcome = record_and_stop(Plan { name: name.to_owned(), ..plan(folder.path()) }, 2);
        assert_eq!(outcome.path.unwrap(), folder.path().join(expected), "{name:?}");
    }
}

#[test]
fn entries_that_nobody_could_play_are_refused_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut recorder = Recorder::start(plan(folder.path()));
    let (path, anchor) = (FADE.into(), NodeName::new("Earth"));
    let mut entries = frame(0, &path, &anchor);
    let Some(Entry::Camera { entry, .. }) = entries.pop() else { panic!("a camera") };
    let mut broken = entry.clone();
    broken.pose.position_m[1] = f64::NAN;
    entries.push(Entry::Camera { view: 0, entry: broken });
    entries.push(Entry::Camera { view: 7, entry: entry.clone() });
    entries.push(Entry::Camera { view: 0, entry });
    entries.into_iter().for_each(|entry| recorder.push(entry).unwrap());
    let outcome = recorder.stop().wait();
    assert_eq!((outcome.refused, outcome.stopped), (2, None));
    assert_eq!(load(&outcome.path.unwrap()).unwrap().recording.camera_entries(), 1);
}

#[test]
fn a_text_recording_is_a_text_when_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { as_text: true, ..plan(folder.path()) };
    let outcome = record_and_stop(plan.clone(), 700);
    assert_eq!(outcome.path, Some(folder.path().join("session.ron")));
    let text = fs::read(outcome.path.unwrap()).unwrap();
    assert!(ron::read(&text).unwrap().recording == expected(&plan, 700));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_full_disk_ends_the_recording_and_loses_nothing() {
    let Some(disk) = Tmpfs::new(3 << 20) else { return };
    let plan = plan(disk.path());
    let mut recorder = Recorder::start(plan.clone());
    // About 250 kB an hour of this session fill the disk long before a thousand hours.
    let handed = record(&mut recorder, 10_000_000);
    let outcome = recorder.stop().wait();
    assert_eq!(outcome.stopped, Some(Stopped::DiskFull));
    assert!(outcome.is_complete);
    let imported = load(&outcome.path.unwrap()).unwrap();
    assert_eq!(imported.faults, []);
    let title = imported.recording.header.title.clone();
    assert_eq!(title, "A session [stopped: disk full]");
    let frames = imported.recording.camera_entries() as u64;
    // Of the last frame some may have been handed over.
    assert!(frames > 10_000 && frames <= handed + 1, "{frames} of {handed}");
    let mut expected = expected(&plan, frames);
    expected.header.title = title;
    assert!(common_part(&imported.recording) == common_part(&expected));
    let listed = list(disk.path()).unwrap();
    assert_eq!(listed[0].condition, Condition::Stopped("disk full".to_owned()));
}

#[test]
fn a_recording_ends_while_there_is_still_room_for_others() {
    let Some(disk) = Tmpfs::new(8 << 20) else { return };
    let mut plan = plan(disk.path());
    plan.settings.least_free_bytes = 6 << 20;
    let mut recorder = Recorder::start(plan);
    record(&mut recorder, 10_000_000);
    let outcome = recorder.stop().wait();
    assert_eq!((outcome.stopped, outcome.is_complete), (Some(Stopped::DiskFull), true));
    assert!(fs4::available_space(disk.path()).unwrap() > 5 << 20);
}

#[test]
fn without_room_to_begin_nothing_is_begun() {
    let Some(disk) = Tmpfs::new(1 << 20) else { return };
    let mut plan = plan(disk.path());
    plan.settings.reserve_bytes = 2 << 20;
    let outcome = Recorder::start(plan).stop().wait();
    assert_eq!((outcome.stopped, outcome.path), (Some(Stopped::DiskFull), None));
    assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    let outcome = Recorder::start(plan(&file.join("below"))).stop().wait();
    let Some(Stopped::CannotBegin { folder, .. }) = outcome.stopped else { panic!("{outcome:?}") };
    assert_eq!(folder, file.join("below").display().to_string());
}

#[test]
fn whichever_write_fails_the_app_lives_and_what_was_written_before_is_kept() {
    // The nth call to the disk fails, and all after it.
    for fails_from in 1..60 {
        let folder = tempfile::tempdir().unwrap();
        let plan = plan(folder.path());
        let mut recorder = Recorder::start_on(Failing::new(fails_from), plan.clone());
        let handed = record(&mut recorder, 3000);
        let outcome = recorder.stop().wait();
        if outcome.stopped.is_none() {
            continue;
        }
        let Some(path) = outcome.path else {
            assert!(matches!(outcome.stopped, Some(Stopped::CannotBegin { .. })), "{fails_from}");
            continue;
        };
        let Ok(imported) = load(&path) else {
            assert!(fails_from < 12, "{fails_from}: nothing can be read");
            continue;
        };
        let frames = imported.recording.camera_entries() as u64;
        assert!(frames <= handed + 1);
        let (whole, part) = (expected(&plan, frames), &imported.recording);
        assert!(common_part(part) == common_part(&whole), "{fails_from}: {frames} frames");
    }
}

/// Cameras and what comes with every frame: entries that came after the last camera may be there or
/// not.
fn common_part(recording: &Recording) -> (Vec<CameraEntry>, Vec<Event>, usize) {
    let cameras =
        recording.views.iter().flat_map(|v| v.camera.entries()).cloned().collect::<Vec<_>>();
    let last = cameras.last().map_or(0, |entry| entry.seq);
    let events = recording.events.iter().filter(|e| e.seq < last).cloned().collect();
    let changes = recording.properties.values().flat_map(|t| t.changes());
    (cameras, events, changes.filter(|c| c.seq < last).count())
}

/// How many times the program is killed.
const KILLS: u64 = 200;
/// How many such programs run at a time.
const AT_A_TIME: usize = 5;
/// What may be lost at most.
const MOST_LOST: Duration = Duration::from_millis(250);

/// Set for the program that is killed: where it records to.
const FOLDER: &str = "SKYREEL_TEST_RECORD_INTO";

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// The program that is killed: hands over a frame every millisecond, and notes that it has. Session
/// time runs 17 times as fast, so that a segment is full every 0.6 s.
#[test]
fn a_small_program_that_records_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = PathBuf::from(folder);
    let mut noted =
        OpenOptions::new().append(true).create(true).open(folder.join("noted")).unwrap();
    let mut recorder = Recorder::start(plan(&folder.join("recordings")));
    let (path, anchor) = (FADE.into(), NodeName::new("Earth"));
    for n in 0.. {
        for entry in frame(n, &path, &anchor) {
            recorder.push(entry).unwrap();
        }
        let mut note = n.to_le_bytes().to_vec();
        note.extend((now().as_nanos() as u64).to_le_bytes());
        noted.write_all(&note).unwrap();
        std::thread::park_timeout(Duration::from_millis(1));
    }
}

fn start_small_program(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "recording::a_small_program_that_records_until_it_is_killed"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn killed_at_any_moment_it_loses_less_than_a_quarter_of_a_second() {
    let mut worst = Duration::ZERO;
    let mut frames = 0;
    for round in 0..KILLS / AT_A_TIME as u64 {
        let folders: Vec<_> = (0..AT_A_TIME).map(|_| tempfile::tempdir().unwrap()).collect();
        let mut programs: Vec<Child> =
            folders.iter().map(|folder| start_small_program(folder.path())).collect();
        // A different moment each time, spread over more than a segment.
        std::thread::park_timeout(Duration::from_millis(40 + (round * 7919) % 800));
        for (program, folder) in programs.iter_mut().zip(&folders) {
            program.kill().unwrap();
            let killed = now();
            program.wait().unwrap();
            let (lost, count) = check_killed(folder.path(), killed);
            worst = worst.max(lost);
            frames += count;
        }
    }
    println!("{KILLS} kills, {frames} frames recovered, at most {worst:?} lost");
    assert!(worst <= MOST_LOST, "{worst:?} lost");
}

/// Recovers what a killed program has left. Gives the time whose frames are lost, and the frames
/// that are not.
fn check_killed(folder: &Path, killed: Duration) -> (Duration, u64) {
    let notes = fs::read(folder.join("noted")).unwrap_or_default();
    let handed: Vec<(u64, Duration)> = notes
        .chunks_exact(16)
        .map(|note| {
            let (n, at) = note.split_at(8);
            let at = u64::from_le_bytes(at.try_into().unwrap());
            (u64::from_le_bytes(n.try_into().unwrap()), Duration::from_nanos(at))
        })
        .collect();
    let recordings = folder.join("recordings");
    let listed = list(&recordings).unwrap_or_default();
    let frames = match listed.as_slice() {
        [] => 0,
        [one] => {
            assert_eq!(one.condition, Condition::Recovered, "{one:?}");
            let imported = load(&recordings.join(&one.id)).unwrap();
            assert_eq!(imported.faults, []);
            let frames = imported.recording.camera_entries() as u64;
            let whole = expected(&plan(folder), frames);
            assert!(common_part(&imported.recording) == common_part(&whole));
            assert_eq!(imported.recording.header, whole.header);
            assert_eq!(imported.recording.baseline, whole.baseline);
            assert_eq!(fs::read_dir(&recordings).unwrap().count(), 1, "nothing else is left");
            frames
        }
        more => panic!("{more:?}"),
    };
    // On a busy machine no thread of a program may run for a while; that is not the recorder's loss.
    let beats = fs::read(folder.join("beats")).unwrap_or_default();
    let beat = |b: &[u8]| Duration::from_nanos(u64::from_le_bytes(b.try_into().unwrap()));
    let beats = beats.chunks_exact(8).map(beat).chain([killed]).collect::<Vec<_>>();
    let stood_still = beats.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).max();
    let first_lost = handed.iter().find(|(n, _)| *n >= frames);
    let lost = first_lost.map_or(Duration::ZERO, |(_, at)| killed.saturating_sub(*at));
    (lost.saturating_sub(stood_still.unwrap_or_default()), frames)
}

#[test]
fn a_recording_that_goes_on_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut recorder = Recorder::start(plan(folder.path()));
    record(&mut recorder, 700);
    while recorder.progress().entries == 0 {
        std::thread::yield_now();
    }
    let listed = list(folder.path()).unwrap();
    assert_eq!(listed[0].condition, Condition::BeingRecorded);
    assert!(recover(&folder.path().join(&listed[0].id), None).is_err());
    let outcome = recorder.stop().wait();
    assert!(load(&outcome.path.unwrap()).unwrap().recording == expected(&plan(folder.path()), 700));
}

#[test]
fn with_its_journal_nothing_of_an_abandoned_recording_is_missing() {
    for (as_text, name) in [(false, "session.skyreel"), (true, "session.ron")] {
        let folder = tempfile::tempdir().unwrap();
        let mut recorder = Recorder::start(Plan { as_text, ..plan(folder.path()) });
        record(&mut recorder, 900);
        // The view, and three entries with every seventh frame or so: all are on disk.
        let handed = (0..900).map(|n| frame(n, &FADE.into(), &NodeName::new("Earth")).len() as u64);
        let handed: u64 = handed.sum();
        while recorder.progress().entries < handed {
            std::thread::yield_now();
        }
        let copies = tempfile::tempdir().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), copies.path().join(file.file_name())).unwrap();
        }
        drop(recorder);
        let recovered = recover(&copies.path().join("session.skyreel"), None).unwrap();
        assert!(!recovered.has_loss, "{:?}", recovered.faults);
        assert_eq!(recovered.path, copies.path().join(name));
        assert_eq!(load(&recovered.path).unwrap().recording.camera_entries(), 900);
    }
}

#[test]
fn a_whole_recording_whose_index_is_damaged_is_not_taken_for_abandoned() {
    let folder = tempfile::tempdir().unwrap();
    let path = record_and_stop(plan(folder.path()), 700).path.unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let in_the_index = bytes.len() - 60;
    bytes[in_the_index] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(list(folder.path()).unwrap()[0].condition, Condition::Damaged(_)));
    assert!(fs::read(&path).unwrap() == bytes, "a list changes no recording that had its end");
    assert!(!recover(&path, None).unwrap().has_loss);
    assert!(load(&path).unwrap().recording == expected(&plan(folder.path()), 700));
}

#[test]
fn a_damaged_recording_is_recovered_by_hand_and_the_original_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = record_and_stop(plan(folder.path()), 2000).path.unwrap();
    let mut bytes = fs::read(&path).unwrap();
    assert!(recover(&path, None).is_err(), "it is whole");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&path, &bytes).unwrap();
    let recovered = recover(&path, None).unwrap();
    assert!(!recovered.faults.is_empty());
    assert_eq!(fs::read(recovered.original.unwrap()).unwrap(), bytes);
    let imported = load(&recovered.path).unwrap();
    assert_eq!(imported.faults, []);
    assert!(imported.recording.camera_entries() >= 1400);
}

#[test]
fn a_piece_torn_off_and_written_again_is_not_taken_from_the_journal_once_more() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(folder.path());
    let path = record_and_stop(plan.clone(), 1500).path.unwrap();
    let whole = fs::read(&path).unwrap();
    let second = chunks(&whole)[1];
    let torn = [&whole[..second + 400], &whole[second..]].concat();
    fs::write(&path, torn).unwrap();
    // Journals as they are while the second piece is being recorded.
    let other = tempfile::tempdir().unwrap();
    let mut recorder = Recorder::start(Plan { folder: other.path().to_owned(), ..plan.clone() });
    record(&mut recorder, 800);
    let (fade, earth) = (Arc::from(FADE), NodeName::new("Earth"));
    let handed: u64 = (0..800).map(|n| frame(n, &fade, &earth).len() as u64).sum();
    while recorder.progress().entries < handed {
        std::thread::yield_now();
    }
    for journal in ["session.skyreel.journal", "session.skyreel.journal2"] {
        fs::copy(other.path().join(journal), folder.path().join(journal)).unwrap();
    }
    assert!(load(&path).unwrap().recording == expected(&plan, 1500));
}

/// Where the chunks of a file begin.
fn chunks(file: &[u8]) -> Vec<usize> {
    let (mut at, mut chunks) = (8, Vec::new());
    while at + 9 < file.len() {
        if file[at] == 6 {
            chunks.push(at);
        }
        at += 9 + u64::from_le_bytes(file[at + 1..at + 9].try_into().unwrap()) as usize;
    }
    chunks
}

#[test]
fn a_power_cut_that_leaves_an_old_journal_takes_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(folder.path());
    let path = record_and_stop(plan.clone(), 1500).path.unwrap();
    // As if the journal's emptying had not reached the disk: all frames are in it once more.
    let whole = fs::read(&path).unwrap();
    let recorder_journal = {
        let other = tempfile::tempdir().unwrap();
        let mut recorder =
            Recorder::start(Plan { folder: other.path().to_owned(), ..plan.clone() });
        record(&mut recorder, 300);
        while recorder.progress().entries < 300 {
            std::thread::yield_now();
        }
        fs::read(other.path().join("session.skyreel.journal")).unwrap()
    };
    let mut journal = path.clone().into_os_string();
    journal.push(".journal");
    File::create(&journal).unwrap().write_all(&recorder_journal).unwrap();
    assert_eq!(native::read_with_reach(&whole).1.next_segment, 3);
    assert!(load(&path).unwrap().recording == expected(&plan, 1500));
}
