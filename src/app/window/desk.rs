//! The journey that is being made, in the window: its files, and the scene at a moment of it. What a
//! journey is and how it changes is `core`'s.

use std::sync::Arc;

use bevy::prelude::*;
use bevy_skyreel::{
    AnchoredCamera, CommandGroups, Draft, LiveScene, Published, RunningSession, SceneClock,
};
use skyreel_core::clock::Clock;
use skyreel_core::clock_track::ClockSample;
use skyreel_core::command::{Command, Group, JourneyCommand, PlayCommand};
use skyreel_core::fault::Severity;
use skyreel_core::format::osrec::WriteOptions;
use skyreel_core::format::{Target, ron};
use skyreel_core::frame::{Frame, FramePose};
use skyreel_core::in_words::put_in_words;
use skyreel_core::journey::{Editor, Journey, Present};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::player::AtEnd;
use skyreel_core::pose::{AnchoredPose, CameraPose, to_wxyz};
use skyreel_core::property_set::PropertySet;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::shelf::file_name;
use skyreel_core::snapshot::{JourneyView, ModeView, Weight};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_faces::bar::Panel;
use skyreel_sky::Scene;
use skyreel_store::Footage;

use super::fly::{Pilot, one_pose};
use super::interface::Interface;
use super::preferences::Preferences;
use super::stage::Stage;
use super::studio::Guests;
use super::views::Navigation;
use super::way::{Way, WayPoint};

/// How many points the way is drawn through.
const WAY_POINTS: usize = 600;

/// The journey that is being made.
#[derive(Resource)]
pub struct Desk {
    editor: Editor,
    /// The journey as a recording, and that made ready to play: its scripts run once for each change,
    /// however often it is looked at.
    ready: Option<(Arc<Recording>, Recording)>,
    /// What properties held where there is somewhere to go back to.
    left: Option<PropertySet>,
    /// How far it is played.
    played: Option<SessionTime>,
}

impl Desk {
    fn ready(&mut self, scene: &Scene) -> &Recording {
        let recording = self.editor.recording();
        let kept = self.ready.take().filter(|(of, _)| Arc::ptr_eq(of, &recording));
        let make = || match Footage::of((*recording).clone(), scene).footage {
            Footage::Whole(ready) => (Arc::clone(&recording), *ready),
            // What is in memory stays there.
            Footage::OnDisk(_) => (Arc::clone(&recording), (*recording).clone()),
        };
        &self.ready.insert(kept.unwrap_or_else(make)).1
    }
}

