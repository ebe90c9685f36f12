//! Lua text as recorders left it, made fit for a compiler. OpenSpace's ASCII writer turns every
//! line break into `;`, so there are empty statements, and semicolons in the middle of calls and
//! tables; Luau takes none of them.

/// A text that had its stray semicolons removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tidied {
    /// The text, of the same length: what was removed is blank.
    pub(crate) text: String,
    /// Whether its semicolons look like line breaks.
    pub(crate) joined_lines: bool,
    /// How often it joins or compares, which costs as much as its operands are long.
    pub(crate) operators: usize,
}

/// Removes the semicolons that end nothing. Strings and comments are left alone.
pub(crate) fn tidy(text: &str) -> Tidied {
    let tokens: Vec<Token> = tokens(text).into_iter().filter(|t| t.kind != Kind::Comment).collect();
    let word = |i: usize| tokens.get(i).map_or("", |t| &text[t.start..t.end]);
    let mut nest = Nest::default();
    let mut before: Option<usize> = None;
    let mut opens_statements = true;
    let mut stray = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if word(i) == ";" && token.kind == Kind::Symbol {
            let last = before.map_or("", word);
            let next = tokens.get(i + 1).map(|t| (t.kind, word(i + 1)));
            if opens_statements
                || nest.joins_lines()
                || wants_more(last)
                || (last == "return"
                    && !matches!(next, None | Some((_, "end" | "else" | "elseif" | "until"))))
                || next.is_some_and(|(kind, next)| {
                    kind == Kind::Symbol && continues(next, nest.in_table())
                })
                || matches!(next, Some((Kind::Word, "then" | "and" | "or" | "in")))
            {
                stray.push(token.start);
                continue;
            }
        }
        opens_statements = nest.enter(token.kind, word(i));
        before = Some(i);
    }
    let mut tidied = String::with_capacity(text.len());
    let mut from = 0;
    for at in &stray {
        tidied.push_str(&text[from..*at]);
        tidied.push(' ');
        from = at + 1;
    }
    tidied.push_str(&text[from..]);
    let operators = (0..tokens.len())
        .filter(|i| tokens[*i].kind == Kind::Symbol)
        .filter(|i| matches!(word(*i), ".." | "..=" | "<" | ">" | "<=" | ">="))
        .count();
    let joined_lines = !stray.is_empty() || text.contains(";  ") || text.contains(";;");
    Tidied { text: tidied, joined_lines, operators }
}

