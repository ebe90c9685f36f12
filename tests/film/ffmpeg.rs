//! An ffmpeg that is missing, broken or stopped is told apart, in its own words.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use skyreel_film::{Encoder, FilmError, FilmSpec, open};

use crate::tools::{ffmpeg_is_here, send, spec, write};

/// A program that stands for ffmpeg. Its first run is the probe; `$N` is the number of the run.
fn script(folder: &Path, body: &str) -> PathBuf {
    let path = folder.join("ffmpeg-of-the-test");
    let count = folder.join("runs");
    let count = count.display();
    let text = format!("#!/bin/sh\necho >> {count}\nN=$(wc -l < {count})\n{body}\n");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn by(program: PathBuf, folder: &Path) -> FilmSpec {
    FilmSpec { encoder: Encoder::Ffmpeg { program }, ..spec(folder.join("film.mp4"), 64, 48, "30") }
}

#[test]
fn a_missing_ffmpeg_names_the_package() {
    let folder = tempfile::tempdir().unwrap();
    let error = open(&by("/nowhere/ffmpeg".into(), folder.path())).unwrap_err();
    assert!(matches!(error, FilmError::FfmpegMissing { .. }), "{error}");
    assert!(error.to_string().contains("apt install ffmpeg"), "{error}");
    assert!(!folder.path().join("film.mp4").exists());
}

#[test]
fn an_ffmpeg_that_encodes_nothing_is_quoted_before_a_file_is_made() {
    for (body, words) in [
        ("echo 'Unknown encoder libx264' >&2; exit 1", "Unknown encoder libx264"),
        ("cat > /dev/null", "no picture came back"),
        ("i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done >&2; exit 1", "line 4999"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let error = open(&by(script(folder.path(), body), folder.path())).unwrap_err();
        assert!(matches!(error, FilmError::FfmpegProbe { .. }), "{error}");
        assert!(error.to_string().contains(words) && error.to_string().len() < 2000, "{error}");
        assert!(!folder.path().join("film.mp4").exists());
    }
}

#[test]
fn an_encoder_that_fails_the_probe_is_passed_over() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // The second and third choices are refused by name, then asked for as the first.
    let body = "case \"$*\" in *libx264*) echo none >&2; exit 1;; *nvenc*) exit 1;; esac\n\
                exec ffmpeg -v error -f rawvideo -pix_fmt yuv420p -s 64x48 -i - -c:v libx264 -bf 0 \
                -bsf:v h264_metadata=aud=insert -f h264 -";
    let summary = write(&by(script(folder.path(), body), folder.path()), 40).unwrap();
    assert_eq!(summary.frames, 40);
}

#[test]
fn an_ffmpeg_that_stops_midway_ends_the_film_with_its_last_words() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let body = "[ $N = 1 ] && exec ffmpeg \"$@\"\nhead -c 50000 > /dev/null; echo 'out of luck' >&2; exit 3";
    let spec = by(script(folder.path(), body), folder.path());
    let mut film = open(&spec).unwrap();
    let error = send(&mut film, &spec, 0, 1000).unwrap_err();
    assert!(matches!(error, FilmError::Ffmpeg { .. }), "{error}");
    assert!(
        error.to_string().contains("out of luck") && error.to_string().contains('3'),
        "{error}"
    );
}

#[test]
fn an_ffmpeg_that_loses_frames_is_found_out() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let body = "[ $N = 1 ] && exec ffmpeg \"$@\"\n{ head -c $((64*48*3/2*25)); cat > /dev/null; } | ffmpeg \"$@\"";
    let error = write(&by(script(folder.path(), body), folder.path()), 60).unwrap_err();
    assert!(matches!(error, FilmError::FrameCount { sent: 60, encoded: 25 }), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_does_not_reach_ffmpeg() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("note");
    let body = format!("cut -d' ' -f1,5 /proc/$$/stat > {}\nexec ffmpeg \"$@\"", note.display());
    write(&by(script(folder.path(), &body), folder.path()), 3).unwrap();
    let note = std::fs::read_to_string(note).unwrap();
    let (process, group) = note.trim().split_once(' ').unwrap();
    assert_eq!(process, group, "it leads a process group of its own");
}
