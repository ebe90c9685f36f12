//! Flying the navigation camera: the hand's drags and keys, flights to a place, and what can be asked
//! of where it is. How a camera flies is `skyreel-nav`'s to say.

use bevy::input::mouse::{AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::input::EguiWantsInput;
use bevy_skyreel::{
    AnchoredCamera, CommandGroups, Draft, LiveScene, Requests, RunningSession, Step,
};
use glam::{DQuat, DVec2, DVec3};
use skyreel_core::command::{Command, Group, NavigateCommand, Origin, PlayCommand};
use skyreel_core::frame::FramePose;
use skyreel_core::live::nearest;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::pose::{AnchoredPose, NodeName, to_wxyz, unit_rotation};
use skyreel_core::recording::DEFAULT_VFOV_DEG;
use skyreel_core::role::Role;
use skyreel_core::snapshot::{FlightView, ModeView, NavigationView};
use skyreel_core::time::{SessionSpan, SessionTime};
use skyreel_nav::{Button, Flight, Flyer, Hand, Keys, Modifiers, Settings, Target, Wishes};

use super::stage::{Stage, regions, sun};
use super::views::{Layout, Navigation};

/// Two presses within this are a double click, seconds.
const DOUBLE_CLICK_S: f64 = 0.4;

/// Who flies the navigation camera.
#[derive(Resource)]
pub struct Pilot {
    flyer: Flyer,
    flight: Option<UnderWay>,
    /// Since when the camera is flown by somebody else: a journey.
    pub is_led: bool,
}

struct UnderWay {
    flight: Flight,
    to: String,
    since: SessionSpan,
}

impl Pilot {
    /// A pilot of a camera that is there.
    pub fn new(pose: AnchoredPose) -> Self {
        Self { flyer: Flyer::new(pose, Settings::default()), flight: None, is_led: false }
    }

    /// Whether the camera moves by itself.
    pub fn is_moving(&self) -> bool {
        self.flight.is_some() || self.flyer.is_moving()
    }

    fn take(&mut self, pose: AnchoredPose) {
        self.flight = None;
        self.flyer.take(pose);
    }
}

/// Where a camera of one's own begins: before the Earth.
pub fn first_pose(stage: &Stage) -> AnchoredPose {
    let node = ["Earth", "Sun"].into_iter().find(|name| stage.scene().id(name).is_some());
    let first = || stage.scene().nodes().first().map(|node| node.name.clone());
    let anchor = node.map(NodeName::new).or_else(first).unwrap_or_else(|| NodeName::new(""));
    let from = AnchoredPose {
        anchor: anchor.clone(),
        follow_rotation: false,
        position_m: DVec3::new(4e7, 0.0, 1e7),
        rotation: DQuat::IDENTITY,
        scale: 1.0,
    };
    match plan(stage, &from, &Target::Node { name: anchor }, None, &Settings::default()) {
        Ok(flight) => flight.end().clone(),
        Err(_) => from,
    }
}

/// What the mouse is doing.
#[derive(Default)]
pub struct Mouse {
    held: Option<MouseButton>,
    at: Option<Vec2>,
    pressed: Option<(f64, Vec2)>,
}

/// Flies the camera by what hand and keys ask for, while nothing is played.
#[expect(clippy::too_many_arguments, reason = "everything that moves a camera comes together here")]
pub fn fly(
    mut pilot: ResMut<Pilot>,
    mut session: ResMut<RunningSession>,
    mut camera: Single<&mut AnchoredCamera, With<Navigation>>,
    stage: Res<Stage>,
    live: Res<LiveScene>,
    layout: Res<Layout>,
    step: Res<Step>,
    (wants, requests, time): (Res<EguiWantsInput>, Res<Requests>, Res<Time<Real>>),
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    (buttons, keys): (Res<ButtonInput<MouseButton>>, Res<ButtonInput<KeyCode>>),
    scroll: Res<AccumulatedMouseScroll>,
    mut mouse: Local<Mouse>,
) {
    let pilot = &mut *pilot;
    if live.is_changed() {
        pilot.flyer.settings = Settings::from_properties(|path| live.values().get(path).cloned());
    }
    let mut hand = Hand { vfov_deg: DEFAULT_VFOV_DEG, ..Hand::default() };
    let mut chosen = None;
    if let Some(window) = &window {
        let held = modifiers(&keys);
        chosen = move_mouse(
            &mut mouse,
            window,
            &buttons,
            &wants,
            time.elapsed_secs_f64(),
            |button, by| {
                hand.drag(button, held, by, &pilot.flyer.settings);
            },
        );
        if !wants.wants_pointer_input() {
            hand.wheel_notches = notches(&scroll);
        }
    }
    if !wants.wants_keyboard_input() {
        hand.keys = held_keys(&keys);
    }
    let session = session.bypass_change_detection().get();
    if !session.is_live() {
        pilot.flight = None;
        // Whoever takes the camera after the end takes over.
        let mut playing = hand.clone();
        playing.keys = Keys::default();
        if !playing.is_idle() && matches!(session.view(), ModeView::Playing(view) if view.has_ended)
        {
            say(&requests, Command::Play(PlayCommand::Stop {}));
        }
        return;
    }
    if pilot.is_led {
        return;
    }
    let present = one_pose(&stage, &camera.0);
    if present != *pilot.flyer.pose() && pilot.flight.is_none() {
        pilot.take(present);
    }
    if let (Some((at, node_focus)), Some(window)) = (chosen, &window)
        && node_focus
        && let Some(name) = node_under(&stage, &layout, &camera.0, window, at)
    {
        say(&requests, Command::Navigate(NavigateCommand::Focus { node: name.to_string() }));
    }
    let terrain = stage.terrain();
    if let Some(under_way) = &mut pilot.flight {
        under_way.since = under_way.since.saturating_add(step.0);
        let at_s = under_way.since.as_secs();
        let pose = under_way.flight.pose_at(at_s, &terrain);
        let is_over = at_s >= under_way.flight.duration_s();
        if is_over || !hand.is_idle() {
            pilot.take(pose.clone());
        }
        camera.set_if_neq(AnchoredCamera(FramePose::One(pose)));
        return;
    }
    let pose = pilot.flyer.advance(step.0.as_secs(), &hand, &terrain);
    camera.set_if_neq(AnchoredCamera(FramePose::One(pose)));
}

/// A camera on its way between two poses is, when it is taken over, where it is in the world.
pub fn one_pose(stage: &Stage, pose: &FramePose) -> AnchoredPose {
    match (pose, stage.resolve(pose)) {
        (FramePose::Two { .. }, Some(at)) => AnchoredPose {
            anchor: at.anchor,
            follow_rotation: false,
            position_m: at.offset_m,
            rotation: at.rotation,
            scale: at.scale,
        },
        (pose, _) => pose.leading().clone(),
    }
}

fn say(requests: &Requests, command: Command) {
    // Where thousands wait already, one more wish of the mouse is not missed.
    let _ = requests.send_as(command, Origin::Window, Role::Presenter, None);
}

fn modifiers(keys: &ButtonInput<KeyCode>) -> Modifiers {
    use KeyCode::{ControlLeft, ControlRight, ShiftLeft, ShiftRight, SuperLeft, SuperRight};
    Modifiers {
        shift: keys.any_pressed([ShiftLeft, ShiftRight]),
        ctrl: keys.any_pressed([ControlLeft, ControlRight, SuperLeft, SuperRight]),
    }
}

/// Follows the mouse. Drags that began on the scene are handed on, in parts of the window's height;
/// a press on the scene is returned with its place, and whether it was the second of two.
fn move_mouse(
    mouse: &mut Mouse,
    window: &Window,
    buttons: &ButtonInput<MouseButton>,
    wants: &EguiWantsInput,
    now_s: f64,
    mut drag: impl FnMut(Button, DVec2),
) -> Option<(Vec2, bool)> {
    let at = window.cursor_position();
    let moved = match (mouse.at, at) {
        (Some(before), Some(at)) => (at - before) / window.height().max(1.0),
        _ => Vec2::ZERO,
    };
    mouse.at = at;
    let all = [MouseButton::Left, MouseButton::Middle, MouseButton::Right];
    let mut pressed = None;
    if let Some(button) = all.into_iter().find(|button| buttons.just_pressed(*button))
        && !wants.wants_pointer_input()
        && let Some(at) = at
    {
        mouse.held = Some(button);
        if button == MouseButton::Left {
            let is_second = mouse.pressed.take().is_some_and(|(before_s, place)| {
                now_s - before_s <= DOUBLE_CLICK_S && place.distance(at) < 6.0
            });
            if !is_second {
                mouse.pressed = Some((now_s, at));
            }
            pressed = Some((at, is_second));
        }
    }
    match mouse.held {
        Some(button) if buttons.pressed(button) => {
            let button = match button {
                MouseButton::Middle => Button::Middle,
                MouseButton::Right => Button::Right,
                _ => Button::Left,
            };
            drag(button, moved.as_dvec2());
        }
        _ => mouse.held = None,
    }
    pressed
}

fn notches(scroll: &AccumulatedMouseScroll) -> f64 {
    let lines = match scroll.unit {
        MouseScrollUnit::Line => 1.0,
        // As much as browsers take for a line.
        MouseScrollUnit::Pixel => 1.0 / 40.0,
    };
    f64::from(scroll.delta.y) * lines
}

/// Arrows orbit; with Ctrl they look around, with Shift they turn and tilt the horizon; Page Up and
/// Page Down go nearer and farther; W, A, S, D go along.
fn held_keys(keys: &ButtonInput<KeyCode>) -> Keys {
    let push = |less: KeyCode, more: KeyCode| {
        f64::from(u8::from(keys.pressed(more))) - f64::from(u8::from(keys.pressed(less)))
    };
    let arrows = DVec2::new(
        push(KeyCode::ArrowLeft, KeyCode::ArrowRight),
        push(KeyCode::ArrowDown, KeyCode::ArrowUp),
    );
    let held = modifiers(keys);
    let mut asked = Keys { zoom: push(KeyCode::PageDown, KeyCode::PageUp), ..Keys::default() };
    match (held.ctrl, held.shift) {
        (true, _) => asked.look = arrows,
        (false, true) => (asked.heading, asked.roll) = (arrows.x, arrows.y),
        (false, false) => {
            asked.orbit = arrows;
            let along =
                DVec2::new(push(KeyCode::KeyA, KeyCode::KeyD), push(KeyCode::KeyS, KeyCode::KeyW));
            asked.pan = along;
        }
    }
    asked
}

/// The node under a place of the window, where that is in the navigation camera's picture.
fn node_under(
    stage: &Stage,
    layout: &Layout,
    pose: &FramePose,
    window: &Window,
    at: Vec2,
) -> Option<NodeName> {
    let at = at * window.scale_factor();
    let names = layout.on_screen();
    let regions = regions(window.physical_size(), names.len());
    let mut places = names.iter().zip(regions);
    let (_, region) = places.find(|(name, _)| *name == skyreel_core::recording::MAIN_VIEW)?;
    let corner = Vec2::new(region.x as f32, region.y as f32);
    let size = UVec2::new(region.width, region.height);
    let within = at - corner;
    let is_inside = within.min_element() >= 0.0 && within.cmplt(size.as_vec2()).all();
    let camera = stage.resolve(pose).filter(|_| is_inside)?;
    stage.node_at(&camera, DEFAULT_VFOV_DEG, size, within)
}

fn plan(
    stage: &Stage,
    from: &AnchoredPose,
    target: &Target,
    over_s: Option<f64>,
    settings: &Settings,
) -> Result<Flight, Refusal> {
    let bodies = stage.scene().nodes().iter().filter(|node| node.body.is_some());
    let wishes = Wishes {
        duration_s: over_s,
        obstacles: bodies.map(|node| node.name.clone()).collect(),
        sun: sun(stage.scene()).and_then(|id| stage.scene().node(id)).map(|node| node.name.clone()),
        settings: settings.clone(),
        ..Wishes::default()
    };
    Flight::plan(from, target, &wishes, &stage.terrain()).map_err(|e| Refusal::Other(e.to_string()))
}

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::Navigate, |world, command| match command {
        Command::Navigate(command) => obey(world, command).into(),
        _ => Outcome::DONE,
    });
}

