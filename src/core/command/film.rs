//! What can be asked of films.

use serde::{Deserialize, Serialize};

/// Films of recordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FilmCommand {
    /// Begin to make a film of a recording.
    Start {
        /// Its id in the library.
        recording: String,
        /// The film's name without its ending; the recording's if left out.
        #[serde(default)]
        name: Option<String>,
        /// Size in pixels: `1920x1080`.
        #[serde(default)]
        size: Option<String>,
        /// Frames a second.
        #[serde(default)]
        fps: Option<f64>,
        /// First moment, seconds.
        #[serde(default)]
        from_s: Option<f64>,
        /// Last moment, seconds.
        #[serde(default)]
        to_s: Option<f64>,
        /// View; the first if left out.
        #[serde(default)]
        view: Option<String>,
    },
    /// End the film that is being made; what there is of it can be played.
    Stop {},
}
