//! The list of all commands: how each is called, with what, by whom at least, and what it does. Help,
//! scripts, browsers and the command line are made from it.

mod rows;

use serde_json::{Map, Value as Json};

pub use rows::CATALOGUE;

use super::{Command, NotACommand};
use crate::role::Role;

/// A command as people call it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Group and name: `play.seek`.
    pub call: &'static str,
    /// The least role that may.
    pub role: Role,
    /// What it is called with, in order.
    pub params: &'static [Param],
    /// One line of what it does.
    pub help: &'static str,
    /// A call in words.
    pub example: &'static str,
}

/// What a command is called with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Its name, which ends in its unit where it has one.
    pub name: &'static str,
    /// What it is: a number, a text, on or off.
    pub kind: &'static str,
    /// Whether it may be left out.
    pub is_optional: bool,
    /// What it means.
    pub help: &'static str,
}

impl Row {
    /// How it is called: `play.start recording [force_time] [speed]`.
    pub fn usage(&self) -> String {
        let mut usage = self.call.to_owned();
        for param in self.params {
            let name = param.name;
            usage += &if param.is_optional { format!(" [{name}]") } else { format!(" {name}") };
        }
        usage
    }
}

/// The row of a call.
pub fn row(call: &str) -> Option<&'static Row> {
    CATALOGUE.iter().find(|row| row.call == call)
}

/// The command that a line of words names: a call, then arguments by name (`at_s=12.5`) or in their
/// order (`12.5`). Arguments with spaces stand in double quotes.
///
/// # Errors
/// Where the words name no command.
pub fn said(line: &str) -> Result<Command, NotACommand> {
    in_words(split(line))
}

/// The same of words that somebody else has split: those of a shell. A word that looks like an
/// argument by name is one, as nobody sees any more whether it stood in quotes; so a text that looks
/// like one is given by name (`name=a=b`).
///
/// # Errors
/// Where the words name no command.
pub fn said_in(words: impl IntoIterator<Item = String>) -> Result<Command, NotACommand> {
    in_words(words.into_iter().map(|word| (word, false)).collect())
}

/// The command of a call and its arguments, each with whether it was quoted.
fn in_words(mut words: Vec<(String, bool)>) -> Result<Command, NotACommand> {
    let call = if words.is_empty() { String::new() } else { words.remove(0).0 };
    let mut arguments = Map::new();
    let Some(row) = row(&call) else { return Command::from_words(&call, arguments) };
    let mut in_order = row.params.iter();
    for (word, is_quoted) in words {
        let wrong = |reason| {
            let (call, usage) = (call.clone(), row.usage());
            NotACommand::Arguments { call, reason, usage }
        };
        let (param, text) = match word.split_once('=').filter(|_| !is_quoted) {
            Some((name, text)) if row.param(name).is_some() => (row.param(name), text),
            // Code is full of what looks so.
            Some((name, _)) if is_name(name) && !in_order.clone().any(|p| p.name == "code") => {
                return Err(wrong(row.no_argument(name)));
            }
            _ => (in_order.next(), word.as_str()),
        };
        let Some(param) = param else {
            return Err(wrong(format!("'{word}' is one argument too many")));
        };
        if arguments.insert(param.name.to_owned(), value(param, text)).is_some() {
            return Err(wrong(format!("{} is given twice", param.name)));
        }
    }
    Command::from_words(&call, arguments)
}

/// Whether something could be an argument's name.
fn is_name(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.bytes().all(is_letter) && text.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// A text stays a text, whatever it looks like; everything else is what it looks like.
fn value(param: &Param, text: &str) -> Json {
    match (param.kind, text) {
        ("text", _) => return Json::String(text.to_owned()),
        ("on or off", "on") => return Json::Bool(true),
        ("on or off", "off") => return Json::Bool(false),
        _ => {}
    }
    serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()))
}

/// Words between spaces, and whether they began with a quote.
fn split(line: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut word: Option<(String, bool)> = None;
    let mut in_quotes = false;
    for c in line.chars() {
        match c {
            '"' => {
                in_quotes = !in_quotes;
                word.get_or_insert((String::new(), true));
            }
            c if c.is_whitespace() && !in_quotes => words.extend(word.take()),
            c => word.get_or_insert((String::new(), false)).0.push(c),
        }
    }
    words.extend(word);
    words
}
