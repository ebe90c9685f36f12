//! What the items of a file's lists may say, in the words of the file.

use serde::Deserialize;

use crate::camera_track::Path;
use crate::command::Origin;
use crate::event::Said;
use crate::pose::NodeName;
use crate::value::Easing;

use super::field::{Assignments, Date, Finite, Latitude, Numbers, Seconds};

/// A camera key.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Key", deny_unknown_fields)]
pub(super) struct KeyItem {
    pub seq: Option<u64>,
    pub at: Option<Seconds>,
    pub after: Option<Seconds>,
    pub date: Option<Date>,
    pub anchor: Option<NodeName>,
    pub follow: Option<bool>,
    pub position: Option<Numbers<3>>,
    pub latitude: Option<Latitude>,
    pub longitude: Option<Finite>,
    pub altitude: Option<Finite>,
    pub altitude_km: Option<Finite>,
    pub distance: Option<Finite>,
    pub rotation: Option<Numbers<4>>,
    pub look_at: Option<NodeName>,
    pub up: Option<Numbers<3>>,
    pub heading: Option<Finite>,
    pub pitch: Option<Finite>,
    pub roll: Option<Finite>,
    pub scale: Option<f32>,
    pub path: Option<Path>,
    pub ease: Option<Easing>,
    pub name: Option<String>,
}

/// A moment whose simulation time is stated.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "ClockKey", deny_unknown_fields)]
pub(super) struct ClockItem {
    pub at: Option<Seconds>,
    pub after: Option<Seconds>,
    pub date: Date,
    #[serde(default)]
    pub ease: Easing,
}

/// A change of the clock's rate or pause.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "ClockChange", deny_unknown_fields)]
pub(super) struct ClockChangeItem {
    pub seq: Option<u64>,
    pub at: Option<Seconds>,
    pub after: Option<Seconds>,
    pub rate: Option<Finite>,
    pub paused: Option<bool>,
}

/// A change of properties.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Change", deny_unknown_fields)]
pub(super) struct ChangeItem {
    pub seq: Option<u64>,
    pub at: Option<Seconds>,
    pub after: Option<Seconds>,
    /// Paths of single properties, and patterns, which become rules.
    pub set: Option<Assignments>,
    /// Single properties, even if the path looks like a pattern.
    pub property: Option<Assignments>,
    /// Rules, even if the pattern names one property alone.
    pub rule: Option<Assignments>,
    pub over: Option<Seconds>,
    #[serde(default)]
    pub ease: Easing,
    pub name: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Event", deny_unknown_fields)]
pub(super) enum EventItem {
    /// A script.
    Script {
        seq: Option<u64>,
        at: Option<Seconds>,
        after: Option<Seconds>,
        date: Option<Date>,
        name: Option<String>,
        text: String,
    },
    /// A console line.
    Console {
        seq: Option<u64>,
        at: Option<Seconds>,
        after: Option<Seconds>,
        date: Option<Date>,
        #[serde(default)]
        said: Said,
        origin: Option<Origin>,
        text: String,
    },
    /// A named moment.
    Marker {
        seq: Option<u64>,
        at: Option<Seconds>,
        after: Option<Seconds>,
        date: Option<Date>,
        name: String,
        #[serde(default)]
        text: String,
    },
}
