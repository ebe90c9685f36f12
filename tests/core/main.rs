//! Promises of skyreel-core.
#![allow(clippy::unwrap_used, reason = "tests")]

mod osrec;
mod osrec_corpus;
mod osrec_damage;
mod osrec_numbers;
mod osrec_write;
mod player;
mod ron;
mod ron_journeys;
mod ron_round_trip;
mod smooth;
