//! Gradient noise in space and its sums of octaves. No sphere, no colour.
//!
//! Written here rather than taken from a crate because maps are walked row by row: consecutive samples mostly share
//! their lattice cell, and keeping that cell's eight gradients makes a sample three times as fast as
//! `fastnoise-lite` (Perlin) on the same walk.

use std::array;

use glam::Vec3;

/// Adding and subtracting this rounds an f32 to a whole number, and its low bits then hold that number: far quicker
/// than `floor` and a saturating cast. Good for |coordinate| below two million.
const ROUNDER: f32 = 12_582_912.0;
const MOST_OCTAVES: usize = 8;

/// Gradient noise over a unit lattice: about -1..1, mean 0. It remembers the cell it was last asked in.
#[derive(Clone, Copy)]
pub(super) struct Noise {
    seed: u32,
    cell: [u32; 3],
    gradient_x: [f32; 8],
    gradient_y: [f32; 8],
    gradient_z: [f32; 8],
    /// Each corner's gradient times the corner's own offset, so that a sample needs no differences.
    at_corner: [f32; 8],
}

impl Noise {
    pub(super) fn new(seed: u32) -> Self {
        Self {
            seed,
            cell: [0; 3],
            gradient_x: [0.0; 8],
            gradient_y: [0.0; 8],
            gradient_z: [0.0; 8],
            at_corner: [0.0; 8],
        }
    }

    #[inline(always)]
    pub(super) fn at(&mut self, place: Vec3) -> f32 {
        let (x, y, z) = self.step_to(place);
        let corner: [f32; 8] = array::from_fn(|i| {
            self.gradient_x[i] * x + self.gradient_y[i] * y + self.gradient_z[i] * z
                - self.at_corner[i]
        });
        let (u, v, w) = (fade(x), fade(y), fade(z));
        let edge: [f32; 4] = array::from_fn(|i| corner[i] + w * (corner[i + 4] - corner[i]));
        let (near, far) = (edge[0] + v * (edge[2] - edge[0]), edge[1] + v * (edge[3] - edge[1]));
        near + u * (far - near)
    }

    /// Enters the place's cell if need be; the place within that cell, each part 0..1.
    #[inline(always)]
    fn step_to(&mut self, place: Vec3) -> (f32, f32, f32) {
        let whole = place - Vec3::splat(0.5) + Vec3::splat(ROUNDER);
        let cell = [whole.x.to_bits(), whole.y.to_bits(), whole.z.to_bits()];
        if (cell[0] ^ self.cell[0]) | (cell[1] ^ self.cell[1]) | (cell[2] ^ self.cell[2]) != 0 {
            self.enter(cell);
        }
        let within = place - (whole - Vec3::splat(ROUNDER));
        (within.x, within.y, within.z)
    }

    /// Adds `weight` times the noise at `(x, y, z)` to each of `sums`, `places` giving x and y: as [`Noise::at`], but a
    /// cell's eight corners become four once for all samples in it, since z stays.
    fn add_level(
        &mut self,
        z: f32,
        weight: f32,
        places: impl Iterator<Item = (f32, f32)>,
        sums: &mut [f32],
    ) {
        let mut level = [[0.0_f32; 4]; 3];
        let mut cell = [0; 3];
        for ((x, y), sum) in places.zip(sums) {
            let (x, y, z) = self.step_to(Vec3::new(x, y, z));
            if (cell[0] ^ self.cell[0]) | (cell[1] ^ self.cell[1]) | (cell[2] ^ self.cell[2]) != 0 {
                cell = self.cell;
                let w = fade(z);
                for i in 0..4 {
                    let between = |field: &[f32; 8]| field[i] + w * (field[i + 4] - field[i]);
                    let low = self.gradient_z[i] * z - self.at_corner[i];
                    let high = self.gradient_z[i + 4] * z - self.at_corner[i + 4];
                    level[0][i] = between(&self.gradient_x);
                    level[1][i] = between(&self.gradient_y);
                    level[2][i] = low + w * (high - low);
                }
            }
            let corner: [f32; 4] =
                array::from_fn(|i| level[0][i] * x + level[1][i] * y + level[2][i]);
            let (u, v) = (fade(x), fade(y));
            let (near, far) =
                (corner[0] + v * (corner[2] - corner[0]), corner[1] + v * (corner[3] - corner[1]));
            *sum += weight * (near + u * (far - near));
        }
    }

