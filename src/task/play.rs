//! `skyreel` and `skyreel FILE`: the window, or without one what it does.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use directories::ProjectDirs;
use skyreel_core::settings::Settings;
use skyreel_faces::cli::{ReachArgs, SceneArg, SettingsArgs};
use skyreel_faces::web::{Password, SHORTEST_PASSWORD};
use skyreel_sky::Scene;
use skyreel_store::Footage;
use skyreel_store::settings::SettingsFile;

use super::{Ending, open_scene};
use crate::app::draw::stock::Stock;
use crate::app::probe;
use crate::app::projector::CannotShow;
use crate::app::window::{self, Driven, Opening};

/// Does it, until the window is closed, or the program told to end.
///
/// # Errors
/// Where there is no display, or the recording cannot be opened or shown.
pub fn run(
    file: Option<&Path>,
    asked: &SceneArg,
    is_headless: bool,
    reach: &ReachArgs,
    args: &SettingsArgs,
) -> anyhow::Result<Ending> {
    let (mut settings, settings_file) = settings(args)?;
    let (scene, scene_file) = scene(asked, &mut settings)?;
    // A recording that cannot be shown opens no window; what it lacks is told in there.
    let opened = file.map(|file| Footage::open(file, &scene)).transpose()?;
    if opened.as_ref().is_some_and(|opened| opened.footage.views().is_empty()) {
        return Err(CannotShow::NoCamera.into());
    }
    let has_loss = opened.as_ref().is_some_and(|opened| opened.has_loss);
    if !is_headless {
        probe::display()?;
        probe::adapter()?;
    }
    let play = file.map(Path::to_owned).zip(opened);
    let driven = Some(driven(reach)?);
    let opening = Opening { settings_file, scene_file, play, driven, ..opening(scene, settings) };
    if is_headless {
        // Without a driver it does all but draw.
        let stock = probe::adapter().is_ok().then(|| Arc::new(Stock::make()));
        window::serve(opening, stock)?;
    } else {
        window::open(opening, Arc::new(Stock::make()))?;
    }
    Ok(Ending::loss_if(has_loss))
}

/// The scene that is asked for, else the one that was asked for last.
fn scene(asked: &SceneArg, settings: &mut Settings) -> anyhow::Result<(Scene, Option<PathBuf>)> {
    if let Some(path) = &asked.scene {
        let scene = open_scene(asked)?;
        let path = std::path::absolute(path).ok().filter(|path| path.exists());
        settings.last_scene = path.map(|path| path.display().to_string());
        return Ok((scene, asked.scene.clone()));
    }
    let last = settings.last_scene.as_ref().map(PathBuf::from).filter(|path| path.exists());
    if let Some(path) = &last {
        // Nobody asked for it just now, so it should be known.
        eprintln!("scene, as the last time: {}", path.display());
    }
    Ok((open_scene(&SceneArg { scene: last.clone() })?, last))
}

/// The user's settings, with what was said on the command line for this run, and where they are kept.
///
/// # Errors
/// Where a setting cannot be that.
pub fn settings(args: &SettingsArgs) -> anyhow::Result<(Settings, Option<SettingsFile>)> {
    let folders = ProjectDirs::from("", "", "skyreel");
    let in_config = |folders: &ProjectDirs| folders.config_dir().join("settings.ron");
    let read = folders.as_ref().map(|folders| SettingsFile::load(&in_config(folders)));
    let (mut settings_file, mut settings) = (None, Settings::default());
    if let Some((mut file, read, faults)) = read {
        for fault in &faults {
            eprintln!("{}: {fault}", file.path().display());
        }
        file.keep_out(args.given.clone());
        (settings, settings_file) = (read, Some(file));
    }
    args.apply(&mut settings)?;
    Ok((settings, settings_file))
}

/// How other programs find one that is started with these arguments.
///
/// # Errors
/// Where the password cannot be read, or is none.
pub fn driven(reach: &ReachArgs) -> anyhow::Result<Driven> {
    let told = match &reach.password_file {
        Some(path) => {
            let read = std::fs::read_to_string(path);
            let read =
                read.with_context(|| format!("cannot read the password in {}", path.display()));
            Some(read?.lines().next().unwrap_or_default().to_owned())
        }
        None => std::env::var("SKYREEL_PASSWORD").ok(),
    };
    let too_short = || format!("the password needs {SHORTEST_PASSWORD} characters or more");
    let password = told.map(|told| Password::chosen(&told).with_context(too_short)).transpose()?;
    if let Some(address) = reach.bind
        && !address.is_loopback()
        && password.is_none()
    {
        anyhow::bail!(
            "--bind {address} lets other machines in, which needs a password: --password-file FILE \
             or the environment variable SKYREEL_PASSWORD"
        );
    }
    Ok(Driven {
        name: reach.name.clone(),
        port: reach.port,
        bind: reach.bind,
        password,
        openspace: reach.openspace(),
        is_announced: true,
    })
}

/// A session in a scene, whose settings are not kept.
pub fn opening(scene: Scene, settings: Settings) -> Opening {
    Opening {
        scene: Arc::new(scene),
        scene_file: None,
        settings,
        settings_file: None,
        default_folder: recordings_folder().unwrap_or_else(|| "recordings".into()),
        play: None,
        recording: None,
        errand: None,
        driven: None,
    }
}

/// Where recordings are: as it is set, else where they are by themselves.
///
/// # Errors
/// Where nothing is set, and nobody has a home.
pub fn folder(settings: &Settings) -> anyhow::Result<PathBuf> {
    let set = settings.recordings_folder.as_ref().filter(|folder| !folder.is_empty());
    set.map(PathBuf::from)
        .or_else(recordings_folder)
        .context("no home folder is set to keep recordings in; name a folder")
}

/// Where recordings are where nothing is set; `None` where nobody has a home.
fn recordings_folder() -> Option<PathBuf> {
    let folders = ProjectDirs::from("", "", "skyreel")?;
    Some(folders.data_dir().join("recordings"))
}
