//! How far a file goes that was not ended: the number of its last whole segment.

use mcap::records::op;

use super::walk::{MAGIC, RawChunk, Reader, Walk};

/// The number of the last segment that is whole, counted from 0; `None` where there is none.
///
/// Numbers are those that segments were written with, so damage before does not change them.
pub fn last_segment_number(file: &[u8]) -> Option<u32> {
    let records = Walk::new(file, MAGIC.len(), 0).map_while(Result::ok);
    let chunks = records.filter(|record| record.op == op::CHUNK);
    chunks.filter_map(|chunk| number_of(chunk.body)).max()
}

fn number_of(chunk: &[u8]) -> Option<u32> {
    let bytes = RawChunk::parse(chunk)?.unpack().ok()?;
    let mut records = Walk::new(&bytes, 0, 0).map_while(Result::ok);
    let message = records.find(|record| record.op == op::MESSAGE)?;
    let mut reader = Reader(message.body);
    reader.u16()?;
    reader.u32()
}
