//! What `help` answers: from the words that scripts can call, and from the catalogue's rows.

use skyreel_core::command::{CATALOGUE, Row, row};
use skyreel_core::nearest::{did_you_mean, nearest};
use skyreel_core::snapshot::ApiWord;

use super::call;

/// How wide lists of names are, letters.
const WIDTH: usize = 78;

/// Where names without a library in front are looked for.
const LIBRARIES: [&str; 3] = ["", "skyreel.", "openspace."];

/// The console's own words, and one for each row of the catalogue.
pub(super) fn words() -> Vec<ApiWord> {
    let own = [
        ("help", "help([what])", "What there is, or how something is called."),
        ("print", "print(...)", "Say something in the console."),
        ("skyreel.property", "skyreel.property(path)", "What a property holds."),
        ("skyreel.snapshot", "skyreel.snapshot()", "The state of the session, as a table."),
        ("skyreel.version", "skyreel.version", "The program's version, a text."),
        ("wait", "wait(seconds)", "Go on after so many seconds; how many it were."),
        (
            "wait_until",
            "wait_until(what)",
            "Go on when the scene's clock is at a date (ISO 8601, UTC, or TDB seconds past J2000), \
             or a function gives true; how many seconds it took.",
        ),
    ];
    let word = |(name, usage, help): (&str, &str, &str)| ApiWord {
        name: name.to_owned(),
        usage: usage.to_owned(),
        help: help.to_owned(),
    };
    let rows = CATALOGUE.iter().map(|row| ApiWord {
        name: call::function_name(row),
        usage: call::usage(row),
        help: row.help.to_owned(),
    });
    own.into_iter().map(word).chain(rows).collect()
}

/// Help on a name, or on everything; `words` in order of their names.
///
/// # Errors
/// Where nothing is called that: the nearest name.
pub(super) fn help(words: &[ApiWord], what: Option<&str>) -> Result<String, String> {
    let Some(what) = what.map(|what| what.trim().trim_end_matches(['.', '(', ')'])) else {
        return Ok(overview(words));
    };
    if let Some(row) = row(what.trim_start_matches("skyreel.")) {
        return Ok(row_details(row));
    }
    for library in LIBRARIES {
        let name = format!("{library}{what}");
        if let Some(word) = words.iter().find(|word| word.name == name) {
            return Ok(match CATALOGUE.iter().find(|row| call::function_name(row) == name) {
                Some(row) => row_details(row),
                None => format!("{}\n  {}", word.usage, word.help),
            });
        }
        let group = format!("{name}.");
        if words.iter().any(|word| word.name.starts_with(&group)) {
            return Ok(list(words, &group));
        }
    }
    let names = words.iter().map(|word| word.name.as_str());
    let rows = CATALOGUE.iter().map(|row| row.call);
    let nearest = nearest(names.chain(rows), what);
    Err(format!("there is nothing called '{what}'{}", did_you_mean(&nearest)))
}

fn overview(words: &[ApiWord]) -> String {
    let mut lines = vec!["help(\"record\") lists the calls of a group, help(\"record.start\") says how one is called.".to_owned()];
    for library in ["skyreel.", "openspace."] {
        lines.extend(groups(words, library));
    }
    for word in words.iter().filter(|word| !word.name.contains('.')) {
        lines.push(format!("{}  {}", word.usage, word.help));
    }
    lines.join("\n")
}

/// The groups within a library, each with the last parts of its names.
fn groups(words: &[ApiWord], library: &str) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for word in words {
        let Some((group, call)) =
            word.name.strip_prefix(library).and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        match groups.last_mut().filter(|(last, _)| *last == group) {
            Some((_, calls)) => calls.push(call),
            None => groups.push((group, vec![call])),
        }
    }
    let told = groups.iter().map(|(group, calls)| folded(&format!("{library}{group}"), calls));
    told.collect()
}

/// A name and what belongs to it, in lines that are no longer than people read at a glance.
fn folded(name: &str, parts: &[&str]) -> String {
    let mut text = format!("{name}  ");
    let mut width = text.len();
    for (index, part) in parts.iter().enumerate() {
        let comma = if index + 1 < parts.len() { "," } else { "" };
        if width + part.len() > WIDTH {
            text += "\n   ";
            width = 3;
        }
        let space = if text.ends_with("  ") { "" } else { " " };
        text += &format!("{space}{part}{comma}");
        width += space.len() + part.len() + comma.len();
    }
    text
}

/// What is in a group: its calls with one line each, and the groups in it.
fn list(words: &[ApiWord], group: &str) -> String {
    let mut lines = groups(words, group);
    let inside = words
        .iter()
        .filter(|word| word.name.strip_prefix(group).is_some_and(|rest| !rest.contains('.')));
    lines.extend(inside.map(|word| format!("{}  {}", word.usage, word.help)));
    lines.join("\n")
}

fn row_details(row: &Row) -> String {
    let mut lines = vec![call::usage(row), format!("  {}", row.help)];
    for param in row.params {
        let optional = if param.is_optional { ", may be left out" } else { "" };
        let name = call::lua_name(param.name);
        lines.push(format!("  {name} ({}{optional}): {}", param.kind, param.help));
    }
    lines.push(format!("  for {}s", row.role));
    lines.push(format!("  example: {}", call::example(row)));
    lines.join("\n")
}
