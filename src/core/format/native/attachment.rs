//! What belongs to a recording as a whole and is no part of the journey: a picture of it.

use super::walk::Reader;

/// The name of the picture that stands for the recording in lists.
pub const THUMBNAIL: &str = "thumbnail";

/// An attachment. <https://mcap.dev/spec#attachment-op0x09>
#[derive(Clone, Copy, Debug)]
pub(super) struct Attachment<'a> {
    pub data: &'a [u8],
}

impl<'a> Attachment<'a> {
    /// From the body of its record; `None` where that is damaged.
    pub fn parse(body: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(body);
        let _times = reader.take(16)?;
        let (_name, _media_type) = (reader.text()?, reader.text()?);
        let length = usize::try_from(reader.u64()?).ok()?;
        let data = reader.take(length)?;
        let sum = reader.u32().filter(|_| reader.0.is_empty())?;
        // A sum of 0 stands for none.
        let is_whole = sum == 0 || sum == crc32fast::hash(&body[..body.len() - 4]);
        is_whole.then_some(Self { data })
    }
}

/// Where an attachment lies: name, offset and length of its record.
/// <https://mcap.dev/spec#attachment-index-op0x0a>
pub(super) fn place(body: &[u8]) -> Option<(String, u64, u64)> {
    let mut reader = Reader(body);
    let (offset, bytes) = (reader.u64()?, reader.u64()?);
    let _times_and_size = reader.take(24)?;
    Some((reader.string()?, offset, bytes))
}
