//! Promises of bevy_skyreel.
#![allow(clippy::unwrap_used, reason = "tests")]

mod cameras;
mod commands;
mod files;
mod playing;
mod recording;
mod schedules;
mod stage;
mod things;
