//! A flight between any two places starts and ends exactly there, at rest, and meets no globe.

use glam::{DQuat, DVec3};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use skyreel_core::frame::FramePose;
use skyreel_core::globe::looking;
use skyreel_core::pose::{AnchoredPose, NodeName};
use skyreel_core::resolve::{Frames, resolve_pose};
use skyreel_nav::{Flight, Flyer, Hand, Target, Terrain, Wishes};

use crate::support::{Sky, above, between, bits, height_m, seen_from, settings};

const SAMPLES: u32 = 1000;

fn wishes(sky: &Sky) -> Wishes {
    Wishes { obstacles: sky.globes(), sun: Some("Sun".into()), ..Wishes::default() }
}

/// What a flight is found to be, sampled a thousand times.
struct Found {
    /// The lowest height over any globe, against what is allowed there, metres, and where.
    lowest: (f64, String),
    /// The greatest change from one sample to the next of the speed, in heights over the nearer of the
    /// two globes it flies between, a flight being one long; and where. Speeds reach about a hundred.
    jerk: f64,
    roughest: String,
    /// The fastest turn, radians, a flight being one long.
    spin: f64,
}

fn look(flight: &Flight, from: &AnchoredPose, sky: &Sky, globes: &[NodeName]) -> Found {
    let ends = [from, flight.end()];
    let mut found = Found {
        lowest: (f64::INFINITY, String::new()),
        jerk: 0.0,
        roughest: String::new(),
        spin: 0.0,
    };
    let pose =
        |i: u32| flight.pose_at(flight.duration_s() * f64::from(i) / f64::from(SAMPLES), sky);
    let mut last: Option<AnchoredPose> = None;
    let mut last_speed: Option<DVec3> = None;
    for i in 0..=SAMPLES {
        let pose = pose(i);
        assert!(pose.position_m.is_finite() && pose.rotation.is_normalized(), "sample {i}");
        let mut nearest = (f64::INFINITY, globes[0].as_str());
        for globe in globes {
            let height = height_m(&pose, globe.as_str(), sky);
            let is_its_own = ends.iter().any(|end| end.anchor == *globe);
            if is_its_own && height < nearest.0 {
                nearest = (height, globe.as_str());
            }
            let at_ends = ends.map(|end| height_m(end, globe.as_str(), sky));
            let allowed = at_ends[0].min(at_ends[1]).min(10.0);
            let place_m = seen_from(&pose, globe.as_str(), sky).0;
            let rounding = 1e-3 + 1e-12 * place_m.length();
            let above = height - allowed + rounding;
            if above < found.lowest.0 {
                found.lowest = (above, format!("{globe} at {i}: {height} m, allowed {allowed} m"));
            }
        }
        if let Some(last) = last {
            // Relative to what is near, where no digits are lost.
            let seen = [&last, &pose].map(|pose| seen_from(pose, nearest.1, sky));
            let speed = (seen[1].0 - seen[0].0) / nearest.0.max(10.0) * f64::from(SAMPLES);
            if let Some(last_speed) = last_speed {
                let jerk = speed.distance(last_speed);
                if jerk > found.jerk {
                    found.jerk = jerk;
                    found.roughest = format!("{} m above {} at {i}", nearest.0, nearest.1);
                }
            }
            last_speed = Some(speed);
            found.spin = found.spin.max(between(seen[0].1, seen[1].1) * f64::from(SAMPLES));
        }
        last = Some(pose);
    }
    found
}

fn any_place(names: Vec<NodeName>) -> impl Strategy<Value = (NodeName, DVec3, f64, bool)> {
    let direction = (-1.0..1.0, -1.0..1.0, 0.01..1.0, any::<bool>());
    let direction = direction.prop_map(|(x, y, z, up)| DVec3::new(x, y, if up { z } else { -z }));
    (proptest::sample::select(names), direction, 2.5..24.0, any::<bool>())
}

fn pose_of(
    (name, direction, log_height, follows): (NodeName, DVec3, f64, bool),
    sky: &Sky,
) -> AnchoredPose {
    let mut pose = above(name.as_str(), direction, f64::exp(log_height), sky);
    if !follows && pose.follow_rotation {
        let rotation = sky.world_from_node(name.as_str()).unwrap().rotation;
        pose.position_m = rotation * pose.position_m;
        pose.rotation = rotation * pose.rotation;
        pose.follow_rotation = false;
    }
    pose
}

