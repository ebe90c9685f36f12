//! The lanes of the time line: the camera's, one for each property path, the scripts'. Where each is, and
//! which keys it has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use skyreel_core::journey::{KeyId, Pace};
use skyreel_core::snapshot::{JourneyView, KeyOf, KeyView};

use super::super::words;

/// How high lanes are, points.
pub(super) const LANE: f32 = 23.0;
pub(super) const SPEEDS: f32 = 26.0;

/// What a lane is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Camera,
    Property(String),
    Scripts,
}

/// A lane.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) of: Of,
    /// From the first lane's top, points.
    pub(super) top: f32,
    pub(super) height: f32,
    /// Which of the journey's keys, by time.
    pub(super) keys: Vec<usize>,
}

impl Lane {
    /// Its name, as it is written beside it.
    pub(super) fn name(&self) -> &str {
        match &self.of {
            Of::Camera => "Camera",
            Of::Property(path) => short_path(path),
            Of::Scripts => "Scripts",
        }
    }
}

/// All lanes of a journey, worked out again where it is another.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    of: Option<Arc<JourneyView>>,
    pub(super) all: Vec<Lane>,
    pub(super) height: f32,
    ids: BTreeSet<KeyId>,
}

impl Lanes {
    /// Goes by a journey; true where it is another than before.
    pub(super) fn follow(&mut self, view: &Arc<JourneyView>) -> bool {
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, view)) {
            return false;
        }
        let (mut camera, mut scripts) = (Vec::new(), Vec::new());
        let mut properties: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, key) in view.keys.iter().enumerate() {
            match &key.of {
                KeyOf::Camera { .. } => camera.push(index),
                KeyOf::Property { path, .. } => {
                    properties.entry(path.as_str()).or_default().push(index);
                }
                KeyOf::Script { .. } => scripts.push(index),
            }
        }
        self.all.clear();
        self.height = 0.0;
        self.add(Of::Camera, camera, if view.speeds.is_empty() { LANE } else { LANE + SPEEDS });
        for (path, keys) in properties {
            self.add(Of::Property(path.to_owned()), keys, LANE);
        }
        if !scripts.is_empty() {
            self.add(Of::Scripts, scripts, LANE);
        }
        self.ids = view.keys.iter().map(|key| key.key).collect();
        self.of = Some(Arc::clone(view));
        true
    }

    fn add(&mut self, of: Of, keys: Vec<usize>, height: f32) {
        self.all.push(Lane { of, top: self.height, height, keys });
        self.height += height;
    }

    pub(super) fn has(&self, key: KeyId) -> bool {
        self.ids.contains(&key)
    }

    /// The lane at a height.
    pub(super) fn at(&self, y: f32) -> Option<&Lane> {
        self.all.iter().find(|lane| y >= lane.top && y < lane.top + lane.height)
    }

    /// The lane that a key is in, and its place there.
    pub(super) fn place_of(&self, keys: &[KeyView], key: KeyId) -> Option<(usize, usize)> {
        self.all.iter().enumerate().find_map(|(lane, of)| {
            let place = of.keys.iter().position(|index| keys[*index].key == key)?;
            Some((lane, place))
        })
    }
}

impl Lane {
    /// The keys between two moments.
    pub(super) fn between<'a>(&'a self, keys: &[KeyView], from_s: f64, to_s: f64) -> &'a [usize] {
        let first = self.keys.partition_point(|index| keys[*index].at.as_secs() < from_s);
        let rest = &self.keys[first..];
        &rest[..rest.partition_point(|index| keys[*index].at.as_secs() <= to_s)]
    }
}

/// A property's path without what all have.
pub(super) fn short_path(path: &str) -> &str {
    path.strip_prefix("Scene.").unwrap_or(path)
}

/// What a key is called: its name, or else what it is of.
pub(super) fn title(key: &KeyView) -> String {
    if key.name.is_empty() { what(key) } else { key.name.clone() }
}

/// What a key does, in few words.
pub(super) fn what(key: &KeyView) -> String {
    match &key.of {
        KeyOf::Camera { anchor, distance_m } => {
            format!("{anchor}, {}", words::distance(*distance_m))
        }
        KeyOf::Property { path, value, .. } => format!("{} = {value}", short_path(path)),
        KeyOf::Script { code } => code.lines().next().unwrap_or_default().to_owned(),
    }
}

/// Paces, and what each is called.
pub(super) const PACES: [(Pace, &str, &str); 5] = [
    (Pace::Linear, "Linear", "Leave at the speed at which the way goes on"),
    (Pace::In, "Ease in", "Leave from rest"),
    (Pace::Out, "Ease out", "Arrive at rest"),
    (Pace::InOut, "Ease in and out", "Leave from rest, arrive at rest"),
    (Pace::Hold, "Hold", "Stay; what is next is there at once when it is due"),
];
