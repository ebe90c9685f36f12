//! What can be asked of the program itself.

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// The program itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum WindowCommand {
    /// Show or hide the bar and all panels.
    Bar {
        /// Whether it is shown; the other way round if left out.
        #[serde(default)]
        shown: Option<bool>,
    },
    /// Save a picture of the scene, without the bar.
    Screenshot {
        /// The file's name without its ending; the date and time if left out.
        #[serde(default)]
        name: Option<String>,
    },
    /// Change a setting, for this run and those to come.
    Setting {
        /// Its name.
        name: String,
        /// What it is to be.
        value: Value,
    },
    /// Open the menu in a browser, where there is a screen; its address, which lets a browser in once,
    /// is the answer.
    Browser {},
    /// End the program.
    Quit {},
}
