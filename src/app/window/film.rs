//! Films of recordings, made by a second run of this program: it draws with a device of its own, and
//! whatever becomes of it, the window goes on.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command as Process, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use bevy::prelude::*;
use bevy_skyreel::{CommandGroups, Draft, RunningSession};
use skyreel_core::command::{Command, FilmCommand, Group};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::snapshot::{FilmView, Weight};

use super::preferences::Preferences;
use super::screenshot::free_path;
use super::studio::Guests;

/// The film that is being made.
#[derive(Resource, Default)]
pub struct FilmMaker {
    making: Option<Making>,
    /// The scene as the program was told it; `None`: the usual one.
    scene: Option<PathBuf>,
}

struct Making {
    child: Child,
    lines: std::sync::Mutex<Receiver<String>>,
    path: PathBuf,
    last_line: String,
}

impl Drop for Making {
    fn drop(&mut self) {
        // Whoever closes the window ends the film; what there is of it can be played.
        drop(self.child.stdin.take());
    }
}

impl FilmMaker {
    /// Makes films in this scene.
    pub fn new(scene: Option<PathBuf>) -> Self {
        Self { making: None, scene }
    }

    /// Whether a film is being made.
    pub fn is_busy(&self) -> bool {
        self.making.is_some()
    }
}

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::Film, |world, command| match command {
        Command::Film(command) => obey(world, command),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: FilmCommand) -> Outcome {
    let is_busy = world.resource::<FilmMaker>().is_busy();
    match command {
        FilmCommand::Start { .. } if is_busy => {
            Refusal::Other("a film is being made; stop it first, or wait".to_owned()).into()
        }
        FilmCommand::Stop {} if !is_busy => {
            Refusal::Other("no film is being made".to_owned()).into()
        }
        FilmCommand::Stop {} => {
            if let Some(making) = &mut world.resource_mut::<FilmMaker>().making {
                drop(making.child.stdin.take());
            }
            Outcome::DONE
        }
        start @ FilmCommand::Start { .. } => match begin(world, start) {
            Ok(path) => Outcome::Done(path.into()),
            Err(why) => Outcome::Failed(why),
        },
    }
}

fn begin(world: &mut World, command: FilmCommand) -> Result<String, String> {
    let FilmCommand::Start { recording, name, size, fps, from_s, to_s, view } = command else {
        return Ok(String::new());
    };
    let preferences = world.resource::<Preferences>();
    let source = match world.resource::<Guests>().path(&recording) {
        Some(path) => path,
        None => skyreel_store::locate(&preferences.folder(), &recording)
            .map_err(|error| bevy_skyreel::files::told(&error))?,
    };
    let folder = preferences.default_folder.with_file_name("films");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let stem = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let path = free_path(&folder, &name.unwrap_or(stem), "mp4");
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut process = Process::new(program);
    process.arg("render").arg(&source).arg("-o").arg(&path).arg("--stop-at-end-of-input");
    let scene = world.resource::<FilmMaker>().scene.as_ref();
    let options = [
        ("--scene", scene.map(|path| path.display().to_string())),
        ("--size", size),
        ("--fps", fps.map(|fps| fps.to_string())),
        ("--from", from_s.map(|s| s.to_string())),
        ("--to", to_s.map(|s| s.to_string())),
        ("--view", view),
    ];
    for (option, value) in options {
        process.args(value.map(|value| [option.to_owned(), value]).into_iter().flatten());
    }
    process.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = process.spawn().map_err(|e| e.to_string())?;
    let (say, lines) = channel();
    if let Some(stderr) = child.stderr.take() {
        let read = move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("film".to_owned()).spawn(read).map_err(|e| e.to_string())?;
    }
    let shown = path.display().to_string();
    let lines = std::sync::Mutex::new(lines);
    world.resource_mut::<FilmMaker>().making =
        Some(Making { child, lines, path, last_line: String::new() });
    world.resource_mut::<Draft>().0.film =
        Some(FilmView { path: shown.clone(), frames: 0, of_frames: 0, ended: None });
    Ok(shown)
}

/// Looks how far the film is.
pub fn look(
    mut maker: ResMut<FilmMaker>,
    mut draft: ResMut<Draft>,
    mut session: ResMut<RunningSession>,
) {
    let Some(making) = &mut maker.bypass_change_detection().making else { return };
    let Some(film) = &mut draft.0.film else { return };
    if let Ok(lines) = making.lines.get_mut() {
        while let Ok(line) = lines.try_recv() {
            let numbers = line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
            let numbers: Vec<u64> = numbers.take(2).collect();
            match numbers[..] {
                [done, of] if line.contains("/") && line.contains(" frames, ") => {
                    (film.frames, film.of_frames) = (done, of);
                }
                [of, ..] if line.contains(" frames on ") => film.of_frames = of,
                _ => making.last_line = line,
            }
        }
    }
    let Ok(Some(status)) = making.child.try_wait() else { return };
    let path = making.path.display();
    let (weight, text) = match status.code() {
        Some(0 | 3) => {
            film.frames = film.of_frames;
            (Weight::Info, format!("The film {path} is ready"))
        }
        // It was stopped, and what there is of it can be played.
        Some(1) if making.child.stdin.is_none() && making.path.exists() => {
            (Weight::Info, format!("The film {path} was stopped before its end"))
        }
        _ => (Weight::Error, format!("The film {path} was not made: {}", making.last_line)),
    };
    film.ended = Some(text.clone());
    session.get().tell(weight, text);
    maker.making = None;
}
