//! Flights of every kind: from the ground to the end of the world, to what has no body, to where one
//! already is.

use glam::{DQuat, DVec3};
use skyreel_core::pose::AnchoredPose;
use skyreel_core::resolve::Frames;
use skyreel_nav::{Flight, Target, Terrain, Wishes};

use crate::support::{Sky, World, above, bits, earth, height_m, seen_from};

fn fly(from: &AnchoredPose, target: &Target, terrain: &impl Terrain) -> Vec<AnchoredPose> {
    let flight = Flight::plan(from, target, &Wishes::default(), terrain).unwrap();
    (0..=1000).map(|i| flight.pose_at(flight.duration_s() * f64::from(i) / 1e3, terrain)).collect()
}

#[test]
fn from_ten_metres_above_the_earth_to_the_end_of_the_world_and_back() {
    let world = earth();
    let low = above("Earth", DVec3::new(1.0, 2.0, 3.0), 10.0, &world);
    let far = above("Point", DVec3::new(-2.0, 1.0, 0.5), 1e27, &world);
    for (from, to) in [(&low, &far), (&far, &low)] {
        let heights: Vec<f64> = fly(from, &Target::Pose(to.clone()), &world)
            .iter()
            .map(|pose| height_m(pose, "Earth", &world))
            .collect();
        assert!(heights.iter().all(|h| *h > 9.99));
        // In equal ratios: no step is more than a hundredth of the way in e-folds.
        let step = |pair: &[f64]| (pair[1] / pair[0]).ln().abs();
        let widest = heights.windows(2).map(step).fold(0.0, f64::max);
        assert!(widest < 0.12, "{widest}");
    }
}

#[test]
fn a_flight_to_where_the_camera_is_stays_there() {
    let world = earth();
    for node in ["Earth", "Point"] {
        let here = above(node, DVec3::new(1.0, 2.0, 3.0), 1e5, &world);
        for pose in fly(&here, &Target::Pose(here.clone()), &world) {
            assert!(pose.position_m.distance(here.position_m) < 1e-6);
        }
    }
}

#[test]
fn a_node_without_a_body_is_flown_to_as_near_as_its_extent_says() {
    struct WithGalaxy(World);
    impl Frames for WithGalaxy {
        fn world_from_node(&self, name: &str) -> Option<skyreel_core::resolve::WorldFromNode> {
            self.0.world_from_node(name)
        }
    }
    impl Terrain for WithGalaxy {
        fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
            self.0.radii_m(node)
        }
        fn extent_m(&self, node: &str) -> Option<f64> {
            (node == "Point").then_some(6e20)
        }
    }
    let start = above("Earth", DVec3::X, 1e6, &earth());
    let target = Target::Node { name: "Point".into() };
    let known = WithGalaxy(earth());
    let end = fly(&start, &target, &known).pop().unwrap();
    assert!((2e21..3e21).contains(&end.position_m.length()), "{}", end.position_m.length());
    assert!((end.rotation * DVec3::NEG_Z).dot(-end.position_m.normalize()) > 0.999_999);
    let unknown = fly(&start, &target, &earth()).pop().unwrap();
    assert!((unknown.position_m.length() / 1e7 - 1.0).abs() < 1e-9);
}

#[test]
fn a_start_below_the_ground_is_left_without_a_jump() {
    // Recordings of other programs go into valleys that an ellipsoid does not have.
    let world = earth();
    let low = above("Earth", DVec3::new(1.0, 2.0, 3.0), -350.0, &world);
    let to = above("Earth", DVec3::new(1.0, 2.0, 3.3), 2.0, &world);
    let poses = fly(&low, &Target::Pose(to.clone()), &world);
    assert_eq!(bits(&poses[0]), bits(&low));
    assert_eq!(bits(&poses[1000]), bits(&to));
    for pair in poses.windows(2) {
        let heights = [&pair[0], &pair[1]].map(|pose| height_m(pose, "Earth", &world));
        assert!(heights[0] >= -350.001);
        let went = pair[0].position_m.distance(pair[1].position_m);
        assert!(went < 0.2 * heights[0].abs() + 15.0, "{went} m at {} m", heights[0]);
    }
}

#[test]
fn from_moons_to_their_planets_and_back() {
    let sky = Sky::at(5e8);
    let pairs = [
        ("Moon", "Earth"),
        ("Phobos", "Mars"),
        ("Deimos", "Mars"),
        ("Io", "Jupiter"),
        ("Mimas", "Saturn"),
        ("Enceladus", "Saturn"),
        ("Charon", "Pluto"),
        ("Triton", "Neptune"),
    ];
    for (moon, planet) in pairs {
        if sky.world_from_node(moon).is_none() || sky.world_from_node(planet).is_none() {
            continue;
        }
        for (a, b) in [(moon, planet), (planet, moon)] {
            for side in [DVec3::X, DVec3::NEG_X, DVec3::Y, DVec3::NEG_Y] {
                let start = above(a, side, 2e4, &sky);
                let wishes = Wishes { obstacles: sky.globes(), ..Wishes::default() };
                let target = Target::Node { name: b.into() };
                let flight = Flight::plan(&start, &target, &wishes, &sky).unwrap();
                for i in 0..=1000 {
                    let pose = flight.pose_at(flight.duration_s() * f64::from(i) / 1e3, &sky);
                    for globe in [a, b] {
                        let height = height_m(&pose, globe, &sky);
                        assert!(height > 9.9, "{a} to {b}: {height} m above {globe} at {i}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_flight_to_the_other_side_of_a_globe_does_not_flip_as_the_globe_turns() {
    // Exactly opposite: a breath of rotation decides on which side the shortest way is.
    let mut world = earth();
    let from = above("Earth", DVec3::X, 1e7, &world);
    let mut free = from.clone();
    free.follow_rotation = false;
    free.position_m = world.0[0].rotation * DVec3::NEG_X * 2e7;
    let wishes = Wishes { duration_s: Some(10.0), ..Wishes::default() };
    let flight = Flight::plan(&from, &Target::Pose(free), &wishes, &world).unwrap();
    world = world.turned("Earth", DQuat::from_rotation_z(-1e-3));
    let mut last: Option<DVec3> = None;
    for i in 0..=1000 {
        world = world.turned("Earth", DQuat::from_rotation_z(2e-6) * DQuat::from_rotation_x(1e-6));
        let place_m = seen_from(&flight.pose_at(f64::from(i) / 100.0, &world), "Earth", &world).0;
        if let Some(last) = last {
            assert!(place_m.distance(last) < 3e5, "{} m at {i}", place_m.distance(last));
        }
        last = Some(place_m);
    }
}
