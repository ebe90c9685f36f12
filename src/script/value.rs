//! Between Lua's values and those of properties.

use mlua::{Lua, Value as LuaValue};
use skyreel_core::value::{Easing, Value};

/// Longest list of numbers a property may be set to; OpenSpace's largest are 4x4 matrices.
const LONGEST_LIST: usize = 1024;

/// Longest text a property may be set to, bytes.
const LONGEST_TEXT: usize = 4096;

/// A property's value from Lua's; else what is wrong with it.
pub(crate) fn from_lua(value: &LuaValue) -> Result<Value, &'static str> {
    match value {
        LuaValue::Nil => Err("no value; a trigger does something once"),
        LuaValue::Boolean(on) => Ok(Value::Bool(*on)),
        LuaValue::String(text) if text.as_bytes().len() > LONGEST_TEXT => Err("too long a text"),
        LuaValue::String(text) => Ok(Value::Text(text.to_string_lossy().into())),
        LuaValue::Table(list) => numbers(list),
        other => match number(other) {
            Some(number) if number.is_finite() => Ok(Value::Number(number)),
            Some(_) => Err("a number that is not finite"),
            None => Err("neither a number, a text, true or false, nor a list of numbers"),
        },
    }
}

fn numbers(list: &mlua::Table) -> Result<Value, &'static str> {
    const WANTED: &str = "a table that is not a list of finite numbers";
    let length = list.raw_len();
    if length == 0 || length > LONGEST_LIST {
        return Err(WANTED);
    }
    let element = |i: usize| list.raw_get::<LuaValue>(i).ok().as_ref().and_then(number);
    let numbers: Option<Vec<f64>> =
        (1..=length).map(|i| element(i).filter(|n| n.is_finite())).collect();
    // Names beside the list (`{x = 1}`) are no part of it.
    let named = list.pairs::<LuaValue, LuaValue>().count() != length;
    numbers.filter(|_| !named).map(|n| Value::Numbers(n.into())).ok_or(WANTED)
}

/// A property's value for Lua.
pub(crate) fn to_lua(lua: &Lua, value: &Value) -> mlua::Result<LuaValue> {
    Ok(match value {
        Value::Bool(on) => LuaValue::Boolean(*on),
        Value::Number(number) => LuaValue::Number(*number),
        Value::Text(text) => LuaValue::String(lua.create_string(text.as_bytes())?),
        Value::Numbers(list) => LuaValue::Table(lua.create_sequence_from(list.iter().copied())?),
    })
}

/// The number in a value, also as text, as Lua's own functions take it.
pub(crate) fn number(value: &LuaValue) -> Option<f64> {
    match value {
        LuaValue::Integer(number) => Some(*number as f64),
        LuaValue::Number(number) => Some(*number),
        _ => None,
    }
}

/// The easing of that name, as OpenSpace spells it.
pub(crate) fn easing(name: &str) -> Option<Easing> {
    use serde::Deserialize;
    use serde::de::value::{Error, StrDeserializer};
    Easing::deserialize(StrDeserializer::<Error>::new(name)).ok()
}
