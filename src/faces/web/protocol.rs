//! What is said between this server and its clients, message by message; PROTOCOL.md tells it to
//! people. Both ends read and write these types.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use skyreel_core::command::{Command, NotACommand, said};
use skyreel_core::outcome::Outcome;

/// The version of the protocol. It grows when a client of an older version would misunderstand.
pub const PROTOCOL: u32 = 1;

/// The path of the socket.
pub const PATH: &str = "/api";

/// The path of the socket that pictures come by.
pub const PICTURE_PATH: &str = "/picture";

/// The query by which the program's own command line says that it is one.
pub const AS_COMMAND_LINE: &str = "as=command_line";

/// The first thing that a server says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The protocol's version.
    pub protocol: u32,
    /// The program's version.
    pub skyreel: String,
    /// The instance's name.
    pub name: String,
}

/// What a client asks. One of `call`, `line` and `watch`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// A number of the client's own, for the answer.
    pub id: u64,
    /// A command: `play.seek`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// Its arguments by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Map<String, Json>>,
    /// A command in words: `play.seek 12.5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Whether to be told the state from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<bool>,
}

/// What was asked, understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A command.
    Command(Command),
    /// To be told the state, or not any more.
    Watch(bool),
}

/// Why something asked was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUnderstood {
    /// Not a message of this protocol.
    #[error(
        "{0}; expected {{\"id\": 1, \"call\": …, \"with\": {{…}}}}, {{\"id\": 1, \"line\": …}} or \
         {{\"id\": 1, \"watch\": true}}"
    )]
    Message(String),
    /// No command.
    #[error(transparent)]
    Words(#[from] NotACommand),
}

impl Ask {
    /// Asks for a command.
    pub fn command(id: u64, command: &Command) -> Self {
        let (call, with) = command.words();
        Self { id, call: Some(call), with: Some(with), ..Self::default() }
    }

    /// What is asked.
    ///
    /// # Errors
    /// Where that is not clear, or no command.
    pub fn understand(self) -> Result<Asked, NotUnderstood> {
        match (self.call, self.with, self.line, self.watch) {
            (Some(call), with, None, None) => {
                Ok(Asked::Command(Command::from_words(&call, with.unwrap_or_default())?))
            }
            (None, None, Some(line), None) => Ok(Asked::Command(said(&line)?)),
            (None, None, None, Some(on)) => Ok(Asked::Watch(on)),
            _ => Err(NotUnderstood::Message("it asks for nothing, or for two things".to_owned())),
        }
    }
}

/// The answer to what was asked.
pub fn answer(id: u64, outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Done(value) => json!({ "id": id, "done": value }),
        Outcome::Refused(why) => json!({ "id": id, "refused": why, "text": why.to_string() }),
        Outcome::Failed(why) => json!({ "id": id, "failed": why }),
    }
}

/// The answer to what was not understood; `id` is null where not even that was.
pub fn not_understood(id: Option<u64>, why: &NotUnderstood) -> Json {
    let kind = match why {
        NotUnderstood::Message(_) => "message",
        NotUnderstood::Words(_) => "words",
    };
    json!({ "id": id, "refused": kind, "text": why.to_string() })
}

/// What a server says, as a client reads it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Told {
    /// The state changed.
    Changes {
        /// The state's number.
        snapshot: u64,
        /// The number of the state that the changes are to.
        since: u64,
        /// What to merge into it (RFC 7396).
        changes: Map<String, Json>,
    },
    /// The whole state.
    State {
        /// Its number.
        snapshot: u64,
        /// It.
        state: Map<String, Json>,
    },
    /// Done.
    Done {
        /// What was asked.
        id: u64,
        /// What it gives.
        done: Json,
    },
    /// Refused.
    Refused {
        /// What was asked; null where that was not understood.
        id: Option<u64>,
        /// The reason, for programs.
        refused: Json,
        /// The reason, for people.
        text: String,
    },
    /// Failed.
    Failed {
        /// What was asked.
        id: u64,
        /// Why.
        failed: String,
    },
    /// The first message.
    Hello(Hello),
}
