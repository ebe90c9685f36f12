//! Lua texts: strings in quotes, and the one-line form `load("…")()` in which a text file keeps a
//! script that cannot stand on a line of its own.

use std::borrow::Cow;

const OPEN: &[u8] = b"load(\"";
const CLOSE: &[u8] = b"\")()";

/// A Lua string literal of that text, in double quotes, without a line end in it.
pub(super) fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '\\' => literal.push_str("\\\\"),
            '"' => literal.push_str("\\\""),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            // Three digits, so that a digit after it stays a character of its own.
            '\0' => literal.push_str("\\000"),
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

/// The script on one line that a text file can hold: as it is, or wrapped. A script that looks
/// wrapped is wrapped once more, so that reading gives back every text.
pub(super) fn wrap(script: &str) -> Cow<'_, str> {
    if needs_wrapping(script) {
        return Cow::Owned(format!("load({})()", quoted(script)));
    }
    Cow::Borrowed(script)
}

fn needs_wrapping(script: &str) -> bool {
    let looks_wrapped = script.as_bytes().starts_with(OPEN) && script.as_bytes().ends_with(CLOSE);
    script.is_empty()
        || script.starts_with([' ', '\t'])
        || script.contains(['\n', '\r', '\0'])
        || looks_wrapped
}

/// The script that `wrap` made this line of; any other line as it is.
pub(super) fn unwrap(line: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match unwrapped(&line) {
        Some(script) => Cow::Owned(script.into_bytes()),
        None => line,
    }
}

fn unwrapped(line: &[u8]) -> Option<String> {
    let literal = line.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    let mut characters = std::str::from_utf8(literal).ok()?.chars();
    let mut script = String::with_capacity(literal.len());
    while let Some(character) = characters.next() {
        script.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                '0' => '\0',
                other => other,
            },
            other => other,
        });
        if script.ends_with('\0') && characters.by_ref().take(2).any(|c| c != '0') {
            return None;
        }
    }
    // Only what `wrap` itself writes, so that no other text changes by being read and written.
    (wrap(&script).as_bytes() == line).then_some(script)
}
