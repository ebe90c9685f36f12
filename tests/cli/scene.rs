//! `scene`: the nodes of a scene, and that planets and Moon stand where JPL's ephemeris has them.

use std::collections::BTreeMap;

use glam::{DMat3, DVec3};
use hifitime::Epoch;
use serde_json::Value;

use crate::program::{checkout, command, run, run_in};

fn scene_at(date: &str) -> Value {
    run(["scene", "--json", "--date", date]).ends(0).json()
}

fn positions(scene: &Value) -> BTreeMap<&str, DVec3> {
    let nodes = scene["nodes"].as_array().unwrap();
    let place = |node: &Value| {
        let p = node["position_m"].as_array().unwrap();
        DVec3::new(p[0].as_f64().unwrap(), p[1].as_f64().unwrap(), p[2].as_f64().unwrap())
    };
    nodes.iter().map(|node| (node["name"].as_str().unwrap(), place(node))).collect()
}

/// From J2000 equatorial to galactic axes, row by row.
const GALACTIC_FROM_EQUATORIAL: [[f64; 3]; 3] = [
    [-0.0548755604162154, -0.873437090234885, -0.4838350155487132],
    [0.4941094278755837, -0.4448296299600112, 0.746982244497219],
    [-0.8676661490190047, -0.1980763734312015, 0.4559837761750669],
];

#[test]
fn planets_and_moon_stand_where_de421_has_them_as_seen_from_the_earth() {
    let galactic = DMat3::from_cols_array_2d(&GALACTIC_FROM_EQUATORIAL).transpose();
    let table =
        std::fs::read_to_string(checkout().join("tests/corpus/de421_directions.csv")).unwrap();
    let mut at: BTreeMap<i64, Vec<(&str, DVec3)>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let f: Vec<&str> = line.split(',').collect();
        let km = |i: usize| f[i].parse::<f64>().unwrap();
        at.entry(f[0].parse().unwrap()).or_default().push((f[1], DVec3::new(km(2), km(3), km(4))));
    }
    // Eight dates from 1901 to 2100: the whole table is the sky's own test.
    let mut worst = 0.0_f64;
    for (tdb_s, bodies) in at.iter().step_by(at.len() / 7) {
        let date = Epoch::from_et_seconds(*tdb_s as f64).to_gregorian_str(hifitime::TimeScale::ET);
        let scene = scene_at(&date);
        let places = positions(&scene);
        for (body, direction) in bodies.iter().filter(|(body, _)| *body != "Barycentre") {
            let found = places[body] - places["Earth"];
            let off = found.angle_between(galactic * *direction).to_degrees();
            worst = worst.max(off);
            assert!(off < 0.02, "{body} at {date}: {off} degrees off");
        }
    }
    println!("worst: {worst} degrees");
}

#[test]
fn nodes_have_a_parent_tags_axes_and_properties() {
    let scene = scene_at("2026-03-07T18:30:00");
    assert_eq!(scene["date"], "2026-03-07T18:30:00.000Z");
    let nodes = scene["nodes"].as_array().unwrap();
    let moon = nodes.iter().find(|node| node["name"] == "Moon").unwrap();
    assert!(nodes.iter().any(|node| node["name"] == moon["parent"]), "{moon}");
    assert!(!moon["tags"].as_array().unwrap().is_empty());
    let q: Vec<f64> =
        moon["rotation_wxyz"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    assert!((q.iter().map(|v| v * v).sum::<f64>() - 1.0).abs() < 1e-12);
    let fade = moon["properties"].as_array().unwrap().iter();
    let fade = fade.clone().find(|p| p["path"] == "Scene.Moon.Renderable.Fade").unwrap();
    for field in ["path", "type", "range", "value"] {
        assert!(fade.get(field).is_some(), "{field} of {fade}");
    }
}

#[test]
fn a_date_gives_the_same_bytes_every_time_and_another_date_others() {
    let [one, two, other] = ["2026-03-07T18:30:00", "2026-03-07T18:30:00Z", "2026-03-07T18:30:01"]
        .map(|date| run(["scene", "--json", "--date", date]).ends(0).stdout);
    assert_eq!(one, two);
    assert_ne!(one, other);
}

#[test]
fn a_scene_of_ones_own_is_read_and_its_mistakes_are_placed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "good.ron",
        "(kind: \"skyreel-scene\", version: 1, name: \"mine\", nodes: [(name: \"Rock\")])",
    );
    write(
        "bad.ron",
        "(kind: \"skyreel-scene\", version: 1,\n name: \"mine\",\n nodes: [(nam: \"Rock\")])",
    );
    let good = run_in(folder.path(), ["scene", "--json", "--scene", "good.ron"]).ends(0).json();
    assert_eq!(good["nodes"][0]["name"], "Rock");
    let bad = run_in(folder.path(), ["--scene", "bad.ron", "scene"]).ends(1).stderr;
    assert!(bad.contains("bad.ron") && bad.contains('3') && bad.contains("nam"), "{bad}");
    let none = run_in(folder.path(), ["scene", "--scene", "none.ron"]).ends(1).stderr;
    assert!(none.contains("none.ron"), "{none}");
}

#[test]
fn a_scene_in_the_users_folder_goes_by_its_name_and_takes_the_place_of_the_one_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let scenes = folder.path().join("skyreel/scenes");
    std::fs::create_dir_all(&scenes).unwrap();
    let scene = |name| {
        format!("(kind: \"skyreel-scene\", version: 1, name: \"x\", nodes: [(name: \"{name}\")])")
    };
    std::fs::write(scenes.join("solar_system.ron"), scene("Mine")).unwrap();
    std::fs::write(scenes.join("rooms.ron"), scene("Hall")).unwrap();
    let first_node = |args: &[&str]| {
        let output = command(args).env("XDG_DATA_HOME", folder.path()).output().unwrap();
        let listing: Value = serde_json::from_slice(&output.stdout).unwrap();
        (listing["nodes"][0]["name"].clone(), String::from_utf8(output.stderr).unwrap())
    };
    let (name, told) = first_node(&["scene", "--json"]);
    assert_eq!(name, "Mine");
    assert!(told.contains("solar_system.ron"), "{told}");
    let (name, told) = first_node(&["scene", "--json", "--scene", "rooms"]);
    assert_eq!((name, told), (Value::from("Hall"), String::new()));
}
