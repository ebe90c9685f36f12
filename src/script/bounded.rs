//! Built-in functions that could run for hours between two steps, held to sizes at which they
//! cannot. The virtual machine is interrupted between its own instructions only.

use mlua::{Function, Lua, MultiValue, Table, Value};

use crate::limits::Meter;
use crate::value::number;

/// Longest text that a pattern is matched against, bytes.
const LONGEST_SUBJECT: usize = 256 << 10;

/// Longest pattern, bytes: a set in it is searched for every byte of the subject.
const LONGEST_PATTERN: usize = 256;

/// Most elements that `table.move` moves.
const LONGEST_MOVE: f64 = 1e6;

/// Replaces the costly ones in the libraries of `globals`.
pub(crate) fn bound(lua: &Lua, globals: &Table, meter: &Meter) -> mlua::Result<()> {
    let strings: Table = globals.get("string")?;
    for name in ["find", "match", "gmatch", "gsub"] {
        bound_matching(lua, &strings, name, meter)?;
    }
    let tables: Table = globals.get("table")?;
    bound_sort(lua, &tables)?;
    for name in ["insert", "remove"] {
        bound_shifting(lua, &tables, name, meter)?;
    }
    bound_move(lua, &tables)
}

fn bound_matching(lua: &Lua, strings: &Table, name: &str, meter: &Meter) -> mlua::Result<()> {
    let unbounded: Function = strings.get(name)?;
    let meter = meter.clone();
    let bounded = lua.create_function(move |_, args: MultiValue| {
        let length = |at: usize| match args.get(at) {
            Some(Value::String(text)) => text.as_bytes().len(),
            _ => 0,
        };
        let (subject, pattern) = (length(0), length(1));
        if subject > LONGEST_SUBJECT || pattern > LONGEST_PATTERN {
            return Err(mlua::Error::runtime(format!(
                "matching takes texts up to {LONGEST_SUBJECT} and patterns up to \
                 {LONGEST_PATTERN} bytes"
            )));
        }
        let steps = (subject * pattern / 64 + subject / 64) as u64;
        meter.charge(steps).map_err(mlua::Error::external)?;
        unbounded.call::<MultiValue>(args)
    })?;
    strings.set(name, bounded)
}

/// Sorts by a comparison in Lua, so that every comparison counts: two long texts take long.
fn bound_sort(lua: &Lua, tables: &Table) -> mlua::Result<()> {
    let unbounded: Function = tables.get("sort")?;
    let less: Function = lua.load("return function(a, b) return a < b end").eval()?;
    let bounded = lua.create_function(move |_, (list, by): (Value, Option<Function>)| {
        unbounded.call::<()>((list, by.unwrap_or_else(|| less.clone())))
    })?;
    tables.set("sort", bounded)
}

/// Charges for the elements behind a place that is filled or emptied: all of them move.
fn bound_shifting(lua: &Lua, tables: &Table, name: &str, meter: &Meter) -> mlua::Result<()> {
    let unbounded: Function = tables.get(name)?;
    let meter = meter.clone();
    let bounded = lua.create_function(move |_, args: MultiValue| {
        if let (Some(Value::Table(list)), Some(place)) =
            (args.front(), args.get(1).and_then(number))
        {
            let behind = list.raw_len() as f64 - place;
            // Casting keeps what is negative or no number at zero.
            meter.charge((behind / 64.0) as u64).map_err(mlua::Error::external)?;
        }
        unbounded.call::<MultiValue>(args)
    })?;
    tables.set(name, bounded)
}

fn bound_move(lua: &Lua, tables: &Table) -> mlua::Result<()> {
    let unbounded: Function = tables.get("move")?;
    let bounded = lua.create_function(move |_, args: MultiValue| {
        let number = |at: usize| args.get(at).and_then(number).unwrap_or(0.0);
        let count = number(2) - number(1);
        if count > LONGEST_MOVE {
            return Err(mlua::Error::runtime(format!(
                "table.move takes up to {LONGEST_MOVE} elements"
            )));
        }
        unbounded.call::<MultiValue>(args)
    })?;
    tables.set("move", bounded)
}