    #[inline(never)]
    fn enter(&mut self, cell: [u32; 3]) {
        self.cell = cell;
        for i in 0..8 {
            let offset = [i as u32 & 1, i as u32 >> 1 & 1, i as u32 >> 2];
            let bits =
                mix(self.seed, cell[0] + offset[0], cell[1] + offset[1], cell[2] + offset[2]);
            let part = |shift: u32| (bits >> shift & 1023) as f32 * (2.0 / 511.5) - 2.0;
            (self.gradient_x[i], self.gradient_y[i], self.gradient_z[i]) =
                (part(0), part(10), part(20));
            self.at_corner[i] = self.gradient_x[i] * offset[0] as f32
                + self.gradient_y[i] * offset[1] as f32
                + self.gradient_z[i] * offset[2] as f32;
        }
    }
}

#[inline]
fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

/// A hash of a lattice corner: odd multipliers, then two rounds of xor and multiply.
fn mix(seed: u32, x: u32, y: u32, z: u32) -> u32 {
    let mut h = seed.wrapping_mul(0x9e37_79b1)
        ^ x.wrapping_mul(0x85eb_ca6b)
        ^ y.wrapping_mul(0xc2b2_ae35)
        ^ z.wrapping_mul(0x27d4_eb2f);
    h = (h ^ h >> 15).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ h >> 12).wrapping_mul(0x297a_2d39);
    h ^ h >> 15
}

/// A sum of octaves of [`Noise`], each twice as fine and `gain` times as strong; about -1..1.
#[derive(Clone)]
pub(super) struct Octaves {
    octaves: Vec<(Noise, f32, f32)>,
    stretch: Vec3,
}

impl Octaves {
    /// `frequency`: lattice cells along one radius of the globe. At most eight octaves are kept.
    pub(super) fn new(seed: u32, frequency: f32, count: usize) -> Self {
        Self::with_gain(seed, frequency, count, 0.5)
    }

    pub(super) fn with_gain(seed: u32, frequency: f32, count: usize, gain: f32) -> Self {
        let octaves = (0..count.min(MOST_OCTAVES))
            .map(|i| {
                let octave = Noise::new(seed.wrapping_mul(31).wrapping_add(i as u32));
                (octave, frequency * 2.0_f32.powi(i as i32), gain.powi(i as i32))
            })
            .collect();
        Self { octaves, stretch: Vec3::ONE }
    }

    /// Squeezes features along the polar axis: bands and streaks that follow the rotation.
    pub(super) fn banded(mut self, times: f32) -> Self {
        self.stretch = Vec3::new(1.0, 1.0, times);
        self
    }

    #[inline]
    pub(super) fn at(&mut self, place: Vec3) -> f32 {
        let place = place * self.stretch;
        self.octaves
            .iter_mut()
            .map(|(noise, frequency, weight)| noise.at(place * *frequency) * *weight)
            .sum()
    }

    /// The same sum with each octave folded at zero: 0 in broad cells, up to 1 along thin crests.
    #[inline]
    pub(super) fn crests(&mut self, place: Vec3) -> f32 {
        let place = place * self.stretch;
        let (mut sum, mut all) = (0.0, 0.0);
        for (noise, frequency, weight) in &mut self.octaves {
            let crest = 1.0 - noise.at(place * *frequency).abs().min(1.0);
            sum += crest * crest * *weight;
            all += *weight;
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// The octaves with at most `coarse` cells a radius, and those with more but at most `finest`.
    pub(super) fn split(self, coarse: f32, finest: f32) -> (Self, Self) {
        let stretch = self.stretch;
        let most = stretch.max_element();
        let (low, high) =
            self.octaves.into_iter().partition(|(_, frequency, _)| frequency * most <= coarse);
        let mut high: Vec<_> = high;
        high.retain(|(_, frequency, _)| frequency * most <= finest);
        (Self { octaves: low, stretch }, Self { octaves: high, stretch })
    }

    /// Adds the sum along one parallel of the unit sphere: its (cos, sin) of latitude, and those of each longitude.
    pub(super) fn add_parallel(
        &mut self,
        (across, up): (f32, f32),
        longitudes: &[(f32, f32)],
        sums: &mut [f32],
    ) {
        for (noise, frequency, weight) in &mut self.octaves {
            let scale = across * *frequency;
            let places = longitudes
                .iter()
                .map(|(cos, sin)| (cos * scale * self.stretch.x, sin * scale * self.stretch.y));
            noise.add_level(up * *frequency * self.stretch.z, *weight, places, sums);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.octaves.is_empty()
    }
}
