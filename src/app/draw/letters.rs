//! Letters: an atlas of glyphs drawn once, and the laying out of a line of text with it.

use std::collections::BTreeMap;

use fontdue::{Font, FontSettings};

use super::picture::{SPRITE_LETTER, Sprite};
use super::stock::Image;

/// Size the atlas is drawn at, pixels; texts are scaled from it.
const DRAWN_PX: f32 = 36.0;
const ATLAS_WIDTH: usize = 1024;
/// Between glyphs, so that filtering never reaches a neighbour.
const GAP: usize = 2;

#[derive(Clone, Copy)]
struct Glyph {
    uv_from: [f32; 2],
    uv_to: [f32; 2],
    size_px: [f32; 2],
    /// From the pen on the base line to the glyph's top left corner, pixels, y down.
    offset_px: [f32; 2],
    advance_px: f32,
}

/// The letters that texts are set in.
pub struct Letters {
    glyphs: BTreeMap<char, Glyph>,
    image: Image,
}

impl Letters {
    /// Draws the atlas: Latin letters with their accents, Greek, digits and the signs of labels.
    pub fn new() -> Self {
        let settings = FontSettings { scale: DRAWN_PX, ..FontSettings::default() };
        let Ok(font) = Font::from_bytes(epaint_default_fonts::UBUNTU_LIGHT, settings) else {
            // The font is part of its crate; without it a picture has no texts.
            return Self { glyphs: BTreeMap::new(), image: Image::blank() };
        };
        let wanted =
            (' '..='~').chain('\u{a0}'..='\u{17f}').chain('Α'..='ω').chain("–—’…°′″".chars());
        let mut pixels = vec![0_u8; ATLAS_WIDTH * 64];
        let mut places = Vec::new();
        let (mut x, mut y, mut row) = (GAP, GAP, 0);
        for letter in wanted.filter(|c| font.has_glyph(*c)) {
            let (metrics, coverage) = font.rasterize(letter, DRAWN_PX);
            if x + metrics.width + GAP > ATLAS_WIDTH {
                (x, y, row) = (GAP, y + row + GAP, 0);
            }
            let needed = (y + metrics.height + GAP) * ATLAS_WIDTH;
            if pixels.len() < needed {
                pixels.resize(needed.next_power_of_two(), 0);
            }
            for (line, bytes) in coverage.chunks(metrics.width.max(1)).enumerate() {
                let start = (y + line) * ATLAS_WIDTH + x;
                pixels[start..start + bytes.len()].copy_from_slice(bytes);
            }
            places.push((letter, metrics, x, y));
            x += metrics.width + GAP;
            row = row.max(metrics.height);
        }
        let height = pixels.len() / ATLAS_WIDTH;
        let uv = |x: usize, y: usize| [x as f32 / ATLAS_WIDTH as f32, y as f32 / height as f32];
        let glyph = |(letter, metrics, x, y): (char, fontdue::Metrics, usize, usize)| {
            let top = -(metrics.ymin as f32) - metrics.height as f32;
            let glyph = Glyph {
                uv_from: uv(x, y),
                uv_to: uv(x + metrics.width, y + metrics.height),
                size_px: [metrics.width as f32, metrics.height as f32],
                offset_px: [metrics.xmin as f32, top],
                advance_px: metrics.advance_width,
            };
            (letter, glyph)
        };
        Self {
            glyphs: places.into_iter().map(glyph).collect(),
            image: Image {
                width: ATLAS_WIDTH as u32,
                height: height as u32,
                rgba: pixels.into_iter().flat_map(|v| [v; 4]).collect(),
            },
        }
    }

    /// The atlas.
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// A text's width at a size, pixels.
    pub fn width_px(&self, text: &str, size_px: f32) -> f32 {
        let advance = |c| self.glyphs.get(&c).map_or(0.0, |g| g.advance_px);
        text.chars().map(advance).sum::<f32>() * size_px / DRAWN_PX
    }

    /// A line of text whose base line starts at `at_px`, in a premultiplied colour.
    pub fn set(&self, text: &str, at_px: [f32; 2], size_px: f32, colour: [f32; 4]) -> Vec<Sprite> {
        let scale = size_px / DRAWN_PX;
        let mut pen = at_px[0];
        let mut sprites = Vec::with_capacity(text.len());
        for glyph in text.chars().filter_map(|c| self.glyphs.get(&c)) {
            let half_px = glyph.size_px.map(|s| s * scale / 2.0);
            if half_px[0] > 0.0 {
                sprites.push(Sprite {
                    middle_px: [
                        pen + glyph.offset_px[0] * scale + half_px[0],
                        at_px[1] + glyph.offset_px[1] * scale + half_px[1],
                    ],
                    half_px,
                    uv_from: glyph.uv_from,
                    uv_to: glyph.uv_to,
                    colour,
                    kind: SPRITE_LETTER,
                });
            }
            pen += glyph.advance_px * scale;
        }
        sprites
    }
}
