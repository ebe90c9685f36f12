//! Saving bytes under a name: beside it first, then renamed, so that a failure leaves what was there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that could not be saved. What stood under its name still stands there.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is a file of that name, and replacing it was not asked for.
    #[error("{} exists already; name another file, or let it be replaced", .0.display())]
    Exists(PathBuf),
    /// It could not be written.
    #[error("cannot write {}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Saves `bytes` as `path`; `replace` says whether a file of that name may go.
///
/// # Errors
/// Where a file is in the way, or the folder cannot be written to.
pub fn save(path: &Path, bytes: &[u8], replace: bool) -> Result<(), SaveError> {
    save_with(path, replace, |file| file.write_all(bytes))
}

/// Saves what `write` writes, likewise.
///
/// # Errors
/// Where a file is in the way, or writing fails.
pub fn save_with(
    path: &Path,
    replace: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), SaveError> {
    let error = |source| SaveError::Io { path: path.to_owned(), source };
    if !replace && path.exists() {
        return Err(SaveError::Exists(path.to_owned()));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = open_beside(folder).map_err(error)?;
    write(&mut file).map_err(error)?;
    // What is replaced hands its permissions on.
    if let Some(old) = fs::metadata(path).ok().filter(|_| replace) {
        file.as_file().set_permissions(old.permissions()).map_err(error)?;
    }
    file.as_file().sync_all().map_err(error)?;
    let kept = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    match kept {
        Ok(_) => Ok(()),
        Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(SaveError::Exists(path.to_owned()))
        }
        Err(e) => Err(error(e.error)),
    }
}

/// A file without a name that lasts, readable for whom the folder's other new files are: a temporary
/// one would be its owner's alone.
fn open_beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
