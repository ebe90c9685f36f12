//! What a disk does to a film is told in words, and costs nothing that was written before.

use std::path::Path;
use std::process::Command;

use skyreel_film::{Encoder, FilmError, FilmSpec, open};

use crate::tools::{ffmpeg_is_here, numbers, picture, send, spec, write};

/// Set for the child that lives on a tiny disk: where that is.
const SMALL_DISK: &str = "SKYREEL_TEST_SMALL_DISK";

/// Sends pictures until something fails, at most `most`.
fn send_until_error(spec: &FilmSpec, most: u32) -> FilmError {
    let mut film = open(spec).unwrap();
    let error = (0..most).find_map(|n| film.send(picture(n, spec.width, spec.height)).err());
    let error = error.unwrap_or_else(|| panic!("no error in {most} frames"));
    // Once only.
    let again = film.send(picture(0, spec.width, spec.height)).unwrap_err();
    assert!(matches!(again, FilmError::Ended), "{again}");
    assert!(matches!(film.finish().unwrap_err(), FilmError::Ended));
    error
}

#[test]
fn what_is_there_is_not_overwritten_unless_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    std::fs::write(&film, "precious").unwrap();
    let spec = spec(&film, 64, 48, "60");
    let error = open(&spec).unwrap_err();
    assert!(matches!(error, FilmError::Exists { .. }) && error.is_usage(), "{error}");
    assert_eq!(std::fs::read(&film).unwrap(), b"precious");
    assert!(write(&FilmSpec { overwrite: true, ..spec }, 3).unwrap().bytes > 100);
}

#[test]
fn a_place_that_cannot_be_written_is_known_before_the_first_frame() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    for (output, words) in [
        ("missing/film.mp4", "make its folder first"),
        ("missing/deeper/%06d.png", "make its folder first"),
        ("file/film.mp4", "cannot create"),
        ("file/%06d.png", "cannot"),
    ] {
        let error = open(&spec(folder.path().join(output), 64, 48, "60")).unwrap_err();
        assert!(matches!(error, FilmError::Disk { .. }) && !error.is_usage(), "{output}: {error}");
        assert!(error.to_string().contains(words), "{output}: {error}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_known_before_the_first_frame() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    std::os::unix::fs::symlink("/dev/full", &film).unwrap();
    let error = open(&FilmSpec { overwrite: true, ..spec(&film, 64, 48, "60") }).unwrap_err();
    assert!(matches!(error, FilmError::DiskFull { frames: 0, .. }), "{error}");
    assert!(
        error.to_string().contains("film.mp4") && error.to_string().contains("space"),
        "{error}"
    );
}

#[test]
fn a_film_that_is_deleted_or_moved_away_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["film.mp4", "shots/"] {
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let spec = spec(inner.join(name), 64, 48, "30");
        let mut film = open(&spec).unwrap();
        send(&mut film, &spec, 0, 40).unwrap();
        // Pictures may be written while the folder is emptied, so it is moved in one go.
        std::fs::rename(&inner, folder.path().join(name.trim_end_matches('/'))).unwrap();
        let error = send(&mut film, &spec, 40, 400).unwrap_err();
        assert!(matches!(error, FilmError::Vanished { .. }), "{name}: {error}");
        assert!(error.to_string().contains("moved or deleted"), "{error}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_ends_the_film_and_keeps_what_is_whole() {
    if let Some(disk) = std::env::var_os(SMALL_DISK) {
        return fill(Path::new(&disk));
    }
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=600k none \"$0\"";
    let in_namespace = |command: &str, rest: &[&str]| {
        let mut child = Command::new("unshare");
        child
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", command])
            .arg(folder.path())
            .args(rest);
        child.env(SMALL_DISK, folder.path()).output()
    };
    if !in_namespace(mount, &[]).is_ok_and(|out| out.status.success()) {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    }
    let test = "disk::a_disk_that_fills_up_ends_the_film_and_keeps_what_is_whole";
    let program = std::env::current_exe().unwrap();
    let run = format!("{mount} && exec \"$@\"");
    let out =
        in_namespace(&run, &[program.to_str().unwrap(), "--exact", test, "--nocapture"]).unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(String::from_utf8_lossy(&out.stdout).contains("1 passed"));
}

/// Runs on a disk of 600 KiB.
fn fill(disk: &Path) {
    for encoder in [Encoder::Builtin, Encoder::ffmpeg()] {
        let film = disk.join("film.mp4");
        let spec = FilmSpec { quality: 100, encoder, overwrite: true, ..spec(&film, 64, 48, "30") };
        let error = send_until_error(&spec, 60_000);
        let FilmError::DiskFull { frames, path } = &error else { panic!("{error}") };
        assert!(*frames >= 30 && path == &film, "{error}");
        assert_eq!(numbers(&film, 64, 48), (0..*frames as u32).collect::<Vec<_>>());
        std::fs::remove_file(&film).unwrap();
    }
    let shots = spec(disk.join("shots/"), 320, 240, "30");
    let error = send_until_error(&shots, 60_000);
    assert!(matches!(error, FilmError::DiskFull { .. }), "{error}");
    for entry in std::fs::read_dir(disk.join("shots")).unwrap() {
        let path = entry.unwrap().path();
        let decoder =
            png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&path).unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        assert!(reader.next_frame(&mut rgb).is_ok(), "{} is not whole", path.display());
    }
}
