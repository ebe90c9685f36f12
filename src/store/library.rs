//! The recordings in a folder, as lists show them. Recordings whose program died are given their end
//! on the way, so that they can be played like all others.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use skyreel_core::format::native::{Reel, ReelError};
use skyreel_core::time::SessionTime;

use crate::FileSource;
use crate::open::load;
use crate::record::{is_abandoned, is_being_recorded, recover};

/// The endings that recordings have.
const EXTENSIONS: [&str; 4] = ["skyreel", "ron", "osrec", "osrectxt"];

/// A recording in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its file.
    pub path: PathBuf,
    /// Its title, or else its file's name.
    pub title: String,
    /// When recording began, ISO 8601 UTC; empty if unknown.
    pub created_utc: String,
    /// How long it is; `None` where that cannot be told.
    pub duration: Option<SessionTime>,
    /// The size of its file.
    pub bytes: u64,
    /// What is to be known of it.
    pub condition: Condition,
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

/// The recordings in a folder, the youngest first.
///
/// # Errors
/// Where the folder cannot be read.
pub fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is_recording = EXTENSIONS.contains(&ending.to_lowercase().as_str()) && path.is_file();
        if is_recording {
            found.push(listed(path));
        }
    }
    found.sort_by(|a, b| b.created_utc.cmp(&a.created_utc).then_with(|| a.path.cmp(&b.path)));
    Ok(found)
}

fn listed(path: PathBuf) -> Listed {
    let is_native = |path: &Path| path.extension().is_some_and(|ending| ending == "skyreel");
    if !is_native(&path) {
        return whole(path);
    }
    if is_being_recorded(&path) {
        return unopened(path, Condition::BeingRecorded);
    }
    if !is_abandoned(&path) {
        return native(path);
    }
    match recover(&path, None) {
        Ok(recovered) if is_native(&recovered.path) => native(recovered.path),
        Ok(recovered) => whole(recovered.path),
        Err(error) => unopened(path, Condition::Damaged(error.to_string())),
    }
}

/// From a recording's own account of itself.
fn native(path: PathBuf) -> Listed {
    let reel = fs::File::open(&path)
        .map_err(ReelError::from)
        .and_then(|file| Reel::open(FileSource::new(file)));
    let reel = match reel {
        Ok(reel) => reel,
        Err(error) => return unopened(path, Condition::Damaged(error.to_string())),
    };
    let (contents, ending) = (reel.contents(), reel.ending());
    let condition = match &ending.stopped {
        Some(reason) => Condition::Stopped(reason.clone()),
        None if ending.recovered => Condition::Recovered,
        None => Condition::Whole,
    };
    Listed {
        title: title(&path, &reel.header().title),
        created_utc: reel.header().created_utc.clone(),
        duration: Some(contents.duration),
        bytes: bytes(&path),
        condition,
        path,
    }
}

/// By reading all of it.
fn whole(path: PathBuf) -> Listed {
    match load(&path) {
        Ok(imported) => Listed {
            title: title(&path, &imported.recording.header.title),
            created_utc: imported.recording.header.created_utc.clone(),
            duration: Some(imported.recording.duration()),
            bytes: bytes(&path),
            condition: match imported.faults.iter().find(|_| imported.has_loss()) {
                Some(fault) => Condition::Damaged(fault.to_string()),
                None => Condition::Whole,
            },
            path,
        },
        Err(error) => unopened(path, Condition::Damaged(error.to_string())),
    }
}

fn unopened(path: PathBuf, condition: Condition) -> Listed {
    Listed {
        title: title(&path, ""),
        created_utc: String::new(),
        duration: None,
        bytes: bytes(&path),
        condition,
        path,
    }
}

fn title(path: &Path, title: &str) -> String {
    if !title.is_empty() {
        return title.to_owned();
    }
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn bytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}
