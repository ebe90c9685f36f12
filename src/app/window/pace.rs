//! When time passes and when pictures are drawn: nothing passes before the first picture is there, and
//! nothing is drawn where nothing moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bevy::core_pipeline::Core3d;
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::renderer::ViewQuery;
use bevy::time::Real;
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::EguiContexts;
use bevy_skyreel::{LiveScene, RunningSession, SceneClock, Step};
use skyreel_core::snapshot::ModeView;
use skyreel_core::time::SessionSpan;

use super::edits::Editing;
use super::fly::{Hands, Pilot};
use super::preview::Previews;
use super::scripts::Scripts;
use crate::app::draw::{DrawSystems, Shown};

/// Between two looks where nothing moves; what the person does is seen at once.
const IDLE_WAIT: Duration = Duration::from_millis(500);

/// Between two pictures where nothing moves but a clock in real time, which nobody sees move.
const CLOCK_WAIT: Duration = Duration::from_millis(100);

/// Between two looks whether something is new for whoever looks on from elsewhere.
const PREVIEW_WAIT: Duration = Duration::from_millis(66);

/// The longest that a frame lets pass: whoever stops the program for a while does not miss a show.
const LONGEST: SessionSpan = SessionSpan::from_nanos(1_000_000_000);

/// Whether a picture has been painted yet: until then nothing begins, however long the graphics driver
/// takes to get ready.
#[derive(Resource, Clone, Default)]
pub struct Curtain(Arc<AtomicBool>);

impl Curtain {
    /// Whether something can be seen.
    pub fn is_up(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Joins an app with a window.
pub fn join(app: &mut App) {
    let curtain = Curtain::default();
    app.insert_resource(curtain.clone());
    if let Some(render_app) = app.get_sub_app_mut(RenderApp) {
        render_app
            .insert_resource(curtain)
            .add_systems(Core3d, raise_curtain.in_set(DrawSystems::Painted));
    }
}

fn raise_curtain(_painted: ViewQuery<&Shown>, curtain: Res<Curtain>) {
    curtain.0.store(true, Ordering::Relaxed);
}

/// Lets pass what went by since the last frame.
pub fn pass(
    mut step: ResMut<Step>,
    time: Res<Time<Real>>,
    curtain: Res<Curtain>,
    mut ready: Local<bool>,
) {
    let ns = i64::try_from(time.delta().as_nanos()).unwrap_or(i64::MAX);
    // The step in which the first picture came includes the wait for it, and does not count.
    step.0 = if *ready { SessionSpan::from_nanos(ns).min(LONGEST) } else { SessionSpan::ZERO };
    *ready = curtain.is_up();
}

/// Draws as fast as the display shows while there is motion, and next to nothing where there is none.
#[expect(clippy::too_many_arguments, reason = "everything that can move is asked")]
pub fn rest(
    mut session: ResMut<RunningSession>,
    clock: Res<SceneClock>,
    (pilot, hands): (Res<Pilot>, Res<Hands>),
    mut live: ResMut<LiveScene>,
    (curtain, editing, previews): (Res<Curtain>, Res<Editing>, Res<Previews>),
    scripts: Option<NonSend<Scripts>>,
    mut contexts: EguiContexts,
    mut settings: ResMut<WinitSettings>,
) {
    let session = session.bypass_change_detection().get();
    let (is_playing, is_recording) = match session.view() {
        ModeView::Playing(view) => (view.is_moving, false),
        ModeView::Recording(_) => (false, true),
        ModeView::Idle => (false, false),
    };
    let at = clock.clock.sample();
    let is_fast = clock.clock.is_moving() && (at.rate.abs() > 1.0 || session.wants_frames());
    let wants_more = contexts.ctx_mut().is_ok_and(|ctx| ctx.has_requested_repaint());
    let moves = !curtain.is_up()
        || scripts.is_some_and(|scripts| scripts.is_busy())
        || is_playing
        || is_recording
        || is_fast
        || pilot.is_moving()
        || hands.is_asked()
        || pilot.is_led
        || session.is_finishing()
        || live.bypass_change_detection().live().is_moving()
        || wants_more;
    let mode = if moves {
        UpdateMode::Continuous
    } else if previews.are_wanted() {
        UpdateMode::reactive(PREVIEW_WAIT)
    } else if clock.clock.is_moving() || editing.is_busy() {
        UpdateMode::reactive(CLOCK_WAIT)
    } else {
        UpdateMode::reactive(IDLE_WAIT)
    };
    // Whether the window has the focus makes no difference: a show goes on while notes are read.
    if settings.focused_mode != mode {
        (settings.focused_mode, settings.unfocused_mode) = (mode, mode);
    }
}
