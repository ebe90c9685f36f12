//! What can be asked of where the camera is.

use serde::{Deserialize, Serialize};

/// Where the camera is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum NavigateCommand {
    /// Look at and orbit another node; the camera stays where it is.
    Focus {
        /// Its name.
        node: String,
    },
    /// Fly to a node.
    FlyTo {
        /// Its name.
        node: String,
        /// How long it takes; as the way asks for if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Fly to a place above a node.
    FlyToGeo {
        /// The node; the focus if left out.
        #[serde(default)]
        node: Option<String>,
        /// Degrees north.
        latitude_deg: f64,
        /// Degrees east.
        longitude_deg: f64,
        /// Metres above the ground; a height to see the place from if left out.
        #[serde(default)]
        altitude_m: Option<f64>,
        /// How long it takes; as the way asks for if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Be at a place above a node at once.
    JumpToGeo {
        /// The node; the focus if left out.
        #[serde(default)]
        node: Option<String>,
        /// Degrees north.
        latitude_deg: f64,
        /// Degrees east.
        longitude_deg: f64,
        /// Metres above the ground; a height to see the place from if left out.
        #[serde(default)]
        altitude_m: Option<f64>,
    },
    /// Be at a node at once.
    JumpTo {
        /// Its name.
        node: String,
    },
    /// Be at a pose, at once or by a flight.
    Pose {
        /// The node it is relative to.
        anchor: String,
        /// Camera minus anchor, metres.
        position_m: [f64; 3],
        /// Camera space to the same axes; w, x, y, z.
        rotation_wxyz: [f64; 4],
        /// Whether the axes are the anchor's own, which turn with it.
        #[serde(default)]
        follow: bool,
        /// How long a flight there takes; at once if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Fly as a hand does: at these rates, shares of those of a held key, −10 to 10, until `for_s` has
    /// gone by or the next of these comes.
    Steer {
        /// Around the focus, to the right and up.
        #[serde(default)]
        orbit: [f64; 2],
        /// Towards the focus.
        #[serde(default)]
        zoom: f64,
        /// Sideways and up.
        #[serde(default)]
        pan: [f64; 2],
        /// Turning to the right and up.
        #[serde(default)]
        look: [f64; 2],
        /// About the line to the focus.
        #[serde(default)]
        heading: f64,
        /// About the line of sight.
        #[serde(default)]
        roll: f64,
        /// How long, seconds; a quarter of one if left out, 600 at most.
        #[serde(default)]
        for_s: Option<f64>,
    },
    /// Where the camera is: the same, as an answer.
    Get {},
    /// End a flight, and all gliding.
    Stop {},
}
