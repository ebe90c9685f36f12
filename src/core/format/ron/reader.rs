//! Taking fields and items out of an outline: each is read by itself, at its place, and a mistake
//! in it becomes a fault.

use serde::Deserialize;
use serde::de::DeserializeSeed;

use crate::fault::{Fault, Severity};
use crate::time::SessionTime;
use crate::value::Value;

use super::field::{PropertyValue, Seconds};
use super::item::{ChangeItem, ClockChangeItem, ClockItem, EventItem, KeyItem};
use super::outline::{Fill, Outline, Part};
use super::source::{Piece, Source};

/// So many faults are listed, the rest counted: a hostile file has one in every other byte.
const MOST_LISTED: usize = 1_000;

/// Reads the parts of one file and collects what is wrong with them.
pub(super) struct Reader<'s, 'a> {
    pub source: &'s Source<'a>,
    faults: Vec<Fault>,
    losses_not_listed: u64,
    remarks_not_listed: u64,
}

/// Where an item stands in its list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub seq: Option<u64>,
    pub stamp: SessionTime,
    /// Of its first byte in the file.
    pub offset: usize,
}

/// An item and where it stands.
pub(super) struct Timed<T> {
    pub head: Head,
    pub item: T,
}

/// What every item may say of its place in the recording.
pub(super) struct When {
    seq: Option<u64>,
    at: Option<Seconds>,
    after: Option<Seconds>,
}

pub(super) trait Item {
    fn when(&self) -> When;
}

macro_rules! item_with_seq {
    ($($item:ty),*) => {$(
        impl Item for $item {
            fn when(&self) -> When {
                When { seq: self.seq, at: self.at, after: self.after }
            }
        }
    )*};
}

item_with_seq!(KeyItem, ChangeItem, ClockChangeItem);

impl Item for ClockItem {
    fn when(&self) -> When {
        When { seq: None, at: self.at, after: self.after }
    }
}

impl Item for EventItem {
    fn when(&self) -> When {
        let (Self::Script { seq, at, after, .. }
        | Self::Console { seq, at, after, .. }
        | Self::Marker { seq, at, after, .. }) = self;
        When { seq: *seq, at: *at, after: *after }
    }
}

impl<'s, 'a> Reader<'s, 'a> {
    pub fn new(source: &'s Source<'a>) -> Self {
        Self { source, faults: Vec::new(), losses_not_listed: 0, remarks_not_listed: 0 }
    }

    /// Notes a fault at a byte of the file.
    pub fn note(&mut self, fault: Fault, offset: usize) {
        self.push(self.source.place(fault, offset));
    }

    fn push(&mut self, fault: Fault) {
        match fault.severity {
            _ if self.faults.len() < MOST_LISTED => self.faults.push(fault),
            Severity::Loss => self.losses_not_listed += 1,
            Severity::Warning => self.remarks_not_listed += 1,
        }
    }

