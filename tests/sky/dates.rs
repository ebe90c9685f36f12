//! Places depend on the date alone, for every date.

use glam::DVec3;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use skyreel_core::resolve::Frames;
use skyreel_core::time::SimTime;
use skyreel_sky::{Scene, SkyAt};

fn bits(sky: &SkyAt, scene: &Scene) -> Vec<u64> {
    let numbers = scene.iter().flat_map(|(id, _)| {
        let place = sky.world_from(id);
        place.position_m.to_array().into_iter().chain(place.rotation.to_array())
    });
    numbers.map(f64::to_bits).collect()
}

fn time(seconds: f64) -> SimTime {
    SimTime::from_tdb_secs(seconds).unwrap()
}

#[test]
fn every_date_that_can_be_named_gives_finite_places_and_unit_rotations() {
    let scene = Scene::embedded().unwrap();
    let extremes = [
        0.0,
        -0.0,
        1e-300,
        1.0,
        -86_839_078.782,
        8.26e8,
        1e11,
        1e12,
        3e13,
        6.216_500_394_366_416e19,
        1e60,
        1e300,
        f64::MAX,
    ];
    for seconds in extremes.into_iter().flat_map(|s| [s, -s]) {
        let sky = scene.at(time(seconds));
        for (id, node) in scene.iter() {
            let place = sky.world_from(id);
            let name = &node.name;
            assert!(place.position_m.is_finite(), "{name} at {seconds}: {}", place.position_m);
            assert!((place.rotation.length() - 1.0).abs() < 1e-12, "{name} at {seconds}");
        }
    }
}

#[test]
fn planets_stay_in_their_orbits_for_a_hundred_thousand_years() {
    let scene = Scene::embedded().unwrap();
    let bounds_au = [
        ("Mercury", 0.29, 0.48),
        ("Venus", 0.70, 0.75),
        ("Earth", 0.95, 1.05),
        ("Mars", 1.35, 1.70),
        ("Jupiter", 4.8, 5.6),
        ("Saturn", 8.7, 10.4),
        ("Uranus", 17.7, 20.7),
        ("Neptune", 29.3, 30.7),
        ("Pluto", 28.0, 51.0),
    ];
    for step in -200..=200 {
        let sky = scene.at(time(f64::from(step) * 500.0 * 3.155_76e7));
        for (planet, least, most) in bounds_au {
            let place = |name: &str| sky.position_m(sky.id(name).unwrap());
            let au = place(planet).distance(place("Sun")) / skyreel_sky::axes::AU_M;
            assert!((least..most).contains(&au), "{planet}, year {}: {au} au", step * 500);
        }
    }
}

#[test]
fn nothing_jumps_where_one_formula_gives_way_to_another() {
    let scene = Scene::embedded().unwrap();
    let century_s = 36_525.0 * 86_400.0;
    let ids: Vec<_> = scene.iter().map(|(id, _)| id).collect();
    for century in [-60.0, -1.35, -1.15, 0.99, 1.19, 60.0] {
        let at = |offset_s: f64| scene.at(time(century * century_s + offset_s));
        let (before, here, after) = (at(-60.0), at(0.0), at(60.0));
        for &id in &ids {
            let (step, next) = (
                here.position_m(id) - before.position_m(id),
                after.position_m(id) - here.position_m(id),
            );
            let name = &scene.node(id).unwrap().name;
            // No more than a curved path bends in a minute, and what f64 leaves of it.
            let jump = (next - step).length();
            assert!(
                jump < 0.05 * step.length() + 0.1,
                "{name} at {century} centuries: {jump} m of {step}"
            );
        }
    }
}

#[test]
fn frames_are_found_by_name() {
    let scene = Scene::embedded().unwrap();
    let sky = scene.at(SimTime::J2000);
    for (id, node) in scene.iter() {
        assert_eq!(sky.world_from_node(node.name.as_str()), Some(sky.world_from(id)));
    }
    assert_eq!(sky.world_from_node("Vulcan"), None);
    assert_eq!(sky.world_from_node("SolarSystemBarycenter").unwrap().position_m, DVec3::ZERO);
}

#[test]
fn places_are_the_same_bits_however_the_date_was_reached() {
    let (scene, other) = (Scene::embedded().unwrap(), Scene::embedded().unwrap());
    let any_dates = proptest::collection::vec(-1e11..1e11f64, 1..6);
    let check = |dates: Vec<f64>| {
        let fresh: Vec<_> = dates.iter().map(|s| bits(&scene.at(time(*s)), &scene)).collect();
        let mut kept = scene.at(SimTime::J2000);
        for (index, seconds) in dates.iter().enumerate().rev() {
            scene.at_into(time(*seconds), &mut kept);
            prop_assert_eq!(&bits(&kept, &scene), &fresh[index]);
            prop_assert_eq!(&bits(&other.at(time(*seconds)), &other), &fresh[index]);
        }
        Ok(())
    };
    TestRunner::new(Config::with_cases(100)).run(&any_dates, check).unwrap();
}

#[test]
fn one_pair_of_nodes_alone_lies_as_among_all() {
    let scene = Scene::embedded().unwrap();
    let ids: Vec<_> = scene.iter().map(|(id, _)| id).collect();
    let any_pair = (-1e10..1e10f64, 0..ids.len(), 0..ids.len());
    let check = |(seconds, first, second): (f64, usize, usize)| {
        let (a, b) = (ids[first], ids[second]);
        let sky = scene.at(time(seconds));
        let expected = sky.position_m(a) - sky.position_m(b);
        let found = scene.offset_m(a, b, time(seconds));
        prop_assert!((found - expected).length() <= 1e-2 + 1e-15 * expected.length());
        Ok(())
    };
    TestRunner::default().run(&any_pair, check).unwrap();
}
