//! Flying a camera: by hand, and to a place by itself. No Bevy, no clock, no screen.
//!
//! [`Flyer`] is flying by hand: every frame it is told how long the frame was, what the [`Hand`]
//! asks for and what the world is like ([`Terrain`]), and says where the camera is. [`Flight`] is a
//! way to a [`Target`], planned once and then a pure function of time and of where the nodes are.
//! What one leaves, the other takes up: both speak in poses relative to a node.

mod axis;
mod detour;
mod ease;
pub mod flight;
pub mod flyer;
mod focus;
mod ground;
pub mod hand;
mod leg;
mod route;
pub mod settings;
pub mod target;
pub mod terrain;
mod turn;

pub use flight::{Flight, FlightError, Wishes};
pub use flyer::{Flyer, UnknownNode};
pub use hand::{Button, Hand, Keys, Modifiers};
pub use settings::Settings;
pub use target::Target;
pub use terrain::Terrain;
