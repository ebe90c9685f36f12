//! Why a script ended early, as people read it: what and where, and the script's own lines that led
//! there.

use std::collections::BTreeSet;

use mlua::{Error, Value};

use crate::limits::{Meter, Stop};
use crate::sandbox::root;

/// Most lines of those that led to a failure.
const MOST_CALLERS: usize = 8;

/// Longest message, characters.
const LONGEST: usize = 2_000;

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// `name:line: message`, and the lines that led there.
    pub(super) text: String,
    /// The line of the script.
    pub(super) at_line: Option<u32>,
}

/// Puts an error into words. `lines` are those that ran, where that is known better than the error
/// knows it. `names` are what scripts are called; `name` is this one's.
pub(super) fn told(
    error: &Error,
    lines: Option<&str>,
    meter: &Meter,
    name: &str,
    names: &BTreeSet<String>,
) -> Told {
    let whole = match root(error) {
        Error::RuntimeError(message) => message.clone(),
        Error::SyntaxError { message, .. } => message.clone(),
        other => other.to_string(),
    };
    let (message, frames) = split(&whole);
    let frames = lines.or(traceback(error)).unwrap_or(frames);
    let mut places: Vec<(String, u32)> =
        frames.lines().filter_map(place).filter(|(name, _)| names.contains(name)).collect();
    places.dedup();
    let is_memory = matches!(root(error), Error::MemoryError(_));
    let message = match meter.stopped() {
        Some(stop @ Stop::ScriptTime(_)) => {
            format!("it was stopped: {stop} without a wait")
        }
        Some(stop) => format!("it was stopped: {stop}"),
        None if is_memory => {
            format!("it took more than {} MiB of memory", meter.limits().memory_bytes >> 20)
        }
        None => message.trim_end().chars().take(LONGEST).collect(),
    };
    let own = place(&message).filter(|(name, _)| names.contains(name));
    let at = own.clone().or_else(|| places.first().cloned());
    let mut text = match (&own, &at) {
        (None, Some((name, line))) => format!("{name}:{line}: {message}"),
        (None, None) => format!("{name}: {message}"),
        (Some(_), _) => message,
    };
    places.retain(|place| Some(place) != at.as_ref());
    for (name, line) in places.iter().take(MOST_CALLERS) {
        text += &format!("\n  called from {name}:{line}");
    }
    if places.len() > MOST_CALLERS {
        text += &format!("\n  and {} more", places.len() - MOST_CALLERS);
    }
    // A line of another script that called this one's function is no line of this one.
    let at_line = at.filter(|(of, _)| of == name).map(|(_, line)| line);
    Told { text, at_line }
}

/// An error as scripts catch it: the same text without its traceback, and the level at which
/// `error` is to name a place: 0 where the text does so already.
pub(super) fn described(error: Value) -> (Value, u8, Option<String>) {
    let text = match &error {
        Value::Error(error) => match root(error) {
            Error::RuntimeError(message) => split(message).0.trim_end().to_owned(),
            other => other.to_string(),
        },
        Value::String(text) => text.to_string_lossy(),
        _ => return (error, 0, None),
    };
    let level = if place(&text).is_some() { 0 } else { 2 };
    (error, level, Some(text))
}

fn traceback(error: &Error) -> Option<&str> {
    match error {
        Error::CallbackError { traceback, cause } => {
            self::traceback(cause).or(Some(traceback.as_str()))
        }
        Error::WithContext { cause, .. } | Error::BadArgument { cause, .. } => {
            self::traceback(cause)
        }
        _ => None,
    }
}

/// A message, and the traceback behind it.
fn split(whole: &str) -> (&str, &str) {
    whole.rsplit_once("\nstack traceback:").unwrap_or((whole, ""))
}

/// The place that a line begins with: `name:12`.
pub(super) fn place(line: &str) -> Option<(String, u32)> {
    let line = line.trim_start();
    let colon = line.find(':')?;
    let rest = &line[colon + 1..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_end = matches!(rest.as_bytes().get(digits), None | Some(b':' | b' ' | b'\n'));
    let number = rest[..digits].parse().ok().filter(|_| is_end)?;
    Some((line[..colon].to_owned(), number))
}
