//! Promises of skyreel-store.
#![allow(clippy::unwrap_used, reason = "tests")]

mod opening;
mod saving;
