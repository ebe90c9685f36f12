//! Recordings as files in a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::{DQuat, DVec3};
use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::entry::Entry;
use skyreel_core::frame::Frame;
use skyreel_core::recording::{Effects, Header};
use skyreel_core::resolve::WorldFromNode;
use skyreel_core::session::{
    Begun, Footage, Opened, Studio, Tape, TapeEnd, TapeEnded, TapePlan, TapeProgress,
};
use skyreel_core::shelf::{file_name, numbered};
use skyreel_core::snapshot::Moment;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::wording::Surroundings;
use skyreel_store::Footing;
use skyreel_store::record::{Ending, Outcome, Plan, Recorder, Settings};

/// Recordings as files in a folder, of a scene that is not known beforehand: an app's own.
pub struct Folder {
    folder: PathBuf,
    settings: Settings,
    header: Header,
}

impl Folder {
    /// Recordings in this folder, which is made when the first one is.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, settings: Settings::default(), header: Header::default() }
    }

    /// With other settings.
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// What every recording says of where it comes from.
    pub fn with_header(self, header: Header) -> Self {
        Self { header, ..self }
    }
}

impl Studio for Folder {
    fn begin(&mut self, plan: TapePlan) -> Result<Begun, String> {
        let name = plan.name.clone().unwrap_or_else(|| "recording".to_owned());
        Ok(record(&self.folder, name, plan, self.header.clone(), self.settings.clone()))
    }

    fn open(&mut self, recording: &str) -> Result<Opened, String> {
        let path = path_of(&self.folder, recording)?;
        let footing = skyreel_store::Footage::open(&path, &AnyScene).map_err(|e| told(&e))?;
        Ok(opened(recording, footing))
    }
}

/// The file of a recording, by its id.
///
/// # Errors
/// Where the id could lead out of the folder, or there is no such file.
pub fn path_of(folder: &Path, recording: &str) -> Result<PathBuf, String> {
    let path = skyreel_core::shelf::is_id(recording).then(|| folder.join(recording));
    let path = path.filter(|path| path.is_file());
    path.ok_or_else(|| format!("there is no recording '{recording}' in {}", folder.display()))
}

/// The name that a recording gets: as it was typed, made safe, with a number where it is taken and
/// not to be replaced.
pub fn free_name(folder: &Path, typed: &str, overwrite: bool) -> String {
    let name = file_name(typed);
    let is_taken = |name: &String| {
        ["skyreel", "ron"].iter().any(|ending| folder.join(format!("{name}.{ending}")).exists())
    };
    if overwrite || !is_taken(&name) {
        return name;
    }
    // There are fewer files than numbers.
    let mut others = (2..).map(|number| numbered(&name, number));
    others.find(|name| !is_taken(name)).unwrap_or(name)
}

/// Begins a recording in a folder.
pub fn record(
    folder: &Path,
    name: String,
    plan: TapePlan,
    header: Header,
    settings: Settings,
) -> Begun {
    // So that it is called what its file is; should somebody take that now, the file has a number more.
    let name = free_name(folder, &name, plan.overwrite);
    let header = Header {
        title: name.clone(),
        description: plan.description,
        effects: Effects::Recorded,
        ..header
    };
    let recorder = Recorder::start(Plan {
        folder: folder.to_owned(),
        name: name.clone(),
        overwrite: plan.overwrite,
        header,
        baseline: Arc::new(plan.baseline),
        as_text: plan.as_text,
        settings,
    });
    let tape = FileTape::Running { folder: folder.to_owned(), recorder };
    Begun { name, tape: Box::new(tape) }
}

/// What was opened, as sessions play it.
pub fn opened(recording: &str, footing: Footing) -> Opened {
    let Footing { footage, faults, .. } = footing;
    let name = recording.rsplit([':', '/']).next().unwrap_or(recording);
    let name = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Opened {
        title: footage.title().map_or(name, str::to_owned),
        footage: Box::new(FileFootage(footage)),
        warnings: faults.iter().map(ToString::to_string).collect(),
    }
}

/// An error with its causes, in a line.
pub fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

/// A recording that goes to a file.
enum FileTape {
    Running {
        folder: PathBuf,
        recorder: Recorder,
    },
    Stopped {
        folder: PathBuf,
        ending: Ending,
    },
    /// While one becomes the other.
    Between,
}

impl Tape for FileTape {
    fn push(&mut self, entry: Entry) -> Result<(), TapeEnded> {
        match self {
            Self::Running { recorder, .. } => recorder.push(entry).map_err(|_| TapeEnded),
            Self::Stopped { .. } | Self::Between => Err(TapeEnded),
        }
    }

    fn progress(&self) -> TapeProgress {
        let (folder, progress) = match self {
            Self::Running { folder, recorder } => (folder, recorder.progress()),
            Self::Stopped { folder, ending } => (folder, ending.progress()),
            Self::Between => return TapeProgress::default(),
        };
        let end = progress.outcome.map(|Outcome { path, stopped, .. }| TapeEnd {
            recording: path.map(|path| id(folder, &path)),
            reason: stopped.map(|reason| reason.to_string()),
        });
        TapeProgress { bytes: progress.bytes, end }
    }

    fn stop(&mut self, discard: bool) {
        *self = match std::mem::replace(self, Self::Between) {
            Self::Running { folder, recorder } => {
                let ending = if discard { recorder.discard() } else { recorder.stop() };
                Self::Stopped { folder, ending }
            }
            stopped => stopped,
        };
    }

    fn picture(&mut self, png: Vec<u8>) {
        if let Self::Running { recorder, .. } = self {
            recorder.set_thumbnail(png);
        }
    }
}

/// A recording's path within its folder, with `/` between its parts.
fn id(folder: &Path, path: &Path) -> String {
    let within = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

struct FileFootage(skyreel_store::Footage);

impl Footage for FileFootage {
    fn duration(&self) -> SessionTime {
        self.0.duration()
    }

    fn frame(&mut self, at: SessionTime) -> Result<Frame, String> {
        self.0.frame(at).map_err(|error| told(&error))
    }

    fn moments(&mut self) -> Vec<Moment> {
        self.0.moments()
    }
}

/// A scene of which nothing is known: every node has a place, which playback does not ask for.
struct AnyScene;

impl Catalogue for AnyScene {
    fn properties(&self) -> &[PropertySpec] {
        &[]
    }
}

impl Surroundings for AnyScene {
    fn radii_m(&self, _: &str) -> Option<[f64; 3]> {
        None
    }

    fn world_from_node(&self, _: &str, _: SimTime) -> Option<WorldFromNode> {
        Some(WorldFromNode { position_m: DVec3::ZERO, rotation: DQuat::IDENTITY })
    }
}
