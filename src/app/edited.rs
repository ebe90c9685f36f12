//! What an edit command makes of recordings, whoever gives it: which edit, with which values, and what
//! to say of it.

use std::path::Path;

use serde::Serialize;
use skyreel_core::command::{EditCommand, Part};
use skyreel_core::edit::{self, EditError, NewDate, Progress, Reduced};
use skyreel_core::fault::Fault;
use skyreel_core::format::Imported;
use skyreel_core::recording::Recording;
use skyreel_core::time::{SessionSpan, SessionTime};
use skyreel_core::wording::Surroundings;
use skyreel_sky::Scene;
use skyreel_store::OpenError;

/// How far off a picture may be where nobody says, pixels of a picture 1080 high.
const REDUCED_WITHIN_PX: f64 = 1.0;
const SMOOTHED_WITHIN_PX: f64 = 10.0;

/// How long the passage between two recordings takes where nobody says, seconds.
const PASSAGE_S: f64 = 3.0;

/// What an edit made.
#[derive(Debug)]
pub struct Edited {
    /// One recording, or two.
    pub recordings: Vec<Recording>,
    /// What to say of it.
    pub said: String,
    /// The same in figures.
    pub figures: Figures,
}

/// What an edit of the camera's way came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// How far off the worst picture is, pixels of a picture 1080 high.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst_px: Option<f64>,
    /// How the camera shook before, degrees a second, every second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shake_before_deg_s2: Option<f64>,
    /// How it shakes now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shake_after_deg_s2: Option<f64>,
}

/// Why there is nothing.
#[derive(Debug, thiserror::Error)]
pub enum NotEdited {
    /// A recording that the command names was not handed in.
    #[error("a recording is missing")]
    Missing,
    /// It cannot be.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A value that is none.
    #[error("{what} is {expected}, not {found}")]
    Value {
        /// Of what.
        what: &'static str,
        /// What was given.
        found: String,
        /// What it can be.
        expected: &'static str,
    },
}

/// The recordings that a command names, in order.
pub fn sources(command: &EditCommand) -> Vec<&str> {
    match command {
        EditCommand::Reduce { recording, .. }
        | EditCommand::Smooth { recording, .. }
        | EditCommand::Trim { recording, .. }
        | EditCommand::Split { recording, .. }
        | EditCommand::Speed { recording, .. }
        | EditCommand::Date { recording, .. }
        | EditCommand::Drop { recording, .. } => vec![recording],
        EditCommand::Join { recording, then, .. } => vec![recording, then],
        EditCommand::Stop {} => Vec::new(),
    }
}

/// Reads a recording that a command names: as it is where only the camera's way is another afterwards,
/// else with what its scripts do in the scene. Second: what else is to be told of it.
///
/// # Errors
/// Where it cannot be read.
pub fn read(
    command: &EditCommand,
    path: &Path,
    scene: &Scene,
) -> Result<(Imported, Vec<Fault>), OpenError> {
    let is_of_camera = matches!(
        command,
        EditCommand::Reduce { .. }
            | EditCommand::Smooth { .. }
            | EditCommand::Drop { what: Part::Camera, .. }
    );
    if is_of_camera {
        return Ok((skyreel_store::load_in(path, scene)?, Vec::new()));
    }
    let opened = skyreel_store::open(path, scene)?;
    Ok((opened.imported, opened.warnings))
}

