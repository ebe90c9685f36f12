//! Which format a file's ending asks for, and a recording in it.

use super::osrec::{self, NotWritable, WriteOptions};
use super::{Mode, native, ron};
use crate::fault::Fault;
use crate::recording::Recording;

/// A format to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// OpenSpace's session recording, binary.
    Osrec,
    /// The same as text.
    Osrectxt,
    /// Skyreel's keyframe text.
    Ron,
    /// Skyreel's recording file.
    Skyreel,
}

/// A recording in a format.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the format cannot hold.
    pub losses: Vec<Fault>,
}

/// A recording that a format cannot hold.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CannotEncode {
    /// OpenSpace's.
    #[error(transparent)]
    OpenSpace(#[from] NotWritable),
    /// Skyreel's.
    #[error(transparent)]
    Skyreel(#[from] native::TooLarge),
}

impl Target {
    /// The format that a file name's ending names.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_lowercase().as_str() {
            "osrec" => Some(Self::Osrec),
            "osrectxt" => Some(Self::Osrectxt),
            "ron" => Some(Self::Ron),
            "skyreel" => Some(Self::Skyreel),
            _ => None,
        }
    }

    /// A recording in this format; `thumbnail` (PNG) goes where there is a place for it.
    ///
    /// # Errors
    /// Where the format cannot hold it at all.
    pub fn encode(
        self,
        recording: &Recording,
        options: WriteOptions,
        thumbnail: Option<&[u8]>,
    ) -> Result<Encoded, CannotEncode> {
        let openspace = |mode| {
            let written = osrec::write(recording, mode, options)?;
            Ok(Encoded { bytes: written.bytes, losses: written.losses })
        };
        let whole = |bytes| Encoded { bytes, losses: Vec::new() };
        match self {
            Self::Osrec => openspace(Mode::Binary),
            Self::Osrectxt => openspace(Mode::Ascii),
            Self::Ron => Ok(whole(ron::write(recording).into_bytes())),
            Self::Skyreel => {
                let ending = native::Ending::default();
                Ok(whole(native::encode_with(recording, &ending, thumbnail)?))
            }
        }
    }
}
