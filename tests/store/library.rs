//! A folder of recordings: what is listed, what can be done with it, and what goes when.

use std::fs::{self, File, FileTimes};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use skyreel_core::format::native::{self, Ending};
use skyreel_core::format::ron;
use skyreel_core::recording::{Header, Recording};
use skyreel_core::shelf::WallTime;
use skyreel_store::library::{Keeping, Library, LibraryError, Upkeep};
use skyreel_store::record::Recorder;
use skyreel_store::{Condition, Listed, list, locate};
use tempfile::TempDir;

const NOW: &str = "2026-06-30T12:00:00Z";

pub fn now() -> WallTime {
    NOW.parse().unwrap()
}

/// A recording of that day, or of none.
fn recording(title: &str, created_utc: &str) -> Recording {
    let header = Header {
        title: title.to_owned(),
        description: format!("about {title}"),
        created_utc: created_utc.to_owned(),
        ..Header::default()
    };
    Recording { header, ..Recording::default() }
}

/// Writes one, in the format that its name ends with.
pub fn put(folder: &Path, id: &str, created_utc: &str) {
    let path = folder.join(id);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let recording = recording("", created_utc);
    let bytes = match path.extension().unwrap().to_str().unwrap() {
        "ron" => ron::write(&recording).into_bytes(),
        _ => native::encode(&recording).unwrap(),
    };
    fs::write(path, bytes).unwrap();
}

fn folder_with(recordings: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    recordings.iter().for_each(|(id, created_utc)| put(folder.path(), id, created_utc));
    folder
}

/// A library that has read all of its folder.
fn library(folder: &Path) -> Library {
    let mut library = Library::open(folder);
    look(&mut library);
    library
}

fn look(library: &mut Library) -> usize {
    let found = library.look().unwrap();
    let count = found.len();
    found.into_iter().for_each(|found| library.read(found, false));
    count
}

fn ids(listed: &[Listed]) -> Vec<&str> {
    listed.iter().map(|listed| listed.id.as_str()).collect()
}

fn day(days_ago: u32) -> String {
    WallTime(now().0 - i64::from(days_ago) * 86_400 - 1).to_string()
}

#[test]
fn recordings_of_all_formats_and_subfolders_are_listed_the_youngest_first() {
    let folder = folder_with(
        &[
            ("old.skyreel", "2024-01-01T00:00:00Z"),
            ("a/b/c/new.RON", ""),
            ("a/middle.skyreel", "2025-01-01T00:00:00Z"),
            (".trash/2026-01-01T00-00-00Z/gone.skyreel", "2025-01-01T00:00:00Z"),
            (".hidden/x.skyreel", "2025-01-01T00:00:00Z"),
        ]
        .map(|(id, created)| (id, created)),
    );
    put(folder.path(), "a/b/c/new.ron", "2026-01-01T00:00:00Z");
    fs::remove_file(folder.path().join("a/b/c/new.RON")).unwrap();
    fs::write(folder.path().join("notes.txt"), "no recording").unwrap();
    let listed = list(folder.path()).unwrap();
    assert_eq!(ids(&listed), ["a/b/c/new.ron", "a/middle.skyreel", "old.skyreel"]);
    assert_eq!(listed[1].title, "middle");
    assert_eq!(listed[1].date.to_string(), "2025-01-01T00:00:00Z");
    assert_eq!(listed[1].condition, Condition::Whole);
    let bytes = fs::metadata(folder.path().join("a/middle.skyreel")).unwrap().len();
    assert_eq!(listed[1].bytes, bytes);
}

#[test]
fn a_recording_that_does_not_say_when_it_was_made_has_the_date_of_its_file() {
    let folder = folder_with(&[("a.skyreel", ""), ("b.skyreel", "some day in May")]);
    let modified = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for id in ["a.skyreel", "b.skyreel"] {
        let file = File::options().write(true).open(folder.path().join(id)).unwrap();
        file.set_times(FileTimes::new().set_modified(modified)).unwrap();
    }
    let listed = list(folder.path()).unwrap();
    assert!(listed.iter().all(|listed| listed.date == WallTime(1_000_000_000)), "{listed:?}");
}

