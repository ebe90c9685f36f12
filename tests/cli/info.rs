//! `info` and `verify`: what is in recordings, and whether they are whole.

use serde_json::{Value, json};

use crate::program::{corpus, ours, recordings, run, run_in};

/// File, exit status, and what its fields must be.
fn cases() -> Vec<(&'static str, i32, Value)> {
    let case = |file, code, fields| (file, code, fields);
    vec![
        case(
            "0085_multi_line.osrectxt",
            0,
            json!({
                "format": "openspace", "version": "00.85", "mode": "ascii", "views": ["main"],
                "camera_entries": 2, "script_entries": 2, "duration_s": 0.04,
                "sim_time_start_s": 100.01, "sim_time_end_s": 100.04, "anchors": ["Moon"],
                "properties": ["Scene.Moon.Renderable.Fade"],
            }),
        ),
        case(
            "0085_sample.osrec",
            0,
            json!({
                "version": "00.85", "mode": "binary", "camera_entries": 1, "script_entries": 1,
                "duration_s": 1.0, "anchors": ["Earth"], "warnings": [],
            }),
        ),
        case(
            "0100_crlf.osrectxt",
            0,
            json!({
                "version": "01.00", "mode": "ascii", "camera_entries": 2, "script_entries": 3,
                "duration_s": 2.49067, "sim_time_start_s": 762933560.412,
                "sim_time_end_s": 762933562.886, "utc_start": "2024-03-05T17:58:11.227Z",
                "utc_end": "2024-03-05T17:58:13.701Z", "anchors": ["Earth"],
            }),
        ),
        // Several seconds longer than its last camera entry: the largest stamp is a script's.
        case(
            "0200_damaged.osrectxt",
            3,
            json!({
                "version": "02.00", "mode": "ascii", "camera_entries": 4, "script_entries": 3,
                "sim_time_end_s": 113.0, "duration_s": 15.000000001,
            }),
        ),
        case("0200_damaged.osrec", 3, json!({"mode": "binary", "camera_entries": 3})),
        case(
            "0300_small.osrec",
            0,
            json!({
                "version": "03.00", "mode": "binary", "camera_entries": 3, "script_entries": 3,
                "anchors": ["Moon", "", "Space Station"], "duration_s": 2.0,
            }),
        ),
        case(
            "two_views.ron",
            0,
            json!({
                "format": "ron", "version": "1", "mode": "ascii",
                "views": ["dome", "wall \"left\"", "unused"], "camera_entries": 3,
                "script_entries": 0, "duration_s": 1.0, "sim_time_start_s": 10.0,
                "sim_time_end_s": 11.0, "anchors": ["Mars", "Phobos"],
            }),
        ),
        case(
            "minimal.ron",
            0,
            json!({
                "format": "ron", "camera_entries": 0, "duration_s": 0.0, "sim_time_start_s": null,
                "sim_time_end_s": null, "utc_start": null, "utc_end": null, "anchors": [],
            }),
        ),
    ]
}

#[test]
fn info_tells_what_is_in_our_own_recordings() {
    for (file, code, fields) in cases() {
        let about = run(["info", "--json", &ours(file)]).ends(code).json();
        for (name, expected) in fields.as_object().unwrap() {
            assert_eq!(about[name], *expected, "{name} of {file}");
        }
    }
}

#[test]
fn info_has_the_same_fields_for_every_recording() {
    let fields = "anchors camera_entries changing duration_s format mode properties script_entries \
                  sim_time_end_s sim_time_start_s utc_end utc_start version views warnings";
    for (file, ..) in cases() {
        let about = run(["info", "--json", &ours(file)]).json();
        let mut names: Vec<&String> = about.as_object().unwrap().keys().collect();
        names.sort();
        assert!(
            names.iter().eq(fields.split_whitespace().collect::<Vec<_>>().iter()),
            "{file}: {names:?}"
        );
        for warning in about["warnings"].as_array().unwrap() {
            for name in ["entry", "line", "offset", "found", "expected", "message"] {
                assert!(warning.get(name).is_some(), "{name} of {warning}");
            }
        }
    }
}

#[test]
fn faults_are_placed_and_told_on_standard_error_too() {
    let run = run(["info", "--json", &ours("0200_damaged.osrectxt")]);
    let first = &run.json()["warnings"][0];
    assert_eq!(
        (&first["entry"], &first["line"], &first["offset"], &first["found"]),
        (&json!(1), &json!(3), &json!(90), &json!("nan"))
    );
    let told = run.stderr.lines().filter(|line| line.contains("0200_damaged.osrectxt: ")).count();
    assert_eq!(told, run.json()["warnings"].as_array().unwrap().len(), "{}", run.stderr);
}

