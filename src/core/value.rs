//! What a property can hold, how two values mix, and how a change eases in.

use std::fmt;
use std::sync::Arc;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::time::lerp;

/// The value of a property.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
// Whole words: what is copied byte by byte is slow to read again, and frames hold thousands.
#[repr(u64)]
pub enum Value {
    /// On or off.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Arc<str>),
    /// A vector, colour, matrix or list of numbers.
    Numbers(Arc<[f64]>),
}

impl Value {
    /// The name of the kind of value: `bool`, `number`, `text` or `numbers`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::Numbers(_) => "numbers",
        }
    }

    /// The kind of value as people say it: `a list of 3 numbers`.
    pub fn kind_in_words(&self) -> String {
        match self {
            Self::Bool(_) => "true or false".to_owned(),
            Self::Number(_) | Self::Text(_) => format!("a {}", self.kind()),
            Self::Numbers(list) => format!("a list of {} numbers", list.len()),
        }
    }

    /// Whether every number in it is finite.
    pub fn is_finite(&self) -> bool {
        match self {
            Self::Number(n) => n.is_finite(),
            Self::Numbers(n) => n.iter().all(|n| n.is_finite()),
            Self::Bool(_) | Self::Text(_) => true,
        }
    }

    /// Between two values: numbers and lists of equal length mix, everything else is `to` at once.
    #[inline]
    pub fn mix(from: &Self, to: &Self, weight: f64) -> Self {
        match (from, to) {
            (Self::Number(a), Self::Number(b)) => Self::Number(lerp(*a, *b, weight)),
            (Self::Numbers(a), Self::Numbers(b)) if a.len() == b.len() => {
                Self::Numbers(a.iter().zip(b.iter()).map(|(a, b)| lerp(*a, *b, weight)).collect())
            }
            _ => to.clone(),
        }
    }
}

