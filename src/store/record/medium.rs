//! What recordings are written to: files in folders, behind a trait, so that tests can have disks that
//! fill up, fail or vanish.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::syncer::Sync;

/// How often a new file is tried to be locked, a millisecond apart.
const MOST_LOCK_TRIES: u32 = 200;

/// Somewhere files can be kept.
pub trait Medium: Send + 'static {
    /// An open file. Closing it gives up its lock.
    type File: Send;

    /// Makes a folder and those above it, if they are not there.
    ///
    /// # Errors
    /// Those of the disk, as of all that follow.
    fn make_folder(&mut self, folder: &Path) -> io::Result<()>;

    /// Makes a file that is not there yet and locks it against other programs.
    fn create(&mut self, path: &Path) -> io::Result<Self::File>;

    /// Appends bytes.
    fn append(&mut self, file: &mut Self::File, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file off and goes on from there.
    fn truncate(&mut self, file: &mut Self::File, bytes: u64) -> io::Result<()>;

    /// What waits until a file's bytes would outlast a power cut; for another thread.
    fn sync_of(&mut self, file: &Self::File) -> io::Result<Sync>;

    /// What waits until the names in a folder would.
    fn sync_of_folder(&mut self, folder: &Path) -> Sync;

    /// Removes a file.
    fn remove(&mut self, path: &Path) -> io::Result<()>;

    /// Gives a file the name of another, which goes.
    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()>;

    /// How many bytes can still be written in a folder.
    fn free_bytes(&mut self, folder: &Path) -> io::Result<u64>;
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnDisk;

impl Medium for OnDisk {
    type File = File;

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn create(&mut self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().read(true).append(true).create_new(true).open(path)?;
        for _ in 0..MOST_LOCK_TRIES {
            match file.try_lock() {
                // Some network file systems have no locks; a recording is worth more than they are.
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
                // Somebody looks at it, as lists do, and will not be long.
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn append(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn truncate(&mut self, file: &mut File, bytes: u64) -> io::Result<()> {
        file.set_len(bytes)
    }

    fn sync_of(&mut self, file: &File) -> io::Result<Sync> {
        let file = file.try_clone()?;
        Ok(Box::new(move || file.sync_data()))
    }

    fn sync_of_folder(&mut self, folder: &Path) -> Sync {
        let folder = folder.to_owned();
        // Only Unix can open a folder to sync it; elsewhere the file's own sync has to do.
        Box::new(move || if cfg!(unix) { File::open(&folder)?.sync_all() } else { Ok(()) })
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn free_bytes(&mut self, folder: &Path) -> io::Result<u64> {
        fs4::available_space(folder)
    }
}
