//! A column of numbers as bytes, bit for bit: one value if all are alike, else what `pco` makes of
//! them.
//!
//! First byte 0: the value follows, little-endian, as wide as the column's numbers. First byte 1: a
//! wrapped pco header, one chunk's metadata and its only page follow.

use pco::data_types::Number;
use pco::wrapped::{FileCompressor, FileDecompressor};
use pco::{ChunkConfig, PagingSpec};
use serde_bytes::ByteBuf;

use super::Malformed;

/// How many numbers a column may have.
pub(super) const MOST_ROWS: usize = 1 << 16;

const ALIKE: u8 = 0;
const PACKED: u8 = 1;

/// A number that columns are made of.
pub(super) trait Cell: Number + Default {
    /// Its bytes, little-endian, in the first `WIDTH` places.
    fn to_bytes(self) -> [u8; 8];
    /// The number of bytes that hold it.
    const WIDTH: usize;
    /// The number of such bytes.
    fn from_bytes(bytes: [u8; 8]) -> Self;
}

macro_rules! cell {
    ($($number:ty),*) => {$(
        impl Cell for $number {
            const WIDTH: usize = size_of::<$number>();
            fn to_bytes(self) -> [u8; 8] {
                let mut bytes = [0; 8];
                bytes[..Self::WIDTH].copy_from_slice(&self.to_le_bytes());
                bytes
            }
            fn from_bytes(bytes: [u8; 8]) -> Self {
                let mut own = [0; Self::WIDTH];
                own.copy_from_slice(&bytes[..Self::WIDTH]);
                Self::from_le_bytes(own)
            }
        }
    )*};
}
cell!(u32, i64, u64, f32, f64);

/// The column as bytes. A column has at least one row.
pub(super) fn pack<T: Cell>(rows: &[T]) -> ByteBuf {
    let mut bytes = Vec::new();
    let first = rows.first().copied().unwrap_or_default().to_bytes();
    if rows.iter().all(|row| row.to_bytes() == first) || !pack_into(rows, &mut bytes) {
        bytes.clear();
        bytes.push(ALIKE);
        bytes.extend_from_slice(&first[..T::WIDTH]);
    }
    ByteBuf::from(bytes)
}

/// Never false: the settings are right for any number of rows from 1 to `MOST_ROWS`, and writing to
/// memory cannot fail.
fn pack_into<T: Cell>(rows: &[T], bytes: &mut Vec<u8>) -> bool {
    let config = ChunkConfig::default().with_paging_spec(PagingSpec::Exact(vec![rows.len()]));
    bytes.push(PACKED);
    let file = FileCompressor::default();
    let packed = file.chunk_compressor(rows, &config).and_then(|mut chunk| {
        let bytes = file.write_header(bytes)?;
        let bytes = chunk.write_meta(bytes)?;
        chunk.write_page(0, bytes)
    });
    packed.is_ok()
}

/// The rows of a column.
///
/// # Errors
/// Where the bytes are not those of a column of that many rows.
pub(super) fn unpack<T: Cell>(bytes: &[u8], rows: usize) -> Result<Vec<T>, Malformed> {
    match bytes.split_first() {
        Some((&ALIKE, value)) if value.len() == T::WIDTH => {
            let mut own = [0; 8];
            own[..T::WIDTH].copy_from_slice(value);
            Ok(vec![T::from_bytes(own); rows])
        }
        Some((&PACKED, packed)) => unpack_from(packed, rows).ok_or(Malformed {
            found: "a damaged column".to_owned(),
            expected: "a column of numbers",
        }),
        _ => Err(Malformed {
            found: format!("{} bytes", bytes.len()),
            expected: "a column of numbers",
        }),
    }
}

fn unpack_from<T: Cell>(packed: &[u8], rows: usize) -> Option<Vec<T>> {
    let (file, rest) = FileDecompressor::new(packed).ok()?;
    let (mut chunk, rest) = file.chunk_decompressor(rest).ok()?;
    let mut page = chunk.page_decompressor(rest, rows).ok()?;
    let mut numbers = vec![T::default(); rows];
    let progress = page.read(&mut numbers).ok()?;
    (progress.finished && progress.n_processed == rows).then_some(numbers)
}