#[test]
fn what_the_scene_lacks_is_a_warning_and_no_failure() {
    let about = run(["info", "--json", &ours("0300_small.osrec")]).ends(0);
    for lacking in ["Space Station", "{earth}.Fade"] {
        let warnings = about.json()["warnings"].clone();
        let named = |w: &Value| w["found"] == lacking;
        assert!(warnings.as_array().unwrap().iter().any(named), "{lacking} in {warnings}");
        assert!(about.stderr.contains(lacking), "{}", about.stderr);
    }
}

#[test]
fn the_scene_may_be_named_before_and_after_the_task() {
    let folder = tempfile::tempdir().unwrap();
    let scene = "(kind: \"skyreel-scene\", version: 1, name: \"one\", nodes: [(name: \"Earth\")])";
    std::fs::write(folder.path().join("sky.ron"), scene).unwrap();
    let file = ours("0085_multi_line.osrectxt");
    let lacks_moon = |args: &[&str]| {
        let run = run_in(folder.path(), args).ends(0);
        run.stderr.contains("no node 'Moon'")
    };
    assert!(!lacks_moon(&["info", &file]));
    assert!(lacks_moon(&["info", &file, "--scene", "sky.ron"]));
    assert!(lacks_moon(&["--scene", "sky.ron", "info", &file]));
}

#[test]
fn verify_says_clean_damaged_or_unreadable_and_the_worst_decides() {
    let folder = tempfile::tempdir().unwrap();
    let noise = folder.path().join("noise.osrec");
    std::fs::write(&noise, "no recording").unwrap();
    let empty = folder.path().join("empty.osrectxt");
    std::fs::write(&empty, "").unwrap();
    let nowhere = folder.path().join("nowhere.osrec");
    let path = |p: &std::path::Path| p.to_str().unwrap().to_owned();
    let clean = ours("0300_small.osrec");
    let (damaged_text, damaged) = (ours("0200_damaged.osrectxt"), ours("0200_damaged.osrec"));
    let cases = [
        (vec![clean.clone()], 0, vec!["clean"]),
        (vec![damaged_text.clone()], 3, vec!["damaged"]),
        (vec![damaged.clone(), clean.clone()], 3, vec!["damaged", "clean"]),
        (vec![path(&noise)], 1, vec!["unreadable"]),
        (vec![path(&empty)], 1, vec!["unreadable"]),
        (vec![path(&nowhere)], 1, vec!["unreadable"]),
        (vec![path(&noise), damaged, clean], 1, vec!["unreadable", "damaged", "clean"]),
    ];
    for (files, code, verdicts) in cases {
        let verify = [vec!["verify".to_owned(), "--json".to_owned()], files.clone()].concat();
        let lines = run(&verify).ends(code).json_lines();
        assert_eq!(lines.len(), files.len());
        for ((line, file), verdict) in lines.iter().zip(&files).zip(verdicts) {
            assert_eq!((&line["file"], &line["verdict"]), (&json!(file), &json!(verdict)));
        }
    }
}

#[test]
fn every_recording_of_other_people_can_be_told_about_and_verified() {
    let Some(corpus) = corpus() else { return };
    let files = recordings(&corpus);
    assert_eq!(files.len(), 77);
    let (empty, readable): (Vec<_>, Vec<_>) =
        files.iter().partition(|file| std::fs::metadata(file).unwrap().len() == 0);
    assert_eq!(empty.len(), 1);
    for file in &readable {
        let about = run(["info".as_ref(), "--json".as_ref(), file.as_os_str()]).ends(0).json();
        assert_eq!(about["format"], "openspace", "{}", file.display());
        assert!(about["camera_entries"].as_u64().unwrap() > 0, "{}", file.display());
        assert!(about["duration_s"].as_f64().unwrap() > 0.0, "{}", file.display());
    }
    for file in &empty {
        let told = run(["info".as_ref(), file.as_os_str()]).ends(1);
        assert_eq!(told.stdout, "");
        assert!(told.stderr.starts_with("error: "), "{told:?}");
    }
    let verify = |files: &[&std::path::PathBuf]| {
        run(std::iter::once("verify".as_ref()).chain(files.iter().map(|file| file.as_os_str())))
    };
    assert_eq!(verify(&readable).ends(0).stdout.lines().count(), 76);
    verify(&empty).ends(1);
}
