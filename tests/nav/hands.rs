//! What a hand asks for is what the camera does, at any frame rate and at any height.

use glam::{DVec2, DVec3};
use skyreel_core::pose::AnchoredPose;
use skyreel_nav::{Button, Flyer, Hand, Keys, Modifiers};

use crate::support::{World, above, between, earth, height_m, settings};

/// A second of the same hand, in so many frames; then it lets go and a second passes.
fn flown(hand: &Hand, from: AnchoredPose, frames: u32, world: &World) -> AnchoredPose {
    let part = f64::from(frames).recip();
    let each = Hand {
        orbit: hand.orbit.map(|d| d * part),
        pan: hand.pan.map(|d| d * part),
        look: hand.look.map(|d| d * part),
        zoom: hand.zoom.map(|d| d * part),
        heading: hand.heading.map(|d| d * part),
        roll: hand.roll.map(|d| d * part),
        ..hand.clone()
    };
    let mut flyer = Flyer::new(from, settings());
    for hand in [each, Hand::default()] {
        for _ in 0..frames {
            flyer.advance(part, &hand, world);
        }
    }
    flyer.pose().clone()
}

fn hands() -> Vec<(&'static str, Hand)> {
    let drag = |x, y| Some(DVec2::new(x, y));
    let keys = |keys| Hand { keys, ..Hand::default() };
    vec![
        ("orbit", Hand { orbit: drag(0.7, -0.4), ..Hand::default() }),
        ("zoom", Hand { zoom: Some(1.3), ..Hand::default() }),
        ("zoom out", Hand { zoom: Some(-2.0), ..Hand::default() }),
        ("pan", Hand { pan: drag(-0.3, 0.2), ..Hand::default() }),
        ("look", Hand { look: drag(0.3, 0.5), ..Hand::default() }),
        ("heading and roll", Hand { heading: Some(0.5), roll: Some(-0.3), ..Hand::default() }),
        ("orbit and zoom", Hand { orbit: drag(0.5, 0.3), zoom: Some(0.8), ..Hand::default() }),
        ("keys", keys(Keys { orbit: DVec2::new(1.0, 0.5), zoom: -1.0, ..Keys::default() })),
        (
            "keys that turn",
            keys(Keys { look: DVec2::X, roll: 0.4, heading: 1.0, ..Keys::default() }),
        ),
    ]
}

#[test]
fn the_same_second_of_a_hand_ends_at_the_same_place_at_30_60_and_144_frames() {
    let world = earth();
    for (name, hand) in hands() {
        for height_m in [50.0, 4e5, 3e7, 1e12] {
            let start = above("Earth", DVec3::new(1.0, 2.0, 0.7), height_m, &world);
            let ends = [30, 60, 144].map(|frames| flown(&hand, start.clone(), frames, &world));
            for end in &ends[1..] {
                let (pace, distance) = (ends[0].position_m, end.position_m);
                let own = crate::support::height_m(end, "Earth", &world).abs();
                let apart = pace.distance(distance) / (own + start.position_m.distance(distance));
                assert!(apart < 2e-3, "{name} at {height_m} m: {apart} of the way apart");
                let turned = between(ends[0].rotation, end.rotation);
                assert!(turned < 2e-3, "{name} at {height_m} m: {turned} rad apart");
            }
        }
    }
}

#[test]
fn a_wheel_notch_goes_as_far_at_any_frame_rate() {
    let world = earth();
    let after = |frames: u32| {
        let start = above("Earth", DVec3::X, 1e6, &world);
        let mut flyer = Flyer::new(start, settings());
        let notch = Hand { wheel_notches: 1.0, ..Hand::default() };
        flyer.advance(f64::from(frames).recip(), &notch, &world);
        for _ in 1..frames * 8 {
            flyer.advance(f64::from(frames).recip(), &Hand::default(), &world);
        }
        height_m(flyer.pose(), "Earth", &world)
    };
    let heights = [30, 60, 144].map(after);
    assert!((heights[0] / heights[2] - 1.0).abs() < 1e-3, "{heights:?}");
    assert!((0.75..0.9).contains(&(heights[1] / 1e6)), "{heights:?}");
}

