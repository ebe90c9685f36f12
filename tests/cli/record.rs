//! `skyreel record`: recordings that make themselves, without a window.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::tempdir;

fn skyreel(home: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_skyreel"));
    program.env("HOME", home).env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME");
    let output = program.args(words).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn sample(home: &Path, file: &str, at_s: &str) -> Value {
    let (code, line, stderr) = skyreel(home, &["sample", file, "--at", at_s, "--json"]);
    assert_eq!(code, Some(0), "{stderr}");
    serde_json::from_str(line.trim()).unwrap()
}

#[test]
fn a_camera_that_is_led_along_a_journey_is_recorded_where_the_journey_is() {
    let folder = tempdir().unwrap();
    let journey = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/journeys/earth_to_moon.ron");
    let file = folder.path().join("led.skyreel");
    let file = file.to_str().unwrap();
    let words = ["record", file, "--for", "1.5", "--fly", journey, "--headless"];
    let (code, _, stderr) = skyreel(folder.path(), &words);
    assert_eq!(code, Some(0), "{stderr}");
    for at_s in ["0", "0.7", "1.4"] {
        let (recorded, led) =
            (sample(folder.path(), file, at_s), sample(folder.path(), journey, at_s));
        let altitude_m = |line: &Value| line["below"]["altitude_m"].as_f64().unwrap();
        let apart_m = (altitude_m(&recorded) - altitude_m(&led)).abs();
        assert!(apart_m < 50.0, "at {at_s} s: {apart_m} m apart");
        let time_s = |line: &Value| line["sim_time_s"].as_f64().unwrap();
        assert!((time_s(&recorded) - time_s(&led)).abs() < 1e-3, "at {at_s} s");
        let switch = "Scene.Constellations.Renderable.Enabled";
        assert_eq!(recorded["properties"][switch], led["properties"][switch]);
    }
}

#[test]
fn a_name_that_is_taken_gets_a_number_or_is_replaced() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("take.skyreel");
    let file = file.to_str().unwrap();
    let record = |more: &[&str]| {
        let words = [&["record", file, "--for", "0.1", "--headless"], more].concat();
        let (code, _, stderr) = skyreel(folder.path(), &words);
        assert_eq!(code, Some(0), "{stderr}");
    };
    let there = || {
        let files = std::fs::read_dir(folder.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        names
    };
    record(&[]);
    assert_eq!(there(), ["take.skyreel"]);
    record(&["--force"]);
    assert_eq!(there(), ["take.skyreel"]);
    record(&[]);
    assert_eq!(there(), ["take (2).skyreel", "take.skyreel"]);
}

#[test]
fn what_cannot_be_recorded_is_refused_with_the_reason() {
    let folder = tempdir().unwrap();
    let cases: [(&[&str], &str); 3] = [
        (&["record", "tour.mp4", "--for", "1", "--headless"], ".mp4"),
        (&["record", "tour.skyreel", "--headless"], "--for"),
        (&["record", "tour.skyreel", "--for", "1", "--fly", "nowhere.ron"], "nowhere.ron"),
    ];
    for (words, expected) in cases {
        let (code, _, stderr) = skyreel(folder.path(), words);
        assert_ne!(code, Some(0), "{words:?}");
        assert!(stderr.contains(expected), "{words:?}: {stderr}");
    }
}
