//! What can be asked of the journey that is being made of keyframes.

use serde::{Deserialize, Serialize};

use crate::journey::{KeyId, Pace};
use crate::value::Value;

/// The journey that is being made. Moments are seconds of the journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JourneyCommand {
    /// Begin an empty one. What is not saved can be had back by `undo`.
    New {},
    /// Begin with what a recording has: its keys, changes and scripts.
    Open {
        /// Its id in the library: its path within the recordings' folder.
        recording: String,
    },
    /// Keep it as a text (.ron) in the recordings' folder.
    Save {
        /// The file's name without its ending; the one it was opened or saved as if left out.
        #[serde(default)]
        name: Option<String>,
        /// Whether a recording of that name is replaced; its own file always is.
        #[serde(default)]
        overwrite: Option<bool>,
    },
    /// Write it in a format that the file's ending names: .osrectxt, .osrec, .skyreel, .ron.
    Export {
        /// The file's name with its ending.
        name: String,
    },
    /// Add a key of the camera where the present view is. Its number is the answer.
    AddKey {
        /// When; where the journey's time stands if left out.
        #[serde(default)]
        at_s: Option<f64>,
        /// A name for people.
        #[serde(default)]
        name: Option<String>,
    },
    /// Add a change of a property. Its number is the answer.
    AddProperty {
        /// Its path, or a pattern.
        path: String,
        /// What it is to hold; what it holds now if left out.
        #[serde(default)]
        value: Option<Value>,
        /// When; where the journey's time stands if left out.
        #[serde(default)]
        at_s: Option<f64>,
        /// How long the change takes; at once if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Add a script. Its number is the answer.
    AddScript {
        /// Lua.
        code: String,
        /// When; where the journey's time stands if left out.
        #[serde(default)]
        at_s: Option<f64>,
    },
    /// Give a key what is there now: the camera where the present view is, the property's value.
    Update {
        /// Which.
        key: KeyId,
    },
    /// Put a camera's key at a pose.
    Pose {
        /// Which.
        key: KeyId,
        /// The node it is relative to.
        anchor: String,
        /// Camera minus anchor, metres.
        position_m: [f64; 3],
        /// Camera space to the same axes; w, x, y, z.
        rotation_wxyz: [f64; 4],
        /// Whether the axes are the anchor's own, which turn with it.
        #[serde(default)]
        follow: bool,
    },
    /// Change a property key's value, or how long the change takes.
    Value {
        /// Which.
        key: KeyId,
        /// What the property is to hold.
        value: Value,
        /// How long the change takes; as it was if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Change a script key's text.
    Code {
        /// Which.
        key: KeyId,
        /// Lua.
        code: String,
    },
    /// Put keys earlier or later, all by as much.
    Move {
        /// Which.
        keys: Vec<KeyId>,
        /// By how much.
        by_s: f64,
    },
    /// Put the same keys once more, later. Their numbers are the answer.
    Duplicate {
        /// Which.
        keys: Vec<KeyId>,
        /// How much later.
        by_s: f64,
    },
    /// Take keys away.
    Remove {
        /// Which.
        keys: Vec<KeyId>,
    },
    /// Name a key.
    Name {
        /// Which.
        key: KeyId,
        /// The name; empty: none.
        name: String,
    },
    /// How keys are left for the next.
    Ease {
        /// Which.
        keys: Vec<KeyId>,
        /// The pace.
        pace: Pace,
    },
    /// Roll the camera of keys about where it looks.
    Roll {
        /// Which.
        keys: Vec<KeyId>,
        /// Degrees, clockwise as seen by the camera.
        by_deg: f64,
    },
    /// Put the camera's keys at moments between which it goes at an even speed; the first and the last
    /// stay. Keys that are eased are so no more, but for those at which the camera stays.
    Even {
        /// Which, in any order; all if left out.
        #[serde(default)]
        keys: Option<Vec<KeyId>>,
    },
    /// The date in the scene at the journey's start.
    Date {
        /// ISO 8601, UTC; or `now`.
        date: String,
        /// Simulated seconds a second from then on; as it was if left out.
        #[serde(default)]
        rate: Option<f64>,
    },
    /// Take back the last change.
    Undo {},
    /// Change again what was taken back.
    Redo {},
    /// Show the journey at a moment: camera, clock and properties are put there, and can be changed.
    Seek {
        /// When.
        at_s: f64,
    },
    /// Put the camera back to where it was flown before the journey's time was moved.
    Back {},
    /// Play the journey as a recording.
    Play {
        /// From when; where the journey's time stands if left out.
        #[serde(default)]
        from_s: Option<f64>,
        /// Until when, to loop a stretch of it; the end if left out.
        #[serde(default)]
        to_s: Option<f64>,
        /// What becomes of it at the end.
        #[serde(default)]
        at_end: Option<crate::player::AtEnd>,
    },
    /// All keys, as an answer.
    Keys {},
    /// How long it is, seconds, as an answer.
    Length {},
    /// Where the camera is at a moment, as an answer.
    At {
        /// When.
        at_s: f64,
    },
}
