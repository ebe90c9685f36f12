//! What can be asked of what is shown.

use serde::{Deserialize, Serialize};

use crate::value::{Easing, Value};

/// What is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SceneCommand {
    /// Change a property, or all that a pattern names.
    Set {
        /// Its path, or a pattern: `Scene.*Trail.Renderable.Enabled`.
        path: String,
        /// What it is to hold.
        value: Value,
        /// How long the change takes; at once if left out.
        #[serde(default)]
        over_s: Option<f64>,
        /// How it runs.
        #[serde(default)]
        easing: Option<Easing>,
    },
    /// What a property holds.
    Get {
        /// Its path.
        path: String,
    },
    /// Show a node.
    Show {
        /// Its name.
        node: String,
        /// How long it takes to appear; at once if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Hide a node.
    Hide {
        /// Its name.
        node: String,
        /// How long it takes to vanish; at once if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Show a hidden node, hide a shown one.
    Toggle {
        /// Its name.
        node: String,
    },
    /// Hide all but one node and what is part of it, until `unsolo`.
    Solo {
        /// Its name.
        node: String,
    },
    /// Show again what `solo` has hidden.
    Unsolo {},
    /// Give properties back what they hold when nobody has changed them.
    Reset {
        /// A path or a pattern; all if left out.
        #[serde(default)]
        path: Option<String>,
    },
}
