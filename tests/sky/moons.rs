//! The moons go round as their elements and their faces say.

use glam::DVec3;
use skyreel_core::time::SimTime;
use skyreel_sky::{Scene, SkyAt};

const DAY_S: f64 = 86_400.0;

fn days(days: f64) -> SimTime {
    SimTime::from_tdb_secs(days * DAY_S).unwrap()
}

fn from_planet(sky: &SkyAt, moon: &str, planet: &str) -> DVec3 {
    sky.position_m(sky.id(moon).unwrap()) - sky.position_m(sky.id(planet).unwrap())
}

/// Moon, planet, and how far from the middle of its near side the planet may stand, degrees.
///
/// Two independent sources meet here: places by orbital elements, turns by the IAU's rotation
/// elements. What is left is the libration by eccentricity (twice the eccentricity: 3.3 for Titan and
/// Iapetus) and that prime meridians are tied to craters, up to 4 degrees (Enceladus) off the mean
/// direction of the planet.
const SYNCHRONOUS: [(&str, &str, f64); 20] = [
    ("Moon", "Earth", 8.2),
    ("Phobos", "Mars", 3.1),
    ("Deimos", "Mars", 0.6),
    ("Io", "Jupiter", 1.3),
    ("Europa", "Jupiter", 2.8),
    ("Ganymede", "Jupiter", 2.7),
    ("Callisto", "Jupiter", 1.9),
    ("Mimas", "Saturn", 12.6),
    ("Enceladus", "Saturn", 5.2),
    ("Tethys", "Saturn", 1.0),
    ("Dione", "Saturn", 1.1),
    ("Rhea", "Saturn", 2.9),
    ("Titan", "Saturn", 5.5),
    ("Iapetus", "Saturn", 10.8),
    ("Miranda", "Uranus", 3.3),
    ("Ariel", "Uranus", 1.3),
    ("Umbriel", "Uranus", 1.5),
    ("Titania", "Uranus", 1.2),
    ("Oberon", "Uranus", 1.1),
    ("Triton", "Neptune", 2.9),
];

#[test]
fn moons_keep_one_face_to_their_planets_for_two_centuries() {
    let scene = Scene::embedded().unwrap();
    for (moon, planet, most_deg) in SYNCHRONOUS {
        let id = scene.id(moon).unwrap();
        let (mut lon, mut lat) = ((f64::MAX, f64::MIN), (f64::MAX, f64::MIN));
        for step in 0..400 {
            let sky = scene.at(days(-36_525.0 + 182.3 * f64::from(step)));
            let place = sky.below(-from_planet(&sky, moon, planet), id).unwrap();
            lon = (lon.0.min(place.longitude_deg), lon.1.max(place.longitude_deg));
            lat = (lat.0.min(place.latitude_deg), lat.1.max(place.latitude_deg));
        }
        let worst = [lon.0, lon.1, lat.0, lat.1].into_iter().fold(0.0, |w: f64, v| w.max(v.abs()));
        assert!(worst < most_deg, "{moon}: longitude {lon:.2?}, latitude {lat:.2?}");
    }
}

/// Moon, planet, least and greatest distance (thousand km: semi-major axis and eccentricity as
/// published, 1 % to spare), sidereal period (days).
const ORBITS: [(&str, &str, f64, f64, f64); 23] = [
    ("Moon", "Earth", 355.0, 408.0, 27.321_66),
    ("Phobos", "Mars", 9.1, 9.6, 0.318_91),
    ("Deimos", "Mars", 23.2, 23.7, 1.262_44),
    ("Io", "Jupiter", 416.0, 428.0, 1.769_14),
    ("Europa", "Jupiter", 658.0, 684.0, 3.551_18),
    ("Ganymede", "Jupiter", 1_058.0, 1_083.0, 7.154_55),
    ("Callisto", "Jupiter", 1_850.0, 1_916.0, 16.689_02),
    ("Mimas", "Saturn", 180.0, 191.0, 0.942_42),
    ("Enceladus", "Saturn", 234.0, 242.0, 1.370_22),
    ("Tethys", "Saturn", 291.0, 298.0, 1.887_80),
    ("Dione", "Saturn", 372.0, 383.0, 2.736_92),
    ("Rhea", "Saturn", 521.0, 533.0, 4.517_50),
    ("Titan", "Saturn", 1_175.0, 1_270.0, 15.945_42),
    ("Hyperion", "Saturn", 1_310.0, 1_690.0, 21.276_61),
    ("Iapetus", "Saturn", 3_420.0, 3_700.0, 79.330_18),
    ("Miranda", "Uranus", 128.0, 132.0, 1.413_48),
    ("Ariel", "Uranus", 188.0, 193.0, 2.520_38),
    ("Umbriel", "Uranus", 262.0, 270.0, 4.144_18),
    ("Titania", "Uranus", 431.0, 442.0, 8.705_87),
    ("Oberon", "Uranus", 577.0, 590.0, 13.463_24),
    ("Triton", "Neptune", 351.0, 359.0, 5.876_85),
    ("Nereid", "Neptune", 1_340.0, 9_760.0, 360.13),
    ("Charon", "Pluto", 19.4, 19.8, 6.387_23),
];

