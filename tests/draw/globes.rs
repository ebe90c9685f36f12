//! Globes: where they are in a picture, near and far, and in which order.

use glam::{DMat3, DVec3, Vec3};
use skyreel::app::draw::picture::GlobeDraw;
use skyreel_sky::Place;

use crate::stage::*;

/// The direction of a globe's middle in camera space.
fn middle(globe: &GlobeDraw) -> DVec3 {
    let axes = globe.uniform.body_from_camera;
    let body_from_camera =
        DMat3::from_cols_array_2d(&axes.map(|c| [c[0], c[1], c[2]].map(f64::from)));
    let radii = Vec3::from_array(globe.uniform.radii).as_dvec3();
    let up = Vec3::from_array(globe.uniform.up).as_dvec3();
    body_from_camera.transpose() * -(up * radii).normalize()
}

#[test]
fn from_a_few_radii_one_earth_is_in_the_middle_of_the_picture() {
    let sky = sky();
    for direction in [DVec3::X, DVec3::Y, -DVec3::Z, DVec3::new(1.0, 2.0, -3.0).normalize()] {
        for (radii, is_far) in [(3.0, 0.0), (5.0, 1.0), (60.0, 1.0)] {
            let camera = facing(&sky, "Earth", direction * 6_371_000.0 * radii);
            let picture = picture(&sky, &Properties::new(), &camera);
            let earths = earths(&picture);
            assert_eq!(earths.len(), 1);
            let uniform = earths[0].uniform;
            assert_eq!(uniform.is_far, is_far, "from {radii} radii");
            assert!((f64::from(uniform.height) - (radii - 1.0)).abs() < 0.01 * radii);
            let middle = middle(earths[0]);
            assert!((middle - -DVec3::Z).length() < 1e-6, "{middle}");
            assert_eq!(uniform.fade, 1.0);
        }
    }
}

#[test]
fn a_globe_aside_is_where_it_should_be() {
    let sky = sky();
    // The Earth 20° to the right of where the camera looks, and 10° up.
    let mut camera = facing(&sky, "Earth", DVec3::new(3e7, -2e7, 1e7));
    let (right, up) = (camera.rotation * DVec3::X, camera.rotation * DVec3::Y);
    let towards = camera.rotation * -DVec3::Z;
    let (x, y) = (20_f64.to_radians().tan(), 10_f64.to_radians().tan());
    camera.offset_m = -(towards + right * x + up * y) * 2e7;
    let picture = picture(&sky, &Properties::new(), &camera);
    let middle = middle(earths(&picture)[0]);
    assert!(((middle / -middle.z) - DVec3::new(x, y, -1.0)).length() < 1e-6, "{middle}");
}

#[test]
fn near_the_ground_the_height_is_right_to_a_millionth() {
    let sky = sky();
    for (latitude_deg, longitude_deg) in [(0.0, 0.0), (48.2, 16.4), (-77.8, 166.7), (90.0, 0.0)] {
        for altitude_m in [2.0, 30.0, 1e3, 4e4, 1e6] {
            let place = Place { latitude_deg, longitude_deg, altitude_m };
            let picture = picture(&sky, &Properties::new(), &above(&sky, "Earth", place));
            let earths = earths(&picture);
            assert_eq!(earths.len(), 1, "{place:?}");
            let uniform = earths[0].uniform;
            assert_eq!((uniform.is_far, uniform.reach), (0.0, 0.0), "{place:?}");
            let ground = Place { altitude_m: 0.0, ..place };
            let earth = sky.id("Earth").unwrap();
            let ground_m = sky.above(ground, earth).unwrap().length();
            let off = f64::from(uniform.height) / (altitude_m / ground_m) - 1.0;
            assert!(off.abs() < 1e-6, "{place:?}: {off}");
        }
    }
}

#[test]
fn on_and_under_the_ground_the_camera_is_lifted_above_it() {
    let sky = sky();
    for altitude_m in [1.0, 0.0, -5.0] {
        let place = Place { latitude_deg: 12.0, longitude_deg: 77.0, altitude_m };
        let picture = picture(&sky, &Properties::new(), &above(&sky, "Earth", place));
        let uniform = earths(&picture)[0].uniform;
        let height_m = f64::from(uniform.height * uniform.mean_radius_m);
        assert!(height_m > 0.5, "{altitude_m} m: {height_m}");
    }
}

#[test]
fn what_stands_side_by_side_for_comparison_is_seen_from_near_it_only() {
    let sky = sky();
    let count = |offset_m| {
        let camera = facing(&sky, "CompareMarEarthMidpoint", offset_m);
        let picture = picture(&sky, &Properties::new(), &camera);
        let lit_from_everywhere = picture.globes.iter().filter(|g| g.uniform.shading < 0.5);
        lit_from_everywhere.filter(|g| g.map.is_some()).count()
    };
    assert_eq!(count(DVec3::new(0.0, 1.5e7, 0.0)), 2);
    assert_eq!(count(DVec3::new(0.0, 3e8, 0.0)), 0);
}

#[test]
fn globes_come_from_the_farthest_to_the_nearest() {
    let sky = sky();
    let properties = all();
    for (anchor, offset_m) in [
        ("Earth", DVec3::new(2e7, 1e7, 0.0)),
        ("Moon", DVec3::new(-3e6, 4e6, 1e6)),
        ("Jupiter", DVec3::new(2e9, 1e9, 5e8)),
        ("Saturn", DVec3::new(3e8, -4e8, 2e8)),
        ("Io", DVec3::new(0.0, 4e6, 0.0)),
        ("Pluto", DVec3::new(1e7, 1e7, 1e7)),
    ] {
        let picture = picture(&sky, &properties, &facing(&sky, anchor, offset_m));
        let distances: Vec<f64> = picture
            .globes
            .iter()
            .map(|g| f64::from(g.uniform.height + 1.0) * f64::from(g.uniform.mean_radius_m))
            .collect();
        // Told by unit space, where a flat globe is up to a tenth nearer or farther.
        let sorted = distances.windows(2).all(|pair| pair[0] >= pair[1] * 0.85);
        assert!(!distances.is_empty() && sorted, "at {anchor}: {distances:?}");
    }
}
