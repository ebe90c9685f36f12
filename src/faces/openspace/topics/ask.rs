//! Topics that are a command: `get`, `set`, `trigger` and `luascript`. Its outcome is the answer.

use serde_json::Value as Json;
use skyreel_core::command::{Command, NavigateCommand, SceneCommand, ScriptCommand};
use skyreel_core::outcome::Outcome;
use skyreel_core::value::Value;

use super::super::message::{Complaint, Payload, error, no_fit, text};
use super::super::{lua, property};
use super::{Begun, Now, Out};

/// A command, and what the client is told of its outcome.
pub(in super::super) struct Ask {
    pub(in super::super) command: Command,
    pub(in super::super) answer: Answer,
}

/// What a client is told of an outcome.
pub(in super::super) enum Answer {
    /// That it was refused or has failed, and else nothing.
    Complaint,
    /// What a script returned.
    Returned,
    /// The property of that path.
    Property(String),
}

impl Answer {
    /// What is told; nothing where that is nothing.
    pub(in super::super) fn told(self, outcome: &Outcome, now: &Now) -> Option<Json> {
        match (self, outcome) {
            (Self::Complaint, Outcome::Done(_)) => None,
            (Self::Returned, Outcome::Done(values)) => Some(lua::returned(values)),
            (Self::Property(path), Outcome::Done(value)) => {
                Some(property::got(&now.snapshot.scene, &path, value, now.dialect))
            }
            (_, other) => other.complaint().map(|why| error(&why)),
        }
    }
}

/// A property is asked of the program, so that what the same client has set before is in it; an owner is
/// told from the state.
pub(super) fn get(payload: &Payload, now: &Now, out: &mut Out) -> Result<Begun, Complaint> {
    let path = path(payload)?;
    let told = match property::value(now.snapshot, &path) {
        Some(value) if path == property::ANCHOR => {
            let value = property::value_json(&value);
            property::got(&now.snapshot.scene, &path, &value, now.dialect)
        }
        Some(_) => {
            let command = Command::Scene(SceneCommand::Get { path: path.clone() });
            return Ok(Begun::Ask(Ask { command, answer: Answer::Property(path) }));
        }
        None => property::owner(now.snapshot, &path, now.dialect)?,
    };
    out.told.push(told);
    Ok(Begun::Over)
}

pub(super) fn set(payload: &Payload) -> Result<Begun, Complaint> {
    let path = path(payload)?;
    let given = payload.get("value");
    let expected = "true, false, a number, a text, or a list of numbers";
    let wrong = || no_fit("value", expected, given);
    let value: Value =
        serde_json::from_value(given.cloned().unwrap_or_default()).map_err(|_| wrong())?;
    match value {
        Value::Text(node) if path == property::ANCHOR => return Ok(focus_on(node.to_string())),
        _ => {}
    }
    let command = SceneCommand::Set { path, value, over_s: None, easing: None };
    Ok(Begun::Ask(Ask { command: Command::Scene(command), answer: Answer::Complaint }))
}

/// The one thing that can be triggered: that the camera turns to its focus.
pub(super) fn trigger(payload: &Payload, now: &Now) -> Result<Begun, Complaint> {
    let path = path(payload)?;
    let focus = now.snapshot.navigation.as_ref().map(|view| view.focus.clone());
    match focus {
        Some(node) if path == property::RETARGET_ANCHOR => Ok(focus_on(node)),
        _ => Err(Complaint::Unknown {
            what: "property that can be triggered",
            found: path,
            nearest: Some(property::RETARGET_ANCHOR.to_owned()),
        }),
    }
}

fn focus_on(node: String) -> Begun {
    let command = Command::Navigate(NavigateCommand::Focus { node });
    Begun::Ask(Ask { command, answer: Answer::Complaint })
}

pub(super) fn script(payload: &Payload) -> Result<Begun, Complaint> {
    let code = match (payload.get("script"), payload.get("function")) {
        (Some(Json::String(script)), _) => script.clone(),
        (_, Some(Json::String(function))) => {
            let arguments = match payload.get("arguments") {
                None => &[][..],
                Some(Json::Array(arguments)) => arguments,
                other => return Err(no_fit("arguments", "a list", other)),
            };
            lua::call(function, arguments).ok_or_else(|| {
                no_fit("function", "the name of a function", payload.get("function"))
            })?
        }
        (script, _) => return Err(no_fit("script", "a text, or there is a function", script)),
    };
    // Who wants no values hears nothing of it at all: what goes wrong is told in the log.
    let answer = match payload.get("return") {
        Some(Json::Bool(true)) => Answer::Returned,
        None | Some(Json::Bool(false)) => Answer::Complaint,
        other => return Err(no_fit("return", "true or false", other)),
    };
    Ok(Begun::Ask(script_of(code, answer)))
}

fn script_of(code: String, answer: Answer) -> Ask {
    let wait = matches!(answer, Answer::Returned);
    Ask { command: Command::Script(ScriptCommand::Run { code, name: None, wait }), answer }
}

/// What a payload is about: OpenSpace 0.22 calls it uri here and there, older ones property.
fn path(payload: &Payload) -> Result<String, Complaint> {
    let name = if payload.contains_key("property") { "property" } else { "uri" };
    text(payload, name).map(str::to_owned)
}
