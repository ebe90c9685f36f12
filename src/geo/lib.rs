//! The shapes of the Earth and of the constellations, as data and as pictures of data: coasts, lakes, rivers,
//! ice, natural colours, names. No drawing on a screen, no file system, no clock.
//!
//! All longitudes are degrees east, all latitudes degrees north on the sphere of Natural Earth's maps (geodetic,
//! WGS 84). Everything here is a pure function of the embedded data and of what is asked for: the same request
//! gives the same bytes on every machine with IEEE arithmetic.

mod climate;
mod constellations;
mod decode;
mod earth;
mod error;
mod fill;
mod grid;
mod lines;
pub mod looks;
mod noise;
mod place;
mod regions;
mod shelf;
mod splat;
mod strokes;
mod tile;
mod visible;
mod window;

pub use constellations::{Constellation, Constellations};
pub use earth::{Earth, Surface};
pub use error::GeoError;
pub use place::{Place, PlaceKind};
pub use tile::{STEPS_PER_TEXEL, Tile};
pub use window::{MAX_SIDE_PX, TileRequest};
