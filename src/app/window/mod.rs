//! The window: a scene to fly in, to record and to play. What each part of it does is in the files
//! beside this one; here they are put together.

mod desk;
mod door;
mod edits;
mod film;
mod fly;
mod hand;
mod host;
mod interface;
mod led;
mod led_script;
mod navigate;
mod pace;
mod preferences;
mod program;
mod screenshot;
mod scripts;
mod shelf;
mod stage;
mod studio;
mod typed;
mod views;
mod way;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bevy::app::{AppExit, ScheduleRunnerPlugin};
use bevy::camera::CameraUpdateSystems;
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::prelude::*;
use bevy::render::view::Msaa;
use bevy::window::{FileDragAndDrop, PrimaryWindow};
use bevy_egui::{EguiPlugin, EguiPostUpdateSet, EguiPrimaryContextPass};
use bevy_skyreel::{
    AnchoredCamera, CommandGroups, Draft, LiveScene, Memory, RecordedCamera, Requests,
    RunningSession, SceneClock, Showing, SkyreelPlugin, SkyreelSystems, TimeSource,
};
use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::clock::Clock;
use skyreel_core::clock_track::ClockSample;
use skyreel_core::command::{Command, PlayCommand, RecordCommand};
use skyreel_core::frame::FramePose;
use skyreel_core::recording::{MAIN_VIEW, Recording};
use skyreel_core::session::Shown;
use skyreel_core::settings::Settings;
use skyreel_core::snapshot::{NodeView, SceneView};
use skyreel_core::time::{SessionSpan, SessionTime, SimTime};
use skyreel_sky::Scene;
use skyreel_store::Footing;
use skyreel_store::settings::SettingsFile;

pub use self::door::Driven;
use self::fly::Pilot;
use self::interface::Interface;
use self::led::{Led, State};
pub use self::led_script::Errand;
use self::preferences::{Now, Preferences};
use self::stage::Stage;
use self::studio::Guests;
use self::views::{Layout, Navigation};
use super::base;
use super::draw::DrawPlugin;
use super::draw::stock::Stock;

/// Size that the window opens with at first, pixels before scaling.
const SIZE: [u32; 2] = [1280, 720];

/// How long the end of a recording is waited for when the window is closed.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// What a session in a window or without one is begun with.
pub struct Opening {
    /// The scene.
    pub scene: Arc<Scene>,
    /// What it was asked for by, where it was.
    pub scene_file: Option<PathBuf>,
    /// The settings.
    pub settings: Settings,
    /// Where they are kept; `None`: nowhere.
    pub settings_file: Option<SettingsFile>,
    /// Where recordings are where nothing is set.
    pub default_folder: PathBuf,
    /// A recording to play at once.
    pub play: Option<(PathBuf, Footing)>,
    /// What is recorded by itself.
    pub recording: Option<LedRecording>,
    /// The script that is run by itself.
    pub errand: Option<Errand>,
    /// How other programs find this one; `None`: not at all.
    pub driven: Option<Driven>,
}

/// A recording that makes itself.
pub struct LedRecording {
    /// The journey that the camera is led along.
    pub journey: Option<Recording>,
    /// How long.
    pub lasts: SessionSpan,
    /// What it is begun with.
    pub start: RecordCommand,
}

/// Why a window closed that nobody closed.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Bevy or the display gave up; what it had to say is in the log.
    #[error("the window was lost: the display or the graphics driver failed")]
    Lost,
    /// A recording that makes itself has failed; why is in the log.
    #[error("nothing, or not everything, was recorded")]
    NotRecorded,
    /// A script that is run by itself has failed; why was told.
    #[error("the script failed")]
    Failed,
}

/// Opens a window, until it is closed. Display and adapter must have been probed before: Bevy panics
/// where there is none.
///
/// # Errors
/// Where the window ends otherwise than by being closed.
pub fn open(opening: Opening, stock: Arc<Stock>) -> Result<(), WindowError> {
    let is_led = opening.recording.is_some();
    let [width, height] = opening.settings.window_size_px.unwrap_or(SIZE);
    let window = Window {
        title: title(&opening),
        name: Some("skyreel".to_owned()),
        resolution: (width, height).into(),
        ..Window::default()
    };
    let mut app = App::new();
    app.add_plugins(
        base::plugins()
            .set(WindowPlugin { primary_window: Some(window), ..WindowPlugin::default() }),
    )
    .add_plugins((DrawPlugin { stock: Arc::clone(&stock) }, EguiPlugin::default()))
    .insert_resource(ClearColor(Color::BLACK))
    .insert_resource(stage::Pictures::new(&opening.scene, stock))
    .init_resource::<Interface>()
    .init_resource::<typed::Typed>()
    .init_resource::<way::Way>();
    // Letters that are new in a frame are there in that frame.
    app.configure_sets(
        PostUpdate,
        EguiPostUpdateSet::PostProcessOutput.before(bevy::asset::AssetEventSystems),
    );
    pace::join(&mut app);
    set_up(&mut app, opening, TimeSource::Manual);
    screenshot::join(&mut app);
    program::join(&mut app.world_mut().resource_mut::<CommandGroups>());
    app.add_systems(Startup, set_up_camera)
        .add_systems(First, pace::pass.after(bevy::time::TimeSystems))
        .add_systems(EguiPrimaryContextPass, interface::show)
        .add_systems(Update, fly::fly.after(stage::place_nodes))
        .add_systems(Update, (keep_size, drop_files, typed::listen, desk::show_way))
        .add_systems(PostUpdate, interface::answer.before(SkyreelSystems::Publish))
        .add_systems(
            PostUpdate,
            stage::draw.after(CameraUpdateSystems).after(SkyreelSystems::Apply),
        )
        .add_systems(Last, pace::rest)
        .add_systems(Last, (end_session, keep_settings).after(bevy::window::ExitSystems));
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(_) if is_led => Err(WindowError::NotRecorded),
        AppExit::Error(_) => Err(WindowError::Lost),
    }
}

