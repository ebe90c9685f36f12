//! Four ways to write a session while it happens: ours, and three others with the same entries.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use mcap::records::MessageHeader;
use skyreel_core::camera_track::CameraEntry;
use skyreel_core::entry::Entry;
use skyreel_core::format::Mode;
use skyreel_core::format::osrec::{self, WriteOptions};
use skyreel_core::recording::{Effects, Header, Recording};
use skyreel_core::value::Value;
use skyreel_store::record::{Ending, Plan, Recorder, Settings};

use crate::readers::Reading;

/// The values that a session begins with.
pub type Baseline = Arc<BTreeMap<Arc<str>, Value>>;

/// How many entries may wait before the session does, which then runs faster than the disk. One
/// that runs as fast as people do never gets there.
const MOST_WAITING: u64 = 25_000;

/// Writes a session. What is called on the frame thread, and timed, are `push` and `stop`.
pub trait Writing: Sized {
    /// What it is called in the table.
    const NAME: &'static str;
    /// Whether it wants simulation time by itself; the others have it in every camera entry.
    const WANTS_CLOCK_KEYS: bool = false;

    /// What is lost when the program is killed; when the power goes. Told of a session's file.
    fn lost(file: &Path, duration_s: f64) -> String;
    /// Begins a file in a folder.
    fn begin(folder: &Path, baseline: Baseline) -> Self;
    /// Takes an entry.
    fn push(&mut self, entry: Entry);
    /// What a frame thread would do in the long time between two frames: wait. Not timed.
    fn rest(&mut self) {}
    /// What would be there anyway when the session is stopped. Not timed.
    fn before_stop(&mut self) {}
    /// Ends it.
    fn stop(&mut self);
    /// Waits for what goes on behind; not timed. Gives the file.
    fn file(self) -> PathBuf;
}

/// Skyreel's recorder.
pub struct Ours {
    recorder: Option<Recorder>,
    ending: Option<Ending>,
    handed: u64,
}

/// What our recorder is asked to do.
pub fn plan(folder: &Path, baseline: Baseline) -> Plan {
    Plan {
        folder: folder.to_owned(),
        name: "session".to_owned(),
        header: header(),
        baseline,
        overwrite: false,
        as_text: false,
        settings: Settings::default(),
    }
}

fn header() -> Header {
    Header {
        title: "A session".to_owned(),
        created_utc: "2026-11-20T10:00:00Z".to_owned(),
        effects: Effects::Recorded,
        ..Header::default()
    }
}

impl Writing for Ours {
    const NAME: &'static str = "skyreel";
    const WANTS_CLOCK_KEYS: bool = true;

    fn lost(_: &Path, _: f64) -> String {
        "0.25 s at most; 1 s at most".to_owned()
    }

    fn begin(folder: &Path, baseline: Baseline) -> Self {
        let recorder = Some(Recorder::start(plan(folder, baseline)));
        Self { recorder, ending: None, handed: 0 }
    }

    fn push(&mut self, entry: Entry) {
        self.recorder.as_mut().unwrap().push(entry).unwrap();
        self.handed += 1;
    }

