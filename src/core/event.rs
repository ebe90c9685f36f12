//! What happened at a moment and is not state: scripts, console lines, markers.

use serde::{Deserialize, Serialize};

use crate::command::Origin;
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

/// What a line of the console is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Somebody typed it, or sent it.
    #[default]
    Typed,
    /// A script printed it.
    Printed,
    /// What was typed gave it.
    Returned,
    /// Why what was typed was refused, or failed.
    Refused,
}

impl Said {
    /// Its name in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Printed => "printed",
            Self::Returned => "returned",
            Self::Refused => "refused",
        }
    }

    fn is_typed(&self) -> bool {
        *self == Self::Typed
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// A script, in the words it was recorded in.
    Script {
        /// Lua, of whatever dialect the recorder spoke.
        text: String,
    },
    /// A line of the console.
    Console {
        /// The line.
        text: String,
        /// Who said it to whom.
        #[serde(default, skip_serializing_if = "Said::is_typed")]
        said: Said,
        /// By which way what was typed had come; `None` where that is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// A named moment.
    Marker {
        /// Its name.
        name: String,
        /// A remark, may be empty.
        text: String,
    },
}

impl EventKind {
    /// A line that somebody typed.
    pub fn typed(text: impl Into<String>) -> Self {
        Self::Console { text: text.into(), said: Said::Typed, origin: None }
    }
}
