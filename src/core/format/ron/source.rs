//! The text of a file and places in it: pieces that are read by themselves, and mistakes in them
//! with line, column, what stood there and what should have.

use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;
use ron::value::RawValue;
use ron::{Deserializer, Options};
use serde::Deserialize;

use crate::fault::Fault;

/// How many containers may lie in each other. The format needs six.
const DEEPEST: usize = 48;

/// Beyond so many bytes of a line, columns are those of bytes.
const ENDLESS_LINE: usize = 4_096;

/// A file's text.
pub(super) struct Source<'a> {
    pub text: &'a str,
    line_starts: Vec<usize>,
}

/// A part of the text that is one value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    /// Of its first byte in the file.
    pub offset: usize,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        let after_breaks =
            text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { text, line_starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// A reader of all of the text.
    pub fn deserializer(&self) -> Result<Deserializer<'a>, Box<Fault>> {
        deserializer(self.text).map_err(|error| self.explain("the file", 0, error))
    }

    /// Reads a piece as one value; `what` names it in the fault.
    pub fn parse<T: Deserialize<'a>>(&self, what: &str, piece: Piece<'a>) -> Result<T, Box<Fault>> {
        let read = |text| {
            let mut deserializer = deserializer(text)?;
            let value = T::deserialize(&mut deserializer);
            value
                .and_then(|value| deserializer.end().map(|()| value))
                .map_err(|code| deserializer.span_error(code))
        };
        read(piece.text).map_err(|error| self.explain(what, piece.offset, error))
    }

    /// The fault at a byte of the file.
    pub fn place(&self, fault: Fault, offset: usize) -> Fault {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or_default();
        // Nobody counts the characters of such a line, and a reader of many faults should not.
        let is_endless = before.len() > ENDLESS_LINE;
        let column = 1 + if is_endless { before.len() } else { before.chars().count() };
        fault.at_line(line as u64).at_column(column as u64).at_offset(offset as u64)
    }

    /// What was wrong in the part of the text that begins at `base`.
    pub fn explain(&self, what: &str, base: usize, error: SpannedError) -> Box<Fault> {
        let meaning = Meaning::of(error.code);
        let within = self.text.get(base..).unwrap_or_default();
        let at = match meaning.place {
            Where::Item => 0,
            Where::Value => start_of_value(within, error.span.start),
            // The reader may stop before white space; what it could not take comes after it.
            Where::Stop => {
                let at = offset_of(within, error.span.end);
                at + skip_trivia(&within[at..])
            }
        };
        let found = meaning.found.unwrap_or_else(|| match meaning.place {
            Where::Value => token(&within[at..]).to_owned(),
            Where::Item | Where::Stop => rest_of_line(&within[at..]),
        });
        let fault = Fault::loss(format!("{what} could not be read")).found(found, meaning.expected);
        Box::new(self.place(fault, base + at))
    }
}

/// The byte that a line and column of the text stand for.
fn offset_of(text: &str, position: Position) -> usize {
    let line_start = match position.line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(i, _)| i + 1),
    };
    let line = &text[line_start..];
    let column = position.col.saturating_sub(1);
    line_start + line.char_indices().nth(column).map_or(line.len(), |c| c.0)
}

/// Where a value begins: of a text, the reader only knows where it begins after the quote.
fn start_of_value(text: &str, position: Position) -> usize {
    let at = offset_of(text, position);
    let at = at + skip_trivia(&text[at..]);
    if text[..at].ends_with('"') { at - 1 } else { at }
}

/// The value that the text begins with, as it is written.
fn token(text: &str) -> &str {
    let end = match text.strip_prefix('"') {
        Some(rest) => rest.find('"').map(|end| end + 2),
        None => text.find([',', ')', ']', '}', '\n']),
    };
    &text[..end.unwrap_or(text.len())]
}

/// What stands at the beginning of the text.
fn rest_of_line(text: &str) -> String {
    let line: String = text.chars().take(24).take_while(|c| *c != '\n').collect();
    match line.trim_end() {
        "" => "the end of the file".to_owned(),
        line => line.to_owned(),
    }
}

impl<'a> Piece<'a> {
    /// The piece a raw value was taken from; `text` is the text of the whole file.
    pub fn of(raw: &'a RawValue, text: &str) -> Self {
        let all = raw.get_ron();
        let offset = (all.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let comments = skip_trivia(all);
        Self { text: &all[comments..], offset: offset + comments }
    }
}

fn deserializer(text: &str) -> Result<Deserializer<'_>, SpannedError> {
    let options = Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEEPEST);
    Deserializer::from_str_with_options(text, &options)
}

/// How many bytes of white space, comments and attributes the text begins with.
pub(super) fn skip_trivia(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if rest.starts_with("#!") {
            rest.find(']').map_or(rest.len(), |end| end + 1)
        } else {
            return text.len() - rest.len();
        };
        rest = &rest[skip..];
    }
}

/// How long the block comment is that the text begins with; they nest.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(found) = text[at..].find(['/', '*']) {
        at += found;
        match text.as_bytes().get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth.saturating_sub(1), at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// A mistake in words: what stood there, if the mistake itself says, and what should have.
struct Meaning {
    found: Option<String>,
    expected: String,
    place: Where,
}

/// What a mistake is about.
#[derive(Clone, Copy)]
enum Where {
    /// The item as a whole.
    Item,
    /// A value that was read.
    Value,
    /// The place where reading stopped.
    Stop,
}

impl Meaning {
    fn of(code: Error) -> Self {
        let one_of = |names: &[&str]| format!("one of {}", names.join(", "));
        let about =
            |place, found: String, expected: String| Self { found: Some(found), expected, place };
        match code {
            Error::NoSuchEnumVariant { expected, found, .. }
            | Error::NoSuchStructField { expected, found, .. } => {
                about(Where::Value, found, one_of(expected))
            }
            Error::MissingStructField { field, .. } => {
                about(Where::Item, "nothing".to_owned(), format!("the field {field}"))
            }
            Error::DuplicateStructField { field, .. } => {
                about(Where::Value, format!("{field} again"), format!("{field} once"))
            }
            Error::InvalidValueForType { expected, found } => Self {
                // "the string …" and the like: better as it is written.
                found: Some(found).filter(|found| !found.starts_with("the ")),
                expected,
                place: Where::Value,
            },
            Error::ExpectedDifferentLength { expected, found } => {
                about(Where::Value, format!("{found} elements"), expected)
            }
            Error::ExpectedDifferentStructName { expected, found } => {
                about(Where::Value, found, expected.to_owned())
            }
            Error::ExceededRecursionLimit => Self {
                found: None,
                expected: format!("no more than {DEEPEST} things inside each other"),
                place: Where::Stop,
            },
            Error::Eof => about(Where::Stop, "the end of the file".to_owned(), "more".to_owned()),
            Error::ExpectedStringEnd => Self {
                found: None,
                expected: "a closing quote after this text".to_owned(),
                place: Where::Stop,
            },
            Error::UnclosedBlockComment => about(
                Where::Stop,
                "the end of the file".to_owned(),
                "the end of a comment, */".to_owned(),
            ),
            other => {
                let sentence = other.to_string();
                let expected = sentence.strip_prefix("Expected ").map(str::to_owned);
                Self {
                    found: None,
                    expected: expected.unwrap_or_else(|| format!("well-formed RON ({sentence})")),
                    place: Where::Stop,
                }
            }
        }
    }
}
