//! Skyreel geo.

pub mod looks;
