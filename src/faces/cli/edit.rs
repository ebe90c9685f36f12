//! `skyreel edit`: what can be said of making recordings of recordings.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use skyreel_core::command::{EditCommand, Part};
use skyreel_core::edit::NewDate;

use super::Seconds;

/// `skyreel edit`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Each writes a new file and leaves the old one alone.

Examples:
  skyreel edit reduce tour.skyreel -o keys.ron
  skyreel edit trim tour.skyreel -o part.skyreel --from 10 --to 25
  skyreel edit join day.skyreel night.skyreel -o both.skyreel --over 5")]
pub struct Edit {
    /// What to make.
    #[command(subcommand)]
    pub task: EditTask,
}

/// What to make of a recording.
#[derive(Clone, Debug, Subcommand)]
pub enum EditTask {
    /// Keep as few camera entries as are needed.
    Reduce(Reduce),
    /// Take the shake out of the camera's way.
    Smooth(Smooth),
    /// Keep a part.
    Trim(Trim),
    /// Make two of one.
    Split(Split),
    /// Put one behind the other.
    Join(Join),
    /// Play a stretch faster or slower.
    Speed(Speed),
    /// Let it happen at another date.
    Date(Date),
    /// Leave something out.
    Drop(DropPart),
}

impl EditTask {
    /// The command that does the same to recordings of a library. Recordings are named by their files.
    pub fn command(&self) -> EditCommand {
        let recording = self.files().input.display().to_string();
        let seconds = |moment: Seconds| moment.0.as_secs();
        let (name, within) = (None, |px: Pixels| Some(px.0));
        match self {
            Self::Reduce(task) => {
                EditCommand::Reduce { recording, within_px: within(task.within_px), name }
            }
            Self::Smooth(task) => {
                EditCommand::Smooth { recording, within_px: within(task.within_px), name }
            }
            Self::Trim(task) => {
                let (from_s, to_s) = (task.from.map(seconds), task.to.map(seconds));
                EditCommand::Trim { recording, from_s, to_s, name }
            }
            Self::Split(task) => EditCommand::Split { recording, at_s: seconds(task.at), name },
            Self::Join(task) => {
                let (then, over_s) = (task.then.display().to_string(), Some(seconds(task.over)));
                EditCommand::Join { recording, then, over_s, name }
            }
            Self::Speed(task) => {
                let (from_s, to_s) = (task.from.map(seconds), task.to.map(seconds));
                EditCommand::Speed { recording, times: task.times.0, from_s, to_s, name }
            }
            Self::Date(task) => EditCommand::Date { recording, date: task.date.clone(), name },
            Self::Drop(task) => EditCommand::Drop { recording, what: task.what.into(), name },
        }
    }

    /// What is read, what is written, how it is told.
    pub fn files(&self) -> &Files {
        match self {
            Self::Reduce(Reduce { files, .. })
            | Self::Smooth(Smooth { files, .. })
            | Self::Trim(Trim { files, .. })
            | Self::Split(Split { files, .. })
            | Self::Speed(Speed { files, .. })
            | Self::Date(Date { files, .. })
            | Self::Drop(DropPart { files, .. })
            | Self::Join(Join { files, .. }) => files,
        }
    }
}

/// What is read, what is written, how it is told.
#[derive(Clone, Debug, Args)]
pub struct Files {
    /// Recording to read.
    pub input: PathBuf,
    /// File to write (.skyreel, .ron, .osrec, .osrectxt).
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// Replace the output if it exists.
    #[arg(long)]
    pub force: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// A bound on the error of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pixels(pub f64);

impl std::str::FromStr for Pixels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse::<f64>() {
            Ok(px) if px > 0.0 && px.is_finite() => Ok(Self(px)),
            _ => Err("expected pixels, a number above 0 such as 1.5".to_owned()),
        }
    }
}

/// How many times as fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times(pub f64);

impl std::str::FromStr for Times {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse::<f64>() {
            Ok(times) if (0.001..=1_000.0).contains(&times) => Ok(Self(times)),
            _ => Err("expected a number from 0.001 to 1000, such as 2".to_owned()),
        }
    }
}

/// `skyreel edit reduce`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
The camera goes through the keys smoothly or straight, whichever needs fewer of them. What is told is
the worst of 240 pictures a second.

