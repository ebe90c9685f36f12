//! Damage to Skyreel's own file is found or harmless, costs the piece that it hits, and is told with
//! its place and time; whatever the file asks for, memory stays small.

use allocation_counter::measure;
use skyreel_core::fault::Severity;
use skyreel_core::format::native::{Reel, ReelError};
use skyreel_core::format::{self, Imported};
use skyreel_core::frame::Frame;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;
use skyreel_core::value::Value;

use crate::native::Memory;
use crate::native_file::{Small, bit_of_everything, census, moments, record_bytes, small};
use crate::ron_round_trip::bits;
use crate::support::s;

/// The most that reading a small file may take, whatever stands in it.
pub const MOST_BYTES: u64 = 64 << 20;

/// What a file gives, read whole and piece by piece.
pub struct Look {
    pub whole: Option<Imported>,
    pub reel: Result<Reel<Memory>, ReelError>,
    pub frames: Vec<Result<Frame, ReelError>>,
    /// The most memory that was in use.
    pub bytes: u64,
}

pub fn look(file: &[u8], at: &[SessionTime]) -> Look {
    let mut found = None;
    let source = Memory(file.to_vec());
    let used = measure(|| {
        let whole = format::read(file).ok();
        let mut reel = Reel::open(source);
        let frames = match &mut reel {
            Ok(reel) => at.iter().map(|t| reel.frame(*t)).collect(),
            Err(_) => Vec::new(),
        };
        found = Some((whole, reel, frames));
    });
    let (whole, reel, frames) = found.unwrap();
    let bytes = used.bytes_max;
    assert!(bytes <= MOST_BYTES, "{bytes} bytes of memory for {}", file.len());
    Look { whole, reel, frames, bytes }
}

/// Whether what was found says that something is wrong, or nothing is.
fn assert_found_or_harmless(look: &Look, small: &Small, at: &[SessionTime], place: &str) {
    let recording = &small.recording;
    if let Some(imported) = &look.whole
        && !imported.has_loss()
    {
        assert!(imported.recording == *recording, "{place}: a loss that nobody tells");
        assert_eq!(bits(&imported.recording), bits(recording), "{place}");
    }
    if let Ok(reel) = &look.reel {
        assert_eq!(reel.header(), &recording.header, "{place}");
        assert_eq!(reel.contents().duration, recording.duration(), "{place}");
        assert_eq!(reel.contents().camera_entries, 11, "{place}");
    }
    for (t, frame) in at.iter().zip(&look.frames) {
        if let Ok(frame) = frame {
            assert_eq!(frame, &sample(recording, *t), "{place}, at {t} s");
        }
    }
}

/// What is wrong in a frame outside of the lost time; `None` for nothing.
fn wrong(found: &Recording, small: &Small, lost: usize, t: SessionTime) -> Option<String> {
    let lost_from = match lost {
        0 => SessionTime::MIN,
        _ => small.segments[lost - 1].end,
    };
    let lost_to = small.segments.get(lost + 1).map_or(SessionTime::MAX, |next| next.state.at);
    let (found, original) = (sample(found, t), sample(&small.recording, t));
    let is_before = t <= lost_from;
    if !is_before && t < lost_to {
        return None;
    }
    if found.properties != original.properties {
        return Some(format!("{:?} for {:?}", found.properties, original.properties));
    }
    if (found.clock.rate, found.clock.paused) != (original.clock.rate, original.clock.paused) {
        return Some(format!("{:?} for {:?}", found.clock, original.clock));
    }
    for (index, view) in original.views.iter().enumerate() {
        // The way to an entry that is lost is lost, too.
        let before = small.segments[..lost].iter().filter_map(|s| s.cameras.get(index));
        let last = before.flat_map(|c| &c.entries).map(|e| e.due).max();
        if is_before && last.is_none_or(|last| t > last) {
            continue;
        }
        if found.view(&view.name) != Some(view) {
            return Some(format!("{:?} for {view:?}", found.view(&view.name)));
        }
    }
    None
}

/// The segment whose chunk holds a byte.
fn segment_at(small: &Small, byte: usize) -> Option<usize> {
    (0..small.segments.len()).find(|segment| small.chunk(*segment).contains(&byte))
}

#[test]
fn the_small_file_has_several_segments_and_is_read_without_a_fault() {
    let small = small(bit_of_everything());
    assert_eq!(small.segments.len(), 3);
    let read = format::read(&small.file).unwrap();
    assert_eq!(read.faults, []);
    assert_eq!(read.recording, small.recording);
}

