//! How a running Skyreel is found: one file for each in a folder of the user's own, which tells where it
//! listens and what opens the door. It lasts as long as the program; nothing else of the program is in it.
//!
//! Whoever runs holds its file locked, and the system lets go of the lock however the program ends. So a
//! file that can be locked is a dead one's, whatever has its process number or its port by now.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::web::Secret;

/// What the first instance is called that nobody names.
pub const FIRST_NAME: &str = "main";

/// The largest file that is read, bytes.
const MOST_BYTES: u64 = 64 << 10;

/// So many instances without a name of their own.
const MOST_UNNAMED: u32 = 100;

/// A running Skyreel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its name.
    pub name: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// What opens the door.
    pub secret: Secret,
    /// Its process.
    pub pid: u32,
    /// The program's version.
    pub version: String,
    /// When it was started, seconds since 1970 (UTC).
    pub started_unix_s: u64,
}

/// What is in the file, as text.
#[derive(Serialize, Deserialize)]
struct Written {
    name: String,
    address: SocketAddr,
    secret: String,
    pid: u32,
    version: String,
    started_unix_s: u64,
}

/// Why instances cannot be told of, or found.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// Reading or writing did not work.
    #[error("{path}: {source}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder is not for the user alone.
    #[error("{path}: {found}; expected a folder of your own that nobody else can open (mode 0700)")]
    NotOwn {
        /// Which.
        path: PathBuf,
        /// What it is.
        found: String,
    },
    /// A name that no instance can have.
    #[error(
        "an instance cannot be called '{0}'; expected 1 to 40 letters, digits, '-' and '_', with a \
         letter or digit in front"
    )]
    Name(String),
    /// Somebody has that name.
    #[error("a Skyreel that is called '{0}' is running already")]
    Taken(String),
}

/// The folder of the files.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The user's: in `XDG_RUNTIME_DIR`; without that, of the user's own in the folder for temporary
    /// files.
    pub fn users() -> Self {
        let absolute = |path: &PathBuf| path.is_absolute();
        match env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(absolute) {
            Some(own) => Self(own.join("skyreel")),
            None => Self(env::temp_dir().join(format!("skyreel-{}", own_uid()))),
        }
    }

    /// Some other one.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The instances that run, in order of their names. What dead ones left behind is removed.
    ///
    /// # Errors
    /// Where the folder cannot be read, or is not the user's own.
    pub fn running(&self) -> Result<Vec<Instance>, InstanceError> {
        match fs::symlink_metadata(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            _ => self.check()?,
        }
        let mut running = Vec::new();
        for entry in fs::read_dir(&self.0).map_err(self.at_io())? {
            let path = entry.map_err(self.at_io())?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                running.extend(read(&path)?);
            }
        }
        running.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(running)
    }

    /// Takes a name: this one, or where none is wished, the first that is free of main, main-2, main-3.
    ///
    /// # Errors
    /// Where the name is taken or cannot be one, or the file cannot be made.
    pub fn take(&self, wish: Option<&str>) -> Result<Name, InstanceError> {
        if let Some(name) = wish.filter(|name| !is_name(name)) {
            return Err(InstanceError::Name(name.to_owned()));
        }
        self.make()?;
        if let Some(name) = wish {
            return self.take_one(name)?.ok_or_else(|| InstanceError::Taken(name.to_owned()));
        }
        for number in 1..=MOST_UNNAMED {
            let name = match number {
                1 => FIRST_NAME.to_owned(),
                number => format!("{FIRST_NAME}-{number}"),
            };
            if let Some(taken) = self.take_one(&name)? {
                return Ok(taken);
            }
        }
        Err(InstanceError::Taken(FIRST_NAME.to_owned()))
    }

    fn take_one(&self, name: &str) -> Result<Option<Name>, InstanceError> {
        let path = self.0.join(format!("{name}.json"));
        let at = |source| InstanceError::Io { path: path.clone(), source };
        // Who looks whether we live holds the lock for a moment; who runs does not let go of it.
        for _ in 0..20 {
            let open = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .custom_flags(NO_FOLLOW)
                .open(&path);
            let file = open.map_err(at)?;
            match file.try_lock() {
                Ok(()) if is_still(&file, &path) => {
                    return Ok(Some(Name { name: name.to_owned(), path, file }));
                }
                // It was removed between opening and locking.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
                Err(TryLockError::Error(source)) => return Err(at(source)),
            }
        }
        Ok(None)
    }

    /// Makes the folder, and sees that it is the user's own.
    fn make(&self) -> Result<(), InstanceError> {
        match DirBuilder::new().recursive(true).mode(0o700).create(&self.0) {
            Ok(()) => self.check(),
            Err(source) => Err(self.at_io()(source)),
        }
    }

    fn check(&self) -> Result<(), InstanceError> {
        // Not what a link leads to: whoever made the link could lead it elsewhere later.
        let found = fs::symlink_metadata(&self.0).map_err(self.at_io())?;
        let mode = found.permissions().mode() & 0o777;
        let wrong = if !found.is_dir() {
            "it is no folder".to_owned()
        } else if found.uid() != own_uid() {
            format!("it belongs to user {}", found.uid())
        } else if mode & 0o077 != 0 {
            format!("its mode is {mode:04o}")
        } else {
            return Ok(());
        };
        Err(InstanceError::NotOwn { path: self.0.clone(), found: wrong })
    }

    fn at_io(&self) -> impl Fn(io::Error) -> InstanceError {
        |source| InstanceError::Io { path: self.0.clone(), source }
    }
}

