//! One key of a journey: when it is, what it is called, and what it holds.

use std::sync::Arc;

use crate::camera_track::Leave;
use crate::pattern::PropertyPattern;
use crate::pose::CameraPose;
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};
use crate::wording::Wording;

use super::{KeyId, Pace};

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its number, unlike all others.
    pub id: KeyId,
    /// When.
    pub at: SessionTime,
    /// Its name for people; empty: none.
    pub name: Arc<str>,
    /// What it holds.
    pub content: Content,
}

/// What a key holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Where the camera is.
    Camera {
        /// Its pose; every number can be sampled.
        pose: CameraPose,
        /// How it goes from here to the next one.
        leave: Leave,
        /// The words the pose was given in, where they still hold.
        words: Option<Arc<Wording>>,
        /// Simulation time, TDB seconds past J2000, where that is not the journey's clock's.
        sim_time_s: Option<f64>,
    },
    /// A change of a property, or of many.
    Property {
        /// Which.
        target: Target,
        /// What it is to hold.
        value: Value,
        /// How long the change takes.
        over: SessionSpan,
        /// How it runs.
        easing: Easing,
    },
    /// A script.
    Script {
        /// Lua.
        code: Arc<str>,
        /// Simulation time, TDB seconds past J2000, where that is not the journey's clock's.
        sim_time_s: Option<f64>,
    },
}

/// What a change changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// One property.
    Path(Arc<str>),
    /// All that a pattern names.
    Pattern(PropertyPattern),
}

impl Target {
    /// The path or pattern.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Path(path) => path,
            Self::Pattern(pattern) => pattern.as_str(),
        }
    }
}

/// The lane of a key; of the same moment in a recording, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lane {
    Camera,
    Property,
    Script,
}

impl Lane {
    /// The name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::Property => "property",
            Self::Script => "script",
        }
    }

    /// What a key of it is, in words.
    pub fn of_a_key(self) -> &'static str {
        match self {
            Self::Camera => "a camera's key",
            Self::Property => "a property's key",
            Self::Script => "a script",
        }
    }
}

impl Key {
    pub(super) fn lane(&self) -> Lane {
        match self.content {
            Content::Camera { .. } => Lane::Camera,
            Content::Property { .. } => Lane::Property,
            Content::Script { .. } => Lane::Script,
        }
    }

    /// How it is left for the next of its lane; for a property, how its change runs.
    pub fn pace(&self) -> Pace {
        match &self.content {
            Content::Camera { leave, .. } => Pace::of_leave(*leave),
            Content::Property { easing, .. } => Pace::of(*easing),
            Content::Script { .. } => Pace::Linear,
        }
    }

    /// The camera's pose, of a camera's key.
    pub fn pose(&self) -> Option<&CameraPose> {
        match &self.content {
            Content::Camera { pose, .. } => Some(pose),
            Content::Property { .. } | Content::Script { .. } => None,
        }
    }

    /// The key at another moment. What was said of its date no longer holds there.
    pub(super) fn moved_to(&self, at: SessionTime) -> Self {
        Self { at, ..self.clone() }.without_date()
    }

    /// The key with the date of the journey's clock.
    pub(super) fn without_date(mut self) -> Self {
        match &mut self.content {
            Content::Camera { words, sim_time_s, .. } => {
                *sim_time_s = None;
                if let Some(dated) = words.as_mut().filter(|words| words.date.is_some()) {
                    Arc::make_mut(dated).date = None;
                }
                words.take_if(|words| words.place.is_none() && words.aim.is_none());
            }
            Content::Script { sim_time_s, .. } => *sim_time_s = None,
            Content::Property { .. } => {}
        }
        self
    }
}