/// Does it. `opened` are the recordings that the command names, ready to play in `scene`.
///
/// # Errors
/// Where a value cannot be, or it was stopped.
pub fn make(
    command: &EditCommand,
    opened: &[Recording],
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<Edited, NotEdited> {
    let first = opened.first().ok_or(NotEdited::Missing)?;
    let end = first.duration();
    let stretch = |from_s: &Option<f64>, to_s: &Option<f64>| -> Result<_, NotEdited> {
        let from = from_s.map_or(Ok(SessionTime::ZERO), |s| moment("from_s", s))?;
        Ok((from, to_s.map_or(Ok(end), |s| moment("to_s", s))?))
    };
    let none = Figures::default();
    let one = |recording, said| Edited { recordings: vec![recording], said, figures: none };
    Ok(match command {
        EditCommand::Reduce { within_px, .. } => {
            let within_px = within_px.unwrap_or(REDUCED_WITHIN_PX);
            let (recording, told) = edit::reduce(first, within_px, scene, progress)?;
            let figures = Figures { worst_px: Some(told.worst_px), ..none };
            Edited { figures, ..one(recording, reduced(&told, within_px)) }
        }
        EditCommand::Smooth { within_px, .. } => {
            let within_px = within_px.unwrap_or(SMOOTHED_WITHIN_PX);
            let (recording, told) = edit::smooth(first, within_px, scene, progress)?;
            let figures = Figures {
                worst_px: Some(told.worst_px),
                shake_before_deg_s2: Some(told.shake_before),
                shake_after_deg_s2: Some(told.shake_after),
            };
            let made = one(
                recording,
                format!(
                    "the shake went from {:.3} to {:.3} degrees a second, every second; no picture is off by more than {:.2} pixels of 1080",
                    told.shake_before, told.shake_after, told.worst_px
                ),
            );
            Edited { figures, ..made }
        }
        EditCommand::Trim { from_s, to_s, .. } => {
            let (from, to) = stretch(from_s, to_s)?;
            let recording = edit::trim(first, (from, to), scene, progress)?;
            one(recording, format!("{} to {} of {}", seconds(from), seconds(to), seconds(end)))
        }
        EditCommand::Split { at_s, .. } => {
            let at = moment("at_s", *at_s)?;
            let recordings = edit::split(first, at, scene, progress)?.into();
            Edited { recordings, said: format!("split at {}", seconds(at)), figures: none }
        }
        EditCommand::Join { over_s, .. } => {
            let second = opened.get(1).ok_or(NotEdited::Missing)?;
            let over = moment("over_s", over_s.unwrap_or(PASSAGE_S))?;
            let over: SessionSpan = over;
            let recording = edit::join(first, second, over, scene, progress)?;
            one(recording, format!("a passage of {} between them", seconds(over)))
        }
        EditCommand::Speed { times, from_s, to_s, .. } => {
            let recording = edit::speed(first, *times, stretch(from_s, to_s)?, scene, progress)?;
            let lasts = recording.duration();
            one(recording, format!("{} became {}", seconds(end), seconds(lasts)))
        }
        EditCommand::Date { date, .. } => {
            let to: NewDate = date.parse().map_err(|_| NotEdited::Value {
                what: "the date",
                found: format!("'{date}'"),
                expected: "ISO 8601, UTC (2031-05-01T20:00:00), or an interval (-3h, 1y)",
            })?;
            let recording = edit::date(first, to, progress)?;
            let begins = recording.clock.sample(SessionTime::ZERO).sim_time;
            one(recording, format!("it begins at {}", begins.to_utc_iso()))
        }
        EditCommand::Drop { what, .. } => {
            let recording = edit::drop(first, *what, progress)?;
            one(recording, format!("without its {}", what.name()))
        }
        EditCommand::Stop {} => {
            Edited { recordings: Vec::new(), said: String::new(), figures: none }
        }
    })
}

/// What a new recording is called where nobody says: after the old one, and what was done.
pub fn name_after(command: &EditCommand, source: &str) -> String {
    let done = match command {
        EditCommand::Reduce { .. } => "reduced",
        EditCommand::Smooth { .. } => "smooth",
        EditCommand::Trim { .. } => "part",
        EditCommand::Split { .. } | EditCommand::Stop {} => return source.to_owned(),
        EditCommand::Join { .. } => "joined",
        EditCommand::Speed { .. } => "other speed",
        EditCommand::Date { .. } => "other date",
        EditCommand::Drop { what, .. } => return format!("{source} without {}", what.name()),
    };
    format!("{source} {done}")
}

/// The new name that a command gives.
pub fn asked_name(command: &EditCommand) -> Option<&str> {
    let name = match command {
        EditCommand::Reduce { name, .. }
        | EditCommand::Smooth { name, .. }
        | EditCommand::Trim { name, .. }
        | EditCommand::Split { name, .. }
        | EditCommand::Join { name, .. }
        | EditCommand::Speed { name, .. }
        | EditCommand::Date { name, .. }
        | EditCommand::Drop { name, .. } => name,
        EditCommand::Stop {} => return None,
    };
    name.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

fn reduced(told: &Reduced, within_px: f64) -> String {
    let Reduced { keys_before, keys_after, worst_px } = told;
    if keys_after < keys_before {
        return format!(
            "{keys_after} camera entries of {keys_before} are left; no picture is off by more than \
             {worst_px:.2} pixels of 1080"
        );
    }
    format!(
        "{keys_before} camera entries became {keys_after}: no way with fewer was found that keeps every \
         picture within {within_px} pixels of 1080; allow more of them, or smooth first"
    )
}

fn moment(what: &'static str, found_s: f64) -> Result<SessionTime, NotEdited> {
    let moment = SessionTime::from_secs(found_s).filter(|at| *at >= SessionTime::ZERO);
    let found = found_s.to_string();
    moment.ok_or(NotEdited::Value { what, found, expected: "0 or more seconds" })
}

fn seconds(time: SessionTime) -> String {
    format!("{:.3} s", time.as_secs())
}