#[test]
fn every_flipped_bit_is_found_or_harmless_and_costs_the_piece_that_it_hits() {
    let small = small(bit_of_everything());
    let threads = std::thread::available_parallelism().unwrap().get();
    let most = std::thread::scope(|scope| {
        let small = &small;
        let shares = (0..threads).map(|share| {
            scope.spawn(move || {
                let bytes = (share..small.file.len()).step_by(threads);
                let flips = bytes.flat_map(|byte| (0..8).map(move |bit| (byte, bit)));
                flips.map(|(byte, bit)| flip(small, byte, bit)).max()
            })
        });
        let shares: Vec<_> = shares.collect();
        shares.into_iter().filter_map(|share| share.join().unwrap()).max().unwrap()
    });
    println!("{} flips, at most {most} bytes of memory", small.file.len() * 8);
}

/// Gives the memory that it took.
fn flip(small: &Small, byte: usize, bit: u8) -> u64 {
    let mut flipped = small.file.clone();
    flipped[byte] ^= 1 << bit;
    let place = format!("byte {byte} bit {bit}");
    let hit = segment_at(small, byte);
    let at = [[1.0, 9.5], [12.0, 19.5], [24.0, 29.0]].map(|at| at.map(s));
    // Piece by piece, the piece that was hit tells most.
    let found = look(&flipped, &at[hit.unwrap_or(byte % 3)]);
    assert_found_or_harmless(&found, small, &at[hit.unwrap_or(byte % 3)], &place);
    // Nothing is recognised without the eight bytes that an MCAP file begins with.
    let Some(imported) = &found.whole else {
        assert!(byte < 8, "{place}: nothing could be read");
        return found.bytes;
    };
    let kept = census(&imported.recording);
    for (_, segment) in small.segments.iter().enumerate().filter(|(n, _)| Some(*n) != hit) {
        for entry in segment.cameras.iter().flat_map(|c| &c.entries) {
            assert!(kept.contains_key(&("camera", entry.item.seq)), "{place}");
        }
        for event in &segment.events {
            assert!(kept.contains_key(&("event", event.item.seq)), "{place}");
        }
    }
    for t in at.as_flattened() {
        let wrong = wrong(&imported.recording, small, hit.unwrap_or(small.segments.len()), *t);
        assert!(wrong.is_none(), "{place}, at {t} s: {}", wrong.unwrap());
    }
    found.bytes
}

#[test]
fn every_prefix_gives_what_is_whole_of_it_and_says_where_it_ends() {
    let small = small(bit_of_everything());
    let at = moments();
    for length in 0..small.file.len() {
        let prefix = &small.file[..length];
        let found = look(prefix, &at[..2]);
        assert!(matches!(found.reel, Err(ReelError::NoIndex(_))), "{length}");
        let whole = (0..small.segments.len()).filter(|n| small.chunk(*n).end <= length).count();
        let Some(imported) = found.whole else {
            assert_eq!(whole, 0, "{length}");
            continue;
        };
        if !imported.has_loss() {
            assert!(imported.recording == small.recording, "{length}");
        }
        let entries: usize = small.segments[..whole].iter().map(|segment| segment.entries()).sum();
        let properties = imported.recording.properties.values().map(|t| t.changes().len());
        let words = imported.recording.views.iter().map(|v| v.wordings.len()).sum::<usize>();
        let counted = census(&imported.recording).values().sum::<usize>() - words
            + properties.sum::<usize>()
            + imported.recording.clock.changes().len();
        assert_eq!(counted, entries, "cut to {length}");
        let fault = imported.faults.last().unwrap();
        assert!(fault.message.contains("was not ended"), "{length}: {fault}");
        let place = fault.offset.unwrap() as usize;
        assert!(place <= length, "{fault}");
        if length < small.pieces.last().unwrap().start {
            assert_eq!(fault.severity, Severity::Loss);
            let until = small.segments[whole - 1].end;
            assert!(fault.message.contains(&format!("up to {until} s")), "{fault}");
            // The record that is cut, or the end where none is.
            assert!(place == length || place + record_bytes(&small.file[place..]) > length);
        }
    }
}

/// The file with a byte in the middle of a segment's data changed.
fn hurt(small: &Small, segment: usize) -> Vec<u8> {
    let chunk = small.chunk(segment);
    let mut file = small.file.clone();
    file[chunk.end - chunk.len() / 3] ^= 0x40;
    file
}

