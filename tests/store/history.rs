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
