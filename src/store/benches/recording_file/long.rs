//! Long sessions and many properties, each in a process of its own, whose memory is its own: what
//! was promised beside what it is.

use std::fs::{self, File};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use skyreel_core::format::native::Reel;
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionSpan, SessionTime};
use skyreel_store::FileSource;

use crate::clock::{Times, cpu_ns, thread_time, wall_ns};
use crate::measure::Figures;
use crate::session::{Dice, RATE_HZ, Session};
use crate::table::time;
use crate::writers::{Ours, Writing};

const MEGABYTE: f64 = 1e6;
const SEEKS: usize = 1_000;

/// Ten hours with a scene's usual changes.
const TEN_HOURS: Session = Session { seed: 7, duration_s: 36_000, properties: 20, changes_hz: 0.2 };
/// An hour in which a thousand properties change every eight minutes or so.
const THOUSAND: Session =
    Session { seed: 7, duration_s: 3_600, properties: 1_000, changes_hz: 2.0 };

/// What a process may be asked for, and how it does it in a folder.
type Task = (&'static str, fn(&Path));

const TASKS: [Task; 4] = [
    ("record-ten-hours", |folder| record(&TEN_HOURS, folder)),
    ("play-ten-hours", play_ten_hours),
    ("record-thousand", |folder| record(&THOUSAND, folder)),
    ("play-thousand", play_thousand),
];

/// Runs all of it, each in a process of its own.
pub fn run_all(folder: &Path) {
    for (name, _) in TASKS {
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--task", name])
            .arg(folder)
            .stdout(Stdio::inherit())
            .status();
        assert!(status.unwrap().success(), "{name}");
    }
}

/// Those that the hour in the table has to do with.
pub fn promises_of_an_hour(ours: &Figures) {
    println!("| promise | at most | is | |");
    println!("|---|---:|---:|---|");
    promise("1 h: handing a frame over, frame thread, CPU: mean", 250.0, ours.push_mean_ns, time);
    promise("… 99.9 %", 10e3, ours.push_999_ns, time);
    promise("… longest", 500e3, ours.push_max_ns, time);
    promise("starting, frame thread, wall", 2e6, ours.start_ns, time);
    promise("stopping, frame thread, wall", 2e6, ours.stop_ns, time);
}

/// Does one of them, in this process.
pub fn run(name: &str, folder: &Path) {
    let (_, task) = TASKS.iter().find(|(known, _)| *known == name).unwrap();
    task(folder);
}

/// A line of the table.
pub fn promise(what: &str, most: f64, is: f64, unit: fn(f64) -> String) {
    let word = if is <= most { "kept" } else { "**missed**" };
    println!("| {what} | {} | {} | {word} |", unit(most), unit(is));
}

fn megabytes(bytes: f64) -> String {
    format!("{:.1} MB", bytes / MEGABYTE)
}

/// A number of bytes from `/proc/self/status`.
fn memory_bytes(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    let kilobytes = line.trim_matches(|c: char| !c.is_ascii_digit()).parse::<f64>();
    kilobytes.unwrap_or(f64::NAN) * 1024.0
}

fn hours(session: &Session) -> u64 {
    session.duration_s / 3_600
}

fn file_of(session: &Session, folder: &Path) -> PathBuf {
    folder.join(format!("{}", session.properties)).join("session.skyreel")
}

/// Records as fast as the disk takes it.
fn record(session: &Session, folder: &Path) {
    let (names, baseline) = session.names();
    let folder = file_of(session, folder).parent().unwrap().to_owned();
    let baseline = Arc::new(baseline);
    let idle = memory_bytes("VmRSS:");
    let (wall, (stop_ns, path)) = wall_ns(|| {
        let mut writer = Ours::begin(&folder, baseline);
        for frame in session.frames() {
            frame.entries(&names).for_each(|entry| writer.push(entry));
            writer.rest();
        }
        let (stop_ns, ()) = cpu_ns(|| writer.stop());
        (stop_ns, writer.file())
    });
    let more = memory_bytes("VmHWM:") - idle;
    let (hours, properties) = (hours(session), session.properties);
    let what = format!("{hours} h, {properties} properties: memory to record, beyond idle");
    promise(&what, 50.0 * MEGABYTE, more, megabytes);
    promise("stopping it, frame thread, CPU", 2e6, stop_ns, time);
    let bytes = fs::metadata(path).unwrap().len() as f64;
    let each = bytes / (session.duration_s * RATE_HZ) as f64;
    let speed = session.duration_s as f64 / (wall / 1e9);
    println!("| its file, bytes a camera entry | | {:.1} MB, {each:.2} | |", bytes / MEGABYTE);
    println!("| recorded so many times as fast as it happened | | {speed:.0} | |");
}

type OnDisk = Reel<FileSource<File>>;

fn open(path: &Path) -> OnDisk {
    Reel::open(FileSource::new(File::open(path).unwrap())).unwrap()
}

fn open_and_seek(session: &Session, path: &Path) {
    let opened = |_| cpu_ns(|| black_box(open(path).frame(SessionTime::ZERO).unwrap())).0;
    let mut opened: Times = (0..100).map(opened).collect();
    let (hours, properties) = (hours(session), session.properties);
    let what = format!("{hours} h, {properties} properties: open to the first frame, median");
    promise(&what, 2e6, opened.at(0.5), time);
    promise("… 99 % of 100", 2e6, opened.at(0.99), time);
    let end = SessionTime::from_nanos((session.duration_s as i64 - 1) * 1_000_000_000);
    let mut reel = open(path);
    let mut dice = Dice(5);
    let (mut cold, mut warm, mut near) = (Times::default(), Times::default(), Times::default());
    let mut before = SessionTime::ZERO;
    reel.frame(before).unwrap();
    for _ in 0..SEEKS {
        let t = dice.moment(end);
        let mut look = |t| cpu_ns(|| black_box(reel.frame(t).unwrap())).0;
        cold.push(look(t));
        // Back to where it was before, and once more there.
        warm.push(look(before));
        near.push(look(before));
        before = t;
    }
    for (name, mut times, most) in [
        ("cold seek with its state", cold, 1e6),
        ("seek to a segment that is kept, with its state", warm, 1e5),
        ("seek within the segment it is in", near, 1e5),
    ] {
        promise(&format!("{name}, mean of {SEEKS}"), most, times.mean(), time);
        promise("… 99 %", most, times.at(0.99), time);
        promise("… longest", most, times.at(1.0), time);
    }
}

fn sample_cost(session: &Session, path: &Path, most_ns: f64, what: &str) {
    const TOGETHER: i64 = 50;
    let end = SessionTime::from_nanos((session.duration_s as i64 - 1) * 1_000_000_000);
    let (mut reel, mut dice, mut times) = (open(path), Dice(3), Times::default());
    for _ in 0..SEEKS / 2 {
        let t = dice.moment(end);
        let recording = reel.stretch(t).unwrap();
        let moments = (0..TOGETHER).map(|n| t.saturating_add(SessionSpan::from_nanos(n * 1_000)));
        let (all_ns, ()) = cpu_ns(|| moments.for_each(|t| drop(black_box(sample(recording, t)))));
        times.push(all_ns / TOGETHER as f64);
    }
    promise(what, most_ns, times.at(0.5), time);
}

fn play_ten_hours(folder: &Path) {
    let path = file_of(&TEN_HOURS, folder);
    // First, while nothing else has taken memory.
    let mut reel = open(&path);
    black_box(reel.frame(SessionTime::ZERO).unwrap());
    let before = memory_bytes("VmRSS:");
    let (mut frames, start) = (Times::default(), thread_time());
    let count = TEN_HOURS.duration_s * RATE_HZ;
    let mut longest = Times::with_capacity(1024);
    for n in 0..count {
        let t = SessionTime::from_nanos((n as f64 * 1e9 / RATE_HZ as f64) as i64);
        let (frame_ns, _) = cpu_ns(|| black_box(reel.frame(t).unwrap()));
        frames.push(frame_ns);
        // No more than a minute's times are kept: memory is what is measured.
        if frames.len() == 3_600 {
            longest.push(frames.at(1.0));
            frames = Times::default();
        }
    }
    let all_ns = (thread_time() - start).as_nanos() as f64;
    let more = memory_bytes("VmHWM:") - before;
    promise("10 h: memory to play them at 60 Hz, beyond open", 20.0 * MEGABYTE, more, megabytes);
    promise("… the longest frame of a minute, median", 1e6, longest.at(0.5), time);
    promise("… of 99 % of the minutes", 1e6, longest.at(0.99), time);
    println!("| … of all | | {} | |", time(longest.at(1.0)));
    println!(
        "| … a frame, mean, looking at the clock included | | {} | |",
        time(all_ns / count as f64)
    );
    drop(reel);
    open_and_seek(&TEN_HOURS, &path);
    // A scene's few properties are in it too.
    sample_cost(&TEN_HOURS, &path, 20e3, "one sample: a camera and 20 properties");
}

fn play_thousand(folder: &Path) {
    let path = file_of(&THOUSAND, folder);
    open_and_seek(&THOUSAND, &path);
    sample_cost(&THOUSAND, &path, 20e3, "one sample: a camera and 1,000 properties");
    let bare = Session { properties: 0, duration_s: 600, ..THOUSAND };
    let folder = file_of(&bare, folder).parent().unwrap().to_owned();
    let (names, baseline) = bare.names();
    let mut writer = Ours::begin(&folder, Arc::new(baseline));
    for frame in bare.frames() {
        frame.entries(&names).for_each(|entry| writer.push(entry));
        writer.rest();
    }
    writer.stop();
    sample_cost(&bare, &writer.file(), 1e3, "one sample: a camera and the clock");
}
