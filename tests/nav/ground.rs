//! Never through the ground, whatever the hand does; and from ten metres to the end of the world.

use glam::{DQuat, DVec2, DVec3};
use proptest::prelude::*;
use skyreel_nav::{Flyer, Hand, Keys, Settings};

use crate::support::{above, bits, earth, height_m, settings};

fn pairs() -> impl Strategy<Value = DVec2> {
    (-1.0..1.0, -1.0..1.0).prop_map(|(x, y)| DVec2::new(x, y))
}

fn any_hand() -> impl Strategy<Value = Hand> {
    let drags = (
        proptest::option::of(pairs()),
        proptest::option::of(-1.0..1.0),
        proptest::option::of(pairs()),
        proptest::option::of(pairs()),
    );
    let keys = (pairs(), -1.0..1.0, pairs(), pairs());
    (drags, keys, -5.0..20.0).prop_map(|((orbit, zoom, pan, look), keys, wheel_notches)| {
        let (key_orbit, key_zoom, key_pan, key_look) = keys;
        let keys = Keys {
            orbit: key_orbit,
            zoom: key_zoom,
            pan: key_pan,
            look: key_look,
            ..Keys::default()
        };
        Hand { orbit, zoom, pan, look, wheel_notches, keys, ..Hand::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_hand_brings_a_camera_below_the_least_height(
        hands in proptest::collection::vec((any_hand(), 0.0..0.3), 1..60),
        node in prop_oneof![Just("Earth"), Just("Potato"), Just("Point")],
        log_height in 2.4..60.0,
        (x, y, z) in (-1.0..1.0, -1.0..1.0, 0.01..1.0),
        friction: bool,
    ) {
        let world = earth();
        let start = above(node, DVec3::new(x, y, z), f64::exp(log_height), &world);
        let settings = Settings { rotational_friction: friction, zoom_friction: friction, ..settings() };
        let mut flyer = Flyer::new(start, settings);
        for (hand, dt_s) in hands {
            let pose = flyer.advance(dt_s, &hand, &world);
            prop_assert!(pose.position_m.is_finite() && pose.rotation.is_normalized());
            let height = height_m(&pose, node, &world);
            let rounding = 1e-14 * pose.position_m.length();
            prop_assert!(height >= 10.0 - rounding, "{} m above {}", height, node);
        }
    }

    #[test]
    fn zooming_in_and_out_again_is_back(
        log_height in 5.0..60.0,
        by in 0.01..0.5_f64,
        frames in 1_u32..50,
        node in prop_oneof![Just("Earth"), Just("Potato"), Just("Point")],
    ) {
        let world = earth();
        let height = f64::exp(log_height);
        let start = above(node, DVec3::new(0.3, -0.5, 0.8), height, &world);
        let mut flyer = Flyer::new(start.clone(), settings());
        for by in [by, -by] {
            let hand = Hand { zoom: Some(by / f64::from(frames)), ..Hand::default() };
            let still = Hand { zoom: Some(0.0), ..Hand::default() };
            for _ in 0..frames {
                flyer.advance(0.016, &hand, &world);
            }
            for _ in 0..100 {
                flyer.advance(0.016, &still, &world);
            }
        }
        let back = height_m(flyer.pose(), node, &world) / height;
        // What is left is what counts as rest, and the ground's own rounding.
        prop_assert!((back - 1.0).abs() < 1e-5 + 1e-8 / height, "{}", back);
    }
}

#[test]
fn a_camera_comes_down_to_ten_metres_and_stays_there() {
    let world = earth();
    let mut flyer = Flyer::new(above("Earth", DVec3::X, 1e27, &world), settings());
    let hand = Hand { zoom: Some(0.1), ..Hand::default() };
    let mut last = f64::INFINITY;
    for _ in 0..2000 {
        let height = height_m(&flyer.advance(0.016, &hand, &world), "Earth", &world);
        assert!(height <= last + 1e-6, "{height} after {last}");
        last = height;
    }
    assert!((last - 10.0).abs() < 1e-6, "{last}");
    assert!(flyer.pose().follow_rotation);
    // And up again, at once.
    flyer.advance(0.1, &Hand { zoom: Some(-0.3), ..Hand::default() }, &world);
    assert!(height_m(flyer.pose(), "Earth", &world) > 11.0);
}

#[test]
fn orbiting_at_ten_metres_over_a_flattened_globe_stays_at_ten_metres() {
    let world = earth();
    let mut flyer = Flyer::new(above("Potato", DVec3::X, 10.0, &world), settings());
    let hand = Hand { keys: Keys { orbit: DVec2::ONE, ..Keys::default() }, ..Hand::default() };
    for _ in 0..20_000 {
        let height = height_m(&flyer.advance(0.1, &hand, &world), "Potato", &world);
        assert!((height - 10.0).abs() < 1e-6, "{height}");
    }
}

#[test]
fn a_camera_handed_over_below_the_least_height_rises_only_when_moved() {
    let world = earth();
    for low in [2.0, -300.0] {
        let start = above("Earth", DVec3::new(1.0, 1.0, 1.0), low, &world);
        let mut flyer = Flyer::new(start.clone(), settings());
        assert_eq!(bits(&flyer.advance(0.1, &Hand::default(), &world)), bits(&start));
        let keys = Keys { orbit: DVec2::X, ..Keys::default() };
        let mut last = low;
        for _ in 0..500 {
            let pose = flyer.advance(0.016, &Hand { keys, ..Hand::default() }, &world);
            let height = height_m(&pose, "Earth", &world);
            assert!(height >= last - 1e-6 && height - last < 0.06 * (10.0 - low), "{height}");
            last = height;
        }
        assert!((last - 10.0).abs() < 1e-3, "{last}");
    }
}

#[test]
fn an_oblong_moon_that_turns_below_a_camera_at_rest_does_not_swallow_it() {
    let mut world = earth();
    let mut start = above("Potato", DVec3::Z, 100.0, &world);
    start.follow_rotation = false;
    start.position_m = world.0[1].rotation * start.position_m;
    let mut flyer = Flyer::new(start, settings());
    flyer.advance(0.1, &Hand::default(), &world);
    for _ in 0..100 {
        world = world.turned("Potato", DQuat::from_rotation_y(0.03));
        let pose = flyer.advance(0.1, &Hand::default(), &world);
        assert!(height_m(&pose, "Potato", &world) > 9.999);
    }
}

#[test]
fn a_node_without_a_body_is_flown_around_from_ten_metres_on() {
    let world = earth();
    let mut flyer = Flyer::new(above("Point", DVec3::X, 1e21, &world), settings());
    let hand = Hand { zoom: Some(0.2), ..Hand::default() };
    for _ in 0..1000 {
        flyer.advance(0.016, &hand, &world);
    }
    assert!((flyer.pose().position_m.length() - 10.0).abs() < 1e-9);
    assert!(!flyer.pose().follow_rotation);
}

#[test]
fn a_camera_in_the_middle_of_its_focus_can_leave_it() {
    let world = earth();
    let mut start = above("Point", DVec3::X, 1.0, &world);
    start.position_m = DVec3::ZERO;
    let mut flyer = Flyer::new(start, settings());
    let pose = flyer.advance(0.1, &Hand { zoom: Some(-0.2), ..Hand::default() }, &world);
    assert!(pose.position_m.is_finite() && pose.position_m.length() > 0.0);
}
