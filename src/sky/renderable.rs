//! How a node is drawn, as data. How that looks on a screen is decided elsewhere.

use serde::{Deserialize, Serialize};
use skyreel_core::pose::NodeName;

/// A colour, red, green and blue, each 0 to 1.
pub type Colour = (f32, f32, f32);

/// What is drawn at a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Renderable {
    /// The node's body as a solid globe.
    Globe(Globe),
    /// A flat ring around the node, in its own equator's plane.
    Rings {
        /// Inner radius, metres.
        inner_m: f64,
        /// Outer radius, metres.
        outer_m: f64,
    },
    /// The way that a node has come.
    Trail(Trail),
    /// The stars of the catalogue, at their distances.
    Stars,
    /// Lines between the stars, and their names.
    Constellations,
    /// The Milky Way: a band from inside, a disc from outside.
    Galaxy {
        /// Radius of the disc, metres.
        radius_m: f64,
        /// Thickness of the disc, metres.
        thickness_m: f64,
    },
    /// Far galaxies with bright nuclei.
    Quasars {
        /// How far the farthest are, metres.
        radius_m: f64,
    },
    /// A rim of air around the parent's globe.
    Atmosphere {
        /// Height of its upper edge above the ground, metres.
        height_m: f64,
        /// Its colour against the dark.
        colour: Colour,
    },
    /// The light around a bright body.
    Glare {
        /// Radius of the body that shines, metres.
        radius_m: f64,
        /// Its colour.
        colour: Colour,
    },
    /// Lines of latitude and longitude on the parent's globe.
    Grid {
        /// Between two lines, degrees.
        step_deg: f64,
        /// Colour of the lines.
        colour: Colour,
    },
    /// Names of places on the parent's globe.
    PlaceNames,
    /// The name of the parent, beside it.
    Label(String),
}

/// A globe's look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Globe {
    /// Which of the known surfaces it wears.
    pub look: Look,
    /// Its mean colour, and the whole look of those that are `Rock` or `Ice`.
    pub colour: Colour,
    /// Whether it has a night side.
    #[serde(default = "yes")]
    pub shading: bool,
    /// Layers that can be switched, as OpenSpace names them.
    #[serde(default)]
    pub layers: Vec<Layer>,
}

/// A surface that the program can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Look {
    /// A star's glowing surface.
    Sun,
    /// Seas, coasts, deserts, ice.
    Earth,
    /// Dark maria on bright highlands.
    Moon,
    /// Rust, dark plains, polar caps.
    Mars,
    /// Closed clouds with faint streaks.
    Venus,
    /// Bands, zones and a red spot.
    Jupiter,
    /// Pale bands.
    Saturn,
    /// Almost without features.
    Uranus,
    /// Blue with faint bands.
    Neptune,
    /// Sulphur.
    Io,
    /// Cracked ice.
    Europa,
    /// Cratered rock of the globe's colour.
    Rock,
    /// Cratered ice of the globe's colour.
    Ice,
    /// Haze of the globe's colour.
    Haze,
}

/// A layer of a globe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// The group it belongs to.
    pub group: LayerGroup,
    /// Its name in property paths.
    pub name: String,
    /// Whether it is shown unless somebody says otherwise.
    #[serde(default)]
    pub enabled: bool,
}

/// The groups of layers that a globe has; named as in property paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LayerGroup {
    /// The surface by day.
    ColorLayers,
    /// Lights by night.
    NightLayers,
    /// Lines drawn over the surface.
    Overlays,
    /// Heights.
    HeightLayers,
    /// Where water shines.
    WaterMasks,
}

impl LayerGroup {
    /// The group's name in property paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ColorLayers => "ColorLayers",
            Self::NightLayers => "NightLayers",
            Self::Overlays => "Overlays",
            Self::HeightLayers => "HeightLayers",
            Self::WaterMasks => "WaterMasks",
        }
    }
}

/// The way that a node has come, seen from another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trail {
    /// The node that goes.
    pub of: NodeName,
    /// The node that it is seen from; the line moves with it.
    pub relative_to: NodeName,
    /// How far back the line reaches, days.
    pub period_days: f64,
    /// In how many pieces.
    #[serde(default = "segments")]
    pub segments: u32,
    /// Its colour.
    pub colour: Colour,
}

impl Trail {
    /// Time between two of the line's points, seconds.
    pub fn step_s(&self) -> f64 {
        self.period_days * 86_400.0 / f64::from(self.segments.max(1))
    }
}

fn yes() -> bool {
    true
}

fn segments() -> u32 {
    360
}
