//! Colours and the step from colour and height to bytes. No sphere geometry, no named place.

use glam::Vec3;

use super::RELIEF_SPAN_RADII;
use super::globe::{Globe, Site};

/// An sRGB colour, written as in a style sheet; parts 0..1.
pub(super) const fn hex(rgb: u32) -> Vec3 {
    Vec3::new(
        (rgb >> 16 & 255) as f32 / 255.0,
        (rgb >> 8 & 255) as f32 / 255.0,
        (rgb & 255) as f32 / 255.0,
    )
}

/// Asks `paint` for every texel's colour and height (radii of the body) and writes them as RGBA bytes.
pub(super) fn texels(globe: &Globe, mut paint: impl FnMut(usize, Site) -> (Vec3, f32)) -> Vec<u8> {
    let mut rgba = vec![0; globe.len() * 4];
    globe.visit(|i, site| {
        let (colour, height) = paint(i, site);
        // Adding a half rounds; the cast saturates.
        let [r, g, b] = (colour * 255.0 + 0.5).to_array();
        let level = height * (255.0 / RELIEF_SPAN_RADII) + 128.0;
        rgba[i * 4..i * 4 + 4].copy_from_slice(&[r as u8, g as u8, b as u8, level as u8]);
    });
    rgba
}

/// Colours along a scale, read with smooth steps between neighbours.
pub(super) struct Scale {
    low: f32,
    per_unit: f32,
    colours: Vec<Vec3>,
}

impl Scale {
    /// `stops` in rising order of their position.
    pub(super) fn new(stops: &[(f32, u32)]) -> Self {
        const ENTRIES: usize = 1024;
        let low = stops.first().map_or(0.0, |s| s.0);
        let high = stops.last().map_or(1.0, |s| s.0);
        let per_unit = (ENTRIES - 1) as f32 / (high - low).max(1e-6);
        let colours = (0..ENTRIES)
            .map(|i| {
                let here = low + i as f32 / per_unit;
                let next =
                    stops.iter().position(|s| s.0 > here).unwrap_or(stops.len().saturating_sub(1));
                let (a, b) = (stops.get(next.saturating_sub(1)), stops.get(next));
                match (a, b) {
                    (Some(a), Some(b)) => hex(a.1)
                        .lerp(hex(b.1), super::globe::smooth(a.0, b.0.max(a.0 + 1e-6), here)),
                    _ => Vec3::ZERO,
                }
            })
            .collect();
        Self { low, per_unit, colours }
    }

    /// The colour at a position; the end colours beyond the ends.
    #[inline]
    pub(super) fn at(&self, position: f32) -> Vec3 {
        let last = self.colours.len() - 1;
        let u = ((position - self.low) * self.per_unit).clamp(0.0, last as f32);
        let lower = u as usize;
        let upper = (lower + 1).min(last);
        self.colours[lower].lerp(self.colours[upper], u - lower as f32)
    }
}
