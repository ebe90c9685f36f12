//! A node of a scene, as its file describes it.

use serde::{Deserialize, Serialize};
use skyreel_core::pose::NodeName;
use skyreel_core::value::Value;

use crate::body::Body;
use crate::motion::Motion;
use crate::renderable::Renderable;

/// A node's place in its scene's list. Only good for the scene it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// The node's index in [`Scene::nodes`](crate::Scene::nodes).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something that has a place in the world, and perhaps a body and a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// OpenSpace's identifier: unique, used in property paths and as an anchor.
    pub name: NodeName,
    /// The name that people read; absent: the identifier.
    #[serde(default)]
    pub gui_name: Option<String>,
    /// The node that it moves and turns with; absent: the world.
    #[serde(default)]
    pub parent: Option<NodeName>,
    /// OpenSpace's tags, for patterns such as `{planetTrail_solarSystem}.Renderable.Fade`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// How it moves; absent: with its parent.
    #[serde(default)]
    pub motion: Motion,
    /// Its size and rotation; absent: a point that turns with its parent.
    #[serde(default)]
    pub body: Option<Body>,
    /// How it is drawn; absent: not at all.
    #[serde(default)]
    pub renderable: Option<Renderable>,
    /// Whether it is drawn unless somebody says otherwise.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// From how far away it is drawn at most, metres; absent: from anywhere.
    #[serde(default)]
    pub seen_within_m: Option<f64>,
    /// Further properties of its own.
    #[serde(default)]
    pub properties: Vec<PropertyEntry>,
}

impl Node {
    /// The name that people read.
    pub fn label(&self) -> &str {
        self.gui_name.as_deref().unwrap_or(self.name.as_str())
    }

    /// Radii of its globe, metres; `None` where it has no body.
    pub fn radii_m(&self) -> Option<[f64; 3]> {
        self.body.as_ref().map(|body| body.radii_m)
    }
}

/// A property as a scene file writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropertyEntry {
    /// Path: of a node's own, what follows `Scene.<Node>.`; else the whole path.
    pub path: String,
    /// What it holds when nobody has changed it.
    pub value: Value,
    /// Least and greatest number.
    #[serde(default)]
    pub range: Option<(f64, f64)>,
}

/// Properties that recordings set and no picture shows, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotDrawn {
    /// A pattern over property paths.
    pub pattern: skyreel_core::pattern::PropertyPattern,
    /// Why, for people.
    pub why: String,
}

fn yes() -> bool {
    true
}
