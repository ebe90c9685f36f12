//! `actionsKeybinds`: what keys do, as actions that `openspace.action.triggerAction` starts.

use serde_json::{Value as Json, json};

use super::super::message::{Complaint, Payload, no_fit, text};
use crate::keys::{ACTIONS, Action};

pub(super) fn told(payload: &Payload) -> Result<Json, Complaint> {
    match text(payload, "event")? {
        "get_all" => {
            let actions: Vec<Json> = ACTIONS.iter().filter_map(action).collect();
            let keys: Vec<Json> = ACTIONS.iter().filter_map(keybind).collect();
            Ok(json!({ "type": "combined", "actions": actions, "keybinds": keys }))
        }
        "get_action" => {
            let wanted = text(payload, "identifier")?;
            let mut all = ACTIONS.iter().filter_map(action);
            let found = all.find(|action| action["identifier"] == wanted);
            let action = found.ok_or_else(|| Complaint::Unknown {
                what: "action",
                found: wanted.to_owned(),
                nearest: None,
            })?;
            Ok(json!({ "type": "action", "action": action }))
        }
        _ => Err(no_fit("event", "get_all or get_action", payload.get("event"))),
    }
}

fn action(action: &Action) -> Option<Json> {
    let (identifier, _) = action.as_openspace()?;
    Some(json!({
        "identifier": identifier,
        "name": action.help,
        "isLocal": false,
        "documentation": action.help,
        "guiPath": "/Skyreel",
    }))
}

/// The key that an action comes with.
fn keybind(action: &Action) -> Option<Json> {
    let (identifier, _) = action.as_openspace()?;
    let mut words: Vec<&str> = action.key.split('+').collect();
    let key = words.pop()?;
    let held = |name: &str| words.contains(&name);
    Some(json!({
        "key": key,
        "modifiers": {
            "shift": held("Shift"), "control": held("Ctrl"), "alt": held("Alt"), "super": false,
        },
        "action": identifier,
    }))
}
