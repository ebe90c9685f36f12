//! The sphere under an equirectangular map: where each texel lies, which texels lie near a place. No colour.

use glam::Vec3;

use super::noise::Octaves;

/// Up to this many lattice cells a texel, an octave is sampled at half the texels and enlarged.
const HALVES_BELOW: f32 = 0.085;
/// Octaves with more lattice cells a texel than this are left out: they would only alias.
const FINEST: f32 = 0.5;

/// The texel grid of one map. Directions are body-fixed unit vectors: x to 0° E, y to 90° E, z to the north pole.
pub(super) struct Globe {
    pub(super) width: usize,
    pub(super) height: usize,
    /// (cos, sin) of each column's longitude; -180° at the left edge, texel centres half a step inside.
    columns: Vec<(f32, f32)>,
    /// (cos, sin) of each row's latitude; +90° at the top edge.
    rows: Vec<(f32, f32)>,
}

/// One texel: its direction, planetocentric latitude and east longitude.
#[derive(Clone, Copy)]
pub(super) struct Site {
    pub(super) at: Vec3,
    pub(super) lat_deg: f32,
    pub(super) lon_deg: f32,
}

/// The unit vector to a latitude and east longitude in degrees.
pub(super) fn direction(lat_deg: f32, lon_deg: f32) -> Vec3 {
    let (lat_sin, lat_cos) = lat_deg.to_radians().sin_cos();
    let (lon_sin, lon_cos) = lon_deg.to_radians().sin_cos();
    Vec3::new(lat_cos * lon_cos, lat_cos * lon_sin, lat_sin)
}

/// The angle between two unit vectors, radians, from their chord: the first two terms of the arcsine, within 1 % up
/// to 75°.
#[inline]
pub(super) fn angle(a: Vec3, b: Vec3) -> f32 {
    let chord = (a - b).length();
    chord * (1.0 + chord * chord * (1.0 / 24.0))
}

/// 0 below `from`, 1 above `to`, an S-curve between; the edges may stand in either order.
#[inline]
pub(super) fn smooth(from: f32, to: f32, value: f32) -> f32 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

