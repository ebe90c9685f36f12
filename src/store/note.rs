//! A small text that is kept between runs: how somebody left something. Without it all is as at first.

use std::io;
use std::path::Path;

use crate::save::{SaveError, save as save_file};

/// The longest file that is read, bytes.
const LONGEST: u64 = 1 << 16;

/// The text; `None` where there is none, or something else of that name.
///
/// # Errors
/// Where there is a file that cannot be read.
pub fn load(path: &Path) -> io::Result<Option<String>> {
    match std::fs::metadata(path) {
        Ok(about) if about.len() > LONGEST => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        _ => {}
    }
    Ok(String::from_utf8(std::fs::read(path)?).ok())
}

/// Keeps a text.
///
/// # Errors
/// Where it cannot be written; what was there before is left.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    if let Some(folder) = path.parent() {
        let path = path.to_owned();
        std::fs::create_dir_all(folder).map_err(|source| SaveError::Io { path, source })?;
    }
    save_file(path, text.as_bytes(), true)
}
