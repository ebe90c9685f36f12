//! Gradient noise in space and its sums of octaves. No sphere, no colour.
//!
//! Written here rather than taken from a crate because maps are walked row by row: consecutive samples mostly share
//! their lattice cell, and keeping that cell's eight gradients makes a sample three times as fast as
//! `fastnoise-lite` (Perlin) on the same walk.

use glam::Vec3;

/// Keeps lattice coordinates positive, so that truncation is floor. Any |coordinate| below this works.
const POSITIVE: f32 = 4096.0;
const MOST_OCTAVES: usize = 8;

/// Gradient noise over a unit lattice: about -1..1, mean 0. It remembers the cell it was last asked in.
#[derive(Clone, Copy)]
pub(super) struct Noise {
    seed: u32,
    cell: [i32; 3],
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
            cell: [i32::MIN; 3],
            gradient_x: [0.0; 8],
            gradient_y: [0.0; 8],
            gradient_z: [0.0; 8],
            at_corner: [0.0; 8],
        }
    }

    #[inline]
    pub(super) fn at(&mut self, place: Vec3) -> f32 {
        let shifted = place + Vec3::splat(POSITIVE);
        let cell = [shifted.x as i32, shifted.y as i32, shifted.z as i32];
        if cell != self.cell {
            self.enter(cell);
        }
        let (x, y, z) = (shifted.x - cell[0] as f32, shifted.y - cell[1] as f32, shifted.z - cell[2] as f32);
        let mut corner = [0.0_f32; 8];
        for i in 0..8 {
            corner[i] =
                self.gradient_x[i] * x + self.gradient_y[i] * y + self.gradient_z[i] * z - self.at_corner[i];
        }
        let (u, v, w) = (fade(x), fade(y), fade(z));
        let mut edge = [0.0_f32; 4];
        for i in 0..4 {
            edge[i] = corner[i] + w * (corner[i + 4] - corner[i]);
        }
        let (near, far) = (edge[0] + v * (edge[2] - edge[0]), edge[1] + v * (edge[3] - edge[1]));
        near + u * (far - near)
    }

    fn enter(&mut self, cell: [i32; 3]) {
        self.cell = cell;
        for i in 0..8 {
            let offset = [i as i32 & 1, i as i32 >> 1 & 1, i as i32 >> 2];
            let bits = mix(
                self.seed,
                (cell[0] + offset[0]) as u32,
                (cell[1] + offset[1]) as u32,
                (cell[2] + offset[2]) as u32,
            );
            let part = |shift: u32| (bits >> shift & 1023) as f32 * (2.0 / 511.5) - 2.0;
            (self.gradient_x[i], self.gradient_y[i], self.gradient_z[i]) = (part(0), part(10), part(20));
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
        self.octaves.iter_mut().map(|(noise, frequency, weight)| noise.at(place * *frequency) * *weight).sum()
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

    /// The octaves coarse enough to be sampled `cells_per_step` lattice cells apart, and the rest.
    pub(super) fn split(self, finest: f32) -> (Self, Self) {
        let strongest = self.stretch.max_element();
        let (coarse, fine) = self.octaves.into_iter().partition(|(_, f, _)| f * strongest <= finest);
        (Self { octaves: coarse, stretch: self.stretch }, Self { octaves: fine, stretch: self.stretch })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.octaves.is_empty()
    }
}

/// Repeatable throws (splitmix64): where craters fall and how cracks turn.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Uniform in 0..1.
    pub(super) fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 40) as f32 / (1 << 24) as f32
    }

    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Uniform over the unit sphere.
    pub(super) fn direction(&mut self) -> Vec3 {
        let z = self.between(-1.0, 1.0);
        let (sin, cos) = self.between(0.0, std::f32::consts::TAU).sin_cos();
        let across = (1.0 - z * z).max(0.0).sqrt();
        Vec3::new(across * cos, across * sin, z)
    }
}
