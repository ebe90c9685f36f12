//! A recording file of every version ever written is read as its readable twin says, for ever. The
//! files are never written anew; a new version adds its own.

use std::fs;
use std::path::{Path, PathBuf};

use skyreel_core::format::native::Reel;
use skyreel_core::format::{self, Format};
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;

use crate::native::Memory;
use crate::ron_round_trip::bits;

/// Every recording file in the tests' corpus.
fn golden() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let files = fs::read_dir(corpus).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "skyreel")).collect()
}

#[test]
fn a_file_of_every_version_reads_as_its_twin() {
    let files = golden();
    assert!(!files.is_empty());
    for path in files {
        let imported = format::read(&fs::read(&path).unwrap()).unwrap();
        assert_eq!((imported.format, imported.faults), (Format::Native, Vec::new()), "{path:?}");
        let twin = format::read(&fs::read(path.with_extension("ron")).unwrap()).unwrap().recording;
        assert_eq!(bits(&imported.recording), bits(&twin), "{path:?}");
        assert_eq!(imported.recording, twin, "{path:?}");
    }
}

#[test]
fn and_so_does_every_moment_of_it() {
    for path in golden() {
        let twin = format::read(&fs::read(path.with_extension("ron")).unwrap()).unwrap().recording;
        let mut reel = Reel::open(Memory(fs::read(&path).unwrap())).unwrap();
        for tenth in -10..300 {
            let t = SessionTime::from_nanos(tenth * 100_000_000);
            assert_eq!(reel.frame(t).unwrap(), sample(&twin, t), "{path:?} at {t}");
        }
    }
}
