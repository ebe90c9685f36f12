//! The command line: what can be said, with help and examples. What it does is the program's.

mod completions;
mod ctl;
pub mod edit;
mod man;
mod settings;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use completions::complete;
pub use ctl::{Completions, Ctl, CtlWish, Man, ReachArgs, Run};
pub use man::{manual, manual_pages};
pub use settings::SettingsArgs;
pub use values::{FrameSize, Instant, Seconds, VerticalFov};

/// Record a journey through a 3D scene, replay it exactly, render it to video.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "skyreel",
    version,
    subcommand_precedence_over_arg = true,
    after_help = "\
Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but recorded data was lost or unreadable,
4 no such Skyreel is running (ctl).

Examples:
  skyreel                                    a window to fly, record and play in
  skyreel info tour.osrectxt                 what is in a recording
  skyreel render tour.osrectxt -o tour.mp4   its film
  skyreel tour.osrectxt                      play it in a window
  skyreel --headless                         no window: run it from a browser
  skyreel ctl record.start                   let the running one record"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub task: Option<Task>,
    /// A recording to play in a window.
    pub file: Option<PathBuf>,
    /// The scene to play in.
    #[command(flatten)]
    pub scene: SceneArg,
    /// Without a window: it is run by browsers, scripts and `skyreel ctl`.
    #[arg(long)]
    pub headless: bool,
    /// How others reach it.
    #[command(flatten)]
    pub reach: ReachArgs,
    /// Settings of the window.
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Task {
    /// Tell what is in a recording.
    Info(Info),
    /// Check recordings for damage.
    Verify(Verify),
    /// Tell where the camera is, what time it is and what is shown at moments of a recording.
    Sample(Sample),
    /// Turn a recording into another format.
    Convert(Convert),
    /// Make a recording of a recording: reduce, smooth, trim, split, join, speed, date, drop.
    Edit(edit::Edit),
    /// Render a recording to a film.
    Render(Render),
    /// Record by itself, for a while, along a journey.
    Record(Record),
    /// List the recordings in a folder, and recover those whose program died.
    List(List),
    /// Put together a recording that was not ended, or what is left of a damaged one.
    Recover(Recover),
    /// List the nodes of a scene with their places and properties.
    Scene(Scene),
    /// Drive a Skyreel that is running.
    Ctl(Ctl),
    /// Run a script without a window.
    Run(Run),
    /// Print what completes these words in a shell.
    Completions(Completions),
    /// Print the manual page, or write all of them.
    Man(Man),
}

/// Which scene.
#[derive(Clone, Debug, Default, Args)]
pub struct SceneArg {
    /// Scene file (RON), or the name of one in the user's data folder, skyreel/scenes; the solar
    /// system if left out: your own solar_system.ron there, else the one that is built in.
    #[arg(long, value_name = "FILE", global = true)]
    pub scene: Option<PathBuf>,
}

