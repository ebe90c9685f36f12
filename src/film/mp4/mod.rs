//! MP4 files with one H.264 track: what is in the boxes ([`boxes`]) and when they reach the disk ([`file`]).
//!
//! The `muxide` crate's fragmented muxer was looked at first. It writes no colour information and no index, leaves the
//! duration unknown, and guesses 1/30 s for a fragment of one frame, which a slow film consists of.

mod boxes;
mod file;

pub(crate) use boxes::Track;
pub(crate) use file::Mp4File;
