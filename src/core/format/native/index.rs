//! Where the segments of a finished file lie, from the index at its end, so that any moment can be
//! read without reading the rest.

use mcap::records::op;

use crate::fault::Fault;

use super::attachment;
use super::metadata::{END, HEAD, Named};
use super::walk::{MAGIC, RECORD_HEAD, Reader, Walk};

/// How many bytes a file ends with whatever is in it: the footer record and the magic after it.
pub const TAIL_BYTES: usize = RECORD_HEAD + 20 + 8;

/// The end of a file: where its index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tail {
    /// Where the index begins, in the file.
    pub index_start: u64,
    /// How long it is.
    pub index_bytes: usize,
    /// The footer up to its sum, which covers that too.
    head: [u8; RECORD_HEAD + 16],
    crc: u32,
}

/// Why a file cannot be read piece by piece; reading it whole says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the recording's index {0}")]
pub struct NoIndex(&'static str);

impl NoIndex {
    /// An index that does not lead to everything that belongs to a recording.
    pub(super) const INCOMPLETE: Self = Self("is incomplete");
}

/// Where one segment lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentPlace {
    /// Its beginning, in time since the origin, nanoseconds.
    pub start: u64,
    /// Its last entry, likewise.
    pub end: u64,
    /// Of its chunk record in the file.
    pub offset: u64,
    /// The record's length.
    pub bytes: u64,
    /// Which channels have something in it: a bit each, the last one for all ids from 63 on.
    channels: u64,
}

/// The index of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// The segments, in order.
    pub segments: Vec<SegmentPlace>,
    /// Where the metadata lies that the file begins with, and that at its end: offset and length.
    metadata: Vec<(String, u64, u64)>,
    /// Where attachments lie, likewise.
    attachments: Vec<(String, u64, u64)>,
}

impl SegmentPlace {
    /// Whether a channel has something in this segment.
    pub fn has(&self, channel: super::Channel) -> bool {
        channel.id().is_some_and(|id| self.channels & bit(id) != 0)
    }
}

fn bit(channel: u16) -> u64 {
    1 << channel.min(63)
}

impl Tail {
    /// From the last bytes of a file of that length.
    ///
    /// # Errors
    /// Where they are not the end of a finished file.
    pub fn parse(last: &[u8], file_bytes: u64) -> Result<Self, NoIndex> {
        let broken = NoIndex("is missing: the recording was not ended");
        let tail = last.len().checked_sub(TAIL_BYTES).and_then(|at| last.get(at..));
        let tail = tail.ok_or(broken)?;
        let head = *tail.first_chunk().ok_or(broken)?;
        let mut reader = Reader(tail);
        let (op, length) = reader.u8().zip(reader.u64()).ok_or(broken)?;
        let summary = reader.u64().zip(reader.u64()).zip(reader.u32());
        let ((index_start, _), crc) = summary.ok_or(broken)?;
        if (op, length) != (op::FOOTER, 20) || reader.0 != MAGIC || index_start == 0 {
            return Err(broken);
        }
        let end = file_bytes.checked_sub(TAIL_BYTES as u64).ok_or(broken)?;
        let index_bytes = end.checked_sub(index_start).and_then(|n| usize::try_from(n).ok());
        Ok(Self { index_start, index_bytes: index_bytes.ok_or(broken)?, head, crc })
    }
}

