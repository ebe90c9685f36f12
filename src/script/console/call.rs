//! A row of the catalogue as a Lua function: how it is called, and what its arguments come to.

use mlua::{MultiValue, Value as LuaValue};
use serde_json::{Map, Value as Json};
use skyreel_core::command::{Command, NotACommand, Param, Row, said};

use super::json;
use super::pretty::shown_number;

/// Words of the language, which cannot be names.
const KEYWORDS: [&str; 21] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
    "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// A name as Lua takes it: a word of the language has a `_` behind it.
pub(super) fn lua_name(name: &str) -> String {
    let mark = if KEYWORDS.contains(&name) { "_" } else { "" };
    format!("{name}{mark}")
}

/// The full name of a row's function.
pub(super) fn function_name(row: &Row) -> String {
    let (group, name) = row.call.split_once('.').unwrap_or((row.call, ""));
    format!("skyreel.{group}.{}", lua_name(name))
}

/// How a row is called in Lua: `skyreel.play.start(recording, [force_time])`.
pub(super) fn usage(row: &Row) -> String {
    let name = |param: &Param| match param.is_optional {
        true => format!("[{}]", lua_name(param.name)),
        false => lua_name(param.name),
    };
    let params: Vec<String> = row.params.iter().map(name).collect();
    format!("{}({})", function_name(row), params.join(", "))
}

/// A row's example in Lua: what comes first in order, the rest by name.
pub(super) fn example(row: &Row) -> String {
    let mut named = said(row.example).map(|command| command.words().1).unwrap_or_default();
    let mut arguments = Vec::new();
    for param in row.params {
        let Some(value) = named.remove(param.name) else { break };
        arguments.push(json::in_lua(&value));
    }
    if !named.is_empty() {
        arguments.push(json::by_name(&named));
    }
    format!("{}({})", function_name(row), arguments.join(", "))
}

/// A command as a script says it: `skyreel.view.layout{count = 2}`.
pub fn in_lua(command: &Command) -> String {
    let (call, arguments) = command.words();
    let (group, name) = call.split_once('.').unwrap_or((&call, ""));
    format!("skyreel.{group}.{}({})", lua_name(name), json::by_name(&arguments))
}

/// The command that a row comes to with these arguments: in their order, by name in a table, or the
/// first ones in their order and the rest in a table at the end.
///
/// # Errors
/// What does not fit, in words, with what would.
pub(super) fn command(row: &Row, args: &MultiValue) -> Result<Command, String> {
    let wrong = |what: String| {
        format!("{}: {what}; it is called like this: {}", function_name(row), usage(row))
    };
    let arguments = arguments(row, args).map_err(wrong)?;
    Command::from_words(row.call, arguments).map_err(|error| match error {
        NotACommand::Arguments { reason, .. } => wrong(reason),
        NotACommand::Unknown { .. } => error.to_string(),
    })
}

fn arguments(row: &Row, args: &MultiValue) -> Result<Map<String, Json>, String> {
    let mut arguments = Map::new();
    let (in_order, named) = parts(row, args);
    if in_order.len() > row.params.len() {
        return Err(match row.params.len() {
            0 => "it takes no arguments".to_owned(),
            most => format!("it takes up to {most} arguments, not {}", in_order.len()),
        });
    }
    for (param, value) in row.params.iter().zip(&in_order) {
        if !value.is_nil() {
            arguments.insert(param.name.to_owned(), checked(param, value)?);
        }
    }
    for (name, value) in named {
        let is_meant = |p: &&Param| p.name == name || lua_name(p.name) == name;
        let Some(param) = row.params.iter().find(is_meant) else {
            return Err(row.no_argument(&name));
        };
        if arguments.insert(param.name.to_owned(), checked(param, &value)?).is_some() {
            return Err(format!("'{name}' is given twice"));
        }
    }
    let is_missing = |p: &&Param| !p.is_optional && !arguments.contains_key(p.name);
    match row.params.iter().find(is_missing) {
        Some(param) => Err(param.missing()),
        None => Ok(arguments),
    }
}

/// What is given in order, and what by name. A table at the end is one of names if it has any, or if
/// it is empty and nothing else could be meant.
fn parts(row: &Row, args: &MultiValue) -> (Vec<LuaValue>, Vec<(String, LuaValue)>) {
    let mut in_order: Vec<LuaValue> = args.iter().cloned().collect();
    let Some(LuaValue::Table(last)) = in_order.last().cloned() else {
        return (in_order, Vec::new());
    };
    let place = row.params.get(in_order.len() - 1);
    let takes_list =
        place.is_some_and(|p| !p.is_optional && (p.kind.starts_with("list") || p.kind == "value"));
    let is_of_names = json::has_names(&last) || (last.is_empty() && !takes_list);
    // One name more than there can be, so that it is found to be too many.
    match json::named(&last, row.params.len() + 1).filter(|_| is_of_names) {
        Some(named) => {
            in_order.pop();
            (in_order, named)
        }
        None => (in_order, Vec::new()),
    }
}

fn checked(param: &Param, value: &LuaValue) -> Result<Json, String> {
    let list = |count: usize| {
        json::numbers(value).filter(|list| list.as_array().is_some_and(|l| l.len() == count))
    };
    let any = || json::number(value).or_else(|| json::text(value));
    let json = match param.kind {
        "number" => json::number(value),
        "text" | "name" => json::text(value),
        "on or off" => value.as_boolean().map(Json::Bool),
        "list of 2 numbers" => list(2),
        "list of 3 numbers" => list(3),
        "list of 4 numbers" => list(4),
        kind if kind.starts_with("list") => json::numbers(value),
        "value" => {
            any().or_else(|| value.as_boolean().map(Json::Bool)).or_else(|| json::numbers(value))
        }
        // A choice of a few words.
        _ => any(),
    };
    let expected = match param.kind {
        "on or off" => "true or false".to_owned(),
        "number" => "a finite number".to_owned(),
        "name" => "a text".to_owned(),
        _ => param.expects(),
    };
    json.ok_or_else(|| format!("{} is {expected}, not {}", param.name, found(value)))
}

/// A value in a few words.
pub(super) fn found(value: &LuaValue) -> String {
    match value {
        LuaValue::String(text) => {
            let text: String = text.to_string_lossy().chars().take(40).collect();
            format!("the text {}", json::quoted(&text))
        }
        LuaValue::Boolean(_) | LuaValue::Nil => value.to_string().unwrap_or_default(),
        LuaValue::Integer(number) => format!("the number {number}"),
        LuaValue::Number(number) => format!("the number {}", shown_number(*number)),
        other => format!("a {}", other.type_name()),
    }
}
