//! Skyreel: record a journey through a 3D scene, replay it exactly, render it to video.
//!
//! This crate is the program; the parts that need no pixels are crates of their own (see
//! `src/README.md`).

pub mod app;
pub mod task;
