//! OpenSpace's session recording files.

use super::{Imported, Unreadable};
use crate::fault::Fault;

/// Whether the bytes begin as an OpenSpace recording does.
pub fn is_osrec(bytes: &[u8]) -> bool {
    bytes.starts_with(b"OpenSpace_record/playback")
}

/// Reads it.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read(_bytes: &[u8]) -> Result<Imported, Unreadable> {
    Err(Unreadable(Box::new(Fault::loss("no reader yet"))))
}
