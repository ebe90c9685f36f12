//! What the bytes of recording files go to, and how long their pieces take to pack and unpack.
//! `cargo run --release -p skyreel-core --example recording_size -- FILE_OR_FOLDER...`
//!
//! First a synthetic recording; then every file is read, whatever its format, packed as `.skyreel` in
//! memory, and counted.
use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::time::Instant;

use mcap::records::Record;
use mcap::sans_io::{LinearReadEvent, LinearReader, LinearReaderOptions};
use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::clock_track::ClockKey;
use skyreel_core::format;
use skyreel_core::format::native::{self, Reel, Source};
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::recording::{MAIN_VIEW, Recording};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Easing;

/// A file in memory.
struct Memory(Vec<u8>);

impl Source for Memory {
    fn file_bytes(&mut self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }

    fn read_at(&mut self, offset: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let there = self.0.get(from..).and_then(|rest| rest.get(..bytes));
        there.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// Recordings in a folder and those below it.
fn recordings(paths: Vec<PathBuf>) -> io::Result<Vec<Recording>> {
    let (mut left, mut found) = (paths, Vec::new());
    while let Some(path) = left.pop() {
        if path.is_dir() {
            for file in std::fs::read_dir(path)? {
                left.push(file?.path());
            }
        } else if let Ok(imported) = format::read(&std::fs::read(path)?) {
            found.push(imported.recording);
        }
    }
    Ok(found)
}

type Sizes = BTreeMap<String, usize>;

/// Adds up records by kind, with their heads; those within chunks unpacked.
fn count(file: &[u8], sizes: &mut Sizes) -> Result<(), Box<dyn Error>> {
    for emit_chunks in [true, false] {
        let options = LinearReaderOptions::default().with_emit_chunks(emit_chunks);
        let mut reader = LinearReader::new_with_options(options);
        let mut rest = file;
        while let Some(event) = reader.next_event() {
            match event? {
                LinearReadEvent::ReadRequest(bytes) => {
                    let taken = bytes.min(rest.len());
                    reader.insert(taken).copy_from_slice(&rest[..taken]);
                    reader.notify_read(taken);
                    rest = &rest[taken..];
                }
                LinearReadEvent::Record { data, opcode } => {
                    let name = match (emit_chunks, mcap::parse_record(opcode, data)?) {
                        (true, _) => format!("record {opcode:#04x}"),
                        (false, Record::Message { header, .. }) => {
                            format!("unpacked: message on channel {:2}", header.channel_id)
                        }
                        (false, _) => continue,
                    };
                    *sizes.entry(name).or_default() += data.len() + 9;
                }
            }
        }
    }
    Ok(())
}

/// A minute at 60 entries a second: towards a planet and around it, rotations in single precision.
fn synthetic() -> Result<Recording, Box<dyn Error>> {
    let mut recording = Recording::default();
    let anchor = NodeName::new("Earth");
    for i in 0..3_600_u32 {
        let t_s = f64::from(i) / 60.0 + f64::from(i * 7_919 % 1_009) * 1e-6;
        let stamp = SessionTime::from_secs(t_s).ok_or("no time")?;
        let (turn, distance_m) = (t_s * 0.02, 6.4e6 + 3e7 * (-t_s / 10.0).exp());
        let half = turn / 2.0;
        let pose = CameraPose {
            anchor: anchor.clone(),
            follow_rotation: true,
            position_m: [distance_m * turn.cos(), distance_m * turn.sin(), 0.3 * distance_m],
            rotation_wxyz: [half.cos(), 0.1 * half.sin(), 0.0, 0.995 * half.sin()]
                .map(|v| f64::from(v as f32)),
            scale: (1e6 / distance_m) as f32,
        };
        let sim_time_s = 8e8 + t_s;
        let sim_time = SimTime::from_tdb_secs(sim_time_s).ok_or("no time")?;
        let leave = Leave::AS_RECORDED;
        let entry = CameraEntry { seq: u64::from(i), stamp, sim_time_s, pose, leave };
        recording.view_mut(MAIN_VIEW).camera.push(entry)?;
        recording.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
    }
    Ok(recording)
}

/// How long a moment within the third piece takes, read by itself: the best of many, for other work
/// on the machine is none of reading's.
fn time_one_piece(recording: &Recording) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let file = native::encode(recording)?;
    let pack_us = start.elapsed().as_secs_f64() * 1e6 / recording.camera_entries() as f64;
    let each = file.len() as f64 / recording.camera_entries() as f64;
    let mut best_s = f64::MAX;
    for _ in 0..200 {
        let mut reel = Reel::open(Memory(file.clone()))?;
        let start = Instant::now();
        reel.stretch(SessionTime::from_nanos(25_000_000_000))?;
        best_s = best_s.min(start.elapsed().as_secs_f64());
    }
    println!("synthetic: {each:.3} bytes an entry, packed in {pack_us:.2} µs an entry");
    println!("a piece of 600 entries read by itself: {:.0} µs", best_s * 1e6);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    time_one_piece(&synthetic()?)?;
    let recordings = recordings(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let (mut sizes, mut bytes, mut entries) = (Sizes::new(), 0, 0);
    let mut pack_s = 0.0;
    for recording in &recordings {
        let start = Instant::now();
        let file = native::encode(recording)?;
        pack_s += start.elapsed().as_secs_f64();
        bytes += file.len();
        entries += recording.camera_entries();
        count(&file, &mut sizes)?;
    }
    if recordings.is_empty() {
        return Ok(());
    }
    for (name, size) in &sizes {
        println!("{name:34} {size:9} bytes {:7.3} an entry", *size as f64 / entries as f64);
    }
    let each = bytes as f64 / entries as f64;
    println!(
        "{} recordings, {entries} camera entries, {bytes} bytes: {each:.3} an entry",
        recordings.len()
    );
    println!("packed in {:.2} µs an entry", pack_s * 1e6 / entries as f64);
    Ok(())
}