/// Where a camera is, as an answer.
#[derive(serde::Serialize)]
struct Pose {
    anchor: String,
    position_m: [f64; 3],
    rotation_wxyz: [f64; 4],
    follow: bool,
}

fn obey(world: &mut World, command: NavigateCommand) -> Result<serde_json::Value, Refusal> {
    if !matches!(command, NavigateCommand::Get {}) {
        world.resource_mut::<RunningSession>().get().drive()?;
    }
    world.resource_scope(|world, mut pilot: Mut<Pilot>| {
        let mut cameras = world.query_filtered::<&mut AnchoredCamera, With<Navigation>>();
        let no_camera = |_| Refusal::Other("there is no navigation camera".to_owned());
        let present = cameras.single(world).map_err(no_camera)?.0.clone();
        let stage = world.resource::<Stage>();
        let present = one_pose(stage, &present);
        if pilot.flyer.pose() != &present {
            pilot.flyer.take(present.clone());
        }
        let at = steer(&mut pilot, stage, present, command)?;
        let Some(pose) = at else { return Ok(serde_json::Value::Null) };
        let answer = Pose {
            anchor: pose.anchor.to_string(),
            position_m: pose.position_m.to_array(),
            rotation_wxyz: to_wxyz(pose.rotation),
            follow: pose.follow_rotation,
        };
        if let Ok(mut camera) = cameras.single_mut(world) {
            camera.set_if_neq(AnchoredCamera(FramePose::One(pose)));
        }
        Ok(serde_json::to_value(answer).unwrap_or_default())
    })
}

