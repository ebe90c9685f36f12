//! Columns of whole numbers as bytes, one after another, and exactly back.
//!
//! A run of columns begins with the header of `pco` (<https://github.com/pcodec/pcodec>). A column
//! begins with a byte: 0, all rows are alike, and their number follows; 1, 2 or 3, the rows fit in 16, 32
//! or 64 bits, and what `pco` makes of numbers that wide follows: a chunk's metadata and its only page.
//! Between columns there may be single numbers: little-endian in groups of seven bits, the eighth set in
//! all bytes but the last; sign last (0, −1, 1, −2 … count as 0, 1, 2, 3 …).

use pco::data_types::Number;
use pco::metadata::DeltaEncoding;
use pco::wrapped::{FileCompressor, FileDecompressor};
use pco::{ChunkConfig, PagingSpec};

use super::Malformed;

/// How many numbers a column may have.
pub(super) const MOST_ROWS: usize = 1 << 16;

/// How far back a column may look, as a power of two: twice what pco writes.
const MOST_WINDOW_LOG: u32 = 16;

const ALIKE: u8 = 0;
const PACKED_16: u8 = 1;
const PACKED_32: u8 = 2;
const PACKED_64: u8 = 3;

/// The bytes of columns, on their way.
pub(super) struct ColumnWriter {
    bytes: Vec<u8>,
}

impl ColumnWriter {
    pub fn new() -> Self {
        let mut bytes = Vec::new();
        let written = FileCompressor::default().write_header(&mut bytes);
        // Writing to memory does not fail.
        debug_assert!(written.is_ok());
        Self { bytes }
    }

    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub fn int(&mut self, value: i64) {
        let mut rest = ((value << 1) ^ (value >> 63)) as u64;
        while rest > 0x7f {
            self.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }

    pub fn float(&mut self, value: f64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// At least one row, at most `MOST_ROWS`.
    pub fn column(&mut self, rows: &[i64]) {
        let first = rows.first().copied().unwrap_or_default();
        if rows.iter().all(|row| *row == first) {
            self.byte(ALIKE);
            self.int(first);
        } else if let Some(narrow) = narrow::<i16>(rows) {
            self.byte(PACKED_16);
            self.packed(&narrow);
        } else if let Some(narrow) = narrow::<i32>(rows) {
            self.byte(PACKED_32);
            self.packed(&narrow);
        } else {
            self.byte(PACKED_64);
            self.packed(rows);
        }
    }

    fn packed<T: Number>(&mut self, rows: &[T]) {
        let config = ChunkConfig::default().with_paging_spec(PagingSpec::Exact(vec![rows.len()]));
        let chunk = FileCompressor::default().chunk_compressor(rows, &config);
        let packed = chunk.and_then(|mut chunk| {
            chunk.write_meta(&mut self.bytes)?;
            chunk.write_page(0, &mut self.bytes).map(|_| ())
        });
        // The settings are right for any number of rows from 1 to `MOST_ROWS`, and writing to memory
        // does not fail.
        debug_assert!(packed.is_ok());
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

fn narrow<T: TryFrom<i64>>(rows: &[i64]) -> Option<Vec<T>> {
    rows.iter().map(|row| T::try_from(*row).ok()).collect()
}

/// Columns out of their bytes, in the order they were written in.
pub(super) struct ColumnReader<'a> {
    file: FileDecompressor,
    rest: &'a [u8],
}

impl<'a> ColumnReader<'a> {
    /// # Errors
    /// Where the bytes are not those of columns; so of all that follow.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let (file, rest) = FileDecompressor::new(bytes).map_err(|_| damaged("columns"))?;
        Ok(Self { file, rest })
    }

    pub fn byte(&mut self) -> Result<u8, Malformed> {
        let (byte, rest) = self.rest.split_first().ok_or_else(|| damaged("a byte"))?;
        self.rest = rest;
        Ok(*byte)
    }

    pub fn int(&mut self) -> Result<i64, Malformed> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok((value >> 1) as i64 ^ -((value & 1) as i64));
            }
        }
        Err(damaged("a number of at most ten bytes"))
    }

    pub fn float(&mut self) -> Result<f64, Malformed> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(|| damaged("a number"))?;
        self.rest = rest;
        Ok(f64::from_le_bytes(*bytes))
    }

    pub fn column(&mut self, rows: usize) -> Result<Vec<i64>, Malformed> {
        match self.byte()? {
            ALIKE => Ok(vec![self.int()?; rows]),
            PACKED_16 => Ok(widen(self.packed::<i16>(rows)?)),
            PACKED_32 => Ok(widen(self.packed::<i32>(rows)?)),
            PACKED_64 => self.packed(rows),
            other => Err(Malformed { found: format!("a {other}"), expected: "a column, 0 to 3" }),
        }
    }

    fn packed<T: Number + Default>(&mut self, rows: usize) -> Result<Vec<T>, Malformed> {
        self.try_packed(rows).ok_or_else(|| damaged("a column of numbers"))
    }

    fn try_packed<T: Number + Default>(&mut self, rows: usize) -> Option<Vec<T>> {
        if is_greedy(self.rest, rows) {
            return None;
        }
        let (mut chunk, rest) = self.file.chunk_decompressor(self.rest).ok()?;
        if let DeltaEncoding::Lookback { config, .. } = &chunk.meta().delta_encoding
            && config.window_n_log > MOST_WINDOW_LOG
        {
            return None;
        }
        let mut page = chunk.page_decompressor(rest, rows).ok()?;
        let mut numbers = vec![T::default(); rows];
        let progress = page.read(&mut numbers).ok()?;
        self.rest = page.into_src();
        (progress.finished && progress.n_processed == rows).then_some(numbers)
    }
}

