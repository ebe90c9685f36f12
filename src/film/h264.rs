//! The H.264 byte stream (ITU-T H.264, annex B): finding its units, and nothing of what they mean beyond their type.

/// Types of network abstraction layer units (table 7-1).
pub(crate) const IDR_SLICE: u8 = 5;
pub(crate) const SPS: u8 = 7;
pub(crate) const PPS: u8 = 8;
pub(crate) const DELIMITER: u8 = 9;

/// The type of a unit, from its first byte; 0 ("unspecified") for an empty one.
pub(crate) fn unit_type(unit: &[u8]) -> u8 {
    unit.first().map_or(0, |byte| byte & 0x1f)
}

/// The units of a byte stream, without start codes and without the zeros that may follow a unit.
pub(crate) fn units(stream: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = start_code(stream, 0).map_or(&[][..], |at| &stream[at + 3..]);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (unit, after) = match start_code(rest, 0) {
            Some(at) => (&rest[..at], &rest[at + 3..]),
            None => (rest, &[][..]),
        };
        rest = after;
        let len = unit.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        Some(&unit[..len])
    })
    .filter(|unit| !unit.is_empty())
}

/// Cuts a stream that arrives in pieces into pictures (access units); the encoder must begin each with a delimiter.
#[derive(Default)]
pub(crate) struct PictureSplitter {
    pending: Vec<u8>,
    searched: usize,
}

impl PictureSplitter {
    /// Takes a piece and hands each picture that is now whole to `picture`.
    pub(crate) fn push<E>(
        &mut self,
        piece: &[u8],
        mut picture: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.pending.extend_from_slice(piece);
        let mut begin = 0;
        while let Some(at) = start_code(&self.pending, self.searched) {
            let Some(&head) = self.pending.get(at + 3) else {
                break;
            };
            self.searched = at + 3;
            if head & 0x1f == DELIMITER && at > begin {
                // A four-byte start code leaves one zero behind, which belongs to no unit.
                if units(&self.pending[begin..at]).next().is_some() {
                    picture(&self.pending[begin..at])?;
                }
                begin = at;
            }
        }
        self.pending.drain(..begin);
        // A start code may lie across two pieces: its first three bytes are looked at again.
        self.searched =
            self.searched.saturating_sub(begin).max(self.pending.len().saturating_sub(3));
        Ok(())
    }

    /// The last picture, once the stream has ended.
    pub(crate) fn finish<E>(
        self,
        mut picture: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        match units(&self.pending).next() {
            Some(_) => picture(&self.pending),
            None => Ok(()),
        }
    }
}

/// Where the next `00 00 01` begins, from byte `from` on.
fn start_code(stream: &[u8], from: usize) -> Option<usize> {
    stream.get(from..)?.windows(3).position(|window| window == [0, 0, 1]).map(|at| from + at)
}