#[test]
fn a_damaged_piece_costs_that_piece_alone_and_the_fault_says_where_and_from_when_to_when() {
    let small = small(bit_of_everything());
    let lost = [
        "everything before 12 s of the recording is lost",
        "9 s to 22 s of the recording are lost",
        "20 s to 28 s of the recording are lost",
    ];
    for (hit, lost) in lost.into_iter().enumerate() {
        let file = hurt(&small, hit);
        let imported = format::read(&file).unwrap();
        let [fault] = &imported.faults[..] else { panic!("{:?}", imported.faults) };
        assert!(fault.message.ends_with(lost), "{fault}");
        assert_eq!(fault.offset, Some(small.chunk(hit).start as u64), "{fault}");
        for t in moments() {
            let wrong = wrong(&imported.recording, &small, hit, t);
            assert!(wrong.is_none(), "piece {hit} lost, at {t} s: {}", wrong.unwrap());
        }
        let mut reel = Reel::open(Memory(file)).unwrap();
        for t in moments() {
            match reel.frame(t) {
                Ok(frame) => assert_eq!(frame, sample(&small.recording, t), "{t} s"),
                Err(ReelError::Damaged(fault)) => {
                    assert_eq!(fault.offset, Some(small.chunk(hit).start as u64), "{fault}");
                    let before = hit.saturating_sub(1);
                    assert!(hit == 0 || t >= small.segments[before].state.at, "{t} s");
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
}

#[test]
fn pieces_lost_side_by_side_are_told_as_one_gap() {
    let small = small(bit_of_everything());
    let mut file = hurt(&small, 0);
    let chunk = small.chunk(1);
    file[chunk.start + 3] ^= 0x10;
    file[chunk.end - 5] ^= 1;
    let imported = format::read(&file).unwrap();
    assert_eq!(imported.faults.len(), 2, "{:?}", imported.faults);
    for fault in &imported.faults {
        assert!(
            fault.message.ends_with("everything before 22 s of the recording is lost"),
            "{fault}"
        );
    }
    for t in moments().into_iter().filter(|t| *t >= s(22.0)) {
        let (found, original) = (sample(&imported.recording, t), sample(&small.recording, t));
        // Never touched, and in the states of the first two pieces alone.
        let touched = |frame: &Frame| {
            let of_path = |path: &str| path != "Scene.Stars.Colour";
            let touched = frame.properties.iter().filter(|(path, _)| of_path(path));
            touched.map(|(path, value)| (path.to_string(), value.clone())).collect::<Vec<_>>()
        };
        assert_eq!(touched(&found), touched(&original), "{t} s");
        assert_eq!((found.views, found.clock), (original.views, original.clock), "{t} s");
    }
}

#[test]
fn pieces_cut_out_of_a_file_are_missed() {
    let small = small(bit_of_everything());
    for (gone, lost) in [(0..1, "before 12 s"), (1..2, "9 s to 22 s"), (2..3, "20 s to 28 s")] {
        let mut file = small.file.clone();
        file.drain(small.pieces[1 + gone.start].start..small.pieces[gone.end].end);
        let imported = format::read(&file).unwrap();
        let told = imported.faults.iter().any(|fault| fault.message.contains(lost));
        assert!(told && imported.has_loss(), "{gone:?}: {:?}", imported.faults);
    }
}

#[test]
fn an_easing_that_a_gap_cuts_goes_on_behind_it() {
    let small = small(bit_of_everything());
    // Begun at 8 s, in the piece that is lost, complete at 14 s.
    let imported = format::read(&hurt(&small, 0)).unwrap();
    let fade = sample(&imported.recording, s(12.5)).properties["Scene.Moon.Fade"].clone();
    assert_eq!(fade, sample(&small.recording, s(12.5)).properties["Scene.Moon.Fade"]);
    assert_ne!(fade, sample(&small.recording, s(14.0)).properties["Scene.Moon.Fade"]);
}

#[test]
fn a_full_state_gives_back_the_baseline_that_was_lost_with_the_beginning() {
    let mut recording = Recording::default();
    recording.baseline.insert("Scene.Sun.Enabled".into(), Value::Bool(true));
    for i in 0..70 {
        recording
            .view_mut("main")
            .camera
            .push(crate::support::entry(
                s(f64::from(i) * 10.0),
                crate::support::beside("Earth", 1e7),
            ))
            .unwrap();
    }
    let small = small(recording);
    assert_eq!(small.segments.len(), 70);
    let imported = format::read(&hurt(&small, 0)).unwrap();
    assert_eq!(imported.recording.baseline, small.recording.baseline);
    assert_eq!(imported.recording.camera_entries(), 70, "the last one before is in the state");
}
