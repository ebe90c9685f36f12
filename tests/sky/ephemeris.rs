//! Sun, Moon and planets stand where JPL's ephemeris has them.

use std::collections::BTreeMap;

use glam::DVec3;
use skyreel_core::time::SimTime;
use skyreel_sky::Scene;
use skyreel_sky::axes::GALACTIC_FROM_EQUATORIAL;

fn table() -> impl Iterator<Item = (f64, String, DVec3)> {
    let text = include_str!("../corpus/de421_directions.csv");
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
    for (seconds, body, expected_m) in table() {
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
