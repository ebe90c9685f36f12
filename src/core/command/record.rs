//! What can be asked of making recordings.

use serde::{Deserialize, Serialize};

/// Making recordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RecordCommand {
    /// Begin to record. What is left out is as the settings say.
    Start {
        /// The file's name without its ending; the date and time if left out.
        #[serde(default)]
        name: Option<String>,
        /// A description for people.
        #[serde(default)]
        description: Option<String>,
        /// Whether a text is made of it when it ends.
        #[serde(default)]
        text: Option<bool>,
        /// Whether a recording of that name is replaced.
        #[serde(default)]
        overwrite: Option<bool>,
    },
    /// End the recording and keep it.
    Stop {},
    /// Begin or end, whichever there is to do.
    Toggle {},
    /// Leave out what happens until `resume`.
    Pause {},
    /// Record on.
    Resume {},
    /// End the recording and throw it away.
    Discard {},
    /// Name this moment of the recording.
    Mark {
        /// Its name.
        name: String,
        /// A remark.
        #[serde(default)]
        text: Option<String>,
    },
}
