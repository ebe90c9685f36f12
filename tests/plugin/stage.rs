//! A stage for the promises: two cameras, a lamp, a scene of data, and something that moves them all
//! for as long as nothing is played.

use std::sync::mpsc::sync_channel;

use bevy_app::prelude::*;
use bevy_ecs::prelude::*;
use bevy_skyreel::core::camera_track::Path;
use bevy_skyreel::core::catalogue::PropertySpec;
use bevy_skyreel::core::command::{Origin, said};
use bevy_skyreel::core::frame::{Frame, FramePose};
use bevy_skyreel::core::outcome::Outcome;
use bevy_skyreel::core::pose::{AnchoredPose, NodeName};
use bevy_skyreel::core::recording::Recording;
use bevy_skyreel::core::role::Role;
use bevy_skyreel::core::sample::sample;
use bevy_skyreel::core::snapshot::{ModeView, Snapshot};
use bevy_skyreel::core::time::SessionTime;
use bevy_skyreel::core::value::Value;
use bevy_skyreel::prelude::*;
use bevy_skyreel::{AnchoredCamera, LiveScene, Memory, RunningSession, Step, TimeSource, observe};
use bevy_transform::TransformPlugin;
use bevy_transform::components::Transform;
use glam::{DQuat, DVec3, Quat};

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// Below `most`.
    pub fn roll(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    pub fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * (self.roll(1 << 30) as f64 / (1 << 30) as f64)
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len() as u64) as usize]
    }
}

#[derive(Component, Clone, Debug, PartialEq)]
pub struct Lamp {
    pub is_on: bool,
    pub brightness: f64,
}

pub struct Stage {
    pub app: App,
    pub memory: Memory,
}

pub fn ns(ns: i64) -> SessionTime {
    SessionTime::from_nanos(ns)
}

pub fn s(seconds: f64) -> SessionTime {
    SessionTime::from_secs(seconds).unwrap()
}

fn specs() -> Vec<PropertySpec> {
    let spec = |path: &str, default, range| PropertySpec {
        path: path.to_owned(),
        tags: Vec::new(),
        default,
        range,
    };
    let mut specs = vec![spec("Scene.Earth.Colour", Value::Numbers([0.0, 0.5, 1.0].into()), None)];
    for node in ["Earth", "Moon", "Mars"] {
        let path = |end: &str| format!("Scene.{node}.Renderable.{end}");
        specs.push(spec(&path("Enabled"), Value::Bool(true), None));
        specs.push(spec(&path("Fade"), Value::Number(1.0), Some((0.0, 1.0))));
    }
    specs
}

fn nodes() -> Vec<(String, Option<String>)> {
    [("Sun", None), ("Earth", Some("Sun")), ("Moon", Some("Earth")), ("Mars", Some("Sun"))]
        .map(|(name, parent)| (name.to_owned(), parent.map(str::to_owned)))
        .to_vec()
}

/// Moves everything on from where it is.
fn act(
    step: Res<Step>,
    mut session: ResMut<RunningSession>,
    mut cameras: Query<&mut Transform, With<RecordedCamera>>,
    mut own: Query<&mut AnchoredCamera>,
    mut lamps: Query<&mut Lamp>,
) {
    let dt = step.0.as_secs();
    if !session.get().is_live() || dt == 0.0 {
        return;
    }
    for mut at in &mut cameras {
        at.translation.x += dt as f32;
        at.rotation = (at.rotation * Quat::from_rotation_y(dt as f32 * 0.3)).normalize();
    }
    for mut at in &mut own {
        let pose = at.0.leading().clone();
        let position_m = pose.position_m + DVec3::new(0.0, 1e7, 0.1) * dt;
        let rotation = (pose.rotation * DQuat::from_rotation_x(dt)).normalize();
        at.0 = FramePose::One(AnchoredPose { position_m, rotation, ..pose });
    }
    for mut lamp in &mut lamps {
        lamp.brightness = (lamp.brightness + dt) % 3.0;
        lamp.is_on = (lamp.brightness * 10.0) as i64 % 2 == 0;
    }
}