impl Index {
    /// From the bytes that a tail told of.
    ///
    /// # Errors
    /// Where they are damaged.
    pub fn parse(bytes: &[u8], tail: &Tail) -> Result<Self, NoIndex> {
        let mut sum = crc32fast::Hasher::new();
        sum.update(bytes);
        sum.update(&tail.head);
        if tail.crc != 0 && sum.finalize() != tail.crc {
            return Err(NoIndex("was changed after it was written"));
        }
        let mut index = Self::default();
        for record in Walk::new(bytes, 0, tail.index_start) {
            let record = record.map_err(|_| NoIndex("is cut off"))?;
            match record.op {
                op::CHUNK_INDEX => {
                    let place = segment_place(record.body).ok_or(NoIndex("is damaged"))?;
                    index.segments.push(place);
                }
                op::METADATA_INDEX => {
                    let place = metadata_place(record.body).ok_or(NoIndex("is damaged"))?;
                    index.metadata.push(place);
                }
                op::ATTACHMENT_INDEX => {
                    let place = attachment::place(record.body).ok_or(NoIndex("is damaged"))?;
                    index.attachments.push(place);
                }
                _ => {}
            }
        }
        if index.segments.is_empty() {
            return Err(NoIndex("lists nothing"));
        }
        Ok(index)
    }

    /// Where an attachment lies: offset and length of its record.
    pub fn attachment(&self, name: &str) -> Option<(u64, u64)> {
        let found = self.attachments.iter().rfind(|(of, _, _)| of == name);
        found.map(|(_, offset, length)| (*offset, *length))
    }

    /// Where in the file the metadata is that tells who, where and when; and that which tells what the
    /// recording came to: offset and length each.
    pub fn head_and_end(&self) -> Option<[(u64, u64); 2]> {
        let find = |wanted: &str| {
            let found = self.metadata.iter().rfind(|(name, _, _)| name == wanted);
            found.map(|(_, offset, length)| (*offset, *length))
        };
        Some([find(HEAD)?, find(END)?])
    }
}

/// <https://mcap.dev/spec#chunk-index-op0x08>
fn segment_place(body: &[u8]) -> Option<SegmentPlace> {
    let mut reader = Reader(body);
    let (start, end) = (reader.u64()?, reader.u64()?);
    let (offset, bytes) = (reader.u64()?, reader.u64()?);
    let mut channels = Reader(reader.text()?);
    let mut bits = 0;
    while let Some(id) = channels.u16() {
        bits |= bit(id);
        channels.u64()?;
    }
    Some(SegmentPlace { start, end, offset, bytes, channels: bits })
}

/// <https://mcap.dev/spec#metadata-index-op0x0e>
fn metadata_place(body: &[u8]) -> Option<(String, u64, u64)> {
    let mut reader = Reader(body);
    let (offset, bytes) = (reader.u64()?, reader.u64()?);
    Some((reader.string()?, offset, bytes))
}

/// The metadata of the record that an index led to; `None` where there is no such thing.
pub(super) fn metadata_at(record: &[u8]) -> Option<Named> {
    Named::parse(Walk::new(record, 0, 0).next()?.ok()?.body)
}

/// The index of a whole file, and where it begins.
///
/// # Errors
/// Where there is none, or a damaged one.
pub(super) fn of(file: &[u8]) -> Result<(Index, usize), NoIndex> {
    let tail = Tail::parse(file, file.len() as u64)?;
    let end = file.len() - TAIL_BYTES;
    let start = usize::try_from(tail.index_start).unwrap_or(usize::MAX);
    let bytes = file.get(start..end).ok_or(NoIndex("is cut off"))?;
    Ok((Index::parse(bytes, &tail)?, start))
}

/// Whether a file has its end, from its last bytes and its length.
pub fn is_ended(last: &[u8], file_bytes: u64) -> bool {
    Tail::parse(last, file_bytes).is_ok()
}

/// Whether the index after the data, at `at`, is right, and the file ends after it.
pub(super) fn check(file: &[u8], at: usize) -> Result<(), Box<Fault>> {
    let wrong = match of(file) {
        Ok((_, start)) if start == at => return Ok(()),
        Ok(_) => NoIndex("is not where it should be"),
        Err(error) => error,
    };
    let fault = Fault::warning(format!("{wrong}; everything recorded is there"));
    Err(Box::new(fault.at_offset(at as u64).found("a damaged index", "a whole index")))
}
