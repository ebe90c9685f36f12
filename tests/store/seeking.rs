//! A moment of a recording on disk is the same, however it is come to.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;

use skyreel_core::clock_track::ClockSample;
use skyreel_core::entry::Entry;
use skyreel_core::format::native::Reel;
use skyreel_core::frame::Frame;
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionSpan, SessionTime};
use skyreel_core::value::Value;
use skyreel_store::record::{Plan, Recorder};
use skyreel_store::{FileSource, load};

use crate::session::{Dice, Session};

/// All thousand properties change within the first half.
const SESSION: Session = Session { seed: 9, duration_s: 240, properties: 1_000, changes_hz: 10.0 };
const MOMENTS: usize = 1_000;

/// What happened up to a moment, taken down as it happens: rate, and the switches, which change at
/// once.
#[derive(Default)]
struct Ledger {
    switches: BTreeMap<Arc<str>, Value>,
    rate: f64,
}

impl Ledger {
    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Property { path, change } if change.duration == SessionSpan::ZERO => {
                self.switches.insert(path, change.value);
            }
            Entry::ClockChange(change) => self.rate = change.rate.unwrap(),
            _ => {}
        }
    }

    fn check(&self, frame: &Frame) {
        let at = frame.at;
        let ClockSample { rate, paused, .. } = frame.clock;
        assert_eq!((rate, paused), (self.rate, false), "at {at}");
        for (path, value) in &self.switches {
            assert_eq!(frame.properties.get(path), Some(value), "{path} at {at}");
        }
    }
}

#[test]
fn seeking_to_a_moment_shows_what_playing_to_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let (names, baseline) = SESSION.names();
    let plan = crate::recording::plan(folder.path());
    let mut recorder = Recorder::start(Plan { baseline: Arc::new(baseline.clone()), ..plan });
    let mut happened: Vec<Entry> = Vec::new();
    for frame in SESSION.frames() {
        while recorder.progress().entries + 10_000 < happened.len() as u64 {
            std::thread::yield_now();
        }
        for entry in frame.entries(&names) {
            recorder.push(entry.clone()).unwrap();
            happened.push(entry);
        }
    }
    let path = recorder.stop().wait().path.unwrap();
    let whole = load(&path).unwrap().recording;
    let open = || Reel::open(FileSource::new(File::open(&path).unwrap())).unwrap();

    // In any order, by a reel that has just been elsewhere.
    let end = SessionTime::from_nanos(SESSION.duration_s as i64 * 1_000_000_000);
    let (mut dice, mut sought) = (Dice(1), open());
    let mut moments: Vec<(SessionTime, Frame)> =
        (0..MOMENTS).map(|_| dice.moment(end)).map(|t| (t, sought.frame(t).unwrap())).collect();

    // In order, from the start, with steps in between.
    moments.sort_by_key(|(t, _)| *t);
    let switches = baseline.into_iter().filter(|(_, value)| matches!(value, Value::Bool(_)));
    let mut ledger = Ledger { switches: switches.collect(), rate: 1.0 };
    let (mut played, mut happened) = (open(), happened.into_iter().peekable());
    let (mut now, step) = (SessionTime::ZERO, SessionSpan::from_nanos(100_000_000));
    for (t, frame) in moments {
        while now < t {
            played.frame(now).unwrap();
            now = now.saturating_add(step);
        }
        assert!(played.frame(t).unwrap() == frame, "at {t}");
        assert!(sample(&whole, t) == frame, "at {t}, of the recording read whole");
        while let Some(entry) = happened.next_if(|entry| entry.stamp().is_none_or(|at| at <= t)) {
            ledger.take(entry);
        }
        ledger.check(&frame);
    }
}
