//! Taking over, changing the focus, and turning with it never make the camera jump.

use glam::{DQuat, DVec2, DVec3};
use proptest::prelude::*;
use skyreel_core::pose::AnchoredPose;
use skyreel_nav::{Flyer, Hand, Keys, UnknownNode};

use crate::support::{above, between, bits, earth, seen_from, settings};

fn any_pose() -> impl Strategy<Value = AnchoredPose> {
    let node = prop_oneof![Just("Earth"), Just("Potato"), Just("Point"), Just("Nowhere")];
    let direction = (-1.0..1.0, -1.0..1.0, 0.01..1.0);
    (node, direction, -5.0..62.0, any::<bool>(), 0.0..6.0).prop_map(
        |(node, (x, y, z), log_m, follow_rotation, angle)| AnchoredPose {
            anchor: node.into(),
            follow_rotation,
            position_m: DVec3::new(x, y, z).normalize() * f64::exp(log_m),
            rotation: DQuat::from_axis_angle(DVec3::new(y, z, x).normalize(), angle),
            scale: 0.3,
        },
    )
}

proptest! {
    #[test]
    fn taking_over_leaves_the_pose_bit_for_bit(pose in any_pose(), dt_s in 0.0..10.0) {
        let world = earth();
        let mut flyer = Flyer::new(above("Earth", DVec3::X, 1e6, &world), settings());
        let keys = Keys { orbit: DVec2::ONE, zoom: 1.0, roll: 1.0, ..Keys::default() };
        flyer.advance(0.5, &Hand { keys, ..Hand::default() }, &world);
        flyer.retarget();
        flyer.take(pose.clone());
        let next = flyer.advance(dt_s, &Hand::default(), &world);
        prop_assert_eq!(bits(&next), bits(&pose));
        prop_assert_eq!((next.anchor, next.follow_rotation), (pose.anchor, pose.follow_rotation));
    }

    #[test]
    fn changing_the_focus_leaves_the_camera_where_it_is_in_the_world(
        pose in any_pose(),
        node in prop_oneof![Just("Earth"), Just("Potato"), Just("Point")],
    ) {
        let world = earth();
        let mut flyer = Flyer::new(pose.clone(), settings());
        let done = flyer.refocus(node, &world);
        if pose.anchor.as_str() == "Nowhere" {
            prop_assert_eq!(done, Err(UnknownNode { name: "Nowhere".into() }));
            prop_assert_eq!(bits(flyer.pose()), bits(&pose));
            return Ok(());
        }
        prop_assert_eq!(done, Ok(()));
        prop_assert_eq!(flyer.focus().as_str(), node);
        let (before_m, before) = seen_from(&pose, node, &world);
        let (after_m, after) = seen_from(flyer.pose(), node, &world);
        prop_assert!(before_m.distance(after_m) <= 1e-12 * before_m.length());
        prop_assert!(between(before, after) < 1e-12);
    }
}

#[test]
fn a_focus_that_the_scene_lacks_is_refused_and_changes_nothing() {
    let world = earth();
    let start = above("Earth", DVec3::X, 1e6, &world);
    let mut flyer = Flyer::new(start.clone(), settings());
    let error = flyer.refocus("Vulcan", &world).unwrap_err();
    assert_eq!(error.to_string(), "the scene has no node 'Vulcan'");
    assert_eq!(bits(flyer.pose()), bits(&start));
}

#[test]
fn between_two_bodies_a_metre_stays_a_metre_when_the_focus_changes() {
    // By way of the world, places at one astronomical unit would be good to 15 micrometres only; what
    // is lost here is lost in the nodes' own places alone.
    let world = earth();
    let start = above("Earth", DVec3::X, 1e6, &world);
    let mut flyer = Flyer::new(start.clone(), settings());
    flyer.refocus("Potato", &world).unwrap();
    flyer.refocus("Earth", &world).unwrap();
    assert!(flyer.pose().position_m.distance(start.position_m) < 1e-6);
}

#[test]
fn retargeting_turns_to_the_focus_smoothly_and_ends() {
    let world = earth();
    for dt_s in [1.0 / 30.0, 1.0 / 144.0] {
        let mut flyer = Flyer::new(above("Earth", DVec3::X, 1e6, &world), settings());
        flyer.refocus("Potato", &world).unwrap();
        let place_m = flyer.pose().position_m;
        flyer.retarget();
        let (mut time_s, mut last, mut fastest) = (0.0, flyer.pose().rotation, 0.0_f64);
        while flyer.is_moving() {
            let now = flyer.advance(dt_s, &Hand::default(), &world).rotation;
            fastest = fastest.max(between(last, now) / dt_s);
            (last, time_s) = (now, time_s + dt_s);
            assert!(time_s < 3.0);
        }
        let sight = flyer.pose().rotation * DVec3::NEG_Z;
        assert!(sight.dot(-place_m.normalize()) > 1.0 - 1e-12);
        assert_eq!(flyer.pose().position_m, place_m);
        assert!((time_s - 2.0).abs() < 0.04, "{time_s}");
        assert!(fastest < 1.6 * std::f64::consts::PI / 2.0, "{fastest} rad/s");
    }
}

#[test]
fn looking_around_ends_retargeting() {
    let world = earth();
    let mut flyer = Flyer::new(above("Earth", DVec3::X, 1e6, &world), settings());
    flyer.refocus("Potato", &world).unwrap();
    flyer.retarget();
    flyer.advance(0.1, &Hand::default(), &world);
    flyer.advance(0.1, &Hand { look: Some(DVec2::X * 0.01), ..Hand::default() }, &world);
    flyer.stop();
    let rest = bits(flyer.pose());
    assert_eq!(bits(&flyer.advance(0.1, &Hand::default(), &world)), rest);
}

#[test]
fn the_camera_turns_with_its_focus_within_five_radii_and_does_not_jump_there() {
    let world = earth();
    let border_m = 5.0 * 6_378_137.0;
    for (from_m, zoom) in [(0.99 * border_m, -0.05), (1.01 * border_m, 0.05)] {
        let height_m = from_m - 6_378_137.0;
        let mut flyer = Flyer::new(above("Earth", DVec3::X, height_m, &world), settings());
        let (mut last, mut changes) = (seen_from(flyer.pose(), "Earth", &world), 0);
        let hand = Hand { zoom: Some(zoom / 100.0), ..Hand::default() };
        flyer.advance(0.01, &hand, &world);
        let mut follows = flyer.pose().follow_rotation;
        for _ in 0..100 {
            let pose = flyer.advance(0.01, &hand, &world);
            changes += i32::from(pose.follow_rotation != follows);
            follows = pose.follow_rotation;
            assert_eq!(follows, pose.position_m.length() < border_m);
            let now = seen_from(&pose, "Earth", &world);
            assert!(now.0.distance(last.0) < 0.02 * from_m && between(now.1, last.1) < 1e-9);
            last = now;
        }
        assert_eq!(changes, 1);
    }
}
