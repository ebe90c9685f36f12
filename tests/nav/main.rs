//! The promises of skyreel-nav.
#![allow(clippy::unwrap_used, reason = "tests")]

mod flights;
mod focus;
mod friction;
mod ground;
mod hands;
mod journeys;
mod places;
mod settings;
mod support;
