//! Promises of skyreel-store.
#![allow(clippy::unwrap_used, reason = "tests")]

mod disks;
mod opening;
mod recording;
mod saving;
