//! The camera's way: even speed, roll, speed shown, and globes in the way.

use glam::{DQuat, DVec3};
use proptest::prelude::*;
use serde_json::json;
use skyreel_core::camera_track::{Leave, Path};
use skyreel_core::globe::{direction_of, known_radii_m, surface_distance_m};
use skyreel_core::journey::{Editor, Journey, KeyId, Pace};
use skyreel_core::pose::{CameraPose, NodeName, to_wxyz, unit_rotation};
use skyreel_core::recording::Recording;
use skyreel_core::value::Easing;

use crate::journey_support::{MOON_M, Sky, above, say, with_keys};
use crate::support::{easing, entry, ns, one, s, track};

/// Length of the way in the picture's measure, in many pieces: an independent count.
fn length(recording: &Recording, from_ns: i64, to_ns: i64) -> f64 {
    const PIECES: i64 = 2_000;
    let camera = &recording.views[0].camera;
    let poses: Vec<_> =
        (0..=PIECES).map(|i| one(camera, ns(from_ns + (to_ns - from_ns) * i / PIECES))).collect();
    let piece = |a: &skyreel_core::pose::AnchoredPose, b: &skyreel_core::pose::AnchoredPose| {
        let gone = (b.position_m - a.position_m).length() / a.position_m.length();
        let turned = (a.rotation.conjugate() * b.rotation).xyz().length().min(1.0).asin() * 2.0;
        gone + turned
    };
    poses.windows(2).map(|pair| piece(&pair[0], &pair[1])).sum()
}

/// Mean speeds between the keys.
fn speeds(editor: &Editor) -> Vec<f64> {
    let keys: Vec<i64> = editor.journey().camera_keys().map(|key| key.at.as_nanos()).collect();
    let recording = editor.recording();
    let speed =
        |pair: &[i64]| length(&recording, pair[0], pair[1]) / ((pair[1] - pair[0]) as f64 * 1e-9);
    keys.windows(2).map(speed).collect()
}

fn spread(speeds: &[f64]) -> f64 {
    let (low, high) = speeds.iter().fold((f64::MAX, 0.0_f64), |(l, h), s| (l.min(*s), h.max(*s)));
    high / low
}

#[test]
fn even_puts_keys_where_the_speed_is_even() {
    let tables: [&[(f64, CameraPose)]; 3] = [
        // Once half around, unevenly.
        &[
            (0.0, above(0.0, 0.0, 1e7)),
            (1.0, above(10.0, 80.0, 1e7)),
            (9.0, above(0.0, 90.0, 1.2e7)),
            (10.0, above(-20.0, 170.0, 1e7)),
        ],
        // Far out: each key ten or a thousand times as far.
        &[
            (0.0, above(45.0, 10.0, 6.5e6)),
            (2.0, above(40.0, 15.0, 6.5e7)),
            (5.0, above(20.0, 30.0, 6.5e10)),
            (6.0, above(0.0, 40.0, 1e12)),
            (20.0, above(0.0, 45.0, 1e20)),
        ],
        // Two keys of one moment are taken apart.
        &[
            (0.0, above(0.0, 0.0, 1e7)),
            (5.0, above(0.0, 50.0, 1e7)),
            (5.0, above(0.0, 60.0, 1e7)),
            (6.0, above(0.0, 100.0, 1e7)),
        ],
    ];
    for keys in tables {
        let mut editor = with_keys(keys.iter().cloned());
        let before = speeds(&editor);
        say(&mut editor, "even", json!({})).unwrap();
        let after = speeds(&editor);
        assert!(spread(&after) < 1.02, "{before:?} became {after:?}");
        let ends = |editor: &Editor| {
            let keys = editor.journey().keys();
            (keys[0].at, keys[keys.len() - 1].at)
        };
        assert_eq!(ends(&editor), (s(0.0), s(keys[keys.len() - 1].0)));
        let order: Vec<u32> = editor.journey().keys().iter().map(|key| key.id.0).collect();
        assert!(order.is_sorted(), "{order:?}");
        println!("spread {:.2} became {:.4}", spread(&before), spread(&after));
    }
}

