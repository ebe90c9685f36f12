//! What a list shows of one recording, read from its file.

use std::fs::File;
use std::path::Path;

use skyreel_core::format::native::{Reel, ReelError};
use skyreel_core::recording::Header;
use skyreel_core::shelf::WallTime;
use skyreel_core::time::SessionTime;

use super::folder::Found;
use super::marks::Mark;
use crate::FileSource;
use crate::open::load;
use crate::record::{self, is_abandoned, is_being_recorded, recover};

/// A recording in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What it is called in orders: its path in the folder, with `/` between the parts.
    pub id: String,
    /// Its title, or else its file's name.
    pub title: String,
    /// Its description.
    pub description: String,
    /// When recording began, ISO 8601 UTC; empty if unknown.
    pub created_utc: String,
    /// When recording began, or, if that is unknown, when its file was last written.
    pub date: WallTime,
    /// How long it is; `None` where that cannot be told.
    pub duration: Option<SessionTime>,
    /// The size of its file.
    pub bytes: u64,
    /// What is to be known of it.
    pub condition: Condition,
    /// Whether it has a picture; see [`crate::thumbnail`].
    pub has_thumbnail: bool,
    /// Whether somebody likes it. It is not cleaned up.
    pub is_favourite: bool,
    /// Whether somebody has said that it stays. It is not cleaned up.
    pub is_secured: bool,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// In how many days it goes to the trash, where that is soon.
    pub goes_in_days: Option<u32>,
}

/// What is to be known of a recording before it is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It is whole.
    Whole,
    /// Its program died; it is whole again.
    Recovered,
    /// It was stopped by this.
    Stopped(String),
    /// It is being recorded.
    BeingRecorded,
    /// Something is wrong with it.
    Damaged(String),
}

impl Condition {
    /// Whether it is a recording without doubt, and at rest.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Whole | Self::Recovered | Self::Stopped(_))
    }
}

/// What can be read of a recording. One whose program died is given its end if its journals are
/// there; `recovers` says whether it is even without them: a file that is just being copied looks
/// like that as well.
pub(super) fn read(found: &Found, recovers: bool) -> Listed {
    let is_native = |path: &Path| path.extension().is_some_and(|ending| ending == "skyreel");
    if !is_native(&found.path) {
        return whole(found);
    }
    if is_being_recorded(&found.path) {
        return unopened(found, Condition::BeingRecorded);
    }
    if !is_abandoned(&found.path) {
        return native(found);
    }
    if !recovers && !record::has_journal(&found.path) {
        return whole(found);
    }
    match recover(&found.path, None) {
        Ok(recovered) => {
            let Ok(metadata) = recovered.path.metadata() else {
                return unopened(found, Condition::Recovered);
            };
            let id = match recovered.path.extension() {
                // It was to be a text, and is one now.
                Some(ending) if !is_native(&recovered.path) => {
                    let stem = found.id.strip_suffix("skyreel").unwrap_or(&found.id);
                    format!("{stem}{}", ending.to_string_lossy())
                }
                _ => found.id.clone(),
            };
            let modified = metadata.modified().unwrap_or(found.modified);
            let found = Found { id, bytes: metadata.len(), modified, path: recovered.path };
            if is_native(&found.path) { native(&found) } else { whole(&found) }
        }
        Err(error) => unopened(found, Condition::Damaged(reason(&error))),
    }
}

/// From a recording's own account of itself.
fn native(found: &Found) -> Listed {
    let reel = File::open(&found.path)
        .map_err(ReelError::from)
        .and_then(|file| Reel::open(FileSource::new(file)));
    let mut reel = match reel {
        Ok(reel) => reel,
        Err(error) => return unopened(found, Condition::Damaged(reason(&error))),
    };
    let ending = reel.ending();
    let condition = match &ending.stopped {
        Some(reason) => Condition::Stopped(reason.clone()),
        None if ending.recovered => Condition::Recovered,
        None => Condition::Whole,
    };
    let has_thumbnail = reel.thumbnail().is_ok_and(|picture| picture.is_some());
    let duration = Some(reel.contents().duration);
    let listed = described(found, reel.header(), condition);
    let Condition::Stopped(reason) = &listed.condition else {
        return Listed { duration, has_thumbnail, ..listed };
    };
    let mut header = Header { title: listed.title, ..Header::default() };
    header.mark_stopped(reason);
    Listed { duration, has_thumbnail, title: header.title, ..listed }
}

/// By reading all of it.
fn whole(found: &Found) -> Listed {
    match load(&found.path) {
        Ok(imported) => {
            let condition = match imported.faults.iter().find(|_| imported.has_loss()) {
                Some(fault) => Condition::Damaged(fault.to_string()),
                None => Condition::Whole,
            };
            let duration = Some(imported.recording.duration());
            Listed { duration, ..described(found, &imported.recording.header, condition) }
        }
        Err(error) => unopened(found, Condition::Damaged(reason(&error))),
    }
}

/// Why, without the file's name: whoever sees the list sees that.
fn reason(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

fn unopened(found: &Found, condition: Condition) -> Listed {
    described(found, &Header::default(), condition)
}

fn described(found: &Found, header: &Header, condition: Condition) -> Listed {
    let stem = || found.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Listed {
        id: found.id.clone(),
        title: Some(header.title.clone()).filter(|t| !t.is_empty()).unwrap_or_else(stem),
        description: header.description.clone(),
        created_utc: header.created_utc.clone(),
        date: header.created_utc.parse().unwrap_or_else(|_| found.date()),
        duration: None,
        bytes: found.bytes,
        condition,
        has_thumbnail: false,
        is_favourite: false,
        is_secured: false,
        tags: Vec::new(),
        goes_in_days: None,
    }
}

impl Listed {
    /// With what was said of it.
    pub(super) fn marked(mut self, mark: Option<&Mark>) -> Self {
        let Some(mark) = mark else { return self };
        (self.is_favourite, self.is_secured) = (mark.favourite, mark.secured);
        self.tags.clone_from(&mark.tags);
        if !mark.title.is_empty() {
            self.title.clone_from(&mark.title);
        }
        self
    }
}
