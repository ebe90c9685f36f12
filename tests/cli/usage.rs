//! Wrong usage: exit status 2, what is wrong in words, and nothing on disk.

use crate::program::{ours, run_in};

/// What is typed, and words that the answer must have.
const CASES: [(&str, &str); 30] = [
    ("fly", "neither a task nor a file"),
    ("info", "<FILE>"),
    ("verify", "<FILES>"),
    ("sample $F", "--at"),
    ("sample $F --at noon", "12.5"),
    ("sample $F --at inf", "12.5"),
    ("sample $F --at 1e30", "12.5"),
    ("convert $F", "<OUTPUT>"),
    ("convert $F out.xyz", "--to"),
    ("convert $F out --to mp3", "osrectxt"),
    ("scene --date tomorrow", "2026-03-07T18:30:00"),
    ("info $F --shiny", "--shiny"),
    ("render $F", "--output"),
    ("render $F -o out.avi", ".mp4"),
    ("render $F -o out.png", "%06d"),
    ("render $F -o out.mp4 --size big", "1920x1080"),
    ("render $F -o out.mp4 --size 0x0", "1920x1080"),
    ("render $F -o out.mp4 --size 641x360", "even sizes from 16x16 to 3840x2160"),
    ("render $F -o out.mp4 --size 7680x4320", "even sizes from 16x16 to 3840x2160"),
    ("render $F -o out.mp4 --size 9000x9000 --encoder ffmpeg", "8192x4320"),
    ("render $F -o out/ --size 40000x2", "32768"),
    ("render $F -o out.mp4 --fps nonsense", "30000/1001"),
    ("render $F -o out.mp4 --fps 0", "1000 frames"),
    ("render $F -o out.mp4 --fps 30/0", "1000 frames"),
    ("render $F -o out.mp4 --fps 1e9", "30000/1001"),
    ("render $F -o out.mp4 --quality 101", "0..=100"),
    ("render $F -o out.mp4 --vfov 180", "170"),
    ("render $F -o out.mp4 --from 2.000000001", "end"),
    ("render $F -o out.mp4 --from 1.5 --to 1", "1.5"),
    ("$F info $F", "not wanted"),
];

#[test]
fn wrong_usage_ends_with_2_and_says_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let file = ours("0300_small.osrectxt");
    for (typed, expected) in CASES {
        let args: Vec<&str> =
            typed.split(' ').map(|word| if word == "$F" { file.as_str() } else { word }).collect();
        let run = run_in(folder.path(), args);
        assert_eq!(run.code, 2, "{typed}: {run:?}");
        assert_eq!(run.stdout, "", "{typed}");
        assert!(run.stderr.contains(expected), "{typed}: {}", run.stderr);
        assert!(run.stderr.contains("--help"), "{typed}: {}", run.stderr);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_window_needs_a_recording_and_a_display() {
    let file = ours("0300_small.osrectxt");
    let window = crate::program::command([&file])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert_eq!(window.status.code(), Some(1), "{window:?}");
    let stderr = String::from_utf8(window.stderr).unwrap();
    assert!(stderr.contains("skyreel render"), "{stderr}");
}

#[test]
fn whoever_stops_reading_the_answer_is_told_nothing_more() {
    let file = ours("0300_small.osrectxt");
    for typed in [
        vec!["info", file.as_str()],
        vec!["info", "--json", &file],
        vec!["verify", &file],
        vec!["sample", &file, "--at", "1", "--at", "2"],
        vec!["scene"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = crate::program::command(&typed).stdout(writer).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{typed:?}: {stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{typed:?}: {stderr}");
    }
}
