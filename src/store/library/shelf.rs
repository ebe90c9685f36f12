//! A folder of recordings: what is in it, kept in memory so that only what has changed is read again,
//! and what can be done with it. No thread and no clock.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use skyreel_core::shelf::{self, WallTime};

use super::LibraryError;
use super::folder::{Found, find, locate, move_to_free};
use super::listed::{self, Condition, Listed};
use super::marks::{Mark, Marks};
use super::trash::{self, Trashed};
use crate::record::is_being_recorded;

/// The longest title, bytes.
const MOST_TITLE_BYTES: usize = 1000;

/// A folder of recordings.
#[derive(Debug)]
pub struct Library {
    pub(super) folder: PathBuf,
    pub(super) marks: Marks,
    /// Recordings that are not to be moved: they are being played.
    pub in_use: BTreeSet<String>,
    known: BTreeMap<String, Known>,
}

/// What was read of a file that had this size and date.
#[derive(Debug)]
struct Known {
    bytes: u64,
    modified: SystemTime,
    listed: Listed,
}

impl Library {
    /// Of a folder, of which nothing is known yet. It need not be there.
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            marks: Marks::of(folder),
            in_use: BTreeSet::new(),
            known: BTreeMap::new(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Looks at the folder. Gives the files that are to be read, with [`Library::read`], because they
    /// are new or have changed; those that are not there any more are forgotten.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn look(&mut self) -> io::Result<Vec<Found>> {
        self.marks.refresh();
        let found = find(&self.folder)?;
        let there: BTreeSet<&str> = found.iter().map(|found| found.id.as_str()).collect();
        self.known.retain(|id, _| there.contains(id.as_str()));
        let is_new = |found: &Found| match self.known.get(&found.id) {
            // Whether somebody still records into it is not to be seen from outside.
            Some(known) if known.listed.condition != Condition::BeingRecorded => {
                (known.bytes, known.modified) != (found.bytes, found.modified)
            }
            _ => true,
        };
        Ok(found.into_iter().filter(|found| is_new(found)).collect())
    }

    /// Forgets what was read.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    /// Reads a file, and gives it its end if its program died; `recovers`: even without its journals,
    /// which a file that is just being copied does not have either.
    pub fn read(&mut self, found: Found, recovers: bool) {
        let listed = listed::read(&found, recovers);
        // Recovering one writes it anew; it is looked at once more then.
        let known = Known { bytes: found.bytes, modified: found.modified, listed };
        self.known.insert(known.listed.id.clone(), known);
    }

    /// The recordings that were read, the youngest first.
    pub fn list(&self) -> Vec<Listed> {
        let marked =
            |known: &Known| known.listed.clone().marked(self.marks.of_recording(&known.listed.id));
        let mut list: Vec<Listed> = self.known.values().map(marked).collect();
        list.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
        list
    }

    /// What is in the trash, the latest first.
    pub fn trash(&self) -> Vec<Trashed> {
        trash::list(&self.folder)
    }

    /// Makes a recording a favourite, or no longer one.
    ///
    /// # Errors
    /// Where there is no such recording, or that cannot be noted.
    pub fn set_favourite(&mut self, id: &str, on: bool) -> Result<(), LibraryError> {
        self.mark(id, |mark| mark.favourite = on)
    }

    /// Secures a recording against being cleaned up, or no longer.
    ///
    /// # Errors
    /// Where there is no such recording, or that cannot be noted.
    pub fn set_secured(&mut self, id: &str, on: bool) -> Result<(), LibraryError> {
        self.mark(id, |mark| mark.secured = on)
    }

    fn mark(&mut self, id: &str, change: impl FnOnce(&mut Mark)) -> Result<(), LibraryError> {
        locate(&self.folder, id)?;
        self.marks.edit(|marks| change(marks.entry(id.to_owned()).or_default()))
    }

    /// Gives a recording another title, and its file the name that goes with it, in the folder where
    /// it is. Gives its id.
    ///
    /// # Errors
    /// Where there is no such recording, it is being recorded, or that is no title.
    pub fn rename(&mut self, id: &str, title: &str) -> Result<String, LibraryError> {
        let path = self.at_rest(id)?;
        let title: String = title.trim().chars().filter(|c| !c.is_control()).collect();
        if !(1..=MOST_TITLE_BYTES).contains(&title.len()) {
            return Err(LibraryError::Title { found: title.len(), most: MOST_TITLE_BYTES });
        }
        let name = shelf::file_name(&title);
        let above = id.rfind('/').map_or("", |slash| &id[..=slash]);
        let ending = id.rsplit_once('.').map_or("", |(_, ending)| ending);
        let new_id = move_to_free(&path, |number| {
            let id = format!("{above}{}.{ending}", shelf::numbered(&name, number));
            (self.folder.join(&id), id)
        })?;
        self.known.remove(id);
        self.marks.edit(|marks| {
            let mark = Mark { title, ..marks.remove(id).unwrap_or_default() };
            marks.insert(new_id.clone(), mark);
        })?;
        Ok(new_id)
    }

    /// Moves a recording to the trash. Gives what it is called there.
    ///
    /// # Errors
    /// Where there is no such recording, it is in use, or the disk refuses.
    pub fn put_in_trash(&mut self, id: &str, now: WallTime) -> Result<String, LibraryError> {
        self.at_rest(id)?;
        if self.in_use.contains(id) {
            return Err(LibraryError::InUse(id.to_owned()));
        }
        let trash_id = trash::put(&self.folder, id, now)?;
        self.known.remove(id);
        self.marks.rename(id, &trash::mark_of(&trash_id))?;
        Ok(trash_id)
    }

    /// Moves it back. Gives its id.
    ///
    /// # Errors
    /// Where it is not there, or the disk refuses.
    pub fn take_from_trash(&mut self, trash_id: &str) -> Result<String, LibraryError> {
        self.know_marks()?;
        let id = trash::take_back(&self.folder, trash_id)?;
        self.marks.rename(&trash::mark_of(trash_id), &id)?;
        Ok(id)
    }

    /// Deletes what is in the trash. There is no way back.
    ///
    /// # Errors
    /// Where it is not there, or the disk refuses.
    pub fn delete_from_trash(&mut self, trash_id: &str) -> Result<(), LibraryError> {
        self.know_marks()?;
        trash::delete(&self.folder, trash_id)?;
        self.marks.edit(|marks| {
            marks.remove(&trash::mark_of(trash_id));
        })
    }

    /// The file of a recording that nobody records into.
    fn at_rest(&mut self, id: &str) -> Result<PathBuf, LibraryError> {
        let path = locate(&self.folder, id)?;
        if is_being_recorded(&path) {
            return Err(LibraryError::InUse(id.to_owned()));
        }
        self.know_marks()?;
        Ok(path)
    }

    /// What is moved takes what was said of it along.
    fn know_marks(&mut self) -> Result<(), LibraryError> {
        self.marks.refresh();
        self.marks.check().map(drop)
    }
}
