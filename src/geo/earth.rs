//! The Earth: the embedded data and what may be asked of it at a point. Pictures of windows live in `tile`,
//! colours in `climate`.

use crate::decode::{EarthData, decode};
use crate::error::GeoError;
use crate::lines::UNITS_PER_DEG;
use crate::place::Place;

/// What is at a point of the Earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Surface {
    /// The sea, the Caspian included.
    Ocean,
    /// Land without ice.
    Land,
    /// A lake or reservoir.
    Lake,
    /// A glacier, ice sheet or ice shelf.
    Ice,
}

/// The Earth's coasts, lakes, rivers, ice and names.
pub struct Earth {
    pub(crate) data: EarthData,
}

impl Earth {
    /// The Earth that the program carries with it (Natural Earth 1:10m, see `assets/data/README.md`).
    ///
    /// # Errors
    /// If the embedded data is damaged.
    pub fn embedded() -> Result<Self, GeoError> {
        Self::from_bytes(Self::embedded_bytes())
    }

    /// The file that [`Earth::embedded`] reads.
    pub fn embedded_bytes() -> &'static [u8] {
        include_bytes!("../../assets/data/earth.bin")
    }

    /// Reads an Earth from a file's bytes, as `scripts/make-earth-data.py` writes it.
    ///
    /// # Errors
    /// If the data is damaged or of another version, with the place and what was expected there.
    pub fn from_bytes(file: &[u8]) -> Result<Self, GeoError> {
        Ok(Self { data: decode(file)? })
    }

    /// The names on the map, the most important (rank 0) first; of the same rank, larger cities first.
    pub fn places(&self) -> &[Place] {
        &self.data.places
    }

    /// What is at a point: `lat_deg` -90 to 90, `lon_deg` any (it is brought into -180 to 180).
    /// What is not a number is taken for the ocean.
    pub fn surface_at(&self, lat_deg: f64, lon_deg: f64) -> Surface {
        let x = ((lon_deg + 180.0).rem_euclid(360.0) - 180.0) * f64::from(UNITS_PER_DEG);
        let y = lat_deg * f64::from(UNITS_PER_DEG);
        if self.data.ice.contains(x, y) {
            Surface::Ice
        } else if self.data.lakes.contains(x, y) {
            Surface::Lake
        } else if self.data.land.contains(x, y) {
            Surface::Land
        } else {
            Surface::Ocean
        }
    }
}
