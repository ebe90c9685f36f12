//! `convert`: every format into every other, and nothing half done.

use std::fs;
use std::path::Path;

use crate::program::{Run, ours, recording, run, run_in};

fn convert(folder: &Path, args: &[&str]) -> Run {
    run_in(folder, ["convert"].iter().chain(args))
}

/// What stands in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn openspace_recordings_come_back_byte_for_byte_by_every_way_round() {
    for (file, extension) in [("0300_small.osrec", "osrec"), ("0300_small.osrectxt", "osrectxt")] {
        let original = fs::read(ours(file)).unwrap();
        for way in [
            &[][..],
            &["ron"],
            &["skyreel"],
            &["osrec", "ron", "osrec"],
            &["ron", "ron"],
            &["skyreel", "ron", "skyreel", "osrec"],
            &["osrec", "skyreel", "ron"],
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut last = ours(file);
            for (i, step) in way.iter().chain([&extension]).enumerate() {
                let next = format!("{i}.{step}");
                convert(folder.path(), &[&last, &next]).ends(0);
                last = next;
            }
            let back = fs::read(folder.path().join(&last)).unwrap();
            assert_eq!(back, original, "{file} by way of {way:?}");
        }
    }
}

#[test]
fn text_and_binary_hold_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let samples = |file: &str| {
        run(["sample", "--json", file, "--at", "0", "--at", "1.3", "--at", "2"]).ends(0).stdout
    };
    for name in ["a.osrec", "a.osrectxt", "a.ron", "a.skyreel"] {
        convert(folder.path(), &[&ours("0300_small.osrectxt"), name]).ends(0);
        assert_eq!(samples(&path(name)), samples(&ours("0300_small.osrectxt")), "{name}");
    }
}

#[test]
fn rotations_of_old_versions_are_finer_than_new_ones_can_hold_which_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["0085_multi_line.osrectxt", "0100_crlf.osrectxt"] {
        let written = convert(folder.path(), &[&ours(file), "out.osrec", "--force"]).ends(0);
        assert!(written.stderr.contains("rounded to single precision"), "{written:?}");
        let kept = convert(folder.path(), &[&ours(file), "out.ron", "--force"]).ends(0);
        assert!(!kept.stderr.contains("rounded"), "{kept:?}");
    }
}

#[test]
fn the_format_is_told_by_the_name_or_by_word() {
    let folder = tempfile::tempdir().unwrap();
    let input = ours("0300_small.osrectxt");
    let begins =
        |name: &str, start: &[u8]| fs::read(folder.path().join(name)).unwrap().starts_with(start);
    convert(folder.path(), &[&input, "a.OSRECTXT"]).ends(0);
    assert!(begins("a.OSRECTXT", b"OpenSpace_record/playback03.00A"));
    convert(folder.path(), &[&input, "b.txt", "--to", "osrec"]).ends(0);
    assert!(begins("b.txt", b"OpenSpace_record/playback03.00B"));
    convert(folder.path(), &[&input, "c.osrec", "--to", "ron"]).ends(0);
    assert!(begins("c.osrec", b"Skyreel("));
    let unknown = convert(folder.path(), &[&input, "d.txt"]).ends(2);
    assert!(unknown.stderr.contains("--to"), "{unknown:?}");
    assert_eq!(names(folder.path()), ["a.OSRECTXT", "b.txt", "c.osrec"]);
}

#[test]
fn nothing_is_replaced_unless_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.ron");
    fs::write(&out, "precious").unwrap();
    let refused = convert(folder.path(), &[&ours("0300_small.osrec"), "out.ron"]);
    assert!(refused.stderr.contains("--force"), "{refused:?}");
    assert_ne!(refused.code, 0);
    assert_eq!(fs::read_to_string(&out).unwrap(), "precious");
    convert(folder.path(), &[&ours("0300_small.osrec"), "out.ron", "--force"]).ends(0);
    assert!(fs::read_to_string(&out).unwrap().contains("Skyreel("));
    assert_eq!(names(folder.path()), ["out.ron"]);
}