#[test]
fn even_takes_the_easing_away_at_which_the_camera_would_slow_down() {
    let place = |longitude| above(0.0, longitude, 1e7);
    let moments = [(0.0, 0.0), (1.0, 30.0), (4.0, 60.0), (5.0, 95.0), (9.0, 120.0)];
    let mut editor = with_keys(moments.map(|(at_s, longitude)| (at_s, place(longitude))));
    say(&mut editor, "ease", json!({"keys": [1, 2, 3, 4, 5], "pace": "in_out"})).unwrap();
    say(&mut editor, "even", json!({})).unwrap();
    let paces: Vec<Pace> = editor.journey().camera_keys().map(|key| key.pace()).collect();
    let plain = Pace::Linear;
    assert_eq!(paces, [plain, plain, plain, plain, Pace::InOut], "the last is left for nothing");
    // But for the start and the end, which are from rest and to rest.
    let speeds = editor.speeds(90, &Sky);
    let (low, high) = speeds[15..75]
        .iter()
        .fold((f32::MAX, 0.0_f32), |(low, high), speed| (low.min(*speed), high.max(*speed)));
    assert!(low > 0.7 * high, "{low} to {high}: {speeds:?}");
    say(&mut editor, "undo", json!({})).unwrap();
    assert!(editor.journey().camera_keys().all(|key| key.pace() == Pace::InOut), "in one step");
}

#[test]
fn even_leaves_alone_where_the_camera_stays_and_what_is_not_named() {
    let place = |longitude| above(0.0, longitude, 1e7);
    let mut editor = with_keys([
        (0.0, place(0.0)),
        (1.0, place(50.0)),
        (4.0, place(50.0)),
        (5.0, place(60.0)),
        (9.0, place(120.0)),
        (11.0, place(125.0)),
    ]);
    say(&mut editor, "ease", json!({"keys": [2], "pace": "hold"})).unwrap();
    say(&mut editor, "even", json!({"keys": [5, 1, 2, 3, 4]})).unwrap();
    let at: Vec<f64> = editor.journey().keys().iter().map(|key| key.at.as_secs()).collect();
    assert!((at[2] - at[1] - 3.0).abs() < 1e-6, "{at:?}");
    assert_eq!((at[0], at[4], at[5]), (0.0, 9.0, 11.0));
    let mut standing = with_keys([(0.0, place(0.0)), (1.0, place(0.0)), (3.0, place(0.0))]);
    let refusal = say(&mut standing, "even", json!({})).unwrap_err();
    assert_eq!(refusal.to_string(), "the camera does not move between these keys");
}

#[test]
fn roll_turns_the_camera_to_its_right_about_where_it_looks() {
    let mut editor = with_keys([(0.0, above(10.0, 20.0, 1e7))]);
    let rotation =
        |editor: &Editor| unit_rotation(editor.journey().keys()[0].pose().unwrap().rotation_wxyz);
    let before = rotation(&editor);
    say(&mut editor, "roll", json!({"keys": [1], "by_deg": 90})).unwrap();
    let after = rotation(&editor);
    // It looks where it looked, and what was to its right is up now.
    assert!((after * DVec3::NEG_Z).abs_diff_eq(before * DVec3::NEG_Z, 1e-12));
    assert!((after * DVec3::Y).abs_diff_eq(before * DVec3::X, 1e-12));
    say(&mut editor, "roll", json!({"keys": [1], "by_deg": -90})).unwrap();
    assert!(rotation(&editor).angle_between(before) < 1e-7);
}

#[test]
fn speed_is_the_share_of_the_distance_and_the_turning() {
    // From 1e7 to e times that, straight up, without turning: a share of one in all, two seconds.
    let up = |distance_m: f64| above(0.0, 0.0, distance_m);
    let editor = with_keys([(0.0, up(1e7)), (2.0, up(1e7 * std::f64::consts::E))]);
    let speeds = editor.speeds(10, &Sky);
    let sum: f32 = speeds.iter().map(|speed| speed * 0.2).sum();
    assert!((sum - 1.0).abs() < 1e-3, "{speeds:?}");
    assert!(speeds[0] < speeds[4] && speeds[9] < speeds[5], "from rest to rest: {speeds:?}");
    assert_eq!(editor.view(&Sky).speeds.len(), 256);
    assert!(Editor::default().view(&Sky).speeds.is_empty());
}

