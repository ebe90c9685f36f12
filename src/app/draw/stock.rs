//! What pictures are made of, made once on the processor: stars, clouds, letters, maps of worlds.

use glam::DVec3;
use skyreel_geo::looks::{self, Look};
use skyreel_geo::{Constellations, Earth, TileRequest};
use skyreel_sky::axes::GALACTIC_FROM_EQUATORIAL;

use super::galaxy;
pub use super::galaxy::Puff;
use super::letters::Letters;
use super::picture::{GlobeMap, TileWindow};
use super::stars;
pub use super::stars::StarPoint;

/// An image, RGBA8, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub rgba: Vec<u8>,
}

impl Image {
    /// One transparent pixel.
    pub fn blank() -> Self {
        Self { width: 1, height: 1, rgba: vec![0; 4] }
    }
}

/// Width of the maps of worlds, pixels; height is half of it.
const MAP_WIDTH: u32 = 1024;
/// Width of the Earth's map of climates.
const CLIMATE_WIDTH: u32 = 2048;
/// Height of the Earth's map of coasts; it is twice as wide.
pub const WORLD_HEIGHT: u32 = 2048;
/// Side of a window on the Earth's coasts, pixels.
pub const TILE_SIZE: u32 = 1024;

/// Everything that is made once.
pub struct Stock {
    /// Stars.
    pub stars: Vec<StarPoint>,
    /// The Milky Way from outside.
    pub galaxy: Vec<Puff>,
    /// The Milky Way from within.
    pub band: Image,
    /// Quasars.
    pub quasars: Vec<Puff>,
    /// Letters.
    pub letters: Letters,
    /// Saturn's rings, from the innermost outwards.
    pub rings: Image,
    /// Figures of the constellations.
    pub constellations: Vec<Figure>,
    earth: Option<Earth>,
}

/// A constellation's figure, unit vectors in world axes.
pub struct Figure {
    /// Its name.
    pub name: String,
    /// Where the name goes.
    pub label: DVec3,
    /// Its lines.
    pub lines: Vec<[DVec3; 2]>,
}

impl Stock {
    /// Makes it. The maps of worlds are made when they are first asked for.
    pub fn make() -> Self {
        let rings = looks::saturn_rings(1024).concat();
        Self {
            stars: stars::points(),
            galaxy: galaxy::puffs(),
            band: galaxy::band(1024, 512),
            quasars: galaxy::quasars(),
            letters: Letters::new(),
            rings: Image { width: 1024, height: 1, rgba: rings },
            constellations: figures(),
            // The data is part of the program; if it were damaged the Earth would be a plain globe.
            earth: Earth::embedded().ok(),
        }
    }

    /// The Earth's places and coasts.
    pub fn earth(&self) -> Option<&Earth> {
        self.earth.as_ref()
    }

    /// The map of a world.
    pub fn map(&self, map: GlobeMap) -> Image {
        match (map, &self.earth) {
            (GlobeMap::Baked(look), _) => baked(look),
            (GlobeMap::Earth, Some(earth)) => Image {
                width: CLIMATE_WIDTH,
                height: CLIMATE_WIDTH / 2,
                rgba: earth
                    .climate_map(CLIMATE_WIDTH, CLIMATE_WIDTH / 2)
                    .map(|texels| texels.concat())
                    .unwrap_or_else(|_| vec![0; (CLIMATE_WIDTH * CLIMATE_WIDTH * 2) as usize]),
            },
            (GlobeMap::Earth, None) => Image::blank(),
        }
    }

    /// Coasts, lakes, rivers and ice of the whole world.
    pub fn world_shapes(&self) -> Image {
        let world =
            TileWindow { west_deg: -180.0, south_deg: -90.0, width_deg: 360.0, height_deg: 180.0 };
        self.shapes(&world, 2 * WORLD_HEIGHT, WORLD_HEIGHT)
    }

    /// The same in a window, square.
    pub fn tile(&self, window: &TileWindow, size_px: u32) -> Image {
        self.shapes(window, size_px, size_px)
    }

    fn shapes(&self, window: &TileWindow, width_px: u32, height_px: u32) -> Image {
        let request = TileRequest {
            west_deg: window.west_deg,
            south_deg: window.south_deg,
            east_deg: window.west_deg + window.width_deg,
            north_deg: window.south_deg + window.height_deg,
            width_px,
            height_px,
        };
        match self.earth.as_ref().map(|earth| earth.tile(&request)) {
            Some(Ok(tile)) => Image { width: width_px, height: height_px, rgba: tile.rgba },
            _ => Image {
                width: width_px,
                height: height_px,
                rgba: vec![0; (width_px * height_px * 4) as usize],
            },
        }
    }
}

fn figures() -> Vec<Figure> {
    let Ok(constellations) = Constellations::embedded() else { return Vec::new() };
    let in_world = |d: DVec3| GALACTIC_FROM_EQUATORIAL * d;
    let figure = |c: &skyreel_geo::Constellation| Figure {
        name: c.name.clone(),
        label: in_world(c.label),
        lines: c.segments.iter().map(|s| s.map(in_world)).collect(),
    };
    constellations.all().iter().map(figure).collect()
}

fn baked(look: Look) -> Image {
    match looks::bake(look, MAP_WIDTH, MAP_WIDTH / 2) {
        Ok(map) => Image { width: map.width, height: map.height, rgba: map.rgba },
        Err(_) => Image::blank(),
    }
}