/// Does what was asked; where the camera is then, if it is there at once.
fn steer(
    pilot: &mut Pilot,
    stage: &Stage,
    present: AnchoredPose,
    command: NavigateCommand,
) -> Result<Option<AnchoredPose>, Refusal> {
    let above =
        |node: Option<String>, latitude_deg, longitude_deg, altitude_m| -> Result<_, Refusal> {
            let node = match node {
                Some(node) => known(stage, &node)?,
                None => present.anchor.clone(),
            };
            Ok(Target::Place { node, latitude_deg, longitude_deg, altitude_m })
        };
    let (target, over_s, flies) = match command {
        NavigateCommand::Get {} => return Ok(Some(present)),
        NavigateCommand::Stop {} => {
            pilot.take(present);
            return Ok(None);
        }
        NavigateCommand::Focus { node } => {
            let name = known(stage, &node)?;
            pilot.flight = None;
            let refused = |e: skyreel_nav::UnknownNode| Refusal::Other(e.to_string());
            pilot.flyer.refocus(name.as_str(), &stage.terrain()).map_err(refused)?;
            pilot.flyer.retarget();
            return Ok(Some(pilot.flyer.pose().clone()));
        }
        NavigateCommand::Pose { anchor, position_m, rotation_wxyz, follow } => {
            let anchor = known(stage, &anchor)?;
            let pose = AnchoredPose {
                anchor,
                follow_rotation: follow,
                position_m: DVec3::from_array(position_m),
                rotation: unit_rotation(rotation_wxyz),
                scale: 1.0,
            };
            (Target::Pose(pose), None, false)
        }
        NavigateCommand::FlyTo { node, over_s } => {
            (Target::Node { name: known(stage, &node)? }, over_s, true)
        }
        NavigateCommand::JumpTo { node } => {
            (Target::Node { name: known(stage, &node)? }, None, false)
        }
        NavigateCommand::FlyToGeo { node, latitude_deg, longitude_deg, altitude_m, over_s } => {
            (above(node, latitude_deg, longitude_deg, altitude_m)?, over_s, true)
        }
        NavigateCommand::JumpToGeo { node, latitude_deg, longitude_deg, altitude_m } => {
            (above(node, latitude_deg, longitude_deg, altitude_m)?, None, false)
        }
    };
    let flight = plan(stage, &present, &target, over_s, &pilot.flyer.settings)?;
    if !flies {
        pilot.take(flight.end().clone());
        return Ok(Some(flight.end().clone()));
    }
    let to = match target {
        Target::Node { name } => name.to_string(),
        Target::Place { node, latitude_deg, longitude_deg, .. } => {
            format!("{node} {latitude_deg}°, {longitude_deg}°")
        }
        Target::Pose(pose) => pose.anchor.to_string(),
    };
    pilot.flight = Some(UnderWay { flight, to, since: SessionTime::ZERO });
    Ok(None)
}