/// `skyreel info`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:\n  skyreel info tour.osrectxt\n  skyreel info tour.osrec --json")]
pub struct Info {
    /// Recording.
    pub file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `skyreel verify`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit status: 0 all clean, 3 damaged but partly readable, 1 nothing readable.\n\nExamples:\n  skyreel verify shows/*.osrectxt"
)]
pub struct Verify {
    /// Recordings.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Print JSON, one line a file.
    #[arg(long)]
    pub json: bool,
}

/// `skyreel sample`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  skyreel sample tour.osrectxt --at 12.5\n  skyreel sample tour.osrectxt --at 60 --at 0 --json | jq .below"
)]
pub struct Sample {
    /// Recording.
    pub file: PathBuf,
    /// Moment, seconds since the start of the recording. May be given many times, in any order.
    #[arg(long, value_name = "S", required = true, allow_negative_numbers = true)]
    pub at: Vec<Seconds>,
    /// View; the first one if left out.
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Tell all properties, also where they are many and as the scene has them.
    #[arg(long)]
    pub all: bool,
    /// Print JSON, one line a moment.
    #[arg(long)]
    pub json: bool,
}

/// `skyreel convert`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  skyreel convert tour.osrec tour.skyreel\n  skyreel convert tour.osrec tour.ron\n  skyreel convert tour.ron tour.osrectxt --for-openspace"
)]
pub struct Convert {
    /// Recording to read.
    pub input: PathBuf,
    /// File to write.
    pub output: PathBuf,
    /// Format to write; told by the output's extension if left out.
    #[arg(long)]
    pub to: Option<TargetFormat>,
    /// Also obey what OpenSpace's own player needs: a camera first, no empty scripts.
    #[arg(long)]
    pub for_openspace: bool,
    /// Replace the output if it exists.
    #[arg(long)]
    pub force: bool,
}

/// `skyreel list`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "A recording whose program died while it was made is put together on the way.\n\nExamples:\n  skyreel list\n  skyreel list shows/ --json"
)]
pub struct List {
    /// Folder; the user's data folder, skyreel/recordings, if left out.
    pub folder: Option<PathBuf>,
    /// Print JSON, one line a recording.
    #[arg(long)]
    pub json: bool,
}

/// `skyreel recover`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit status: 0 nothing is missing, 3 something is lost, 1 nothing can be recovered.\n\nExamples:\n  skyreel recover tour.skyreel\n  skyreel recover tour.skyreel -o whole.skyreel"
)]
pub struct Recover {
    /// Recording (.skyreel).
    pub file: PathBuf,
    /// File to write; in place of the recording if left out, of which a damaged one is kept beside it.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

/// A format to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TargetFormat {
    /// OpenSpace, binary.
    Osrec,
    /// OpenSpace, text.
    Osrectxt,
    /// Skyreel's keyframe text.
    Ron,
    /// Skyreel's recording file.
    Skyreel,
}

/// `skyreel record`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  skyreel record tour.skyreel --for 60 --fly journey.ron\n  skyreel record soak.skyreel --for 36000 --headless"
)]
pub struct Record {
    /// Recording to make (.skyreel, or .ron for a text). Where there is one of that name, a number is
    /// added.
    pub output: PathBuf,
    /// How long, seconds.
    #[arg(long = "for", value_name = "S", required = true)]
    pub lasts: Seconds,
    /// Journey (any recording) along which the camera is led; it stays before the Earth if left out.
    #[arg(long, value_name = "FILE")]
    pub fly: Option<PathBuf>,
    /// Without a window.
    #[arg(long)]
    pub headless: bool,
    /// Replace the recording if it exists.
    #[arg(long)]
    pub force: bool,
    /// A description for people.
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Settings.
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// `skyreel render`
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
The output is a film (.mp4), a folder, or a pattern such as frames/%06d.png.
Frame n shows the recording at exactly FROM + n / FPS seconds.

Examples:
  skyreel render tour.osrectxt -o tour.mp4
  skyreel render tour.osrectxt -o part.mp4 --from 10 --to 20 --size 3840x2160 --fps 30000/1001
  skyreel render tour.osrectxt -o frames/ --hide Constellations")]
pub struct Render {
    /// Recording.
    pub file: PathBuf,
    /// Film, folder or pattern to write.
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// Size in pixels.
    #[arg(long, value_name = "WxH", default_value = "1920x1080")]
    pub size: FrameSize,
    /// Frames a second: 60, 29.97, 30000/1001.
    #[arg(long, value_name = "N", default_value = "60")]
    pub fps: String,
    /// First moment, seconds; the recording's start if left out.
    #[arg(long, value_name = "S")]
    pub from: Option<Seconds>,
    /// Last moment, seconds; the recording's end if left out or later than that.
    #[arg(long, value_name = "S")]
    pub to: Option<Seconds>,
    /// View; the first one if left out.
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// Vertical field of view, degrees; as recorded, else OpenSpace's 50.534.
    #[arg(long, value_name = "DEG")]
    pub vfov: Option<VerticalFov>,
    /// Hide a node, whatever the recording says. May be given many times.
    #[arg(long, value_name = "NODE")]
    pub hide: Vec<String>,
    /// Show a node, whatever the recording says. May be given many times.
    #[arg(long, value_name = "NODE")]
    pub show: Vec<String>,
    /// Show the scene at this date (ISO 8601, UTC) instead of the recorded one.
    #[arg(long, value_name = "ISO")]
    pub date: Option<Instant>,
    /// What to do while the camera is at a node that the scene does not have.
    #[arg(long, value_name = "WHAT", default_value = "hold")]
    pub missing_anchor: MissingAnchorArg,
    /// Who encodes a film.
    #[arg(long, default_value = "builtin")]
    pub encoder: EncoderArg,
    /// Picture quality of a film, 0 (least) to 100.
    #[arg(long, value_name = "N", default_value_t = 75, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub quality: u8,
    /// Replace the output if it exists.
    #[arg(long)]
    pub force: bool,
    /// End the film, as Ctrl-C does, when standard input ends: for programs that start this one.
    #[arg(long, hide = true)]
    pub stop_at_end_of_input: bool,
}

/// What to do while a camera's anchor is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MissingAnchorArg {
    /// Refuse to start.
    Error,
    /// Stay where the camera last was.
    #[default]
    Hold,
    /// Use the origin of the world in its place.
    Origin,
}

/// Who encodes a film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EncoderArg {
    /// The encoder that is part of the program.
    #[default]
    Builtin,
    /// The ffmpeg that is installed.
    Ffmpeg,
}

/// `skyreel scene`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  skyreel scene --date 2026-03-07T18:30:00\n  skyreel scene --json | jq '.nodes[] | select(.name == \"Moon\")'"
)]
pub struct Scene {
    /// Date (ISO 8601, UTC); J2000 if left out.
    #[arg(long, value_name = "ISO")]
    pub date: Option<Instant>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}