/// A name that is taken. It is free again when this is dropped.
#[derive(Debug)]
pub struct Name {
    name: String,
    path: PathBuf,
    /// Held locked.
    file: File,
}

impl Name {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Tells others where its instance is, and what opens its door.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub fn announce(&mut self, instance: &Instance) -> Result<(), InstanceError> {
        let written = Written {
            name: self.name.clone(),
            address: instance.address,
            secret: instance.secret.reveal().to_owned(),
            pid: instance.pid,
            version: instance.version.clone(),
            started_unix_s: instance.started_unix_s,
        };
        let mut write = || {
            let text = serde_json::to_string_pretty(&written)? + "\n";
            // A dead one's file may have been anybody's to read.
            self.file.set_permissions(fs::Permissions::from_mode(0o600))?;
            self.file.set_len(0)?;
            self.file.write_all(text.as_bytes())
        };
        write().map_err(|source| InstanceError::Io { path: self.path.clone(), source })
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        if is_still(&self.file, &self.path) {
            // What is left behind after all is recognised as a dead one's.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether an instance can be called so. Names are file names, and words of a command line.
pub fn is_name(name: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    name.len() <= 40
        && name.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric())
        && name.bytes().all(is_inner)
}

/// `O_NOFOLLOW`: a link in the file's place is an error.
const NO_FOLLOW: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;

fn own_uid() -> u32 {
    rustix::process::getuid().as_raw()
}

/// The instance that a file tells of; `None` where it runs no more, or is only just starting.
fn read(path: &Path) -> Result<Option<Instance>, InstanceError> {
    let at = |source| InstanceError::Io { path: path.to_owned(), source };
    let mut open = OpenOptions::new();
    let mut file = match open.read(true).custom_flags(NO_FOLLOW).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(at(source)),
    };
    match file.try_lock() {
        Ok(()) => {
            if is_still(&file, path) {
                // If it cannot be removed, the next to look will try.
                let _ = fs::remove_file(path);
            }
            return Ok(None);
        }
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(source)) => return Err(at(source)),
    }
    let mut text = String::new();
    Read::by_ref(&mut file).take(MOST_BYTES).read_to_string(&mut text).map_err(at)?;
    let Ok(written) = serde_json::from_str::<Written>(&text) else { return Ok(None) };
    let Written { name, address, secret, pid, version, started_unix_s } = written;
    let is_its_own = path.file_stem().is_some_and(|stem| *stem == *name);
    let secret = Secret::told(&secret).filter(|_| is_its_own && address.ip().is_loopback());
    let of = |secret| Instance { name, address, secret, pid, version, started_unix_s };
    Ok(secret.map(of))
}

/// Whether a file still has its place.
fn is_still(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(one), Ok(other)) => one.ino() == other.ino() && one.dev() == other.dev(),
        _ => false,
    }
}
