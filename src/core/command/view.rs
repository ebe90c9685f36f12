//! What can be asked of the cameras there are.

use serde::{Deserialize, Serialize};

/// Which cameras there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ViewCommand {
    /// Add a camera where the navigation camera is.
    Add {
        /// Its name, unlike the others'.
        name: String,
        /// Whether it goes and turns with the focus; else it keeps its place relative to the focus and
        /// its direction among the stars.
        #[serde(default)]
        follow: bool,
        /// Vertical field of view, degrees.
        #[serde(default)]
        vfov_deg: Option<f64>,
    },
    /// Put a camera where the navigation camera is.
    Move {
        /// Its name.
        name: String,
    },
    /// Take a camera away.
    Remove {
        /// Its name.
        name: String,
    },
    /// How many cameras are on screen.
    Layout {
        /// 1, 2 or 4.
        count: u8,
    },
    /// Which camera is on screen where.
    Show {
        /// Its name.
        name: String,
        /// Of the places on screen the first, second, third or fourth; the first if left out.
        #[serde(default)]
        place: Option<u8>,
    },
}
