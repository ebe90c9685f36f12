//! What the bytes of recording files go to, and how long their pieces take to pack and unpack.
//! `cargo run --release -p skyreel-core --example recording_size -- FILE_OR_FOLDER...`
//!
//! Every file is read, whatever its format, packed as `.skyreel` in memory, and counted.
use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::time::Instant;

use mcap::records::Record;
use mcap::sans_io::{LinearReadEvent, LinearReader, LinearReaderOptions};
use skyreel_core::format;
use skyreel_core::format::native::{self, Reel, Source};
use skyreel_core::recording::Recording;
use skyreel_core::time::SessionTime;

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

fn main() -> Result<(), Box<dyn Error>> {
    let recordings = recordings(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let (mut sizes, mut bytes, mut entries) = (Sizes::new(), 0, 0);
    let (mut pack_s, mut unpack_s, mut pieces) = (0.0, 0.0, 0_u32);
    let mut slowest_s = 0.0_f64;
    for recording in &recordings {
        let start = Instant::now();
        let file = native::encode(recording)?;
        pack_s += start.elapsed().as_secs_f64();
        bytes += file.len();
        entries += recording.camera_entries();
        count(&file, &mut sizes)?;
        let mut reel = Reel::open(Memory(file))?;
        let end = reel.contents().duration;
        for piece in 0.. {
            // Three apart, so that none is kept from before, nor a neighbour.
            let t = SessionTime::from_nanos(piece * 30_000_000_000);
            if t > end {
                break;
            }
            let start = Instant::now();
            reel.stretch(t)?;
            let took_s = start.elapsed().as_secs_f64();
            unpack_s += took_s;
            slowest_s = slowest_s.max(took_s);
            pieces += 1;
        }
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
    let mean_us = unpack_s * 1e6 / f64::from(pieces);
    println!(
        "a moment read by itself, cold: {mean_us:.0} µs, the slowest {:.0} µs",
        slowest_s * 1e6
    );
    Ok(())
}
