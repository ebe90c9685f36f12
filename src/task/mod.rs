//! What the words of the command line do, one file a word. They print; nothing else does.

mod convert;
mod ctl;
mod edit;
mod info;
mod list;
mod play;
mod record;
mod recover;
mod render;
mod run;
mod sample;
mod scene;
mod shells;
mod verify;

use std::fs;
use std::path::Path;

use anyhow::Context;
use directories::ProjectDirs;
use skyreel_core::fault::Fault;
use skyreel_core::pose::NodeName;
use skyreel_faces::cli::{Cli, SceneArg, Task};
use skyreel_sky::Scene;
use skyreel_store::{Footage, Footing};

use crate::app::projector::missing_anchors;

/// The name of the scene that is part of the program.
const BUILT_IN: &str = "solar_system";

/// How a task ended, as the shell is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done: 0.
    Done,
    /// Failed: 1.
    Failed,
    /// Asked for wrongly: 2.
    Usage,
    /// Done, but recorded data was lost or unreadable: 3.
    Loss,
    /// There is no such Skyreel to ask: 4.
    NotRunning,
}

impl Ending {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Loss => 3,
            Self::NotRunning => 4,
        }
    }

    fn loss_if(loss: bool) -> Self {
        if loss { Self::Loss } else { Self::Done }
    }
}

/// Does what the command line says.
///
/// # Errors
/// Where it failed: the reason, to be printed.
pub fn run(cli: Cli) -> anyhow::Result<Ending> {
    let scene = &cli.scene;
    match (cli.task, cli.file) {
        (Some(Task::Info(task)), None) => info::run(&task, &open_scene(scene)?),
        (Some(Task::Verify(task)), None) => verify::run(&task),
        (Some(Task::Sample(task)), None) => sample::run(&task, &open_scene(scene)?),
        (Some(Task::Convert(task)), None) => convert::run(&task),
        (Some(Task::Edit(task)), None) => edit::run(&task, &open_scene(scene)?),
        (Some(Task::Render(task)), None) => render::run(&task, open_scene(scene)?),
        (Some(Task::Record(task)), None) => record::run(&task, open_scene(scene)?),
        (Some(Task::List(task)), None) => list::run(&task),
        (Some(Task::Recover(task)), None) => recover::run(&task),
        (Some(Task::Scene(task)), None) => scene::run(&task, &open_scene(scene)?),
        (Some(Task::Ctl(task)), None) => ctl::run(&task),
        (Some(Task::Run(task)), None) => run::run(&task, open_scene(scene)?),
        (Some(Task::Completions(task)), None) => shells::completions(&task),
        (Some(Task::Man(task)), None) => shells::man(&task),
        (Some(_), Some(file)) => Ok(usage(&format!("'{}' is not wanted here", file.display()))),
        (None, Some(file)) if !file.exists() => {
            Ok(usage(&format!("'{}' is neither a task nor a file", file.display())))
        }
        (None, file) => play::run(file.as_deref(), scene, cli.headless, &cli.reach, &cli.settings),
    }
}

/// The scene asked for: a file, or the name of one in the user's folder. Without a wish the solar
/// system, the user's own if there is one.
fn open_scene(arg: &SceneArg) -> anyhow::Result<Scene> {
    let users_own = |name: &Path| {
        let folders = ProjectDirs::from("", "", "skyreel")?;
        let path = folders.data_dir().join("scenes").join(name).with_extension("ron");
        path.is_file().then_some(path)
    };
    let path = match &arg.scene {
        Some(path) if path.exists() => path.clone(),
        Some(name) => match users_own(name) {
            Some(path) => path,
            // The one that is built in has a name too.
            None if name == Path::new(BUILT_IN) => return Ok(Scene::embedded()?),
            None => name.clone(),
        },
        None => match users_own(Path::new(BUILT_IN)) {
            Some(path) => {
                // Nobody asked for it just now, so it should be known.
                eprintln!("scene: {}", path.display());
                path
            }
            None => return Ok(Scene::embedded()?),
        },
    };
    let text = fs::read_to_string(&path)
        .with_context(|| format!("cannot read the scene {}", path.display()))?;
    Scene::parse(&text).with_context(|| path.display().to_string())
}

/// Tells what was asked for wrongly, in the words of the parser of arguments.
fn usage(message: &str) -> Ending {
    eprintln!("error: {message}\n\nFor more information, try '--help'.");
    Ending::Usage
}

/// Opens a recording to be shown, and tells what will be missing. True where recorded data was lost.
fn open_recording(path: &Path, scene: &Scene) -> anyhow::Result<(Footage, bool)> {
    let Footing { footage, faults, has_loss } = Footage::open(path, scene)?;
    let missing = missing_anchors(footage.anchors(), scene);
    let missing: Vec<Fault> = missing.iter().map(missing_anchor).collect();
    report(path, faults.iter().chain(&missing));
    Ok((footage, has_loss))
}

/// What is told of a node that a camera is relative to and the scene does not have.
fn missing_anchor(anchor: &NodeName) -> Fault {
    Fault::warning(format!("the scene has no node '{anchor}' for the camera"))
        .found(anchor.as_str(), "a node of the scene")
}

/// Prints faults and warnings of a file to standard error.
fn report<'a>(path: &Path, faults: impl IntoIterator<Item = &'a Fault>) {
    for fault in faults {
        eprintln!("{}: {fault}", path.display());
    }
}
