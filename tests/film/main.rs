//! What the film crate promises. Tests that decode films need `ffmpeg` and `ffprobe`, and say so where they are absent.
#![allow(clippy::unwrap_used, reason = "tests")]

mod disk;
mod ffmpeg;
mod h264;
mod interrupted;
mod layout;
mod memory;
mod pictures;
mod rate;
mod round_trip;
mod spec;
mod tools;
mod writer;
