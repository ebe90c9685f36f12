//! What is measured of each writer and its file, all in the same way.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use skyreel_core::entry::Entry;
use skyreel_core::time::SessionTime;

use crate::clock::{Times, cpu_ns, wall_ns};
use crate::readers::{Place, Reading};
use crate::session::{Dice, Frame, Names, RATE_HZ, Session};
use crate::writers::{Baseline, Writing};

/// How often all is measured anew.
const PASSES: usize = 3;
/// How many moments are looked at.
const MOMENTS: usize = 200;
/// Reading everything takes long and differs little.
const READS: usize = 3;

/// What was measured of a writer. Medians of all passes, but the longest is the longest of all.
#[derive(Clone, Debug)]
pub struct Figures {
    pub name: &'static str,
    pub bytes_each: f64,
    pub push_mean_ns: f64,
    pub push_999_ns: f64,
    pub push_max_ns: f64,
    pub start_ns: f64,
    pub stop_ns: f64,
    pub open_ns: f64,
    pub cold_ns: Option<f64>,
    pub warm_ns: Option<f64>,
    pub sample_ns: Option<f64>,
    pub read_whole_ns: f64,
    /// What is lost, in this session.
    pub lost: String,
    /// Where the camera was at some moments, to compare.
    pub places: Vec<Place>,
}

/// A session to be recorded over and over.
pub struct Course<'a> {
    pub session: Session,
    pub names: &'a Names,
    pub baseline: Baseline,
    pub folder: &'a Path,
}

impl Course<'_> {
    /// Everything about one writer.
    pub fn run<W: Reading>(&self) -> Figures {
        let mut passes: Vec<Pass> = (0..PASSES).map(|_| self.record::<W>()).collect();
        let of_all = |of: fn(&mut Pass) -> f64, passes: &mut [Pass]| -> Times {
            passes.iter_mut().map(of).collect()
        };
        let entries = (self.session.duration_s * RATE_HZ) as f64;
        let push_mean_ns = of_all(|pass| pass.mean_ns, &mut passes).at(0.5);
        let push_999_ns = of_all(|pass| pass.each.at(0.999), &mut passes).at(0.5);
        let push_max_ns = of_all(|pass| pass.each.at(1.0), &mut passes).at(1.0);
        let all = |of: fn(&Pass) -> [f64; 2]| passes.iter().flat_map(of).collect::<Times>().at(0.5);
        let (start_ns, stop_ns) = (all(|pass| pass.start_ns), all(|pass| pass.stop_ns));
        let path = passes[0].path.clone();
        drop(passes);
        let end = SessionTime::from_nanos((self.session.duration_s as i64 - 1) * 1_000_000_000);
        let (cold_ns, warm_ns, places) = seeks::<W>(&path, end);
        Figures {
            name: W::NAME,
            bytes_each: fs::metadata(&path).unwrap().len() as f64 / entries,
            push_mean_ns,
            push_999_ns,
            push_max_ns,
            start_ns,
            stop_ns,
            open_ns: opening::<W>(&path),
            cold_ns: (!W::IS_READ_WHOLE).then_some(cold_ns),
            warm_ns: W::KEEPS_WHAT_WAS_READ.then_some(warm_ns),
            sample_ns: sampling::<W>(&path, end),
            read_whole_ns: reading::<W>(&path, entries as usize),
            lost: W::lost(&path, self.session.duration_s as f64),
            places,
        }
    }

    /// Twice: looking at the clock once a second for the mean, and around every frame for the rest,
    /// for looking takes as long as handing over.
    fn record<W: Writing>(&self) -> Pass {
        let (mut total_ns, mut each) = (0.0, Times::with_capacity(1 << 20));
        let first = self.hand_over::<W>("by the second", |writer, frames| {
            total_ns += cpu_ns(|| self.push_all(writer, frames)).0;
        });
        let second = self.hand_over::<W>("by the frame", |writer, frames| {
            for frame in frames {
                each.push(cpu_ns(|| self.push_all(writer, std::slice::from_ref(frame))).0);
            }
        });
        let mean_ns = total_ns / (self.session.duration_s * RATE_HZ) as f64;
        let (start_ns, stop_ns) = ([first.0, second.0], [first.1, second.1]);
        Pass { mean_ns, each, start_ns, stop_ns, path: second.2 }
    }

    fn hand_over<W: Writing>(
        &self,
        name: &str,
        mut second: impl FnMut(&mut W, &[Frame]),
    ) -> (f64, f64, PathBuf) {
        let folder = self.folder.join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let baseline = Arc::clone(&self.baseline);
        let (start_ns, mut writer) = wall_ns(|| W::begin(&folder, baseline));
        let mut frames = self.session.frames();
        let mut next: Vec<Frame> = Vec::with_capacity(RATE_HZ as usize);
        loop {
            next.clear();
            next.extend(frames.by_ref().take(RATE_HZ as usize));
            if next.is_empty() {
                break;
            }
            second(&mut writer, &next);
            writer.rest();
        }
        writer.before_stop();
        let (stop_ns, ()) = wall_ns(|| writer.stop());
        (start_ns, stop_ns, writer.file())
    }

    /// What the frame thread does: makes entries of numbers, and hands them over.
    #[inline]
    fn push_all<W: Writing>(&self, writer: &mut W, frames: &[Frame]) {
        for frame in frames {
            let (first, changes) =
                (frame.view(), [frame.property(self.names), frame.clock_change()]);
            first.into_iter().for_each(|entry| writer.push(entry));
            if W::WANTS_CLOCK_KEYS {
                writer.push(frame.clock_key());
            }
            writer.push(frame.camera(self.names));
            changes.into_iter().flatten().for_each(|entry| writer.push(entry));
        }
    }
}