/// Whether a place is in the open: a random one may lie within another globe. Beside the Sun the scene
/// has two globes to compare, a fourteenth of its radius above it: too near for a smooth way out.
fn is_free(pose: &AnchoredPose, sky: &Sky, globes: &[NodeName]) -> bool {
    globes.iter().filter(|globe| **globe != pose.anchor).all(|globe| {
        height_m(pose, globe.as_str(), sky) > 0.5 * sky.radii_m(globe.as_str()).unwrap()[0]
    })
}

#[test]
fn flights_between_random_places_meet_no_globe_and_start_and_end_exactly_there() {
    let mut sky = Sky::at(8.26e8);
    let globes = sky.globes();
    let places = || any_place(globes.clone());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut worst = (0.0_f64, 0.0_f64);
    for case in 0..120 {
        let (a, b, date) = (places(), places(), -1e9..1e9).new_tree(&mut runner).unwrap().current();
        if case % 10 == 0 {
            sky.move_to(date);
        }
        let (from, to) = (pose_of(a, &sky), pose_of(b, &sky));
        if !is_free(&from, &sky, &globes) || !is_free(&to, &sky, &globes) {
            continue;
        }
        let flight = Flight::plan(&from, &Target::Pose(to.clone()), &wishes(&sky), &sky).unwrap();
        let route = format!("{from:?} to {to:?}");
        assert_eq!(bits(&flight.pose_at(0.0, &sky)), bits(&from));
        assert_eq!(bits(&flight.pose_at(flight.duration_s(), &sky)), bits(&to));
        assert!((2.0..=12.0).contains(&flight.duration_s()), "{}", flight.duration_s());
        let found = look(&flight, &from, &sky, &globes);
        assert!(found.lowest.0 >= 0.0, "case {case}, {}: {route}", found.lowest.1);
        assert!(found.jerk < 100.0, "case {case}, {} {}: {route}", found.jerk, found.roughest);
        worst = (worst.0.max(found.jerk), worst.1.max(found.spin));
    }
    println!("worst change of speed {}, worst turn {}", worst.0, worst.1);
    assert!(worst.1 < 60.0, "{worst:?}");
}

#[test]
fn flights_between_all_planets_end_before_their_sunlit_side() {
    let sky = Sky::at(7.5e8);
    let globes = sky.globes();
    let planets = ["Mercury", "Venus", "Earth", "Moon", "Mars", "Jupiter", "Saturn", "Neptune"];
    for a in planets {
        let start = above(a, DVec3::new(0.3, -1.0, 0.2), 4e5, &sky);
        for b in planets.into_iter().filter(|b| *b != a) {
            let target = Target::Node { name: b.into() };
            let flight = Flight::plan(&start, &target, &wishes(&sky), &sky).unwrap();
            let found = look(&flight, &start, &sky, &globes);
            assert!(found.lowest.0 >= 0.0, "{a} to {b}, {}", found.lowest.1);
            assert!(
                found.jerk < 20.0 && found.spin < 30.0,
                "{a} to {b}: {} {}",
                found.jerk,
                found.spin
            );
            let (end_m, rotation) = seen_from(flight.end(), b, &sky);
            let place_m = |name| sky.world_from_node(name).unwrap().position_m;
            let to_sun = (place_m("Sun") - place_m(b)).normalize();
            assert!(end_m.normalize().dot(to_sun) > 0.7, "{b} is dark");
            assert!((rotation * DVec3::NEG_Z).dot(-end_m.normalize()) > 1.0 - 1e-9);
            let radius_m = sky.radii_m(b).unwrap()[0];
            let seen_deg = (radius_m / end_m.length()).asin().to_degrees() * 2.0;
            assert!((seen_deg - 0.6 * 50.534).abs() < 0.1, "{b} is seen {seen_deg} degrees large");
        }
    }
}

