//! What can be asked of recordings to make others of them.

use serde::{Deserialize, Serialize};

/// Making recordings of recordings: each writes a new file and leaves the old one alone. The new one's
/// name is the answer; how far it is stands in the snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EditCommand {
    /// Keep as few camera entries as are needed, so that no picture is off by more than so much.
    Reduce {
        /// Its id in the library: its path within the recordings' folder.
        recording: String,
        /// How far anything in the picture may be from where it was, pixels of a picture 1080 high;
        /// 1 if left out.
        #[serde(default)]
        within_px: Option<f64>,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Take the shake out of the camera's way.
    Smooth {
        /// Its id in the library.
        recording: String,
        /// How far anything in the picture may be from where it was, pixels of a picture 1080 high;
        /// 10 if left out.
        #[serde(default)]
        within_px: Option<f64>,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Keep a part.
    Trim {
        /// Its id in the library.
        recording: String,
        /// Its first moment; the start if left out.
        #[serde(default)]
        from_s: Option<f64>,
        /// Its last; the end if left out.
        #[serde(default)]
        to_s: Option<f64>,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Make two of one. Both names are the answer.
    Split {
        /// Its id in the library.
        recording: String,
        /// The first moment of the second.
        at_s: f64,
        /// The new names' beginning; the recording's if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Put one behind the other.
    Join {
        /// The first.
        recording: String,
        /// The second.
        then: String,
        /// How long the passage between them takes; 3 s if left out, 0: a cut.
        #[serde(default)]
        over_s: Option<f64>,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Play a stretch faster or slower.
    Speed {
        /// Its id in the library.
        recording: String,
        /// How many times as fast.
        times: f64,
        /// The stretch's first moment; the start if left out.
        #[serde(default)]
        from_s: Option<f64>,
        /// Its last; the end if left out.
        #[serde(default)]
        to_s: Option<f64>,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Let it happen at another date.
    Date {
        /// Its id in the library.
        recording: String,
        /// The date at its start: ISO 8601, UTC; or an interval to shift by: `-3h`, `1y`.
        date: String,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Leave something out.
    Drop {
        /// Its id in the library.
        recording: String,
        /// What.
        what: Part,
        /// The new name; one of its own is made if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// End what is being made; no file is left of it.
    Stop {},
}

impl Part {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::Toggles => "toggles",
            Self::Events => "events",
        }
    }
}

/// What can be left out of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The camera: it stays where it is at the start.
    Camera,
    /// What is switched, and everything else that properties do, after the start.
    Toggles,
    /// Scripts, console lines and markers.
    Events,
}
