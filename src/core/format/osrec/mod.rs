//! OpenSpace's session recording files: versions 00.85 to 03.00, text and binary, are read; 03.00 is
//! written. Nothing outside this folder knows their layout.

mod ascii;
mod binary;
mod encode;
mod header;
mod import;
mod lua_text;
mod number_text;
mod path;
mod salvage;
mod translate;
mod write;

pub use write::{NotWritable, WriteOptions, Written, write};

use super::{Imported, Mode, Unreadable};

/// What the header of an imported recording names as its program.
const PROGRAM: &str = "OpenSpace";

/// Whether the bytes begin as an OpenSpace recording does.
pub fn is_osrec(bytes: &[u8]) -> bool {
    bytes.starts_with(header::MAGIC)
}

/// Reads a file of any version and mode, told by its header.
///
/// Cameras go to the view `main`, scripts become events and are not run. Application times, comments
/// and `time` entries are not kept. What is damaged is left out and named in the faults, everything
/// else is kept; a damaged entry still counts in the numbering of entries. Text that is not UTF-8 is
/// kept with replacement characters, which is a loss and named as one.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let header = header::Header::read(bytes)?;
    let mut import = import::Import::new(bytes, &header);
    match header.mode {
        Mode::Ascii => ascii::read(bytes, &header, &mut import),
        Mode::Binary => binary::read(bytes, &header, &mut import),
    }
    import.finish(&header)
}