impl Stage {
    /// Nothing but the plugin.
    pub fn bare() -> Self {
        let memory = Memory::default();
        let mut app = App::new();
        let plugin = SkyreelPlugin::new(memory.clone()).with_time(TimeSource::Manual);
        app.add_plugins((TransformPlugin, plugin));
        Self { app, memory }
    }

    pub fn new() -> Self {
        let mut stage = Self::bare();
        let app = &mut stage.app;
        app.record_field::<Lamp>("On", |l| Value::Bool(l.is_on), |l, v| v.put(&mut l.is_on))
            .record_field::<Lamp>(
                "Brightness",
                |l| Value::Number(l.brightness),
                |l, v| v.put(&mut l.brightness),
            )
            .add_systems(Update, act);
        let world = app.world_mut();
        LiveScene::new(&specs(), nodes()).join(world);
        world.spawn((RecordedCamera::new("main"), Transform::from_xyz(1.0, 2.0, 3.0)));
        let pose = AnchoredPose {
            anchor: NodeName::new("Earth"),
            follow_rotation: true,
            position_m: DVec3::new(7e6, -1e3, 0.25),
            rotation: DQuat::from_rotation_z(0.5),
            scale: 1.0,
        };
        world.spawn((RecordedCamera::new("side"), AnchoredCamera(FramePose::One(pose))));
        world.spawn((Recorded::new("Desk"), Lamp { is_on: true, brightness: 0.5 }));
        stage
    }

    pub fn frame(&mut self, span: SessionTime) {
        self.app.insert_resource(Step(span));
        self.app.update();
    }

    /// Seconds of thirtieths.
    pub fn wait(&mut self, seconds: f64) {
        for _ in 0..(seconds * 30.0).round() as usize {
            self.frame(ns(33_333_333));
        }
    }

    /// What becomes of a command in a frame in which no time passes.
    pub fn say(&mut self, line: &str) -> Outcome {
        self.say_as(line, Role::Administrator)
    }

    pub fn say_as(&mut self, line: &str, role: Role) -> Outcome {
        let (send, receive) = sync_channel(4);
        let command = said(line).unwrap();
        let requests = self.app.world().resource::<Requests>().clone();
        let id = requests.send_as(command, Origin::Network, role, Some(send)).unwrap();
        self.frame(SessionTime::ZERO);
        let answered = receive.try_recv().unwrap();
        assert_eq!(answered.id, id);
        assert!(receive.try_recv().is_err(), "two outcomes");
        answered.outcome
    }

    /// The same for what has to be done.
    pub fn done(&mut self, line: &str) {
        let outcome = self.say(line);
        assert!(outcome.is_done(), "{line}: {outcome:?}");
    }

    /// Commands, all in the frame to come.
    pub fn ask(&mut self, line: &str) {
        self.app.world().resource::<Requests>().say(line).unwrap();
    }

    pub fn session(&mut self) -> Mut<'_, RunningSession> {
        self.app.world_mut().resource_mut::<RunningSession>()
    }

    pub fn mode(&mut self) -> ModeView {
        self.session().get().view()
    }

    pub fn snapshot(&self) -> Snapshot {
        (*self.app.world().resource::<Published>().0).clone()
    }

    pub fn told(&mut self) -> Vec<String> {
        let all = self.session().get().notices().all();
        all.iter().map(|notice| notice.text.clone()).collect()
    }

    pub fn observe(&mut self) -> Frame {
        observe(self.app.world_mut())
    }

    pub fn at(&mut self) -> SessionTime {
        match self.mode() {
            ModeView::Playing(view) => view.at,
            other => panic!("{other:?}"),
        }
    }

    /// Whether everything is as a recording says of a moment.
    pub fn assert_shows(&mut self, recording: &Recording, at: SessionTime) {
        let (wanted, found) = (sample(recording, at), self.observe());
        assert_eq!(found.clock, wanted.clock, "at {at}");
        for (path, value) in wanted.properties.iter() {
            assert_eq!(found.properties.get(path), Some(value), "{path} at {at}");
        }
        for view in &wanted.views {
            let (found, wanted) = (&found.view(&view.name).unwrap().pose, &view.pose);
            if view.name == "side" {
                assert_eq!(found.leading(), wanted.leading(), "at {at}");
                continue;
            }
            let (found, wanted) = (found.leading(), wanted.leading());
            assert_eq!(found.position_m, wanted.position_m.as_vec3().as_dvec3(), "at {at}");
            assert_eq!(found.rotation, wanted.rotation.as_quat().as_dquat(), "at {at}");
        }
    }
}

