//! The promises of `skyreel-geo`.
#![allow(clippy::unwrap_used, reason = "tests")]

mod looks;
