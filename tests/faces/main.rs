//! Promises of skyreel-faces.
#![allow(clippy::unwrap_used, reason = "tests")]

mod bar;
mod ctl;
mod edit_flags;
mod keys;
mod openspace;
mod settings_flags;
mod sockets;
mod support;
mod web;
