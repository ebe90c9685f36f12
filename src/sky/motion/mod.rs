//! How nodes move: the ways that a scene file can name, and the theories behind them.

mod moon;
mod orbit;
mod pluto;
mod series;
mod sin_cos;
mod theory;

use serde::{Deserialize, Serialize};
use skyreel_core::pose::NodeName;

pub(crate) use orbit::OrbitPlane;
pub use orbit::{Libration, Orbit};
pub(crate) use theory::Theory;
pub use theory::Wanderer;

use crate::place::Place;

/// How a node moves. Offsets are in world axes unless they say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Motion {
    /// With its parent, at the same place.
    #[default]
    WithParent,
    /// By the theory of a body of the solar system, whatever the parent is.
    Theory(Wanderer),
    /// On a precessing ellipse around its parent.
    Orbit(Orbit),
    /// At a fixed offset from its parent, metres.
    Fixed(f64, f64, f64),
    /// At a place above its parent's globe, turning with it.
    Above(Place),
    /// Half way between two nodes.
    Midpoint(NodeName, NodeName),
}