    fn rest(&mut self) {
        let recorder = self.recorder.as_ref().unwrap();
        while self.handed > recorder.progress().entries + MOST_WAITING {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn stop(&mut self) {
        self.ending = self.recorder.take().map(Recorder::stop);
    }

    fn file(self) -> PathBuf {
        let outcome = self.ending.unwrap().wait();
        assert_eq!((outcome.stopped, outcome.refused), (None, 0));
        outcome.path.unwrap()
    }
}

/// OpenSpace's way: entries are kept in memory, and saved in its binary layout at the end.
pub struct OpenSpace {
    path: PathBuf,
    baseline: Baseline,
    entries: Vec<Entry>,
    recording: Recording,
}

impl Writing for OpenSpace {
    const NAME: &'static str = "OpenSpace's layout";

    fn lost(_: &Path, _: f64) -> String {
        "everything; everything".to_owned()
    }

    fn begin(folder: &Path, baseline: Baseline) -> Self {
        let path = folder.join("session.osrec");
        Self { path, baseline, entries: Vec::new(), recording: Recording::default() }
    }

    fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// OpenSpace's entries lie ready; ours are put into the shape that its writer takes.
    fn before_stop(&mut self) {
        self.recording.baseline = (*self.baseline).clone();
        for entry in mem::take(&mut self.entries) {
            assert!(entry.add_to(&mut self.recording));
        }
    }

    fn stop(&mut self) {
        let options = WriteOptions::default();
        let written = osrec::write(&self.recording, Mode::Binary, options).unwrap();
        fs::write(&self.path, written.bytes).unwrap();
    }

    fn file(self) -> PathBuf {
        self.path
    }
}

/// The topics of [`Mcap`].
pub const CAMERA_TOPIC: &str = "camera";
/// Everything but cameras.
pub const STATE_TOPIC: &str = "state";

/// MCAP as most programs use it: a message a frame, chunks and compression as they come.
pub struct Mcap {
    path: PathBuf,
    writer: mcap::Writer<BufWriter<File>>,
    channels: [u16; 2],
    message: Vec<u8>,
    number: u32,
}

impl Writing for Mcap {
    const NAME: &'static str = "mcap, zstd";

    /// What is in the chunk, which is on disk when it is full.
    fn lost(file: &Path, duration_s: f64) -> String {
        let chunks = Self::open(file).summary.chunk_indexes.len();
        let chunk_s = duration_s / chunks as f64;
        format!("{chunk_s:.0} s at most; that and what the system has not written")
    }

    fn begin(folder: &Path, baseline: Baseline) -> Self {
        let path = folder.join("session.mcap");
        let mut writer = mcap::Writer::new(BufWriter::new(File::create(&path).unwrap())).unwrap();
        let channels = [CAMERA_TOPIC, STATE_TOPIC].map(|topic| {
            let schema = writer.add_schema(topic, "text", b"own").unwrap();
            writer.add_channel(schema, topic, "own", &BTreeMap::new()).unwrap()
        });
        let start = mcap::records::Metadata {
            name: "baseline".to_owned(),
            metadata: baseline.iter().map(|(p, v)| (p.to_string(), v.to_string())).collect(),
        };
        writer.write_metadata(&start).unwrap();
        Self { path, writer, channels, message: Vec::new(), number: 0 }
    }

    fn push(&mut self, entry: Entry) {
        self.message.clear();
        let channel_id = match &entry {
            Entry::Camera { entry, .. } => {
                camera_message(entry, &mut self.message);
                self.channels[0]
            }
            other => {
                ron::Options::default().to_io_writer(&mut self.message, other).unwrap();
                self.channels[1]
            }
        };
        let log_time = entry.stamp().map_or(0, |stamp| stamp.as_nanos().max(0) as u64);
        self.number += 1;
        let header =
            MessageHeader { channel_id, sequence: self.number, log_time, publish_time: log_time };
        self.writer.write_to_known_channel(&header, &self.message).unwrap();
    }

    fn stop(&mut self) {
        self.writer.finish().unwrap();
    }

    fn file(self) -> PathBuf {
        self.writer.into_inner().flush().unwrap();
        self.path
    }
}

/// Numbers as they are, one after another, and the anchor's name.
fn camera_message(entry: &CameraEntry, message: &mut Vec<u8>) {
    let pose = &entry.pose;
    message.extend(entry.sim_time_s.to_le_bytes());
    pose.position_m.iter().for_each(|number| message.extend(number.to_le_bytes()));
    pose.rotation_wxyz.iter().for_each(|number| message.extend(number.to_le_bytes()));
    message.extend(pose.scale.to_le_bytes());
    message.push(u8::from(pose.follow_rotation));
    message.extend(pose.anchor.as_str().as_bytes());
}

/// A line of RON an entry.
pub struct RonLines {
    path: PathBuf,
    file: BufWriter<File>,
    line: Vec<u8>,
}

impl Writing for RonLines {
    const NAME: &'static str = "ron, a line an entry";

    /// What is in the buffer.
    fn lost(file: &Path, duration_s: f64) -> String {
        let file_bytes = fs::metadata(file).unwrap().len();
        let buffer_s = 8192.0 / file_bytes as f64 * duration_s;
        format!("{buffer_s:.1} s at most; that and what the system has not written")
    }

    fn begin(folder: &Path, baseline: Baseline) -> Self {
        let path = folder.join("session.lines");
        let mut file = BufWriter::new(File::create(&path).unwrap());
        writeln!(file, "{}", ron::to_string(&*baseline).unwrap()).unwrap();
        Self { path, file, line: Vec::new() }
    }

    fn push(&mut self, entry: Entry) {
        self.line.clear();
        ron::Options::default().to_io_writer(&mut self.line, &entry).unwrap();
        self.line.push(b'\n');
        self.file.write_all(&self.line).unwrap();
    }

    fn stop(&mut self) {
        self.file.flush().unwrap();
    }

    fn file(self) -> PathBuf {
        self.path
    }
}
