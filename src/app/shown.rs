//! What of a scene is shown at a moment: the properties as the recording, the person and the scene
//! have them, in this order of precedence: person, recording, scene.

use std::collections::BTreeMap;

use skyreel_core::catalogue::Catalogue;
use skyreel_core::property_set::PropertySet;
use skyreel_core::value::Value;
use skyreel_sky::{NodeId, Scene};

/// OpenSpace's tag for what cannot be seen by day.
const HIDDEN_BY_DAY: &str = "daytime_hidden";

/// Property paths that decide whether and how strongly a node is shown.
struct Paths {
    enabled: String,
    fade: String,
    opacity: String,
}

/// The scene's side of it, prepared once.
pub struct Switchboard {
    paths: Vec<Paths>,
    hidden_by_day: Vec<bool>,
    defaults: Vec<(bool, f64)>,
    overrides: BTreeMap<String, Value>,
}

impl Switchboard {
    /// For a scene, with values that take precedence over whatever a recording says.
    pub fn new(scene: &Scene, overrides: BTreeMap<String, Value>) -> Self {
        let path = |name: &str, property: &str| format!("Scene.{name}.Renderable.{property}");
        let paths = |name: &str| Paths {
            enabled: path(name, "Enabled"),
            fade: path(name, "Fade"),
            opacity: path(name, "Opacity"),
        };
        let paths: Vec<Paths> = scene.nodes().iter().map(|n| paths(n.name.as_str())).collect();
        let number = |path: &str| scene.property(path).map_or(1.0, |p| as_number(&p.default));
        let defaults = paths.iter().map(|p| {
            let enabled = scene.property(&p.enabled).is_none_or(|p| as_number(&p.default) > 0.0);
            (enabled, number(&p.fade) * number(&p.opacity))
        });
        let is_hidden = |node: &skyreel_sky::Node| node.tags.iter().any(|tag| tag == HIDDEN_BY_DAY);
        let hidden_by_day = scene.nodes().iter().map(is_hidden).collect();
        Self { defaults: defaults.collect(), paths, hidden_by_day, overrides }
    }

    /// With the properties of a moment.
    pub fn at<'a>(&'a self, properties: &'a PropertySet) -> ShownState<'a> {
        ShownState { board: self, properties, daylight: 0.0 }
    }
}

/// What is shown at a moment.
pub struct ShownState<'a> {
    board: &'a Switchboard,
    properties: &'a PropertySet,
    daylight: f64,
}

impl ShownState<'_> {
    /// The same in daylight, 0 (none) to 1: what carries the tag `daytime_hidden` fades in it.
    pub fn by_daylight(&self, daylight: f64) -> Self {
        Self { daylight, ..*self }
    }

    fn number(&self, path: &str) -> Option<f64> {
        self.board.overrides.get(path).or_else(|| self.properties.get(path)).map(as_number)
    }

    /// How strongly a node is shown: 0 not at all, 1 in full.
    pub fn fade(&self, id: NodeId) -> f64 {
        let is_hidden = self.board.hidden_by_day.get(id.index()) == Some(&true);
        self.switched(id) * if is_hidden { 1.0 - self.daylight } else { 1.0 }
    }

    fn switched(&self, id: NodeId) -> f64 {
        let Some(paths) = self.board.paths.get(id.index()) else { return 0.0 };
        let (enabled, strength) = self.board.defaults[id.index()];
        let enabled = self.number(&paths.enabled).map_or(enabled, |v| v > 0.0);
        if !enabled {
            return 0.0;
        }
        let fade = self.number(&paths.fade);
        let opacity = self.number(&paths.opacity);
        match (fade, opacity) {
            (None, None) => strength,
            (fade, opacity) => (fade.unwrap_or(1.0) * opacity.unwrap_or(1.0)).clamp(0.0, 1.0),
        }
    }
}

fn as_number(value: &Value) -> f64 {
    match value {
        Value::Bool(on) => f64::from(u8::from(*on)),
        Value::Number(n) => *n,
        Value::Text(_) | Value::Numbers(_) => 0.0,
    }
}
