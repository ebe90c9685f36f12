//! From a path to a recording that can be played: read, run its scripts once for their effects,
//! expand its rules against the scene.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use skyreel_core::catalogue::Catalogue;
use skyreel_core::fault::Fault;
use skyreel_core::format::{self, Format, Imported, Unreadable};
use skyreel_core::recording::Recording;
use skyreel_core::rule;
use skyreel_core::wording::{self, KnownGlobes, Surroundings};
use skyreel_script::Limits;

use crate::record;

/// A recording ready to play.
#[derive(Debug)]
pub struct Opened {
    /// What the file turned out to be, and its recording with the effects of its scripts.
    pub imported: Imported,
    /// What playing it will lack: scripts not understood, properties that the scene does not have.
    pub warnings: Vec<Fault>,
}

/// A recording that could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file itself could not be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Nothing in the file could be read.
    #[error("{}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: Unreadable,
    },
}

/// Reads a file as it is, scripts as texts.
///
/// # Errors
/// Where the file cannot be read, or holds nothing that can.
pub fn load(path: &Path) -> Result<Imported, OpenError> {
    load_in(path, &KnownGlobes)
}

/// The same, with places in words as a scene makes them definite.
///
/// # Errors
/// Where the file cannot be read, or holds nothing that can.
pub fn load_in(path: &Path, scene: &impl Surroundings) -> Result<Imported, OpenError> {
    let bytes = read(path)?;
    let imported = if record::has_journal(path) {
        // Its end is still to be written; the journal has what the file does not have yet.
        let journals = record::read_journals(path)
            .map_err(|source| OpenError::Io { path: path.into(), source })?;
        record::assemble(&bytes, &journals).map(|(imported, _)| imported)
    } else {
        format::read_in(&bytes, scene)
    };
    imported.map_err(|source| OpenError::Unreadable { path: path.into(), source })
}

fn read(path: &Path) -> Result<Vec<u8>, OpenError> {
    fs::read(path).map_err(|source| OpenError::Io { path: path.into(), source })
}

/// Reads a file and makes it ready to play in a scene.
///
/// # Errors
/// Where the file cannot be read, or holds nothing that can.
pub fn open(path: &Path, scene: &(impl Catalogue + Surroundings)) -> Result<Opened, OpenError> {
    let mut imported = load_in(path, scene)?;
    if imported.format == Format::Native {
        // A text is worked out for the scene while it is read.
        let unsettled = wording::settle(&mut imported.recording, scene).into_iter();
        imported.faults.extend(unsettled.map(|entry| Fault::warning(entry.to_string())));
    }
    let warnings = ready(&mut imported.recording, scene);
    Ok(Opened { imported, warnings })
}

/// Makes what was read ready to play: runs its scripts, expands its rules. What playing it will lack.
pub(crate) fn ready(recording: &mut Recording, scene: &impl Catalogue) -> Vec<Fault> {
    let mut warnings = skyreel_script::apply(recording, scene, &Limits::default());
    warnings.extend(expand_rules(recording, scene));
    warnings
}

/// Turns rules into changes, and tells what the scene does not have.
pub(crate) fn expand_rules(recording: &mut Recording, scene: &impl Catalogue) -> Vec<Fault> {
    let unknown = rule::expand(recording, scene).into_iter().map(|name| {
        Fault::warning(format!("the scene has no property '{name}'; its changes show nothing"))
            .found(name, "a property of the scene")
    });
    unknown.collect()
}
