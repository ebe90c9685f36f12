//! How far a file goes that was not ended: its last whole segment.

use mcap::records::op;

use super::walk::{MAGIC, RECORD_HEAD, RawChunk, RawRecord, Reader, Walk};

/// The last whole segment of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastSegment {
    /// Its number, counted from 0 and written with it, so that damage before it changes nothing.
    pub number: u32,
    /// Where its record ends in the file.
    pub end_offset: u64,
}

/// The last segment that is whole; `None` where there is none.
pub fn last_segment(file: &[u8]) -> Option<LastSegment> {
    let records = Walk::new(file, MAGIC.len(), 0).map_while(Result::ok);
    let chunks = records.filter(|record| record.op == op::CHUNK);
    chunks.filter_map(|chunk| segment(&chunk)).max_by_key(|segment| segment.number)
}

fn segment(chunk: &RawRecord<'_>) -> Option<LastSegment> {
    let bytes = RawChunk::parse(chunk.body)?.unpack().ok()?;
    let mut records = Walk::new(&bytes, 0, 0).map_while(Result::ok);
    let message = records.find(|record| record.op == op::MESSAGE)?;
    let mut reader = Reader(message.body);
    let _channel = reader.u16()?;
    let end_offset = chunk.offset + (RECORD_HEAD + chunk.body.len()) as u64;
    Some(LastSegment { number: reader.u32()?, end_offset })
}
