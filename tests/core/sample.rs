//! The recorded path: a recording is a function of time, whichever way a moment is reached.

use glam::{DQuat, DVec3};
use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, CameraTrack, Leave, Path};
use skyreel_core::frame::{Frame, FramePose};
use skyreel_core::pose::{AnchoredPose, CameraPose, NodeName, to_wxyz};
use skyreel_core::recording::{MAIN_VIEW, Recording, View};
use skyreel_core::resolve::{Frames, WorldFromNode, resolve, resolve_pose};
use skyreel_core::sample::{sample, sample_camera};
use skyreel_core::time::SessionTime;
use skyreel_core::value::Easing;

use crate::support::*;

#[test]
fn before_the_first_and_after_the_last_entry_the_camera_holds() {
    let track = along_x(&[(1.0, 10.0), (2.0, 20.0)]);
    for (at, x) in [
        (SessionTime::MIN, 10.0),
        (SessionTime::ZERO, 10.0),
        (s(0.999), 10.0),
        (s(1.0), 10.0),
        (s(1.25), 12.5),
        (s(2.0), 20.0),
        (s(2.001), 20.0),
        (SessionTime::MAX, 20.0),
    ] {
        assert_eq!(one(&track, at).position_m, DVec3::X * x, "at {at}");
    }
}

#[test]
fn one_entry_is_held_for_ever_and_none_is_no_view() {
    let track = along_x(&[(5.0, 7.0)]);
    for at in [SessionTime::MIN, SessionTime::ZERO, s(5.0), SessionTime::MAX] {
        assert_eq!(one(&track, at).position_m.x, 7.0);
        assert_eq!(sample_camera(&CameraTrack::default(), at), None);
    }
    let mut recording = Recording::default();
    recording.views.push(View::new("without a camera"));
    recording.view_mut(MAIN_VIEW).camera = track;
    let frame = sample(&recording, s(1.0));
    assert_eq!(frame.views.len(), 1);
    assert!(frame.view(MAIN_VIEW).is_some() && frame.view("without a camera").is_none());
}

#[test]
fn of_entries_at_one_moment_the_last_is_in_force() {
    let track = along_x(&[(0.0, 0.0), (1.0, 10.0), (1.0, 50.0), (1.0, 30.0), (2.0, 40.0)]);
    for (at_s, x) in [(0.5, 5.0), (1.0, 30.0), (1.5, 35.0), (2.0, 40.0)] {
        assert_eq!(x_at(&track, at_s), x, "at {at_s} s");
    }
    let all_at_once = along_x(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]);
    for (at_s, x) in [(0.0, 1.0), (1.0, 3.0), (9.0, 3.0)] {
        assert_eq!(x_at(&all_at_once, at_s), x, "at {at_s} s");
    }
}

#[test]
fn an_entry_whose_stamp_runs_backwards_is_due_with_the_one_before() {
    // As OpenSpace's player meets them, who walks through the list.
    let track = along_x(&[(0.0, 0.0), (4.0, 40.0), (1.0, 10.0), (3.0, 30.0), (6.0, 60.0)]);
    for (at_s, x) in [(1.0, 10.0), (3.0, 30.0), (4.0, 30.0), (5.0, 45.0), (6.0, 60.0)] {
        assert_eq!(x_at(&track, at_s), x, "at {at_s} s");
    }
}

#[test]
fn places_go_straight_and_scales_in_equal_ratios() {
    struct Case {
        scales: [f32; 2],
        half_way: f64,
    }
    for Case { scales, half_way } in [
        Case { scales: [1.0, 100.0], half_way: 10.0 },
        Case { scales: [100.0, 1.0], half_way: 10.0 },
        Case { scales: [3.0, 3.0], half_way: 3.0 },
        Case { scales: [0.0, 5.0], half_way: 0.0 },
        Case { scales: [5.0, 0.0], half_way: 5.0 },
        Case { scales: [-1.0, 4.0], half_way: -1.0 },
        Case { scales: [4.0, -1.0], half_way: 4.0 },
        Case { scales: [1e-38, 1e38], half_way: 1.0 },
    ] {
        let pose = |scale, position_m| CameraPose { scale, position_m, ..beside("Earth", 0.0) };
        let from = pose(scales[0], [0.0, 8.0, -2.0]);
        let to = pose(scales[1], [10.0, 0.0, -4.0]);
        let track = track([entry(s(0.0), from), entry(s(2.0), to)]);
        let pose = one(&track, s(1.0));
        assert_eq!(pose.position_m, DVec3::new(5.0, 4.0, -3.0));
        assert!(
            (pose.scale - half_way).abs() <= 1e-6 * half_way.abs(),
            "{scales:?}: {}",
            pose.scale
        );
    }
}

