//! Between Lua's values and those that commands are made of and answer with.

use mlua::{Lua, Table, Value as LuaValue};
use serde_json::{Map, Number, Value as Json};

use super::call::lua_name;

/// Most elements of a list that a command is given.
const LONGEST_LIST: usize = 100_000;

/// A whole number up to here is one without a fraction for sure.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// What Lua makes of it; null becomes nil.
pub(crate) fn to_lua(lua: &Lua, json: &Json) -> mlua::Result<LuaValue> {
    Ok(match json {
        Json::Null => LuaValue::Nil,
        Json::Bool(on) => LuaValue::Boolean(*on),
        Json::Number(number) => LuaValue::Number(number.as_f64().unwrap_or(f64::NAN)),
        Json::String(text) => LuaValue::String(lua.create_string(text)?),
        Json::Array(list) => {
            let table = lua.create_table_with_capacity(list.len(), 0)?;
            for (i, element) in list.iter().enumerate() {
                table.raw_set(i + 1, to_lua(lua, element)?)?;
            }
            LuaValue::Table(table)
        }
        Json::Object(map) => {
            let table = lua.create_table_with_capacity(0, map.len())?;
            for (name, value) in map {
                table.raw_set(name.as_str(), to_lua(lua, value)?)?;
            }
            LuaValue::Table(table)
        }
    })
}

/// A number, if it is one that commands can hold. One without a fraction is a whole number, as
/// commands that count want it.
pub(super) fn number(value: &LuaValue) -> Option<Json> {
    let number = crate::value::number(value)?;
    let is_whole = number.fract() == 0.0 && number.abs() < LARGEST_WHOLE;
    if is_whole && !(number == 0.0 && number.is_sign_negative()) {
        return Some(Json::from(number as i64));
    }
    Number::from_f64(number).map(Json::Number)
}

/// A text.
pub(super) fn text(value: &LuaValue) -> Option<Json> {
    let text = value.as_string()?.to_str().ok()?;
    Some(Json::String(text.to_owned()))
}

/// A list of numbers and nothing else.
pub(super) fn numbers(value: &LuaValue) -> Option<Json> {
    let table = value.as_table()?;
    let length = table.raw_len();
    let has_names = table.pairs::<LuaValue, LuaValue>().take(length + 1).count() != length;
    if has_names || length > LONGEST_LIST {
        return None;
    }
    let element = |i: usize| number(&table.raw_get::<LuaValue>(i).ok()?);
    (1..=length).map(element).collect::<Option<Vec<Json>>>().map(Json::Array)
}

/// Whether a table is one of names: it has some, and no first element.
pub(super) fn has_names(table: &Table) -> bool {
    let mut keys = table.pairs::<LuaValue, LuaValue>().filter_map(Result::ok);
    table.raw_len() == 0 && keys.any(|(key, _)| matches!(key, LuaValue::String(_)))
}

/// Its names and values, up to `most`; `None` where something else is among its keys.
pub(super) fn named(table: &Table, most: usize) -> Option<Vec<(String, LuaValue)>> {
    let pairs = table.pairs::<LuaValue, LuaValue>().take(most);
    let pair = |pair: mlua::Result<(LuaValue, LuaValue)>| {
        let (key, value) = pair.ok()?;
        Some((key.as_string()?.to_str().ok()?.to_owned(), value))
    };
    pairs.map(pair).collect()
}

/// As Lua text: what a call in a script would be given.
pub(super) fn in_lua(json: &Json) -> String {
    match json {
        Json::Null => "nil".to_owned(),
        Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::String(text) => quoted(text),
        Json::Array(list) => {
            format!("{{{}}}", list.iter().map(in_lua).collect::<Vec<_>>().join(", "))
        }
        Json::Object(map) => by_name(map),
    }
}

/// A table of names as Lua text.
pub(super) fn by_name(map: &Map<String, Json>) -> String {
    let pairs: Vec<String> =
        map.iter().map(|(name, value)| format!("{} = {}", lua_name(name), in_lua(value))).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
