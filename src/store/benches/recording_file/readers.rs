//! How what the writers have written is opened and looked at, each in the best way that it has.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use mcap::sans_io::indexed_reader::{IndexedReadEvent, IndexedReader, IndexedReaderOptions};
use mcap::sans_io::summary_reader::{SummaryReadEvent, SummaryReader};
use skyreel_core::entry::Entry;
use skyreel_core::format::native::{self, Reel};
use skyreel_core::format::osrec;
use skyreel_core::frame::FramePose;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;
use skyreel_store::FileSource;

use crate::writers::{CAMERA_TOPIC, Mcap, OpenSpace, Ours, RonLines, STATE_TOPIC, Writing};

/// Where the camera is, relative to its anchor, metres.
pub type Place = [f64; 3];

/// Reads what was written.
pub trait Reading: Writing {
    /// An open file.
    type Open;

    /// Opens it, as far as it takes to look at a moment.
    fn open(path: &Path) -> Self::Open;
    /// Goes to a moment and shows it: the camera, and everything else as it is then, as far as the
    /// format can tell.
    fn look(open: &mut Self::Open, t: SessionTime) -> Place;
    /// Reads all of it. Gives the number of camera entries.
    fn read_whole(path: &Path) -> usize;
    /// A recording from which moments around one can be sampled, where there is such a thing.
    fn recording(open: &mut Self::Open, t: SessionTime) -> Option<&Recording>;
    /// Whether looking at a moment near the last one is something else than looking anywhere.
    const KEEPS_WHAT_WAS_READ: bool = true;
    /// Whether the whole file is read when it is opened.
    const IS_READ_WHOLE: bool = true;
}

fn shown(recording: &Recording, t: SessionTime) -> Place {
    place(&sample(recording, t))
}

/// Where the first camera of a frame is.
pub fn place(frame: &skyreel_core::frame::Frame) -> Place {
    match &frame.views[0].pose {
        FramePose::One(pose) => pose.position_m.to_array(),
        FramePose::Two { from, .. } => from.position_m.to_array(),
    }
}

impl Reading for Ours {
    type Open = Reel<FileSource<File>>;
    const IS_READ_WHOLE: bool = false;

    fn open(path: &Path) -> Self::Open {
        Reel::open(FileSource::new(File::open(path).unwrap())).unwrap()
    }

    fn look(open: &mut Self::Open, t: SessionTime) -> Place {
        place(&open.frame(t).unwrap())
    }

    fn read_whole(path: &Path) -> usize {
        native::read(&fs::read(path).unwrap()).unwrap().recording.camera_entries()
    }

    fn recording(open: &mut Self::Open, t: SessionTime) -> Option<&Recording> {
        Some(open.stretch(t).unwrap())
    }
}

impl Reading for OpenSpace {
    type Open = Recording;

    /// Its scripts are not run, which its player would have to do.
    fn open(path: &Path) -> Recording {
        osrec::read(&fs::read(path).unwrap()).unwrap().recording
    }

    fn look(open: &mut Recording, t: SessionTime) -> Place {
        shown(open, t)
    }

    fn read_whole(path: &Path) -> usize {
        Self::open(path).camera_entries()
    }

    fn recording(open: &mut Recording, _: SessionTime) -> Option<&Recording> {
        Some(open)
    }
}

impl Reading for RonLines {
    type Open = Recording;

    fn open(path: &Path) -> Recording {
        let text = fs::read_to_string(path).unwrap();
        let mut lines = text.lines();
        let baseline = ron::from_str(lines.next().unwrap()).unwrap();
        let mut recording = Recording { baseline, ..Recording::default() };
        for line in lines {
            assert!(ron::from_str::<Entry>(line).unwrap().add_to(&mut recording));
        }
        recording
    }

    fn look(open: &mut Recording, t: SessionTime) -> Place {
        shown(open, t)
    }

    fn read_whole(path: &Path) -> usize {
        Self::open(path).camera_entries()
    }

    fn recording(open: &mut Recording, _: SessionTime) -> Option<&Recording> {
        Some(open)
    }
}

/// An MCAP file and its index.
pub struct Indexed {
    file: File,
    /// Where what is.
    pub summary: mcap::Summary,
    chunk: Vec<u8>,
}

impl Indexed {
    /// Every message of a topic between two moments, in order of time.
    fn messages(&mut self, topic: &str, from: i64, to: i64, mut take: impl FnMut(u64, &[u8])) {
        let options = IndexedReaderOptions::new()
            .include_topics([topic])
            .starting_at(from.max(0) as u64)
            .ending_at(to.max(0) as u64);
        let mut reader = IndexedReader::new_with_options(&self.summary, options).unwrap();
        while let Some(event) = reader.next_event() {
            match event.unwrap() {
                IndexedReadEvent::ReadChunkRequest { offset, length } => {
                    self.chunk.resize(length, 0);
                    self.file.seek(SeekFrom::Start(offset)).unwrap();
                    self.file.read_exact(&mut self.chunk).unwrap();
                    reader.insert_chunk_record_data(offset, &self.chunk).unwrap();
                }
                IndexedReadEvent::Message { header, data } => take(header.log_time, data),
            }
        }
    }
}

impl Reading for Mcap {
    type Open = Indexed;
    const KEEPS_WHAT_WAS_READ: bool = false;
    const IS_READ_WHOLE: bool = false;

    fn open(path: &Path) -> Indexed {
        let mut file = File::open(path).unwrap();
        let mut reader = SummaryReader::new();
        while let Some(event) = reader.next_event() {
            match event.unwrap() {
                SummaryReadEvent::ReadRequest(bytes) => {
                    let read = file.read(reader.insert(bytes)).unwrap();
                    reader.notify_read(read);
                }
                SummaryReadEvent::SeekRequest(to) => {
                    reader.notify_seeked(file.seek(to).unwrap());
                }
            }
        }
        Indexed { file, summary: reader.finish().unwrap(), chunk: Vec::new() }
    }

    /// The camera from the messages around the moment; the state from all changes before it, for
    /// nothing else has it.
    fn look(open: &mut Indexed, t: SessionTime) -> Place {
        let at = t.as_nanos();
        let around_ns = 40_000_000;
        let (mut before, mut after) = (None, None);
        open.messages(CAMERA_TOPIC, at - around_ns, at + around_ns, |time, message| {
            let time = time as i64;
            if time <= at {
                before = Some((time, position_m(message)));
            } else if after.is_none() {
                after = Some((time, position_m(message)));
            }
        });
        let mut state = BTreeMap::new();
        open.messages(STATE_TOPIC, 0, at, |_, message| {
            if let Entry::Property { path, change } = ron::de::from_bytes(message).unwrap() {
                state.insert(path, change);
            }
        });
        std::hint::black_box(state);
        let ((from, a), (to, b)) = (before.or(after).unwrap(), after.or(before).unwrap());
        let weight = if to > from { (at - from) as f64 / (to - from) as f64 } else { 0.0 };
        std::array::from_fn(|axis| a[axis] + weight * (b[axis] - a[axis]))
    }

    fn read_whole(path: &Path) -> usize {
        let mut open = Self::open(path);
        let mut places = Vec::new();
        open.messages(CAMERA_TOPIC, 0, i64::MAX, |time, message| {
            places.push((time, position_m(message)));
        });
        places.len()
    }

    fn recording(_: &mut Indexed, _: SessionTime) -> Option<&Recording> {
        None
    }
}

fn position_m(message: &[u8]) -> Place {
    std::array::from_fn(|axis| {
        let at = 8 + 8 * axis;
        f64::from_le_bytes(message[at..at + 8].try_into().unwrap())
    })
}
