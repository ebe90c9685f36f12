//! Between Lua's values and those that commands are made of and answer with.

use mlua::{Lua, Table, Value as LuaValue};
use serde_json::{Map, Number, Value as Json};

use super::call::lua_name;

/// Most elements of a list that a command is given.
const LONGEST_LIST: usize = 100_000;

/// Most values that a script can return to whoever waits for them, those in tables included.
const MOST_RETURNED: usize = 20_000;

/// Most text among them, bytes.
const MOST_RETURNED_BYTES: usize = 1 << 20;

/// Deepest table among them.
const DEEPEST_RETURNED: usize = 32;

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

/// Values that a script returned, as a list. What JSON does not have becomes null: numbers that are not
/// finite, functions. Tables that only count from 1 are lists, others objects.
///
/// # Errors
/// Where that is too much to be told, in words.
pub(super) fn returned(values: &mlua::MultiValue) -> Result<Json, String> {
    let mut room = Room { parts: MOST_RETURNED, bytes: MOST_RETURNED_BYTES };
    values.iter().map(|value| told(value, 0, &mut room)).collect::<Result<_, _>>().map(Json::Array)
}

/// What may still be told.
struct Room {
    parts: usize,
    bytes: usize,
}

impl Room {
    fn take(&mut self, bytes: usize) -> Result<(), String> {
        match (self.parts.checked_sub(1), self.bytes.checked_sub(bytes)) {
            (Some(parts), Some(bytes)) => {
                *self = Self { parts, bytes };
                Ok(())
            }
            _ => Err(format!(
                "it returned too much to be told: up to {MOST_RETURNED} values and {} KiB of text are",
                MOST_RETURNED_BYTES >> 10
            )),
        }
    }
}

fn told(value: &LuaValue, depth: usize, room: &mut Room) -> Result<Json, String> {
    let text = value.as_string().map(|text| text.to_string_lossy());
    room.take(text.as_ref().map_or(0, String::len))?;
    let table = match (value, text) {
        (_, Some(text)) => return Ok(Json::String(text)),
        (LuaValue::Boolean(on), _) => return Ok(Json::Bool(*on)),
        (LuaValue::Table(table), _) => table,
        (other, _) => return Ok(number(other).unwrap_or(Json::Null)),
    };
    if depth == DEEPEST_RETURNED {
        return Err(format!("it returned tables within tables, deeper than {DEEPEST_RETURNED}"));
    }
    // Looked at once each, so that a table of many is refused before it is walked through.
    let length = table.raw_len();
    let mut named = Map::new();
    for pair in table.pairs::<LuaValue, LuaValue>() {
        let (key, value) = pair.map_err(|error| error.to_string())?;
        let key = match &key {
            LuaValue::String(text) => text.to_string_lossy(),
            other => number(other).map_or("?".to_owned(), |number| number.to_string()),
        };
        room.take(key.len())?;
        named.insert(key, told(&value, depth + 1, room)?);
    }
    if named.len() != length {
        return Ok(Json::Object(named));
    }
    let in_order: Option<Vec<Json>> = (1..=length).map(|i| named.remove(&i.to_string())).collect();
    Ok(in_order.map_or(Json::Object(named), Json::Array))
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
