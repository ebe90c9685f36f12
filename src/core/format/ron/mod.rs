//! Skyreel's own text format.

use super::{Imported, Unreadable};
use crate::fault::Fault;

/// Reads it.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read(_bytes: &[u8]) -> Result<Imported, Unreadable> {
    Err(Unreadable(Box::new(Fault::loss("no reader yet"))))
}

/// Writes it.
pub fn write(_recording: &crate::recording::Recording) -> String {
    String::new()
}