Examples:
  skyreel edit reduce tour.skyreel -o keys.ron
  skyreel edit reduce tour.osrec -o keys.skyreel --within-px 3")]
pub struct Reduce {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// How far anything in a picture may be from where it was, pixels of a picture 1080 high.
    #[arg(long, value_name = "N", default_value = "1")]
    pub within_px: Pixels,
}

/// `skyreel edit smooth`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Jumps and stops stay; the camera starts and ends where it did.

Examples:
  skyreel edit smooth tour.skyreel -o calm.skyreel
  skyreel edit smooth tour.osrec -o calm.skyreel --within-px 30")]
pub struct Smooth {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// How far anything in a picture may be from where it was, pixels of a picture 1080 high.
    #[arg(long, value_name = "N", default_value = "10")]
    pub within_px: Pixels,
}

/// `skyreel edit trim`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  skyreel edit trim tour.skyreel -o part.skyreel --from 10 --to 25
  skyreel edit trim tour.skyreel -o rest.skyreel --from 10")]
pub struct Trim {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// First moment, seconds; the start if left out.
    #[arg(long, value_name = "S")]
    pub from: Option<Seconds>,
    /// Last moment, seconds; the end if left out.
    #[arg(long, value_name = "S")]
    pub to: Option<Seconds>,
}

/// `skyreel edit split`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
The output's name is that of both: show.skyreel becomes show-1.skyreel and show-2.skyreel.

Examples:
  skyreel edit split tour.skyreel -o show.skyreel --at 30")]
pub struct Split {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// First moment of the second, seconds.
    #[arg(long, value_name = "S")]
    pub at: Seconds,
}

/// `skyreel edit join`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
During the passage the camera flies from where the first leaves it to where the second begins. Clocks a
day apart or less glide; others jump in the middle.

Examples:
  skyreel edit join day.skyreel night.skyreel -o both.skyreel --over 5
  skyreel edit join day.skyreel night.skyreel -o cut.skyreel --over 0")]
pub struct Join {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// Recording to put behind it.
    pub then: PathBuf,
    /// How long the passage between them takes, seconds; 0: a cut.
    #[arg(long, value_name = "S", default_value = "3")]
    pub over: Seconds,
}

/// `skyreel edit speed`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Simulation time goes with the pictures.

Examples:
  skyreel edit speed tour.skyreel -o fast.skyreel --times 2
  skyreel edit speed tour.skyreel -o slow.skyreel --times 0.25 --from 10 --to 12")]
pub struct Speed {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// How many times as fast, 0.001 to 1000.
    #[arg(long, value_name = "X")]
    pub times: Times,
    /// The stretch's first moment, seconds; the start if left out.
    #[arg(long, value_name = "S")]
    pub from: Option<Seconds>,
    /// The stretch's last moment, seconds; the end if left out.
    #[arg(long, value_name = "S")]
    pub to: Option<Seconds>,
}

/// `skyreel edit date`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Cameras stay where they are relative to their anchors. One that does not follow its anchor's rotation
keeps the stars behind it, and has another side of the anchor before it.

Examples:
  skyreel edit date tour.skyreel -o then.skyreel --date 2031-05-01T20:00:00
  skyreel edit date tour.skyreel -o earlier.skyreel --date -3h")]
pub struct Date {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// The date at its start (ISO 8601, UTC), or an interval to shift by: -3h, 1y.
    #[arg(long, value_name = "ISO|INTERVAL", allow_hyphen_values = true, value_parser = date)]
    pub date: String,
}

fn date(text: &str) -> Result<String, String> {
    match text.parse::<NewDate>() {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// `skyreel edit drop`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  skyreel edit drop tour.skyreel toggles -o plain.skyreel
  skyreel edit drop tour.skyreel camera -o still.skyreel")]
pub struct DropPart {
    /// Files.
    #[command(flatten)]
    pub files: Files,
    /// What to leave out.
    pub what: PartArg,
}

/// What can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PartArg {
    /// The camera: it stays where it is at the start.
    Camera,
    /// What properties do after the start.
    Toggles,
    /// Scripts, console lines and markers.
    Events,
}

impl From<PartArg> for Part {
    fn from(part: PartArg) -> Self {
        match part {
            PartArg::Camera => Self::Camera,
            PartArg::Toggles => Self::Toggles,
            PartArg::Events => Self::Events,
        }
    }
}
