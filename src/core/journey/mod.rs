//! A journey that is being made of keyframes: keys of the camera, of properties and of scripts.
//!
//! `document` is the journey, `play` and `open` lead from it to a recording and back, `editor` obeys
//! commands with a way back. What is known of the camera's way (speed, warnings) is in `travel`,
//! `even` and `warn`. Neither files nor a scene are in here.

mod answer;
mod change;
mod document;
mod editor;
mod even;
mod flown;
mod history;
mod key;
mod open;
mod outline;
mod play;
mod start;
mod travel;
mod warn;

pub use document::{Journey, MOST_CAMERA_KEYS, MOST_OTHER_KEYS};
pub use editor::{Editor, Present};
pub use flown::Left;
pub use history::MOST_STEPS;
pub use key::{Content, Key, Target};
pub use open::NotAJourney;
pub use start::JourneyClock;
pub use travel::{KeyPoint, WayPoint};

use serde::{Deserialize, Serialize};

use crate::camera_track::{Leave, Path};
use crate::value::Easing;

/// What the id begins with by which the journey that is being made is played.
pub const PLAYED_AS: &str = "journey:";

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
    /// The pace that is most like an easing, of whatever curve.
    pub fn of(easing: Easing) -> Self {
        use Easing::*;
        match easing {
            Linear => Self::Linear,
            QuadraticEaseIn | CubicEaseIn | QuarticEaseIn | QuinticEaseIn | SineEaseIn
            | CircularEaseIn | ExponentialEaseIn | ElasticEaseIn | BounceEaseIn => Self::In,
            QuadraticEaseOut | CubicEaseOut | QuarticEaseOut | QuinticEaseOut | SineEaseOut
            | CircularEaseOut | ExponentialEaseOut | ElasticEaseOut | BounceEaseOut => Self::Out,
            QuadraticEaseInOut | CubicEaseInOut | QuarticEaseInOut | QuinticEaseInOut
            | SineEaseInOut | CircularEaseInOut | ExponentialEaseInOut | ElasticEaseInOut
            | BounceEaseInOut => Self::InOut,
        }
    }

    /// The pace at which a camera leaves an entry.
    pub fn of_leave(leave: Leave) -> Self {
        if leave.path == Path::Hold { Self::Hold } else { Self::of(leave.easing) }
    }

    /// A way to leave that has this pace: the one there is where it has it already, with its own
    /// curve; a camera that no longer stays goes smoothly.
    pub fn leave(self, before: Leave) -> Leave {
        if Self::of_leave(before) == self {
            return before;
        }
        match (self.easing(), before.path) {
            (None, _) => Leave { path: Path::Hold, ..before },
            (Some(easing), Path::Hold) => Leave { path: Path::Smooth, easing },
            (Some(easing), path) => Leave { path, easing },
        }
    }

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
