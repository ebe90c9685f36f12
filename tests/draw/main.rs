//! Promises of drawing that need no graphics processor: what is in a picture, and that its numbers
//! are laid out as the shaders read them.
#![allow(clippy::unwrap_used, reason = "tests")]

mod daylight;
mod finite;
mod globes;
mod shaders;
mod stage;
mod switches;
mod tiles;
mod trails;