#[test]
fn rotations_take_the_short_way() {
    let about_z = DQuat::from_rotation_z;
    for (from, to, half_way) in [
        (about_z(0.0), about_z(1.0), about_z(0.5)),
        // The same rotations with their signs turned, as files have them.
        (about_z(0.0), -about_z(1.0), about_z(0.5)),
        (-about_z(0.0), about_z(1.0), about_z(0.5)),
        (about_z(3.0), about_z(-3.0), about_z(std::f64::consts::PI)),
        (about_z(0.3), -about_z(0.3), about_z(0.3)),
        (about_z(0.0), about_z(1e-9), about_z(5e-10)),
    ] {
        let turned = |q: DQuat| CameraPose { rotation_wxyz: to_wxyz(q), ..beside("Earth", 0.0) };
        let track = track([entry(s(0.0), turned(from)), entry(s(2.0), turned(to))]);
        let found = one(&track, s(1.0)).rotation;
        let apart = (found.conjugate() * half_way).xyz().length();
        assert!(apart < 1e-12, "{from} to {to}: {found}, expected {half_way}");
    }
}

#[test]
fn rotations_of_any_length_are_made_units() {
    let h = std::f64::consts::FRAC_1_SQRT_2;
    for (wxyz, unit) in [
        ([2.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]),
        ([0.0; 4], [1.0, 0.0, 0.0, 0.0]),
        ([1e300, 0.0, 1e300, 0.0], [h, 0.0, h, 0.0]),
        ([0.0, 5e-324, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]),
        ([f64::MAX, f64::MAX, f64::MAX, f64::MAX], [0.5; 4]),
    ] {
        let pose = CameraPose { rotation_wxyz: wxyz, ..beside("Earth", 0.0) };
        let found = to_wxyz(one(&track([entry(s(0.0), pose)]), s(0.0)).rotation);
        let off = found.iter().zip(unit).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(off < 1e-15, "{wxyz:?} became {found:?}");
    }
}

#[test]
fn a_camera_that_stays_does_not_tremble() {
    let pose = CameraPose {
        position_m: [0.1 * 1.3e11, 1.0 / 3.0, -7.7e6],
        rotation_wxyz: [0.3, -0.1, 0.7, 0.2],
        scale: 0.7,
        ..beside("Earth", 0.0)
    };
    let track = track([entry(s(0.0), pose.clone()), entry(s(3.0), pose)]);
    let still = one(&track, s(0.0));
    for step in 0..300 {
        let now = one(&track, ns(step * 10_000_003));
        assert_eq!(now.position_m, still.position_m);
        assert!((now.rotation.conjugate() * still.rotation).xyz().length() < 1e-15);
    }
}

#[test]
fn an_entry_left_by_holding_stays_then_jumps() {
    let leave = Leave { path: Path::Hold, easing: Easing::QuadraticEaseIn };
    let hold = CameraEntry { leave, ..entry(s(0.0), beside("Earth", 1.0)) };
    let other = CameraEntry { leave, ..entry(s(0.0), beside("Moon", 1.0)) };
    for first in [hold, other] {
        let anchor = first.pose.anchor.clone();
        let track = track([first, entry(s(2.0), beside("Earth", 9.0))]);
        for at in [s(0.0), s(1.0), ns(2 * SECOND_NS - 1)] {
            let pose = one(&track, at);
            assert_eq!((pose.anchor, pose.position_m.x), (anchor.clone(), 1.0), "at {at}");
        }
        assert_eq!(x_at(&track, 2.0), 9.0);
    }
}

#[test]
fn an_entry_may_be_left_by_an_easing() {
    for (easing, quarter) in [
        (Easing::Linear, 0.25),
        (Easing::QuadraticEaseIn, 0.0625),
        (Easing::QuadraticEaseOut, 0.4375),
        (Easing::CubicEaseInOut, 0.0625),
    ] {
        let leave = Leave { path: Path::AsRecorded, easing };
        let first = CameraEntry { leave, ..entry(s(0.0), beside("Earth", 0.0)) };
        let track = track([first, entry(s(4.0), beside("Earth", 1.0))]);
        assert_eq!(x_at(&track, 1.0), quarter, "{easing:?}");
        assert_eq!(x_at(&track, 4.0), 1.0, "{easing:?}");
    }
}

