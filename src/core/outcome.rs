//! What becomes of a command: done, refused, or failed. Each command gets exactly one.

use serde::Serialize;
use serde_json::Value as Json;

use crate::nearest::did_you_mean;
use crate::role::Role;

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done, with what it gives; null where that is nothing.
    Done(Json),
    /// It was not tried; nothing has changed.
    Refused(Refusal),
    /// It was tried and did not work; what it had begun is undone.
    Failed(String),
}

impl Outcome {
    /// Done, with nothing to give.
    pub const DONE: Self = Self::Done(Json::Null);

    /// Whether it was done.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// What to tell a person, where it was not done.
    pub fn complaint(&self) -> Option<String> {
        match self {
            Self::Done(_) => None,
            Self::Refused(refusal) => Some(refusal.to_string()),
            Self::Failed(why) => Some(why.clone()),
        }
    }
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<T: Serialize> From<Result<T, Refusal>> for Outcome {
    fn from(result: Result<T, Refusal>) -> Self {
        match result {
            Ok(value) => Self::Done(serde_json::to_value(value).unwrap_or(Json::Null)),
            Err(refusal) => Self::Refused(refusal),
        }
    }
}

/// Why a command was not tried.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Whoever asked may not.
    #[error("'{call}' is for {needed}s; you are a {is}")]
    Role {
        /// What was asked.
        call: String,
        /// What whoever asked is.
        is: Role,
        /// The least that would do.
        needed: Role,
    },
    /// Nothing in this program does that.
    #[error("'{call}' cannot be done here: this program has no {group}")]
    NoGroup {
        /// What was asked.
        call: String,
        /// The part that is missing.
        group: String,
    },
    /// Not now.
    #[error("{what} takes a session that is {needed}; it is {is}")]
    Mode {
        /// What was asked.
        what: String,
        /// What the session is doing.
        is: &'static str,
        /// What it would have to do.
        needed: &'static str,
    },
    /// A value that cannot be.
    #[error("{what} is {expected}, not {found}")]
    Value {
        /// Of what.
        what: String,
        /// What was given.
        found: String,
        /// What it can be.
        expected: String,
    },
    /// Something that does not exist.
    #[error("there is no {what} '{found}'{}", did_you_mean(.nearest))]
    Unknown {
        /// What sort of thing.
        what: &'static str,
        /// The name that was given.
        found: String,
        /// The name most like it.
        nearest: Option<String>,
    },
    /// A reason of the scene's own.
    #[error("{0}")]
    Other(String),
}
