//! Where the window's recordings are made and come from: a folder, and files that were dropped on the
//! window.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::Resource;
use bevy_skyreel::files;
use skyreel_core::anchors::hold_at_unknown;
use skyreel_core::journey::PLAYED_AS;
use skyreel_core::recording::Header;
use skyreel_core::session::{Begun, Opened, Studio, TapePlan};
use skyreel_core::time::SimTime;
use skyreel_sky::Scene;
use skyreel_store::record::Settings;
use skyreel_store::{Footage, Footing, locate};

use super::preferences::name_by_date;
use crate::app::projector::missing_anchors;

/// Recordings that are not in the folder: files that were dropped on the window or named on the command
/// line, by the ids that they got.
#[derive(Resource, Clone, Default)]
pub struct Guests(Arc<Mutex<BTreeMap<String, GuestFile>>>);

/// A recording that is not in the folder.
struct GuestFile {
    /// Its file; `None` where it is in none.
    path: Option<PathBuf>,
    /// What is in it, where it has been opened already: for the first time that it is played.
    opened: Option<Footing>,
}

impl Guests {
    /// Lets a file in; the id that it is played by. `opened`: what is in it, where it has been opened
    /// already.
    pub fn let_in(&self, path: PathBuf, opened: Option<Footing>) -> String {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let id = format!("file:{name}");
        let file = GuestFile { path: Some(path), opened };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), file);
        id
    }

    /// Lets the journey in that is being made, in place of what it was before; the id that it is
    /// played by.
    pub fn set_journey(&self, name: &str, opened: Footing) -> String {
        let id = format!("{PLAYED_AS}{name}");
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|id, _| !id.starts_with(PLAYED_AS));
        files.insert(id.clone(), GuestFile { path: None, opened: Some(opened) });
        id
    }

    /// The file of an id.
    pub fn path(&self, id: &str) -> Option<PathBuf> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(id)?.path.clone()
    }

    /// What is in it, the first time.
    fn take_opened(&self, id: &str) -> Option<Footing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(id)?.opened.take()
    }
}

/// The window's recordings.
pub struct WindowStudio {
    /// Where they are.
    pub folder: PathBuf,
    /// The scene that they are played in.
    pub scene: Arc<Scene>,
    /// Those that are elsewhere.
    pub guests: Guests,
    /// How they are written.
    pub settings: Settings,
    /// Tells what time it is.
    pub now: fn() -> Option<SimTime>,
}

impl WindowStudio {
    /// The file of a recording.
    fn path(&self, recording: &str) -> Result<PathBuf, String> {
        if let Some(path) = self.guests.path(recording) {
            return Ok(path);
        }
        locate(&self.folder, recording).map_err(|error| files::told(&error))
    }
}

impl Studio for WindowStudio {
    fn begin(&mut self, plan: TapePlan) -> Result<Begun, String> {
        let now = (self.now)();
        let created_utc = now.map_or(String::new(), SimTime::to_utc_iso);
        let by_date = || name_by_date(now, "recording");
        let name = plan.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(by_date);
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let host =
            std::fs::read_to_string("/etc/hostname").unwrap_or_else(|_| variable("COMPUTERNAME"));
        let header = Header {
            author: [variable("USER"), variable("USERNAME")]
                .into_iter()
                .find(|n| !n.is_empty())
                .unwrap_or_default(),
            host: host.trim().to_owned(),
            created_utc,
            program: concat!("Skyreel ", env!("CARGO_PKG_VERSION")).to_owned(),
            scene: self.scene.name().to_owned(),
            ..Header::default()
        };
        Ok(files::record(&self.folder, name, plan, header, self.settings.clone()))
    }

    fn open(&mut self, recording: &str) -> Result<Opened, String> {
        let mut footing = match self.guests.take_opened(recording) {
            Some(opened) => opened,
            None => {
                let path = self.path(recording)?;
                Footage::open(&path, &*self.scene).map_err(|error| files::told(&error))?
            }
        };
        if footing.footage.views().is_empty() {
            return Err("it has no camera entries, so there is nothing to see from".to_owned());
        }
        let missing = missing_anchors(footing.footage.anchors(), &self.scene);
        if let Footage::Whole(whole) = &mut footing.footage {
            hold_at_unknown(whole, |name| self.scene.id(name.as_str()).is_some());
        }
        let names: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
        let names = names.join(", ");
        if footing.footage.views().is_empty() {
            return Err(format!(
                "this scene has none of the nodes that its camera is relative to: {names}"
            ));
        }
        let mut opened = files::opened(recording, footing);
        if !missing.is_empty() {
            let text = format!(
                "this scene has no {names}; where the camera is relative to that, it stays"
            );
            opened.warnings.push(text);
        }
        Ok(opened)
    }
}