#[test]
fn near_the_ground_what_is_below_keeps_up_with_the_mouse() {
    let world = earth();
    for height in [100.0, 1e4, 5e5] {
        let start = above("Earth", DVec3::new(1.0, -1.0, 0.3), height, &world);
        let hand = Hand { orbit: Some(DVec2::new(0.1, 0.0)), ..Hand::default() };
        let mut flyer = Flyer::new(start.clone(), settings());
        let still = Hand { orbit: Some(DVec2::ZERO), ..Hand::default() };
        flyer.advance(0.1, &hand, &world);
        for _ in 0..60 {
            flyer.advance(0.016, &still, &world);
        }
        // A tenth of the window's height, seen straight below.
        let dragged = 0.1 * 2.0 * (hand.vfov_deg.to_radians() / 2.0).tan() * height;
        let below = start.position_m.normalize().angle_between(flyer.pose().position_m.normalize());
        let ratio = below * 6.371e6 / dragged;
        assert!((ratio - 1.0).abs() < 0.02, "{height} m: {ratio}");
        // And to the right it went, so the camera to its left.
        let right = start.rotation * DVec3::X;
        assert!((flyer.pose().position_m - start.position_m).dot(right) < 0.0);
    }
}

#[test]
fn orbiting_keeps_the_height_and_the_way_the_camera_faces_its_focus() {
    let world = earth();
    for height in [20.0, 1e6, 1e14] {
        let mut start = above("Earth", DVec3::new(0.2, 1.0, 0.3), height, &world);
        start.rotation *= glam::DQuat::from_rotation_x(0.4);
        let mut flyer = Flyer::new(start.clone(), settings());
        let hand = Hand { orbit: Some(DVec2::new(0.02, 0.03)), ..Hand::default() };
        let facing = |pose: &AnchoredPose| pose.rotation.inverse() * pose.position_m.normalize();
        for _ in 0..300 {
            let pose = flyer.advance(0.02, &hand, &world);
            assert!((height_m(&pose, "Earth", &world) / height - 1.0).abs() < 1e-7);
        }
        // Turning with the Earth or not, the camera sees it at the same place of its picture.
        assert!(facing(&start).distance(facing(flyer.pose())) < 1e-9);
    }
}

#[test]
fn rolling_and_looking_around_leave_the_place() {
    let world = earth();
    let start = above("Earth", DVec3::X, 1e5, &world);
    for hand in [
        Hand { roll: Some(0.1), ..Hand::default() },
        Hand { heading: Some(0.1), ..Hand::default() },
        Hand { look: Some(DVec2::splat(0.1)), ..Hand::default() },
    ] {
        let mut flyer = Flyer::new(start.clone(), settings());
        let pose = flyer.advance(0.1, &hand, &world);
        assert_eq!(pose.position_m, start.position_m);
        assert!(between(pose.rotation, start.rotation) > 1e-3);
    }
    // Rolling keeps the line of sight.
    let mut flyer = Flyer::new(start.clone(), settings());
    let pose = flyer.advance(0.1, &Hand { roll: Some(0.2), ..Hand::default() }, &world);
    let sight = |pose: &AnchoredPose| pose.rotation * DVec3::NEG_Z;
    assert!(sight(&pose).distance(sight(&start)) < 1e-12);
}

