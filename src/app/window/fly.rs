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
        Self { flyer: Flyer::new(pose, Settings::default()), flight: None, is_led: false }
    }

    /// Whether the camera moves by itself.
    pub fn is_moving(&self) -> bool {
        self.flight.is_some() || self.flyer.is_moving()
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

/// What hands ask of the camera: the one at the window in this frame, and one elsewhere for a while.
#[derive(Resource, Default)]
pub struct Hands {
    /// The one at the window.
    pub here: Hand,
    there: Keys,
    there_for: SessionSpan,
}

impl Hands {
    /// Takes what a hand elsewhere asks, in place of what it asked before.
    pub fn ask(&mut self, keys: Keys, lasts: SessionSpan) {
        (self.there, self.there_for) = (keys, lasts);
    }

    /// The one elsewhere asks for nothing any more.
    pub fn let_go(&mut self) {
        self.there_for = SessionSpan::ZERO;
    }

    /// Whether one elsewhere still asks for something.
    pub fn is_asked(&self) -> bool {
        self.there_for > SessionSpan::ZERO
    }

    /// What they ask for a step, which passes.
    fn pass(&mut self, step: SessionSpan) -> Hand {
        let mut hand = self.here.clone();
        if self.is_asked() {
            hand.keys = hand.keys.plus(&self.there);
        }
        self.there_for = self.there_for.saturating_sub(step).max(SessionSpan::ZERO);
        hand
    }
}

/// Reads mouse and keys of the window.
#[expect(
    clippy::too_many_arguments,
    reason = "all that a hand does at a window comes together here"
)]
pub fn read_hand(
    mut hands: ResMut<Hands>,
    (stage, layout, pilot): (Res<Stage>, Res<Layout>, Res<Pilot>),
    camera: Single<&AnchoredCamera, With<Navigation>>,
    mut session: ResMut<RunningSession>,
    (wants, requests, time): (Res<EguiWantsInput>, Res<Requests>, Res<Time<Real>>),
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    (buttons, keys, scroll): (
        Res<ButtonInput<MouseButton>>,
        Res<ButtonInput<KeyCode>>,
        Res<AccumulatedMouseScroll>,
    ),
    mut mouse: Local<Mouse>,
) {
    let mut hand = Hand { vfov_deg: DEFAULT_VFOV_DEG, ..Hand::default() };
    let mut chosen = None;
    if let Some(window) = &window {
        let held = modifiers(&keys);
        let drag = |button, by| hand.drag(button, held, by, &pilot.flyer.settings);
        let now_s = time.elapsed_secs_f64();
        chosen = move_mouse(&mut mouse, window, &buttons, &wants, now_s, drag);
        if !wants.wants_pointer_input() {
            hand.wheel_notches = notches(&scroll);
        }
    }
    if !wants.wants_keyboard_input() {
        hand.keys = held_keys(&keys);
    }
    let is_free = session.bypass_change_detection().get().is_live() && !pilot.is_led;
    if let (Some((at, true)), Some(window), true) = (chosen, &window, is_free)
        && let Some(name) = node_under(&stage, &layout, &camera.0, window, at)
    {
        say(&requests, Command::Navigate(NavigateCommand::Focus { node: name.to_string() }));
    }
    hands.here = hand;
}

/// Flies the camera by what hands ask for, while nothing is played.
pub fn fly(
    (mut pilot, mut hands): (ResMut<Pilot>, ResMut<Hands>),
    mut session: ResMut<RunningSession>,
    mut camera: Single<&mut AnchoredCamera, With<Navigation>>,
    (stage, live, step): (Res<Stage>, Res<LiveScene>, Res<Step>),
    requests: Res<Requests>,
) {
    let pilot = &mut *pilot;
    if live.is_changed() {
        pilot.flyer.settings = Settings::from_properties(|path| live.values().get(path).cloned());
    }
    let hand = hands.pass(step.0);
    let session = session.bypass_change_detection().get();
    if !session.is_live() {
        pilot.flight = None;
        hands.let_go();
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
