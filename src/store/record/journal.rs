//! The journal beside a recording that is being made: entries as they came, each piece with its length
//! and sum, so that whatever was cut off in the middle is known to be.
//!
//! After `MAGIC`: pieces of `u32` length, `u32` CRC-32 of what follows, both little-endian, and a
//! `Note` in MessagePack.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use skyreel_core::entry::Entry;
use skyreel_core::recording::Header;
use skyreel_core::value::Value;

/// What a journal begins with; the last byte is the version.
pub(super) const MAGIC: &[u8] = b"skyreel journal 1\n";

/// One piece of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Note {
    /// What the recording began with; there until the first segment is in the file.
    Start {
        /// Who, where, when.
        header: Header,
        /// The properties.
        baseline: BTreeMap<Arc<str>, Value>,
    },
    /// Entries, in the order in which they came.
    Entries {
        /// The number of the segment that they belong to.
        segment: u64,
        /// They.
        entries: Vec<Entry>,
    },
    /// The recording is to become a text when it ends.
    AsText,
}

/// The names of a recording's journals: one for every other segment, so that one can be emptied
/// while the other grows.
pub(super) fn paths_of(recording: &Path) -> [PathBuf; 2] {
    [with(recording, ".journal"), with(recording, ".journal2")]
}

/// Whether a recording has a journal.
pub(crate) fn exists(recording: &Path) -> bool {
    paths_of(recording).iter().any(|path| path.exists())
}

/// What is in a recording's journals, nothing for one that is not there.
///
/// # Errors
/// Where one is there and cannot be read.
pub(crate) fn read_of(recording: &Path) -> io::Result<[Vec<u8>; 2]> {
    let read = |path: &PathBuf| match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    };
    let [first, second] = paths_of(recording);
    Ok([read(&first)?, read(&second)?])
}

/// The names of all that can be beside a recording, and belongs to it.
pub(crate) fn beside(recording: &Path) -> [PathBuf; 3] {
    let [first, second] = paths_of(recording);
    [first, second, reserve_of(recording)]
}

/// The name of the file that keeps room for a recording's end.
pub(super) fn reserve_of(recording: &Path) -> PathBuf {
    with(recording, ".reserve")
}

fn with(path: &Path, more: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(more);
    name.into()
}

/// Adds a piece to `bytes`.
pub(super) fn write(note: &impl Serialize, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.extend([0; 8]);
    // Into memory, and MessagePack has all types in it.
    let written = rmp_serde::encode::write_named(bytes, note);
    debug_assert!(written.is_ok(), "{written:?}");
    let (length, sum) = (bytes.len() - start - 8, crc32fast::hash(&bytes[start + 8..]));
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    bytes[start..start + 4].copy_from_slice(&length.to_le_bytes());
    bytes[start + 4..start + 8].copy_from_slice(&sum.to_le_bytes());
}

/// What [`Note::Entries`] is, for entries that stay where they are.
#[derive(Serialize)]
pub(super) enum Borrowed<'a> {
    /// As there.
    Entries { segment: u64, entries: &'a [Entry] },
}

/// The pieces of both journals in the order in which they were written, and whether all were whole.
pub(super) fn read_both(journals: &[Vec<u8>; 2]) -> (Vec<Note>, bool) {
    let [(mut notes, first_is_whole), (more, second_is_whole)] =
        journals.each_ref().map(|j| read(j));
    notes.extend(more);
    // Stable: within a segment they keep their order.
    notes.sort_by_key(|note| match note {
        Note::Start { .. } | Note::AsText => 0,
        Note::Entries { segment, .. } => segment + 1,
    });
    (notes, first_is_whole && second_is_whole)
}

/// The pieces of a journal up to the first that is not whole, and whether all were.
fn read(journal: &[u8]) -> (Vec<Note>, bool) {
    let Some(mut rest) = journal.strip_prefix(MAGIC) else {
        return (Vec::new(), journal.is_empty());
    };
    let mut notes = Vec::new();
    while !rest.is_empty() {
        let Some((note, after)) = read_one(rest) else { return (notes, false) };
        notes.push(note);
        rest = after;
    }
    (notes, true)
}

fn read_one(bytes: &[u8]) -> Option<(Note, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (note, after) = rest.split_at_checked(length)?;
    let is_whole = crc32fast::hash(note) == u32::from_le_bytes(*sum);
    Some((is_whole.then(|| rmp_serde::from_slice(note).ok())??, after))
}