#[test]
fn keys_move_the_camera_where_they_point() {
    let world = earth();
    let start = above("Earth", DVec3::new(0.5, 0.2, 0.9), 1e7, &world);
    let axes = |v: DVec3| start.rotation * v;
    let keys = Keys::default();
    let cases = [
        ("orbit right", Keys { orbit: DVec2::X, ..keys }, axes(DVec3::X)),
        ("orbit up", Keys { orbit: DVec2::Y, ..keys }, axes(DVec3::Y)),
        ("pan right", Keys { pan: DVec2::X, ..keys }, axes(DVec3::X)),
        ("pan up", Keys { pan: DVec2::Y, ..keys }, axes(DVec3::Y)),
        ("nearer", Keys { zoom: 1.0, ..keys }, axes(DVec3::NEG_Z)),
    ];
    for (name, keys, way) in cases {
        let mut flyer = Flyer::new(start.clone(), settings());
        let pose = flyer.advance(0.05, &Hand { keys, ..Hand::default() }, &world);
        let went = (pose.position_m - start.position_m).normalize();
        assert!(went.dot(way) > 0.99, "{name}: {went}, expected {way}");
    }
    let turned = |keys| {
        let mut flyer = Flyer::new(start.clone(), settings());
        flyer.advance(0.05, &Hand { keys, ..Hand::default() }, &world).rotation
    };
    let sight = turned(Keys { look: DVec2::X, ..keys }) * DVec3::NEG_Z;
    assert!(sight.dot(axes(DVec3::X)) > 0.0, "looking right");
    let sight = turned(Keys { look: DVec2::Y, ..keys }) * DVec3::NEG_Z;
    assert!(sight.dot(axes(DVec3::Y)) > 0.0, "looking up");
    let up = turned(Keys { roll: 1.0, ..keys }) * DVec3::Y;
    assert!(up.dot(axes(DVec3::X)) > 0.0, "rolling clockwise");
    let up = turned(Keys { heading: 1.0, ..keys }) * DVec3::Y;
    assert!(up.dot(axes(DVec3::X)) > 0.0, "heading clockwise");
}

#[test]
fn buttons_do_what_openspace_users_expect() {
    let moved = DVec2::new(0.1, 0.2);
    let (shift, ctrl) = (true, true);
    let none = Modifiers::default();
    let with = |shift, ctrl| Modifiers { shift, ctrl };
    let hand = Hand::default();
    let cases = [
        (Button::Left, none, Hand { orbit: Some(moved), ..hand.clone() }),
        (Button::Right, none, Hand { zoom: Some(-0.2), ..hand.clone() }),
        (Button::Middle, none, Hand { pan: Some(moved), ..hand.clone() }),
        (Button::Left, with(false, ctrl), Hand { look: Some(moved), ..hand.clone() }),
        (Button::Left, with(shift, false), Hand { heading: Some(0.1), ..hand.clone() }),
        (Button::Left, with(shift, ctrl), Hand { roll: Some(0.1), ..hand }),
    ];
    for (button, modifiers, expected) in cases {
        let mut hand = Hand::default();
        hand.drag(button, modifiers, moved, &settings());
        assert_eq!(hand, expected, "{button:?} {modifiers:?}");
    }
    let mut hand = Hand::default();
    let swapped = skyreel_nav::Settings { invert_mouse_buttons: true, ..settings() };
    hand.drag(Button::Right, none, moved, &swapped);
    assert_eq!(hand.orbit, Some(moved));
}

#[test]
fn a_frame_without_time_loses_no_drag() {
    let world = earth();
    let start = above("Earth", DVec3::X, 1e6, &world);
    let hand = Hand { orbit: Some(DVec2::X * 0.1), ..Hand::default() };
    let still = Hand { orbit: Some(DVec2::ZERO), ..Hand::default() };
    let after = |dt_s: f64| {
        let mut flyer = Flyer::new(start.clone(), settings());
        flyer.advance(dt_s, &hand, &world);
        for _ in 0..100 {
            flyer.advance(0.01, &still, &world);
        }
        flyer.pose().position_m
    };
    let (none, some) = (after(0.0), after(0.01));
    assert!(none.distance(some) / start.position_m.distance(some) < 1e-3);
}

#[test]
fn numbers_that_are_none_move_nothing() {
    let world = earth();
    let start = above("Earth", DVec3::X, 1e6, &world);
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let hand = Hand {
            orbit: Some(DVec2::splat(bad)),
            zoom: Some(bad),
            wheel_notches: bad,
            vfov_deg: bad,
            keys: Keys { pan: DVec2::splat(bad), roll: bad, ..Keys::default() },
            ..Hand::default()
        };
        for dt_s in [0.016, bad] {
            let mut flyer = Flyer::new(start.clone(), settings());
            let pose = flyer.advance(dt_s, &hand, &world);
            assert!(pose.position_m.is_finite() && pose.rotation.is_finite());
            assert_eq!(pose.position_m, start.position_m);
        }
    }
}
