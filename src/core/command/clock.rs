//! What can be asked of the scene's clock.

use serde::{Deserialize, Serialize};

/// What time it is in the scene. Changes are smooth unless their time is 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClockCommand {
    /// Set the date.
    Set {
        /// ISO 8601, UTC: `2026-03-07T18:30:00`; or `now`.
        date: String,
        /// How long the change takes; 2 s if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Go forwards or back by an interval.
    Jump {
        /// A number and s, m, h, d, M (months) or y: `-3h`, `1y`.
        by: String,
        /// How long the change takes; 2 s if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// How fast it runs.
    Rate {
        /// Simulated seconds a second; negative: backwards.
        rate: f64,
        /// How long the change takes; 1 s if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// The next of the rate's steps up.
    Faster {},
    /// The next of the rate's steps down; below 1 s a second backwards.
    Slower {},
    /// Run as time does: one second a second.
    RealTime {},
    /// Stand still.
    Pause {
        /// How long the change takes; 0.5 s if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Go on.
    Resume {
        /// How long the change takes; 1 s if left out.
        #[serde(default)]
        over_s: Option<f64>,
    },
    /// Stand still or go on.
    Toggle {},
}