#[test]
fn what_is_in_the_file_is_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let recording = recording("A title", "2026-01-01T00:00:00Z");
    let ending = Ending { stopped: Some("disk full".to_owned()), recovered: false };
    let bytes = native::encode_with(&recording, &ending, Some(b"a picture")).unwrap();
    fs::write(folder.path().join("file.skyreel"), bytes).unwrap();
    let listed = list(folder.path()).unwrap().remove(0);
    assert_eq!(listed.title, "A title [stopped: disk full]");
    assert_eq!(listed.description, "about A title");
    assert_eq!(listed.condition, Condition::Stopped("disk full".to_owned()));
    assert!(listed.has_thumbnail);
    let path = locate(folder.path(), "file.skyreel").unwrap();
    assert_eq!(skyreel_store::thumbnail(&path).unwrap(), Some(b"a picture".to_vec()));
}

#[test]
fn only_what_has_changed_is_read_again() {
    let folder = folder_with(&[("a.skyreel", &day(1)), ("b.ron", &day(2))]);
    let mut library = Library::open(folder.path());
    assert_eq!(look(&mut library), 2);
    assert_eq!(look(&mut library), 0);
    put(folder.path(), "c.skyreel", &day(3));
    put(folder.path(), "b.ron", "");
    assert_eq!(look(&mut library), 2);
    fs::remove_file(folder.path().join("a.skyreel")).unwrap();
    assert_eq!(look(&mut library), 0);
    assert_eq!(ids(&library.list()), ["b.ron", "c.skyreel"]);
}

#[cfg(unix)]
#[test]
fn no_id_and_no_link_leads_out_of_the_folder() {
    let outside = folder_with(&[("secret.skyreel", "")]);
    let folder = folder_with(&[("inside.skyreel", ""), ("sub/deep.skyreel", "")]);
    let link = |to: &Path, from: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(from)).unwrap();
    };
    link(&outside.path().join("secret.skyreel"), "link.skyreel");
    link(outside.path(), "folder");
    link(&folder.path().join("inside.skyreel"), "alias.skyreel");
    link(folder.path(), "sub/round");
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    let mut library = library(folder.path());
    let listed = library.list();
    let mut found = ids(&listed);
    found.sort_unstable();
    assert_eq!(found, ["alias.skyreel", "inside.skyreel", "sub/deep.skyreel"]);
    let absolute = outside.path().join("secret.skyreel");
    let up = format!("../{}/secret.skyreel", outside.path().file_name().unwrap().to_str().unwrap());
    for id in ["link.skyreel", "folder/secret.skyreel", "notes.txt", "none.skyreel", "sub"] {
        assert!(matches!(locate(folder.path(), id), Err(LibraryError::NoRecording(_))), "{id}");
    }
    for id in [absolute.to_str().unwrap(), &up, "sub/../inside.skyreel", "", ".trash/x.skyreel"] {
        assert!(matches!(locate(folder.path(), id), Err(LibraryError::BadId(_))), "{id}");
        assert!(library.put_in_trash(id, now()).is_err());
        assert!(library.rename(id, "mine").is_err());
        assert!(library.set_favourite(id, true).is_err());
        assert!(library.take_from_trash(id).is_err());
    }
    assert!(outside.path().join("secret.skyreel").exists());
    assert_eq!(
        locate(folder.path(), "sub/deep.skyreel").unwrap(),
        folder.path().join("sub/deep.skyreel")
    );
}

#[test]
fn favourites_stay_favourites_wherever_they_are_moved() {
    let folder = folder_with(&[("sub/a.skyreel", &day(1)), ("b.skyreel", &day(2))]);
    let mut library = library(folder.path());
    library.set_favourite("sub/a.skyreel", true).unwrap();
    library.set_secured("sub/a.skyreel", true).unwrap();
    let id = library.rename("sub/a.skyreel", "To Saturn: the rings").unwrap();
    assert_eq!(id, "sub/To Saturn_ the rings.skyreel");
    let trash_id = library.put_in_trash(&id, now()).unwrap();
    look(&mut library);
    assert_eq!(ids(&library.list()), ["b.skyreel"]);
    assert_eq!(library.take_from_trash(&trash_id).unwrap(), id);
    // For whoever opens the folder next as well.
    let listed = list(folder.path()).unwrap();
    let (first, second) = (&listed[0], &listed[1]);
    assert_eq!((first.id.as_str(), first.title.as_str()), (id.as_str(), "To Saturn: the rings"));
    assert!(first.is_favourite && first.is_secured && !second.is_favourite && !second.is_secured);
    library.set_favourite(&id, false).unwrap();
    assert!(!list(folder.path()).unwrap()[0].is_favourite);
}

