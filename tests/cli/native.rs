//! Skyreel's own recording files at the command line: taken like all others, checked, listed, recovered.

use std::fs;
use std::path::Path;

use crate::program::{corpus, ours, recording, recordings, run_in};

/// A recording of a minute with a toggle every second, as `tour.osrectxt` and `tour.skyreel`.
fn tour() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut entries = Vec::new();
    for tenth in 0..600 {
        let (t, x) = (f64::from(tenth) / 10.0, 1e7 + 1e5 * f64::from(tenth));
        entries.push(format!("camera {t} {} {x} 0 0 0.5 0.5 0.5 0.5 1 F Earth", 7e8 + t));
        if tenth % 10 == 5 {
            let on = tenth % 20 == 5;
            let text = "openspace.setPropertyValueSingle(\"Scene.Moon.Renderable.Enabled\"";
            entries.push(format!("script {t} 0 1 {text}, {on})"));
        }
    }
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    fs::write(folder.path().join("tour.osrectxt"), recording(&entries)).unwrap();
    run_in(folder.path(), ["convert", "tour.osrectxt", "tour.skyreel"]).ends(0);
    folder
}

fn samples(folder: &Path, file: &str) -> String {
    let moments = ["-1", "0", "0.55", "9.99", "10", "10.05", "20.5", "31.4", "59.9", "60", "1e9"];
    let at = moments.iter().flat_map(|at| ["--at", at]);
    run_in(folder, ["sample", file, "--json"].into_iter().chain(at)).ends(0).stdout
}

#[test]
fn every_moment_is_that_of_the_recording_it_was_made_of() {
    let folder = tour();
    assert_eq!(samples(folder.path(), "tour.skyreel"), samples(folder.path(), "tour.osrectxt"));
    let kinds = ["osrec", "ron", "osrectxt"];
    for kind in kinds {
        let back = format!("back.{kind}");
        run_in(folder.path(), ["convert", "tour.skyreel", &back]).ends(0);
        assert_eq!(
            samples(folder.path(), &back),
            samples(folder.path(), "tour.osrectxt"),
            "{kind}"
        );
    }
}

#[test]
fn pictures_are_those_of_the_recording_it_was_made_of() {
    let folder = tour();
    for file in ["tour.osrectxt", "tour.skyreel"] {
        let out = format!("{file}.d/");
        let stretch = ["--from", "19", "--to", "21", "--fps", "1", "--size", "160x90"];
        let run = run_in(folder.path(), ["render", file, "-o", &out].into_iter().chain(stretch));
        if run.cannot_draw() {
            return;
        }
        run.ends(0);
    }
    let mut pictures = 0;
    for picture in fs::read_dir(folder.path().join("tour.skyreel.d")).unwrap() {
        let name = picture.unwrap().file_name();
        let read = |of: &str| fs::read(folder.path().join(of).join(&name)).unwrap();
        assert!(read("tour.skyreel.d") == read("tour.osrectxt.d"), "{name:?}");
        pictures += 1;
    }
    assert_eq!(pictures, 3);
}

#[test]
fn info_tells_what_it_holds() {
    let folder = tour();
    let info = run_in(folder.path(), ["info", "tour.skyreel", "--json"]).ends(0).json();
    assert_eq!(info["format"], "skyreel");
    assert_eq!(info["version"], "1.1");
    assert_eq!(info["camera_entries"], 600);
    assert_eq!(info["script_entries"], 60);
    assert_eq!(info["duration_s"], 59.9);
}

#[test]
fn damage_is_told_by_byte_and_time_and_what_is_left_can_be_made_whole() {
    let folder = tour();
    let path = folder.path().join("tour.skyreel");
    run_in(folder.path(), ["verify", "tour.skyreel"]).ends(0);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let verified = run_in(folder.path(), ["verify", "tour.skyreel"]).ends(3);
    assert!(
        verified.stderr.contains("byte ")
            && verified.stderr.contains(" s of the recording are lost"),
        "{verified:?}"
    );
    let recovered = run_in(folder.path(), ["recover", "tour.skyreel"]).ends(3);
    assert!(recovered.stdout.contains("recovered"), "{recovered:?}");
    run_in(folder.path(), ["verify", "tour.skyreel"]).ends(0);
    assert!(fs::read(folder.path().join("tour.skyreel.damaged")).unwrap() == bytes);
    let again = run_in(folder.path(), ["recover", "tour.skyreel"]).ends(0);
    assert!(again.stdout.contains("whole"), "{again:?}");
}

#[test]
fn a_recording_without_its_end_is_listed_recovered_and_played() {
    let folder = tour();
    let path = folder.path().join("tour.skyreel");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() * 2 / 3]).unwrap();
    let elsewhere =
        run_in(folder.path(), ["recover", "tour.skyreel", "-o", "other.skyreel"]).ends(3);
    assert!(elsewhere.stderr.contains("was not ended"), "{elsewhere:?}");
    run_in(folder.path(), ["verify", "other.skyreel"]).ends(0);
    let listed = run_in(folder.path(), ["list", ".", "--json"]).ends(0).json_lines();
    let file = |line: &serde_json::Value| line["file"].as_str().unwrap().to_owned();
    let line = listed.iter().find(|line| file(line).ends_with("tour.skyreel")).unwrap();
    assert_eq!(line["condition"], "recovered", "{line}");
    assert!(line["duration_s"].as_f64().unwrap() > 20.0, "{line}");
    run_in(folder.path(), ["verify", "tour.skyreel"]).ends(0);
}

#[test]
fn journeys_in_words_are_worked_out_in_the_scene_they_are_played_in() {
    let folder = tempfile::tempdir().unwrap();
    let journeys = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/journeys");
    for journey in fs::read_dir(journeys).unwrap() {
        let journey = journey.unwrap().path();
        if journey.extension().is_none_or(|ending| ending != "ron") {
            continue;
        }
        let journey = journey.to_str().unwrap();
        run_in(folder.path(), ["convert", journey, "a.skyreel", "--force"]);
        assert_eq!(samples(folder.path(), "a.skyreel"), samples(folder.path(), journey));
        run_in(folder.path(), ["convert", "a.skyreel", "b.ron", "--force"]);
        run_in(folder.path(), ["convert", journey, "c.ron", "--force"]);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("b.ron"), read("c.ron"), "words are kept");
    }
}

#[test]
fn every_real_recording_is_sampled_alike_from_its_file_and_from_ours() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["everything.ron", "two_views.ron", "0085_multi_line.osrectxt", "0300_small.osrec"]
    {
        run_in(folder.path(), ["convert", &ours(file), "a.skyreel", "--force"]);
        assert_eq!(
            samples(folder.path(), "a.skyreel"),
            samples(folder.path(), &ours(file)),
            "{file}"
        );
    }
    let Some(corpus) = corpus() else { return };
    // Those with the most scripts and anchors, and some others.
    let real = recordings(&corpus.join("planetarium"));
    for file in real.iter().step_by(6) {
        let file = file.to_str().unwrap();
        if run_in(folder.path(), ["convert", file, "a.skyreel", "--force"]).code == 1 {
            continue;
        }
        assert_eq!(samples(folder.path(), "a.skyreel"), samples(folder.path(), file), "{file}");
    }
}
