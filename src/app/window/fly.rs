//! Flying the navigation camera, by hand and on flights. How a camera flies is `skyreel-nav`'s to say.

use bevy::input::mouse::AccumulatedMouseScroll;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::input::EguiWantsInput;
use bevy_skyreel::{AnchoredCamera, LiveScene, Requests, RunningSession, Step};
use glam::{DQuat, DVec3};
use skyreel_core::command::{Command, NavigateCommand, Origin, PlayCommand};
use skyreel_core::frame::FramePose;
use skyreel_core::pose::{AnchoredPose, NodeName};
use skyreel_core::recording::DEFAULT_VFOV_DEG;
use skyreel_core::role::Role;
use skyreel_core::snapshot::ModeView;
use skyreel_core::time::{SessionSpan, SessionTime};
use skyreel_nav::{Flight, Flyer, Hand, Keys, Settings, Target};

use super::hand::{Mouse, held_keys, modifiers, move_mouse, notches};
use super::navigate::plan;
use super::stage::{Stage, regions};
use super::views::{Layout, Navigation};

/// Who flies the navigation camera.
#[derive(Resource)]
pub struct Pilot {
    /// Who flies by hand.
    pub flyer: Flyer,
    /// The flight that is under way.
    pub flight: Option<UnderWay>,
    /// Whether a journey flies the camera.
    pub is_led: bool,
    /// What other programs push, as held keys would.
    pub pushed: Keys,
}

/// A flight that is under way.
pub struct UnderWay {
    /// The way.
    pub flight: Flight,
    /// Where it leads, in words.
    pub to: String,
    /// For how long.
    pub since: SessionSpan,
}

impl UnderWay {
    /// One that begins.
    pub fn new(flight: Flight, to: String) -> Self {
        Self { flight, to, since: SessionTime::ZERO }
    }
}

impl Pilot {
    /// A pilot of a camera that is there.
    pub fn new(pose: AnchoredPose) -> Self {
        Self {
            flyer: Flyer::new(pose, Settings::default()),
            flight: None,
            is_led: false,
            pushed: Keys::default(),
        }
    }

    /// Whether the camera moves by itself.
    pub fn is_moving(&self) -> bool {
        self.flight.is_some() || self.flyer.is_moving() || self.pushed != Keys::default()
    }

    /// Takes over a camera, at rest.
    pub fn take(&mut self, pose: AnchoredPose) {
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
        (pilot.flight, pilot.pushed) = (None, Keys::default());
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
    let pose = go_on(pilot, &stage, step.0, hand);
    camera.set_if_neq(AnchoredCamera(FramePose::One(pose)));
}

/// The same without a window: flights, and what other programs push.
pub fn drift(
    mut pilot: ResMut<Pilot>,
    mut session: ResMut<RunningSession>,
    mut camera: Single<&mut AnchoredCamera, With<Navigation>>,
    (stage, step): (Res<Stage>, Res<Step>),
    live: Res<LiveScene>,
) {
    let pilot = &mut *pilot;
    if live.is_changed() {
        pilot.flyer.settings = Settings::from_properties(|path| live.values().get(path).cloned());
    }
    if !session.bypass_change_detection().get().is_live() {
        (pilot.flight, pilot.pushed) = (None, Keys::default());
        return;
    }
    if pilot.is_led || !pilot.is_moving() {
        return;
    }
    let present = one_pose(&stage, &camera.0);
    if present != *pilot.flyer.pose() && pilot.flight.is_none() {
        pilot.take(present);
    }
    let hand = Hand { vfov_deg: DEFAULT_VFOV_DEG, ..Hand::default() };
    let pose = go_on(pilot, &stage, step.0, hand);
    camera.set_if_neq(AnchoredCamera(FramePose::One(pose)));
}

/// Where the camera is after so long: on its flight, which a hand ends, or where hand and push lead it.
fn go_on(pilot: &mut Pilot, stage: &Stage, span: SessionSpan, mut hand: Hand) -> AnchoredPose {
    let Keys { orbit, zoom, pan, heading, roll, look } = pilot.pushed;
    let keys = &mut hand.keys;
    keys.orbit += orbit;
    keys.zoom += zoom;
    keys.pan += pan;
    keys.heading += heading;
    keys.roll += roll;
    keys.look += look;
    let terrain = stage.terrain();
    let Some(under_way) = &mut pilot.flight else {
        return pilot.flyer.advance(span.as_secs(), &hand, &terrain);
    };
    under_way.since = under_way.since.saturating_add(span);
    let at_s = under_way.since.as_secs();
    let pose = under_way.flight.pose_at(at_s, &terrain);
    if at_s >= under_way.flight.duration_s() || !hand.is_idle() {
        pilot.take(pose.clone());
    }
    pose
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
