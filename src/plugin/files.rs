//! Recordings as files in a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::entry::Entry;
use skyreel_core::fault::Fault;
use skyreel_core::frame::Frame;
use skyreel_core::recording::{Effects, Header};
use skyreel_core::session::{
    Begun, Footage, Opened, Studio, Tape, TapeEnd, TapeEnded, TapePlan, TapeProgress, baseline,
};
use skyreel_core::snapshot::{Moment, moments};
use skyreel_core::time::SessionTime;
use skyreel_store::record::{Ending, Outcome, Plan, Recorder, Settings};
