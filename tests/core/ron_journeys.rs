//! The journeys Skyreel comes with: read without a word, fly smoothly, stay above ground.

use std::fs;
use std::path::PathBuf;

use glam::{DQuat, DVec3};
use skyreel_core::format::ron::{read, write};
use skyreel_core::globe::{known_radii_m, surface_distance_m};
use skyreel_core::recording::Recording;
use skyreel_core::resolve::{Frames, WorldFromNode, resolve};
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;

const JOURNEYS: [&str; 2] = ["earth_to_moon.ron", "to_the_edge.ron"];

fn journey(name: &str) -> Recording {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/journeys").join(name);
    let imported = read(&fs::read(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert!(imported.faults.is_empty(), "{name}: {:?}", imported.faults);
    imported.recording
}

/// Roughly where things are; the Moon's distance and direction can be chosen.
struct Sky {
    moon_m: DVec3,
}

const EARTH_M: DVec3 = DVec3::new(1.1e11, -0.9e11, 0.4e11);

impl Sky {
    fn with_moon(longitude: f64) -> Self {
        Self { moon_m: DQuat::from_rotation_z(longitude) * DVec3::new(3.844e8, 0.0, 2e7) }
    }

    fn nodes(&self) -> [(&'static str, DVec3); 4] {
        [
            ("Sun", DVec3::ZERO),
            ("Earth", EARTH_M),
            ("Moon", EARTH_M + self.moon_m),
            ("Saturn", DVec3::new(-1.1e12, 0.7e12, 0.4e12)),
        ]
    }
}

impl Frames for Sky {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        let rotation = match name {
            // +x towards the Earth, as the Moon has it.
            "Moon" => DQuat::from_rotation_arc(DVec3::X, -self.moon_m.normalize()),
            "Earth" => DQuat::from_rotation_z(1.0),
            _ => DQuat::IDENTITY,
        };
        let galaxy = [("MilkyWay", DVec3::X * 2.469e20)];
        let nodes = self.nodes().into_iter().chain(galaxy);
        nodes
            .into_iter()
            .find(|(node, _)| *node == name)
            .map(|(_, position_m)| WorldFromNode { position_m, rotation })
    }
}

#[test]
fn the_shipped_journeys_are_read_without_a_word_and_written_back() {
    for name in JOURNEYS {
        let recording = journey(name);
        assert!(!recording.header.title.is_empty());
        assert!((20.0..60.0).contains(&recording.duration().as_secs()), "{name}");
        let again = read(write(&recording).as_bytes()).unwrap();
        assert!(again.faults.is_empty());
        assert_eq!(again.recording, recording, "{name}");
    }
}

#[test]
fn the_shipped_journeys_stay_finite_and_above_every_surface() {
    for name in JOURNEYS {
        let recording = journey(name);
        let end_ns = recording.duration().as_nanos();
        for moon in 0..12 {
            let sky = Sky::with_moon(f64::from(moon) * std::f64::consts::FRAC_PI_6);
            for step in 0..=1_000 {
                let t = SessionTime::from_nanos(end_ns / 1_000 * step);
                let view = resolve(&sample(&recording, t), &sky).remove(0).unwrap();
                let camera = view.camera;
                assert!(camera.position_m().is_finite() && camera.rotation.is_finite());
                assert!((camera.rotation.length() - 1.0).abs() < 1e-9);
                for (node, at_m) in sky.nodes() {
                    let from_centre = -camera.to_camera(at_m);
                    let radii = known_radii_m(node).unwrap();
                    // The largest radius will do: nothing flies that low but over the Earth.
                    let altitude_m = from_centre.length() - radii[0].max(radii[2]);
                    assert!(altitude_m > 0.0, "{name} at {t}: {altitude_m} m above {node}");
                }
            }
        }
    }
}

#[test]
fn the_flight_to_the_moon_ends_before_a_moon_with_the_earth_in_view() {
    let recording = journey(JOURNEYS[0]);
    let sky = Sky::with_moon(2.0);
    let view = resolve(&sample(&recording, recording.duration()), &sky).remove(0).unwrap();
    let camera = view.camera;
    let in_view = |point_m: DVec3| camera.rotation.inverse() * camera.to_camera(point_m);
    let (moon, earth) = (in_view(EARTH_M + sky.moon_m), in_view(EARTH_M));
    let off_axis_deg = |v: DVec3| v.angle_between(DVec3::NEG_Z).to_degrees();
    let moon_radius_deg = (1.7374e6 / moon.length()).asin().to_degrees();
    assert!(off_axis_deg(moon) < 1e-6);
    // 80° wide and 50.5° high at 16:9.
    let (across, up) =
        ((earth.x / -earth.z).atan().to_degrees(), (earth.y / -earth.z).atan().to_degrees());
    assert!(across.abs() < 38.0 && up.abs() < 23.0, "Earth at {across}, {up}");
    assert!(off_axis_deg(earth) > moon_radius_deg + 1.0, "the Moon hides the Earth");
}

#[test]
fn the_first_flight_starts_low_over_italy_and_its_distances_only_grow() {
    let recording = journey(JOURNEYS[0]);
    let mut before = 0.0;
    for step in 0..180 {
        let t = SessionTime::from_nanos(step * 100_000_000);
        let frame = sample(&recording, t);
        let pose = frame.views[0].pose.leading().clone();
        let radius =
            surface_distance_m(known_radii_m("Earth").unwrap(), pose.position_m.normalize());
        let altitude_m = pose.position_m.length() - radius;
        if step == 0 {
            assert!((altitude_m - 260e3).abs() < 1.0, "{altitude_m}");
        }
        assert!(pose.position_m.length() >= before, "at {t}");
        before = pose.position_m.length();
    }
}