/// Joins the session's commands.
pub fn join(world: &mut World) {
    let at = world.resource::<SceneClock>().clock.sample();
    world.insert_resource(Desk {
        editor: Editor::new(Journey::new(at.sim_time, at.rate)),
        ready: None,
        left: None,
        played: None,
    });
    world.resource_mut::<CommandGroups>().join(Group::Journey, |world, command| match command {
        Command::Journey(command) => obey(world, command),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: JourneyCommand) -> Outcome {
    world.resource_scope(|world, mut desk: Mut<Desk>| {
        let editor = &mut desk.editor;
        match command {
            JourneyCommand::AddScript { ref code, .. } | JourneyCommand::Code { ref code, .. }
                if !skyreel_script::console::is_complete(code) =>
            {
                let (what, found) = ("the script".to_owned(), "one that breaks off".to_owned());
                Refusal::Value { what, found, expected: "whole Lua".to_owned() }.into()
            }
            JourneyCommand::AddKey { .. } => {
                // It begins when it is begun, not when the program was.
                editor.begin_at(world.resource::<SceneClock>().clock.sample());
                ask(world, editor, &command)
            }
            JourneyCommand::Open { recording } => open(world, editor, &recording),
            JourneyCommand::Save { name, overwrite } => save(world, editor, name, overwrite),
            JourneyCommand::Export { name } => export(world, editor, &name),
            JourneyCommand::Play { from_s, to_s, at_end } => {
                let from_s = from_s.or_else(|| Some(editor.at().as_secs()));
                let name = Some(editor.name()).filter(|name| !name.is_empty()).unwrap_or("Journey");
                let mut played = (*editor.recording()).clone();
                name.clone_into(&mut played.header.title);
                let footing = Footage::of(played, &**world.resource::<Stage>().scene());
                let recording = world.resource::<Guests>().set_journey(name, footing);
                let (force_time, speed) = (Some(true), None);
                let play =
                    PlayCommand::Start { recording, force_time, speed, at_end, from_s, to_s };
                leave(world, &mut desk);
                CommandGroups::obey(world, Command::Play(play))
            }
            JourneyCommand::Back {} => back(world, &mut desk),
            JourneyCommand::Seek { .. } => {
                if let Err(refusal) = world.resource_mut::<RunningSession>().get().drive() {
                    return refusal.into();
                }
                leave(world, &mut desk);
                let outcome = ask(world, &mut desk.editor, &command);
                if outcome.is_done() {
                    show(world, &mut desk);
                }
                outcome
            }
            command => ask(world, editor, &command),
        }
    })
}

/// What the journey itself can do.
fn ask(world: &mut World, editor: &mut Editor, command: &JourneyCommand) -> Outcome {
    with_present(world, |present| editor.obey(command, present)).into()
}

/// The camera is about to be put elsewhere: what was flown and switched can be had again.
fn leave(world: &mut World, desk: &mut Desk) {
    if with_present(world, |present| desk.editor.leave(present)) {
        desk.left = Some(world.resource::<LiveScene>().values().clone());
    }
}

/// Puts camera, properties and clock where they were before the journey's time was moved.
fn back(world: &mut World, desk: &mut Desk) -> Outcome {
    if let Err(refusal) = world.resource_mut::<RunningSession>().get().drive() {
        return refusal.into();
    }
    let now = world.resource::<LiveScene>().values().clone();
    let Some(left) = with_present(world, |present| desk.editor.go_back(present)) else {
        return Refusal::Other("nothing was left behind that could be gone back to".to_owned())
            .into();
    };
    let properties = desk.left.replace(now).unwrap_or_default();
    world.resource_mut::<SceneClock>().clock = Clock::new(left.clock);
    let _ = world.resource_mut::<LiveScene>().bring_to(&properties);
    place(world, left.clock.sim_time, |_| Some(left.camera.normalised()));
    Outcome::DONE
}

fn with_present<R>(world: &mut World, ask: impl FnOnce(&Present<'_>) -> R) -> R {
    let camera = camera(world);
    let stage = world.resource::<Stage>();
    let clock = world.resource::<SceneClock>();
    let at = clock.clock.sample();
    let live = world.resource::<LiveScene>();
    let present = Present {
        camera,
        clock: at,
        real_time: (clock.now)().unwrap_or(at.sim_time),
        property: &|path| live.values().get(path).cloned(),
        scene: &**stage.scene(),
    };
    ask(&present)
}

/// Where the navigation camera is.
fn camera(world: &mut World) -> Option<CameraPose> {
    let mut cameras = world.query_filtered::<&AnchoredCamera, With<Navigation>>();
    let camera = cameras.single(world).ok().map(|camera| camera.0.clone())?;
    Some(recorded(one_pose(world.resource::<Stage>(), &camera)))
}

fn recorded(pose: AnchoredPose) -> CameraPose {
    CameraPose {
        anchor: pose.anchor,
        follow_rotation: pose.follow_rotation,
        position_m: pose.position_m.to_array(),
        rotation_wxyz: to_wxyz(pose.rotation),
        scale: pose.scale as f32,
    }
}

/// Puts camera, properties and clock where the journey has them at its moment; there they can be
/// changed. Time stands, so that what is looked at stays.
fn show(world: &mut World, desk: &mut Desk) {
    let scene = Arc::clone(world.resource::<Stage>().scene());
    let at = desk.editor.at();
    let Frame { clock, views, properties, .. } = sample(desk.ready(&scene), at);
    let stands = ClockSample { paused: true, ..clock };
    world.resource_mut::<SceneClock>().clock = Clock::new(stands);
    // What cannot be there was told of when the journey was opened.
    let _ = world.resource_mut::<LiveScene>().bring_to(&properties);
    let pose = |stage: &Stage| views.first().map(|view| one_pose(stage, &view.pose));
    if let Some(camera) = place(world, clock.sim_time, pose) {
        desk.editor.put(camera);
    }
}

/// Puts nodes where they are at a moment, and the navigation camera, at rest, where `pose` says then.
fn place(
    world: &mut World,
    sim_time: SimTime,
    pose: impl FnOnce(&Stage) -> Option<AnchoredPose>,
) -> Option<CameraPose> {
    world.resource_scope(|world, mut stage: Mut<Stage>| {
        stage.place(sim_time);
        let pose = pose(&stage)?;
        world.resource_mut::<Pilot>().take(pose.clone());
        let mut cameras = world.query_filtered::<&mut AnchoredCamera, With<Navigation>>();
        if let Ok(mut camera) = cameras.single_mut(world) {
            camera.set_if_neq(AnchoredCamera(FramePose::One(pose.clone())));
        }
        Some(recorded(pose))
    })
}

fn open(world: &mut World, editor: &mut Editor, recording: &str) -> Outcome {
    let folder = world.resource::<Preferences>().folder();
    let path = match world.resource::<Guests>().path(recording) {
        Some(path) => Ok(path),
        None => skyreel_store::locate(&folder, recording)
            .map_err(|error| bevy_skyreel::files::told(&error)),
    };
    let scene = Arc::clone(world.resource::<Stage>().scene());
    let opened = path.and_then(|path| {
        let read = skyreel_store::load_in(&path, &*scene);
        let imported = read.map_err(|error| bevy_skyreel::files::told(&error))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        editor.opened(&imported.recording, &name).map_err(|error| error.to_string())?;
        Ok(imported.faults)
    });
    match opened {
        Ok(faults) => {
            let mut session = world.resource_mut::<RunningSession>();
            for fault in faults {
                session.get().tell(Weight::Warning, format!("{recording}: {fault}"));
            }
            Outcome::DONE
        }
        Err(why) => Outcome::Failed(why),
    }
}

fn save(
    world: &mut World,
    editor: &mut Editor,
    name: Option<String>,
    overwrite: Option<bool>,
) -> Outcome {
    let asked = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let own = Some(editor.name().to_owned()).filter(|own| !own.is_empty());
    let Some(name) = asked.or_else(|| own.clone()) else {
        let (what, found) = ("the journey's name".to_owned(), "none".to_owned());
        return Refusal::Value { what, found, expected: "a name for its file".to_owned() }.into();
    };
    let name = file_name(&name);
    let path = world.resource::<Preferences>().folder().join(format!("{name}.ron"));
    let is_own = own.as_ref() == Some(&name);
    let mut recording = (*editor.recording()).clone();
    if recording.header.title.is_empty() || !is_own {
        recording.header.title.clone_from(&name);
    }
    put_in_words(&mut recording, &**world.resource::<Stage>().scene());
    let text = ron::write_journey(&recording);
    let replace = is_own || overwrite.unwrap_or(false);
    if !replace && path.exists() {
        return Outcome::Failed(format!(
            "there is a '{name}.ron' already; save it under another name, or let it be replaced \
             (overwrite)"
        ));
    }
    match write(&path, text.as_bytes(), replace) {
        Ok(()) => {
            editor.saved(&name);
            let text = format!("Saved the journey {}", path.display());
            world.resource_mut::<RunningSession>().get().tell(Weight::Info, text);
            Outcome::Done(format!("{name}.ron").into())
        }
        Err(why) => Outcome::Failed(why),
    }
}

fn export(world: &mut World, editor: &Editor, name: &str) -> Outcome {
    let Some((stem, ending)) = name.trim().rsplit_once('.') else {
        return no_format(name).into();
    };
    let name = format!("{}.{ending}", file_name(stem));
    let Some(target) = Target::of_name(&name) else { return no_format(&name).into() };
    let path = world.resource::<Preferences>().folder().join(&name);
    let options = WriteOptions { for_openspace: true };
    let encoded = match target.encode(&editor.recording(), options, None) {
        Ok(encoded) => encoded,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    if let Err(why) = write(&path, &encoded.bytes, false) {
        return Outcome::Failed(why);
    }
    let mut session = world.resource_mut::<RunningSession>();
    for loss in encoded.losses.iter().filter(|loss| loss.severity == Severity::Loss) {
        session.get().tell(Weight::Warning, format!("{name}: {loss}"));
    }
    session.get().tell(Weight::Info, format!("Exported {}", path.display()));
    Outcome::Done(name.into())
}

fn no_format(found: &str) -> Refusal {
    Refusal::Value {
        what: "the file's name".to_owned(),
        found: format!("'{found}'"),
        expected: "one that ends in .osrectxt, .osrec, .skyreel or .ron".to_owned(),
    }
}

fn write(path: &std::path::Path, bytes: &[u8], replace: bool) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    skyreel_store::save(path, bytes, replace).map_err(|error| bevy_skyreel::files::told(&error))
}

/// What faces show of it. What is played is not flown, and where it is left the journey's time stands.
pub fn publish(
    mut desk: ResMut<Desk>,
    stage: Res<Stage>,
    cameras: Query<&AnchoredCamera, With<Navigation>>,
    mut session: ResMut<RunningSession>,
    published: Res<Published>,
    mut draft: ResMut<Draft>,
) {
    let desk = desk.bypass_change_detection();
    let is_live = session.bypass_change_detection().get().is_live();
    match &published.0.mode {
        ModeView::Playing(played) if played.is_journey() && played.at_end != AtEnd::Return => {
            desk.played = Some(played.at);
        }
        _ if is_live => desk.played.take().into_iter().for_each(|at| desk.editor.seek(at)),
        _ => desk.played = None,
    }
    if let Ok(camera) = cameras.single() {
        let camera = recorded(one_pose(&stage, &camera.0));
        if is_live { desk.editor.look(&camera) } else { desk.editor.put(camera) }
    }
    let view = desk.editor.view(&**stage.scene());
    if !Arc::ptr_eq(&view, &draft.0.journey) {
        draft.0.journey = view;
    }
}

/// Shows the way in the scene while the journey's panel is open.
pub fn show_way(
    desk: Res<Desk>,
    stage: Res<Stage>,
    interface: Res<Interface>,
    mut way: ResMut<Way>,
    mut shown: Local<Option<Arc<JourneyView>>>,
) {
    let view = interface.bar.is_open(Panel::Journey).then(|| desk.editor.view(&**stage.scene()));
    let is_same = match (&view, &*shown) {
        (Some(view), Some(shown)) => Arc::ptr_eq(view, shown),
        (None, None) => true,
        _ => false,
    };
    if is_same {
        return;
    }
    *shown = view;
    let point = |point: skyreel_core::journey::WayPoint| WayPoint {
        anchor: point.anchor,
        follows: point.follow,
        offset_m: glam::DVec3::from_array(point.position_m),
    };
    if shown.is_none() {
        way.set_if_neq(Way::default());
        return;
    }
    let scene = &**stage.scene();
    let line = desk.editor.way(WAY_POINTS, scene).into_iter().map(point).collect();
    let keys = desk.editor.key_points().into_iter().map(|key| point(key.point)).collect();
    way.set_if_neq(Way { line, keys, present: None });
}
