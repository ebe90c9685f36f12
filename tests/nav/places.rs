//! Places on globes are where they are asked for, and what is no place is refused by name.

use glam::DVec3;
use proptest::prelude::*;
use skyreel_core::pose::AnchoredPose;
use skyreel_nav::{Flight, FlightError, Target, Wishes};

use crate::support::{above, earth, height_m};

fn place(node: &str, latitude_deg: f64, longitude_deg: f64, altitude_m: Option<f64>) -> Target {
    Target::Place { node: node.into(), latitude_deg, longitude_deg, altitude_m }
}

fn plan(target: &Target) -> Result<Flight, FlightError> {
    let world = earth();
    let from = above("Earth", DVec3::X, 1e6, &world);
    Flight::plan(&from, target, &Wishes::default(), &world)
}

proptest! {
    #[test]
    fn a_place_is_landed_at_within_a_billionth_of_a_degree(
        latitude_deg in -90.0..90.0_f64,
        longitude_deg in -180.0..180.0_f64,
        altitude_m in 10.0..1e9,
        node in prop_oneof![Just("Earth"), Just("Potato")],
    ) {
        let world = earth();
        let flight = plan(&place(node, latitude_deg, longitude_deg, Some(altitude_m))).unwrap();
        let pose = flight.pose_at(flight.duration_s(), &world);
        prop_assert!(pose.follow_rotation && pose.anchor.as_str() == node);
        let p = pose.position_m;
        let latitude = p.z.atan2(p.x.hypot(p.y)).to_degrees();
        let longitude = p.y.atan2(p.x).to_degrees();
        prop_assert!((latitude - latitude_deg).abs() < 1e-9);
        let round = (longitude - longitude_deg).abs() * latitude_deg.to_radians().cos();
        prop_assert!(round.min((360.0 - round).abs()) < 1e-9);
        let height = height_m(&pose, node, &world);
        prop_assert!((height / altitude_m - 1.0).abs() < 1e-8, "{}", height);
        // Looking down, north up.
        prop_assert!((pose.rotation * DVec3::NEG_Z).dot(p.normalize()) < -1.0 + 1e-12);
        prop_assert!((pose.rotation * DVec3::Y).z >= -1e-9);
        prop_assert!((pose.rotation * DVec3::X).z.abs() < 1e-9);
    }
}

#[test]
fn without_an_altitude_it_stays_as_high_as_it_is_over_the_same_node() {
    let world = earth();
    let here = plan(&place("Earth", 10.0, 20.0, None)).unwrap();
    assert!((height_m(here.end(), "Earth", &world) - 1e6).abs() < 1e-3);
    let there = plan(&place("Potato", 10.0, 20.0, None)).unwrap();
    assert!((height_m(there.end(), "Potato", &world) - 6500.0).abs() < 1e-3);
}

#[test]
fn no_place_is_below_the_least_height() {
    let world = earth();
    for altitude_m in [9.0, 0.0, -1e6] {
        let flight = plan(&place("Earth", 10.0, 20.0, Some(altitude_m))).unwrap();
        assert!((height_m(flight.end(), "Earth", &world) - 10.0).abs() < 1e-6);
    }
}

#[test]
fn a_hop_over_a_globe_rises_with_its_length_and_never_more_than_it_is_long() {
    let world = earth();
    for (degrees, least_m, most_m) in [(0.01, 2e2, 1.2e3), (1.0, 2e4, 1.2e5), (170.0, 4e6, 2e7)] {
        let from = above("Earth", DVec3::X, 20.0, &world);
        let target = place("Earth", 0.0, degrees, Some(20.0));
        let flight = Flight::plan(&from, &target, &Wishes::default(), &world).unwrap();
        let height = |i: u32| {
            let pose = flight.pose_at(flight.duration_s() * f64::from(i) / 1000.0, &world);
            height_m(&pose, "Earth", &world)
        };
        let heights: Vec<f64> = (0..=1000).map(height).collect();
        let top = heights.iter().copied().fold(0.0, f64::max);
        assert!((least_m..most_m).contains(&top), "{degrees} degrees: {top} m");
        assert!(heights.iter().all(|h| *h > 19.999));
        // Up, then down.
        let turns = heights.windows(3).filter(|w| w[1] < w[0] && w[2] > w[1] + 1e-6).count();
        assert_eq!(turns, 0);
    }
}

#[test]
fn what_cannot_be_flown_to_is_refused_by_name() {
    let world = earth();
    let pose = above("Earth", DVec3::X, 1e6, &world);
    let nowhere = AnchoredPose { anchor: "Vulcan".into(), ..pose.clone() };
    let nan = AnchoredPose { position_m: DVec3::NAN, ..pose.clone() };
    let cases = [
        (place("Vulcan", 0.0, 0.0, None), "the scene has no node 'Vulcan'"),
        (Target::Node { name: "Vulcan".into() }, "the scene has no node 'Vulcan'"),
        (Target::Pose(nowhere.clone()), "the scene has no node 'Vulcan'"),
        (place("Point", 0.0, 0.0, None), "'Point' has no globe: there are no places on it"),
        (place("Earth", 91.0, 0.0, None), "latitude 91°; expected -90 to 90"),
        (place("Earth", f64::NAN, 0.0, None), "latitude NaN°; expected -90 to 90"),
        (place("Earth", 0.0, f64::INFINITY, None), "longitude inf cannot be flown with"),
        (place("Earth", 0.0, 0.0, Some(f64::NAN)), "altitude NaN cannot be flown with"),
        (Target::Pose(nan), "position NaN cannot be flown with"),
    ];
    for (target, expected) in cases {
        assert_eq!(plan(&target).unwrap_err().to_string(), expected);
    }
    let target = Target::Pose(pose.clone());
    for found in [0.0, -1.0, f64::INFINITY] {
        let wishes = Wishes { duration_s: Some(found), ..Wishes::default() };
        let error = Flight::plan(&pose, &target, &wishes, &world).unwrap_err();
        assert_eq!(error, FlightError::Duration { found });
    }
    let error = Flight::plan(&nowhere, &target, &Wishes::default(), &world).unwrap_err();
    assert_eq!(error, FlightError::UnknownNode { name: "Vulcan".into() });
}