#[test]
fn a_title_becomes_a_name_that_no_other_has() {
    let folder = folder_with(&[("a.skyreel", ""), ("tour.skyreel", ""), ("tour.ron", "")]);
    let before = fs::read(folder.path().join("tour.skyreel")).unwrap();
    let mut library = library(folder.path());
    for (id, title, new_id) in [
        ("a.skyreel", "tour", "tour (2).skyreel"),
        ("tour (2).skyreel", "tour", "tour (2).skyreel"),
        ("tour (2).skyreel", "../up", "_up.skyreel"),
        ("tour.ron", "tour", "tour.ron"),
    ] {
        assert_eq!(library.rename(id, title).unwrap(), new_id, "{id} {title}");
    }
    assert!(fs::read(folder.path().join("tour.skyreel")).unwrap() == before);
    for title in ["", "  \n", &"x".repeat(1001)] {
        assert!(matches!(library.rename("tour.ron", title), Err(LibraryError::Title { .. })));
    }
}

#[test]
fn the_trash_keeps_path_and_day_and_gives_back() {
    let folder = folder_with(&[("sub/a.skyreel", &day(1))]);
    let before = fs::read(folder.path().join("sub/a.skyreel")).unwrap();
    let mut library = library(folder.path());
    let first = library.put_in_trash("sub/a.skyreel", now()).unwrap();
    put(folder.path(), "sub/a.skyreel", &day(9));
    let second = library.put_in_trash("sub/a.skyreel", now()).unwrap();
    put(folder.path(), "sub/a.skyreel", &day(9));
    let trash = library.trash();
    assert_eq!(trash.len(), 2);
    for trashed in &trash {
        assert_eq!((trashed.id.as_str(), trashed.since), ("sub/a.skyreel", now()));
    }
    assert_ne!(first, second);
    assert_eq!(library.take_from_trash(&first).unwrap(), "sub/a (2).skyreel");
    assert!(fs::read(folder.path().join("sub/a (2).skyreel")).unwrap() == before);
    library.delete_from_trash(&second).unwrap();
    assert_eq!(library.trash(), []);
    let left = fs::read_dir(folder.path().join(".trash")).unwrap().count();
    assert_eq!(left, 0, "no empty folders are left");
}

#[test]
fn what_is_played_or_recorded_is_not_moved() {
    let folder = folder_with(&[("a.skyreel", &day(90))]);
    let mut recorder = Recorder::start(crate::recording::plan(folder.path()));
    crate::recording::record(&mut recorder, 3);
    while recorder.progress().entries == 0 {
        std::thread::yield_now();
    }
    let mut library = library(folder.path());
    library.in_use = ["a.skyreel".to_owned()].into();
    for id in ["a.skyreel", "session.skyreel"] {
        assert!(matches!(library.put_in_trash(id, now()), Err(LibraryError::InUse(_))), "{id}");
    }
    assert!(matches!(library.rename("session.skyreel", "x"), Err(LibraryError::InUse(_))));
    let later = WallTime(i64::MAX);
    assert_eq!(library.clean_up(Keeping { keep_days: 30, trash_days: 30 }, later), []);
    assert_eq!(recorder.stop().wait().stopped, None);
}

#[test]
fn a_recording_that_is_being_copied_in_is_not_taken_for_abandoned() {
    let folder = tempfile::tempdir().unwrap();
    let path = crate::recording::record_and_stop(crate::recording::plan(folder.path()), 700);
    let path = path.path.unwrap();
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let mut library = library(folder.path());
    assert!(matches!(library.list()[0].condition, Condition::Damaged(_)));
    assert!(fs::read(&path).unwrap() == whole[..whole.len() / 2], "nobody has touched it");
    fs::write(&path, &whole).unwrap();
    assert_eq!(look(&mut library), 1);
    assert_eq!(library.list()[0].condition, Condition::Whole);
}

const KEEPING: Keeping = Keeping { keep_days: 30, trash_days: 10 };

