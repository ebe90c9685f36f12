//! Running Skyreels are found, each by its name, by their user alone; dead ones are not.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::Barrier;

use serde_json::{Value as Json, json};
use skyreel_faces::ctl::{Folder, InstanceError, is_name};
use skyreel_faces::door::Stage;

use super::{folder, mode_of, offer};
use crate::web::TestDoor;

fn names(folder: &Folder) -> Vec<String> {
    folder.running().unwrap().into_iter().map(|one| one.name).collect()
}

fn nobody() -> std::sync::Arc<TestDoor> {
    TestDoor::that_does(Json::Null)
}

#[test]
fn a_running_one_is_found_with_what_it_takes_to_call_it_and_gone_when_it_has_ended() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    assert!(names(&folder).is_empty());
    let stage = Stage::default();
    let offered = offer(&folder, None, nobody(), &stage);
    assert_eq!(offered.name(), "main");
    let [found] = &folder.running().unwrap()[..] else { panic!() };
    assert_eq!((&found.name[..], found.address), ("main", offered.address()));
    assert_eq!((found.pid, &found.version[..]), (std::process::id(), "1.2.3"));
    assert_eq!(found.started_unix_s, 1_790_000_000);
    let file = folder.path().join("main.json");
    assert_eq!((mode_of(folder.path()), mode_of(&file)), (0o700, 0o600));
    offered.close();
    assert!(names(&folder).is_empty());
    assert!(!file.exists());
}

#[test]
fn several_have_names_and_a_name_is_free_again_after_its_end() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let stage = Stage::default();
    let open = |name| offer(&folder, name, nobody(), &stage);
    let first = open(None);
    let second = open(None);
    let dome = open(Some("dome"));
    let third = open(None);
    assert_eq!([first.name(), second.name(), third.name()], ["main", "main-2", "main-3"]);
    assert_eq!(names(&folder), ["dome", "main", "main-2", "main-3"]);
    assert!(matches!(folder.take(Some("dome")), Err(InstanceError::Taken(_))));
    drop((second, dome));
    assert_eq!(names(&folder), ["main", "main-3"]);
    assert_eq!(open(None).name(), "main-2");
    assert_eq!(open(Some("dome")).name(), "dome");
}

#[test]
fn many_that_start_at_once_get_different_names() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let (start, end) = (Barrier::new(8), Barrier::new(8));
    let mut all: Vec<String> = std::thread::scope(|scope| {
        let one = || {
            start.wait();
            let name = folder.take(None).unwrap();
            folder.running().unwrap();
            end.wait();
            name.as_str().to_owned()
        };
        let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 8);
}

#[test]
fn what_a_dead_one_left_behind_is_removed_or_taken_over() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let file = folder.path().join("main.json");
    let alive = offer(&folder, None, nobody(), &Stage::default());
    let text = fs::read_to_string(&file).unwrap();
    drop(alive);
    // The process and the port may be somebody else's by now: this one's, even.
    for left in [&text[..], "", "{", "null", &text[..text.len() / 2]] {
        fs::write(&file, left).unwrap();
        assert!(names(&folder).is_empty(), "{left}");
        assert!(!file.exists(), "{left}");
        fs::write(&file, left).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let next = offer(&folder, None, nobody(), &Stage::default());
        assert_eq!((next.name(), mode_of(&file)), ("main", 0o600));
        assert_eq!(folder.running().unwrap()[0].address, next.address());
    }
}

#[test]
fn one_that_is_just_starting_is_not_called_yet() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let name = folder.take(None).unwrap();
    assert!(names(&folder).is_empty());
    assert_eq!(folder.take(None).unwrap().as_str(), "main-2");
    assert!(folder.path().join("main.json").exists());
    drop(name);
}

#[test]
fn a_folder_that_others_can_open_is_refused() {
    let temporary = tempfile::tempdir().unwrap();
    let made = |name: &str, mode| {
        let path = temporary.path().join(name);
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    };
    let (file, link) = (temporary.path().join("file"), temporary.path().join("link"));
    fs::write(&file, "").unwrap();
    symlink(made("own", 0o700), &link).unwrap();
    for (path, part) in [
        (made("open", 0o755), "its mode is 0755"),
        (made("group", 0o770), "its mode is 0770"),
        (link, "it is no folder"),
    ] {
        let folder = Folder::at(&path);
        for error in [folder.take(None).unwrap_err(), folder.running().unwrap_err()] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }
    assert!(Folder::at(&file).take(None).is_err());
}

#[test]
fn a_link_in_a_files_place_is_not_followed() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    drop(folder.take(None).unwrap());
    let elsewhere = temporary.path().join("precious");
    fs::write(&elsewhere, "kept").unwrap();
    symlink(&elsewhere, folder.path().join("main.json")).unwrap();
    assert!(folder.take(None).is_err());
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "kept");
}

#[test]
fn a_file_that_tells_of_another_machine_is_not_believed() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder(&temporary);
    let name = folder.take(None).unwrap();
    let tell = |name: &str, address: &str, secret: &str| {
        let told = json!({
            "name": name, "address": address, "secret": secret, "pid": 1, "version": "1",
            "started_unix_s": 1,
        });
        fs::write(folder.path().join("main.json"), told.to_string()).unwrap();
        names(&folder)
    };
    let secret = "0".repeat(64);
    assert_eq!(tell("main", "127.0.0.1:4680", &secret), ["main"]);
    assert!(tell("main", "10.0.0.1:4680", &secret).is_empty());
    assert!(tell("other", "127.0.0.1:4680", &secret).is_empty());
    assert!(tell("main", "127.0.0.1:4680", "short").is_empty());
    drop(name);
}

#[test]
fn names_are_words() {
    for name in ["main", "main-2", "Dome_1", "7", &"a".repeat(40)] {
        assert!(is_name(name), "{name}");
    }
    for name in ["", "-x", "_x", ".", "..", "a/b", "a b", "a.b", "ä", "a\0", &"a".repeat(41)] {
        assert!(!is_name(name), "{name}");
        let temporary = tempfile::tempdir().unwrap();
        assert!(matches!(folder(&temporary).take(Some(name)), Err(InstanceError::Name(_))));
    }
}
