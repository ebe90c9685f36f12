//! Promises of skyreel-faces.
#![allow(clippy::unwrap_used, reason = "tests")]

mod bar;
mod edit_flags;
mod keys;
mod settings_flags;
mod support;
