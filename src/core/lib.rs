//! Recordings as functions of time: the model, sampling, and the formats they are kept in.
//!
//! Nothing in here knows Bevy, a screen, a file system, a clock or a thread.

pub mod anchors;
pub mod camera_track;
pub mod capture;
pub mod catalogue;
pub mod clock;
pub mod clock_track;
pub mod command;
pub mod complete;
pub mod edit;
pub mod entry;
pub mod event;
pub mod fault;
pub mod format;
pub mod frame;
pub mod gate;
pub mod globe;
pub mod happened;
pub mod in_words;
pub mod instant;
pub mod journey;
pub mod live;
pub mod nearest;
pub mod outcome;
pub mod pattern;
pub mod player;
pub mod pose;
pub mod property_set;
pub mod property_track;
pub mod recording;
pub mod resolve;
pub mod role;
pub mod rule;
pub mod sample;
pub mod session;
pub mod settings;
pub mod shelf;
mod smooth;
pub mod snapshot;
pub mod time;
pub mod timeline;
pub mod value;
pub mod wording;
