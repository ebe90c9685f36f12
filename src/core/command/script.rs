//! What can be asked of scripts.

use serde::{Deserialize, Serialize};

/// Scripts: lines typed into the console, and files of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ScriptCommand {
    /// Run a script. Its number is the answer at once, or what it returned when it has ended; what it
    /// prints, returns or fails with is told in the console.
    Run {
        /// Luau.
        code: String,
        /// What its errors call it; the console if left out.
        #[serde(default)]
        name: Option<String>,
        /// Whether the answer comes when the script has ended: the list of the values that it returned,
        /// or why it failed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        wait: bool,
    },
    /// End a script that runs or waits.
    Stop {
        /// Its number; all of them if left out.
        #[serde(default)]
        script: Option<u64>,
    },
}
