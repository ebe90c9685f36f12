//! The window: plays one recording in real time. Which picture belongs to a moment is the
//! projector's to say, which moment it is the playhead's; here are keys, clock and screen.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;

use bevy::app::AppExit;
use bevy::camera::CameraUpdateSystems;
use bevy::core_pipeline::Core3d;
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::renderer::ViewQuery;
use bevy::render::view::Msaa;
use bevy::time::Real;
use bevy::winit::{UpdateMode, WinitSettings};
use skyreel_core::player::Playhead;
use skyreel_core::time::{SessionSpan, SessionTime};

use super::base;
use super::draw::stock::Stock;
use super::draw::{DrawPlugin, DrawSystems, Shown};
use super::projector::{CannotShow, Projector};

/// Size that the window opens with, pixels before scaling.
const SIZE: (u32, u32) = (1280, 720);

/// How far an arrow key leads, nanoseconds.
const JUMP_NS: i64 = 10_000_000_000;

/// Between two looks at a picture that stands still; what the person does is seen at once.
const IDLE_WAIT: Duration = Duration::from_secs(1);

/// Why a window closed that nobody closed.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// A moment could not be shown.
    #[error(transparent)]
    Show(#[from] CannotShow),
    /// Bevy or the display gave up; what it had to say is in the log.
    #[error("the window was lost: the display or the graphics driver failed")]
    Lost,
}

#[derive(Resource)]
struct Player {
    projector: Projector,
    playhead: Playhead,
    /// What the camera shows already.
    shown: Option<(SessionTime, UVec2)>,
    failure: SyncSender<CannotShow>,
}

/// Whether a picture has been painted yet: until then the recording waits at its start, however
/// long the graphics driver takes to get ready.
#[derive(Resource, Clone, Default)]
struct Curtain(Arc<AtomicBool>);

/// Opens a window and plays a recording in it until it is closed. Display and adapter must have
/// been probed before: Bevy panics where there is none.
///
/// # Errors
/// Where the window ends otherwise than by being closed.
pub fn play(title: &str, projector: Projector, stock: Arc<Stock>) -> Result<(), WindowError> {
    let (failure, failed) = sync_channel(1);
    let playhead = Playhead::new(projector.duration());
    let curtain = Curtain::default();
    let window = Window {
        title: format!("{title} — Skyreel"),
        name: Some("skyreel".to_owned()),
        resolution: SIZE.into(),
        ..Window::default()
    };
    let mut app = App::new();
    app.add_plugins(
        base::plugins()
            .set(WindowPlugin { primary_window: Some(window), ..WindowPlugin::default() }),
    )
    .add_plugins(DrawPlugin { stock })
    .insert_resource(ClearColor(Color::BLACK))
    .insert_resource(Player { projector, playhead, shown: None, failure })
    .insert_resource(curtain.clone())
    .add_systems(Startup, set_up_camera)
    .add_systems(Update, (advance, obey_keys, rest_while_still).chain())
    .add_systems(PostUpdate, show.after(CameraUpdateSystems));
    if let Some(render_app) = app.get_sub_app_mut(RenderApp) {
        render_app
            .insert_resource(curtain)
            .add_systems(Core3d, raise_curtain.in_set(DrawSystems::Painted));
    }
    match (app.run(), failed.try_recv()) {
        (_, Ok(cannot_show)) => Err(cannot_show.into()),
        (AppExit::Success, Err(_)) => Ok(()),
        (AppExit::Error(_), Err(_)) => Err(WindowError::Lost),
    }
}

fn set_up_camera(mut commands: Commands) {
    let camera = Camera { clear_color: ClearColorConfig::None, ..Camera::default() };
    commands.spawn((Camera3d::default(), camera, Msaa::Off, Tonemapping::None));
}

fn raise_curtain(_painted: ViewQuery<&Shown>, curtain: Res<Curtain>) {
    curtain.0.store(true, Ordering::Relaxed);
}

/// Lets the time pass that went by since the last time; before keys are obeyed, since it passed
/// before they were pressed.
fn advance(
    mut player: ResMut<Player>,
    time: Res<Time<Real>>,
    curtain: Res<Curtain>,
    mut ready: Local<bool>,
) {
    if *ready {
        let ns = i64::try_from(time.delta().as_nanos()).unwrap_or(i64::MAX);
        player.playhead.advance(SessionSpan::from_nanos(ns));
    }
    // The step in which the first picture came includes the wait for it, and does not count.
    *ready = curtain.0.load(Ordering::Relaxed);
}

fn obey_keys(
    mut keys: MessageReader<KeyboardInput>,
    mut player: ResMut<Player>,
    mut exit: MessageWriter<AppExit>,
) {
    let playhead = &mut player.playhead;
    for input in keys.read().filter(|input| input.state.is_pressed()) {
        match &input.logical_key {
            Key::ArrowLeft => playhead.jump(SessionSpan::from_nanos(-JUMP_NS)),
            Key::ArrowRight => playhead.jump(SessionSpan::from_nanos(JUMP_NS)),
            // A key held down is one wish, except where it leads further each time.
            _ if input.repeat => {}
            Key::Space => playhead.toggle(),
            Key::Home => playhead.restart(),
            Key::Escape => {
                exit.write(AppExit::Success);
            }
            Key::Character(text) if text.eq_ignore_ascii_case("q") => {
                exit.write(AppExit::Success);
            }
            _ => {}
        }
    }
}

/// Draws as fast as the display shows while there is motion, and next to nothing where there is none.
fn rest_while_still(
    player: Res<Player>,
    curtain: Res<Curtain>,
    mut settings: ResMut<WinitSettings>,
) {
    let waiting = !curtain.0.load(Ordering::Relaxed);
    let mode = if waiting || player.playhead.is_moving() {
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive_low_power(IDLE_WAIT)
    };
    // Whether the window has the focus makes no difference: a show goes on while notes are read.
    (settings.focused_mode, settings.unfocused_mode) = (mode, mode);
}

fn show(
    mut player: ResMut<Player>,
    camera: Single<(Entity, &Camera)>,
    mut commands: Commands,
    mut exit: MessageWriter<AppExit>,
) {
    let (entity, camera) = *camera;
    // A window that is not open yet, or folded away, has no size.
    let Some(size) = camera.physical_target_size().filter(|size| size.min_element() > 0) else {
        return;
    };
    let wanted = (player.playhead.at(), size);
    if player.shown == Some(wanted) {
        return;
    }
    match player.projector.picture(wanted.0, size.into()) {
        Ok(picture) => {
            commands.entity(entity).insert(Shown(Arc::new(picture)));
            player.shown = Some(wanted);
        }
        Err(error) => {
            // One place, one message: the exit that follows lets no second one come.
            let _ = player.failure.try_send(error);
            exit.write(AppExit::error());
        }
    }
}
