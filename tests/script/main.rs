//! Promises of skyreel-script.
#![allow(clippy::unwrap_used, reason = "tests")]

mod attacks;
mod clock;
mod corpus;
mod effects;
mod in_force;
mod limits;
mod openspace;
mod source;
mod support;
