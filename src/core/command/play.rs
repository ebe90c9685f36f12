//! What can be asked of playing recordings.

use serde::{Deserialize, Serialize};

use crate::player::{AtEnd, Speed};

/// Playing recordings. Moments are seconds of the recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlayCommand {
    /// Play a recording from its start. What is left out is as the settings say.
    Start {
        /// Its id in the library: its path within the recordings' folder.
        recording: String,
        /// Whether the scene's clock is the recorded one.
        #[serde(default)]
        force_time: Option<bool>,
        /// How fast.
        #[serde(default)]
        speed: Option<Speed>,
        /// What becomes of it at the end.
        #[serde(default)]
        at_end: Option<AtEnd>,
        /// Where to begin, and the first mark.
        #[serde(default)]
        from_s: Option<f64>,
        /// The second mark.
        #[serde(default)]
        to_s: Option<f64>,
    },
    /// End playback where it is; everything stays as it is.
    Stop {},
    /// Stand still.
    Pause {},
    /// Go on; from the start where it has ended.
    Resume {},
    /// Pause or go on.
    Toggle {},
    /// Go to a moment.
    Seek {
        /// Which.
        at_s: f64,
    },
    /// Go forwards, or back where it is negative.
    Jump {
        /// How far.
        by_s: f64,
    },
    /// Go on by frames, or back, and stand still.
    Step {
        /// How many sixtieths of a second.
        frames: i32,
    },
    /// Go to the first moment, and play on if it plays.
    Home {},
    /// Go to the last moment and stand still.
    End {},
    /// Play so fast.
    Speed {
        /// Times its own pace; negative: backwards.
        speed: Speed,
    },
    /// The next faster of 0.25, 0.5, 1, 2, 4, 8.
    Faster {},
    /// The next slower.
    Slower {},
    /// Play only the part between two moments.
    Marks {
        /// The first; the recording's start if left out.
        #[serde(default)]
        from_s: Option<f64>,
        /// The last; the recording's end if left out.
        #[serde(default)]
        to_s: Option<f64>,
    },
    /// What becomes of it at the end.
    AtEnd {
        /// What.
        what: AtEnd,
    },
    /// Whether the scene's clock is the recorded one.
    ForceTime {
        /// Whether.
        on: bool,
    },
}
