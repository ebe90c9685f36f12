//! What a client says and is told, as JSON: taken apart, put together, and complained of. What topics
//! make of it is theirs.

use serde_json::{Map, Value as Json, json};
use skyreel_core::nearest::did_you_mean;

/// What a message is about, or what is told of that.
pub(super) type Payload = Map<String, Json>;

/// How a client expects some answers to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// As up to OpenSpace 0.21: of clients that say nothing of a version.
    #[default]
    Old,
    /// As from OpenSpace 0.22 on: of clients that begin with a handshake.
    New,
}

/// A message, understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Message {
    /// The client tells the version that it speaks.
    Handshake,
    /// Something about a topic.
    Topic {
        /// The client's number for it.
        id: i64,
        /// What sort of topic, where it begins.
        kind: Option<String>,
        /// What about it.
        payload: Payload,
    },
}

/// Why something cannot be done, in words for whoever wrote the client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Complaint {
    /// Not a message of this protocol.
    #[error("{0}; expected {{\"topic\": 1, \"type\": \"…\", \"payload\": {{…}}}}")]
    Message(String),
    /// There is no such sort of topic.
    #[error("there is no topic '{found}'{}", did_you_mean(.nearest))]
    Topic {
        /// The name as given.
        found: String,
        /// The name most like it.
        nearest: Option<String>,
    },
    /// A message that goes on with something that never began, or is over.
    #[error("topic {0} is not under way; a message that begins one tells its type")]
    NotUnderWay(i64),
    /// Something in a payload that does not fit.
    #[error("{what} is {expected}, not {found}")]
    Payload {
        /// What: `event`.
        what: &'static str,
        /// What it can be.
        expected: String,
        /// What was given.
        found: String,
    },
    /// There is nothing of that name.
    #[error("there is no {what} '{found}'{}", did_you_mean(.nearest))]
    Unknown {
        /// What sort of thing.
        what: &'static str,
        /// The name as given.
        found: String,
        /// The name most like it.
        nearest: Option<String>,
    },
    /// Too much at once.
    #[error("{0} topics are under way, which is the most")]
    TooMany(usize),
    /// Whoever asks is not let in.
    #[error("not authorized: send an authorize topic with the password first")]
    NotLetIn,
}

impl Message {
    /// What a text says.
    ///
    /// # Errors
    /// Where it is no message: with the topic that it is about, where that can be told.
    pub(super) fn read(text: &str) -> Result<Self, (Option<i64>, Complaint)> {
        let wrong = |id, why: &str| (id, Complaint::Message(why.to_owned()));
        let message: Json = serde_json::from_str(text)
            .map_err(|error| (None, Complaint::Message(format!("this is no JSON: {error}"))))?;
        let Json::Object(mut message) = message else {
            return Err(wrong(None, "a message is an object"));
        };
        let kind = match message.remove("type") {
            None | Some(Json::Null) => None,
            Some(Json::String(kind)) => Some(kind),
            Some(_) => return Err(wrong(id_of(&message), "type is a text")),
        };
        if kind.as_deref() == Some("apiHandshake") {
            return Ok(Self::Handshake);
        }
        let id = id_of(&message).ok_or_else(|| wrong(None, "topic is a whole number"))?;
        match message.remove("payload") {
            Some(Json::Object(payload)) => Ok(Self::Topic { id, kind, payload }),
            _ => Err(wrong(Some(id), "payload is an object")),
        }
    }
}

fn id_of(message: &Payload) -> Option<i64> {
    message.get("topic")?.as_i64()
}

/// The text of a message about a topic.
pub(super) fn told(topic: i64, payload: Json) -> String {
    in_ascii(&json!({ "topic": topic, "payload": payload }))
}

/// The text of a complaint; without a topic where none is known.
pub(super) fn complaint(topic: Option<i64>, why: &str) -> String {
    match topic {
        Some(topic) => told(topic, error(why)),
        None => in_ascii(&error(why)),
    }
}

/// What is told where something was refused or has failed.
pub(super) fn error(why: &str) -> Json {
    json!({ "error": why })
}

/// JSON without a byte beyond ASCII: there are clients that read a number of bytes and take them for
/// whole characters.
fn in_ascii(json: &Json) -> String {
    let text = json.to_string();
    if text.is_ascii() {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if c.is_ascii() {
            escaped.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped
}

/// A text in a payload.
///
/// # Errors
/// Where there is none.
pub(super) fn text<'a>(payload: &'a Payload, what: &'static str) -> Result<&'a str, Complaint> {
    match payload.get(what) {
        Some(Json::String(text)) => Ok(text),
        other => Err(no_fit(what, "a text", other)),
    }
}

/// What is wrong with something in a payload.
pub(super) fn no_fit(what: &'static str, expected: &str, found: Option<&Json>) -> Complaint {
    let found = found.map_or("nothing".to_owned(), |found| {
        let found = found.to_string();
        match found.char_indices().nth(80) {
            Some((end, _)) => format!("{}…", &found[..end]),
            None => found,
        }
    });
    Complaint::Payload { what, expected: expected.to_owned(), found }
}