fn known(stage: &Stage, node: &str) -> Result<NodeName, Refusal> {
    let scene = stage.scene();
    let exact = scene.id(node).and_then(|id| scene.node(id));
    // People say the name that they read.
    let found =
        exact.or_else(|| scene.nodes().iter().find(|n| n.label().eq_ignore_ascii_case(node)));
    found.map(|node| node.name.clone()).ok_or_else(|| Refusal::Unknown {
        what: "node",
        found: node.to_owned(),
        nearest: nearest(scene.nodes().iter().map(|node| node.name.as_str()), node),
    })
}

/// What faces show of it.
pub fn publish(
    pilot: Res<Pilot>,
    camera: Single<&AnchoredCamera, With<Navigation>>,
    stage: Res<Stage>,
    mut draft: ResMut<Draft>,
) {
    let pose = camera.0.leading();
    let place = stage.resolve(&camera.0).and_then(|at| {
        let id = stage.scene().id(at.anchor.as_str())?;
        stage.sky().below(at.offset_m, id)
    });
    draft.0.navigation = Some(NavigationView {
        focus: pose.anchor.to_string(),
        distance_m: pose.position_m.length(),
        altitude_m: place.map(|place| place.altitude_m),
        above_deg: place.map(|place| (place.latitude_deg, place.longitude_deg)),
        follows: pose.follow_rotation,
        flight: pilot.flight.as_ref().map(|under_way| FlightView {
            to: under_way.to.clone(),
            at_s: under_way.since.as_secs(),
            duration_s: under_way.flight.duration_s(),
        }),
    });
}
