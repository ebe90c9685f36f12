//! What was typed into the console is there the next time.

use std::fs;

use proptest::prelude::*;
use skyreel_store::history::{load, save};

#[test]
fn where_there_is_no_file_nothing_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(load(&folder.path().join("none")).unwrap(), Vec::<String>::new());
}

#[test]
fn a_damaged_line_takes_no_other_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history");
    fs::write(&path, b"\"a\"\n\"b\n\xff\n7\n\"c\\nd\"\n").unwrap();
    assert_eq!(load(&path).unwrap(), ["a", "c\nd"]);
}

proptest! {
    #[test]
    fn what_was_typed_comes_back(typed in proptest::collection::vec(any::<String>(), 0..20)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("skyreel/history");
        save(&path, &typed).unwrap();
        prop_assert_eq!(load(&path).unwrap(), typed);
    }
}

#[test]
fn a_note_comes_back_and_what_is_none_is_none() {
    use skyreel_store::note;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("skyreel/panels.json");
    assert_eq!(note::load(&path).unwrap(), None);
    for text in ["{\"left\":380.0}", ""] {
        note::save(&path, text).unwrap();
        assert_eq!(note::load(&path).unwrap().as_deref(), Some(text));
    }
    fs::write(&path, b"\xff").unwrap();
    assert_eq!(note::load(&path).unwrap(), None);
    fs::write(&path, vec![b' '; 1 << 17]).unwrap();
    assert_eq!(note::load(&path).unwrap(), None, "it is no small text");
}
