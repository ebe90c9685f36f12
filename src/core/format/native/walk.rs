//! The records of an MCAP file, one after another, each length checked before it is believed; and
//! the contents of chunks, checked against their sums.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::fault::Fault;

/// How much a chunk may hold, unpacked. Beyond it nothing is unpacked, so that no file makes a reader
/// take more memory than this at a time.
pub(super) const MOST_CHUNK_BYTES: usize = 40 << 20;

/// How far back zstd may look, as a power of two: what it makes room for is said in the file.
const MOST_WINDOW_LOG: u32 = 24;

/// The first and the last bytes of an MCAP file.
pub(super) const MAGIC: &[u8] = &[0x89, b'M', b'C', b'A', b'P', 0x30, b'\r', b'\n'];

/// Opcode and length.
pub(super) const RECORD_HEAD: usize = 9;

/// A record as it lies in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawRecord<'a> {
    pub op: u8,
    /// Of its opcode in the file.
    pub offset: u64,
    pub body: &'a [u8],
}

/// A place where no record could be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken {
    pub offset: u64,
    /// The length that stands there, if one does.
    pub length: Option<u64>,
    /// The bytes there are.
    pub available: u64,
}

impl Broken {
    /// For people.
    pub fn fault(&self) -> Fault {
        let fault = match self.length {
            Some(length) => Fault::loss("a record is longer than the rest of the file")
                .found(format!("{length} bytes"), format!("at most {} bytes", self.available)),
            None => Fault::loss("the file ends within a record")
                .found(format!("{} bytes", self.available), "9 bytes of a record's head"),
        };
        fault.at_offset(self.offset)
    }
}

/// Walks along the records of `bytes`, which begin at `base` in the file.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    base: u64,
}

impl<'a> Walk<'a> {
    pub fn new(bytes: &'a [u8], at: usize, base: u64) -> Self {
        Self { bytes, at, base }
    }

    /// Where the next record begins, in `bytes`.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes on from another place.
    pub fn jump(&mut self, at: usize) {
        self.at = at;
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Result<RawRecord<'a>, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let offset = self.base + self.at as u64;
        let mut reader = Reader(rest);
        let head = reader.u8().zip(reader.u64());
        let Some((op, length)) = head else {
            self.at = self.bytes.len();
            return Some(Err(Broken { offset, length: None, available: rest.len() as u64 }));
        };
        let body = usize::try_from(length).ok().and_then(|length| reader.take(length));
        let Some(body) = body else {
            self.at = self.bytes.len();
            let available = (rest.len() - RECORD_HEAD) as u64;
            return Some(Err(Broken { offset, length: Some(length), available }));
        };
        self.at += RECORD_HEAD + body.len();
        Some(Ok(RawRecord { op, offset, body }))
    }
}

/// A chunk before it is unpacked. <https://mcap.dev/spec#chunk-op0x06>
#[derive(Clone, Copy, Debug)]
pub(super) struct RawChunk<'a> {
    size: u64,
    crc: u32,
    compression: &'a [u8],
    data: &'a [u8],
}

impl<'a> RawChunk<'a> {
    /// From a record's body.
    pub fn parse(body: &'a [u8]) -> Option<Self> {
        let (chunk, rest) = Self::first(body)?;
        rest.is_empty().then_some(chunk)
    }

    /// The chunk that bytes begin with, and what comes after it.
    pub fn first(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let mut reader = Reader(bytes);
        // When it begins and ends: no sum covers that, its messages say it too.
        reader.take(16)?;
        let (size, crc) = (reader.u64()?, reader.u32()?);
        let compression = reader.text()?;
        let length = usize::try_from(reader.u64()?).ok()?;
        let data = reader.take(length)?;
        Some((Self { size, crc, compression, data }, reader.0))
    }

    /// How much it says that it holds, unpacked.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether a sum covers it.
    pub fn has_sum(&self) -> bool {
        self.crc != 0
    }

    /// The records in it, as bytes.
    ///
    /// # Errors
    /// Where they are not as long as it says, or not those that were written.
    pub fn unpack(&self) -> Result<Cow<'a, [u8]>, Box<Fault>> {
        if self.size > MOST_CHUNK_BYTES as u64 {
            let fault = Fault::loss("a piece is larger than any that is written")
                .found(format!("{} bytes", self.size), format!("at most {MOST_CHUNK_BYTES} bytes"));
            return Err(Box::new(fault));
        }
        let bytes = match self.compression {
            b"zstd" => unzip(self.data, self.size as usize).map(Cow::Owned).map_err(|error| {
                let fault = Fault::loss("a piece cannot be unpacked");
                Box::new(fault.found(error.to_string(), "zstd data"))
            })?,
            b"" => Cow::Borrowed(self.data),
            other => {
                let fault = Fault::loss("a piece is packed in an unknown way");
                return Err(Box::new(fault.found(String::from_utf8_lossy(other), "zstd")));
            }
        };
        if bytes.len() as u64 != self.size {
            let fault = Fault::loss("a piece is not as long as it says")
                .found(format!("{} bytes", bytes.len()), format!("{} bytes", self.size));
            return Err(Box::new(fault));
        }
        let crc = crc32fast::hash(&bytes);
        if self.crc != 0 && self.crc != crc {
            let fault = Fault::loss("a piece was changed after it was written")
                .found(format!("checksum {crc:08x}"), format!("checksum {:08x}", self.crc));
            return Err(Box::new(fault));
        }
        Ok(bytes)
    }
}

/// At most one byte more than `most`.
fn unzip(data: &[u8], most: usize) -> io::Result<Vec<u8>> {
    let most = most + 1;
    let mut reader = zstd::Decoder::new(data)?;
    reader.window_log_max(MOST_WINDOW_LOG)?;
    let mut reader = reader.take(most as u64);
    let mut bytes = Vec::new();
    loop {
        // A claim is believed in steps, and the last step is not a doubling beyond it.
        let room = if bytes.len() < 8 << 20 { 64 << 10 } else { most };
        bytes.reserve_exact((bytes.len().max(room)).min(most - bytes.len()));
        let before = bytes.len();
        let free = (bytes.capacity() - before).max(1) as u64;
        reader.by_ref().take(free).read_to_end(&mut bytes)?;
        if bytes.len() == before {
            return Ok(bytes);
        }
    }
}

/// A message. <https://mcap.dev/spec#message-op0x05>
#[derive(Clone, Copy, Debug)]
pub(super) struct RawMessage<'a> {
    pub channel: u16,
    pub sequence: u32,
    pub log_time: u64,
    pub publish_time: u64,
    pub data: &'a [u8],
}

impl<'a> RawMessage<'a> {
    pub fn parse(body: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(body);
        let (channel, sequence, log_time) = (reader.u16()?, reader.u32()?, reader.u64()?);
        Some(Self { channel, sequence, log_time, publish_time: reader.u64()?, data: reader.0 })
    }
}

/// Numbers from the front of bytes, as far as there are some.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// A text with its length before it.
    pub fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.u32()?;
        self.take(usize::try_from(length).ok()?)
    }

    /// The same as UTF-8.
    pub fn string(&mut self) -> Option<String> {
        std::str::from_utf8(self.text()?).ok().map(str::to_owned)
    }
}