/// Size of these entries in the writer's file.
pub fn bytes_of<W: Writing>(entries: &[Entry], baseline: Baseline, folder: &Path) -> u64 {
    let mut writer = W::begin(folder, baseline);
    for entry in entries {
        if W::WANTS_CLOCK_KEYS || !matches!(entry, Entry::ClockKey(_)) {
            writer.push(entry.clone());
        }
        writer.rest();
    }
    writer.before_stop();
    writer.stop();
    let path = writer.file();
    let bytes = fs::metadata(&path).unwrap().len();
    fs::remove_file(path).unwrap();
    bytes
}

/// One way through the session.
struct Pass {
    mean_ns: f64,
    each: Times,
    start_ns: [f64; 2],
    stop_ns: [f64; 2],
    path: PathBuf,
}

/// Opening and showing the first frame.
fn opening<W: Reading>(path: &Path) -> f64 {
    let repeats = if W::IS_READ_WHOLE { READS } else { MOMENTS };
    let open = |_| cpu_ns(|| black_box(W::look(&mut W::open(path), SessionTime::ZERO))).0;
    (0..repeats).map(open).collect::<Times>().at(0.5)
}

/// Somewhere, and from there back to where it was before; medians.
fn seeks<W: Reading>(path: &Path, end: SessionTime) -> (f64, f64, Vec<Place>) {
    let mut dice = Dice(11);
    let mut open = W::open(path);
    let (mut cold, mut warm) = (Times::default(), Times::default());
    let mut before = SessionTime::ZERO;
    let places = (0..MOMENTS).map(|_| {
        let t = dice.moment(end);
        let (cold_ns, place) = cpu_ns(|| W::look(&mut open, t));
        cold.push(cold_ns);
        warm.push(cpu_ns(|| black_box(W::look(&mut open, before))).0);
        before = t;
        place
    });
    let places = places.collect();
    (cold.at(0.5), warm.at(0.5), places)
}

/// One sample, of the whole moment.
fn sampling<W: Reading>(path: &Path, end: SessionTime) -> Option<f64> {
    const TOGETHER: i64 = 100;
    let mut dice = Dice(13);
    let mut open = W::open(path);
    let mut times = Times::default();
    for _ in 0..MOMENTS {
        let t = dice.moment(end);
        let recording = W::recording(&mut open, t)?;
        let (all_ns, ()) = cpu_ns(|| {
            for step in 0..TOGETHER {
                let t = t.saturating_add(SessionTime::from_nanos(step * 1_000));
                black_box(skyreel_core::sample::sample(recording, t));
            }
        });
        times.push(all_ns / TOGETHER as f64);
    }
    Some(times.at(0.5))
}

fn reading<W: Reading>(path: &Path, expected: usize) -> f64 {
    let read = |_| {
        let (time_ns, entries) = cpu_ns(|| W::read_whole(path));
        assert_eq!(entries, expected, "{} lost something", W::NAME);
        time_ns
    };
    (0..READS).map(read).collect::<Times>().at(0.5)
}
