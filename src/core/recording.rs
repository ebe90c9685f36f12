//! The model of a recording that every format is read into and written from. It keeps what came as
//! it came; how it is played is `sample`'s business.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::camera_track::CameraTrack;
use crate::clock_track::ClockTrack;
use crate::event::{Event, EventKind};
use crate::property_set::PathTable;
use crate::property_track::{PropertyChange, PropertyTrack};
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::value::Value;
use crate::wording::Wording;

/// The name of the view that formats with one camera read into and write from.
pub const MAIN_VIEW: &str = "main";

/// OpenSpace's default vertical field of view at 16:9 (80° horizontally), degrees.
pub const DEFAULT_VFOV_DEG: f64 = 50.534;

/// The place of an entry in its file: 0 for the first, counted over all tracks. Ties in time are
/// resolved by it.
pub type Sequence = u64;

/// Who, where, when, with what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// Title for people.
    pub title: String,
    /// Description for people.
    pub description: String,
    /// Who recorded.
    pub author: String,
    /// The machine it was recorded on.
    pub host: String,
    /// When recording began, ISO 8601 UTC.
    pub created_utc: String,
    /// The recording program and its version.
    pub program: String,
    /// The scene's name.
    pub scene: String,
    /// The scene file's hash, empty if unknown.
    pub scene_hash: String,
    /// Who tells what scripts did.
    pub effects: Effects,
}

impl Header {
    /// Marks the title of a recording that was stopped by something else than its maker:
    /// `A title [stopped: disk full]`.
    pub fn mark_stopped(&mut self, reason: &str) {
        let mark = format!("[stopped: {reason}]");
        if self.title.ends_with(&mark) {
            return;
        }
        if !self.title.is_empty() {
            self.title.push(' ');
        }
        self.title.push_str(&mark);
    }
}

/// Who tells what the scripts of a recording did to properties and the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effects {
    /// The scripts themselves: they are run when the recording is opened.
    #[default]
    OfScripts,
    /// The recording's own changes, taken down while the scripts ran.
    Recorded,
}

/// A named camera of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Unique among the recording's views.
    pub name: String,
    /// Vertical field of view, degrees, in 0..180; `None` where it was not recorded.
    pub vfov_deg: Option<f64>,
    /// Where the camera was.
    pub camera: CameraTrack,
    /// What was said in words of camera entries, by their sequence numbers.
    pub wordings: BTreeMap<Sequence, Wording>,
}

impl View {
    /// A view without a camera.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            vfov_deg: None,
            camera: CameraTrack::default(),
            wordings: BTreeMap::new(),
        }
    }
}

/// A recorded journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// Who, where, when.
    pub header: Header,
    /// Cameras, at least one in a recording that can be played.
    pub views: Vec<View>,
    /// Simulation time, rate and pause.
    pub clock: ClockTrack,
    /// Scene state before anything happens, by property path. Paths are shared with the frames
    /// that are sampled.
    pub baseline: BTreeMap<Arc<str>, Value>,
    /// Changes of single properties, by property path.
    pub properties: BTreeMap<Arc<str>, PropertyTrack>,
    /// The paths of both, as the frames share them; sampling fills it.
    pub path_table: PathTable,
    /// Changes that name many properties by a pattern, in file order.
    pub rules: Vec<Rule>,
    /// Scripts, console lines and markers, in file order.
    pub events: Vec<Event>,
    /// The names that people gave to camera entries, changes, rules and scripts, by sequence number.
    /// Skyreel's text format keeps them; the others have no place for them.
    pub names: BTreeMap<Sequence, Arc<str>>,
}

impl Recording {
    /// The view of that name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.iter().find(|v| v.name == name)
    }

    /// The view of that name, made if need be.
    pub fn view_mut(&mut self, name: &str) -> &mut View {
        let index = self.views.iter().position(|v| v.name == name).unwrap_or_else(|| {
            self.views.push(View::new(name));
            self.views.len() - 1
        });
        &mut self.views[index]
    }

    /// The largest stamp of any entry; zero where there is none or all are negative.
    pub fn duration(&self) -> SessionTime {
        let cameras = self.views.iter().filter_map(|v| v.camera.end());
        let properties = self.properties.values().filter_map(PropertyTrack::end);
        let rules = self.rules.iter().map(|r| r.stamp);
        let events = self.events.iter().map(|e| e.stamp);
        cameras
            .chain(self.clock.end())
            .chain(properties)
            .chain(rules)
            .chain(events)
            .fold(SessionTime::ZERO, SessionTime::max)
    }

    /// The same without camera entries, their words and clock keys.
    pub(crate) fn clone_without_entries(&self) -> Self {
        let views = self.views.iter();
        let views = views.map(|view| View { vfov_deg: view.vfov_deg, ..View::new(&view.name) });
        let mut clock = ClockTrack::default();
        self.clock.changes().iter().for_each(|change| clock.push_change(*change));
        Self {
            header: self.header.clone(),
            views: views.collect(),
            clock,
            baseline: self.baseline.clone(),
            properties: self.properties.clone(),
            rules: self.rules.clone(),
            events: self.events.clone(),
            names: self.names.clone(),
            ..Self::default()
        }
    }

    /// Records a change of one property, making its track if need be.
    pub fn push_property(&mut self, path: &str, change: PropertyChange) {
        self.push_property_due(path, change, SessionTime::MIN);
    }

    /// Records a change that is not due before `due`, whatever its stamp.
    pub fn push_property_due(&mut self, path: &str, change: PropertyChange, due: SessionTime) {
        match self.properties.get_mut(path) {
            Some(track) => track.push_due(change, due),
            None => {
                // One and the same path where the baseline has it: sampling need not compare texts.
                let known = self.baseline.get_key_value(path);
                let path = known.map_or_else(|| path.into(), |(path, _)| Arc::clone(path));
                self.properties.entry(path).or_default().push_due(change, due);
            }
        }
    }

    /// The sequence number the next entry gets.
    pub fn next_sequence(&self) -> Sequence {
        let cameras = self.views.iter().flat_map(|v| v.camera.entries()).map(|e| e.seq);
        let properties = self.properties.values().flat_map(PropertyTrack::changes).map(|c| c.seq);
        let others = self.rules.iter().map(|r| r.seq).chain(self.events.iter().map(|e| e.seq));
        cameras.chain(properties).chain(others).max().map_or(0, |last| last.saturating_add(1))
    }

    /// How many entries hold scripts.
    pub fn script_entries(&self) -> usize {
        self.events.iter().filter(|e| matches!(e.kind, EventKind::Script { .. })).count()
    }

    /// How many entries hold a camera, over all views.
    pub fn camera_entries(&self) -> usize {
        self.views.iter().map(|v| v.camera.entries().len()).sum()
    }
}
