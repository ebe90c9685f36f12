//! Damaged and hostile files: no panic, no memory out of proportion, nothing before the damage lost,
//! and no loss that is not named.

use allocation_counter::measure;
use proptest::prelude::*;
use skyreel_core::camera_track::CameraEntry;
use skyreel_core::event::Event;
use skyreel_core::format::{Imported, osrec};

use crate::osrec::{own_file, own_files, read};

/// Reads while counting memory: never more than a small multiple of the file, and a list of faults.
fn read_within_bounds(bytes: &[u8]) -> Option<Imported> {
    let mut imported = None;
    let used = measure(|| imported = osrec::read(bytes).ok());
    // A short text entry of 13 bytes becomes an event of some 80, in a vector that grows twofold.
    let most = 32 * bytes.len() as u64 + 1_000_000;
    assert!(used.bytes_max <= most, "{} bytes of memory for {}", used.bytes_max, bytes.len());
    imported
}

/// Camera entries and scripts, in file order.
fn entries(imported: &Imported) -> Vec<(u64, Result<&CameraEntry, &Event>)> {
    let recording = &imported.recording;
    let cameras = recording.views[0].camera.entries().iter().map(|e| (e.seq, Ok(e)));
    let mut entries: Vec<_> =
        cameras.chain(recording.events.iter().map(|e| (e.seq, Err(e)))).collect();
    entries.sort_by_key(|(seq, _)| *seq);
    entries
}

#[test]
fn every_prefix_of_a_file_gives_the_entries_before_its_end() {
    for (name, bytes) in own_files() {
        let whole = read(&bytes);
        let whole = entries(&whole);
        for length in 0..bytes.len() {
            let Some(part) = read_within_bounds(&bytes[..length]) else { continue };
            let entries = entries(&part);
            // The last entry of a cut text may have lost the end of its last word or line.
            let sure = entries.len().saturating_sub(usize::from(name.ends_with("txt")));
            assert_eq!(entries[..sure], whole[..sure.min(whole.len())], "{name} cut to {length}");
            assert!(entries.len() <= whole.len() + 1);
        }
    }
}

#[test]
fn a_binary_file_cut_inside_an_entry_says_so() {
    let bytes = own_file("0300_small.osrec");
    let clean: Vec<usize> = (33..bytes.len())
        .filter(|length| read_within_bounds(&bytes[..*length]).is_some_and(|part| !part.has_loss()))
        .collect();
    // Only the ends of entries: script, camera, script, camera, script; the sixth ends the file.
    assert_eq!(clean, [82, 152, 239, 305, 326]);
    let part = read(&bytes[..200]);
    let fault = part.faults.last().unwrap();
    assert_eq!((fault.entry, fault.offset), (Some(2), Some(152 + 17)));
    assert!(fault.message.contains("last 48 bytes"), "{fault}");
}

#[test]
fn a_flipped_bit_costs_nothing_before_it() {
    for (name, bytes) in own_files() {
        let whole = read(&bytes);
        let whole = entries(&whole);
        // How many entries stand before a byte: those that a cut there leaves.
        let mut before = 0;
        for index in 0..bytes.len() {
            if let Ok(part) = osrec::read(&bytes[..index]) {
                let part = entries(&part);
                before = part.iter().zip(&whole).take_while(|(a, b)| a == b).count();
            }
            // The entry at the cut of a text may be whole only without what comes next, and one
            // found again after damage is believed because of what comes next.
            let sure = before.saturating_sub(usize::from(name != "0300_small.osrec"));
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[index] ^= 1 << bit;
                let Some(found) = read_within_bounds(&flipped) else {
                    // Only where the header or all there is to read was hit.
                    assert!(index < 32 || sure == 0, "{name}: byte {index} bit {bit}");
                    continue;
                };
                if index >= 32 {
                    let found = entries(&found);
                    let kept = found.iter().zip(&whole).take_while(|(a, b)| a == b).count();
                    assert!(kept >= sure, "{name}: byte {index} bit {bit}: {kept} of {sure}");
                }
            }
        }
    }
}

#[test]
fn what_follows_damage_in_a_binary_file_is_found_again() {
    let bytes = own_file("0300_small.osrec");
    // The first script's length, too long by far, then the type byte of the entry after it.
    for (offset, value) in [(32 + 20, 0x7f), (82, b'x')] {
        let mut damaged = bytes.clone();
        damaged[offset] = value;
        let imported = read(&damaged);
        assert!(imported.has_loss());
        assert!(imported.recording.camera_entries() >= 1, "{:?}", imported.faults);
        let last = imported.recording.views[0].camera.entries().last().unwrap();
        assert_eq!(last.pose.anchor.as_str(), "Space Station");
    }
}

#[test]
fn hostile_lengths_reserve_nothing() {
    let header = b"OpenSpace_record/playback";
    let good = &own_file("0300_small.osrec")[32..82];
    for length in [i32::MAX, i32::MIN, -1, 1 << 30] {
        let mut file = [&header[..], b"03.00B\n", good, b"c"].concat();
        file.extend([0; 57]);
        file.extend(length.to_le_bytes());
        file.extend(b"Earth");
        let imported = read_within_bounds(&file).unwrap();
        assert_eq!(imported.recording.script_entries(), 1);
        let fault = &imported.faults[0];
        assert_eq!((fault.entry, fault.offset), (Some(1), Some(82 + 58)));
        assert_eq!(fault.found, format!("a length of {length}"));
    }
    let file = "OpenSpace_record/playback03.00A\nscript 0 0 4000000000 a\nb";
    let imported = read_within_bounds(file.as_bytes()).unwrap();
    assert_eq!(crate::osrec::scripts(&imported), ["a\nb"]);
    assert!(imported.has_loss());
}

proptest! {
    #[test]
    fn no_bytes_after_a_header_bring_the_reader_down(
        version in prop::sample::select(vec!["00.85", "01.00", "02.00", "03.00"]),
        mode in prop::sample::select(vec!["A\n", "B\n"]),
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        let header = format!("OpenSpace_record/playback{version}{mode}");
        read_within_bounds(&[header.as_bytes(), &bytes].concat());
    }

    #[test]
    fn no_words_after_a_header_bring_the_reader_down(
        version in prop::sample::select(vec!["00.85", "01.00", "02.00", "03.00"]),
        words in prop::collection::vec(prop::sample::select(vec![
            "camera", "script", "time", "t", "#", "0", "1", "2.5", "-1e3", "F", "-", "Earth", "nan",
            "99999999999999999999", "\n", "\r\n", " ", "\t", "load(\"\\n\")()", "é",
        ]), 0..300),
    ) {
        let file = format!("OpenSpace_record/playback{version}A\n{}", words.join(" "));
        read_within_bounds(file.as_bytes());
    }

    #[test]
    fn no_noise_between_binary_entries_brings_the_reader_down(
        noise in prop::collection::vec(any::<u8>(), 0..200),
        at in 32_usize..405,
        cut in 0_usize..60,
    ) {
        let bytes = own_file("0300_small.osrec");
        let rest = bytes.get(at + cut..).unwrap_or_default();
        read_within_bounds(&[&bytes[..at], &noise, rest].concat());
    }
}
