//! Real recordings find their anchors, properties and places in the scene. Skips where they are not
//! there: `SKYREEL_CORPUS`, or `shared/corpus` beside the checkout.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use glam::{DQuat, DVec3};
use skyreel_core::catalogue::Catalogue;
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::time::SimTime;
use skyreel_sky::{Place, Scene};

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no recordings at {}", folder.display());
    None
}

fn recordings(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            recordings(&path, found);
        } else if path.extension().is_some_and(|end| end == "osrectxt") {
            found.push(path);
        }
    }
}

/// A camera entry of OpenSpace's text format, as far as these tests need it.
struct Camera {
    sim_time: SimTime,
    position_m: DVec3,
    follow: bool,
    anchor: String,
}

fn cameras(path: &Path) -> Vec<Camera> {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let entries = text.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if *fields.first()? != "camera" {
            return None;
        }
        // Earlier versions have one stamp more before the simulation time: counted from the mark.
        let mark = fields.iter().position(|field| matches!(*field, "F" | "-"))?;
        let number = |before: usize| fields.get(mark.checked_sub(before)?)?.parse::<f64>().ok();
        Some(Camera {
            sim_time: SimTime::from_tdb_secs(number(9)?)?,
            position_m: DVec3::new(number(8)?, number(7)?, number(6)?),
            follow: fields[mark] == "F",
            anchor: fields.get(mark + 1..)?.join(" "),
        })
    });
    entries.collect()
}

#[test]
fn every_anchor_of_the_recordings_is_a_node() {
    let Some(folder) = corpus() else { return };
    let scene = Scene::embedded().unwrap();
    let mut files = Vec::new();
    recordings(&folder, &mut files);
    let anchors: BTreeSet<String> =
        files.iter().flat_map(|file| cameras(file)).map(|camera| camera.anchor).collect();
    assert!(anchors.len() >= 9, "{anchors:?}");
    for anchor in anchors {
        assert!(scene.id(&anchor).is_some(), "{anchor}");
    }
}

/// Everything in quotes that looks like a property path or a pattern.
fn paths_in(script: &str) -> impl Iterator<Item = &str> {
    script.split(['"', '\'']).skip(1).step_by(2).filter(|text| {
        let begins = ["Scene.", "NavigationHandler.", "Modules.", "*", "{"];
        begins.iter().any(|b| text.starts_with(b)) && text.contains('.') && !text.contains(' ')
    })
}

#[test]
fn every_property_of_the_recordings_is_in_the_scene_or_listed_as_not_drawn() {
    let Some(folder) = corpus() else { return };
    let scene = Scene::embedded().unwrap();
    let mut files = Vec::new();
    recordings(&folder, &mut files);
    let mut seen = BTreeSet::new();
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for line in text.lines().filter(|line| !line.starts_with("camera")) {
            seen.extend(paths_in(line).map(str::to_owned));
        }
    }
    assert!(seen.len() > 80, "{seen:?}");
    let mut missing = Vec::new();
    for path in &seen {
        let pattern: PropertyPattern = path.parse().unwrap();
        let known = match pattern.single_path() {
            Some(path) => scene.property(path).is_some(),
            None => scene.properties().iter().any(|p| pattern.matches(&p.path, &p.tags)),
        };
        if !known && scene.why_not_drawn(path).is_none() {
            missing.push(path);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Recording, whether its last camera entry (else its first), latitude, longitude.
const PLACES: [(&str, bool, f64, f64); 7] = [
    ("02Fuji12km", true, 35.35, 138.73),
    ("OSREC tests/02London12km", true, 51.51, -0.16),
    ("Kaaba-MountArafat-Kilimanjaro/05KaabaArafat-300m-Arafat", true, 21.35, 39.98),
    ("zoom in to Puttaparthi sssihms", true, 14.16, 77.78),
    ("TheSearch/ts_002_split/ts_002_india_rotate_zoom_osrec_part03", false, 14.61, 93.57),
    ("TheSearch/ts_002_split/ts_002_india_rotate_zoom_osrec_part03", true, 14.61, 88.57),
    ("TheSearch/ts_002_split/ts_002_india_rotate_zoom_osrec_part08", false, 14.61, 68.50),
];

#[test]
fn cameras_stand_above_the_places_that_their_recordings_are_named_after() {
    let Some(folder) = corpus() else { return };
    let scene = Scene::embedded().unwrap();
    for (name, last, latitude_deg, longitude_deg) in PLACES {
        let cameras = cameras(&folder.join(format!("planetarium/{name}.osrectxt")));
        let camera = if last { cameras.last() } else { cameras.first() }.unwrap();
        let sky = scene.at(camera.sim_time);
        let id = sky.id(&camera.anchor).unwrap();
        let axes = if camera.follow { sky.rotation(id) } else { DQuat::IDENTITY };
        let Place { latitude_deg: lat, longitude_deg: lon, .. } =
            sky.below(axes * camera.position_m, id).unwrap();
        assert!((lat - latitude_deg).abs() < 0.01, "{name}: latitude {lat}");
        assert!((lon - longitude_deg).abs() < 0.01, "{name}: longitude {lon}");
    }
}
