//! Promises of skyreel-faces.
#![allow(clippy::unwrap_used, reason = "tests")]

mod settings_flags;
