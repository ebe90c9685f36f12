//! `documentation`: the functions that scripts can call, from which clients make theirs, and the keys.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use skyreel_core::snapshot::ApiWord;

use super::super::message::{Complaint, Payload, no_fit, text};
use super::Now;
use crate::keys::ACTIONS;

pub(super) fn told(payload: &Payload, now: &Now) -> Result<Json, Complaint> {
    match text(payload, "type")? {
        "lua" => Ok(libraries(&now.snapshot.console.words)),
        "keyboard" => {
            let keys =
                ACTIONS.iter().map(|action| json!({ "name": action.key, "action": action.help }));
            Ok(json!({ "name": "Keybindings", "keybindings": keys.collect::<Vec<_>>() }))
        }
        _ => Err(no_fit("type", "lua or keyboard", payload.get("type"))),
    }
}

/// The libraries of `openspace` with their functions. A library's own functions have the name of none.
fn libraries(words: &[ApiWord]) -> Json {
    let mut libraries: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for word in words {
        // Libraries of which nothing is supported are told like a word: `openspace.globe.…`.
        let Some(name) =
            word.name.strip_prefix("openspace.").filter(|_| !word.usage.ends_with('…'))
        else {
            continue;
        };
        let (library, function) = name.rsplit_once('.').unwrap_or(("", name));
        libraries.entry(library).or_default().push(json!({
            "name": function,
            "library": library,
            "arguments": arguments(&word.usage),
            "returnType": "",
            "help": word.help,
        }));
    }
    let library = |(name, functions): (&str, Vec<Json>)| {
        let full =
            if name.is_empty() { "openspace".to_owned() } else { format!("openspace.{name}") };
        // Clients before OpenSpace 0.22 look for library, later ones for name.
        json!({ "library": name, "name": name, "fullName": full, "functions": functions })
    };
    libraries.into_iter().map(library).collect()
}

/// What a function is called with, from how that is written: `setPause(paused [, seconds])`.
fn arguments(usage: &str) -> Vec<Json> {
    let inner = usage.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')'));
    let mut is_optional = false;
    let names = inner.map_or("", |(inner, _)| inner).split(',').filter_map(|part| {
        // The bracket may stand before the comma, which is where the part begins.
        let opens_next = part.trim_end().ends_with('[');
        is_optional |= part.trim_start().starts_with('[');
        let name = part.trim_matches(|c: char| c.is_whitespace() || "[]…".contains(c));
        let default = if is_optional { "nil" } else { "" };
        is_optional |= opens_next;
        (!name.is_empty()).then(|| json!({ "name": name, "type": "", "defaultValue": default }))
    });
    names.collect()
}
