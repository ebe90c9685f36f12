//! Disks for tests: a small one that really fills up, and one that fails when it is told to.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use skyreel_store::record::{Medium, OnDisk, Sync};
use tempfile::TempDir;

/// A file system of its own, in memory, of a given size. Needs the right to mount one.
pub struct Tmpfs(TempDir);

impl Tmpfs {
    pub fn new(bytes: u64) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "skyreel-test"])
            .arg(folder.path())
            .output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(folder)),
            _ => {
                println!("skipped: no small disk can be mounted here (that needs root)");
                None
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

/// The disk, until it vanishes at the nth call.
pub struct Failing {
    calls: Arc<AtomicU32>,
    fails_from: u32,
}

impl Failing {
    pub fn new(fails_from: u32) -> Self {
        Self { calls: Arc::default(), fails_from }
    }

    fn call(&self) -> io::Result<OnDisk> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        if number < self.fails_from {
            Ok(OnDisk)
        } else {
            Err(io::Error::other("the disk is gone"))
        }
    }

    fn guard(&self, mut sync: Sync) -> Sync {
        let this = Self { calls: Arc::clone(&self.calls), fails_from: self.fails_from };
        Box::new(move || this.call().and_then(|_| sync()))
    }
}

impl Medium for Failing {
    type File = File;

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.call()?.make_folder(folder)
    }

    fn create(&mut self, path: &Path) -> io::Result<File> {
        self.call()?.create(path)
    }

    fn append(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let half = bytes.len() / 2;
        match self.call() {
            Ok(mut disk) => disk.append(file, bytes),
            Err(error) => {
                // What was begun stays where it is.
                let _ = OnDisk.append(file, &bytes[..half]);
                Err(error)
            }
        }
    }

    fn truncate(&mut self, file: &mut File, bytes: u64) -> io::Result<()> {
        self.call()?.truncate(file, bytes)
    }

    fn sync_of(&mut self, file: &File) -> io::Result<Sync> {
        Ok(self.guard(OnDisk.sync_of(file)?))
    }

    fn sync_of_folder(&mut self, folder: &Path) -> Sync {
        self.guard(OnDisk.sync_of_folder(folder))
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.call()?.remove(path)
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?.replace(from, to)
    }

    fn free_bytes(&mut self, folder: &Path) -> io::Result<u64> {
        self.call()?.free_bytes(folder)
    }
}
