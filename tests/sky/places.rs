//! Latitude, longitude and altitude above a globe, and back.

use glam::DVec3;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use skyreel_core::time::SimTime;
use skyreel_sky::{Place, Scene};

const WGS84: [f64; 3] = [6_378_137.0, 6_378_137.0, 6_356_752.314];

#[test]
fn known_points_lie_above_known_places() {
    let place =
        |latitude_deg, longitude_deg, altitude_m| Place { latitude_deg, longitude_deg, altitude_m };
    let cases = [
        (DVec3::X * 7e6, place(0.0, 0.0, 7e6 - 6_378_137.0)),
        (DVec3::Y * 7e6, place(0.0, 90.0, 7e6 - 6_378_137.0)),
        (DVec3::NEG_Y * 7e6, place(0.0, -90.0, 7e6 - 6_378_137.0)),
        (DVec3::new(-7e6, 0.0, 0.0), place(0.0, 180.0, 7e6 - 6_378_137.0)),
        (DVec3::new(-7e6, -0.0, 0.0), place(0.0, 180.0, 7e6 - 6_378_137.0)),
        (DVec3::Z * 7e6, place(90.0, 0.0, 7e6 - 6_356_752.314)),
        (DVec3::NEG_Z * 7e6, place(-90.0, 0.0, 7e6 - 6_356_752.314)),
        (DVec3::ZERO, place(0.0, 0.0, -6_378_137.0)),
    ];
    for (point_m, expected) in cases {
        let found = Place::of(point_m, WGS84);
        assert!((found.latitude_deg - expected.latitude_deg).abs() < 1e-12, "{point_m}: {found:?}");
        assert!(
            (found.longitude_deg - expected.longitude_deg).abs() < 1e-12,
            "{point_m}: {found:?}"
        );
        assert!((found.altitude_m - expected.altitude_m).abs() < 1e-8, "{point_m}: {found:?}");
    }
}

#[test]
fn nothing_is_above_a_node_without_a_body() {
    let scene = Scene::embedded().unwrap();
    let sky = scene.at(SimTime::J2000);
    assert_eq!(sky.below(DVec3::X, sky.id("Stars").unwrap()), None);
}

#[test]
fn a_place_and_its_point_are_each_others_inverse() {
    let scene = Scene::embedded().unwrap();
    let any_place = (-89.999..89.999f64, -179.999..180f64, -1e3..1e9f64, -1e10..1e10f64);
    let check = |(latitude_deg, longitude_deg, altitude_m, seconds): (f64, f64, f64, f64)| {
        let sky = scene.at(SimTime::from_tdb_secs(seconds).unwrap());
        let earth = sky.id("Earth").unwrap();
        let place = Place { latitude_deg, longitude_deg, altitude_m };
        let found = sky.below(sky.above(place, earth).unwrap(), earth).unwrap();
        prop_assert!((found.latitude_deg - latitude_deg).abs() < 1e-9);
        let east = (found.longitude_deg - longitude_deg).abs() * latitude_deg.to_radians().cos();
        prop_assert!(east < 1e-9);
        prop_assert!((found.altitude_m - altitude_m).abs() < 1e-6 + 1e-14 * altitude_m.abs());
        Ok(())
    };
    TestRunner::default().run(&any_place, check).unwrap();
}
