//! Skyreel's own file gives back what was put in, whole or piece by piece.

use std::io;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use skyreel_core::format::native::{self, Reel, Source};
use skyreel_core::format::{self, Format};
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;

use crate::ron_round_trip::{bits, recording};
use crate::support::moment;

/// A file in memory.
pub struct Memory(pub Vec<u8>);

impl Source for Memory {
    fn file_bytes(&mut self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }

    fn read_at(&mut self, offset: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let from = usize::try_from(offset).unwrap();
        let end = io::ErrorKind::UnexpectedEof;
        self.0.get(from..from + bytes).map(<[u8]>::to_vec).ok_or_else(|| end.into())
    }
}

/// Every stamp in a recording, and the moments just before and after.
fn telling_moments(recording: &Recording) -> Vec<SessionTime> {
    let cameras = recording.views.iter().flat_map(|v| v.camera.entries()).map(|e| e.stamp);
    let keys = recording.clock.keys().iter().map(|k| k.stamp);
    let changes = recording.properties.values().flat_map(|t| t.changes()).map(|c| c.stamp);
    let stamps: Vec<SessionTime> = cameras.chain(keys).chain(changes).collect();
    let step = SessionTime::from_nanos(1);
    stamps.into_iter().flat_map(|t| [t.saturating_sub(step), t, t.saturating_add(step)]).collect()
}

/// The same to the bit: `==` takes 0.0 and −0.0 for the same.
fn exactly(frame: &skyreel_core::frame::Frame) -> String {
    format!("{frame:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recording_reads_back_to_itself(recording in recording()) {
        let file = native::encode(&recording).unwrap();
        let imported = format::read(&file).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(imported.format, Format::Native);
        prop_assert!(imported.faults.is_empty(), "{:?}", imported.faults);
        prop_assert_eq!(bits(&imported.recording), bits(&recording));
        prop_assert_eq!(&imported.recording, &recording);
    }

    #[test]
    fn a_moment_read_by_itself_is_that_of_the_whole(recording in recording(), t in proptest::collection::vec(moment(), 20)) {
        let mut reel = Reel::open(Memory(native::encode(&recording).unwrap())).unwrap();
        for t in t.into_iter().chain(telling_moments(&recording)) {
            let whole = sample(&recording, t);
            let piece = reel.frame(t).unwrap();
            prop_assert_eq!(exactly(&piece), exactly(&whole));
        }
    }
}

pub fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    if !corpus.is_dir() {
        println!("skipped: there is no corpus at {}", corpus.display());
        return None;
    }
    Some(corpus)
}

/// Every recording in a folder and those below it.
pub fn recordings_below(folder: &Path) -> Vec<(PathBuf, Recording)> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(imported) = format::read(&std::fs::read(&path).unwrap()) {
                found.push((path, imported.recording));
            }
        }
    }
    found
}

#[test]
fn real_recordings_read_back_to_themselves_and_take_less_than_16_bytes_an_entry() {
    let Some(corpus) = corpus() else { return };
    let (mut bytes, mut entries) = (0, 0);
    for (path, recording) in recordings_below(&corpus.join("planetarium")) {
        let file = native::encode(&recording).unwrap();
        bytes += file.len();
        entries += recording.camera_entries();
        let again = format::read(&file).unwrap();
        assert!(again.faults.is_empty(), "{}: {:?}", path.display(), again.faults);
        assert_eq!(bits(&again.recording), bits(&recording), "{}", path.display());
        assert!(again.recording == recording, "{}", path.display());
    }
    let each = bytes as f64 / entries as f64;
    println!("{entries} camera entries, {bytes} bytes: {each:.2} each");
    assert!(each <= 16.0, "{each:.2} bytes a camera entry");
}
