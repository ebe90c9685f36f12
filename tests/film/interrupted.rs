//! A film that is not finished can be played as far as it got.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use skyreel_film::{Encoder, FilmSpec, open};

use crate::tools::{ffmpeg_is_here, numbers, send, spec};

/// Set for the child that is killed: where it writes.
const CHILD_OUTPUT: &str = "SKYREEL_TEST_FILM";

fn both_encoders() -> [Encoder; 2] {
    [Encoder::Builtin, Encoder::ffmpeg()]
}

/// Asserts that the film shows 0, 1, 2 … for at least `least` frames.
fn plays_from_the_start(film: &Path, least: usize) {
    let found = numbers(film, 64, 48);
    assert_eq!(found, (0..found.len() as u32).collect::<Vec<_>>());
    assert!(found.len() >= least, "{} of at least {least} frames", found.len());
}

#[test]
fn a_dropped_film_plays_up_to_its_last_fragment() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for encoder in both_encoders() {
        let film = folder.path().join("film.mp4");
        let spec = FilmSpec { encoder, overwrite: true, ..spec(&film, 64, 48, "30") };
        let mut writer = open(&spec).unwrap();
        send(&mut writer, &spec, 0, 400).unwrap();
        drop(writer);
        // x264 holds some forty pictures back, and a fragment is a second.
        plays_from_the_start(&film, 300);
    }
}

#[test]
fn a_copy_of_a_growing_film_plays() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (film, copy) = (folder.path().join("film.mp4"), folder.path().join("copy.mp4"));
    let spec = spec(&film, 64, 48, "30");
    let mut writer = open(&spec).unwrap();
    for upto in [100, 200, 300] {
        send(&mut writer, &spec, upto - 100, upto).unwrap();
        std::fs::copy(&film, &copy).unwrap();
        plays_from_the_start(&copy, upto as usize - 40);
    }
    writer.finish().unwrap();
    plays_from_the_start(&film, 300);
}

#[test]
fn a_film_cut_off_at_any_byte_plays_what_is_whole() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (film, copy) = (folder.path().join("film.mp4"), folder.path().join("copy.mp4"));
    let spec = spec(&film, 64, 48, "30");
    let mut writer = open(&spec).unwrap();
    send(&mut writer, &spec, 0, 200).unwrap();
    drop(writer);
    let bytes = std::fs::read(&film).unwrap();
    let first_fragments = 60_000;
    for tenth in 5..10 {
        let len = first_fragments + (bytes.len() - first_fragments) * tenth / 10;
        std::fs::write(&copy, &bytes[..len]).unwrap();
        let found = numbers(&copy, 64, 48);
        assert!(found.len() >= 30, "cut at {len} of {}: {} frames", bytes.len(), found.len());
        // The picture that was cut through may show anything.
        let whole = &found[..found.len() - 1];
        assert_eq!(whole, (0..whole.len() as u32).collect::<Vec<_>>(), "cut at {len}");
    }
}

#[test]
fn a_killed_process_leaves_a_film_that_plays() {
    if let Some(film) = std::env::var_os(CHILD_OUTPUT) {
        let spec = spec(Path::new(&film), 64, 48, "30");
        let mut writer = open(&spec).unwrap();
        send(&mut writer, &spec, 0, 400).unwrap();
        // Past the test harness, which would keep what is printed.
        writeln!(std::io::stdout().lock(), "\nfour hundred sent").unwrap();
        for n in 400..60_000 {
            send(&mut writer, &spec, n, n + 1).unwrap();
        }
        panic!("was not killed");
    }
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "interrupted::a_killed_process_leaves_a_film_that_plays", "--nocapture"])
        .env(CHILD_OUTPUT, &film)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "four hundred sent"));
    child.kill().unwrap();
    child.wait().unwrap();
    plays_from_the_start(&film, 350);
}
