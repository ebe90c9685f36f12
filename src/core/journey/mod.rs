//! A journey that is being made of keyframes: keys of the camera, of properties and of scripts.

use serde::{Deserialize, Serialize};

use crate::value::Easing;

/// The number of a key, which stays its own whatever becomes of the others.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct KeyId(pub u32);

/// How a key is left for the next one of its lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// At the speed at which the way goes on.
    #[default]
    Linear,
    /// From rest.
    In,
    /// To rest.
    Out,
    /// From rest to rest.
    InOut,
    /// Not at all: what is next is there at once, when it is due.
    Hold,
}

impl Pace {
    /// How it runs; `None` for `Hold`.
    pub fn easing(self) -> Option<Easing> {
        match self {
            Self::Linear => Some(Easing::Linear),
            Self::In => Some(Easing::SineEaseIn),
            Self::Out => Some(Easing::SineEaseOut),
            Self::InOut => Some(Easing::SineEaseInOut),
            Self::Hold => None,
        }
    }
}
