//! Who may do what.

use serde::{Deserialize, Serialize};

/// What somebody may do, from least to most: who may do something may do everything before it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Look at everything, change nothing.
    Viewer,
    /// Drive the show and record it.
    #[default]
    Presenter,
    /// Change settings, remove recordings of others.
    Administrator,
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Viewer => "viewer",
            Self::Presenter => "presenter",
            Self::Administrator => "administrator",
        })
    }
}
