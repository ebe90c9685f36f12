//! A scene at a date as a list for people and programs. Data only.

use serde::Serialize;
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::pose::to_wxyz;
use skyreel_core::value::Value;

use crate::at::SkyAt;
use crate::scene::Scene;

/// A scene's nodes at a date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listing {
    /// The date, UTC, ISO 8601.
    pub date: String,
    /// All nodes, in the scene's order.
    pub nodes: Vec<ListedNode>,
}

/// A node at a date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedNode {
    /// Its identifier.
    pub name: String,
    /// The node it moves with.
    pub parent: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// In the world, metres.
    pub position_m: [f64; 3],
    /// From its own axes to the world's.
    pub rotation_wxyz: [f64; 4],
    /// Its properties.
    pub properties: Vec<ListedProperty>,
}

/// A property of a node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListedProperty {
    /// Full path.
    pub path: String,
    /// `bool`, `number`, `text` or `numbers`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Least and greatest number.
    pub range: Option<(f64, f64)>,
    /// What it holds.
    pub value: Value,
}

impl Listing {
    /// Lists a scene at the date of `sky`, which must come from it; properties hold their defaults.
    pub fn new(scene: &Scene, sky: &SkyAt) -> Self {
        let nodes = scene.iter().map(|(id, node)| {
            let place = sky.world_from(id);
            ListedNode {
                name: node.name.to_string(),
                parent: node.parent.as_ref().map(ToString::to_string),
                tags: node.tags.clone(),
                position_m: place.position_m.to_array(),
                rotation_wxyz: to_wxyz(place.rotation),
                properties: scene.properties_of(id).iter().map(ListedProperty::new).collect(),
            }
        });
        Self { date: sky.time().to_utc_iso(), nodes: nodes.collect() }
    }
}

impl ListedProperty {
    fn new(spec: &PropertySpec) -> Self {
        Self {
            path: spec.path.clone(),
            kind: spec.default.kind(),
            range: spec.range,
            value: spec.default.clone(),
        }
    }
}
