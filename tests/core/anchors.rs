//! Anchors: what a recording is relative to, and waiting where a scene lacks one.

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::anchors::{anchors, hold_at_unknown};
use skyreel_core::camera_track::CameraTrack;
use skyreel_core::pose::NodeName;
use skyreel_core::recording::{MAIN_VIEW, Recording};

use crate::support::*;

const UNKNOWN: &str = "Pandora";

fn recording(camera: CameraTrack) -> Recording {
    let mut recording = Recording::default();
    recording.view_mut(MAIN_VIEW).camera = camera;
    recording
}

/// Seconds, anchor, metres along x.
fn camera(places: &[(f64, &str, f64)]) -> CameraTrack {
    track(places.iter().map(|(at_s, anchor, x)| entry(s(*at_s), beside(anchor, *x))))
}

fn held(camera: CameraTrack) -> CameraTrack {
    let mut recording = recording(camera);
    hold_at_unknown(&mut recording, |name| name.as_str() != UNKNOWN);
    recording.views.remove(0).camera
}

#[test]
fn anchors_are_listed_once_in_order_of_first_use_over_all_views() {
    let mut two = recording(camera(&[(0.0, "Moon", 1.0), (1.0, "Earth", 1.0), (2.0, "Moon", 1.0)]));
    two.view_mut("other").camera = camera(&[(0.0, "Earth", 1.0), (1.0, "Mars", 1.0)]);
    assert_eq!(anchors(&two), ["Moon", "Earth", "Mars"].map(NodeName::new));
    assert_eq!(anchors(&Recording::default()), []);
}

#[test]
fn a_camera_waits_where_its_anchor_is_unknown() {
    struct Case {
        name: &'static str,
        places: &'static [(f64, &'static str, f64)],
        seen: &'static [(f64, f64)],
    }
    for Case { name, places, seen } in [
        Case {
            name: "nothing unknown changes nothing",
            places: &[(0.0, "Earth", 0.0), (2.0, "Earth", 20.0)],
            seen: &[(1.0, 10.0), (2.0, 20.0)],
        },
        Case {
            name: "at the start it waits at the first known place",
            places: &[
                (0.0, UNKNOWN, 0.0),
                (1.0, UNKNOWN, 0.0),
                (2.0, "Earth", 20.0),
                (4.0, "Earth", 40.0),
            ],
            seen: &[(0.0, 20.0), (1.5, 20.0), (2.0, 20.0), (3.0, 30.0)],
        },
        Case {
            name: "in the middle it stays, then jumps",
            places: &[
                (0.0, "Earth", 0.0),
                (1.0, "Earth", 10.0),
                (2.0, UNKNOWN, 0.0),
                (3.0, UNKNOWN, 0.0),
                (4.0, "Earth", 40.0),
                (5.0, "Earth", 50.0),
            ],
            seen: &[(0.5, 5.0), (1.0, 10.0), (1.5, 10.0), (3.9, 10.0), (4.0, 40.0), (4.5, 45.0)],
        },
        Case {
            name: "at the end it stays for ever",
            places: &[(0.0, "Earth", 0.0), (1.0, "Earth", 10.0), (2.0, UNKNOWN, 0.0)],
            seen: &[(0.5, 5.0), (1.5, 10.0), (99.0, 10.0)],
        },
        Case {
            name: "what follows an unknown place that came early still waits for it",
            places: &[
                (0.0, "Earth", 0.0),
                (5.0, UNKNOWN, 0.0),
                (3.0, "Earth", 30.0),
                (7.0, "Earth", 70.0),
            ],
            seen: &[(3.0, 0.0), (4.9, 0.0), (5.0, 30.0), (6.0, 50.0)],
        },
    ] {
        let track = held(camera(places));
        for (at_s, x) in seen {
            assert_eq!(x_at(&track, *at_s), *x, "{name}, at {at_s} s");
        }
    }
}

#[test]
fn a_camera_without_any_known_place_has_none() {
    assert_eq!(held(camera(&[(0.0, UNKNOWN, 1.0), (1.0, UNKNOWN, 1.0)])).entries().len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_held_camera_is_never_anywhere_unknown_and_as_recorded_elsewhere(
        places in vec((0..10_u32, any::<bool>(), -9.0..9.0_f64), 1..9),
    ) {
        let places: Vec<(f64, &str, f64)> = places
            .into_iter()
            .map(|(at_s, known, x)| (f64::from(at_s), if known { "Earth" } else { UNKNOWN }, x))
            .collect();
        let whole = camera(&places);
        let held = held(whole.clone());
        prop_assert!(held.entries().iter().all(|e| e.pose.anchor.as_str() == "Earth"));
        for half_s in -2..22 {
            let t = s(f64::from(half_s) / 2.0);
            let place = whole.locate(t).unwrap();
            let known = |i: usize| whole.entries().get(i).is_none_or(|e| e.pose.anchor.as_str() != UNKNOWN);
            if known(place.index) && known(place.index + 1) {
                prop_assert_eq!(one(&held, t), one(&whole, t), "at {}", t);
            }
        }
    }
}