/// The text with every `-- comment` ended at its first `;`, where a line break probably was.
/// `None` where that changes nothing, or where the text still has its line breaks.
pub(crate) fn end_comments(text: &str) -> Option<String> {
    /// More comments than this on one line were not written by anyone.
    const MOST_COMMENTS: usize = 50;
    if text.contains('\n') {
        return None;
    }
    let mut ended = text.to_owned();
    let mut done = 0;
    for _ in 0..MOST_COMMENTS {
        let comment = tokens(&ended).into_iter().find(|token| {
            let short = long_bracket(ended.as_bytes(), token.start + 2).is_none();
            token.kind == Kind::Comment && token.start >= done && short
        });
        let Some(comment) = comment else { break };
        let Some(semicolon) = ended[comment.start..comment.end].find(';') else { break };
        done = comment.start + semicolon + 1;
        ended.replace_range(done - 1..done, "\n");
    }
    (done > 0).then_some(ended)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Text,
    Symbol,
    Comment,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// What surrounds a token.
#[derive(Default)]
struct Nest {
    open: Vec<Open>,
    /// The next `(` holds a function's parameters.
    parameters_next: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Block,
    Parameters,
    Bracket,
    Table,
}

impl Nest {
    /// Takes in a token; whether a statement may begin after it.
    fn enter(&mut self, kind: Kind, word: &str) -> bool {
        match (kind, word) {
            (Kind::Word, "function") => {
                self.open.push(Open::Block);
                self.parameters_next = true;
            }
            (Kind::Word, "if") => self.open.push(Open::Block),
            (Kind::Word, "do" | "repeat") => {
                self.open.push(Open::Block);
                return true;
            }
            (Kind::Word, "then" | "else") => return true,
            (Kind::Word, "end" | "until") => {
                self.open.pop();
            }
            (Kind::Symbol, "(") => {
                let parameters = std::mem::take(&mut self.parameters_next);
                self.open.push(if parameters { Open::Parameters } else { Open::Bracket });
            }
            (Kind::Symbol, "[") => self.open.push(Open::Bracket),
            (Kind::Symbol, "{") => self.open.push(Open::Table),
            (Kind::Symbol, ")" | "]" | "}") => return self.open.pop() == Some(Open::Parameters),
            (Kind::Symbol, ";") => return true,
            _ => {}
        }
        false
    }

    fn joins_lines(&self) -> bool {
        matches!(self.open.last(), Some(Open::Bracket | Open::Parameters))
    }

    fn in_table(&self) -> bool {
        self.open.last() == Some(&Open::Table)
    }
}

/// Whether no statement or field can end with this token.
fn wants_more(token: &str) -> bool {
    matches!(
        token,
        "and"
            | "or"
            | "not"
            | "in"
            | "local"
            | "function"
            | "if"
            | "while"
            | "until"
            | "elseif"
            | "for"
            | "("
            | "["
            | "{"
            | ","
            | "="
            | "+"
            | "-"
            | "*"
            | "/"
            | "//"
            | "%"
            | "^"
            | "#"
            | "&"
            | "|"
            | "~"
            | "<"
            | ">"
            | "<="
            | ">="
            | "=="
            | "~="
            | ".."
            | "."
            | ":"
    )
}

/// Whether no statement or field can begin with this symbol.
fn continues(symbol: &str, in_table: bool) -> bool {
    match symbol {
        "-" | "#" | "~" => !in_table,
        ")" | "]" | "," | "=" | "+" | "*" | "/" | "//" | "%" | "^" | "&" | "|" | "<" | ">"
        | "<=" | ">=" | "==" | "~=" | ".." | "." | ":" => true,
        _ => false,
    }
}

/// Splits a text; whatever is no token is a symbol, and what is not closed runs to the end.
fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let kind = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => {
                at += 1;
                continue;
            }
            b'-' if bytes.get(at + 1) == Some(&b'-') => {
                at = match long_bracket(bytes, at + 2) {
                    Some(end) => end,
                    None => find(bytes, at, b"\n").unwrap_or(bytes.len()),
                };
                Kind::Comment
            }
            b'"' | b'\'' | b'`' => {
                at = quoted(bytes, at);
                Kind::Text
            }
            b'[' => match long_bracket(bytes, at) {
                Some(end) => {
                    at = end;
                    Kind::Text
                }
                None => {
                    at += 1;
                    Kind::Symbol
                }
            },
            b'0'..=b'9' => {
                at = number(bytes, at);
                Kind::Text
            }
            b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                let part = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_' || **b >= 0x80;
                at += bytes[at..].iter().take_while(part).count();
                Kind::Word
            }
            _ => {
                at += symbol(&bytes[at..]);
                Kind::Symbol
            }
        };
        tokens.push(Token { kind, start, end: at });
    }
    tokens
}

fn symbol(bytes: &[u8]) -> usize {
    const LONG: [&[u8]; 12] =
        [b"...", b"..=", b"..", b"==", b"~=", b"<=", b">=", b"//", b"::", b"<<", b">>", b"->"];
    LONG.iter().find(|s| bytes.starts_with(s)).map_or(1, |s| s.len())
}

/// Past a number: digits, letters (hexadecimal, exponents), points, and a sign after an exponent.
fn number(bytes: &[u8], mut at: usize) -> usize {
    let hexadecimal = matches!(bytes.get(at + 1), Some(b'x' | b'X'));
    while let Some(&byte) = bytes.get(at) {
        // `1..2` joins two numbers.
        if bytes[at..].starts_with(b"..") {
            break;
        }
        let exponent = if hexadecimal { b"pP" } else { b"eE" };
        if exponent.contains(&byte) && matches!(bytes.get(at + 1), Some(b'+' | b'-')) {
            at += 2;
        } else if byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_' {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Past a quoted text; an escape keeps the byte after it.
fn quoted(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b if b == bytes[start] => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Past a `[[…]]` or `[=[…]=]` that opens at `start`, if one does.
fn long_bracket(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?.strip_prefix(b"[")?;
    let level = rest.iter().take_while(|b| **b == b'=').count();
    if rest.get(level) != Some(&b'[') {
        return None;
    }
    let close: Vec<u8> = [&b"]"[..], &b"=".repeat(level), b"]"].concat();
    let inside = start + level + 2;
    Some(find(bytes, inside, &close).map_or(bytes.len(), |at| at + close.len()))
}

fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(needle.len()).position(|w| w == needle).map(|at| from + at)
}

/// Whether a text ends within a `[[long text]]` or a `--[[long comment]]`.
pub(crate) fn ends_within(text: &str) -> bool {
    let Some(last) = tokens(text).pop() else { return false };
    let bytes = &text.as_bytes()[last.start..];
    let opened = bytes.strip_prefix(b"--").unwrap_or(bytes);
    if long_bracket(opened, 0).is_none() {
        return false;
    }
    let level = opened[1..].iter().take_while(|b| **b == b'=').count();
    let close: Vec<u8> = [&b"]"[..], &b"=".repeat(level), b"]"].concat();
    find(opened, level + 2, &close).is_none()
}
