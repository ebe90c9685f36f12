//! Saving: whole or not at all, and never over something that is to stay.

use std::fs;
use std::path::{Path, PathBuf};

use skyreel_store::{SaveError, save};
use tempfile::{TempDir, tempdir};

/// A folder, and a file in it that was there before.
fn with_old_file() -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("journey.ron");
    fs::write(&path, b"old").unwrap();
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_saved_is_there_whole_and_alone() {
    let folder = tempdir().unwrap();
    let large: Vec<u8> = (0..3_000_000_u32).map(|i| (i % 251) as u8).collect();
    for (name, bytes) in [("empty.ron", &[][..]), ("small.ron", b"abc"), ("large.osrec", &large)] {
        let path = folder.path().join(name);
        save(&path, bytes, false).unwrap();
        assert!(fs::read(&path).unwrap() == bytes, "{name}");
    }
    assert_eq!(names(folder.path()), ["empty.ron", "large.osrec", "small.ron"]);
}

#[test]
fn a_file_that_is_there_stays_unless_it_may_be_replaced() {
    let (folder, path) = with_old_file();
    let error = save(&path, b"new", false).unwrap_err();
    assert!(matches!(&error, SaveError::Exists(found) if *found == path));
    let said = error.to_string();
    assert!(said.contains("journey.ron exists already") && !said.contains("--"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    save(&path, b"new", true).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(folder.path()), ["journey.ron"]);
}

#[test]
fn a_failure_leaves_what_was_there_and_nothing_beside_it() {
    let (folder, old) = with_old_file();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/inside"), b"kept").unwrap();
    for (path, replace) in [
        // A folder in the way.
        (folder.path().join("full"), true),
        (folder.path().join("full"), false),
        // A folder that is not there, and a file that is none.
        (folder.path().join("nowhere/journey.ron"), true),
        (old.join("journey.ron"), true),
        // No name at all.
        (PathBuf::from("/"), true),
        (PathBuf::new(), true),
    ] {
        let error = save(&path, b"new", replace).unwrap_err();
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        assert_eq!(names(folder.path()), ["full", "journey.ron"], "{}", path.display());
        assert_eq!(names(&folder.path().join("full")), ["inside"]);
        assert_eq!(fs::read(&old).unwrap(), b"old");
    }
}

/// Whoever reads while others write sees one whole file or the other.
#[test]
fn a_reader_never_meets_half_a_file() {
    let (_folder, path) = with_old_file();
    let (one, other) = (vec![b'1'; 400_000], vec![b'2'; 400_000]);
    save(&path, &one, true).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for _ in 0..20 {
                save(&path, &other, true).unwrap();
                save(&path, &one, true).unwrap();
            }
        });
        while !writer.is_finished() {
            let seen = fs::read(&path).unwrap();
            assert!(seen == one || seen == other, "{} bytes", seen.len());
        }
    });
}

#[test]
fn of_two_who_save_under_one_new_name_one_is_told() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("journey.ron");
    let saved = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8_u8)
            .map(|i| {
                scope.spawn({
                    let path = &path;
                    move || save(path, &[i; 1000], false)
                })
            })
            .collect();
        let results = tries.into_iter().map(|t| t.join().unwrap());
        results.filter(Result::is_ok).count()
    });
    assert_eq!(saved, 1);
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.len() == 1000 && bytes.iter().all(|b| *b == bytes[0]));
    assert_eq!(names(folder.path()), ["journey.ron"]);
}

#[cfg(unix)]
#[test]
fn saved_files_can_be_read_by_whoever_may_read_new_files_there() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let (ours, theirs) = (folder.path().join("ours.ron"), folder.path().join("theirs.ron"));
    fs::write(&theirs, b"").unwrap();
    save(&ours, b"", false).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(format!("{:o}", mode(&ours)), format!("{:o}", mode(&theirs)));
    // One that is replaced keeps its own.
    fs::set_permissions(&ours, fs::Permissions::from_mode(0o640)).unwrap();
    save(&ours, b"new", true).unwrap();
    assert_eq!(format!("{:o}", mode(&ours)), "640");
}