#[test]
fn every_easing_starts_at_0_and_ends_at_1_and_never_leaves_for_long() {
    for easing in EASINGS {
        assert_eq!((easing.apply(0.0), easing.apply(1.0)), (0.0, 1.0), "{easing:?}");
        assert_eq!((easing.apply(-3.0), easing.apply(7.0)), (0.0, 1.0), "{easing:?}");
        for step in 1..1_000 {
            let t = f64::from(step) / 1_000.0;
            let eased = easing.apply(t);
            assert!((-1.0..=2.0).contains(&eased), "{easing:?} at {t}: {eased}");
        }
        assert!(easing.apply(1e-9).abs() < 1e-3, "{easing:?} jumps at its start");
        assert!((easing.apply(1.0 - 1e-9) - 1.0).abs() < 1e-3, "{easing:?} jumps at its end");
    }
}

/// Two nodes far apart that turn, each about an axis of its own.
struct Turning {
    apart_m: f64,
    turn: f64,
}

impl Frames for Turning {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        Some(match name {
            "Earth" => WorldFromNode {
                position_m: DVec3::new(1.5e11, -2e10, 3e9),
                rotation: DQuat::from_rotation_z(self.turn),
            },
            "Moon" => WorldFromNode {
                position_m: DVec3::new(1.5e11, -2e10 + self.apart_m, 3e9),
                rotation: DQuat::from_rotation_x(-2.0 * self.turn),
            },
            _ => return None,
        })
    }
}

fn following(anchor: &str, position_m: [f64; 3], rotation: DQuat) -> CameraPose {
    CameraPose {
        anchor: NodeName::new(anchor),
        follow_rotation: true,
        position_m,
        rotation_wxyz: to_wxyz(rotation),
        scale: 1.0,
    }
}

#[test]
fn entries_relative_to_different_things_are_two_poses_and_a_weight() {
    let fixed = |pose: CameraPose| CameraPose { follow_rotation: false, ..pose };
    let earth = following("Earth", [7e6, 0.0, 0.0], DQuat::IDENTITY);
    let moon = following("Moon", [0.0, 2e6, 0.0], DQuat::IDENTITY);
    for (from, to) in
        [(earth.clone(), moon.clone()), (moon, earth.clone()), (fixed(earth.clone()), earth)]
    {
        let track = track([entry(s(1.0), from.clone()), entry(s(3.0), to.clone())]);
        for (at_s, expected) in [(1.0, None), (1.5, Some(0.25)), (2.5, Some(0.75)), (3.0, None)] {
            let pose = sample_camera(&track, s(at_s)).unwrap();
            let weight = match &pose {
                FramePose::One(_) => None,
                FramePose::Two { weight, .. } => Some(*weight),
            };
            assert_eq!(weight, expected, "at {at_s} s");
            let leading = if at_s < 3.0 { &from } else { &to };
            assert_eq!(*pose.leading(), leading.normalised(), "at {at_s} s");
        }
    }
}

#[test]
fn two_poses_are_mixed_in_the_world() {
    for apart_m in [4e8, 1e13, 1e21] {
        let nodes = Turning { apart_m, turn: 0.7 };
        let look = DQuat::from_rotation_y(0.4);
        let track = track([
            entry(s(0.0), following("Earth", [7e6, 1e5, -3e5], look)),
            entry(s(4.0), following("Moon", [0.0, 2e6, 5e5], look)),
        ]);
        let camera = |at| resolve_pose(&sample_camera(&track, at).unwrap(), &nodes).unwrap();
        let (from, to) = (camera(s(0.0)), camera(s(4.0)));
        // Each end where its own node has it.
        for (camera, node, position_m) in
            [(&from, "Earth", DVec3::new(7e6, 1e5, -3e5)), (&to, "Moon", DVec3::new(0.0, 2e6, 5e5))]
        {
            let node = nodes.world_from_node(node).unwrap();
            assert!(camera.offset_m.distance(node.rotation * position_m) < 1e-8);
            assert_eq!(camera.anchor_in_world_m, node.position_m);
            assert!((camera.rotation.conjugate() * node.rotation * look).xyz().length() < 1e-15);
        }
        for quarter in 1..4 {
            let weight = f64::from(quarter) / 4.0;
            let camera = camera(s(f64::from(quarter)));
            let expected_m = from.position_m().lerp(to.position_m(), weight);
            let off = camera.position_m().distance(expected_m) / apart_m;
            assert!(off < 1e-15 * (1.5e11 / apart_m).max(4.0), "{apart_m}, {weight}: {off}");
            let turned = from.rotation.slerp(to.rotation, weight);
            assert!((camera.rotation.conjugate() * turned).xyz().length() < 1e-12);
        }
        // A nanosecond before it arrives it is as good as there.
        let late = camera(ns(4 * SECOND_NS - 1)).position_m().distance(to.position_m());
        assert!(late < 2e-9 * apart_m.max(1.5e11), "{late}");
    }
}

