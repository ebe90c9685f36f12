//! `sample`: where the camera is and what time it is, at any moments in any order.

use serde_json::{Value, json};

use crate::program::{Run, corpus, ours, recording, run};

fn sample(file: &str, moments: &[String]) -> Run {
    let at = moments.iter().flat_map(|at| ["--at", at]);
    run(["sample", "--json", file].into_iter().chain(at))
}

/// Which camera entry of a recording.
#[derive(Clone, Copy, Debug)]
enum Entry {
    First,
    Last,
}

/// The moments of the first and last camera entry, and their simulation times, read off the text:
/// 01.00 has three times in each entry, 02.00 two.
fn ends(path: &std::path::Path) -> [(String, f64); 2] {
    let text = std::fs::read_to_string(path).unwrap();
    let (at, sim_time) =
        if text.starts_with("OpenSpace_record/playback01") { (2, 3) } else { (1, 2) };
    let cameras: Vec<&str> = text.lines().filter(|line| line.starts_with("camera ")).collect();
    [cameras[0], cameras[cameras.len() - 1]].map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        (fields[at].to_owned(), fields[sim_time].parse().unwrap())
    })
}

/// Angle between two places on a sphere, degrees.
fn apart_deg(a: (f64, f64), b: (f64, f64)) -> f64 {
    let unit = |(lat, lon): (f64, f64)| {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        glam::DVec3::new(lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin())
    };
    unit(a).angle_between(unit(b)).to_degrees()
}

const PART_03: &str = "TheSearch/ts_002_split/ts_002_india_rotate_zoom_osrec_part03.osrectxt";
const PART_08: &str = "TheSearch/ts_002_split/ts_002_india_rotate_zoom_osrec_part08.osrectxt";

/// Known places on the Earth that recordings of other people begin or end above, in degrees, and the
/// simulation time where the Earth's rotation enters.
const PLACES: [(&str, Entry, f64, f64, Option<f64>); 7] = [
    ("02Fuji12km.osrectxt", Entry::Last, 35.35, 138.73, None),
    ("OSREC tests/02London12km.osrectxt", Entry::Last, 51.51, -0.16, None),
    (
        "Kaaba-MountArafat-Kilimanjaro/05KaabaArafat-300m-Arafat.osrectxt",
        Entry::Last,
        21.35,
        39.98,
        None,
    ),
    ("zoom in to Puttaparthi sssihms.osrectxt", Entry::Last, 14.16, 77.78, None),
    (PART_03, Entry::First, 14.61, 93.57, Some(826147568.6)),
    (PART_03, Entry::Last, 14.61, 88.57, Some(826148764.5)),
    (PART_08, Entry::First, 14.61, 68.50, Some(826153568.4)),
];

#[test]
fn known_places_lie_below_the_camera_asked_forwards_and_backwards() {
    let Some(corpus) = corpus() else { return };
    for (file, entry, latitude, longitude, sim_time) in PLACES {
        let path = corpus.join("planetarium").join(file);
        let [first, last] = ends(&path);
        let (at, written) = match entry {
            Entry::First => &first,
            Entry::Last => &last,
        };
        let path = path.to_str().unwrap();
        // The place is asked for among others, forwards, and after later and earlier ones, backwards.
        let forwards = [first.0.clone(), at.clone(), last.0.clone()];
        let backwards = [last.0.clone(), at.clone(), first.0.clone()];
        let forwards = sample(path, &forwards).ends(0);
        let backwards = sample(path, &backwards).ends(0);
        let mut reversed: Vec<&str> = backwards.stdout.lines().collect();
        reversed.reverse();
        assert_eq!(forwards.stdout.lines().collect::<Vec<_>>(), reversed, "{file}");
        let line = &forwards.json_lines()[1];
        let number = |value: &Value| value.as_f64().unwrap();
        assert_eq!(line["below"]["body"], "Earth");
        let below = &line["below"];
        let found = (number(&below["latitude_deg"]), number(&below["longitude_deg"]));
        // The places are known to a hundredth of a degree.
        let apart = apart_deg(found, (latitude, longitude));
        assert!(apart < 0.01, "{file}, {entry:?}: {found:?}, {apart} degrees off");
        assert_eq!(number(&line["sim_time_s"]), *written, "{file}");
        if let Some(sim_time) = sim_time {
            assert!((written - sim_time).abs() < 0.1, "{file}: {written}");
        }
    }
}

