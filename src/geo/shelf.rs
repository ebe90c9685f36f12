//! How shallow the sea is, roughly: near coasts, and where the great shelves lie.

use crate::fill::Mask;
use crate::grid::Grid;
use crate::lines::Lines;
use crate::noise::smooth;
use crate::regions::SHELVES;
use crate::visible::Visible;
use crate::window::Window;

/// How far coasts shine into the sea, in cells of the mask.
const BLUR_CELLS: usize = 2;
/// How much of a cell the smallest islands count for.
const ISLAND_SHARE: f32 = 0.3;

/// Land all over the world, spread out softly.
pub(crate) struct NearLand {
    width: usize,
    height: usize,
    share: Vec<f32>,
    near: Vec<bool>,
}

impl NearLand {
    pub fn new(land: &Lines, window: &Window) -> Self {
        let (width, height) = (window.width, window.height);
        let mut mask = Mask::new(width, height);
        mask.fill(&Visible::new(land, window, |_| Some(1.0)), &(0..height));
        let mut share: Vec<f32> = Vec::with_capacity(width * height);
        for y in 0..height {
            let row = mask.row(y);
            share.extend((0..width).map(
                |x| {
                    if row[x / 64] >> (x % 64) & 1 == 1 { 1.0 } else { 0.0 }
                },
            ));
        }
        // Islands too small for a cell's centre to fall on them.
        for line in land.lines() {
            let (min, max) = (line.bounds.min, line.bounds.max);
            let middle = [min[0] / 2 + max[0] / 2, min[1] / 2 + max[1] / 2];
            let [x, y] = window.texel(middle, 0.0).map(|v| v as usize);
            if window.texel_box(&line.bounds, 0.0).x1 - (x as f64) < 2.0 && x < width && y < height
            {
                share[y * width + x] = share[y * width + x].max(ISLAND_SHARE);
            }
        }
        let mut near = vec![false; share.len()];
        for (y, row) in share.chunks_exact(width).enumerate() {
            for x in (0..width).filter(|&x| row[x] > 0.0) {
                for y in y.saturating_sub(1)..(y + 2).min(height) {
                    for x in [(x + width - 1) % width, x, (x + 1) % width] {
                        near[y * width + x] = true;
                    }
                }
            }
        }
        for _ in 0..2 {
            share = blurred(&share, width, height);
        }
        Self { width, height, share, near }
    }

    /// How much of what lies around is land, 0 to 1.
    pub fn share_at(&self, lat: f32, lon: f32) -> f32 {
        self.share[self.cell(lat, lon)]
    }

    /// Whether there is land in this cell or in one beside it.
    pub fn is_near(&self, lat: f32, lon: f32) -> bool {
        self.near[self.cell(lat, lon)]
    }

    fn cell(&self, lat: f32, lon: f32) -> usize {
        let row = ((90.0 - lat) * (1.0 / 180.0) * self.height as f32) as usize;
        let column = ((lon + 180.0) * (1.0 / 360.0) * self.width as f32) as usize;
        row.min(self.height - 1) * self.width + column.min(self.width - 1)
    }
}

/// Draws shallowness, 0 (deep) to 1 (shore), into a channel of a grid.
pub(crate) fn draw_shelves<const N: usize>(grid: &mut Grid<N>, channel: usize) {
    for &([lat, lon, half_lat, half_lon], value) in SHELVES {
        grid.around(lat, lon, [half_lat * 1.6, half_lon * 1.6], |cell, north, east| {
            let (v, u) = (north / half_lat, east / half_lon);
            let covered = value * (1.0 - smooth(0.2, 1.6, (v * v + u * u).sqrt()));
            cell[channel] = 1.0 - (1.0 - cell[channel]) * (1.0 - covered);
        });
    }
}

/// A box blur, wrapping round in longitude.
fn blurred(cells: &[f32], width: usize, height: usize) -> Vec<f32> {
    let side = 2 * BLUR_CELLS + 1;
    let mut across = Vec::with_capacity(cells.len());
    for row in cells.chunks_exact(width) {
        for x in 0..width {
            let inside = x >= BLUR_CELLS && x + BLUR_CELLS < width;
            let sum: f32 = if inside {
                row[x - BLUR_CELLS..=x + BLUR_CELLS].iter().sum()
            } else {
                (0..side).map(|k| row[(x + width + k - BLUR_CELLS) % width]).sum()
            };
            across.push(sum / side as f32);
        }
    }
    let mut out = vec![0.0; cells.len()];
    for (y, out) in out.chunks_exact_mut(width).enumerate() {
        for k in 0..side {
            let row = (y + k).saturating_sub(BLUR_CELLS).min(height - 1);
            for (out, value) in out.iter_mut().zip(&across[row * width..]) {
                *out += value / side as f32;
            }
        }
    }
    out
}