#[test]
fn a_camera_that_follows_turns_with_its_node_and_one_that_does_not_stays() {
    let follows = following("Earth", [7e6, 0.0, 0.0], DQuat::IDENTITY);
    let stays = CameraPose { follow_rotation: false, ..follows.clone() };
    for turn in [0.0, 0.5, 3.0] {
        let nodes = Turning { apart_m: 4e8, turn };
        let at =
            |pose: &CameraPose| resolve_pose(&FramePose::One(pose.normalised()), &nodes).unwrap();
        let expected = DVec3::new(7e6 * turn.cos(), 7e6 * turn.sin(), 0.0);
        assert!(at(&follows).offset_m.distance(expected) < 1e-8);
        assert_eq!(at(&stays).offset_m, DVec3::X * 7e6);
        assert_eq!(at(&stays).rotation, DQuat::IDENTITY);
    }
}

#[test]
fn anchors_that_a_scene_lacks_are_named_and_the_other_views_still_come() {
    let mut recording = Recording::default();
    let nodes = Turning { apart_m: 4e8, turn: 0.0 };
    for (view, from, to) in
        [("good", "Earth", "Moon"), ("leaves", "Pandora", "Earth"), ("arrives", "Moon", "Pandora")]
    {
        recording.view_mut(view).camera =
            track([entry(s(0.0), beside(from, 1e7)), entry(s(2.0), beside(to, 1e7))]);
    }
    let found = resolve(&sample(&recording, s(1.0)), &nodes);
    let missing: Vec<(&str, &str)> = found
        .iter()
        .filter_map(|v| v.as_ref().err().map(|e| (e.view.as_str(), e.anchor.as_str())))
        .collect();
    assert_eq!(missing, [("leaves", "Pandora"), ("arrives", "Pandora")]);
    assert_eq!(found[0].as_ref().unwrap().name, "good");
}

#[test]
fn what_cannot_be_used_is_refused_with_its_name_and_the_rest_stays() {
    let good = || entry(s(0.0), beside("Earth", 1.0));
    let nan = f64::NAN;
    let cases: [(&str, CameraEntry); 8] = [
        ("position x", entry(s(1.0), beside("Earth", nan))),
        ("position x", entry(s(1.0), beside("Earth", 1.1e60))),
        ("position x", entry(s(1.0), beside("Earth", f64::NEG_INFINITY))),
        ("rotation w", {
            let mut entry = good();
            entry.pose.rotation_wxyz[0] = f64::INFINITY;
            entry
        }),
        ("rotation z", {
            let mut entry = good();
            entry.pose.rotation_wxyz[3] = nan;
            entry
        }),
        ("scale", {
            let mut entry = good();
            entry.pose.scale = f32::NAN;
            entry
        }),
        ("simulation time", CameraEntry { sim_time_s: nan, ..good() }),
        ("simulation time", CameraEntry { sim_time_s: f64::INFINITY, ..good() }),
    ];
    let mut track = track([good()]);
    for (field, entry) in cases {
        let error = track.push(entry).unwrap_err();
        assert_eq!(error.field, field);
        assert!(error.to_string().contains(field), "{error}");
    }
    assert_eq!(track.entries().len(), 1);
}