#[test]
fn moments_come_in_the_order_asked_and_each_is_the_same_bytes_however_it_was_reached() {
    let file = ours("0300_small.osrectxt");
    let moments =
        ["1.25", "0", "2", "0.5", "1.25", "-3", "99", "0.500000001", "1.25"].map(String::from);
    let all = sample(&file, &moments).ends(0);
    let lines: Vec<&str> = all.stdout.lines().collect();
    assert_eq!(lines.len(), moments.len());
    for (line, at) in lines.iter().zip(&moments) {
        let alone = sample(&file, std::slice::from_ref(at)).ends(0).stdout;
        assert_eq!(format!("{line}\n"), alone, "at {at}");
        let t_s = serde_json::from_str::<Value>(line).unwrap()["t_s"].as_f64().unwrap();
        assert_eq!(t_s, at.parse::<f64>().unwrap());
    }
}

/// Two seconds from 1,000 km to 3,000 km above 0° N 90° E, following the Earth, then the Moon.
fn flight() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flight.osrectxt");
    let text = recording(&[
        "camera 0 700000000 0 7378137 0 1 0 0 0 1 F Earth",
        "camera 2 700000004 0 9378137 0 0 0 0 -1 4 F Earth",
        "camera 4 700000004 0 3e6 0 1 0 0 0 0 - Moon",
    ]);
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn every_field_of_a_moment_in_between_is_as_recordings_say() {
    let (_folder, file) = flight();
    let line = sample(&file, &["1".to_owned()]).ends(0).json();
    let half = 0.5_f64.sqrt();
    for (field, expected) in [
        ("t_s", json!(1.0)),
        ("sim_time_s", json!(700000002.0)),
        ("utc", json!("2022-03-08T08:25:32.815Z")),
        ("view", json!("main")),
        ("anchor", json!("Earth")),
        ("position_m", json!([0.0, 8378137.0, 0.0])),
        ("scale", json!(2.0)),
        ("follow_rotation", json!(true)),
        ("properties", json!({})),
    ] {
        assert_eq!(line[field], expected, "{field}");
    }
    // Half of the half turn about z, on the shorter way; either sign is the same rotation.
    let q: Vec<f64> =
        line["rotation_wxyz"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    assert!((q[0] * half - q[3] * half).abs() > 1.0 - 1e-6, "{q:?}");
    let below = &line["below"];
    let near =
        |value: &Value, expected: f64, by: f64| (value.as_f64().unwrap() - expected).abs() < by;
    assert!(near(&below["latitude_deg"], 0.0, 1e-9), "{below}");
    assert!(near(&below["longitude_deg"], 90.0, 1e-9), "{below}");
    assert!(near(&below["altitude_m"], 2e6, 1e-3), "{below}");
}

#[test]
fn before_the_start_and_after_the_end_the_first_and_last_entries_hold() {
    let (_folder, file) = flight();
    let lines = sample(&file, &["-7", "0", "4", "4000"].map(String::from)).json_lines();
    for (outside, edge) in [(0, 1), (3, 2)] {
        let [mut outside, mut edge] = [lines[outside].clone(), lines[edge].clone()];
        outside["t_s"].take();
        edge["t_s"].take();
        assert_eq!(outside, edge);
    }
}

#[test]
fn a_camera_between_two_anchors_is_told_relative_to_the_one_it_leaves() {
    let (_folder, file) = flight();
    let lines = sample(&file, &["2", "3.999999", "4"].map(String::from)).json_lines();
    assert_eq!(
        [&lines[0]["anchor"], &lines[1]["anchor"], &lines[2]["anchor"]],
        ["Earth", "Earth", "Moon"]
    );
    let distance = |line: &Value| {
        let p: Vec<f64> =
            line["position_m"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
        glam::DVec3::new(p[0], p[1], p[2]).length()
    };
    // Almost at the Moon: as far from the Earth as the Moon is.
    assert!((3.5e8..4.1e8).contains(&distance(&lines[1])), "{}", lines[1]);
    assert_eq!(lines[2]["position_m"], json!([0.0, 3e6, 0.0]));
}

#[test]
fn what_is_no_globe_has_no_place_below() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("far.osrectxt");
    std::fs::write(&path, recording(&["camera 0 0 1e22 0 0 1 0 0 0 1 - MilkyWay"])).unwrap();
    let line = sample(path.to_str().unwrap(), &["0".to_owned()]).ends(0).json();
    assert_eq!((&line["anchor"], &line["below"]), (&json!("MilkyWay"), &Value::Null));
}

#[test]
fn a_view_can_be_chosen_and_one_that_is_not_there_is_named() {
    let file = ours("two_views.ron");
    let of = |view: &[&str]| run(["sample", "--json", &file, "--at", "0.5"].iter().chain(view));
    assert_eq!(of(&[]).ends(0).json()["view"], "dome");
    let wall = of(&["--view", "wall \"left\""]).ends(0).json();
    assert_eq!((&wall["view"], &wall["anchor"]), (&json!("wall \"left\""), &json!("Phobos")));
    let none = of(&["--view", "ceiling"]).ends(2);
    assert!(none.stderr.contains("ceiling") && none.stderr.contains("dome"), "{none:?}");
}