/// The same without a window or pictures, for recordings that make themselves.
///
/// # Errors
/// Where nothing, or not everything, was recorded, or the script failed.
pub fn run_headless(opening: Opening, frame: Duration) -> Result<(), WindowError> {
    let failed = match opening.errand {
        Some(_) => WindowError::Failed,
        None => WindowError::NotRecorded,
    };
    let mut app = App::new();
    app.add_plugins((MinimalPlugins.set(ScheduleRunnerPlugin::run_loop(frame)), TransformPlugin))
        .add_plugins(base::log())
        .add_systems(Update, fly::drift.after(stage::place_nodes))
        .add_systems(PostUpdate, log_notices.before(SkyreelSystems::Publish));
    set_up(&mut app, opening, TimeSource::Real);
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(_) => Err(failed),
    }
}

fn log_notices(mut session: ResMut<RunningSession>, mut logged: Local<u64>) {
    interface::log_notices(session.bypass_change_detection().get(), &mut logged);
}

fn title(opening: &Opening) -> String {
    let name = opening.play.as_ref().and_then(|(path, _)| path.file_stem());
    let name = name.map_or(opening.scene.name().to_owned(), |n| n.to_string_lossy().into_owned());
    format!("{name} — Skyreel")
}

/// What a session needs, with a window or without one.
fn set_up(app: &mut App, opening: Opening, time: TimeSource) {
    let Opening {
        scene,
        scene_file,
        settings,
        settings_file,
        default_folder,
        play,
        recording,
        errand,
        driven,
    } = opening;
    // The recordings' place is put in when the settings come into force.
    app.add_plugins(SkyreelPlugin::new(Memory::default()).with_time(time));
    let stage = Stage::new(Arc::clone(&scene));
    let pose = fly::first_pose(&stage);
    app.world_mut().spawn((
        RecordedCamera::new(MAIN_VIEW),
        AnchoredCamera(FramePose::One(pose.clone())),
        Navigation,
    ));
    let mut specs = scene.properties().to_vec();
    specs.extend(skyreel_nav::Settings::properties());
    let nodes = scene.nodes().iter();
    let parents = nodes.map(|n| (n.name.to_string(), n.parent.as_ref().map(ToString::to_string)));
    LiveScene::new(&specs, parents.collect()).join(app.world_mut());
    app.world_mut().resource_mut::<Draft>().0.scene = Arc::new(scene_view(&scene, specs));
    *app.world_mut().resource_mut::<SceneClock>() = running_clock(wall_clock);
    app.insert_resource(stage)
        .insert_resource(Pilot::new(pose))
        .insert_resource(Preferences::new(settings.clone(), settings_file, default_folder))
        .insert_resource(Now(wall_clock))
        .init_resource::<Guests>()
        .init_resource::<Layout>()
        .init_resource::<shelf::Shelves>()
        .init_resource::<edits::Editing>()
        .insert_resource(film::FilmMaker::new(scene_file))
        .add_systems(PreUpdate, preferences::put_into_force.before(SkyreelSystems::Obey))
        .add_systems(Update, (stage::place_nodes, shelf::look, film::look, edits::look))
        .add_systems(PostUpdate, host_views.before(SkyreelSystems::Apply))
        .add_systems(
            PostUpdate,
            (navigate::publish, views::publish, desk::publish)
                .after(SkyreelSystems::Apply)
                .before(SkyreelSystems::Publish),
        )
        .add_systems(
            PreUpdate,
            scripts::go_on.after(SkyreelSystems::Obey).before(SkyreelSystems::Advance),
        )
        .add_systems(PostUpdate, door::show.after(SkyreelSystems::Publish));
    let mut groups = app.world_mut().resource_mut::<CommandGroups>();
    navigate::join(&mut groups);
    views::join(&mut groups);
    shelf::join(&mut groups);
    film::join(&mut groups);
    edits::join(&mut groups);
    desk::join(app.world_mut());
    scripts::join(app.world_mut());
    if let Some(driven) = driven {
        door::open(app.world_mut(), driven);
    }
    if let Some(errand) = errand {
        led_script::send(app.world_mut(), errand);
        app.add_systems(PostUpdate, led_script::follow.after(SkyreelSystems::Publish));
    }
    let requests = app.world().resource::<Requests>().clone();
    if let Some((path, opened)) = play {
        let recording = app.world().resource::<Guests>().let_in(path, Some(opened));
        // The first that is sent, so there is room.
        let _ = requests.send(Command::Play(play_start(recording)));
    }
    match recording {
        Some(LedRecording { journey, lasts, start }) => {
            let (at, has_begun, state) = (SessionTime::ZERO, false, State::Waiting);
            app.insert_resource(Led { journey, lasts, start, at, has_begun, state })
                .add_systems(Update, led::lead.after(stage::place_nodes));
        }
        None if settings.auto_record => {
            let _ = requests.send(Command::Record(RecordCommand::Toggle {}));
        }
        None => {}
    }
}