/// What a player does who keeps its place in the list and walks on from entry to entry.
fn walked(track: &CameraTrack, moments: &[SessionTime]) -> Vec<FramePose> {
    let entries = track.entries();
    let (mut passed, mut clock) = (0, SessionTime::MIN);
    let mut seen = Vec::new();
    for t in moments {
        while let Some(next) = entries.get(passed).filter(|e| e.stamp.max(clock) <= *t) {
            clock = clock.max(next.stamp);
            passed += 1;
        }
        let index = passed.saturating_sub(1);
        let (before, after) = (&entries[index], entries.get(index + 1));
        let from = before.pose.normalised();
        let due = after.map(|after| after.stamp.max(clock));
        let (Some(after), Some(due), true) = (after, due, passed > 0) else {
            seen.push(FramePose::One(from));
            continue;
        };
        let span_ns = i128::from(due.as_nanos()) - i128::from(clock.as_nanos());
        let way_ns = i128::from(t.as_nanos()) - i128::from(clock.as_nanos());
        let weight = way_ns as f64 / span_ns as f64;
        let to = after.pose.normalised();
        let lerp = |a: f64, b: f64| if a == b { a } else { a * (1.0 - weight) + b * weight };
        seen.push(if weight <= 0.0 {
            FramePose::One(from)
        } else if !from.same_frame(&to) {
            FramePose::Two { from, to, weight, path: Path::AsRecorded }
        } else {
            let scale = if from.scale > 0.0 && to.scale > 0.0 {
                lerp(from.scale.ln(), to.scale.ln()).exp()
            } else {
                from.scale
            };
            FramePose::One(AnchoredPose {
                position_m: DVec3::new(
                    lerp(from.position_m.x, to.position_m.x),
                    lerp(from.position_m.y, to.position_m.y),
                    lerp(from.position_m.z, to.position_m.z),
                ),
                rotation: from.rotation.slerp(to.rotation, weight).normalize(),
                scale,
                ..from
            })
        });
    }
    seen
}

fn is_sound(pose: &AnchoredPose) -> bool {
    pose.position_m.is_finite()
        && pose.rotation.is_finite()
        && (pose.rotation.length() - 1.0).abs() < 1e-9
        && pose.scale.is_finite()
}

fn with_camera(camera: CameraTrack) -> Recording {
    let mut recording = Recording::default();
    recording.view_mut(MAIN_VIEW).camera = camera;
    recording
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn seeking_to_a_moment_and_walking_to_it_are_the_same(
        stamps in vec((-3..12_i64, any_pose()), 1..10),
        mut moments in vec(-5 * SECOND_NS..15 * SECOND_NS, 1..20),
    ) {
        let track = track(stamps.into_iter().map(|(t, pose)| entry(ns(t * SECOND_NS), pose)));
        moments.extend((-5..15).map(|t| t * SECOND_NS));
        moments.sort();
        let moments: Vec<SessionTime> = moments.into_iter().map(ns).collect();
        for (t, walked) in moments.iter().zip(walked(&track, &moments)) {
            prop_assert_eq!(sample_camera(&track, *t), Some(walked), "at {}", t);
        }
    }

    #[test]
    fn a_moment_is_the_same_reached_forwards_backwards_or_in_any_order(
        track in any_track(),
        moments in vec(moment(), 1..20),
    ) {
        let recording = with_camera(track);
        let frames = |moments: &[SessionTime]| -> Vec<Frame> {
            moments.iter().map(|t| sample(&recording, *t)).collect()
        };
        let asked = frames(&moments);
        let mut sorted = moments.clone();
        sorted.sort();
        let forwards = frames(&sorted);
        sorted.reverse();
        let backwards = frames(&sorted);
        for frame in asked {
            prop_assert!(forwards.contains(&frame) && backwards.contains(&frame));
        }
    }

    #[test]
    fn nothing_that_comes_out_is_nan_or_infinite(
        track in any_track(),
        moments in vec(moment(), 1..20),
        apart_m in number(1e60),
        turn in -4.0..4.0_f64,
    ) {
        let due: Vec<SessionTime> = (0..track.entries().len()).map(|i| track.due_at(i)).collect();
        let beside = due.iter().flat_map(|t| [-1, 0, 1].map(|d| t.saturating_add(ns(d))));
        let between = due.windows(2).map(|w| ns((w[0].as_nanos() / 2) + (w[1].as_nanos() / 2)));
        for t in moments.iter().copied().chain(beside).chain(between) {
            let pose = sample_camera(&track, t).unwrap();
            match &pose {
                FramePose::One(pose) => prop_assert!(is_sound(pose), "{pose:?}"),
                FramePose::Two { from, to, weight, .. } => {
                    prop_assert!(is_sound(from) && is_sound(to) && weight.is_finite());
                }
            }
            let camera = resolve_pose(&pose, &Turning { apart_m, turn }).unwrap();
            let sound = camera.position_m().is_finite()
                && camera.offset_m.is_finite()
                && (camera.rotation.length() - 1.0).abs() < 1e-9
                && camera.scale.is_finite();
            prop_assert!(sound, "{camera:?} of {pose:?}");
        }
    }
}
