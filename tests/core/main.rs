//! Promises of skyreel-core.
#![allow(clippy::unwrap_used, reason = "tests")]

mod anchors;
mod clock;
mod commands;
mod edit;
mod edit_bounds;
mod instant;
mod live;
mod mutants;
mod native;
mod native_damage;
mod native_file;
mod native_format;
mod native_golden;
mod native_hostile;
mod native_python;
mod osrec;
mod osrec_corpus;
mod osrec_damage;
mod osrec_numbers;
mod osrec_write;
mod patterns;
mod player;
mod properties;
mod ron;
mod ron_journeys;
mod ron_round_trip;
mod rules;
mod running_clock;
mod sample;
mod session;
mod settings;
mod shelf;
mod smooth;
mod support;
mod time;
