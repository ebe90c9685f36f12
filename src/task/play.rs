//! `skyreel` and `skyreel FILE`: the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use directories::ProjectDirs;
use skyreel_core::settings::Settings;
use skyreel_faces::cli::{SceneArg, SettingsArgs};
use skyreel_sky::Scene;
use skyreel_store::settings::SettingsFile;

use super::{Ending, open_recording, open_scene};
use crate::app::draw::stock::Stock;
use crate::app::probe;
use crate::app::projector::CannotShow;
use crate::app::window::{self, Opening};

/// Does it, until the window is closed.
///
/// # Errors
/// Where there is no display, or the recording cannot be opened or shown.
pub fn run(file: Option<&Path>, asked: &SceneArg, args: &SettingsArgs) -> anyhow::Result<Ending> {
    let mut opening = opening(Scene::embedded()?, args, true)?;
    let scene = scene(asked, &mut opening.settings)?;
    // What is wrong with a recording, and what it will lack, is told before a window opens.
    let mut has_loss = false;
    if let Some(file) = file {
        let (footage, lossy) = open_recording(file, &scene)?;
        if footage.views().is_empty() {
            return Err(CannotShow::NoCamera.into());
        }
        has_loss = lossy;
    }
    probe::display()?;
    probe::adapter()?;
    let (play, scene) = (file.map(Path::to_owned), Arc::new(scene));
    let opening = Opening { play, scene, ..opening };
    window::open(opening, Arc::new(Stock::make()))?;
    Ok(Ending::loss_if(has_loss))
}

/// The scene that is asked for, else the one that was asked for last.
fn scene(asked: &SceneArg, settings: &mut Settings) -> anyhow::Result<Scene> {
    if let Some(path) = &asked.scene {
        let scene = open_scene(asked)?;
        let path = std::path::absolute(path).ok().filter(|path| path.exists());
        settings.last_scene = path.map(|path| path.display().to_string());
        return Ok(scene);
    }
    let last = settings.last_scene.as_ref().map(PathBuf::from).filter(|path| path.exists());
    if let Some(path) = &last {
        // Nobody asked for it just now, so it should be known.
        eprintln!("scene, as the last time: {}", path.display());
    }
    open_scene(&SceneArg { scene: last })
}

/// A session as the user's settings, and what was said on the command line, want it.
///
/// # Errors
/// Where a setting cannot be that.
pub fn opening(scene: Scene, args: &SettingsArgs, is_kept: bool) -> anyhow::Result<Opening> {
    let folders = ProjectDirs::from("", "", "skyreel");
    let in_config = |folders: &ProjectDirs| folders.config_dir().join("settings.ron");
    let read = folders.as_ref().map(|folders| SettingsFile::load(&in_config(folders)));
    let (mut settings_file, mut settings) = (None, Settings::default());
    if let Some((mut file, read, faults)) = read {
        for fault in &faults {
            eprintln!("{}: {fault}", file.path().display());
        }
        file.keep_out(args.given.clone());
        (settings, settings_file) = (read, Some(file).filter(|_| is_kept));
    }
    args.apply(&mut settings)?;
    Ok(Opening {
        scene: Arc::new(scene),
        settings,
        settings_file,
        default_folder: recordings_folder(),
        play: None,
        recording: None,
    })
}

/// Where recordings are where nothing is set.
pub fn recordings_folder() -> PathBuf {
    let folders = ProjectDirs::from("", "", "skyreel");
    folders.map_or_else(|| "recordings".into(), |folders| folders.data_dir().join("recordings"))
}
