//! A segment: a stretch of a recording that stands by itself. It begins with the whole state of that
//! moment; what happened from there on follows. Segments are what files are written and read in.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::camera_track::CameraEntry;
use crate::clock_track::{ClockChange, ClockKey};
use crate::event::Event;
use crate::pose::CameraPose;
use crate::property_track::PropertyChange;
use crate::recording::Sequence;
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::value::Value;
use crate::wording::Wording;

/// A thing and when its track makes it due: its stamp, or that of an earlier thing if that is later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Due<T> {
    /// When.
    pub due: SessionTime,
    /// What.
    pub item: T,
}

/// A stretch of a recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segment {
    /// Its place among the recording's segments, counted from 0, as its file has it.
    pub number: u32,
    /// Everything as it stands when the first entry of this segment is due, before that entry.
    pub state: State,
    /// When the last entry is due.
    pub end: SessionTime,
    /// Camera entries, by view.
    pub cameras: Vec<CameraStretch>,
    /// Clock keys.
    pub clock_keys: Vec<Due<ClockKey>>,
    /// Clock changes.
    pub clock_changes: Vec<Due<ClockChange>>,
    /// Changes of single properties.
    pub changes: Vec<Due<NamedChange>>,
    /// Changes of many properties.
    pub rules: Vec<Due<Rule>>,
    /// Events.
    pub events: Vec<Due<Event>>,
}

/// A change of a property, and of which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedChange {
    /// The property's path.
    pub path: Arc<str>,
    /// What becomes of it.
    pub change: PropertyChange,
}

/// The camera entries of one view in a segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CameraStretch {
    /// Entries in order.
    pub entries: Vec<Due<CameraEntry>>,
    /// What was said in words of them.
    pub wordings: Vec<(Sequence, Wording)>,
}

/// A view's name and lens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewHead {
    /// Unlike all others.
    pub name: Arc<str>,
    /// Vertical field of view, degrees; `None` where it is not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vfov_deg: Option<f64>,
}

/// Everything at a moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The moment.
    pub at: SessionTime,
    /// All views, those included that come in this segment.
    pub views: Vec<ViewHead>,
    /// The last entry of each view; `None` where there was none yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::last_entry::cameras")]
    pub cameras: Vec<Option<Due<CameraEntry>>>,
    /// The last clock key.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "super::last_entry::clock_key"
    )]
    pub clock_key: Option<Due<ClockKey>>,
    /// Simulated seconds a second.
    #[serde(default = "real_time", skip_serializing_if = "is_real_time")]
    pub rate: f64,
    /// Whether the clock is paused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// What all properties are, by path; of one whose change is under way, what that started from.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "super::by_path::deserialize"
    )]
    pub properties: BTreeMap<Arc<str>, Value>,
    /// Changes of properties that are not complete yet, by path.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "super::by_path::deserialize"
    )]
    pub under_way: BTreeMap<Arc<str>, Due<PropertyChange>>,
}

fn real_time() -> f64 {
    1.0
}

fn is_real_time(rate: &f64) -> bool {
    *rate == 1.0
}

impl State {
    /// Where a view's camera is, if there was an entry of it yet.
    pub(super) fn pose(&self, view: usize) -> Option<&CameraPose> {
        self.cameras.get(view)?.as_ref().map(|last| &last.item.pose)
    }
}

impl Segment {
    /// The entries of a view, made if need be.
    pub(super) fn camera_mut(&mut self, view: usize) -> &mut CameraStretch {
        if self.cameras.len() <= view {
            self.cameras.resize_with(view + 1, CameraStretch::default);
        }
        &mut self.cameras[view]
    }

    /// How many entries of all kinds.
    pub fn entries(&self) -> usize {
        self.cameras.iter().map(|camera| camera.entries.len()).sum::<usize>()
            + self.clock_keys.len()
            + self.clock_changes.len()
            + self.changes.len()
            + self.rules.len()
            + self.events.len()
    }
}
