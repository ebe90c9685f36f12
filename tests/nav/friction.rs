//! With friction a camera comes to rest; without, it glides on for ever.

use glam::{DVec2, DVec3};
use skyreel_nav::{Flyer, Hand, Settings};

use crate::support::{above, bits, earth, height_m, settings};

fn glide(settings: Settings, hand: Hand) -> (Flyer, crate::support::World) {
    let world = earth();
    let start = above("Earth", DVec3::new(0.3, 1.0, 0.2), 1e8, &world);
    let mut flyer = Flyer::new(start, settings);
    for _ in 0..30 {
        flyer.advance(0.01, &hand, &world);
    }
    (flyer, world)
}

#[test]
fn a_camera_let_go_comes_to_rest_and_then_stays_bit_for_bit() {
    let orbit = Some(DVec2::new(0.01, 0.005));
    let hand = Hand { orbit, zoom: Some(0.003), roll: Some(0.01), ..Hand::default() };
    let (mut flyer, world) = glide(settings(), hand);
    assert!(flyer.is_moving());
    for _ in 0..1000 {
        flyer.advance(0.01, &Hand::default(), &world);
    }
    assert!(!flyer.is_moving());
    let rest = bits(flyer.pose());
    assert_eq!(bits(&flyer.advance(0.01, &Hand::default(), &world)), rest);
}

#[test]
fn without_friction_an_orbit_goes_on_at_the_same_speed() {
    let free = Settings { rotational_friction: false, ..settings() };
    let hand = Hand { orbit: Some(DVec2::new(0.01, 0.0)), ..Hand::default() };
    let (mut flyer, world) = glide(free, hand);
    let mut turn = || {
        let before = flyer.pose().position_m.normalize();
        flyer.advance(0.5, &Hand::default(), &world).position_m.normalize().angle_between(before)
    };
    let first = turn();
    assert!(first > 0.1);
    for _ in 0..1000 {
        assert!((turn() / first - 1.0).abs() < 1e-6);
    }
}

#[test]
fn without_friction_a_zoom_goes_on_by_the_same_ratio() {
    let free = Settings { zoom_friction: false, ..settings() };
    let (mut flyer, world) = glide(free, Hand { zoom: Some(-0.005), ..Hand::default() });
    let mut ratio = || {
        let before = height_m(flyer.pose(), "Earth", &world);
        height_m(&flyer.advance(0.1, &Hand::default(), &world), "Earth", &world) / before
    };
    let first = ratio();
    assert!(first > 1.05);
    for _ in 0..100 {
        assert!((ratio() / first - 1.0).abs() < 1e-9);
    }
    // And it ends somewhere, as every scene does.
    for _ in 0..10_000 {
        let pose = flyer.advance(0.1, &Hand::default(), &world);
        assert!(pose.position_m.is_finite());
    }
    assert!(flyer.pose().position_m.length() < 1e31);
}

#[test]
fn without_friction_a_roll_goes_on_and_the_rest_does_not() {
    let free = Settings { roll_friction: false, ..settings() };
    let hand = Hand { roll: Some(0.01), orbit: Some(DVec2::splat(0.01)), ..Hand::default() };
    let (mut flyer, world) = glide(free, hand);
    for _ in 0..1000 {
        flyer.advance(0.1, &Hand::default(), &world);
    }
    let before = flyer.pose().clone();
    let after = flyer.advance(0.1, &Hand::default(), &world);
    assert_eq!(before.position_m, after.position_m);
    assert_ne!(before.rotation, after.rotation);
}

#[test]
fn a_hand_that_holds_still_stops_what_glides() {
    let free = Settings { rotational_friction: false, ..settings() };
    let hand = Hand { orbit: Some(DVec2::new(0.01, 0.0)), ..Hand::default() };
    let (mut flyer, world) = glide(free, hand);
    let still = Hand { orbit: Some(DVec2::ZERO), ..Hand::default() };
    for _ in 0..100 {
        flyer.advance(0.01, &still, &world);
    }
    assert!(!flyer.is_moving());
}

#[test]
fn stop_stops_at_once() {
    let free = Settings { rotational_friction: false, zoom_friction: false, ..settings() };
    let hand = Hand { orbit: Some(DVec2::X * 0.01), zoom: Some(0.01), ..Hand::default() };
    let (mut flyer, world) = glide(free, hand);
    flyer.stop();
    let rest = bits(flyer.pose());
    assert_eq!(bits(&flyer.advance(1.0, &Hand::default(), &world)), rest);
}

#[test]
fn less_friction_glides_farther() {
    let far = |friction_factor: f64| {
        let hand = Hand { orbit: Some(DVec2::X * 0.002), ..Hand::default() };
        let (mut flyer, world) = glide(Settings { friction_factor, ..settings() }, hand);
        let before = flyer.pose().position_m;
        for _ in 0..2000 {
            flyer.advance(0.01, &Hand::default(), &world);
        }
        flyer.pose().position_m.angle_between(before)
    };
    let ways = [0.0, 0.1, 0.5, 1.0].map(far);
    assert!(ways.is_sorted() && ways[0] < ways[3] / 100.0, "{ways:?}");
}