#[test]
fn moons_keep_their_published_distances_and_periods() {
    let scene = Scene::embedded().unwrap();
    for (moon, planet, least, most, period_days) in ORBITS {
        let (moon_id, planet_id) = (scene.id(moon).unwrap(), scene.id(planet).unwrap());
        let at = |day: f64| scene.offset_m(moon_id, planet_id, days(day));
        let steps = 4_000;
        let (mut turned, step) = (0.0, period_days * 40.0 / f64::from(steps));
        for index in 0..steps {
            let (here, next) = (at(f64::from(index) * step), at(f64::from(index + 1) * step));
            let distance = here.length() / 1e6;
            assert!((least..most).contains(&distance), "{moon}: {distance} thousand km");
            turned += here.angle_between(next);
        }
        let turns = turned / std::f64::consts::TAU;
        // Perturbations shift the Moon and an eccentric moon by a few degrees in 40 turns.
        assert!((turns - 40.0).abs() < 0.05, "{moon}: {turns} turns in 40 periods");
    }
}

#[test]
fn io_europa_and_ganymede_stay_in_laplaces_resonance() {
    let scene = Scene::embedded().unwrap();
    for century in -2..=2 {
        let sky = scene.at(days(f64::from(century) * 36_525.0));
        let jupiter = sky.rotation(sky.id("Jupiter").unwrap());
        let longitude = |moon: &str| {
            // Seen in Jupiter's equator; its own turn drops out of the sum below.
            let place = jupiter.inverse() * from_planet(&sky, moon, "Jupiter");
            place.y.atan2(place.x).to_degrees()
        };
        let sum = longitude("Io") - 3.0 * longitude("Europa") + 2.0 * longitude("Ganymede");
        let from_180 = (sum.rem_euclid(360.0) - 180.0).abs();
        // Equations of the centre: 0.5 + 3 * 1.1 + 2 * 0.15 degrees at most.
        assert!(from_180 < 4.5, "century {century}: {from_180} degrees from 180");
    }
}

#[test]
fn pluto_and_charon_face_each_other_and_their_barycentre_lies_between() {
    let scene = Scene::embedded().unwrap();
    let sky = scene.at(days(5_000.0));
    for (here, there) in [("Pluto", "Charon"), ("Charon", "Pluto")] {
        let place = sky.below(from_planet(&sky, there, here), sky.id(here).unwrap()).unwrap();
        assert!(place.longitude_deg.abs() < 0.01 && place.latitude_deg.abs() < 0.01, "{place:?}");
    }
    let (pluto, charon) = (
        from_planet(&sky, "Pluto", "PlutoBarycenter"),
        from_planet(&sky, "Charon", "PlutoBarycenter"),
    );
    assert!((charon.length() / pluto.length() - 8.2).abs() < 0.1);
    assert!((-pluto).angle_between(charon) < 1e-6);
}

#[test]
fn a_trail_ends_where_its_node_is_and_its_points_stay() {
    let scene = Scene::embedded().unwrap();
    let trails: Vec<_> = scene.trails().collect();
    assert!(trails.len() > 30);
    for (id, trail) in trails {
        let name = scene.node(id).unwrap().name.as_str();
        let index = 1_000;
        let at = SimTime::from_tdb_secs(index as f64 * trail.step_s()).unwrap();
        let sky = scene.at(at);
        let place = |name: &str| sky.position_m(sky.id(name).unwrap());
        let expected = place(trail.of.as_str()) - place(trail.relative_to.as_str());
        let found = scene.trail_point_m(trail, index).unwrap();
        assert!((found - expected).length() < 1e-2, "{name}: {found} {expected}");
        assert_eq!(found, scene.trail_point_m(trail, index).unwrap(), "{name}");
    }
}
