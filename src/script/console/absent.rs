//! Names that a script asked of a library that has not got them. Asking is no fault, so that a script
//! can look whether something is there; an error that says no more than that something is nil is told
//! with the name.

use std::cell::RefCell;
use std::collections::VecDeque;

use mlua::{Function, Lua, Value};
use skyreel_core::nearest::{did_you_mean, nearest};
use skyreel_core::snapshot::ApiWord;

use super::calling_line;
use super::failure::{Told, place};

/// How many are remembered: a line that calls names few.
const MOST: usize = 8;

/// Longest name, characters.
const LONGEST_NAME: usize = 100;

/// What Luau says where something that is not there is called, or something in it asked for.
const OF_NIL: [&str; 2] = ["attempt to call a nil value", "attempt to index nil with "];

/// Names that were asked for last and are not there.
#[derive(Debug, Default)]
pub(super) struct Absent(RefCell<VecDeque<Asked>>);

/// A name that was asked for.
#[derive(Debug)]
struct Asked {
    /// The script's number.
    script: u64,
    /// What the script is called, or the one whose function asked, and the line.
    at: (String, usize),
    /// Of which library, by its full name.
    library: String,
    name: String,
}

impl Absent {
    /// What a library answers for a name that it has not got: nothing, but it is remembered.
    pub(super) fn ask(&self, lua: &Lua, script: u64, library: &str, name: &Value) {
        let (Some(name), Some(at)) = (name.as_string(), calling_line(lua)) else { return };
        let name = name.to_string_lossy().chars().take(LONGEST_NAME).collect();
        let mut asked = self.0.borrow_mut();
        if asked.len() == MOST {
            asked.pop_front();
        }
        asked.push_back(Asked { script, at, library: library.to_owned(), name });
    }

    /// A script's error with the name that was not there, where it is one of something that is nil and
    /// its line asked for such a name.
    pub(super) fn named(&self, told: Told, script: u64, words: &[ApiWord]) -> Told {
        let Some(nil) = OF_NIL.iter().find_map(|nil| told.text.find(nil)) else { return told };
        let Some((name, line)) = place(&told.text) else { return told };
        let at = (name, line as usize);
        let asked = self.0.borrow();
        let is_there = |asked: &&Asked| asked.script == script && asked.at == at;
        let Some(asked) = asked.iter().rev().find(is_there) else { return told };
        let end = told.text[nil..].find('\n').map_or(told.text.len(), |end| nil + end);
        let text = format!("{}{}{}", &told.text[..nil], asked.in_words(words), &told.text[end..]);
        Told { text, ..told }
    }
}

impl Asked {
    fn in_words(&self, words: &[ApiWord]) -> String {
        let Self { library, name, .. } = self;
        let inside = words.iter().filter_map(|word| {
            let rest = word.name.strip_prefix(library.as_str())?.strip_prefix('.')?;
            rest.split('.').next()
        });
        let near = nearest(inside, name).map(|near| format!("{library}.{near}"));
        format!("there is no '{library}.{name}'{}", did_you_mean(&near))
    }
}

/// What a library's table is given, to answer for names that it has not got.
pub(super) fn index(
    lua: &Lua,
    library: String,
    ask: impl Fn(&Lua, &str, &Value) + 'static,
) -> mlua::Result<Function> {
    lua.create_function(move |lua, (_, name): (Value, Value)| {
        ask(lua, &library, &name);
        Ok(Value::Nil)
    })
}