#[test]
fn a_flight_from_a_moon_goes_around_its_planet() {
    for date_s in [2.2e8, 5.01e8] {
        let sky = Sky::at(date_s);
        let globes = sky.globes();
        for (moon, far) in
            [("Phobos", "Neptune"), ("Moon", "Mercury"), ("Io", "Mars"), ("Mimas", "Earth")]
        {
            for side in [DVec3::X, DVec3::NEG_X, DVec3::Y, DVec3::NEG_Y] {
                let start = above(moon, side, 3e3, &sky);
                for (from, to) in [(start.clone(), far), (above(far, side, 1e6, &sky), moon)] {
                    let target = Target::Node { name: to.into() };
                    let flight = Flight::plan(&from, &target, &wishes(&sky), &sky).unwrap();
                    let found = look(&flight, &from, &sky, &globes);
                    let name = format!("{} to {to} at {date_s}", from.anchor);
                    assert!(found.lowest.0 >= 0.0, "{name}: {}", found.lowest.1);
                    assert!(found.jerk < 100.0, "{name}: {} {}", found.jerk, found.roughest);
                }
            }
        }
    }
}

#[test]
fn a_flight_past_the_sun_goes_around_it() {
    let sky = Sky::at(0.0);
    let place_m = |name| sky.world_from_node(name).unwrap().position_m;
    let toward = (place_m("Sun") - place_m("Earth")).normalize();
    // Right behind the Sun, seen from the Earth.
    let from = AnchoredPose {
        anchor: "Earth".into(),
        follow_rotation: false,
        position_m: toward * 5e7,
        rotation: DQuat::IDENTITY,
        scale: 1.0,
    };
    let to = AnchoredPose { position_m: toward * 6e11, ..from.clone() };
    let mut wishes = wishes(&sky);
    let nearest = |wishes: &Wishes| {
        let flight = Flight::plan(&from, &Target::Pose(to.clone()), wishes, &sky).unwrap();
        let heights = (0..=20_000).map(|i| {
            let pose = flight.pose_at(flight.duration_s() * f64::from(i) / 2e4, &sky);
            height_m(&pose, "Sun", &sky)
        });
        heights.fold(f64::INFINITY, f64::min)
    };
    assert!(nearest(&wishes) > 0.3 * 6.957e8);
    // It is the wish that does it.
    wishes.obstacles.clear();
    assert!(nearest(&wishes) < 0.0);
}

#[test]
fn a_flight_follows_nodes_that_move_while_it_lasts() {
    // An hour a second: the Earth moves 100,000 km and turns 15 degrees each second.
    let mut sky = Sky::at(0.0);
    let start = above("Earth", DVec3::new(1.0, 0.4, 0.2), 2e3, &sky);
    let target = Target::Place {
        node: "Mars".into(),
        latitude_deg: 18.4,
        longitude_deg: -133.8,
        altitude_m: Some(3e4),
    };
    let flight = Flight::plan(&start, &target, &wishes(&sky), &sky).unwrap();
    let globes = sky.globes();
    let steps = 2000;
    let mut last: Option<(DVec3, DQuat, f64)> = None;
    for i in 0..=steps {
        let t_s = flight.duration_s() * f64::from(i) / f64::from(steps);
        sky.move_to(t_s * 3600.0);
        let pose = flight.pose_at(t_s, &sky);
        let heights = globes.iter().map(|globe| height_m(&pose, globe.as_str(), &sky));
        let nearest_m = heights.fold(f64::INFINITY, f64::min);
        assert!(nearest_m > 9.99, "{nearest_m} at {t_s} s");
        // Against the nearer of the two bodies it leaves and lands smoothly.
        let near =
            [("Earth", height_m(&pose, "Earth", &sky)), ("Mars", height_m(&pose, "Mars", &sky))];
        let near = if near[0].1 < near[1].1 { near[0] } else { near[1] };
        let (place_m, rotation) = seen_from(&pose, near.0, &sky);
        if let Some((last_m, last_rotation, _)) =
            last.filter(|l| (l.2 < 0.0) == (near.0 == "Earth"))
        {
            assert!(place_m.distance(last_m) < 0.1 * near.1 + 2e4, "at {t_s} s");
            assert!(between(rotation, last_rotation) < 0.02, "at {t_s} s");
        }
        last = Some((place_m, rotation, if near.0 == "Earth" { -1.0 } else { 1.0 }));
    }
    let landed = flight.pose_at(flight.duration_s(), &sky);
    assert_eq!(bits(&landed), bits(flight.end()));
}

