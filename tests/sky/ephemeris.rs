//! Sun, Moon and planets stand where JPL's ephemeris has them.

use std::collections::BTreeMap;

use glam::DVec3;
use skyreel_core::time::SimTime;
use skyreel_sky::Scene;
use skyreel_sky::axes::{AU_M, EQUATORIAL_FROM_ECLIPTIC, GALACTIC_FROM_EQUATORIAL};

/// Seconds past J2000, body, and its place in world axes, metres.
fn table(text: &str) -> impl Iterator<Item = (f64, String, DVec3)> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |index: usize| fields[index].parse::<f64>().unwrap();
        let km = DVec3::new(number(2), number(3), number(4));
        (number(0), fields[1].to_owned(), GALACTIC_FROM_EQUATORIAL * km * 1e3)
    })
}

/// Name in the table, node, greatest error in direction (degrees) and in distance (share).
const BODIES: [(&str, &str, f64, f64); 11] = [
    ("Barycentre", "SolarSystemBarycenter", 0.0002, 1e-5),
    ("Sun", "Sun", 0.0002, 1e-5),
    ("Mercury", "Mercury", 0.0003, 1e-5),
    ("Venus", "Venus", 0.0005, 1e-5),
    ("Moon", "Moon", 0.0005, 1e-5),
    ("Mars", "Mars", 0.0008, 1e-5),
    ("Jupiter", "Jupiter", 0.0008, 1e-5),
    ("Saturn", "Saturn", 0.0008, 1e-5),
    ("Uranus", "Uranus", 0.001, 1e-5),
    ("Neptune", "Neptune", 0.001, 1e-5),
    ("Pluto", "PlutoBarycenter", 0.002, 1e-5),
];

#[test]
fn seen_from_the_earth_everything_stands_where_jpl_has_it_from_1900_to_2100() {
    let scene = Scene::embedded().unwrap();
    let mut worst: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut sky = scene.at(SimTime::J2000);
    let mut dates = 0;
    for (seconds, body, expected_m) in table(include_str!("../corpus/de421_directions.csv")) {
        scene.at_into(SimTime::from_tdb_secs(seconds).unwrap(), &mut sky);
        let (_, node, ..) = BODIES.iter().find(|(name, ..)| *name == body).unwrap();
        let place = |name: &str| sky.position_m(sky.id(name).unwrap());
        let found_m = place(node) - place("Earth");
        let angle_deg = found_m.angle_between(expected_m).to_degrees();
        let share = (found_m.length() / expected_m.length() - 1.0).abs();
        let entry = worst.entry(node).or_default();
        *entry = (entry.0.max(angle_deg), entry.1.max(share));
        dates += 1;
    }
    assert!(dates >= 2_200);
    for (_, node, angle_deg, share) in BODIES {
        let (worst_deg, worst_share) = worst[node];
        println!("{node}: {:.2} arcsec, distance {worst_share:.1e}", worst_deg * 3600.0);
        assert!(worst_deg < angle_deg, "{node}: {worst_deg} degrees");
        assert!(worst_share < share, "{node}: distance wrong by {worst_share}");
    }
}

type Full = fn(f64) -> vsop87::RectangularCoordinates;
/// Planet, full VSOP87A, greatest distance from it in au: 2000 BC to AD 6000, 1800 to 2200.
const FULL: [(&str, Full, f64, f64); 8] = [
    ("Mercury", vsop87::vsop87a::mercury, 4e-5, 3e-6),
    ("Venus", vsop87::vsop87a::venus, 3e-5, 3e-6),
    ("Earth", vsop87::vsop87a::earth, 3e-5, 3e-6),
    ("Mars", vsop87::vsop87a::mars, 1e-4, 8e-6),
    ("Jupiter", vsop87::vsop87a::jupiter, 3e-3, 6e-5),
    ("Saturn", vsop87::vsop87a::saturn, 3e-3, 8e-5),
    ("Uranus", vsop87::vsop87a::uranus, 4e-3, 8e-5),
    ("Neptune", vsop87::vsop87a::neptune, 1e-3, 5e-5),
];

#[test]
fn leaving_out_small_terms_moves_no_planet_far() {
    let scene = Scene::embedded().unwrap();
    let ecliptic_from_world = (GALACTIC_FROM_EQUATORIAL * EQUATORIAL_FROM_ECLIPTIC).transpose();
    for (planet, full, far_au, near_au) in FULL {
        let (planet_id, sun) = (scene.id(planet).unwrap(), scene.id("Sun").unwrap());
        let (mut far, mut near) = (0.0_f64, 0.0_f64);
        for step in -40..=40 {
            let years = f64::from(step) * 100.0 + 0.37 * f64::from(step * step % 97);
            let error = |years: f64| {
                let days = years * 365.25;
                let time = SimTime::from_tdb_secs(days * 86_400.0).unwrap();
                let place = ecliptic_from_world * scene.offset_m(planet_id, sun, time) / AU_M;
                let full = full(2_451_545.0 + days);
                (place - DVec3::new(full.x, full.y, full.z)).length()
            };
            far = far.max(error(years));
            near = near.max(error(years * 0.05));
        }
        println!("{planet}: {far:.1e} au over 8000 years, {near:.1e} au over 400");
        assert!(far < far_au && near < near_au, "{planet}: {far} and {near} au");
    }
}

#[test]
fn jupiters_great_moons_stand_where_laineys_theory_has_them() {
    let scene = Scene::embedded().unwrap();
    let jupiter = scene.id("Jupiter").unwrap();
    let mut worst: BTreeMap<String, f64> = BTreeMap::new();
    for (seconds, moon, expected_m) in table(include_str!("../corpus/galilean_directions.csv")) {
        let time = SimTime::from_tdb_secs(seconds).unwrap();
        let found_m = scene.offset_m(scene.id(&moon).unwrap(), jupiter, time);
        let angle_deg = found_m.angle_between(expected_m).to_degrees();
        let entry = worst.entry(moon).or_default();
        *entry = entry.max(angle_deg);
    }
    assert_eq!(worst.len(), 4);
    assert!(worst.values().all(|angle_deg| *angle_deg < 0.25), "{worst:?}");
}
