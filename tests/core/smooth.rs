//! The smooth path: through every key, without a jump in velocity, around globes and not through.

use glam::{DQuat, DVec3};
use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, CameraTrack, Leave, Path};
use skyreel_core::frame::FramePose;
use skyreel_core::pose::{AnchoredPose, CameraPose, NodeName, to_wxyz};
use skyreel_core::resolve::{Frames, WorldFromNode, resolve_pose};
use skyreel_core::sample::sample_camera;
use skyreel_core::time::SessionTime;
use skyreel_core::value::Easing;

#[derive(Clone, Debug)]
struct Key {
    ns: i64,
    position_m: DVec3,
    rotation: DQuat,
    easing: Easing,
}

fn track(keys: &[Key]) -> CameraTrack {
    let mut track = CameraTrack::default();
    for (seq, key) in (0..).zip(keys) {
        let pose = CameraPose {
            // A sphere: above a flattened globe distances count in that of the ground below.
            anchor: NodeName::new("Moon"),
            follow_rotation: true,
            position_m: key.position_m.to_array(),
            rotation_wxyz: to_wxyz(key.rotation),
            scale: 1.0,
        };
        let leave = Leave { path: Path::Smooth, easing: key.easing };
        let stamp = SessionTime::from_nanos(key.ns);
        track.push(CameraEntry { seq, stamp, sim_time_s: 0.0, pose, leave }).unwrap();
    }
    track
}

fn pose_at(track: &CameraTrack, ns: i64) -> AnchoredPose {
    match sample_camera(track, SessionTime::from_nanos(ns)) {
        Some(FramePose::One(pose)) => pose,
        other => panic!("{other:?}"),
    }
}

fn direction() -> impl Strategy<Value = DVec3> {
    let component = || -1.0..1.0_f64;
    [component(), component(), component()]
        .prop_map(DVec3::from_array)
        .prop_filter_map("a direction", |v| (v.length() > 0.05).then(|| v.normalize()))
}

fn rotation() -> impl Strategy<Value = DQuat> {
    (direction(), -3.1..3.1_f64).prop_map(|(axis, angle)| DQuat::from_axis_angle(axis, angle))
}

fn distance() -> impl Strategy<Value = f64> {
    (6.8..21.0_f64).prop_map(|exponent| 10.0_f64.powf(exponent))
}

/// Spans from 0.2 to 12 seconds.
fn keys(easing: impl Strategy<Value = Easing> + Clone) -> impl Strategy<Value = Vec<Key>> {
    let key = (200_000_000..12_000_000_000_i64, direction(), distance(), rotation(), easing);
    vec(key, 3..7).prop_map(|keys| {
        let mut ns = 0;
        let placed = keys.into_iter().map(|(span, direction, distance, rotation, easing)| {
            ns += span;
            Key { ns, position_m: direction * distance, rotation, easing }
        });
        placed.collect()
    })
}

/// Easings that have a velocity at both ends, or rest there.
fn easing() -> impl Strategy<Value = Easing> + Clone {
    proptest::sample::select(vec![
        Easing::Linear,
        Easing::Linear,
        Easing::SineEaseInOut,
        Easing::SineEaseIn,
        Easing::CubicEaseOut,
        Easing::QuadraticEaseInOut,
    ])
}

/// How far two rotations are apart, radians.
fn angle(a: DQuat, b: DQuat) -> f64 {
    let between = a.conjugate() * b;
    2.0 * DVec3::new(between.x, between.y, between.z).length().atan2(between.w.abs())
}

/// Whether the camera goes out of every inner key as it came into it, place and spin.
fn velocities_agree(keys: &[Key]) -> Result<(), TestCaseError> {
    const STEP_NS: i64 = 2_000;
    let track = track(keys);
    // One-sided and of second order: a camera that turns back between far scales accelerates by
    // tens of thousands of its distances a second, every second, which is no jump in velocity.
    let slope = |near: DVec3, far: DVec3| (4.0 * near - far) / (2.0 * STEP_NS as f64 * 1e-9);
    for key in &keys[1..keys.len() - 1] {
        let at = pose_at(&track, key.ns);
        // Per unit of distance: what is seen, and independent of the scale.
        let scale = key.position_m.length();
        let velocities = [-1_i64, 1].map(|side| {
            let off = [1, 2].map(|steps| pose_at(&track, key.ns + side * steps * STEP_NS));
            let [near, far] = off.clone().map(|pose| (pose.position_m - at.position_m) / scale);
            let turned = |pose: AnchoredPose| {
                let q = pose.rotation * at.rotation.conjugate();
                if q.w < 0.0 { (-q).to_scaled_axis() } else { q.to_scaled_axis() }
            };
            let [near_turn, far_turn] = off.map(turned);
            (slope(near, far) * side as f64, slope(near_turn, far_turn) * side as f64)
        });
        let [(left, left_spin), (right, right_spin)] = velocities;
        for (what, left, right) in [("", left, right), ("spin ", left_spin, right_spin)] {
            let tolerance = 0.02 + 1e-3 * left.length().max(right.length());
            prop_assert!((left - right).length() < tolerance, "{what}{left} then {right}");
        }
    }
    Ok(())
}

