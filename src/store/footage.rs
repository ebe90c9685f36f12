//! What is played: a recording in memory, or one that stays on disk. Frames come out of both alike.

use std::fs::File;
use std::path::Path;

use skyreel_core::anchors;
use skyreel_core::catalogue::Catalogue;
use skyreel_core::fault::Fault;
use skyreel_core::format::native::{Reel, ReelError};
use skyreel_core::frame::Frame;
use skyreel_core::pose::NodeName;
use skyreel_core::recording::{Effects, Recording};
use skyreel_core::sample::sample;
use skyreel_core::snapshot::{Moment, moments};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::wording::Surroundings;
use skyreel_script::Limits;

use crate::open::{self, OpenError, Opened};
use crate::reading::FileSource;
use crate::record;

/// A recording to be played.
pub enum Footage {
    /// In memory.
    Whole(Box<Recording>),
    /// On disk: of any length, little of it is in memory.
    OnDisk(Box<Reel<FileSource<File>>>),
}

/// A recording to be played, and what should be known of it.
pub struct Footing {
    /// The recording.
    pub footage: Footage,
    /// What was lost, and what playing it will lack.
    pub faults: Vec<Fault>,
    /// Whether recorded data is missing.
    pub has_loss: bool,
}

impl Footage {
    /// Opens a recording of any format to be played in a scene. One of Skyreel's own stays on disk,
    /// where nothing speaks against it.
    ///
    /// # Errors
    /// Where nothing of it can be read.
    pub fn open(
        path: &Path,
        scene: &(impl Catalogue + Surroundings),
    ) -> Result<Footing, OpenError> {
        if let Some(footing) = on_disk(path, scene) {
            return Ok(footing);
        }
        let Opened { imported, warnings } = open::open(path, scene)?;
        let has_loss = imported.has_loss();
        let faults = imported.faults.into_iter().chain(warnings).collect();
        Ok(Footing { footage: Self::Whole(Box::new(imported.recording)), faults, has_loss })
    }

    /// Makes a recording ready to be played that is in memory already.
    pub fn of(mut recording: Recording, scene: &impl Catalogue) -> Footing {
        let faults = open::ready(&mut recording, scene);
        Footing { footage: Self::Whole(Box::new(recording)), faults, has_loss: false }
    }

    /// What it is called, where it says so.
    pub fn title(&self) -> Option<&str> {
        let header = match self {
            Self::Whole(recording) => &recording.header,
            Self::OnDisk(reel) => reel.header(),
        };
        Some(header.title.as_str()).filter(|title| !title.is_empty())
    }

    /// What its time line shows; nothing where that cannot be read.
    pub fn moments(&mut self) -> Vec<Moment> {
        match self {
            Self::Whole(recording) => moments(recording),
            Self::OnDisk(reel) => reel.without_cameras().map_or(Vec::new(), |all| moments(&all)),
        }
    }

    /// How long it is.
    pub fn duration(&self) -> SessionTime {
        match self {
            Self::Whole(recording) => recording.duration(),
            Self::OnDisk(reel) => reel.contents().duration,
        }
    }

    /// The names of the views that there is something to see from.
    pub fn views(&self) -> Vec<String> {
        match self {
            Self::Whole(recording) => {
                let seen = recording.views.iter().filter(|v| !v.camera.entries().is_empty());
                seen.map(|v| v.name.clone()).collect()
            }
            Self::OnDisk(reel) => reel.seen_views().map(|v| v.name.to_string()).collect(),
        }
    }

    /// From here on only this view is of interest.
    pub fn keep_view(&mut self, name: &str) {
        if let Self::Whole(recording) = self {
            recording.views.retain(|view| view.name == name);
        }
    }

    /// The nodes that its cameras are relative to.
    pub fn anchors(&self) -> Vec<NodeName> {
        match self {
            Self::Whole(recording) => anchors::anchors(recording),
            Self::OnDisk(reel) => {
                reel.contents().anchors.iter().map(|name| NodeName::new(name)).collect()
            }
        }
    }

    /// Everything at a moment.
    ///
    /// # Errors
    /// Where the piece that the moment lies in cannot be read.
    pub fn frame(&mut self, at: SessionTime) -> Result<Frame, ReelError> {
        match self {
            Self::Whole(recording) => Ok(sample(recording, at)),
            Self::OnDisk(reel) => reel.frame(at),
        }
    }
}

/// The recording on disk; `None` where it has to be read whole: other formats, files without an end,
/// cameras at nodes that the scene does not have, places in words that only a scene makes definite.
fn on_disk(path: &Path, scene: &(impl Catalogue + Surroundings)) -> Option<Footing> {
    if record::has_journal(path) {
        return None;
    }
    let mut reel = Reel::open(FileSource::new(File::open(path).ok()?)).ok()?;
    let is_known = |anchor: &String| scene.world_from_node(anchor, SimTime::J2000).is_some();
    if reel.contents().wordings > 0 || !reel.contents().anchors.iter().all(is_known) {
        return None;
    }
    let mut faults = Vec::new();
    if reel.header().effects == Effects::OfScripts {
        // What scripts do is not known before they have run, and they are few.
        let mut effects = reel.without_cameras().ok()?;
        if !effects.events.is_sorted_by_key(|event| event.stamp) {
            return None;
        }
        faults = skyreel_script::apply(&mut effects, scene, &Limits::default());
        faults.extend(open::expand_rules(&mut effects, scene));
        reel.play_effects(effects);
    }
    Some(Footing { footage: Footage::OnDisk(Box::new(reel)), faults, has_loss: false })
}
