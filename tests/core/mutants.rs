//! Files that real ones turn into when bytes of them are changed, doubled, cut out or mixed with others:
//! every reader takes them all. `tests/fuzz` does the same for as long as one likes.

use std::path::Path;

use allocation_counter::measure;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use skyreel_core::format::native::Reel;
use skyreel_core::format::{self, native};
use skyreel_core::sample::sample;

use crate::native::Memory;
use crate::support::s;

/// Our own small recordings, and what they are as `.skyreel`.
fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let of_kind = |path: &Path| {
        let kind = path.extension().and_then(|kind| kind.to_str());
        matches!(kind, Some("osrec" | "osrectxt" | "ron"))
    };
    let mut seeds = Vec::new();
    for path in files.into_iter().filter(|path| of_kind(path)) {
        let bytes = std::fs::read(&path).unwrap();
        let recording = format::read(&bytes).unwrap().recording;
        seeds.extend([bytes, native::encode(&recording).unwrap()]);
    }
    seeds
}

/// One change of a file.
#[derive(Clone, Debug)]
enum Edit {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Double(Index, usize),
    Cut(Index),
    Mix(Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let telling = vec![0_u8, 1, 5, 6, 9, 10, 13, 32, 34, 40, 48, 57, 91, 127, 128, 0xc1, 0xff];
    let byte = || prop_oneof![select(telling.clone()), any::<u8>()];
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), byte()).prop_map(|(at, byte)| Edit::Set(at, byte)),
        3 => (at(), 0..8_u8).prop_map(|(at, bit)| Edit::Flip(at, bit)),
        1 => (at(), prop::collection::vec(byte(), 1..9)).prop_map(|(at, b)| Edit::Insert(at, b)),
        1 => (at(), 1..40_usize).prop_map(|(at, count)| Edit::Remove(at, count)),
        1 => (at(), 1..200_usize).prop_map(|(at, count)| Edit::Double(at, count)),
        1 => at().prop_map(Edit::Cut),
        1 => (at(), any::<usize>()).prop_map(|(at, other)| Edit::Mix(at, other)),
    ]
}

fn apply(edit: &Edit, file: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    if file.is_empty() {
        return;
    }
    let length = file.len();
    let to = |at: usize, count: usize| at + count.min(length - at);
    match edit {
        Edit::Set(at, byte) => file[at.index(length)] = *byte,
        Edit::Flip(at, bit) => file[at.index(length)] ^= 1 << bit,
        Edit::Insert(at, bytes) => {
            let at = at.index(length);
            file.splice(at..at, bytes.iter().copied());
        }
        Edit::Remove(at, count) => {
            let at = at.index(length);
            file.drain(at..to(at, *count));
        }
        Edit::Double(at, count) => {
            let at = at.index(length);
            let part = file[at..to(at, *count)].to_vec();
            file.splice(at..at, part);
        }
        Edit::Cut(at) => file.truncate(at.index(length)),
        Edit::Mix(at, other) => {
            let other = &seeds[other % seeds.len()];
            file.truncate(at.index(length));
            file.extend(&other[at.index(other.len())..]);
        }
    }
}

#[test]
fn whatever_becomes_of_a_file_reading_it_comes_to_an_end() {
    let seeds = seeds();
    let config =
        ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() };
    let mutant = (any::<Index>(), prop::collection::vec(edit(), 1..6));
    proptest::test_runner::TestRunner::new(config)
        .run(&mutant, |(seed, edits)| {
            let mut file = seed.get(&seeds).clone();
            edits.iter().for_each(|edit| apply(edit, &mut file, &seeds));
            let used = measure(|| {
                if let Ok(imported) = format::read(&file) {
                    sample(&imported.recording, s(1.5));
                    // What was read can be written, and is the same when it is read again.
                    if let Ok(again) = native::encode(&imported.recording) {
                        let again = format::read(&again).map(|again| again.recording);
                        assert!(again.is_ok_and(|again| again == imported.recording));
                    }
                }
                if let Ok(mut reel) = Reel::open(Memory(file.clone())) {
                    let _ = reel.frame(s(1.5));
                }
            });
            prop_assert!(used.bytes_max < 64 << 20, "{} bytes of memory", used.bytes_max);
            Ok(())
        })
        .unwrap();
}
