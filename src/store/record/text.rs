//! A recording that is to be a text: made of the file when that has its end.

use std::io;
use std::path::{Path, PathBuf};

use skyreel_core::format::ron;

use crate::open::{OpenError, load};
use crate::save::{SaveError, save};

/// Why there is no text. The recording itself is whole.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The recording could not be read again.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The text could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The recording that the text was made of could not be removed.
    #[error("cannot remove {}", path.display())]
    Remove {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The name of the text.
pub(super) fn path_of(recording: &Path) -> PathBuf {
    recording.with_extension("ron")
}

/// Writes the text beside a recording, and removes that.
pub(super) fn write_beside(recording: &Path) -> Result<PathBuf, TextError> {
    let path = path_of(recording);
    save(&path, ron::write(&load(recording)?.recording).as_bytes(), false)?;
    std::fs::remove_file(recording)
        .map_err(|source| TextError::Remove { path: recording.to_owned(), source })?;
    Ok(path)
}
