//! How an MP4 lies on disk, while it grows and when it is done.

use std::path::Path;

use skyreel_film::{FilmSpec, open};

use crate::tools::{ffmpeg_is_here, numbers, send, spec, write};

/// The boxes of a file at the outermost level: name and bytes. The last may be cut short.
pub fn boxes(file: &Path) -> Vec<(String, u64)> {
    let bytes = std::fs::read(file).unwrap();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let word = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let size = match word(at) {
            1 => u64::from(word(at + 8)) << 32 | u64::from(word(at + 12)),
            size => u64::from(size),
        };
        assert!(size >= 8, "a box of {size} bytes at {at}");
        out.push((String::from_utf8_lossy(&bytes[at + 4..at + 8]).into_owned(), size));
        at += size as usize;
    }
    out
}

fn names(file: &Path) -> Vec<String> {
    boxes(file).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_growing_film_is_fragments_and_a_finished_one_has_its_index_in_front() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    let spec = spec(&film, 64, 48, "30");
    let mut writer = open(&spec).unwrap();
    send(&mut writer, &spec, 0, 100).unwrap();
    // Frames up to the queue's length may not have been looked at yet; three seconds lie behind them.
    let growing = names(&film);
    assert_eq!(growing[..4], ["ftyp", "free", "moov", "moof"], "{growing:?}");
    let summary = writer.finish().unwrap();
    assert_eq!(names(&film), ["ftyp", "moov", "mdat"]);
    assert_eq!(boxes(&film).iter().map(|(_, size)| size).sum::<u64>(), summary.bytes);
}

#[test]
fn an_index_without_room_in_front_goes_to_the_end_and_works_as_well() {
    let folder = tempfile::tempdir().unwrap();
    for (expected_frames, layout) in [
        (None, ["ftyp", "moov", "mdat"]),
        (Some(400), ["ftyp", "moov", "mdat"]),
        (Some(0), ["ftyp", "mdat", "moov"]),
        (Some(u64::MAX), ["ftyp", "moov", "mdat"]),
    ] {
        let film = folder.path().join("film.mp4");
        let spec = FilmSpec { expected_frames, overwrite: true, ..spec(&film, 64, 48, "30") };
        let summary = write(&spec, 400).unwrap();
        assert_eq!(names(&film), layout, "{expected_frames:?}");
        assert_eq!(
            boxes(&film).iter().map(|(_, size)| size).sum::<u64>(),
            summary.bytes,
            "{expected_frames:?}"
        );
        if ffmpeg_is_here() {
            assert_eq!(numbers(&film, 64, 48), (0..400).collect::<Vec<_>>(), "{expected_frames:?}");
        }
    }
}

#[test]
fn the_room_in_front_suffices_at_every_rate() {
    let folder = tempfile::tempdir().unwrap();
    for rate in ["0.2", "1", "2", "5", "1000"] {
        let film = folder.path().join("film.mp4");
        for frames in [1, 2, 3, 200] {
            let spec = FilmSpec {
                expected_frames: Some(u64::from(frames)),
                overwrite: true,
                ..spec(&film, 32, 32, rate)
            };
            write(&spec, frames).unwrap();
            assert_eq!(names(&film), ["ftyp", "moov", "mdat"], "{frames} frames at {rate}");
        }
    }
}
