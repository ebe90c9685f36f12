//! The promises of skyreel-sky.
#![allow(clippy::unwrap_used, reason = "tests")]

mod corpus;
mod dates;
mod ephemeris;
mod moons;
mod places;
mod rotation;
mod scene_file;
