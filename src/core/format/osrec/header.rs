//! The first 32 bytes of a file, and what its version says of the layout of the rest.

use super::super::{Mode, Unreadable};
use crate::fault::Fault;

/// What every file begins with.
pub(super) const MAGIC: &[u8] = b"OpenSpace_record/playback";
const VERSION_AT: usize = MAGIC.len();
const MODE_AT: usize = VERSION_AT + 5;

/// A version of the format, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V0085,
    V0100,
    V0200,
    V0300,
}

impl Version {
    const ALL: [Self; 4] = [Self::V0085, Self::V0100, Self::V0200, Self::V0300];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V0085 => "00.85",
            Self::V0100 => "01.00",
            Self::V0200 => "02.00",
            Self::V0300 => "03.00",
        }
    }

    /// Each entry begins with the seconds since the program's start, rotations are f64, and binary
    /// camera entries end in another f64 that says nothing.
    pub(super) fn is_old(self) -> bool {
        self <= Self::V0100
    }

    /// Rotations stand as w, x, y, z; else as x, y, z, w.
    pub(super) fn rotation_starts_with_w(self) -> bool {
        self >= Self::V0300
    }

    /// Script lengths in binary files take eight bytes, of which only the lower four count.
    pub(super) fn has_wide_script_length(self) -> bool {
        self == Self::V0085
    }

    /// Size of a binary `time` entry, with its type byte, in the versions that knew it.
    pub(super) fn time_entry_size(self) -> Option<usize> {
        match self {
            Self::V0085 => Some(35),
            Self::V0100 => Some(57),
            Self::V0200 | Self::V0300 => None,
        }
    }
}

/// What a file says of itself.
pub(super) struct Header {
    pub(super) version: Version,
    pub(super) mode: Mode,
    /// Where the first entry begins.
    pub(super) body_at: usize,
    /// What stands between mode and body, if it is no line end.
    pub(super) odd_line_end: Option<u8>,
}

impl Header {
    /// Reads the header. The byte after the mode counts as its line end whatever it is, as in
    /// OpenSpace, and one more where it is a carriage return.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.is_empty() {
            return refuse(0, "the file is empty", "", "a recording");
        }
        if !bytes.starts_with(MAGIC) {
            let found = text(bytes.get(..VERSION_AT).unwrap_or(bytes));
            return refuse(
                0,
                "this is no OpenSpace recording",
                &found,
                "OpenSpace_record/playback",
            );
        }
        let name = bytes.get(VERSION_AT..MODE_AT).unwrap_or(&bytes[VERSION_AT..]);
        let version = Version::ALL.into_iter().find(|v| v.name().as_bytes() == name);
        let Some(version) = version else {
            let message = "this version of OpenSpace's recordings is not known";
            return refuse(VERSION_AT, message, &text(name), "00.85, 01.00, 02.00 or 03.00");
        };
        let mode = match bytes.get(MODE_AT) {
            Some(b'A') => Mode::Ascii,
            Some(b'B') => Mode::Binary,
            other => {
                let found = other.map_or("end of file".to_owned(), |b| text(&[*b]));
                let message = "the file does not say whether it is text or binary";
                return refuse(MODE_AT, message, &found, "A or B");
            }
        };
        let line_end = bytes.get(MODE_AT + 1).copied();
        let width = if line_end == Some(b'\r') { 2 } else { 1 };
        Ok(Self {
            version,
            mode,
            body_at: (MODE_AT + 1 + width).min(bytes.len()),
            odd_line_end: line_end.filter(|b| !matches!(b, b'\n' | b'\r')),
        })
    }

    /// Where the header's line end stands.
    pub(super) const LINE_END_AT: usize = MODE_AT + 1;
}

fn refuse<T>(at: usize, message: &str, found: &str, expected: &str) -> Result<T, Unreadable> {
    let fault = Fault::loss(message).found(found, expected).at_offset(at as u64);
    Err(Unreadable(Box::new(fault)))
}

/// Bytes as people can read them.
pub(super) fn text(bytes: &[u8]) -> String {
    // More than the 80 characters that a fault keeps is never shown.
    String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).into_owned()
}

/// Appends the header of a 03.00 file.
pub(super) fn push_header(mode: Mode, out: &mut Vec<u8>) {
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(Version::V0300.name().as_bytes());
    out.extend_from_slice(match mode {
        Mode::Ascii => b"A\n",
        Mode::Binary => b"B\n",
    });
}
