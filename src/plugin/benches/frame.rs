//! What recording and playing cost a frame, against the same app that does neither.
//!
//! `cargo bench -p bevy_skyreel --bench frame`
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::time::{Duration, Instant};

use bevy_app::prelude::*;
use bevy_ecs::prelude::*;
use bevy_reflect::Reflect;
use bevy_skyreel::core::catalogue::PropertySpec;
use bevy_skyreel::core::frame::FramePose;
use bevy_skyreel::core::pose::{AnchoredPose, NodeName};
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::core::time::SessionTime;
use bevy_skyreel::core::value::Value;
use bevy_skyreel::prelude::*;
use bevy_skyreel::{AnchoredCamera, LiveScene, Published, Step, TimeSource};
use bevy_transform::TransformPlugin;
use bevy_transform::components::Transform;
use glam::{DQuat, DVec3};

const PROPERTIES: usize = 1000;
const FRAMES: usize = 60;
const ROUNDS: usize = 3;
/// From frame to frame, as in an app: what is written comes at the pace of a screen.
const PACE: Duration = Duration::from_micros(16_667);

/// Which of them are written to in each frame.
#[derive(Resource, Clone, Copy)]
struct Moving(usize);

#[derive(Component)]
struct Knob(f64);

#[derive(Component, Reflect)]
struct Dial {
    value: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Fields,
    Reflected,
    Scene,
}

fn turn(moving: Res<Moving>, mut knobs: Query<&mut Knob>, mut dials: Query<&mut Dial>) {
    knobs.iter_mut().take(moving.0).for_each(|mut knob| knob.0 += 0.25);
    dials.iter_mut().take(moving.0).for_each(|mut dial| dial.value += 0.25);
}

fn turn_scene(moving: Res<Moving>, scene: Option<ResMut<LiveScene>>, mut n: Local<f64>) {
    let Some(mut scene) = scene.filter(|_| moving.0 > 0) else { return };
    *n += 0.25;
    let paths: Vec<_> = scene.values().keys().take(moving.0).cloned().collect();
    for path in paths {
        let (value, duration) = (Value::Number(*n), SessionTime::ZERO);
        let change =
            bevy_skyreel::core::live::Change { path, value, duration, easing: Default::default() };
        scene.live().set(change).unwrap();
    }
}

fn fly(
    mut cameras: Query<&mut AnchoredCamera>,
    mut near: Query<&mut Transform, With<RecordedCamera>>,
) {
    for mut camera in &mut cameras {
        if let FramePose::One(pose) = &mut camera.0 {
            pose.position_m.x += 1.0;
        }
    }
    near.iter_mut().for_each(|mut at| at.translation.x += 1.0);
}

fn app(kind: Kind, moving: usize, folder: &std::path::Path) -> App {
    let mut app = App::new();
    app.add_plugins((
        TransformPlugin,
        SkyreelPlugin::in_folder(folder).with_time(TimeSource::Manual),
    ))
    .record_field::<Knob>("Knob", |k| Value::Number(k.0), |k, v| v.put(&mut k.0))
    .record_component::<Dial>()
    .insert_resource(Step(SessionTime::from_nanos(16_666_667)))
    .insert_resource(Moving(moving))
    .add_systems(Update, (turn, turn_scene, fly));
    let world = app.world_mut();
    match kind {
        Kind::Fields => (0..PROPERTIES).for_each(|n| {
            world.spawn((Recorded::new(&format!("Thing {n}")), Knob(0.0)));
        }),
        Kind::Reflected => (0..PROPERTIES).for_each(|n| {
            world.spawn((Recorded::new(&format!("Thing {n}")), Dial { value: 0.0 }));
        }),
        Kind::Scene => {
            let specs = (0..PROPERTIES).map(|n| PropertySpec {
                path: format!("Scene.Thing{n}.Renderable.Fade"),
                tags: Vec::new(),
                default: Value::Number(0.0),
                range: None,
            });
            LiveScene::new(&specs.collect::<Vec<_>>(), Vec::new()).join(world);
        }
    }
    for n in 0..4 {
        let camera = RecordedCamera::new(&format!("view {n}"));
        if n < 2 {
            world.spawn((camera, Transform::default()));
            continue;
        }
        let pose = AnchoredPose {
            anchor: NodeName::new("Earth"),
            follow_rotation: true,
            position_m: DVec3::X,
            rotation: DQuat::IDENTITY,
            scale: 1.0,
        };
        world.spawn((camera, AnchoredCamera(FramePose::One(pose))));
    }
    app
}

fn ask(app: &mut App, line: &str) {
    app.world().resource::<Requests>().say(line).unwrap();
    app.update();
}

/// The least of several runs' median frames, microseconds.
fn least_us(app: &mut App) -> f64 {
    let moving = app.world().resource::<Moving>().0;
    let median_us = |_| {
        let mut all: Vec<Duration> = (0..FRAMES)
            .map(|_| {
                let begin = Instant::now();
                app.update();
                let took = begin.elapsed();
                // Awake, as whoever draws would be.
                while moving > 0 && begin.elapsed() < PACE {
                    std::hint::spin_loop();
                }
                took
            })
            .collect();
        all.sort();
        all[FRAMES / 2].as_secs_f64() * 1e6
    };
    (0..ROUNDS).map(median_us).fold(f64::MAX, f64::min)
}

fn saved(app: &mut App) {
    let is_told = |app: &App| {
        app.world().resource::<Published>().0.notices.iter().any(|n| n.text.contains("Saved"))
    };
    while !is_told(app) {
        app.update();
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn main() {
    println!(
        "{PROPERTIES} properties, 4 views; median frames of {FRAMES}, the least of {ROUNDS} runs, µs"
    );
    println!(
        "{:<11}{:>8} | {:>8}{:>11}{:>8}{:>7} | {:>8}",
        "of", "changing", "neither", "recording", "more", "ratio", "playing"
    );
    for kind in [Kind::Fields, Kind::Reflected, Kind::Scene] {
        for moving in [0, 10, 100, PROPERTIES] {
            let folder = tempfile::tempdir().unwrap();
            let neither = least_us(&mut app(kind, moving, folder.path()));
            let mut busy = app(kind, moving, folder.path());
            ask(&mut busy, "record.start r");
            let recording = least_us(&mut busy);
            let is_running =
                matches!(busy.world().resource::<Published>().0.mode, ModeView::Recording(_));
            assert!(is_running, "{:?}", busy.world().resource::<Published>().0.notices);
            ask(&mut busy, "record.stop");
            saved(&mut busy);
            ask(&mut busy, "play.start r.skyreel at_end=loop");
            let playing = least_us(&mut busy);
            let (more, ratio) = (recording - neither, recording / neither);
            let kind = format!("{kind:?}");
            println!(
                "{kind:<11}{moving:>8} | {neither:>8.1}{recording:>11.1}{more:>8.1}{ratio:>7.2} | {playing:>8.1}"
            );
        }
    }
}
