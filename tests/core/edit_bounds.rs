//! What reducing and smoothing promise of the picture, checked at 240 moments a second; figures printed.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use glam::{DQuat, DVec3};
use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::edit::{self, Picture, Place, Reduced, Smoothed};
use skyreel_core::frame::FramePose;
use skyreel_core::globe::{known_radii_m, looking};
use skyreel_core::pose::{CameraPose, NodeName, to_wxyz};
use skyreel_core::recording::Recording;
use skyreel_core::sample::{sample, sample_camera};
use skyreel_core::time::SessionTime;
use skyreel_core::wording::KnownGlobes;

use crate::support::{beside, entry, s};

fn radius(node: &NodeName) -> Option<f64> {
    known_radii_m(node.as_str()).map(|radii| radii.into_iter().fold(0.0, f64::max))
}

fn go_on(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// How far off the worst picture is, pixels, found here and not by what is tested: by the displacement
/// of points all over the picture, as near as the globe's surface.
fn worst_seen_px(original: &Recording, edited: &Recording, every_s: f64) -> f64 {
    let (a, b) = (&original.views[0].camera, &edited.views[0].camera);
    let half = (50.534_f64.to_radians() / 2.0).tan();
    let end_s = original.duration().as_secs();
    let mut worst = 0.0_f64;
    let mut at_s = 0.0;
    while at_s < end_s {
        let at = s(at_s);
        let (Some(FramePose::One(a)), Some(FramePose::One(b))) =
            (sample_camera(a, at), sample_camera(b, at))
        else {
            at_s += every_s;
            continue;
        };
        let altitude_m = radius(&a.anchor)
            .map_or(a.position_m.length(), |r| (a.position_m.length() - r).max(r * 1e-5));
        for x in [-1.0, 0.0, 1.0] {
            for y in [-1.0, 0.0, 1.0] {
                for far in [1.01, 3.0, 1e6] {
                    let ray = DVec3::new(x * half * 16.0 / 9.0, y * half, -1.0).normalize();
                    let point = a.position_m + a.rotation * ray * altitude_m * far;
                    let seen = b.rotation.inverse() * (point - b.position_m);
                    if seen.z < 0.0 {
                        let px = 540.0 / half;
                        let (u, v) = (-seen.x / seen.z * px, -seen.y / seen.z * px);
                        let (u0, v0) = (x * 960.0, y * 540.0);
                        // Out of the second picture it is not seen.
                        if u.abs() <= 960.0 && v.abs() <= 540.0 {
                            worst = worst.max((u - u0).hypot(v - v0));
                        }
                    }
                }
            }
        }
        at_s += every_s;
    }
    worst
}

/// A flight by hand about the Earth, 60 entries a second: it comes down from far, turns, stops, goes on,
/// and trembles by so many degrees.
fn by_hand(length_s: f64, tremble_deg: f64) -> Recording {
    let mut recording = Recording::default();
    let view = recording.view_mut("main");
    for n in 0..(length_s * 60.0) as u64 {
        // Frames come a little early or late.
        let t = n as f64 / 60.0 + ((n * 7) % 5) as f64 * 2e-4;
        // Every 20 seconds it rests for 5.
        let moved = (t / 20.0).floor() + ((t % 20.0) / 15.0).min(1.0);
        let eased = moved.floor() + (0.5 - 0.5 * (moved.fract() * std::f64::consts::PI).cos());
        let distance_m = 6.4e6 + 2e7 * (-eased / 3.0).exp();
        let direction =
            DVec3::new((eased / 4.0).cos(), (eased / 4.0).sin(), (eased / 7.0).sin() * 0.4);
        let position = direction.normalize() * distance_m;
        let rests = moved.fract() == 0.0 && moved > 0.0;
        let shake = if rests { 0.0 } else { tremble_deg.to_radians() };
        let tremble = DQuat::from_rotation_x(shake * (t * 37.0).sin())
            * DQuat::from_rotation_y(shake * (t * 23.0 + 1.0).sin());
        let aim = looking(-position, DVec3::Z).unwrap() * DQuat::from_rotation_x(eased.sin() * 0.2);
        let pose = CameraPose {
            position_m: position.to_array(),
            rotation_wxyz: to_wxyz(aim * tremble),
            ..beside("Earth", 0.0)
        };
        view.camera.push(CameraEntry { seq: n, ..entry(s(t), pose) }).unwrap();
    }
    recording
}

fn reduced(whole: &Recording, within_px: f64) -> (Recording, Reduced) {
    let began = Instant::now();
    let (less, report) = edit::reduce(whole, within_px, &KnownGlobes, &mut go_on).unwrap();
    println!(
        "reduce within {within_px} px: {} s long, {} -> {} keys, worst {:.3} px, {:.2} s",
        whole.duration(),
        report.keys_before,
        report.keys_after,
        report.worst_px,
        began.elapsed().as_secs_f64()
    );
    assert!(report.worst_px <= within_px, "{report:?}");
    assert!(edit::worst_px(whole, &less, &KnownGlobes) <= within_px);
    assert_eq!(report.keys_after, less.camera_entries());
    assert!(report.keys_after <= report.keys_before);
    (less, report)
}

fn smoothed(whole: &Recording, within_px: f64) -> (Recording, Smoothed) {
    let began = Instant::now();
    let (calm, report) = edit::smooth(whole, within_px, &KnownGlobes, &mut go_on).unwrap();
    println!(
        "smooth within {within_px} px: {} s long, shake {:.3} -> {:.3} deg/s2, worst {:.3} px, {:.2} s",
        whole.duration(),
        report.shake_before,
        report.shake_after,
        report.worst_px,
        began.elapsed().as_secs_f64()
    );
    assert!(report.worst_px <= within_px * 1.0001, "{report:?}");
    (calm, report)
}

#[test]
fn a_flight_by_hand_needs_few_keys() {
    let whole = by_hand(60.0, 0.0);
    for (within_px, most) in [(1.0, 200), (5.0, 120)] {
        let (less, report) = reduced(&whole, within_px);
        assert!(report.keys_after <= most, "{report:?}");
        let seen = worst_seen_px(&whole, &less, 1.0 / 240.0);
        println!("  seen: {seen:.3} px");
        assert!(seen <= within_px, "{seen}");
        assert_eq!(less.clock, whole.clock);
    }
}

#[test]
fn shake_goes_and_the_picture_stays() {
    let whole = by_hand(60.0, 0.1);
    let (calm, report) = smoothed(&whole, 20.0);
    assert!(report.shake_after < report.shake_before / 10.0, "{report:?}");
    let seen = worst_seen_px(&whole, &calm, 1.0 / 240.0);
    assert!(seen <= 20.0, "{seen}");
    let entries = |recording: &Recording| recording.views[0].camera.entries().to_vec();
    let (is, was) = (entries(&calm), entries(&whole));
    assert_eq!(is.len(), was.len());
    assert_eq!((is.first(), is.last()), (was.first(), was.last()));
    // It rests where it rested.
    let at = |recording: &Recording, at_s: f64| sample(recording, s(at_s)).views;
    assert_eq!(at(&calm, 17.0), at(&whole, 17.0));
}

#[test]
fn a_jump_is_neither_smoothed_away_nor_reached_across() {
    let mut whole = Recording::default();
    let view = whole.view_mut("main");
    for n in 0..240_u64 {
        let jumped = if n < 120 { 0.0 } else { 3e6 };
        let x = 1e7 + n as f64 * 1e3 + jumped;
        view.camera
            .push(CameraEntry { seq: n, ..entry(s(n as f64 / 60.0), beside("Earth", x)) })
            .unwrap();
    }
    let ends = [119, 120].map(|n| whole.views[0].camera.entries()[n].clone());
    let calm = smoothed(&whole, 10.0).0;
    assert_eq!(calm.views[0].camera.entries()[119..=120], ends);
    let less = reduced(&whole, 1.0).0;
    assert!(less.camera_entries() < 20);
}

#[test]
fn other_anchors_and_followings_stay_where_they_were() {
    let mut whole = Recording::default();
    let view = whole.view_mut("main");
    for n in 0..300_u64 {
        let anchor = if n < 100 { "Earth" } else { "Moon" };
        let pose = CameraPose { follow_rotation: n >= 200, ..beside(anchor, 1e7 + n as f64 * 1e4) };
        view.camera.push(CameraEntry { seq: n, ..entry(s(n as f64 / 60.0), pose) }).unwrap();
    }
    let less = reduced(&whole, 1.0).0;
    let changes = |recording: &Recording| {
        let entries = recording.views[0].camera.entries();
        let pairs = entries.windows(2).filter(|pair| !pair[0].pose.same_frame(&pair[1].pose));
        pairs.map(|pair| (pair[0].stamp, pair[1].stamp)).collect::<Vec<_>>()
    };
    assert_eq!(changes(&less), changes(&whole));
    assert!(less.camera_entries() < 40, "{}", less.camera_entries());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_seen_in_both_pictures_is_further_apart_than_the_bound_says(
        turn in [-0.2..0.2_f64, -0.2..0.2, -0.2..0.2], way in [-0.4..0.4_f64, -0.4..0.4, -0.4..0.4],
        x in -1.0..1.0_f64, y in -1.0..1.0_f64, far in 1.0..20.0_f64, vfov_deg in 10.0..120.0_f64,
    ) {
        let start = DVec3::new(0.0, 0.0, 2.0);
        let a = Place { position_m: start, rotation: DQuat::IDENTITY };
        let b = Place { position_m: start + DVec3::from(way), rotation: DQuat::from_scaled_axis(DVec3::from(turn)) };
        let bound_px = Picture::new(Some(vfov_deg)).apart_px(&a, &b, Some(1.0));
        let half = (vfov_deg.to_radians() / 2.0).tan();
        let point = start + DVec3::new(x * half * 16.0 / 9.0, y * half, -1.0).normalize() * far;
        let seen = b.rotation.inverse() * (point - b.position_m);
        // Nothing is nearer to either camera than the surface is.
        prop_assume!(seen.length() >= (b.position_m.length() - 1.0).clamp(1e-5, 1.0) && seen.z < 0.0);
        let px = 540.0 / half;
        let (u, v) = (-seen.x / seen.z * px, -seen.y / seen.z * px);
        prop_assume!(u.abs() <= 960.0 && v.abs() <= 540.0);
        let apart_px = (u - x * 960.0).hypot(v - y * 540.0);
        prop_assert!(apart_px <= bound_px * (1.0 + 1e-9), "{} > {}", apart_px, bound_px);
    }
}

fn corpus() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    if !corpus.is_dir() {
        println!("skipped: there is no corpus at {}", corpus.display());
        return None;
    }
    Some(corpus)
}

