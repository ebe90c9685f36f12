//! What happened at a moment and is not state: scripts, console lines, markers.

use serde::{Deserialize, Serialize};

use crate::recording::Sequence;
use crate::time::SessionTime;

/// Something that happened at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Place in the file.
    pub seq: Sequence,
    /// When, since the recording's start.
    pub stamp: SessionTime,
    /// Simulation time as the entry recorded it, TDB seconds past J2000; OpenSpace writes 0 in
    /// baseline scripts, so it is not a clock.
    pub sim_time_s: f64,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// A script, in the words it was recorded in.
    Script {
        /// Lua, of whatever dialect the recorder spoke.
        text: String,
    },
    /// A line typed into the console.
    Console {
        /// The line.
        text: String,
    },
    /// A named moment.
    Marker {
        /// Its name.
        name: String,
        /// A remark, may be empty.
        text: String,
    },
}
