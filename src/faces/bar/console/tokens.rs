//! The words of Lua, told apart for their colours. What is not whole yet is taken for what it begins as.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Ui};

use super::super::style;

/// What a piece of Lua is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a sign, a space.
    Plain,
    /// A word of the language.
    Keyword,
    /// A text in quotes or long brackets.
    Text,
    /// A number.
    Number,
    /// Behind two hyphens.
    Comment,
}

/// Words of the language, and the values that have a name.
const KEYWORDS: [&str; 22] = [
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if",
    "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// A longer text is not looked at.
const LONGEST: usize = 16 << 10;

impl Kind {
    fn colour(self, plain: Color32) -> Color32 {
        match self {
            Self::Plain => plain,
            Self::Keyword => style::VIOLET,
            Self::Text => style::GREEN,
            Self::Number => style::AMBER,
            Self::Comment => style::WEAK,
        }
    }
}

/// All of a text in its pieces, in order; neighbours may be of one kind.
pub(super) fn tokens(code: &str) -> Vec<(Range<usize>, Kind)> {
    let mut tokens = Vec::new();
    let mut from = 0;
    while from < code.len() {
        let (length, kind) = token(&code[from..]);
        let to = from + length.max(1);
        tokens.push((from..to, kind));
        from = to;
    }
    tokens
}

/// How long the first piece of a text is, and what.
fn token(code: &str) -> (usize, Kind) {
    let first = code.chars().next().unwrap_or(' ');
    let length_while = |is: fn(char) -> bool| code.find(|c| !is(c)).unwrap_or(code.len());
    if let Some(comment) = code.strip_prefix("--") {
        let line = code.find('\n').unwrap_or(code.len());
        return (long_bracket(comment).map_or(line, |length| 2 + length), Kind::Comment);
    }
    if let Some(length) = long_bracket(code) {
        return (length, Kind::Text);
    }
    if matches!(first, '"' | '\'' | '`') {
        return (quoted(code, first), Kind::Text);
    }
    // Two points join texts, three are the rest of the arguments.
    if code.starts_with("..") {
        return (length_while(|c| c == '.'), Kind::Plain);
    }
    let is_point_of_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    if first.is_ascii_digit() || first == '.' && is_point_of_number(&code[1..]) {
        return (number(code), Kind::Number);
    }
    if first.is_alphabetic() || first == '_' {
        let length = length_while(|c| c.is_alphanumeric() || c == '_');
        let is_keyword = KEYWORDS.contains(&&code[..length]);
        return (length, if is_keyword { Kind::Keyword } else { Kind::Plain });
    }
    (first.len_utf8(), Kind::Plain)
}

/// The length of a text in long brackets, `[[…]]` or `[==[…]==]`; `None` where none begins.
fn long_bracket(code: &str) -> Option<usize> {
    let level = code.strip_prefix('[')?.bytes().take_while(|byte| *byte == b'=').count();
    code[level + 1..].strip_prefix('[')?;
    let close = format!("]{}]", "=".repeat(level));
    let inside = level + 2;
    Some(code[inside..].find(&close).map_or(code.len(), |at| inside + at + close.len()))
}

/// The length of a text in quotes, which ends with its line where they are not closed.
fn quoted(code: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return at + 1,
            '\n' if quote != '`' => return at,
            _ => {}
        }
    }
    code.len()
}

fn number(code: &str) -> usize {
    let mut before = ' ';
    for (at, c) in code.char_indices() {
        let is_sign_of_exponent = matches!(c, '+' | '-') && matches!(before, 'e' | 'E');
        let is_hexadecimal = code.starts_with("0x") || code.starts_with("0X");
        if !(c.is_ascii_alphanumeric() || c == '.' || c == '_')
            && (!is_sign_of_exponent || is_hexadecimal)
        {
            return at;
        }
        // Two points join texts.
        if c == '.' && before == '.' {
            return at - 1;
        }
        before = c;
    }
    code.len()
}

/// A stretch of Lua to be drawn, coloured as what it is within all of its text.
pub(super) fn job(code: &str, part: Range<usize>, font: &FontId, plain: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut append = |range: Range<usize>, colour: Color32| {
        let (from, to) = (range.start.max(part.start), range.end.min(part.end));
        if let Some(text) = code.get(from..to).filter(|text| !text.is_empty()) {
            job.append(text, 0.0, TextFormat::simple(font.clone(), colour));
        }
    };
    if code.len() > LONGEST {
        append(part.clone(), plain);
    } else {
        tokens(code).into_iter().for_each(|(range, kind)| append(range, kind.colour(plain)));
    }
    job
}

/// What a field that Lua is typed into shows.
pub(super) fn galley(ui: &Ui, code: &str, width: f32) -> Arc<Galley> {
    let font = egui::TextStyle::Monospace.resolve(ui.style());
    let mut job = job(code, 0..code.len(), &font, style::TEXT);
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that are not plain, each as `kind:text`.
    fn coloured(code: &str) -> Vec<String> {
        let all = tokens(code);
        assert_eq!(all.iter().map(|(range, _)| &code[range.clone()]).collect::<String>(), code);
        let told = all.into_iter().filter(|(_, kind)| *kind != Kind::Plain);
        told.map(|(range, kind)| format!("{kind:?}:{}", &code[range])).collect()
    }

    #[test]
    fn the_words_of_the_language_are_told_apart() {
        let table: [(&str, &[&str]); 16] = [
            ("for i = 1, 3 do", &["Keyword:for", "Number:1", "Number:3", "Keyword:do"]),
            ("print('it\\'s', \"a\")", &["Text:'it\\'s'", "Text:\"a\""]),
            ("x = 0x1F + .5e-3 -- why", &["Number:0x1F", "Number:.5e-3", "Comment:-- why"]),
            ("0xE-1", &["Number:0xE", "Number:1"]),
            ("a..1 ..b", &["Number:1"]),
            ("1..2", &["Number:1", "Number:2"]),
            ("--[[ two\nlines ]] nil", &["Comment:--[[ two\nlines ]]", "Keyword:nil"]),
            ("[==[ ]] ]==] x", &["Text:[==[ ]] ]==]"]),
            ("t[1]", &["Number:1"]),
            ("'open\nreturn", &["Text:'open", "Keyword:return"]),
            ("--[[ open", &["Comment:--[[ open"]),
            ("`a {b}\nc` d", &["Text:`a {b}\nc`"]),
            ("forward, end_, endä", &[]),
            ("type(x)", &[]),
            ("1_000.25", &["Number:1_000.25"]),
            ("", &[]),
        ];
        for (code, expected) in table {
            assert_eq!(coloured(code), expected, "{code}");
        }
    }

    #[test]
    fn any_beginning_of_any_text_is_told_apart_whole() {
        let odd = "'ä\\\n--[=[ß]=] [[ü \u{1f680} 0x.. `{\\`";
        for end in (0..=odd.len()).filter(|end| odd.is_char_boundary(*end)) {
            coloured(&odd[..end]);
        }
    }
}
