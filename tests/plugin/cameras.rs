//! Cameras: several, as children of things, anchored to things, missing.

use bevy_ecs::hierarchy::ChildOf;
use bevy_skyreel::core::camera_track::{CameraEntry, Leave};
use bevy_skyreel::core::pose::{CameraPose, NodeName};
use bevy_skyreel::core::recording::Recording;
use bevy_skyreel::core::time::SessionTime;
use bevy_skyreel::prelude::*;
use bevy_transform::components::{GlobalTransform, Transform};
use glam::{Quat, Vec3};

use crate::stage::*;

#[test]
fn a_camera_that_is_part_of_something_is_recorded_where_it_is_in_the_world() {
    let mut stage = Stage::bare();
    stage.app.record_component::<Transform>();
    let world = stage.app.world_mut();
    let turned = Quat::from_rotation_y(0.5);
    let train = world.spawn((Recorded::new("Train"), Transform::from_rotation(turned))).id();
    let wagon = world.spawn((ChildOf(train), Transform::from_xyz(0.0, 0.0, 4.0))).id();
    let seat = Transform::from_xyz(1.0, 2.0, 0.0).with_rotation(Quat::from_rotation_x(0.25));
    let camera = world.spawn((ChildOf(wagon), RecordedCamera::new("seat"), seat)).id();
    stage.ask("record.start ride");
    stage.frame(s(0.0));
    let place = |stage: &Stage| {
        stage.app.world().get::<GlobalTransform>(camera).unwrap().compute_transform()
    };
    let mut seen = vec![place(&stage)];
    for n in 1..20 {
        let mut at = stage.app.world_mut().get_mut::<Transform>(train).unwrap();
        at.translation.x += 0.5;
        at.rotate_y(0.05);
        let mut at = stage.app.world_mut().get_mut::<Transform>(camera).unwrap();
        at.translation.y = 2.0 + (n % 3) as f32;
        stage.frame(s(0.25));
        seen.push(place(&stage));
    }
    stage.done("record.stop");
    let recording = stage.memory.get("ride").unwrap();
    for (entry, seen) in recording.views[0].camera.entries().iter().zip(&seen) {
        let at = Vec3::from_array(entry.pose.position_m.map(|v| v as f32));
        assert!(at.distance(seen.translation) < 1e-4, "{at} {}", seen.translation);
    }
    // The train moves while it is played, in the same frame: the camera is still where it was.
    stage.done("play.start ride");
    stage.done("play.pause");
    for n in (0..20).rev() {
        stage.done(&format!("play.seek {}", f64::from(n) * 0.25));
        let (found, wanted) = (place(&stage), seen[n as usize]);
        assert!(found.translation.distance(wanted.translation) < 1e-4, "{n}");
        assert!(found.rotation.angle_between(wanted.rotation) < 1e-3, "{n}");
        let local = stage.app.world().get::<Transform>(camera).unwrap();
        assert!((local.translation.x - 1.0).abs() < 1e-4, "{n}: it keeps its seat, {local:?}");
    }
}

fn beside(anchors: &[&str]) -> Recording {
    let mut recording = Recording::default();
    for (n, anchor) in anchors.iter().enumerate() {
        let pose = CameraPose {
            anchor: NodeName::new(anchor),
            follow_rotation: true,
            position_m: [1.0, 0.0, 0.0],
            rotation_wxyz: [1.0, 0.0, 0.0, 0.0],
            scale: 1.0,
        };
        let leave = Leave::AS_RECORDED;
        let entry = CameraEntry { seq: 0, stamp: SessionTime::ZERO, sim_time_s: 0.0, pose, leave };
        recording.view_mut(&format!("view {n}")).camera.push(entry).unwrap();
    }
    recording.clock.push_key(bevy_skyreel::core::clock_track::ClockKey {
        stamp: s(2.0),
        sim_time: Default::default(),
        easing: Default::default(),
    });
    recording
}

#[test]
fn cameras_follow_the_things_that_they_are_anchored_to() {
    let mut stage = Stage::bare();
    let world = stage.app.world_mut();
    let base = world.spawn(Transform::from_xyz(100.0, 0.0, 0.0)).id();
    let ship = Transform::from_rotation(Quat::from_rotation_z(std::f32::consts::FRAC_PI_2));
    world.spawn((ChildOf(base), Recorded::new("Ship"), ship));
    let camera = world.spawn((RecordedCamera::new("view 0"), Transform::default())).id();
    stage.memory.put("r", beside(&["Ship"]));
    stage.done("play.start r at_end=loop");
    let at = |stage: &Stage| stage.app.world().get::<Transform>(camera).unwrap().translation;
    assert!(at(&stage).distance(Vec3::new(100.0, 1.0, 0.0)) < 1e-4, "{}", at(&stage));
    stage.app.world_mut().get_mut::<Transform>(base).unwrap().translation.x = 50.0;
    stage.frame(s(0.1));
    assert!(at(&stage).distance(Vec3::new(50.0, 1.0, 0.0)) < 1e-4, "{}", at(&stage));
}

#[test]
fn what_the_scene_does_not_have_is_told_once_and_frees_the_controls() {
    let mut stage = Stage::bare();
    let world = stage.app.world_mut();
    let place = Transform::from_xyz(1.0, 2.0, 3.0);
    let cameras =
        [0, 1, 2].map(|n| world.spawn((RecordedCamera::new(&format!("view {n}")), place)).id());
    stage.memory.put("r", beside(&["Atlantis", "World", "Avalon"]));
    stage.done("play.start r at_end=loop");
    stage.wait(3.0);
    let warnings: Vec<String> =
        stage.told().into_iter().filter(|text| text.contains("scene has no")).collect();
    let text = |name| format!("the scene has no '{name}': its camera stays where it is");
    assert_eq!(warnings, [text("Atlantis"), text("Avalon")]);
    let at = |stage: &Stage, n: usize| *stage.app.world().get::<Transform>(cameras[n]).unwrap();
    assert_eq!((at(&stage, 0), at(&stage, 2)), (place, place));
    assert_eq!(at(&stage, 1), Transform::from_xyz(1.0, 0.0, 0.0));
    stage.done("play.stop");
    assert!(stage.session().get().is_live());
    // Played again, it is told again.
    stage.done("play.start r");
    assert_eq!(stage.told().iter().filter(|text| text.contains("Atlantis")).count(), 2);
}

#[test]
fn cameras_come_and_go_while_it_records() {
    let mut stage = Stage::bare();
    let spawn = |stage: &mut Stage, name: &str, x: f32| {
        let at = Transform::from_xyz(x, 0.0, 0.0);
        stage.app.world_mut().spawn((RecordedCamera::new(name), at)).id()
    };
    let first = spawn(&mut stage, "b", 1.0);
    stage.ask("record.start r");
    stage.frame(s(0.0));
    spawn(&mut stage, "a", 2.0);
    stage.frame(s(1.0));
    stage.app.world_mut().despawn(first);
    stage.frame(s(1.0));
    stage.done("record.stop");
    let recording = stage.memory.get("r").unwrap();
    let found: Vec<(&str, Vec<f64>)> = recording
        .views
        .iter()
        .map(|view| {
            let entries = view.camera.entries().iter();
            (view.name.as_str(), entries.map(|entry| entry.stamp.as_secs()).collect())
        })
        .collect();
    assert_eq!(found, [("b", vec![0.0, 1.0]), ("a", vec![1.0, 2.0])]);
    stage.done("play.start r");
}
