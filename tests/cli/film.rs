//! `render` to an .mp4: that it can be played, whole or interrupted, and that nobody's file is harmed.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::pixels::render;
use crate::program::{command, recording};

fn flight(last_s: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = recording(&[
        "camera 0 700000000 3e7 0 0 0.5 0.5 0.5 0.5 1 F Earth",
        &format!("camera {last_s} 700003600 1e7 1e6 1e6 0.5 0.5 0.5 0.5 1 F Earth"),
    ]);
    fs::write(folder.path().join("flight.osrectxt"), text).unwrap();
    folder
}

/// Width, height, frame rate and the number of frames that can be decoded, if ffprobe is here to say.
fn probe(film: &Path) -> Option<String> {
    let asked = "stream=width,height,r_frame_rate,nb_read_frames";
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-count_frames", "-show_entries", asked, "-of", "csv=p=0"])
        .arg(film)
        .output();
    let Ok(output) = output else {
        println!("skipped: no ffprobe to look at films with");
        return None;
    };
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

#[test]
fn every_frame_in_is_a_frame_out() {
    let folder = flight(1);
    let run = render(folder.path(), "-o film.mp4 --fps 30000/1001");
    if run.cannot_draw() {
        return;
    }
    let told = run.ends(0).stdout;
    assert!(told.starts_with("film.mp4: 30 frames"), "{told}");
    let Some(found) = probe(&folder.path().join("film.mp4")) else { return };
    assert_eq!(found, "160,90,30000/1001,30");
}

#[test]
fn ctrl_c_leaves_a_film_that_can_be_played() {
    let folder = flight(1000);
    let mut rendering = command([
        "render",
        "flight.osrectxt",
        "-o",
        "film.mp4",
        "--size",
        "64x36",
        "--fps",
        "1000",
    ])
    .current_dir(folder.path())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let mut stderr = BufReader::new(rendering.stderr.take().unwrap()).lines().map(Result::unwrap);
    // Where there is no terminal, a line of progress comes every few seconds.
    let progress =
        stderr.by_ref().find(|line| line.contains(" a second, ") || line.contains("no Vulkan"));
    if progress.is_some_and(|line| line.contains(" a second, ")) {
        let interrupted =
            Command::new("sh").args(["-c", &format!("kill -INT {}", rendering.id())]).status();
        assert!(interrupted.unwrap().success());
    }
    let rest: Vec<String> = stderr.collect();
    let mut stdout = String::new();
    rendering.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    let code = rendering.wait().unwrap().code();
    assert_eq!(code, Some(1), "{stdout} {rest:?}");
    if stdout.is_empty() {
        assert!(std::env::var_os("SKYREEL_TESTS_DRAW").is_none(), "{rest:?}");
        println!("skipped: no Vulkan driver to draw with");
        return;
    }
    let (frames, rest) = stdout.strip_prefix("film.mp4: ").unwrap().split_once(" frames").unwrap();
    assert!(rest.contains("stopped before its end"), "{stdout}");
    let frames: u64 = frames.parse().unwrap();
    assert!((1..1_000_001).contains(&frames), "{frames}");
    let Some(found) = probe(&folder.path().join("film.mp4")) else { return };
    assert_eq!(found, format!("64,36,1000/1,{frames}"));
}

#[test]
fn ffmpeg_can_encode_it_too_and_its_absence_is_said_before_rendering() {
    let folder = flight(1);
    let run = render(folder.path(), "-o film.mp4 --fps 5 --encoder ffmpeg");
    if run.cannot_draw() {
        return;
    }
    if let Some(found) = probe(&folder.path().join("film.mp4")) {
        run.ends(0);
        assert_eq!(found, "160,90,5/1,6");
    }
    let empty = tempfile::tempdir().unwrap();
    let output = command([
        "render",
        "flight.osrectxt",
        "-o",
        "none.mp4",
        "--size",
        "160x90",
        "--encoder",
        "ffmpeg",
    ])
    .current_dir(folder.path())
    .env("PATH", empty.path())
    .output()
    .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("install the package ffmpeg"), "{stderr}");
    assert!(!folder.path().join("none.mp4").exists());
}

#[test]
fn where_nothing_can_be_written_that_is_said_before_rendering() {
    let folder = flight(1);
    for output in ["/proc/film.mp4", "no/such/film.mp4", "/proc/frames/"] {
        let run = render(folder.path(), &format!("-o {output}"));
        if run.cannot_draw() {
            return;
        }
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stderr.contains(output.trim_end_matches('/')), "{run:?}");
        assert!(!run.stderr.contains(" a second"), "{run:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn a_film_that_is_there_is_replaced_only_by_force() {
    let folder = flight(1);
    let film = folder.path().join("film.mp4");
    fs::write(&film, "precious").unwrap();
    let refused = render(folder.path(), "-o film.mp4 --fps 1");
    if refused.cannot_draw() {
        return;
    }
    assert!(refused.clone().ends(2).stderr.contains("film.mp4 is there already"), "{refused:?}");
    assert_eq!(fs::read_to_string(&film).unwrap(), "precious");
    render(folder.path(), "-o film.mp4 --fps 1 --force").ends(0);
    let Some(found) = probe(&film) else { return };
    assert_eq!(found, "160,90,1/1,2");
}
