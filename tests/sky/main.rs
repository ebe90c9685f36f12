//! The promises of skyreel-sky.
#![allow(clippy::unwrap_used, reason = "tests")]

mod scene_file;
