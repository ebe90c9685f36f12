//! The kinds of fields that items are made of. Each says what it expects when it meets something
//! else.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::time::{SessionTime, SimTime};
use crate::value::Value;

use super::number;

/// A finite number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finite(pub f64);

impl<'a> Deserialize<'a> for Finite {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        within(number, number.is_finite(), "a finite number").map(Self)
    }
}

fn within<E: Error>(number: f64, is_within: bool, expected: &str) -> Result<f64, E> {
    if is_within { Ok(number) } else { Err(E::invalid_value(Unexpected::Float(number), &expected)) }
}

/// −90 to 90 degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Latitude(pub f64);

impl<'a> Deserialize<'a> for Latitude {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let is_within = (-90.0..=90.0).contains(&number);
        within(number, is_within, "a latitude from -90 to 90 degrees").map(Self)
    }
}

/// Between 0 and 180 degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldOfView(pub f64);

impl<'a> Deserialize<'a> for FieldOfView {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        let is_within = number > 0.0 && number < 180.0;
        within(number, is_within, "a vertical field of view between 0 and 180 degrees").map(Self)
    }
}

/// Session time: a number of seconds, or a text `"h:m:s"`, `"m:s"` or `"s"`, which is exact to the
/// nanosecond however late.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seconds(pub SessionTime);

impl<'a> Deserialize<'a> for Seconds {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecondsVisitor)
    }
}

struct SecondsVisitor;

impl Visitor<'_> for SecondsVisitor {
    type Value = Seconds;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("seconds such as 12.5, or \"1:02.5\", within 292 years")
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<Seconds, E> {
        let time = SessionTime::from_secs(seconds);
        time.map(Seconds).ok_or_else(|| E::invalid_value(Unexpected::Float(seconds), &self))
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<Seconds, E> {
        self.visit_f64(seconds as f64)
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<Seconds, E> {
        self.visit_f64(seconds as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Seconds, E> {
        let time = number::parse_time(text);
        time.map(Seconds).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Simulation time: TDB seconds past J2000, or a date.
#[derive(Clone, Debug)]
pub(super) struct Date {
    pub tdb_s: f64,
    pub text: Option<String>,
}

impl<'a> Deserialize<'a> for Date {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as \"2026-03-07T18:30:00\" (UTC), or TDB seconds past J2000")
    }

    fn visit_f64<E: Error>(self, tdb_s: f64) -> Result<Date, E> {
        Ok(Date { tdb_s, text: None })
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<Date, E> {
        self.visit_f64(seconds as f64)
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<Date, E> {
        self.visit_f64(seconds as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
        let time: SimTime =
            text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))?;
        Ok(Date { tdb_s: time.as_tdb_secs(), text: Some(text.to_owned()) })
    }
}

/// `N` finite numbers, in `( )` or `[ ]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers<const N: usize>(pub [f64; N]);

impl<'a, const N: usize> Deserialize<'a> for Numbers<N> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumbersVisitor)
    }
}

struct NumbersVisitor<const N: usize>;

impl<'a, const N: usize> Visitor<'a> for NumbersVisitor<N> {
    type Value = Numbers<N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match N {
            4 => f.write_str("4 numbers (w, x, y, z)"),
            _ => write!(f, "{N} numbers (x, y, z)"),
        }
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Numbers<N>, A::Error> {
        let mut numbers = [0.0; N];
        for (i, slot) in numbers.iter_mut().enumerate() {
            let number: Option<Finite> = seq.next_element()?;
            *slot = number.ok_or_else(|| A::Error::invalid_length(i, &self))?.0;
        }
        match seq.next_element::<Finite>()? {
            Some(_) => Err(A::Error::invalid_length(N + 1, &self)),
            None => Ok(Numbers(numbers)),
        }
    }
}

/// What a property holds.
#[derive(Clone, Debug)]
pub(super) struct PropertyValue(pub Value);

impl<'a> Deserialize<'a> for PropertyValue {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'a> Visitor<'a> for ValueVisitor {
    type Value = PropertyValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, a finite number, a text or a list of finite numbers")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<PropertyValue, E> {
        Ok(PropertyValue(Value::Bool(on)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<PropertyValue, E> {
        let number = within(number, number.is_finite(), "a finite number")?;
        Ok(PropertyValue(Value::Number(number)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<PropertyValue, E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<PropertyValue, E> {
        self.visit_f64(number as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PropertyValue, E> {
        Ok(PropertyValue(Value::Text(text.into())))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<PropertyValue, A::Error> {
        let mut numbers = Vec::new();
        while let Some(Finite(number)) = seq.next_element()? {
            numbers.push(number);
        }
        Ok(PropertyValue(Value::Numbers(numbers.into())))
    }
}

/// Paths or patterns and what they are set to, in the order they are written, each once.
#[derive(Clone, Debug)]
pub(super) struct Assignments(pub Vec<(String, Value)>);

impl<'a> Deserialize<'a> for Assignments {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AssignmentsVisitor)
    }
}

struct AssignmentsVisitor;

impl<'a> Visitor<'a> for AssignmentsVisitor {
    type Value = Assignments;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map such as {\"Scene.Moon.Renderable.Enabled\": true}")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Assignments, A::Error> {
        let mut pairs: Vec<(String, Value)> = Vec::new();
        while let Some((path, PropertyValue(value))) = map.next_entry::<String, _>()? {
            if pairs.iter().any(|(known, _)| *known == path) {
                let again = Unexpected::Other("a property set twice");
                return Err(A::Error::invalid_value(again, &"each property once"));
            }
            pairs.push((path, value));
        }
        Ok(Assignments(pairs))
    }
}