/// Whether a chunk asks for a dictionary of more values than there are rows: pco makes room for what
/// the first bytes say. <https://github.com/pcodec/pcodec/blob/main/docs/format.md>
fn is_greedy(chunk: &[u8], rows: usize) -> bool {
    const DICTIONARY: u32 = 4;
    let Some(head) = chunk.first_chunk().map(|head| u32::from_le_bytes(*head)) else {
        return false;
    };
    // Four bits of the mode, 25 of the number of values.
    head & 0xf == DICTIONARY && (head >> 4 & 0x1ff_ffff) as usize > rows
}

fn widen<T: Into<i64>>(rows: Vec<T>) -> Vec<i64> {
    rows.into_iter().map(Into::into).collect()
}

fn damaged(expected: &'static str) -> Malformed {
    Malformed { found: "damaged bytes".to_owned(), expected }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    fn columns() -> impl Strategy<Value = Vec<Vec<i64>>> {
        let bits = (0_u32..64, any::<i64>()).prop_map(|(shift, value)| value >> shift);
        let alike = (any::<i64>(), 1_usize..700).prop_map(|(value, rows)| vec![value; rows]);
        let even = (any::<i64>(), any::<i64>(), 1_i64..700).prop_map(|(from, by, rows)| {
            (0..rows).map(|i| from.wrapping_add(i.wrapping_mul(by))).collect()
        });
        let column = prop_oneof![proptest::collection::vec(bits, 1..700), alike, even];
        proptest::collection::vec(column, 0..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn columns_come_back(columns in columns(), int: i64, float: u64) {
            let mut writer = ColumnWriter::new();
            for column in &columns {
                writer.int(int);
                writer.column(column);
                writer.float(f64::from_bits(float));
            }
            let bytes = writer.finish();
            let mut reader = ColumnReader::new(&bytes).unwrap();
            for column in &columns {
                prop_assert_eq!(reader.int().unwrap(), int);
                prop_assert_eq!(&reader.column(column.len()).unwrap(), column);
                prop_assert_eq!(reader.float().unwrap().to_bits(), float);
            }
            prop_assert!(reader.rest.is_empty());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, rows in 1_usize..700) {
            if let Ok(mut reader) = ColumnReader::new(&bytes) {
                while reader.column(rows).is_ok() {}
            }
        }
    }
}
