//! The files of a folder and their ids: paths below it with `/` between the parts. No id leads out.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use skyreel_core::shelf::{self, WallTime};

use super::LibraryError;
use crate::record;

/// The endings that recordings have.
const EXTENSIONS: [&str; 4] = ["skyreel", "ron", "osrec", "osrectxt"];

/// How many folders deep recordings are looked for.
const MOST_DEPTH: usize = 16;

/// How many names are tried before it is given up.
const MOST_NAMES: u32 = 10_000;

/// A file that may be a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// When it was last written to.
    pub modified: SystemTime,
}

impl Found {
    /// When it was last written to.
    pub fn date(&self) -> WallTime {
        seconds(self.modified)
    }
}

/// A moment of the system's clock, cut to seconds.
pub(super) fn seconds(time: SystemTime) -> WallTime {
    let seconds = |d: std::time::Duration| i64::try_from(d.as_secs()).unwrap_or(i64::MAX);
    WallTime(match time.duration_since(UNIX_EPOCH) {
        Ok(after) => seconds(after),
        Err(before) => -seconds(before.duration()),
    })
}

/// The recordings below a folder, hidden files and folders left out, as are links that lead elsewhere.
///
/// # Errors
/// Where the folder itself cannot be read.
pub fn find(folder: &Path) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    walk(folder, "", MOST_DEPTH, &mut found, fs::read_dir(folder)?);
    Ok(found)
}

fn walk(root: &Path, prefix: &str, depth: usize, found: &mut Vec<Found>, folder: fs::ReadDir) {
    for entry in folder.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else { continue };
        if name.starts_with('.') {
            continue;
        }
        let (id, path) = (format!("{prefix}{name}"), entry.path());
        if kind.is_dir() && depth > 0 {
            // One that cannot be read hides no other.
            if let Ok(below) = fs::read_dir(&path) {
                walk(root, &format!("{id}/"), depth - 1, found, below);
            }
        } else if has_ending(&path) && (kind.is_file() || leads_inside(root, &path)) {
            let Ok(metadata) = fs::metadata(&path) else { continue };
            let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
            found.push(Found { id, path, bytes: metadata.len(), modified });
        }
    }
}

/// The file of a recording.
///
/// # Errors
/// Where the id leads out of the folder, or to no recording.
pub fn locate(folder: &Path, id: &str) -> Result<PathBuf, LibraryError> {
    if !shelf::is_id(id) {
        return Err(LibraryError::BadId(id.to_owned()));
    }
    let path = folder.join(id);
    if !has_ending(&path) || !leads_inside(folder, &path) {
        return Err(LibraryError::NoRecording(id.to_owned()));
    }
    Ok(path)
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Whether this is a file, and all links on the way to it stay in the folder.
fn leads_inside(folder: &Path, path: &Path) -> bool {
    match (fs::canonicalize(folder), fs::canonicalize(path)) {
        (Ok(folder), Ok(path)) => path.starts_with(folder) && path.is_file(),
        _ => false,
    }
}

/// Moves a recording, with what belongs to it, to the first of these paths that is free.
pub(super) fn move_to_free<T>(
    from: &Path,
    candidate: impl Fn(u32) -> (PathBuf, T),
) -> Result<T, LibraryError> {
    for number in 1..=MOST_NAMES {
        let (to, id) = candidate(number);
        if to == from {
            return Ok(id);
        }
        match move_to(from, &to) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(LibraryError::Io { path: from.to_owned(), source }),
            Ok(()) => return Ok(id),
        }
    }
    let source = io::ErrorKind::AlreadyExists.into();
    Err(LibraryError::Io { path: from.to_owned(), source })
}

fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    // Renaming would replace what is there; nobody else can have a name that this has taken.
    OpenOptions::new().write(true).create_new(true).open(to)?;
    if let Err(error) = fs::rename(from, to) {
        let _ = fs::remove_file(to);
        return Err(error);
    }
    for (old, new) in record::beside(from).iter().zip(record::beside(to)) {
        let _ = fs::rename(old, new);
    }
    Ok(())
}