/// A key where the camera turns back from 10^18 m within 0.2 s is passed as smoothly as any.
#[test]
fn velocities_agree_where_the_camera_turns_back_at_once() {
    let key = |ns, z, easing| Key {
        ns,
        position_m: DVec3::new(0.0, 0.0, z),
        rotation: DQuat::IDENTITY,
        easing,
    };
    let keys = [
        key(200_000_000, 6_309_573.444_801_93, Easing::Linear),
        key(400_000_000, -1.226_981_192_552_077_8e18, Easing::CubicEaseOut),
        key(600_000_000, 6_309_573.444_801_93, Easing::Linear),
    ];
    velocities_agree(&keys).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_passes_through_every_key(keys in keys(easing())) {
        let track = track(&keys);
        for key in &keys {
            let at = pose_at(&track, key.ns);
            prop_assert_eq!(at.position_m, key.position_m);
            prop_assert!(angle(at.rotation, key.rotation) < 1e-12);
            // One nanosecond off it is still there, so nothing jumps.
            for ns in [key.ns - 1, key.ns + 1] {
                let beside = pose_at(&track, ns);
                let off = (beside.position_m - key.position_m).length() / key.position_m.length();
                prop_assert!(off < 1e-6, "{} of the distance", off);
                prop_assert!(angle(beside.rotation, key.rotation) < 1e-6);
            }
        }
    }

    #[test]
    fn velocities_on_both_sides_of_a_key_agree(keys in keys(easing())) {
        velocities_agree(&keys)?;
    }

    #[test]
    fn the_distance_between_two_keys_stays_between_theirs(keys in keys(Just(Easing::Linear))) {
        let track = track(&keys);
        for pair in keys.windows(2) {
            let (a, b) = (pair[0].position_m.length(), pair[1].position_m.length());
            let mut before = a;
            for step in 1..50 {
                let ns = pair[0].ns + (pair[1].ns - pair[0].ns) / 50 * step;
                let here = pose_at(&track, ns).position_m.length();
                let grows = if b >= a { here >= before * (1.0 - 1e-12) } else { here <= before * (1.0 + 1e-12) };
                prop_assert!(grows, "{a} to {b}: {before} then {here}");
                prop_assert!((a.min(b) * (1.0 - 1e-12)..=a.max(b) * (1.0 + 1e-12)).contains(&here));
                before = here;
            }
        }
    }

    #[test]
    fn what_comes_out_is_finite_whatever_goes_in(
        places in vec((0..3_000_000_000_i64, 0..8_usize, 0..6_usize, easing()), 2..6),
        odd in [-1e60..1e60_f64, -1e-300..1e-300_f64, -1.0..1.0_f64],
    ) {
        let positions = [
            DVec3::ZERO,
            DVec3::X,
            -DVec3::X,
            DVec3::X * 1e60,
            DVec3::splat(5e-324),
            DVec3::new(-1.0, 1e-12, 0.0),
            DVec3::new(1.0, 0.0, 1e-9),
            DVec3::from_array(odd),
        ];
        let rotations = [
            DQuat::IDENTITY,
            -DQuat::IDENTITY,
            DQuat::from_xyzw(1.0, 0.0, 0.0, 0.0),
            DQuat::from_xyzw(0.0, -1.0, 0.0, 0.0),
            DQuat::from_xyzw(0.0, 0.0, 0.0, 0.0),
            DQuat::from_xyzw(1e-200, 1e200, 0.0, -1e-12),
        ];
        let keys: Vec<Key> = places.into_iter().map(|(ns, p, r, easing)| {
            Key { ns, position_m: positions[p], rotation: rotations[r], easing }
        }).collect();
        let track = track(&keys);
        for step in -2..=60 {
            let pose = pose_at(&track, step * 50_000_000);
            prop_assert!(pose.position_m.is_finite() && pose.rotation.is_finite(), "{pose:?}");
            prop_assert!((pose.rotation.length() - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn a_camera_near_the_ground_moves_by_millimetres_without_a_jump() {
    let places = [0.0, 0.02, 0.05, 0.06];
    let ground_m = 6_378_139.0;
    let keys: Vec<Key> = (0..)
        .zip(places)
        .map(|(i, along_m)| Key {
            ns: i * 1_000_000_000,
            position_m: DVec3::new(ground_m, along_m, 0.0),
            rotation: DQuat::IDENTITY,
            easing: Easing::Linear,
        })
        .collect();
    let track = track(&keys);
    let mut before = 0.0;
    for ms in 0..3_000 {
        let y = pose_at(&track, ms * 1_000_000).position_m.y;
        assert!((-1e-8..1e-3).contains(&(y - before)), "at {ms} ms: {before} to {y}");
        before = y;
    }
    assert!((before - 0.06).abs() < 1e-3);
}

#[test]
fn opposite_places_are_reached_exactly() {
    for off in [0.0, 1e-15, 1e-12, 1e-9, 1e-8, 3e-8, 1e-6, 1e-3] {
        let key = |ns, position_m| Key {
            ns,
            position_m,
            rotation: DQuat::IDENTITY,
            easing: Easing::Linear,
        };
        let goal = DVec3::new(-7e6, 7e6 * off, 0.0);
        let track = track(&[key(0, DVec3::X * 7e6), key(1_000_000_000, goal)]);
        let close = pose_at(&track, 999_999_999).position_m;
        assert!(close.distance(goal) < 1e-6 * 7e6 * 10.0, "{off}: {}", close.distance(goal));
        let way_m: f64 = (0..1_000)
            .map(|i| {
                pose_at(&track, i * 1_000_000)
                    .position_m
                    .distance(pose_at(&track, (i + 1) * 1_000_000).position_m)
            })
            .sum();
        assert!((way_m / 7e6 - std::f64::consts::PI).abs() < 2e-3, "{off}: {way_m}");
    }
}

#[test]
fn a_camera_that_stays_at_a_key_is_not_flung_past_it() {
    let key = |ns, position_m: DVec3| Key {
        ns,
        position_m,
        rotation: DQuat::IDENTITY,
        easing: Easing::Linear,
    };
    let (a, b) = (DVec3::X * 7e6, DVec3::Y * 7e6);
    // A quick quarter turn, then ten seconds of rest, then almost none.
    let track =
        track(&[key(0, a), key(10_000_000, b), key(10_010_000_000, b), key(20_000_000_000, b)]);
    for ms in 10..20_000 {
        assert!(pose_at(&track, ms * 1_000_000).position_m.distance(b) < 1e-6, "at {ms} ms");
    }
}

/// Two globes at rest.
struct Globes {
    to_m: DVec3,
}

impl Frames for Globes {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        let position_m = match name {
            "A" => DVec3::ZERO,
            "B" => self.to_m,
            _ => return None,
        };
        Some(WorldFromNode { position_m, rotation: DQuat::IDENTITY })
    }
}

fn beside(node: &str, position_m: DVec3) -> AnchoredPose {
    AnchoredPose {
        anchor: NodeName::new(node),
        follow_rotation: false,
        position_m,
        rotation: DQuat::IDENTITY,
        scale: 1.0,
    }
}

/// The camera's offset from A at a weight of a flight from beside A to beside B.
fn flight(from_m: DVec3, to_m: DVec3, globes: &Globes, weight: f64) -> DVec3 {
    let (from, to) = (beside("A", from_m), beside("B", to_m));
    let pose = FramePose::Two { from, to, weight, path: Path::Smooth };
    let camera = resolve_pose(&pose, globes).unwrap();
    assert!(camera.offset_m.is_finite() && camera.rotation.is_finite());
    camera.offset_m
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_flight_clears_both_globes(
        apart_m in distance(),
        line in direction(),
        // Radii up to a third of the distance, cameras from just above the surface to half way.
        radii in [-9.0..-0.5_f64, -9.0..-0.5_f64],
        heights in [0.0..1.0_f64, 0.0..1.0_f64],
        sides in [direction(), direction()],
        far_sides in [any::<bool>(), any::<bool>()],
    ) {
        let globes = Globes { to_m: line * apart_m };
        let radii = radii.map(|r| apart_m * 10.0_f64.powf(r));
        let place = |i: usize, away: DVec3| {
            let top = 0.499 * apart_m;
            let height = radii[i] * 1.001 * (top / (radii[i] * 1.001)).powf(heights[i]);
            (if far_sides[i] { away } else { sides[i] }) * height
        };
        let (from_m, to_m) = (place(0, -line), place(1, line));
        let mut nearest = [f64::MAX; 2];
        for step in 0..=500 {
            let at_m = flight(from_m, to_m, &globes, f64::from(step) / 500.0);
            nearest[0] = nearest[0].min(at_m.length() / radii[0]);
            nearest[1] = nearest[1].min(at_m.distance(globes.to_m) / radii[1]);
        }
        // Rounding in the sum of a large and a small vector.
        let slack = |i: usize| 1.0 - 1e-14 * apart_m / radii[i];
        prop_assert!(nearest[0] >= slack(0) && nearest[1] >= slack(1), "{nearest:?} radii");
    }

    #[test]
    fn a_flight_starts_and_ends_where_it_should_and_nowhere_jumps(
        apart_m in distance(),
        line in direction(),
        heights in [-8.0..3.0_f64, -8.0..3.0_f64],
        sides in [direction(), direction()],
    ) {
        let globes = Globes { to_m: line * apart_m };
        let place = |i: usize| sides[i] * apart_m * 10.0_f64.powf(heights[i]);
        let (from_m, to_m) = (place(0), place(1));
        let size = apart_m.max(from_m.length()).max(to_m.length());
        prop_assert!(flight(from_m, to_m, &globes, 0.0).distance(from_m) < 1e-12 * size);
        prop_assert!(flight(from_m, to_m, &globes, 1.0).distance(globes.to_m + to_m) < 1e-12 * size);
        // A step's length, measured by the distance from the node it turns about, changes little by
        // little.
        let lengths = [from_m.length(), to_m.length()];
        let is_wide = lengths[0].max(lengths[1]) >= apart_m / 2.0;
        let strides: Vec<DVec3> = (0..1_000).map(|i| {
            let [a, b] = [i, i + 1].map(|i| flight(from_m, to_m, &globes, f64::from(i) / 1_000.0));
            let from_nodes = [a.length(), a.distance(globes.to_m)];
            let near = match (is_wide, lengths[0] <= lengths[1]) {
                (false, _) => from_nodes[0].min(from_nodes[1]),
                (true, true) => from_nodes[0],
                (true, false) => from_nodes[1],
            };
            (b - a) / near
        }).collect();
        for pair in strides.windows(2) {
            let change = (pair[1] - pair[0]).length();
            prop_assert!(change < 0.05, "{} then {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_flight_changes_its_velocity_nowhere_at_once(
        apart_m in distance(),
        line in direction(),
        heights in [-6.0..-0.4_f64, -6.0..-0.4_f64],
        sides in [direction(), direction()],
    ) {
        let globes = Globes { to_m: line * apart_m };
        let place = |i: usize| sides[i] * apart_m * 10.0_f64.powf(heights[i]);
        let (from_m, to_m) = (place(0), place(1));
        let change = |w: f64, step: f64| {
            let [a, b, c] = [w - step, w, w + step].map(|w| flight(from_m, to_m, &globes, w));
            let near = b.length().min(b.distance(globes.to_m));
            ((c - b) - (b - a)).length() / near / step
        };
        // Where it changes most, looked at more and more closely.
        let largest = |places: Vec<f64>, step: f64| {
            let by_change = |a: &f64, b: &f64| change(*a, step).total_cmp(&change(*b, step));
            places.into_iter().max_by(by_change).unwrap()
        };
        let mut step = 1.0 / 400.0;
        let mut most = largest((2..399).map(|i| f64::from(i) * step).collect(), step);
        while step > 1e-6 {
            step /= 2.0;
            most = largest((-2..=2).map(|i| most + f64::from(i) * step).collect(), step);
        }
        prop_assert!(change(most, step) < 0.05, "{} at {most}", change(most, step));
    }
}

#[test]
fn a_flight_between_odd_places_stays_finite() {
    let places = [DVec3::ZERO, DVec3::X, -DVec3::X, DVec3::Y * 1e-9, DVec3::Z * 1e60, DVec3::NEG_Z];
    for to_anchor in [DVec3::ZERO, DVec3::X * 2.0, DVec3::X * -1e21, DVec3::Y * 1e-9] {
        let globes = Globes { to_m: to_anchor };
        for from in places {
            for to in places {
                for step in 0..=40 {
                    flight(from, to, &globes, f64::from(step) / 40.0);
                }
            }
        }
    }
}