#[test]
fn a_flight_is_a_function_of_time_alone() {
    let sky = Sky::at(1e8);
    let start = above("Earth", DVec3::X, 1e6, &sky);
    let target = Target::Node { name: "Jupiter".into() };
    let plan = || Flight::plan(&start, &target, &wishes(&sky), &sky).unwrap();
    let (one, other) = (plan(), plan());
    assert_eq!(one, other);
    let times = [0.3, 5.0, 1.0, 8.0, 2.0];
    let forward = times.map(|t_s| bits(&one.pose_at(t_s, &sky)));
    let mut backward = times;
    backward.reverse();
    let mut backward = backward.map(|t_s| bits(&other.pose_at(t_s, &sky)));
    backward.reverse();
    assert_eq!(forward, backward);
}

#[test]
fn a_flight_begins_and_ends_at_rest() {
    let sky = Sky::at(0.0);
    let start = above("Earth", DVec3::X, 1e5, &sky);
    let flight =
        Flight::plan(&start, &Target::Node { name: "Saturn".into() }, &wishes(&sky), &sky).unwrap();
    let end_s = flight.duration_s();
    for (a_s, b_s, node) in [(0.0, 0.01, "Earth"), (end_s - 0.01, end_s, "Saturn")] {
        let (a, b) = (flight.pose_at(a_s, &sky), flight.pose_at(b_s, &sky));
        let went = seen_from(&a, node, &sky).0.distance(seen_from(&b, node, &sky).0);
        let speed = went / 0.01 / height_m(&a, node, &sky);
        assert!(speed < 0.05, "{node}: {speed} heights a second");
    }
}

#[test]
fn a_hand_takes_over_from_a_flight_at_any_moment_without_a_jump() {
    let sky = Sky::at(0.0);
    let start = above("Earth", DVec3::X, 1e5, &sky);
    let target = Target::Node { name: "Mars".into() };
    let flight = Flight::plan(&start, &target, &wishes(&sky), &sky).unwrap();
    let mut flyer = Flyer::new(start, settings());
    for i in 0..100 {
        let pose = flight.pose_at(flight.duration_s() * f64::from(i) / 100.0, &sky);
        flyer.take(pose.clone());
        assert_eq!(bits(&flyer.advance(0.016, &Hand::default(), &sky)), bits(&pose));
    }
}

#[test]
fn a_flight_takes_as_long_as_it_is_asked_to() {
    let sky = Sky::at(0.0);
    let start = above("Earth", DVec3::X, 1e5, &sky);
    let plan = |duration_s, name: &str| {
        let wishes = Wishes { duration_s, ..wishes(&sky) };
        Flight::plan(&start, &Target::Node { name: name.into() }, &wishes, &sky).unwrap()
    };
    assert_eq!(plan(Some(0.25), "Mars").duration_s(), 0.25);
    assert_eq!(plan(Some(600.0), "Mars").duration_s(), 600.0);
    let own = ["Earth", "Moon", "Saturn"].map(|name| plan(None, name).duration_s());
    assert!(own.is_sorted() && own[0] < 5.0 && own[2] > 7.0, "{own:?}");
}

#[test]
fn a_target_that_is_looked_at_stays_in_view() {
    let sky = Sky::at(8.26e8);
    for (near, target) in [("Earth", "Saturn"), ("Moon", "Mars"), ("Mars", "Neptune")] {
        let radius_m = sky.radii_m(near).unwrap()[0];
        let [from, to] = [near, target].map(|n| sky.world_from_node(n).unwrap().position_m);
        // Beside the one, so that it is not in the way, with the other almost in the middle.
        let towards = (to - from).normalize();
        let aside = towards.any_orthogonal_vector() * radius_m * 3.0;
        let rotation = looking(to - from - aside, aside).unwrap();
        let pose = AnchoredPose {
            anchor: NodeName::new(target),
            follow_rotation: false,
            position_m: (from - to) + aside,
            rotation: rotation * DQuat::from_rotation_x(0.1),
            scale: 1.0,
        };
        let name = NodeName::new(target);
        let flight = Flight::plan(&pose, &Target::Node { name }, &wishes(&sky), &sky).unwrap();
        for n in 0..=1000 {
            let at = flight.pose_at(flight.duration_s() * f64::from(n) / 1000.0, &sky);
            let camera = resolve_pose(&FramePose::One(at), &sky).unwrap();
            let seen = camera.rotation.inverse() * camera.to_camera(to);
            let aside = seen.angle_between(DVec3::NEG_Z);
            assert!(aside < 0.12, "{near} to {target}: {aside} rad from the middle at {n}");
        }
    }
}