impl From<bool> for Value {
    fn from(on: bool) -> Self {
        Self::Bool(on)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl<'de> Deserialize<'de> for Value {
    /// Whatever comes. Derived, every kind would be tried in turn, which takes several times as long.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, a number, a text, or a list of numbers")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut numbers = Vec::new();
        while let Some(number) = list.next_element::<f64>()? {
            numbers.push(number);
        }
        Ok(Value::Numbers(numbers.into()))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => write!(f, "{b}"),
            Self::Number(n) => write!(f, "{n}"),
            Self::Text(t) => write!(f, "{t:?}"),
            Self::Numbers(n) => {
                f.write_str("{")?;
                for (i, n) in n.iter().enumerate() {
                    write!(f, "{}{n}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
        }
    }
}

/// How a change runs from its start (0) to its end (1). Names and shapes as in OpenSpace
/// (`QuadraticEaseInOut`); formulas are Robert Penner's, as collected on easings.net.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Easing {
    /// Even.
    #[default]
    Linear,
    /// t².
    QuadraticEaseIn,
    /// Mirror of `QuadraticEaseIn`.
    QuadraticEaseOut,
    /// Slow at both ends.
    QuadraticEaseInOut,
    /// t³.
    CubicEaseIn,
    /// Mirror of `CubicEaseIn`.
    CubicEaseOut,
    /// Slower at both ends.
    CubicEaseInOut,
    /// t⁴.
    QuarticEaseIn,
    /// Mirror of `QuarticEaseIn`.
    QuarticEaseOut,
    /// Slower yet at both ends.
    QuarticEaseInOut,
    /// t⁵.
    QuinticEaseIn,
    /// Mirror of `QuinticEaseIn`.
    QuinticEaseOut,
    /// Slowest polynomial at both ends.
    QuinticEaseInOut,
    /// Quarter of a cosine.
    SineEaseIn,
    /// Quarter of a sine.
    SineEaseOut,
    /// Half of a cosine.
    SineEaseInOut,
    /// Quarter of a circle.
    CircularEaseIn,
    /// Mirror of `CircularEaseIn`.
    CircularEaseOut,
    /// Two quarters of a circle.
    CircularEaseInOut,
    /// 2^(10(t−1)).
    ExponentialEaseIn,
    /// Mirror of `ExponentialEaseIn`.
    ExponentialEaseOut,
    /// Both.
    ExponentialEaseInOut,
    /// Swings before it starts.
    ElasticEaseIn,
    /// Swings after it arrives.
    ElasticEaseOut,
    /// Both.
    ElasticEaseInOut,
    /// Bounces before it starts.
    BounceEaseIn,
    /// Bounces on arrival.
    BounceEaseOut,
    /// Both.
    BounceEaseInOut,
}

impl Easing {
    /// The eased weight of `t`, which is clamped to 0..=1; exactly 0 at 0 and 1 at 1.
    pub fn apply(self, t: f64) -> f64 {
        use Easing::*;
        let t = t.clamp(0.0, 1.0);
        if t == 0.0 || t == 1.0 {
            return t;
        }
        match self {
            Linear => t,
            QuadraticEaseIn => t * t,
            CubicEaseIn => t.powi(3),
            QuarticEaseIn => t.powi(4),
            QuinticEaseIn => t.powi(5),
            SineEaseIn => 1.0 - (t * std::f64::consts::FRAC_PI_2).cos(),
            CircularEaseIn => 1.0 - (1.0 - t * t).max(0.0).sqrt(),
            ExponentialEaseIn => 2.0_f64.powf(10.0 * (t - 1.0)),
            ElasticEaseIn => {
                (13.0 * std::f64::consts::FRAC_PI_2 * t).sin() * 2.0_f64.powf(10.0 * (t - 1.0))
            }
            BounceEaseIn => 1.0 - bounce_out(1.0 - t),
            QuadraticEaseOut => 1.0 - QuadraticEaseIn.apply(1.0 - t),
            CubicEaseOut => 1.0 - CubicEaseIn.apply(1.0 - t),
            QuarticEaseOut => 1.0 - QuarticEaseIn.apply(1.0 - t),
            QuinticEaseOut => 1.0 - QuinticEaseIn.apply(1.0 - t),
            SineEaseOut => 1.0 - SineEaseIn.apply(1.0 - t),
            CircularEaseOut => 1.0 - CircularEaseIn.apply(1.0 - t),
            ExponentialEaseOut => 1.0 - ExponentialEaseIn.apply(1.0 - t),
            ElasticEaseOut => 1.0 - ElasticEaseIn.apply(1.0 - t),
            BounceEaseOut => bounce_out(t),
            QuadraticEaseInOut => in_out(QuadraticEaseIn, t),
            CubicEaseInOut => in_out(CubicEaseIn, t),
            QuarticEaseInOut => in_out(QuarticEaseIn, t),
            QuinticEaseInOut => in_out(QuinticEaseIn, t),
            SineEaseInOut => in_out(SineEaseIn, t),
            CircularEaseInOut => in_out(CircularEaseIn, t),
            ExponentialEaseInOut => in_out(ExponentialEaseIn, t),
            ElasticEaseInOut => in_out(ElasticEaseIn, t),
            BounceEaseInOut => in_out(BounceEaseIn, t),
        }
    }
}

fn in_out(ease_in: Easing, t: f64) -> f64 {
    if t < 0.5 { ease_in.apply(2.0 * t) / 2.0 } else { 1.0 - ease_in.apply(2.0 - 2.0 * t) / 2.0 }
}

fn bounce_out(t: f64) -> f64 {
    let (n, d) = (7.5625, 2.75);
    let arc = |t: f64, height: f64| n * t * t + height;
    if t < 1.0 / d {
        arc(t, 0.0)
    } else if t < 2.0 / d {
        arc(t - 1.5 / d, 0.75)
    } else if t < 2.5 / d {
        arc(t - 2.25 / d, 0.9375)
    } else {
        arc(t - 2.625 / d, 0.984_375)
    }
}