impl Globe {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let circle = |degrees: f32| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            (cos, sin)
        };
        let columns =
            (0..width).map(|x| circle((x as f32 + 0.5) * 360.0 / width as f32 - 180.0)).collect();
        let rows =
            (0..height).map(|y| circle(90.0 - (y as f32 + 0.5) * 180.0 / height as f32)).collect();
        Self { width, height, columns, rows }
    }

    pub(super) fn len(&self) -> usize {
        self.width * self.height
    }

    /// The height of one texel, radians of arc.
    pub(super) fn step_rad(&self) -> f32 {
        std::f32::consts::PI / self.height as f32
    }

    #[inline]
    fn at(&self, x: usize, y: usize) -> Vec3 {
        let ((lon_cos, lon_sin), (lat_cos, lat_sin)) = (self.columns[x], self.rows[y]);
        Vec3::new(lat_cos * lon_cos, lat_cos * lon_sin, lat_sin)
    }

    /// Calls `each` with every texel's index and site, row by row.
    #[inline]
    pub(super) fn visit(&self, mut each: impl FnMut(usize, Site)) {
        for y in 0..self.height {
            let lat_deg = 90.0 - (y as f32 + 0.5) * 180.0 / self.height as f32;
            for x in 0..self.width {
                let lon_deg = (x as f32 + 0.5) * 360.0 / self.width as f32 - 180.0;
                each(y * self.width + x, Site { at: self.at(x, y), lat_deg, lon_deg });
            }
        }
    }

    /// Calls `each` with the texels within `radius_rad` of `centre` (and a few just outside).
    #[inline]
    pub(super) fn visit_cap(
        &self,
        centre: Vec3,
        radius_rad: f32,
        mut each: impl FnMut(usize, Vec3),
    ) {
        let (width, height) = (self.width as f32, self.height as f32);
        let lat = centre.z.clamp(-1.0, 1.0).asin();
        let row = |lat_rad: f32| (0.5 - lat_rad / std::f32::consts::PI) * height;
        let top = (row(lat + radius_rad) - 0.5).max(0.0) as usize;
        let bottom = (row(lat - radius_rad) + 1.0).clamp(0.0, height) as usize;
        let middle = (centre.y.atan2(centre.x) / std::f32::consts::TAU + 0.5) * width;
        let centre_across = centre.truncate().length();
        for y in top..bottom.min(self.height) {
            let (lat_cos, lat_sin) = self.rows[y];
            let half_cos = (radius_rad.min(std::f32::consts::PI).cos() - lat_sin * centre.z)
                / (lat_cos * centre_across).max(1e-6);
            let half = half_cos.clamp(-1.0, 1.0).acos() / std::f32::consts::TAU * width;
            let count = ((2.0 * half) as usize + 2).min(self.width);
            let mut x = (middle - half - 0.5).rem_euclid(width) as usize % self.width;
            for _ in 0..count {
                each(y * self.width + x, self.at(x, y));
                x = if x + 1 == self.width { 0 } else { x + 1 };
            }
        }
    }

    /// A map a quarter as wide and high (never empty), for what has no fine detail.
    pub(super) fn quarter(&self) -> Self {
        Self::new((self.width / 4).max(2), (self.height / 4).max(1))
    }

    /// Reads a field of `from` at this map's texels, linearly between theirs: round the seam, held at the poles.
    pub(super) fn enlarge(&self, from: &Self, field: &[f32]) -> Vec<f32> {
        let span = |i: usize, here: usize, there: usize| {
            (i as f32 + 0.5) * there as f32 / here as f32 - 0.5
        };
        let across: Vec<(usize, usize, f32)> = (0..self.width)
            .map(|x| {
                let u = span(x, self.width, from.width);
                let left = u.floor();
                let wrap = |i: f32| i.rem_euclid(from.width as f32) as usize % from.width;
                (wrap(left), wrap(left + 1.0), u - left)
            })
            .collect();
        let mut out = Vec::with_capacity(self.len());
        for y in 0..self.height {
            let v = span(y, self.height, from.height).clamp(0.0, (from.height - 1) as f32);
            let upper = v as usize;
            let lower = (upper + 1).min(from.height - 1);
            let t = v - upper as f32;
            let (above, below) = (&field[upper * from.width..], &field[lower * from.width..]);
            out.extend(across.iter().map(|&(left, right, s)| {
                let west = above[left] + t * (below[left] - above[left]);
                let east = above[right] + t * (below[right] - above[right]);
                west + s * (east - west)
            }));
        }
        out
    }

    /// A field's value at a latitude and longitude: linear between texels, round the seam, held at the poles. The
    /// longitude may lie up to a turn beyond ±180°.
    #[inline]
    pub(super) fn read(&self, field: &[f32], lat_deg: f32, lon_deg: f32) -> f32 {
        let (width, height) = (self.width as f32, self.height as f32);
        let u = (lon_deg + 540.0) * (width / 360.0) - 0.5;
        let v = ((90.0 - lat_deg) * (height / 180.0) - 0.5).clamp(0.0, height - 1.0);
        let (left, upper) = (u as usize, v as usize);
        let (s, t) = (u - left as f32, v - upper as f32);
        let (west, east) = (left % self.width, (left + 1) % self.width);
        let (above, below) = (upper * self.width, (upper + 1).min(self.height - 1) * self.width);
        let west_side = field[above + west] * (1.0 - t) + field[below + west] * t;
        let east_side = field[above + east] * (1.0 - t) + field[below + east] * t;
        west_side + s * (east_side - west_side)
    }

    /// Samples a sum of octaves at every texel. Octaves with cells many texels wide are sampled on a map half as wide
    /// and enlarged, and so on down: the same picture for a fraction of the work.
    pub(super) fn octaves(&self, octaves: Octaves) -> Vec<f32> {
        let (coarse, mut fine) =
            octaves.split(HALVES_BELOW / self.step_rad(), FINEST / self.step_rad());
        let mut field = if coarse.is_empty() || self.height < 2 {
            vec![0.0; self.len()]
        } else {
            let half = Self::new((self.width / 2).max(2), (self.height / 2).max(1));
            self.enlarge(&half, &half.octaves(coarse))
        };
        for (row, sums) in self.rows.iter().zip(field.chunks_exact_mut(self.width)) {
            fine.add_parallel(*row, &self.columns, sums);
        }
        field
    }
}
