//! What a function is called with, taken apart with errors that name the function and the argument.

use std::rc::Rc;

use mlua::{MultiValue, Table, Value as LuaValue};
use skyreel_core::time::SimTime;

use crate::date::moment;

/// Longest text that is taken as a name or path, bytes.
const LONGEST_NAME: usize = 1024;

/// Longest script that is kept for later, bytes.
const LONGEST_CODE: usize = 32 << 10;

/// What a function is called with.
pub(super) struct Args {
    /// The function's full name.
    pub(super) call: Rc<str>,
    values: Vec<LuaValue>,
}

impl Args {
    pub(super) fn new(call: &Rc<str>, values: MultiValue) -> Self {
        Self { call: Rc::clone(call), values: values.into_iter().collect() }
    }

    /// An error in the function's name.
    pub(super) fn error(&self, why: impl std::fmt::Display) -> mlua::Error {
        mlua::Error::runtime(format!("{}: {why}", self.call))
    }

    /// The argument at a place; nil where there is none.
    pub(super) fn at(&self, place: usize) -> &LuaValue {
        self.values.get(place).unwrap_or(&LuaValue::Nil)
    }

    /// How many there are, without nils at the end.
    pub(super) fn count(&self) -> usize {
        self.values.iter().rposition(|value| !value.is_nil()).map_or(0, |last| last + 1)
    }

    /// Takes the first argument away where it names something: a text that is no number.
    pub(super) fn take_name(&mut self) -> mlua::Result<Option<String>> {
        match self.at(0) {
            LuaValue::String(_) if number(self.at(0)).is_none() => {
                let name = self.text(0, "a name")?;
                self.values.remove(0);
                Ok(Some(name))
            }
            _ => Ok(None),
        }
    }

    fn wrong(&self, place: usize, what: &str, expected: &str) -> mlua::Error {
        let found = match self.at(place) {
            LuaValue::Nil => "nothing".to_owned(),
            LuaValue::String(text) => {
                format!("'{}'", text.to_string_lossy().chars().take(80).collect::<String>())
            }
            LuaValue::Number(number) => number.to_string(),
            LuaValue::Integer(number) => number.to_string(),
            LuaValue::Boolean(on) => on.to_string(),
            other => format!("a {}", other.type_name()),
        };
        self.error(format!("{what} is {expected}, not {found}"))
    }

    /// A text.
    pub(super) fn text(&self, place: usize, what: &str) -> mlua::Result<String> {
        self.bounded(place, what, LONGEST_NAME)
    }

    /// A text, if there is one.
    pub(super) fn maybe_text(&self, place: usize, what: &str) -> mlua::Result<Option<String>> {
        let is_there = !self.at(place).is_nil();
        is_there.then(|| self.text(place, what)).transpose()
    }

    /// A script's text.
    pub(super) fn code(&self, place: usize, what: &str) -> mlua::Result<String> {
        self.bounded(place, what, LONGEST_CODE)
    }

    /// A script's text; empty where there is none.
    pub(super) fn maybe_code(&self, place: usize, what: &str) -> mlua::Result<String> {
        if self.at(place).is_nil() { Ok(String::new()) } else { self.code(place, what) }
    }

    fn bounded(&self, place: usize, what: &str, most: usize) -> mlua::Result<String> {
        match self.at(place).as_string() {
            Some(text) if text.as_bytes().len() <= most => Ok(text.to_string_lossy()),
            Some(_) => Err(self.error(format!("{what} is longer than {most} bytes"))),
            None => Err(self.wrong(place, what, "a text")),
        }
    }

    /// A finite number, also as text.
    pub(super) fn number(&self, place: usize, what: &str) -> mlua::Result<f64> {
        number(self.at(place)).ok_or_else(|| self.wrong(place, what, "a number"))
    }

    /// A finite number, if there is one.
    pub(super) fn maybe_number(&self, place: usize, what: &str) -> mlua::Result<Option<f64>> {
        let is_there = !self.at(place).is_nil();
        is_there.then(|| self.number(place, what)).transpose()
    }

    /// A length of time in seconds, if there is one.
    pub(super) fn maybe_seconds(&self, place: usize, what: &str) -> mlua::Result<Option<f64>> {
        let seconds = self.maybe_number(place, what)?;
        match seconds {
            Some(s) if s < 0.0 => Err(self.wrong(place, what, "0 or more seconds")),
            seconds => Ok(seconds),
        }
    }

    /// True or false.
    pub(super) fn on(&self, place: usize, what: &str) -> mlua::Result<bool> {
        let on = self.at(place).as_boolean();
        on.ok_or_else(|| self.wrong(place, what, "true or false"))
    }

    /// True or false, if it is there.
    pub(super) fn on_or(&self, place: usize, what: &str, otherwise: bool) -> mlua::Result<bool> {
        if self.at(place).is_nil() { Ok(otherwise) } else { self.on(place, what) }
    }

    /// A table.
    pub(super) fn table(&self, place: usize, what: &str) -> mlua::Result<Table> {
        let table = self.at(place).as_table().cloned();
        table.ok_or_else(|| self.wrong(place, what, "a table"))
    }

    /// A moment: TDB seconds past J2000, or a date.
    pub(super) fn moment(&self, place: usize, what: &str) -> mlua::Result<SimTime> {
        let expected = "a date such as 2026-03-07T18:30:00 (UTC) or seconds past J2000";
        moment(self.at(place)).ok_or_else(|| self.wrong(place, what, expected))
    }
}

/// A finite number, also as text.
pub(super) fn number(value: &LuaValue) -> Option<f64> {
    let number = match value {
        LuaValue::String(text) => text.to_string_lossy().trim().parse().ok(),
        other => crate::value::number(other),
    };
    number.filter(|number: &f64| number.is_finite())
}
