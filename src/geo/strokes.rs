//! Rivers as strokes: how wide each is drawn at a resolution, and how much of a texel it covers.

use crate::lines::Lines;
use crate::splat::Field;
use crate::visible::Visible;
use crate::window::{Rows, Window};

const KM_PER_DEG: f64 = 111.2;
/// Widest stroke in texels; nearer than that the map has nothing to say.
const MAX_WIDTH_TEXELS: f64 = 24.0;
/// What cannot be seen is not drawn.
const LEAST_OPACITY: f64 = 0.02;

/// How a river is drawn.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    /// From the river's line to where its cover ends, in texels.
    range: f64,
    /// Stands for the width of what is narrower than a texel.
    opacity: f32,
}

impl Stroke {
    /// For a river of a rank (1 the greatest, 8 the least) and texels of `texel_deg`.
    fn of(rank: u8, texel_deg: f64) -> Option<Self> {
        // Drawn somewhat wider than life, as maps do; the great ones can be made out from afar.
        let (width_km, least_opacity) = match rank {
            0 | 1 => (3.2, 0.65),
            2 => (2.4, 0.48),
            3 => (1.8, 0.3),
            4 => (1.3, 0.16),
            5 => (0.9, 0.07),
            6 => (0.6, 0.0),
            7 => (0.4, 0.0),
            _ => (0.3, 0.0),
        };
        let width_texels = (width_km / KM_PER_DEG / texel_deg).min(MAX_WIDTH_TEXELS);
        let opacity = width_texels.clamp(least_opacity, 1.0);
        let range = width_texels.max(1.0) / 2.0 + 0.5;
        (opacity >= LEAST_OPACITY).then_some(Self { range, opacity: opacity as f32 })
    }
}

/// The rivers of a window.
pub(crate) struct Rivers<'a> {
    visible: Visible<'a>,
    strokes: [Option<Stroke>; 10],
    widest: f64,
}

impl<'a> Rivers<'a> {
    pub fn new(rivers: &'a Lines, window: &'a Window) -> Self {
        let texel_deg = window.texel_deg();
        let strokes: [_; 10] = std::array::from_fn(|rank| Stroke::of(rank as u8, texel_deg));
        let stroke = |rank: u8| strokes.get(usize::from(rank)).copied().flatten();
        Self {
            visible: Visible::new(rivers, window, |rank| Some(stroke(rank)?.range)),
            strokes,
            widest: strokes.iter().flatten().fold(0.0, |w, s| s.range.max(w)),
        }
    }

    /// Coverage of the texels, 0 to 255, for the rows of a band.
    pub fn cover(&self, rows: &Rows, field: &mut Field, out: &mut [u8]) {
        field.start(rows, 0.0);
        self.visible.segments(rows, self.widest, 1.0, |rank, a, b| {
            let Some(Stroke { range, opacity }) = self.strokes[usize::from(rank)] else {
                return;
            };
            let edge = range as f32;
            field.bring(a, b, range, |covered, squared| {
                let now = (edge - squared.sqrt()).min(1.0) * opacity;
                if now > covered { now } else { covered }
            });
        });
        for (row, out) in out.chunks_exact_mut(self.visible.window.width).enumerate() {
            for (out, &covered) in out.iter_mut().zip(field.row(row)) {
                *out = rounded(covered * 255.0);
            }
        }
    }
}

/// A number from 0 to 255 as the nearest byte. Adding 1.5 * 2^23 leaves the integer in the mantissa's lowest bits, which
/// processors do for many numbers at once, unlike Rust's saturating casts.
pub(crate) fn rounded(value: f32) -> u8 {
    (value + 12_582_912.0).to_bits() as u8
}
