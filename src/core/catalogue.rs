//! What a scene says of its properties: which there are, what they hold, what they may hold.

use serde::Serialize;

use crate::value::Value;

/// A property that a scene has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PropertySpec {
    /// Full path, as OpenSpace writes it: `Scene.Earth.Renderable.Fade`.
    pub path: String,
    /// Tags of the node it belongs to; empty for properties outside the scene graph.
    pub tags: Vec<String>,
    /// What it holds when nobody has changed it.
    pub default: Value,
    /// Least and greatest number it may hold, where there is a limit.
    pub range: Option<(f64, f64)>,
}

/// The properties of a scene.
pub trait Catalogue {
    /// All properties, in a fixed order.
    fn properties(&self) -> &[PropertySpec];

    /// The property at that path.
    fn property(&self, path: &str) -> Option<&PropertySpec> {
        self.properties().iter().find(|p| p.path == path)
    }
}

/// A scene that says nothing: for working on recordings without one.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCatalogue;

impl Catalogue for NoCatalogue {
    fn properties(&self) -> &[PropertySpec] {
        &[]
    }
}
