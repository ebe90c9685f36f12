//! Between JSON and Lua, as OpenSpace's clients have it: calls that they ask for become text, and what
//! scripts returned becomes objects that count from 1.

use serde_json::{Map, Value as Json, json};

/// Longest name of a function, bytes.
const LONGEST_NAME: usize = 200;

/// A script that calls a function and returns what it gives; `None` where that is no function's name.
/// Numbers keep all their digits.
pub(super) fn call(function: &str, arguments: &[Json]) -> Option<String> {
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if function.len() > LONGEST_NAME || !function.split('.').all(is_name) {
        return None;
    }
    let mut code = format!("return {function}(");
    for (place, argument) in arguments.iter().enumerate() {
        if place > 0 {
            code.push_str(", ");
        }
        write(argument, &mut code);
    }
    code.push(')');
    Some(code)
}

fn write(value: &Json, code: &mut String) {
    match value {
        Json::Null => code.push_str("nil"),
        Json::Bool(_) | Json::Number(_) => code.push_str(&value.to_string()),
        Json::String(text) => quote(text, code),
        Json::Array(list) => {
            code.push('{');
            for element in list {
                write(element, code);
                code.push_str(", ");
            }
            code.push('}');
        }
        Json::Object(map) => {
            code.push('{');
            for (name, value) in map {
                code.push('[');
                quote(name, code);
                code.push_str("] = ");
                write(value, code);
                code.push_str(", ");
            }
            code.push('}');
        }
    }
}

/// A text as Lua reads it, whatever is in it.
fn quote(text: &str, code: &mut String) {
    code.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => code.extend(['\\', c]),
            c if c.is_ascii_control() => code.push_str(&format!("\\{:03}", u32::from(c))),
            c => code.push(c),
        }
    }
    code.push('"');
}

/// What a script returned, from the list of its values: an object keyed "1", "2" and so on, and so are
/// lists in it. Two to four numbers are a vector, which stays a list.
pub(super) fn returned(values: &Json) -> Json {
    match values {
        Json::Array(values) => counted(values),
        _ => json!({}),
    }
}

fn counted(values: &[Json]) -> Json {
    let numbered = values.iter().enumerate();
    Json::Object(numbered.map(|(at, value)| ((at + 1).to_string(), dictionary(value))).collect())
}

fn dictionary(value: &Json) -> Json {
    match value {
        Json::Array(list) => {
            let is_vector = (2..=4).contains(&list.len()) && list.iter().all(Json::is_number);
            if is_vector { value.clone() } else { counted(list) }
        }
        Json::Object(map) => {
            let inner: Map<String, Json> =
                map.iter().map(|(name, value)| (name.clone(), dictionary(value))).collect();
            Json::Object(inner)
        }
        other => other.clone(),
    }
}