#[test]
fn a_failure_leaves_what_was_there_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.ron"), "old").unwrap();
    fs::write(folder.path().join("noise.osrec"), "no recording").unwrap();
    for args in [
        ["noise.osrec", "old.ron"],
        ["noise.osrec", "new.osrectxt"],
        ["nowhere.osrec", "new.osrec"],
    ] {
        convert(folder.path(), &[args[0], args[1], "--force"]).ends(1);
        assert_eq!(names(folder.path()), ["noise.osrec", "old.ron"], "{args:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("old.ron")).unwrap(), "old");
    let nowhere =
        convert(folder.path(), &[&ours("0300_small.osrec"), "no/such/folder.ron"]).ends(1);
    assert!(nowhere.stderr.contains("no/such/folder.ron"), "{nowhere:?}");
    // The system's own folder without a place for files: refused to everyone, to root as well.
    let proc = convert(folder.path(), &[&ours("0300_small.osrec"), "/proc/new.ron"]).ends(1);
    assert!(proc.stderr.contains("/proc/new.ron"), "{proc:?}");
}

#[test]
fn what_the_format_cannot_hold_is_named_and_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.osrec", "a.osrectxt"] {
        let lost = convert(folder.path(), &[&ours("two_views.ron"), name]).ends(3);
        assert!(
            lost.stderr.contains("wall \\\"left\\\"") || lost.stderr.contains("wall \"left\""),
            "{lost:?}"
        );
        // The first view is there all the same.
        run(["verify".as_ref(), folder.path().join(name).as_os_str()]).ends(0);
    }
    convert(folder.path(), &[&ours("two_views.ron"), "a.ron"]).ends(0);
}

#[test]
fn what_could_not_be_read_ends_with_3_and_the_rest_is_converted() {
    let folder = tempfile::tempdir().unwrap();
    for (file, cameras) in [("0200_damaged.osrec", 3), ("0200_damaged.osrectxt", 4)] {
        convert(folder.path(), &[&ours(file), "out.ron", "--force"]).ends(3);
        let about = run_in(folder.path(), ["info", "--json", "out.ron"]).ends(0).json();
        assert_eq!(about["camera_entries"], cameras, "{file}");
    }
}

#[test]
fn for_openspace_a_camera_comes_first_and_no_script_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let input = recording(&[
        "script 0 0 1 openspace.time.setPause(true)",
        "camera 0 700000000.5 0 7378137 0 1 0 0 0 1 F Earth",
        "script 1 700000001 1 load(\"\")()",
        "camera 2 700000002 0 7378137 0 1 0 0 0 1 F Earth",
    ]);
    fs::write(folder.path().join("in.osrectxt"), &input).unwrap();
    let written = |args: &[&str]| {
        let run =
            convert(folder.path(), &[&["in.osrectxt", "out.osrectxt", "--force"], args].concat());
        (run.code, fs::read_to_string(folder.path().join("out.osrectxt")).unwrap())
    };
    assert_eq!(written(&[]), (0, input.clone()));
    let (_, for_openspace) = written(&["--for-openspace"]);
    let kinds: Vec<&str> =
        for_openspace.lines().skip(1).filter_map(|l| l.split(' ').next()).collect();
    assert_eq!(kinds[0], "camera", "{for_openspace}");
    assert!(!for_openspace.contains("load(\"\")"), "{for_openspace}");
    assert!(for_openspace.contains("openspace.time.setPause(true)"), "{for_openspace}");
}

#[test]
fn the_journeys_that_come_with_the_program_convert_and_play_in_openspace_format() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["earth_to_moon", "to_the_edge"] {
        let journey = crate::program::checkout().join(format!("assets/journeys/{name}.ron"));
        let journey = journey.to_str().unwrap();
        run(["verify", journey]).ends(0);
        let run = convert(folder.path(), &[journey, "out.osrectxt", "--force"]);
        // Markers are what OpenSpace's format does not know.
        assert!(matches!(run.code, 0 | 3), "{run:?}");
        run_in(folder.path(), ["verify", "out.osrectxt"]).ends(0);
    }
}