#[test]
fn old_recordings_go_to_the_trash_and_all_that_happens_is_told() {
    let folder = folder_with(&[
        ("new.skyreel", &day(3)),
        ("soon.ron", &day(25)),
        ("sub/old.ron", &day(31)),
        ("old.skyreel", &day(400)),
        ("liked.skyreel", &day(400)),
        ("safe.ron", &day(400)),
        ("played.skyreel", &day(400)),
        ("by hand.ron", ""),
    ]);
    fs::write(folder.path().join("scene.ron"), "(nodes: [])").unwrap();
    fs::write(folder.path().join("broken.skyreel"), "nothing").unwrap();
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    for id in ["scene.ron", "broken.skyreel", "notes.txt", "by hand.ron"] {
        let file = File::options().write(true).open(folder.path().join(id)).unwrap();
        file.set_times(FileTimes::new().set_modified(UNIX_EPOCH)).unwrap();
    }
    let mut library = library(folder.path());
    library.set_favourite("liked.skyreel", true).unwrap();
    library.set_secured("safe.ron", true).unwrap();
    library.in_use = ["played.skyreel".to_owned()].into();
    let trash_id = |id: &str| format!("2026-06-30T12-00-00Z/{id}");
    let went = |id: &str, days| Upkeep::Trashed { id: id.to_owned(), trash_id: trash_id(id), days };
    let expected = [
        Upkeep::Leaving { id: "soon.ron".to_owned(), days: 5 },
        went("sub/old.ron", 32),
        went("old.skyreel", 401),
    ];
    assert_eq!(library.clean_up(KEEPING, now()), expected);
    look(&mut library);
    let left = library.list();
    let mut left = ids(&left);
    left.sort_unstable();
    let expected = [
        "broken.skyreel",
        "by hand.ron",
        "liked.skyreel",
        "new.skyreel",
        "played.skyreel",
        "safe.ron",
        "scene.ron",
        "soon.ron",
    ];
    assert_eq!(left, expected);
    assert!(folder.path().join("notes.txt").exists());
    assert_eq!(library.trash().len(), 2);
}

#[test]
fn the_trash_is_emptied_of_what_lay_there_for_long() {
    let folder = folder_with(&[("old.skyreel", &day(31))]);
    let mut library = library(folder.path());
    library.clean_up(KEEPING, now());
    look(&mut library);
    fs::write(folder.path().join(".trash/2026-06-30T12-00-00Z/note.txt"), "").unwrap();
    put(folder.path(), ".trash/of somebody/x.skyreel", "");
    assert_eq!(library.clean_up(KEEPING, now().after_days(10)), []);
    let later = WallTime(now().after_days(10).0 + 1);
    assert_eq!(library.clean_up(Keeping { trash_days: 0, ..KEEPING }, later), []);
    let gone = Upkeep::Deleted { id: "old.skyreel".to_owned(), days: 11 };
    assert_eq!(library.clean_up(KEEPING, later), [gone]);
    assert_eq!(library.trash(), []);
    assert!(folder.path().join(".trash/2026-06-30T12-00-00Z/note.txt").exists());
    assert!(folder.path().join(".trash/of somebody/x.skyreel").exists(), "not put there by this");
}

#[test]
fn nothing_goes_where_nothing_is_to_go() {
    let folder = folder_with(&[("a.skyreel", &day(9000))]);
    let mut library = library(folder.path());
    assert_eq!(library.clean_up(Keeping::default(), now()), []);
    assert_eq!(look(&mut library), 0);
    assert_eq!(library.list().len(), 1);
}

#[test]
fn while_it_is_not_known_what_is_secured_nothing_goes() {
    let folder = folder_with(&[("a.skyreel", &day(400))]);
    let mut library = library(folder.path());
    library.set_secured("a.skyreel", true).unwrap();
    let marks = folder.path().join(".skyreel-library.ron");
    let good = fs::read(&marks).unwrap();
    fs::write(&marks, "{ damaged").unwrap();
    look(&mut library);
    assert_eq!(library.list().len(), 1, "recordings are listed all the same");
    let upkeep = library.clean_up(KEEPING, now());
    assert!(
        matches!(&upkeep[..], [Upkeep::Failed { reason, .. }] if reason.contains("library.ron"))
    );
    assert!(matches!(library.set_secured("a.skyreel", false), Err(LibraryError::Marks { .. })));
    assert!(matches!(library.put_in_trash("a.skyreel", now()), Err(LibraryError::Marks { .. })));
    assert_eq!(fs::read_to_string(&marks).unwrap(), "{ damaged");
    fs::write(&marks, good).unwrap();
    assert_eq!(library.clean_up(KEEPING, now()), []);
}
