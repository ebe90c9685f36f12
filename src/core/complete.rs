//! What could be meant by a word that is being typed: names that scripts can call, property paths in
//! quotes, and the help line of the call it stands in. Needs no machine that runs scripts.

use crate::snapshot::ApiWord;

/// Most candidates that are named.
const MOST_CANDIDATES: usize = 200;

/// Shortest beginning that is also looked for within names.
const SHORTEST_WITHIN: usize = 2;

/// What a word could become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// Where the word begins, in bytes; it ends at the cursor. A candidate takes its place.
    pub from: usize,
    /// What it could be: those that begin like it first, then those that have it within. One that
    /// ends in a point has more behind it.
    pub candidates: Vec<String>,
    /// How what is meant is called, and what it does.
    pub help: Option<String>,
}

/// What the word before `cursor` (bytes into `line`; held at its end) could become. `words` are what
/// can be called, `paths` what can stand in quotes. Upper and lower case are the same.
pub fn complete<'a>(
    line: &str,
    cursor: usize,
    words: &[ApiWord],
    paths: impl IntoIterator<Item = &'a str>,
) -> Completions {
    let mut cursor = cursor.min(line.len());
    while !line.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let before = &line[..cursor];
    let place = place(before);
    let called = place.open.iter().rev().find_map(|at| word(words, last_name(&before[..*at]).1));
    let mut completions = match place.quote {
        Some(from) => {
            Completions { from, candidates: candidates(&before[from..], paths), help: None }
        }
        None => {
            let (from, typed) = last_name(before);
            let names = words.iter().map(|word| word.name.as_str());
            // Within a call nothing is meant yet where nothing is typed; nor by a number.
            let is_name = match typed.chars().next() {
                None => called.is_none(),
                Some(first) => !first.is_ascii_digit(),
            };
            let candidates = if is_name { candidates(typed, names) } else { Vec::new() };
            Completions { from, candidates, help: None }
        }
    };
    let typed = &before[completions.from..];
    let meant = match &completions.candidates[..] {
        [only] if place.quote.is_none() => word(words, only),
        _ if place.quote.is_none() => word(words, typed),
        _ => None,
    };
    completions.help = meant.or(called).map(|word| format!("{}: {}", word.usage, word.help));
    if completions.candidates.iter().all(|candidate| candidate == typed) {
        completions.candidates.clear();
    }
    completions
}

fn word<'a>(words: &'a [ApiWord], name: &str) -> Option<&'a ApiWord> {
    words.iter().find(|word| word.name == name)
}

/// Where the end of a text lies.
#[derive(Default)]
struct Place {
    /// Behind which quote, if it lies in a text.
    quote: Option<usize>,
    /// The brackets that are open there.
    open: Vec<usize>,
}

fn place(before: &str) -> Place {
    let mut place = Place::default();
    let mut quote = None;
    let mut is_escaped = false;
    for (at, c) in before.char_indices() {
        match (quote, c) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some((end, _)), c) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some((c, at + 1)),
            (None, '(' | '{' | '[') => place.open.push(at),
            (None, ')' | '}' | ']') => {
                place.open.pop();
            }
            (None, _) => {}
        }
    }
    place.quote = quote.map(|(_, from)| from);
    place
}

/// The name, with its points, that a text ends with, and where it begins.
fn last_name(before: &str) -> (usize, &str) {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let from = before.rfind(|c| !is_part(c));
    let from = from.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    (from, &before[from..])
}

/// Those that begin like `typed`, up to the next point; then the whole of those that have it within.
fn candidates<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut beginning: Vec<&str> = Vec::new();
    let mut within: Vec<&str> = Vec::new();
    let wanted = typed.to_ascii_lowercase();
    for name in names {
        if name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed)) {
            let rest = &name[typed.len()..];
            let next = rest.find('.').map_or(name.len(), |point| typed.len() + point + 1);
            let upto = &name[..next];
            if beginning.len() < MOST_CANDIDATES && !beginning.contains(&upto) {
                beginning.push(upto);
            }
        } else if typed.len() >= SHORTEST_WITHIN
            && within.len() < MOST_CANDIDATES
            && name.to_ascii_lowercase().contains(&wanted)
        {
            within.push(name);
        }
    }
    beginning.extend(within);
    beginning.truncate(MOST_CANDIDATES);
    beginning.into_iter().map(str::to_owned).collect()
}
