//! The trash of a folder: `.trash/2026-11-20T10-00-00Z/`, and below that what went there at that
//! moment, under the path that it had. So nothing has to be noted anywhere, and no note can be lost.

use std::fs;
use std::path::{Path, PathBuf};

use skyreel_core::shelf::{self, WallTime};

use super::LibraryError;
use super::folder::{find, locate, move_to_free};
use crate::record;

/// The folder's name.
pub(super) const NAME: &str = ".trash";

/// How many characters of a folder's name say when.
const STAMP_LENGTH: usize = "2026-11-20T10-00-00Z".len();

/// A recording in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trashed {
    /// What it is called in orders.
    pub trash_id: String,
    /// The id that it had, and has again when it is brought back.
    pub id: String,
    /// When it went there.
    pub since: WallTime,
    /// The size of its file.
    pub bytes: u64,
}

/// The path that marks have for what is in the trash.
pub(super) fn mark_of(trash_id: &str) -> String {
    format!("{NAME}/{trash_id}")
}

/// Moves a recording there. Gives what it is called now.
pub(super) fn put(folder: &Path, id: &str, now: WallTime) -> Result<String, LibraryError> {
    let path = locate(folder, id)?;
    let stamp = now.to_string().replace(':', "-");
    move_to_free(&path, |number| {
        let trash_id = format!("{}/{id}", shelf::numbered(&stamp, number));
        (root(folder).join(&trash_id), trash_id)
    })
}

/// Moves it back. Gives its id, with a number where its old one is taken.
pub(super) fn take_back(folder: &Path, trash_id: &str) -> Result<String, LibraryError> {
    let path = locate(&root(folder), trash_id)?;
    let (_, id) = split(trash_id).ok_or_else(|| LibraryError::BadId(trash_id.to_owned()))?;
    let (stem, ending) = id.rsplit_once('.').unwrap_or((id, ""));
    let id = move_to_free(&path, |number| {
        let id = format!("{}.{ending}", shelf::numbered(stem, number));
        (folder.join(&id), id)
    })?;
    remove_empty(&root(folder), &path);
    Ok(id)
}

/// What is there, the latest first. What others have put there is left alone.
pub(super) fn list(folder: &Path) -> Vec<Trashed> {
    let found = find(&root(folder)).unwrap_or_default();
    let mut trashed: Vec<_> = found
        .into_iter()
        .filter_map(|found| {
            let (since, id) = split(&found.id)?;
            let id = id.to_owned();
            Some(Trashed { id, since, bytes: found.bytes, trash_id: found.id })
        })
        .collect();
    trashed.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.trash_id.cmp(&b.trash_id)));
    trashed
}

/// Deletes a recording that is there. There is no way back.
pub(super) fn delete(folder: &Path, trash_id: &str) -> Result<(), LibraryError> {
    let path = locate(&root(folder), trash_id)?;
    fs::remove_file(&path).map_err(|source| LibraryError::Io { path: path.clone(), source })?;
    for beside in record::beside(&path) {
        let _ = fs::remove_file(beside);
    }
    remove_empty(&root(folder), &path);
    Ok(())
}

fn root(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// When, and what.
fn split(trash_id: &str) -> Option<(WallTime, &str)> {
    let (when, id) = trash_id.split_once('/')?;
    let stamp = when.get(..STAMP_LENGTH)?;
    let (day, time) = stamp.split_once('T')?;
    Some((format!("{day}T{}", time.replace('-', ":")).parse().ok()?, id))
}

/// Removes folders that have nothing in them any more, up to the trash itself.
fn remove_empty(root: &Path, path: &Path) {
    let above = path.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in above {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