    /// Everything that was noted.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults;
        if self.losses_not_listed > 0 {
            let message = format!("{} more places lost data", self.losses_not_listed);
            faults.push(Fault::loss(message));
        }
        if self.remarks_not_listed > 0 {
            let message = format!("{} more remarks are not listed", self.remarks_not_listed);
            faults.push(Fault::warning(message));
        }
        faults
    }

    /// The outline of the whole file, up to the first mistake in its build.
    pub fn outline(&mut self) -> Outline<'a> {
        let mut outline = Outline::default();
        let fill = Fill { outline: &mut outline, text: self.source.text, in_view: false };
        let filled = self.source.deserializer().and_then(|mut deserializer| {
            fill.deserialize(&mut deserializer)
                .and_then(|()| deserializer.end())
                .map_err(|code| deserializer.span_error(code))
                .map_err(|error| self.source.explain("the rest of the file", 0, error))
        });
        if let Err(fault) = filled {
            self.push(*fault);
        }
        outline
    }

    /// Takes a single value out of an outline, with its place.
    pub fn placed<T: Deserialize<'a>>(
        &mut self,
        outline: &mut Outline<'a>,
        name: &str,
    ) -> Option<(Piece<'a>, T)> {
        match self.stated(outline, name)? {
            Ok(placed) => Some(placed),
            Err(fault) => {
                self.push(*fault);
                None
            }
        }
    }

    /// Takes a single value out of an outline, or the reason why it could not be read.
    pub fn stated<T: Deserialize<'a>>(
        &self,
        outline: &mut Outline<'a>,
        name: &str,
    ) -> Option<Result<(Piece<'a>, T), Box<Fault>>> {
        let Part::One(piece) = part(outline, name)? else { return None };
        Some(self.source.parse(name, piece).map(|value| (piece, value)))
    }

    /// Takes a single value out of an outline.
    pub fn one<T: Deserialize<'a>>(&mut self, outline: &mut Outline<'a>, name: &str) -> Option<T> {
        self.placed(outline, name).map(|(_, value)| value)
    }

    /// Takes a list of items out of an outline; `what` is one of them.
    pub fn list<T: Deserialize<'a> + Item>(
        &mut self,
        outline: &mut Outline<'a>,
        name: &str,
        what: &str,
    ) -> Option<Vec<Timed<T>>> {
        let Part::List(pieces) = part(outline, name)? else { return None };
        let mut items = Vec::new();
        let mut before = None;
        for piece in pieces {
            let timed = self.source.parse::<T>(what, piece).and_then(|item| {
                let When { seq, at, after } = item.when();
                let stamp = stamp(at, after, before)
                    .map_err(|fault| Box::new(self.source.place(*fault, piece.offset)))?;
                Ok(Timed { head: Head { seq, stamp, offset: piece.offset }, item })
            });
            match timed {
                Ok(timed) => {
                    before = Some(timed.head.stamp);
                    items.push(timed);
                }
                Err(fault) => self.push(*fault),
            }
        }
        Some(items)
    }

    /// Takes the outlines of the views out of the file's.
    pub fn views(&mut self, outline: &mut Outline<'a>) -> Vec<Outline<'a>> {
        match part(outline, "views") {
            Some(Part::Views(views)) => views,
            _ => Vec::new(),
        }
    }

    /// Takes the baseline out of the file's outline.
    pub fn baseline(&mut self, outline: &mut Outline<'a>) -> Vec<(String, Value)> {
        let Some(Part::Map(pieces)) = part(outline, "baseline") else { return Vec::new() };
        let mut pairs: Vec<(String, Value)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (path_piece, value_piece) in pieces {
            let path = self.source.parse::<String>("a property path", path_piece);
            let value = self.source.parse::<PropertyValue>("a property", value_piece);
            match (path, value) {
                (Ok(path), Ok(_)) if !seen.insert(path.clone()) => {
                    let fault = Fault::loss("this value is left out")
                        .found(format!("a second value of {path}"), "each property once");
                    self.note(fault, path_piece.offset);
                }
                (Ok(path), Ok(value)) => pairs.push((path, value.0)),
                (Err(fault), _) | (_, Err(fault)) => self.push(*fault),
            }
        }
        pairs
    }

    /// Notes every field that nobody took.
    pub fn left_over(&mut self, outline: &Outline<'a>, known: &str) {
        for field in &outline.fields {
            let is_known = known.split(", ").any(|name| name == field.name);
            let (found, expected) = if is_known {
                (format!("{} again", field.name), format!("{} once", field.name))
            } else {
                (field.name.clone(), format!("one of {known}"))
            };
            let fault = Fault::loss("this field is left out").found(found, expected);
            self.note(fault, field.offset().unwrap_or(0));
        }
    }
}

fn part<'a>(outline: &mut Outline<'a>, name: &str) -> Option<Part<'a>> {
    let index = outline.fields.iter().position(|field| field.name == name)?;
    Some(outline.fields.remove(index).part)
}

fn stamp(
    at: Option<Seconds>,
    after: Option<Seconds>,
    before: Option<SessionTime>,
) -> Result<SessionTime, Box<Fault>> {
    const EXPECTED: &str = "at: seconds from the start, or after: seconds since the one before";
    let mistake =
        |found: &str| Box::new(Fault::loss("this item is left out").found(found, EXPECTED));
    match (at, after) {
        (Some(_), Some(_)) => Err(mistake("both at and after")),
        (Some(at), None) => Ok(at.0),
        (None, Some(after)) => Ok(before.unwrap_or(SessionTime::ZERO).saturating_add(after.0)),
        (None, None) if before.is_none() => Ok(SessionTime::ZERO),
        (None, None) => Err(mistake("no time")),
    }
}

/// Numbers all items. Where any says its number, each list counts on from the last one said; else
/// they are numbered as they become due, of those due at once the earlier list first. Returns
/// whether any said its number, which files written by a program do.
pub(super) fn number(mut lists: Vec<Vec<&mut Head>>) -> bool {
    let is_said = lists.iter().flatten().any(|head| head.seq.is_some());
    if is_said {
        for list in &mut lists {
            let mut next = 0;
            for head in list {
                let seq = *head.seq.get_or_insert(next);
                next = seq.saturating_add(1);
            }
        }
        return true;
    }
    let mut all = Vec::new();
    for list in lists {
        let mut due = SessionTime::MIN;
        for head in list {
            due = due.max(head.stamp);
            all.push((due, head));
        }
    }
    all.sort_by_key(|(due, _)| *due);
    for (seq, (_, head)) in (0..).zip(all) {
        head.seq = Some(seq);
    }
    false
}
