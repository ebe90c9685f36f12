//! What the recording file costs, beside others on the same stream in the same run, and whether it
//! keeps what it promises: `cargo bench -p skyreel-store --bench recording_file`.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has nothing to say")]

mod clock;
mod corpus;
mod long;
mod measure;
mod readers;
mod session;
mod table;
mod writers;

use std::path::Path;
use std::sync::Arc;

use measure::{Course, Figures};
use session::Session;
use writers::{Mcap, OpenSpace, Ours, RonLines};

const HOUR: Session = Session { seed: 7, duration_s: 3_600, properties: 20, changes_hz: 0.2 };

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--task", name, folder] => long::run(name, Path::new(folder)),
        [.., "--bench"] => run(),
        _ => println!("figures are taken by `cargo bench`, of an optimised build"),
    }
}

fn run() {
    let folder = tempfile::tempdir().unwrap();
    println!("{}\n", machine());
    println!("## An hour at 60 frames a second, beside others\n");
    let (names, baseline) = HOUR.names();
    let course = Course {
        session: HOUR,
        names: &names,
        baseline: Arc::new(baseline),
        folder: &folder.path().join("hour"),
    };
    let all = [
        course.run::<Ours>(),
        course.run::<OpenSpace>(),
        course.run::<Mcap>(),
        course.run::<RonLines>(),
    ];
    agree(&all);
    table::print(&all);
    println!("\nLooking at the clock, {:.0} ns, is in every time but the means.", clock::look_ns());
    println!("\n## Promises\n");
    long::promises_of_an_hour(&all[0]);
    long::run_all(folder.path());
    corpus::run(&folder.path().join("corpus"));
}

/// What it runs on.
fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let name = processors.lines().find_map(|line| line.strip_prefix("model name"));
    let name = name.unwrap_or("unknown").trim_start_matches([' ', '\t', ':']);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    format!("{name}, {cores} cores, kernel {}, load {load}", kernel.trim())
}

/// All have shown the same camera at the same moments.
fn agree(all: &[Figures]) {
    let [ours, others @ ..] = all else { return };
    for other in others {
        for (place, same) in other.places.iter().zip(&ours.places) {
            for (a, b) in place.iter().zip(same) {
                assert!((a - b).abs() <= 1e-6 * a.abs().max(1e6), "{}: {a} m, {b} m", other.name);
            }
        }
    }
}
