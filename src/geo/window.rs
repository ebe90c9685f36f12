//! A window on the map and its texels: which part is asked for, and where a vertex falls in it.

use crate::error::GeoError;
use crate::lines::{Bounds, HALF_TURN, UNITS_PER_DEG};

/// Most texels along a side of a tile.
pub const MAX_SIDE_PX: u32 = 16_384;

/// A window of the map in equirectangular projection, rows from north to south, columns from west to east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TileRequest {
    /// Western edge, degrees east; any finite value, brought into -180 to 180.
    pub west_deg: f64,
    /// Southern edge, degrees north, from -90.
    pub south_deg: f64,
    /// Eastern edge, degrees east. Where it is less than the western edge, the window crosses the antimeridian.
    pub east_deg: f64,
    /// Northern edge, degrees north, up to 90.
    pub north_deg: f64,
    /// Columns, 1 to [`MAX_SIDE_PX`].
    pub width_px: u32,
    /// Rows, 1 to [`MAX_SIDE_PX`].
    pub height_px: u32,
}

impl TileRequest {
    /// The whole world.
    pub fn world(width_px: u32, height_px: u32) -> Self {
        Self {
            west_deg: -180.0,
            south_deg: -90.0,
            east_deg: 180.0,
            north_deg: 90.0,
            width_px,
            height_px,
        }
    }
}

/// A checked request, in map units and texels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    texels_per_unit: [f64; 2],
    /// The window's north-western corner, in its own texels from longitude and latitude 0, rows downwards.
    corner: [f64; 2],
    pub width: usize,
    /// Rows of the whole tile.
    pub height: usize,
}

/// What adding and subtracting degrees may leave over.
const ROUNDING_DEG: f64 = 1e-9;

impl Window {
    pub fn new(r: &TileRequest) -> Result<Self, GeoError> {
        let check = |what, found: f64, good, expected| {
            if good { Ok(()) } else { Err(GeoError::Request { what, found, expected }) }
        };
        let side = |px: u32| (1..=MAX_SIDE_PX).contains(&px);
        check("width_px", r.width_px.into(), side(r.width_px), "1 to 16384")?;
        check("height_px", r.height_px.into(), side(r.height_px), "1 to 16384")?;
        check("west_deg", r.west_deg, r.west_deg.abs() <= 3600.0, "-3600 to 3600")?;
        check("east_deg", r.east_deg, r.east_deg.abs() <= 3600.0, "-3600 to 3600")?;
        let poles = -90.0 - ROUNDING_DEG..=90.0 + ROUNDING_DEG;
        check("north_deg", r.north_deg, poles.contains(&r.north_deg), "-90 to 90")?;
        let (south_deg, north_deg) = (r.south_deg.max(-90.0), r.north_deg.min(90.0));
        check(
            "south_deg",
            r.south_deg,
            poles.contains(&r.south_deg) && south_deg < north_deg,
            "-90 to less than north_deg",
        )?;
        let mut width_deg = r.east_deg - r.west_deg;
        if width_deg < 0.0 {
            width_deg += 360.0;
        }
        check(
            "east_deg",
            r.east_deg,
            width_deg > 0.0 && width_deg <= 360.0 + ROUNDING_DEG,
            "up to 360 degrees east of west_deg",
        )?;
        let units = f64::from(UNITS_PER_DEG);
        let width_deg = width_deg.min(360.0);
        let west = ((r.west_deg + 180.0).rem_euclid(360.0) - 180.0) * units;
        let texels_per_unit = [
            f64::from(r.width_px) / (width_deg * units),
            f64::from(r.height_px) / ((north_deg - south_deg) * units),
        ];
        let window = Self {
            texels_per_unit,
            corner: [
                snapped(west * texels_per_unit[0]),
                snapped(-north_deg * units * texels_per_unit[1]),
            ],
            width: r.width_px as usize,
            height: r.height_px as usize,
        };
        // Far below what the data holds, and where texel coordinates would leave exact arithmetic.
        let finest = window.texels_per_unit[0].max(window.texels_per_unit[1]);
        check("width_px", r.width_px.into(), finest <= 1e6, "texels of at least 2.5e-10 degrees")?;
        Ok(window)
    }

    /// The copies of the world that the window may see: how far each is moved east, in map units.
    pub fn copies(&self) -> [f64; 3] {
        [-1, 0, 1].map(|k| f64::from(2 * k * HALF_TURN))
    }

    /// Where a vertex of a copy falls, in texels from the window's north-western corner (rows downwards).
    pub fn texel(&self, v: [i32; 2], copy: f64) -> [f64; 2] {
        [
            (f64::from(v[0]) + copy) * self.texels_per_unit[0] - self.corner[0],
            -f64::from(v[1]) * self.texels_per_unit[1] - self.corner[1],
        ]
    }

    /// A box in texels: min and max of columns and rows.
    pub fn texel_box(&self, b: &Bounds, copy: f64) -> TexelBox {
        let [x0, y1] = self.texel(b.min, copy);
        let [x1, y0] = self.texel(b.max, copy);
        TexelBox { x0, x1, y0, y1 }
    }

    /// The size of a texel in degrees: the geometric mean of its width and height.
    pub fn texel_deg(&self) -> f64 {
        1.0 / ((self.texels_per_unit[0] * self.texels_per_unit[1]).sqrt()
            * f64::from(UNITS_PER_DEG))
    }
}

/// Windows cut from one lattice lie whole texels apart; without rounding left over, they agree on every bit.
fn snapped(texels: f64) -> f64 {
    let whole = texels.round();
    if (texels - whole).abs() < 1e-8 { whole } else { texels }
}

/// A box in texels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TexelBox {
    pub x0: f64,
    pub x1: f64,
    pub y0: f64,
    pub y1: f64,
}

impl TexelBox {
    /// Whether the box comes within `margin` texels of the window.
    pub fn meets(&self, window: &Window, margin: f64) -> bool {
        self.x0 < window.width as f64 + margin
            && self.x1 > -margin
            && self.y0 < window.height as f64 + margin
            && self.y1 > -margin
    }
}

/// Some rows of a tile, worked on together so that they stay in the cache.
pub(crate) type Rows = std::ops::Range<usize>;

/// The least integer that is not less than a number of moderate size. `f64::ceil` is a function call on processors that
/// cannot be counted on to have SSE 4.1.
#[inline(always)]
pub(crate) fn ceil_to_int(value: f64) -> i64 {
    let truncated = value as i64;
    truncated + i64::from((truncated as f64) < value)
}
