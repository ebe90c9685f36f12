//! The file formats: which there are, how a file's format is told from its bytes, and what reading
//! one gives. Bytes in, bytes out; each format's own knowledge is in its own module.

pub mod native;
pub mod osrec;
pub mod ron;
mod target;

pub use target::{CannotEncode, Encoded, Target};

use serde::Serialize;

use crate::fault::{Fault, Severity};
use crate::recording::Recording;
use crate::wording::{KnownGlobes, Surroundings};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// OpenSpace's session recording.
    OpenSpace,
    /// Skyreel's keyframe text.
    Ron,
    /// Skyreel's recording file.
    #[serde(rename = "skyreel")]
    Native,
}

/// Whether a file is text or binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Text.
    Ascii,
    /// Binary.
    Binary,
}

/// What a file turned out to be and to hold.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Which format.
    pub format: Format,
    /// The format's version as the file names it: `02.00`.
    pub version: String,
    /// Text or binary.
    pub mode: Mode,
    /// The part of the recording that could be read.
    pub recording: Recording,
    /// What could not, and what should be known.
    pub faults: Vec<Fault>,
}

impl Imported {
    /// Whether recorded data is missing.
    pub fn has_loss(&self) -> bool {
        self.faults.iter().any(|f| f.severity == Severity::Loss)
    }
}

/// A file of which nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub Box<Fault>);

/// Reads a recording of any format, told by its content; without a scene, so that what is put in
/// words of one ("look at the Moon") stays to be settled.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    read_in(bytes, &KnownGlobes)
}

/// The same in a scene.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read_in(bytes: &[u8], scene: &impl Surroundings) -> Result<Imported, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable(Box::new(Fault::loss("the file is empty").at_offset(0))));
    }
    if native::is_native(bytes) {
        return native::read(bytes);
    }
    if osrec::is_osrec(bytes) { osrec::read(bytes) } else { ron::read_in(bytes, scene) }
}
