//! Whether arguments fit a row of the catalogue, told in the words of whoever calls and not in those of
//! the types that they become.

use serde_json::{Map, Value as Json};

use super::{Param, Row};
use crate::nearest::{did_you_mean, nearest};

/// Longest value that a complaint repeats, characters.
const LONGEST: usize = 40;

impl Row {
    /// Looks for what does not fit: a name that nothing has, something that is missing, something of
    /// another kind.
    ///
    /// # Errors
    /// The first of them, in words.
    pub(super) fn fits(&self, arguments: &Map<String, Json>) -> Result<(), String> {
        if let Some(name) = arguments.keys().find(|name| self.param(name).is_none()) {
            return Err(self.no_argument(name));
        }
        for param in self.params {
            match arguments.get(param.name) {
                None if param.is_optional => {}
                None => return Err(param.missing()),
                Some(value) if param.takes(value) => {}
                Some(value) => {
                    let (name, expected, found) = (param.name, param.expects(), shown(value));
                    return Err(format!("{name} is {expected}, not {found}"));
                }
            }
        }
        Ok(())
    }

    /// The argument of that name.
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Says that it has no argument of that name, and which may be meant.
    pub fn no_argument(&self, name: &str) -> String {
        let nearest = nearest(self.params.iter().map(|param| param.name), name);
        format!("it has no argument '{name}'{}", did_you_mean(&nearest))
    }
}

impl Param {
    /// What it has to be, in words: `a number`.
    pub fn expects(&self) -> String {
        match self.kind {
            "text" | "number" | "name" => format!("a {}", self.kind),
            "on or off" => "on or off (true or false)".to_owned(),
            "value" => "a number, a text, true or false, or a list of numbers".to_owned(),
            list if list.starts_with("list") => format!("a {list}"),
            choice => choice.to_owned(),
        }
    }

    /// Says that it is missing, and what it would be.
    pub fn missing(&self) -> String {
        format!("{} is missing ({}: {})", self.name, self.kind, self.help)
    }

    fn takes(&self, value: &Json) -> bool {
        let is_list = |of: Option<usize>| {
            let list = value.as_array().filter(|list| list.iter().all(Json::is_number));
            list.is_some_and(|list| of.is_none_or(|count| count == list.len()))
        };
        match self.kind {
            "text" | "name" => value.is_string(),
            "number" => value.is_number(),
            "on or off" => value.is_boolean(),
            "value" => {
                value.is_number() || value.is_string() || value.is_boolean() || is_list(None)
            }
            "list of numbers" => is_list(None),
            "list of 2 numbers" => is_list(Some(2)),
            "list of 3 numbers" => is_list(Some(3)),
            "list of 4 numbers" => is_list(Some(4)),
            choice => {
                let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                choice.split(", ").flat_map(|words| words.split(" or ")).any(|one| one == word)
            }
        }
    }
}

fn shown(value: &Json) -> String {
    let whole = match value {
        Json::String(text) => format!("'{text}'"),
        other => other.to_string(),
    };
    match whole.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

/// What the types say of what the row could not tell, without their names.
pub(super) fn in_words(reason: &str) -> String {
    let plain = reason.strip_prefix("invalid type: ").or(reason.strip_prefix("invalid value: "));
    let Some((found, expected)) = plain.and_then(|plain| plain.split_once(", expected ")) else {
        return reason.replace("unknown variant ", "there is no ");
    };
    let found = ["floating point ", "integer ", "string ", "boolean "]
        .into_iter()
        .find_map(|kind| found.strip_prefix(kind))
        .unwrap_or(found);
    let expected = match expected {
        "f64" | "f32" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        other => other,
    };
    format!("expected {expected}, found {}", found.trim_matches('`'))
}