#[test]
fn the_way_can_be_drawn_and_leads_through_the_keys() {
    let mut editor = with_keys([
        (0.0, above(0.0, 0.0, 1e7)),
        (4.0, above(0.0, 60.0, 2e7)),
        (9.0, above(0.0, 60.0, 2e7)),
    ]);
    let moon = json!({"key": 3, "anchor": "Moon", "position_m": [-1e7, 0, 0], "rotation_wxyz": [1, 0, 0, 0]});
    say(&mut editor, "pose", moon).unwrap();
    let way = editor.way(100, &Sky);
    assert!((90..=101).contains(&way.len()), "{}", way.len());
    assert!(way.is_sorted_by_key(|point| point.at));
    let keys = editor.key_points();
    assert_eq!(keys.len(), 3);
    for key in &keys {
        let on_it = way.iter().find(|point| point.at == key.point.at).unwrap();
        assert_eq!(on_it.position_m, key.point.position_m);
    }
    // On its way between the nodes it is told from the Earth, in the world's axes.
    let last = &way[way.len() - 2];
    assert_eq!((last.anchor.as_str(), last.follow), ("Earth", false));
    assert!(DVec3::from_array(last.position_m).distance(MOON_M) < 5e7);
}

fn along(keys: Vec<(f64, DVec3, Path)>, anchor: &str) -> Editor {
    let entries = keys.into_iter().map(|(at_s, position_m, path)| {
        let pose = CameraPose {
            anchor: NodeName::new(anchor),
            follow_rotation: true,
            position_m: position_m.to_array(),
            rotation_wxyz: to_wxyz(DQuat::IDENTITY),
            scale: 1.0,
        };
        let leave = Leave { path, easing: Easing::Linear };
        skyreel_core::camera_track::CameraEntry { leave, ..entry(s(at_s), pose) }
    });
    let mut recording = Recording::default();
    recording.view_mut("main").camera = track(entries);
    Editor::new(Journey::from_recording(&recording, KeyId(1)).unwrap())
}

#[test]
fn a_way_through_a_globe_is_warned_of_where_it_is_worst() {
    let x = DVec3::X;
    let y = DVec3::Y;
    let straight = Path::AsRecorded;
    // Through the middle of the Earth.
    let editor = along(vec![(0.0, x * 1e7, straight), (4.0, x * -1e7, straight)], "Earth");
    let warnings = &editor.view(&Sky).warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(
        (warnings[0].key, warnings[0].text.as_str()),
        (KeyId(1), "the camera is 6378 km below the ground of Earth")
    );
    assert!((warnings[0].at.as_secs() - 2.0).abs() < 1e-3, "{warnings:?}");
    // A small globe that lies between any two moments one would look at.
    let editor = along(
        vec![(0.0, x * 1e9 + y * 1e3, straight), (7.0, x * -1.7e9 + y * 1e3, straight)],
        "Phobos",
    );
    assert_eq!(editor.view(&Sky).warnings.len(), 1);
    // Past it.
    let editor = along(
        vec![(0.0, x * 1e9 + y * 2e4, straight), (7.0, x * -1.7e9 + y * 2e4, straight)],
        "Phobos",
    );
    assert!(editor.view(&Sky).warnings.is_empty());
    // Smooth: around.
    let editor = along(vec![(0.0, x * 1e7, Path::Smooth), (4.0, x * -1e7, Path::Smooth)], "Earth");
    assert!(editor.view(&Sky).warnings.is_empty());
    // A key below the ground, held or last, is warned of once.
    let editor = along(vec![(0.0, x * 1e7, Path::Hold), (4.0, x * 6e6, Path::Hold)], "Earth");
    let warnings = &editor.view(&Sky).warnings;
    assert_eq!((warnings.len(), warnings[0].key), (1, KeyId(2)), "{warnings:?}");
    let editor = along(vec![(0.0, x * 1e7, Path::Smooth), (4.0, x * 6e6, Path::Smooth)], "Earth");
    assert_eq!(editor.view(&Sky).warnings.len(), 1);
}