/// The recordings in the corpus, the first ten seconds of each; all of each where the variable says so.
fn from_corpus() -> Vec<(String, Recording)> {
    let Some(corpus) = corpus() else { return Vec::new() };
    let all = std::env::var_os("SKYREEL_WHOLE_CORPUS").is_some();
    let (mut folders, mut found) = (vec![corpus], Vec::new());
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            if !all && bytes.len() > 400_000 {
                continue;
            }
            let Ok(imported) = skyreel_core::format::read(&bytes) else { continue };
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let whole = imported.recording;
            if whole.camera_entries() < 100 {
                continue;
            }
            let end = whole.duration().min(s(10.0));
            let range = (SessionTime::ZERO, end);
            let part = if all {
                whole
            } else {
                edit::trim(&whole, range, &KnownGlobes, &mut go_on).unwrap()
            };
            found.push((name, part));
        }
    }
    assert!(!found.is_empty(), "there is a corpus, and no recording in it");
    found.sort_by(|a, b| a.0.cmp(&b.0));
    if !all {
        found.truncate(12);
    }
    found
}

#[test]
fn recordings_of_openspace_are_reduced_within_the_bound() {
    let (mut before, mut after, mut worst) = (0, 0, 0.0_f64);
    for (name, whole) in from_corpus() {
        println!("{name}");
        let report = reduced(&whole, 1.0).1;
        before += report.keys_before;
        after += report.keys_after;
        worst = worst.max(report.worst_px);
    }
    println!("all: {before} -> {after} keys, worst {worst:.3} px");
    if std::env::var_os("SKYREEL_WHOLE_CORPUS").is_some() {
        let long = by_hand(600.0, 0.0);
        reduced(&long, 1.0);
        smoothed(&by_hand(600.0, 0.1), 20.0);
    }
}

#[test]
fn recordings_of_openspace_are_smoothed_within_the_bound() {
    for (name, whole) in from_corpus() {
        println!("{name}");
        let report = smoothed(&whole, 10.0).1;
        assert!(report.shake_after <= report.shake_before * 1.01, "{report:?}");
    }
}

#[test]
fn keys_of_a_straight_way_are_its_ends() {
    let mut whole = Recording::default();
    let view = whole.view_mut("main");
    for n in 0..600_u64 {
        let pose = beside("Earth", 1e7 + n as f64 * 1e3);
        view.camera
            .push(CameraEntry {
                seq: n,
                leave: Leave::AS_RECORDED,
                ..entry(s(n as f64 / 60.0), pose)
            })
            .unwrap();
    }
    assert_eq!(reduced(&whole, 1.0).0.camera_entries(), 2);
}
