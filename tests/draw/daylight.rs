//! Day and ground: what of the sky beyond is painted at all.

use glam::DVec3;
use skyreel_core::resolve::WorldCamera;
use skyreel_core::value::Value;
use skyreel_sky::Place;

use crate::stage::*;

/// Above the place where the Sun stands in the zenith, or opposite to it, looking at the horizon.
fn by_sun(body: &str, altitude_m: f64, sun_overhead: bool) -> WorldCamera {
    let sky = sky();
    let id = sky.id(body).unwrap();
    let to_sun = sky.position_m(sky.id("Sun").unwrap()) - sky.position_m(id);
    let side = to_sun.normalize() * if sun_overhead { 1.0 } else { -1.0 };
    let radius_m = scene().node(id).unwrap().radii_m().unwrap()[0];
    camera(&sky, body, side * (radius_m + altitude_m), side.any_orthonormal_vector())
}

fn with_constellations() -> Properties {
    [(renderable("Constellations", "Enabled"), Value::Bool(true))].into_iter().collect()
}

#[test]
fn the_day_hides_the_stars_in_the_air_of_the_earth_and_nowhere_else() {
    for (body, altitude_m, sun_overhead, seen) in [
        ("Earth", 10.0, true, 0.0),
        ("Earth", 18_000.0, true, 0.0),
        ("Earth", 18_000.0, false, 1.0),
        ("Earth", 400_000.0, true, 1.0),
        ("Moon", 10.0, true, 1.0),
        ("Mars", 2_000.0, true, 1.0),
    ] {
        let picture =
            picture(&sky(), &with_constellations(), &by_sun(body, altitude_m, sun_overhead));
        let view = picture.view;
        let case = format!("{altitude_m} m above {body}, Sun overhead: {sun_overhead}");
        assert_eq!(f64::from(view.stars_gain), seen, "{case}");
        assert_eq!(f64::from(view.band_gain), seen, "{case}");
        assert_eq!(picture.far_lines.is_empty(), seen == 0.0, "{case}");
    }
}

#[test]
fn without_its_air_the_earth_has_stars_by_day() {
    let switches = [("Constellations", true), ("EarthAtmosphere", false)];
    let properties = switches.map(|(node, on)| (renderable(node, "Enabled"), Value::Bool(on)));
    let properties = properties.into_iter().collect();
    let picture = picture(&sky(), &properties, &by_sun("Earth", 18_000.0, true));
    assert_eq!(picture.view.stars_gain, 1.0);
    assert!(!picture.far_lines.is_empty());
}

#[test]
fn nothing_is_painted_behind_ground_that_fills_the_picture() {
    let sky = sky();
    let properties = with_constellations();
    for (body, altitude_m) in [("Earth", 2.0), ("Earth", 12_000.0), ("Moon", 50_000.0)] {
        let place = Place { latitude_deg: 20.0, longitude_deg: 40.0, altitude_m };
        let picture = picture(&sky, &properties, &above(&sky, body, place));
        let view = picture.view;
        let gains = [view.stars_gain, view.band_gain, view.galaxy_gain, view.quasars_gain];
        assert_eq!(gains, [0.0; 4], "{altitude_m} m above {body}");
        assert!(picture.far_lines.is_empty() && picture.far_sprites.is_empty());
        assert_eq!(picture.globes.len(), 1, "{altitude_m} m above {body}");
    }
}

#[test]
fn a_globe_that_leaves_a_corner_free_or_is_faded_hides_nothing() {
    let sky = sky();
    // The corners see past a globe whose radius is this part of its distance.
    let (half_height, aspect) = ((VFOV_DEG / 2.0).to_radians().tan(), 1280.0 / 720.0);
    let corner = half_height * (1.0_f64 + aspect * aspect).sqrt();
    let sine = corner / (1.0 + corner * corner).sqrt();
    for (part, seen) in [(1.01, 0.0), (0.99, 1.0)] {
        let camera = facing(&sky, "Moon", DVec3::Y * 1_737_400.0 / (sine * part));
        let picture = picture(&sky, &Properties::new(), &camera);
        assert_eq!(picture.view.stars_gain, seen, "{part}");
    }
    let faded = [(renderable("Moon", "Fade"), Value::Number(0.5))].into_iter().collect();
    let near = Place { latitude_deg: 0.0, longitude_deg: 0.0, altitude_m: 1e4 };
    assert_eq!(picture(&sky, &faded, &above(&sky, "Moon", near)).view.stars_gain, 1.0);
}
