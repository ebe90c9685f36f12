//! What can go wrong: damaged data, and requests that make no sense.

/// Why the Earth's data could not be read, or a request not be answered.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GeoError {
    /// The data does not begin as it should: another file, another version, or damaged.
    #[error("earth data, byte {offset}: found {found:?}, expected {expected:?}")]
    Header {
        /// Where, from the start of the file.
        offset: usize,
        /// What stands there.
        found: Vec<u8>,
        /// What should.
        expected: Vec<u8>,
    },
    /// The compressed part cannot be unpacked.
    #[error("earth data: cannot be unpacked ({reason}), expected {expected_bytes} bytes")]
    Packed {
        /// What the decompressor says.
        reason: String,
        /// How many bytes the header promises.
        expected_bytes: usize,
    },
    /// The unpacked part is not what the format says.
    #[error("earth data, unpacked byte {offset}, {what}: found {found}, expected {expected}")]
    Body {
        /// Where, from the start of the unpacked part.
        offset: usize,
        /// Which value.
        what: &'static str,
        /// What stands there.
        found: i64,
        /// What should.
        expected: &'static str,
    },
    /// The constellations' text cannot be read.
    #[error("constellations, line {line}, column {column}: {message}")]
    Constellations {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was found and expected.
        message: String,
    },
    /// A window or size outside of what can be answered.
    #[error("tile request, {what}: found {found}, expected {expected}")]
    Request {
        /// Which field.
        what: &'static str,
        /// Its value.
        found: f64,
        /// Which values are answered.
        expected: &'static str,
    },
}