#[test]
fn a_way_through_the_globe_of_another_node_is_warned_of() {
    let mut editor = with_keys([(0.0, above(0.0, 0.0, 1e7)), (5.0, above(0.0, 1.0, 1e7))]);
    // To behind the Moon, straight, relative to the Earth; the Moon is a key's node further on.
    let behind = MOON_M * 1.1;
    let pose = json!({"key": 2, "anchor": "Earth", "follow": true, "position_m": behind.to_array(), "rotation_wxyz": [1, 0, 0, 0]});
    say(&mut editor, "pose", pose).unwrap();
    assert!(editor.view(&Sky).warnings.is_empty());
    say(&mut editor, "add_key", json!({"at_s": 9})).unwrap();
    let moon = json!({"key": 3, "anchor": "Moon", "position_m": [5e7, 0, 0], "rotation_wxyz": [1, 0, 0, 0]});
    say(&mut editor, "pose", moon).unwrap();
    // Where the way comes by is the smooth one's business; that it is looked at is this one's.
    let mut recording = Recording::clone(&editor.recording());
    let entries = recording.views[0].camera.entries().to_vec();
    recording.views[0].camera = track(entries.into_iter().map(|mut entry| {
        entry.leave = Leave::AS_RECORDED;
        entry.pose.follow_rotation = false;
        if entry.stamp == s(0.0) {
            entry.pose.position_m = (MOON_M * 0.1).to_array();
        }
        entry
    }));
    editor.opened(&recording, "straight").unwrap();
    let warnings = &editor.view(&Sky).warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].text.ends_with("below the ground of Moon"), "{warnings:?}");
}

#[test]
fn a_low_flight_from_the_pole_to_the_equator_stays_as_low_and_above_the_ground() {
    let radii_m = known_radii_m("Earth").unwrap();
    let pose = |latitude: f64| {
        let ground_m = surface_distance_m(radii_m, direction_of(latitude, 10.0));
        above(latitude, 10.0, ground_m + 100.0)
    };
    // The ground rises by 21 km on the way, and not in equal ratios.
    let editor = with_keys([(0.0, pose(90.0)), (10.0, pose(0.0)), (20.0, pose(-90.0))]);
    let recording = editor.recording();
    for ms in 0..=20_000 {
        let position_m = one(&recording.views[0].camera, ns(ms * 1_000_000)).position_m;
        let ground_m = surface_distance_m(radii_m, position_m.normalize());
        let above_m = position_m.length() - ground_m;
        assert!((99.0..101.0).contains(&above_m), "{above_m} m at {ms} ms");
    }
    assert!(editor.view(&Sky).warnings.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Down to a metre above the ground, from pole to pole, with easings that swing too.
    #[test]
    fn a_smooth_way_never_leads_through_the_globe(
        keys in proptest::collection::vec(
            (1..9_i64, -90.0..=90.0_f64, 0.0..360.0_f64, 0.0..12.0_f64, easing()), 2..7),
        node in proptest::sample::select(vec!["Earth", "Saturn", "Phobos", "Moon"]),
    ) {
        let radii_m = known_radii_m(node).unwrap();
        let ground_m = |direction: DVec3| surface_distance_m(radii_m, direction);
        let mut at = 0;
        let entries = keys.into_iter().map(|(span, latitude, longitude, height, easing)| {
            at += span * 1_000_000_000;
            let direction = direction_of(latitude, longitude);
            let position_m = direction * (ground_m(direction) + 10.0_f64.powf(height));
            let mut pose = above(0.0, 0.0, 1e7);
            pose.anchor = NodeName::new(node);
            pose.position_m = position_m.to_array();
            let leave = Leave { path: Path::Smooth, easing };
            skyreel_core::camera_track::CameraEntry { leave, ..entry(ns(at), pose) }
        });
        let camera = track(entries);
        let (first, last) = (camera.due_at(0).as_nanos(), camera.end().unwrap().as_nanos());
        for i in 0..=400 {
            let position_m = one(&camera, ns(first + (last - first) / 400 * i)).position_m;
            let above_m = position_m.length() - ground_m(position_m.normalize());
            // A metre, but for the rounding.
            prop_assert!(above_m > 0.9, "{} m at {}", above_m, i);
        }
        let mut recording = Recording::default();
        recording.view_mut("main").camera = camera;
        let editor = Editor::new(Journey::from_recording(&recording, KeyId(1)).unwrap());
        prop_assert!(editor.view(&Sky).warnings.is_empty());
    }
}
