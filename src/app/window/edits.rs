//! Edits of recordings in the window: made on a thread of their own, one at a time, each into a new file.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use bevy::prelude::*;
use bevy_skyreel::{Asking, CommandGroups, Draft, RunningSession, files};
use skyreel_core::command::{Command, EditCommand, Group, Origin};
use skyreel_core::format::Target;
use skyreel_core::format::osrec::WriteOptions;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::snapshot::{EditView, Weight};
use skyreel_sky::Scene;

use super::preferences::Preferences;
use super::shelf::weight_of;
use super::stage::Stage;
use super::studio::Guests;
use crate::app::edited::{self, Edited};

/// The edit that is being made.
#[derive(Resource, Default)]
pub struct Editing(Option<Making>);

struct Making {
    /// From where it was asked for.
    origin: Origin,
    what: String,
    name: String,
    /// How far it is, as the bits of an f32.
    done: Arc<AtomicU32>,
    is_stopped: Arc<AtomicBool>,
    end: Mutex<Receiver<Result<String, String>>>,
}

impl Making {
    fn view(&self, end: Option<&Result<String, String>>) -> EditView {
        EditView {
            what: self.what.clone(),
            name: self.name.clone(),
            done: f32::from_bits(self.done.load(Ordering::Relaxed)),
            ended: end.map(|end| match end {
                Ok(said) => said.clone(),
                Err(why) => why.clone(),
            }),
            is_well: !matches!(end, Some(Err(_))),
        }
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

impl Editing {
    /// Whether one is being made.
    pub fn is_busy(&self) -> bool {
        self.0.is_some()
    }
}

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::Edit, |world, command| match command {
        Command::Edit(command) => obey(world, command),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: EditCommand) -> Outcome {
    let refuse = |text: &str| Refusal::Other(text.to_owned()).into();
    match (&command, &world.resource::<Editing>().0) {
        (EditCommand::Stop {}, None) => refuse("no recording is being edited"),
        (EditCommand::Stop {}, Some(making)) => {
            making.is_stopped.store(true, Ordering::Relaxed);
            Outcome::DONE
        }
        (_, Some(_)) => refuse("a recording is being edited; stop that first, or wait"),
        (_, None) => match begin(world, command) {
            Ok(names) => Outcome::Done(names),
            Err(why) => Outcome::Failed(why),
        },
    }
}

fn begin(world: &mut World, command: EditCommand) -> Result<serde_json::Value, String> {
    let folder = world.resource::<Preferences>().folder();
    let guests = world.resource::<Guests>();
    let sources: Vec<PathBuf> = edited::sources(&command)
        .into_iter()
        .map(|id| match guests.path(id) {
            Some(path) => Ok(path),
            None => skyreel_store::locate(&folder, id).map_err(|error| files::told(&error)),
        })
        .collect::<Result<_, _>>()?;
    let stem = sources.first().and_then(|path| path.file_stem()).unwrap_or_default();
    let stem = stem.to_string_lossy();
    let asked = edited::asked_name(&command).map(str::to_owned);
    let name = asked.unwrap_or_else(|| edited::name_after(&command, &stem));
    let names = match command {
        EditCommand::Split { .. } => vec![format!("{name} 1"), format!("{name} 2")],
        _ => vec![name],
    };
    let paths: Vec<PathBuf> = names.iter().map(|name| free_path(&folder, name)).collect();
    let name_of =
        |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names: Vec<String> = paths.iter().map(name_of).collect();
    let (call, _) = Command::Edit(command.clone()).words();
    let what = format!("{} {stem}", call.trim_start_matches("edit."));
    let (done, is_stopped) = (Arc::<AtomicU32>::default(), Arc::<AtomicBool>::default());
    let (tell, end) = sync_channel(1);
    let scene = Arc::clone(world.resource::<Stage>().scene());
    let (told_done, asked_to_stop) = (Arc::clone(&done), Arc::clone(&is_stopped));
    let work = move || {
        let mut progress = |part: f32| {
            told_done.store(part.to_bits(), Ordering::Relaxed);
            match asked_to_stop.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        // Whoever waits for it has gone where this fails.
        let _ = tell.try_send(make(&command, &sources, &paths, &scene, &mut progress));
    };
    let spawned = thread::Builder::new().name("edit".to_owned()).spawn(work);
    spawned.map_err(|error| error.to_string())?;
    let (origin, name, end) =
        (world.resource::<Asking>().origin, names.join(", "), Mutex::new(end));
    let making = Making { origin, what, name, done, is_stopped, end };
    world.resource_mut::<Draft>().0.edit = Some(making.view(None));
    world.resource_mut::<Editing>().0 = Some(making);
    Ok(match &names[..] {
        [one] => one.clone().into(),
        several => several.to_vec().into(),
    })
}

/// A file that there is not yet: Skyreel's own, unless the name has another ending.
fn free_path(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = match (name.rsplit_once('.'), Target::of_name(name)) {
        (Some(named), Some(_)) => named,
        _ => (name, "skyreel"),
    };
    super::screenshot::free_path(folder, stem, ending)
}

fn make(
    command: &EditCommand,
    sources: &[PathBuf],
    paths: &[PathBuf],
    scene: &Arc<Scene>,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<String, String> {
    let open = |path: &PathBuf| {
        let read = edited::read(command, path, scene).map_err(|error| files::told(&error))?;
        Ok(read.0.recording)
    };
    let opened: Vec<_> = sources.iter().map(open).collect::<Result<_, String>>()?;
    let Edited { recordings, said, .. } =
        edited::make(command, &opened, &**scene, progress).map_err(|error| error.to_string())?;
    for (mut recording, path) in recordings.into_iter().zip(paths) {
        // Else two of the same title stand beside each other in lists.
        recording.header.title =
            path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let target = path.file_name().and_then(|name| Target::of_name(&name.to_string_lossy()));
        let encoded = target
            .unwrap_or(Target::Skyreel)
            .encode(&recording, WriteOptions::default(), None)
            .map_err(|error| error.to_string())?;
        if progress(1.0).is_break() {
            return Err("it was stopped".to_owned());
        }
        skyreel_store::save(path, &encoded.bytes, false).map_err(|error| files::told(&error))?;
    }
    Ok(said)
}

/// Shows how far it is, and tells how it ended.
pub fn look(
    mut editing: ResMut<Editing>,
    mut session: ResMut<RunningSession>,
    mut draft: ResMut<Draft>,
) {
    let Some(making) = &editing.0 else { return };
    let end = match making.end.lock().unwrap_or_else(PoisonError::into_inner).try_recv() {
        Ok(end) => Some(end),
        Err(TryRecvError::Empty) => None,
        Err(TryRecvError::Disconnected) => Some(Err("it broke off".to_owned())),
    };
    let view = making.view(end.as_ref());
    if let Some(end) = end {
        let session = session.bypass_change_detection().get();
        match end {
            Ok(said) => session.tell(Weight::Info, format!("Made {}: {said}", view.name)),
            Err(why) => session.tell(weight_of(making.origin), format!("{}: {why}", view.what)),
        }
        editing.bypass_change_detection().0 = None;
    }
    draft.0.edit = Some(view);
}
