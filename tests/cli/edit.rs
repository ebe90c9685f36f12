//! `edit`: each verb writes another file, says what it did, and leaves the old one alone.

use std::fs;

use crate::program::{Run, ours, run, run_in};

/// What is typed behind `edit` (`$F` is a recording of two seconds), and words
/// that the answer must have.
const CASES: [(&str, &[&str]); 11] = [
    ("reduce $F -o a.ron", &["a.ron: 2 s", "entries", "pixels"]),
    ("reduce $F -o a.skyreel --within-px 20", &["a.skyreel: 2 s"]),
    ("smooth $F -o a.skyreel", &["shake", "pixels"]),
    ("trim $F -o a.skyreel --from 0.5 --to 1.5", &["a.skyreel: 1 s"]),
    ("trim $F -o a.osrectxt --to 1", &["a.osrectxt: 1 s"]),
    ("split $F -o a.skyreel --at 0.75", &["a-1.skyreel: 0.75 s", "a-2.skyreel: 1.25 s"]),
    ("join $F $F -o a.ron --over 1", &["a.ron: 5 s"]),
    ("join $F $F -o a.ron --over 0", &["a.ron: 4 s"]),
    ("speed $F -o a.skyreel --times 2", &["a.skyreel: 1 s"]),
    ("date $F -o a.skyreel --date -3h", &["a.skyreel: 2 s"]),
    ("drop $F camera -o a.ron", &["a.ron:"]),
];

fn edit(folder: &std::path::Path, typed: &str) -> Run {
    let file = ours("0300_small.osrectxt");
    let words = typed.split(' ').map(|word| if word == "$F" { file.as_str() } else { word });
    run_in(folder, ["edit"].into_iter().chain(words))
}

#[test]
fn each_verb_says_what_it_did_and_what_it_made_is_whole() {
    for (typed, says) in CASES {
        let folder = tempfile::tempdir().unwrap();
        let before = fs::read(ours("0300_small.osrectxt")).unwrap();
        let done = edit(folder.path(), typed).ends(0);
        for words in says {
            assert!(done.stdout.contains(words), "{typed}: {done:?}");
        }
        for made in fs::read_dir(folder.path()).unwrap() {
            let made = made.unwrap().path();
            run(["verify".into(), made.into_os_string()]).ends(0);
        }
        assert_eq!(fs::read(ours("0300_small.osrectxt")).unwrap(), before, "{typed}");
    }
}

#[test]
fn json_has_the_figures() {
    let folder = tempfile::tempdir().unwrap();
    let told = edit(folder.path(), "reduce $F -o a.ron --json").ends(0).json();
    assert_eq!(told["output"][0], "a.ron");
    assert!(told["worst_px"].as_f64().unwrap() <= 1.0, "{told}");
    assert!(told["keys_after"].as_u64() <= told["keys_before"].as_u64(), "{told}");
}

#[test]
fn an_edit_that_gains_nothing_says_so_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = ours("small.ron");
    let done = run_in(folder.path(), ["edit", "reduce", &file, "-o", "a.ron"]).ends(0);
    assert!(done.stdout.contains("2 camera entries became 2: no way with fewer"), "{done:?}");
}

#[test]
fn nothing_that_is_there_is_replaced_unless_that_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let typed = "trim $F -o a.skyreel --to 1";
    edit(folder.path(), typed).ends(0);
    let again = edit(folder.path(), typed).ends(1);
    assert!(again.stderr.contains("--force"), "{again:?}");
    edit(folder.path(), &format!("{typed} --force")).ends(0);
    let itself = edit(folder.path(), "trim a.skyreel -o a.skyreel --to 0.5 --force").ends(2);
    assert!(itself.stderr.contains("name another file"), "{itself:?}");
}

#[test]
fn what_cannot_be_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    for (typed, says) in [
        ("trim $F -o a.skyreel --from 3", "at 2 s"),
        ("trim $F -o a.xyz --from 1", ".skyreel"),
        ("split $F -o a.skyreel --at 2", "at 2 s"),
        ("speed $F -o a.skyreel --times 2 --from 1 --to 1", "a start before its end"),
    ] {
        let refused = edit(folder.path(), typed).ends(2);
        assert!(refused.stderr.contains(says), "{typed}: {refused:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
