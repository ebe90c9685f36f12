//! The outline of a file: which fields there are, each list cut into its items, none of them
//! understood yet. What came before a mistake is kept.

use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::KIND;
use super::source::Piece;

/// The fields of the file or of a view, as far as they could be made out.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub fields: Vec<Field<'a>>,
}

#[derive(Debug)]
pub(super) struct Field<'a> {
    pub name: String,
    pub part: Part<'a>,
}

#[derive(Debug)]
pub(super) enum Part<'a> {
    One(Piece<'a>),
    List(Vec<Piece<'a>>),
    Map(Vec<(Piece<'a>, Piece<'a>)>),
    Views(Vec<Outline<'a>>),
}

impl Field<'_> {
    /// The first byte that is known of it.
    pub fn offset(&self) -> Option<usize> {
        match &self.part {
            Part::One(piece) => Some(piece.offset),
            Part::List(items) => items.first().map(|piece| piece.offset),
            Part::Map(pairs) => pairs.first().map(|(key, _)| key.offset),
            Part::Views(views) => views.iter().find_map(Outline::offset),
        }
    }
}

impl Outline<'_> {
    pub fn offset(&self) -> Option<usize> {
        self.fields.iter().find_map(Field::offset)
    }
}

fn empty_part(field: &str, in_view: bool) -> Option<Part<'static>> {
    match field {
        "keys" => Some(Part::List(Vec::new())),
        "clock" | "clock_changes" | "changes" | "events" if !in_view => {
            Some(Part::List(Vec::new()))
        }
        "baseline" if !in_view => Some(Part::Map(Vec::new())),
        "views" if !in_view => Some(Part::Views(Vec::new())),
        _ => None,
    }
}

/// Fills an outline; `text` is that of the whole file.
pub(super) struct Fill<'o, 'a> {
    pub outline: &'o mut Outline<'a>,
    pub text: &'a str,
    pub in_view: bool,
}

impl<'a> DeserializeSeed<'a> for Fill<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        let name = if self.in_view { "View" } else { KIND };
        deserializer.deserialize_struct(name, &[], self)
    }
}

impl<'a> Visitor<'a> for Fill<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.in_view { "a view" } else { "a recording" })
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { outline, text, in_view } = self;
        while let Some(FieldName(name)) = map.next_key()? {
            let Some(part) = empty_part(&name, in_view) else {
                let part = Part::One(Piece::of(map.next_value()?, text));
                outline.fields.push(Field { name, part });
                continue;
            };
            // In place before it is filled, so that a mistake loses only what comes after it.
            outline.fields.push(Field { name, part });
            match outline.fields.last_mut().map(|field| &mut field.part) {
                Some(Part::List(items)) => map.next_value_seed(FillList { items, text })?,
                Some(Part::Map(pairs)) => map.next_value_seed(FillMap { pairs, text })?,
                Some(Part::Views(views)) => map.next_value_seed(FillViews { views, text })?,
                Some(Part::One(_)) | None => {}
            }
        }
        Ok(())
    }
}

struct FieldName(String);

impl<'a> Deserialize<'a> for FieldName {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = FieldName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<FieldName, E> {
                Ok(FieldName(name.to_owned()))
            }
        }
        deserializer.deserialize_identifier(Name)
    }
}

struct FillList<'o, 'a> {
    items: &'o mut Vec<Piece<'a>>,
    text: &'a str,
}

impl<'a> DeserializeSeed<'a> for FillList<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for FillList<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(raw) = seq.next_element::<&'a RawValue>()? {
            self.items.push(Piece::of(raw, self.text));
        }
        Ok(())
    }
}

struct FillMap<'o, 'a> {
    pairs: &'o mut Vec<(Piece<'a>, Piece<'a>)>,
    text: &'a str,
}

impl<'a> DeserializeSeed<'a> for FillMap<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for FillMap<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry::<&'a RawValue, &'a RawValue>()? {
            self.pairs.push((Piece::of(key, self.text), Piece::of(value, self.text)));
        }
        Ok(())
    }
}

struct FillViews<'o, 'a> {
    views: &'o mut Vec<Outline<'a>>,
    text: &'a str,
}

impl<'a> DeserializeSeed<'a> for FillViews<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for FillViews<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of views")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            let mut outline = Outline::default();
            let fill = Fill { outline: &mut outline, text: self.text, in_view: true };
            let filled = seq.next_element_seed(fill);
            if !outline.fields.is_empty() || matches!(filled, Ok(Some(()))) {
                self.views.push(outline);
            }
            if filled?.is_none() {
                return Ok(());
            }
        }
    }
}
