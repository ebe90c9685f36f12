//! Promises of skyreel-store.
#![allow(clippy::unwrap_used, reason = "tests")]

mod disks;
mod ending;
mod frame_thread;
mod history;
mod librarian;
mod library;
mod opening;
mod recording;
mod saving;
mod seeking;
#[allow(dead_code, reason = "the benchmark uses the rest of it")]
#[path = "../../src/store/benches/recording_file/session.rs"]
mod session;
mod settings;
