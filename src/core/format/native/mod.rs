//! Skyreel's own recording file, `.skyreel`: an MCAP file of segments. `FORMAT.md` beside this file
//! says what every byte of it means. Bytes in, bytes out; files are somebody else's.

mod attachment;
mod by_path;
mod camera_block;
mod channels;
mod clock_block;
mod column;
mod decode;
mod encode;
mod foretell;
mod grid;
mod grow;
mod index;
mod last_entry;
mod metadata;
mod moments;
mod read;
mod reel;
mod scale;
mod segment;
mod segmenter;
mod vector;
mod walk;

pub use attachment::THUMBNAIL;
pub use channels::{Channel, FORMAT_VERSION, PROFILE};
pub use encode::{Contents, Encoder, Ending, Piece, TooLarge, encode, encode_with};
pub use index::{NoIndex, TAIL_BYTES, is_ended};
pub use read::{Reach, is_native, read, read_with_reach};
pub use reel::{Reel, ReelError, Source};
pub use segment::{CameraStretch, Due, NamedChange, Segment, State, ViewHead};
pub use segmenter::{SEGMENT_SPAN, Segmenter};

/// Bytes that are not what they should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {found}, expected {expected}")]
pub struct Malformed {
    /// What stood there.
    pub found: String,
    /// What should have stood there.
    pub expected: &'static str,
}
