//! Pictures of a window of the Earth: what a texel is, and how far it is from where that ends.

use crate::earth::Earth;
use crate::error::GeoError;
use crate::fill::Mask;
use crate::splat::Field;
use crate::strokes::{Rivers, rounded};
use crate::visible::Visible;
use crate::window::{Rows, TileRequest, Window};

/// Steps of a distance channel in a texel: the distance is `(value - 128) / 16` texels, up to 7.9.
pub const STEPS_PER_TEXEL: f32 = 16.0;

const RANGE_TEXELS: f64 = 8.0;
/// Up to here distances come from the finest segments, beyond from coarser ones.
const NEAR_TEXELS: f64 = 1.75;
/// How much coarser, and how near coarse segments may count, as they cut corners.
const FAR_THINNING: f64 = 3.0;
const FAR_LEAST_TEXELS: f32 = 1.5;
/// Rows worked on together; what they need stays in a core's cache.
const BAND_TEXELS: usize = 128 * 1024;

/// A picture of a window, RGBA, 8 bits each, rows from north to south.
///
/// - Red: signed distance to the coast, positive (above 128) on land. Lakes and ice sheets on land are land.
/// - Green: signed distance to lake shores, positive in a lake.
/// - Blue: how much of the texel is river, 0 to 255.
/// - Alpha: signed distance to the edge of ice (glaciers, ice sheets, ice shelves), positive on ice.
///
/// Distances are from the texel's centre, in texels (see [`STEPS_PER_TEXEL`]), exact in sign: inside is never less
/// than 129, outside never more than 127; up to 1.5 texels good to a quarter, beyond up to two too great, because
/// corners are cut. They know of what lies outside of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Columns.
    pub width_px: u32,
    /// Rows.
    pub height_px: u32,
    /// 4 bytes a texel.
    pub rgba: Vec<u8>,
}

impl Earth {
    /// Draws a window of the Earth. A pure function of the request: windows that share texels agree on them.
    ///
    /// # Errors
    /// [`GeoError::Request`] where a field is out of range.
    pub fn tile(&self, request: &TileRequest) -> Result<Tile, GeoError> {
        let window = Window::new(request)?;
        let width = window.width;
        let band_rows = (BAND_TEXELS / width).clamp(8, 1024).min(window.height);
        let rings = [&self.data.land, &self.data.lakes, &self.data.ice]
            .map(|layer| Visible::new(layer, &window, |_| Some(RANGE_TEXELS)));
        let rivers = Rivers::new(&self.data.rivers, &window);
        let mut mask = Mask::new(width, band_rows);
        let mut field = Field::new(width, band_rows);
        let mut planes = [(); 4].map(|()| vec![0; width * band_rows]);
        let mut rgba = vec![0; width * window.height * 4];
        for (band, out) in rgba.chunks_mut(band_rows * width * 4).enumerate() {
            let rows = band * band_rows..band * band_rows + out.len() / (width * 4);
            let [r, g, b, a] = &mut planes;
            for (layer, plane) in rings.iter().zip([&mut *r, g, a]) {
                signed_distances(
                    layer,
                    &rows,
                    &mut mask,
                    &mut field,
                    &mut plane[..width * rows.len()],
                );
            }
            rivers.cover(&rows, &mut field, &mut b[..width * rows.len()]);
            for ((((out, &r), &g), &b), &a) in
                out.chunks_exact_mut(4).zip(&*r).zip(&*g).zip(&*b).zip(&*a)
            {
                out.copy_from_slice(&u32::from_le_bytes([r, g, b, a]).to_le_bytes());
            }
        }
        Ok(Tile { width_px: request.width_px, height_px: request.height_px, rgba })
    }
    /// The tile's alpha channel alone.
    pub(crate) fn ice_distances(&self, request: &TileRequest) -> Result<Vec<u8>, GeoError> {
        let window = Window::new(request)?;
        let ice = Visible::new(&self.data.ice, &window, |_| Some(RANGE_TEXELS));
        let band_rows = (BAND_TEXELS / window.width).clamp(8, 1024).min(window.height);
        let (mut mask, mut field) =
            (Mask::new(window.width, band_rows), Field::new(window.width, band_rows));
        let mut out = vec![0; window.width * window.height];
        for (band, out) in out.chunks_mut(band_rows * window.width).enumerate() {
            let first = band * band_rows;
            let rows = first..first + out.len() / window.width;
            signed_distances(&ice, &rows, &mut mask, &mut field, out);
        }
        Ok(out)
    }
}

/// The distance channel of a layer of rings, for the rows of a band.
fn signed_distances(
    rings: &Visible,
    rows: &Rows,
    mask: &mut Mask,
    field: &mut Field,
    out: &mut [u8],
) {
    mask.fill(rings, rows);
    field.start(rows, (RANGE_TEXELS * RANGE_TEXELS) as f32);
    rings.segments(rows, NEAR_TEXELS, 1.0, |_, a, b| {
        field.bring(
            a,
            b,
            NEAR_TEXELS,
            |nearest, squared| {
                if squared < nearest { squared } else { nearest }
            },
        );
    });
    const FAR_LEAST: f32 = FAR_LEAST_TEXELS * FAR_LEAST_TEXELS;
    rings.segments(rows, RANGE_TEXELS, FAR_THINNING, |_, a, b| {
        field.bring(a, b, RANGE_TEXELS, |nearest, squared| {
            let squared = if squared > FAR_LEAST { squared } else { FAR_LEAST };
            if squared < nearest { squared } else { nearest }
        });
    });
    for (row, out) in out.chunks_exact_mut(rings.window.width).enumerate() {
        for (out, &squared) in out.iter_mut().zip(field.row(row)) {
            let steps = squared.sqrt() * STEPS_PER_TEXEL;
            let steps = if steps > 1.0 { steps } else { 1.0 };
            *out = rounded(if steps < 127.0 { steps } else { 127.0 });
        }
        for (out, &inside) in out.chunks_mut(64).zip(mask.row(row)) {
            match inside {
                0 => out.iter_mut().for_each(|d| *d = 128 - *d),
                u64::MAX => out.iter_mut().for_each(|d| *d += 128),
                _ => {
                    for (i, d) in out.iter_mut().enumerate() {
                        *d = if inside >> i & 1 == 1 { 128 + *d } else { 128 - *d };
                    }
                }
            }
        }
    }
}
