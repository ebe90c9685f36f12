//! What can be asked of scripts.

use serde::{Deserialize, Serialize};

/// Scripts: lines typed into the console, and files of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ScriptCommand {
    /// Run a script. Its number is the answer; what it prints, returns or fails with is told in the
    /// console.
    Run {
        /// Luau.
        code: String,
        /// What its errors call it; the console if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// End a script that runs or waits.
    Stop {
        /// Its number; all of them if left out.
        #[serde(default)]
        script: Option<u64>,
    },
}
