//! What can be asked of the recordings there are.

use serde::{Deserialize, Serialize};

/// The recordings there are, by their ids: their paths within the recordings' folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LibraryCommand {
    /// All recordings, as an answer.
    List {},
    /// Look again what is in the folder.
    Refresh {},
    /// Give a recording another name.
    Rename {
        /// Which.
        recording: String,
        /// The new name, without ending.
        name: String,
    },
    /// Put a recording into the trash.
    Trash {
        /// Which.
        recording: String,
    },
    /// Take a recording out of the trash.
    Restore {
        /// Which.
        recording: String,
    },
    /// Mark a recording as a favourite, or not any more. Favourites are never put into the trash.
    Favourite {
        /// Which.
        recording: String,
        /// Whether.
        on: bool,
    },
    /// Secure a recording, so that it is never put into the trash, or not any more.
    Secure {
        /// Which.
        recording: String,
        /// Whether.
        on: bool,
    },
}