/// Whether what was seen at two moments is the same, as exactly as what holds it.
pub fn assert_same(found: &Frame, wanted: &Frame, why: &str) {
    assert_eq!(found.clock, wanted.clock, "{why}");
    assert_eq!(found.properties, wanted.properties, "{why}");
    assert_eq!(found.views.len(), wanted.views.len(), "{why}");
    for (found, wanted) in found.views.iter().zip(&wanted.views) {
        assert_eq!((&found.name, found.vfov_deg), (&wanted.name, wanted.vfov_deg), "{why}");
        let (FramePose::One(found), FramePose::One(wanted)) = (&found.pose, &wanted.pose) else {
            panic!("{why}: on the way, {:?}", Path::AsRecorded);
        };
        assert_eq!(found.position_m, wanted.position_m, "{why}");
        assert_eq!(found.anchor, wanted.anchor, "{why}");
        // A quaternion of f32 is of unit length to seven digits.
        assert!(found.rotation.dot(wanted.rotation).abs() > 1.0 - 1e-6, "{why}");
    }
}

/// Twenty seconds in which much happens, recorded as `tour`; and every frame of it as it was.
pub fn tour(stage: &mut Stage) -> Vec<(SessionTime, Frame)> {
    let mut dice = Dice(7);
    // Something is under way when it begins.
    stage.ask("scene.set Scene.Mars.Renderable.Fade 0 over_s=3 easing=BounceEaseOut");
    stage.ask("clock.rate 3600 over_s=2");
    stage.frame(ns(500_000_000));
    stage.ask("record.start tour");
    let lines = [
        "scene.set Scene.Earth.Renderable.Fade 0.25 over_s=2",
        "scene.set Scene.Earth.Renderable.Fade 1 over_s=0.5 easing=SineEaseIn",
        "scene.set Scene.Mars.Renderable.Fade 1 over_s=1.5",
        "scene.set Scene.*.Fade 0.5 over_s=1",
        "scene.set Scene.Earth.Colour [1,0,0] over_s=3",
        "scene.toggle Moon",
        "scene.show Moon over_s=1",
        "scene.hide Earth over_s=1",
        "scene.solo Mars",
        "scene.unsolo",
        "scene.set Desk.On false",
        "scene.reset",
        "clock.faster",
        "clock.slower",
        "clock.set 2026-03-07T18:30:00 over_s=1",
        "clock.jump -1M over_s=0",
        "clock.pause",
        "clock.resume over_s=0",
        "record.mark here",
    ];
    let mut frames = Vec::new();
    let mut span = SessionTime::ZERO;
    while frames.last().is_none_or(|(at, _)| *at < s(20.0)) {
        if dice.roll(4) == 0 {
            let line = *dice.pick(&lines);
            stage.ask(line);
        }
        stage.frame(span);
        let ModeView::Recording(view) = stage.mode() else { panic!("{:?}", stage.told()) };
        let seen = stage.observe();
        frames.push((view.elapsed, seen));
        span = ns(1 + dice.roll(120_000_000) as i64);
    }
    stage.done("record.stop");
    frames
}