/// Play as the settings say.
fn play_start(recording: String) -> PlayCommand {
    let (force_time, speed, at_end, from_s, to_s) = (None, None, None, None, None);
    PlayCommand::Start { recording, force_time, speed, at_end, from_s, to_s }
}

/// A clock that begins now and runs as time does.
fn running_clock(now: fn() -> Option<SimTime>) -> SceneClock {
    let sim_time = now().unwrap_or(SimTime::J2000);
    let clock = Clock::new(ClockSample { sim_time, rate: 1.0, paused: false });
    SceneClock { clock, now }
}

/// The system's clock.
fn wall_clock() -> Option<SimTime> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    SimTime::from_unix(since)
}

fn scene_view(scene: &Scene, mut properties: Vec<PropertySpec>) -> SceneView {
    properties.sort_by(|a, b| a.path.cmp(&b.path));
    let nodes = scene.nodes().iter().map(|node| NodeView {
        name: node.name.to_string(),
        label: node.label().to_owned(),
        parent: node.parent.as_ref().map(ToString::to_string),
        is_body: node.body.is_some(),
    });
    SceneView { name: scene.name().to_owned(), nodes: nodes.collect(), properties }
}

fn set_up_camera(mut commands: Commands) {
    let camera = Camera { clear_color: ClearColorConfig::None, ..Camera::default() };
    commands.spawn((Camera3d::default(), camera, Msaa::Off, Tonemapping::None));
}

/// The cameras of a recording are there while it is played.
fn host_views(world: &mut World) {
    world.resource_scope(|world, showing: Mut<Showing>| {
        let frame = match &showing.0 {
            Shown::Recorded { frame, .. } => Some(frame),
            Shown::Live | Shown::Before { .. } => None,
        };
        views::host(world, frame);
    });
}

/// Files that are dropped on the window are played.
fn drop_files(
    mut dropped: MessageReader<FileDragAndDrop>,
    guests: Res<Guests>,
    requests: Res<Requests>,
) {
    for message in dropped.read() {
        if let FileDragAndDrop::DroppedFile { path_buf, .. } = message {
            let recording = guests.let_in(path_buf.clone(), None);
            let _ = requests.send(Command::Play(play_start(recording)));
        }
    }
}

/// The window opens the next time as large as it is.
fn keep_size(
    window: Query<&Window, (With<PrimaryWindow>, Changed<Window>)>,
    mut preferences: ResMut<Preferences>,
) {
    let Ok(window) = window.single() else { return };
    let size = [window.width().round() as u32, window.height().round() as u32];
    let preferences = preferences.bypass_change_detection();
    if size.iter().all(|side| *side >= 200) {
        preferences.settings.window_size_px = Some(size);
    }
}

/// Whoever closes the window ends the recording, which has its end before the program has.
fn end_session(
    mut exits: MessageReader<AppExit>,
    mut session: ResMut<RunningSession>,
    mut interface: ResMut<Interface>,
) {
    if exits.read().next().is_none() {
        return;
    }
    let session = session.get();
    session.end();
    let began = Instant::now();
    while session.is_finishing() && began.elapsed() < LAST_WAIT {
        std::thread::sleep(Duration::from_millis(5));
        session.advance(SessionSpan::ZERO);
    }
    // What has no end then gets it at the next start.
    interface.log(session);
}

/// What is kept between runs is kept when this one ends.
fn keep_settings(
    mut exits: MessageReader<AppExit>,
    mut preferences: ResMut<Preferences>,
    interface: Res<Interface>,
) {
    if exits.read().next().is_none() {
        return;
    }
    let preferences = preferences.bypass_change_detection();
    let open = interface.bar.open_panels().map(|panel| panel.name().to_owned());
    preferences.settings.panels = open.collect();
    if let Err(why) = preferences.save() {
        warn!(target: "skyreel", "settings are not kept: {why}");
    }
}
