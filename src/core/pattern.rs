//! Patterns that name many properties at once, as OpenSpace's `setPropertyValue` takes them:
//! `Scene.*Trail.Renderable.Enabled`, `{planet_trail}.Renderable.Fade`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A pattern over property paths. `*` stands for any run of characters; a leading `{…}` names the
/// tags that the property's node must carry: `{a&b}` both, `{a|b}` either, `{a~b}` the first but
/// not the second.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PropertyPattern {
    text: String,
    tags: Option<TagRule>,
    /// The pieces between the stars of what follows the tag.
    pieces: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum TagRule {
    One(String),
    All(String, String),
    Any(String, String),
    Without(String, String),
}

impl TagRule {
    fn accepts(&self, tags: &[String]) -> bool {
        let has = |tag: &String| tags.contains(tag);
        match self {
            Self::One(a) => has(a),
            Self::All(a, b) => has(a) && has(b),
            Self::Any(a, b) => has(a) || has(b),
            Self::Without(a, b) => has(a) && !has(b),
        }
    }
}

/// A text that is no property pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is not a property pattern; expected {expected}")]
pub struct PatternError {
    /// The text as given.
    pub found: String,
    /// What it should look like.
    pub expected: &'static str,
}

impl FromStr for PropertyPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let error = |expected| PatternError { found: text.to_owned(), expected };
        if text.trim().is_empty() {
            return Err(error("a property path such as Scene.Earth.Renderable.Fade"));
        }
        let (tags, rest) = match text.strip_prefix('{') {
            None => (None, text),
            Some(inner) => {
                let close = inner.find('}').ok_or_else(|| error("a closing } after the tag"))?;
                let rule = TagRule::parse(&inner[..close])
                    .ok_or_else(|| error("a tag between { and }: {a}, {a&b}, {a|b} or {a~b}"))?;
                (Some(rule), &inner[close + 1..])
            }
        };
        let pieces = rest.split('*').map(str::to_owned).collect();
        Ok(Self { text: text.to_owned(), tags, pieces })
    }
}

impl TagRule {
    fn parse(text: &str) -> Option<Self> {
        let tag = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
        let make: fn(String, String) -> Self = match text.find(['&', '|', '~']) {
            None => return tag(text).map(Self::One),
            Some(at) => match &text[at..=at] {
                "&" => Self::All,
                "|" => Self::Any,
                _ => Self::Without,
            },
        };
        let (a, b) = text.split_once(['&', '|', '~'])?;
        // As OpenSpace has it: two tags at most.
        if b.contains(['&', '|', '~']) {
            return None;
        }
        Some(make(tag(a)?, tag(b)?))
    }
}

impl PropertyPattern {
    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The one path it names, if it is no pattern at all.
    pub fn single_path(&self) -> Option<&str> {
        (self.tags.is_none() && self.pieces.len() == 1).then_some(&*self.text)
    }

    /// Whether it names the property at `path`, whose node carries `tags`.
    ///
    /// After a tag, the rest is what the path must end with; else the pattern covers the whole path.
    pub fn matches(&self, path: &str, tags: &[String]) -> bool {
        let tagged = match &self.tags {
            Some(rule) if !rule.accepts(tags) => return false,
            Some(_) => true,
            None => false,
        };
        let Some((first, rest)) = self.pieces.split_first() else { return false };
        if rest.is_empty() {
            return if tagged { path.ends_with(first.as_str()) } else { path == first };
        }
        let mut left = match path.strip_prefix(first.as_str()) {
            Some(left) => left,
            None if tagged => match path.find(first.as_str()) {
                Some(at) => &path[at + first.len()..],
                None => return false,
            },
            None => return false,
        };
        let Some((last, middle)) = rest.split_last() else { return false };
        for piece in middle {
            match left.find(piece.as_str()) {
                Some(at) => left = &left[at + piece.len()..],
                None => return false,
            }
        }
        left.len() >= last.len() && left.ends_with(last.as_str())
    }
}

impl fmt::Display for PropertyPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for PropertyPattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, PatternError> {
        text.parse()
    }
}

impl From<PropertyPattern> for String {
    fn from(pattern: PropertyPattern) -> Self {
        pattern.text
    }
}
