//! What was typed into the console, kept between runs: a file of JSON texts, one a line.

use std::io;
use std::path::Path;

use crate::save::{SaveError, save as save_file};

/// The longest file that is read, bytes.
const LONGEST: u64 = 4 << 20;

/// What was typed, the oldest first; nothing where there is no file. Lines that are no texts are left
/// out.
///
/// # Errors
/// Where there is a file that cannot be read.
pub fn load(path: &Path) -> io::Result<Vec<String>> {
    match std::fs::metadata(path) {
        Ok(about) if about.len() > LONGEST => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        _ => {}
    }
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Keeps what was typed.
///
/// # Errors
/// Where it cannot be written; what was there before is left.
pub fn save(path: &Path, typed: &[String]) -> Result<(), SaveError> {
    let lines = typed.iter().filter_map(|line| serde_json::to_string(line).ok());
    let text: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
    if let Some(folder) = path.parent() {
        let path = path.to_owned();
        std::fs::create_dir_all(folder).map_err(|source| SaveError::Io { path, source })?;
    }
    save_file(path, text.as_bytes(), true)
}
