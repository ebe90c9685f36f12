//! The scene as data: which nodes there are, which properties they have, and where everything is at
//! a date.
//!
//! Nothing in here knows Bevy, a screen, a file system or a clock. Positions depend on the date
//! alone: nothing is kept from one date to the next.
//!
//! World axes are galactic (J2000: +x to the galactic centre, +z to the north galactic pole), the
//! origin is the solar system barycentre, the unit is the metre.

pub mod at;
pub mod axes;
pub mod body;
pub mod error;
pub mod listing;
pub mod motion;
pub mod node;
pub mod place;
mod properties;
pub mod renderable;
mod rotation;
pub mod scene;

pub use at::SkyAt;
pub use error::SceneError;
pub use node::{Node, NodeId};
pub use place::Place;
pub use renderable::Renderable;
pub use scene::Scene;
