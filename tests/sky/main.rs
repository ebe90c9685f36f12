//! The promises of skyreel-sky.
#![allow(clippy::unwrap_used, reason = "tests")]

mod ephemeris;
mod moons;
mod scene_file;
