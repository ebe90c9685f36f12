//! Promises of skyreel-script.
#![allow(clippy::unwrap_used, reason = "tests")]

mod attacks;
mod clock;
mod console;
mod console_answers;
mod console_attacks;
mod console_calls;
mod console_support;
mod console_time;
mod corpus;
mod effects;
mod in_force;
mod limits;
mod openspace;
mod source;
mod support;
