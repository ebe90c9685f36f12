//! What people say of recordings: favourite, secured, another title, tags. A file in their folder, so
//! that it goes where they go; their own files stay as they are.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::LibraryError;
use crate::save::save;

/// The file's name.
const NAME: &str = ".skyreel-library.ron";

/// What is said of one recording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Mark {
    pub favourite: bool,
    pub secured: bool,
    /// Empty: the recording's own.
    pub title: String,
    pub tags: Vec<String>,
}

/// By path in the folder. Those in the trash are there, with the trash's name before theirs.
type ById = BTreeMap<String, Mark>;

/// All that is said.
#[derive(Debug)]
pub(super) struct Marks {
    path: PathBuf,
    /// Size and date of the file as it was read.
    seen: Option<(u64, SystemTime)>,
    /// Or what is wrong with the file.
    by_id: Result<ById, String>,
}

impl Marks {
    pub fn of(folder: &Path) -> Self {
        Self { path: folder.join(NAME), seen: None, by_id: Ok(ById::new()) }
    }

    /// Reads them, if they have changed.
    pub fn refresh(&mut self) {
        let metadata = match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                (self.seen, self.by_id) = (None, Ok(ById::new()));
                return;
            }
            metadata => metadata,
        };
        let seen = metadata.and_then(|metadata| Ok((metadata.len(), metadata.modified()?)));
        if seen.as_ref().is_ok_and(|seen| self.seen == Some(*seen)) {
            return;
        }
        let text = fs::read_to_string(&self.path).map_err(|error| error.to_string());
        self.by_id = text.and_then(|text| ron::from_str(&text).map_err(|error| error.to_string()));
        self.seen = seen.ok();
    }

    /// What is said of a recording.
    pub fn of_recording(&self, id: &str) -> Option<&Mark> {
        self.by_id.as_ref().ok()?.get(id)
    }

    /// Whether it is known what was said.
    pub fn check(&self) -> Result<&ById, LibraryError> {
        let error = |reason: &String| LibraryError::Marks {
            path: self.path.clone(),
            reason: reason.clone(),
        };
        self.by_id.as_ref().map_err(error)
    }

    /// Changes them, here and in the file.
    pub fn edit(&mut self, change: impl FnOnce(&mut ById)) -> Result<(), LibraryError> {
        self.refresh();
        let mut changed = self.check()?.clone();
        change(&mut changed);
        changed.retain(|_, mark| *mark != Mark::default());
        if self.by_id.as_ref() == Ok(&changed) {
            return Ok(());
        }
        let pretty = ron::ser::PrettyConfig::default();
        // Plain values: it does not fail.
        let text = ron::ser::to_string_pretty(&changed, pretty).unwrap_or_default();
        save(&self.path, text.as_bytes(), true)?;
        (self.by_id, self.seen) = (Ok(changed), None);
        Ok(())
    }

    /// What was said of one recording is said of another.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), LibraryError> {
        self.edit(|marks| {
            marks.remove(to);
            if let Some(mark) = marks.remove(from) {
                marks.insert(to.to_owned(), mark);
            }
        })
    }
}
