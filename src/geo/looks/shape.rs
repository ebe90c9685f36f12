//! Soft regions on the sphere, drawn as chains of beads. No colour, no named place.

use glam::Vec3;

use super::dice::Dice;
use super::globe::{Globe, angle, direction};

/// Latitude, east longitude and radius of one bead of a chain, all in degrees.
pub(super) type Bead = [f32; 3];

/// A stretch of great circle with a radius that changes evenly along it; a disc where both ends are one.
#[derive(Clone, Copy)]
pub(super) struct Capsule {
    pub(super) from: Vec3,
    pub(super) to: Vec3,
    pub(super) from_radius_rad: f32,
    pub(super) to_radius_rad: f32,
}

impl Capsule {
    /// Raises `field` to the depth inside this capsule, degrees: positive within, negative outside down to `-reach`.
    pub(super) fn stamp(&self, globe: &Globe, reach_deg: f32, field: &mut [f32]) {
        let along = self.to - self.from;
        let length_squared = along.length_squared().max(1e-12);
        let bound = 0.5 * angle(self.from, self.to)
            + self.from_radius_rad.max(self.to_radius_rad)
            + reach_deg.to_radians();
        let taper = self.to_radius_rad - self.from_radius_rad;
        globe.visit_cap((self.from + self.to).normalize_or(self.from), bound, |i, at| {
            let t = ((at - self.from).dot(along) / length_squared).clamp(0.0, 1.0);
            let nearest = (self.from + along * t).normalize_or(self.from);
            let depth = (self.from_radius_rad + taper * t - angle(at, nearest)).to_degrees();
            if depth > field[i] {
                field[i] = depth;
            }
        });
    }
}

/// The capsules of a chain of beads; a chain of one bead is a disc.
pub(super) fn chain(beads: &[Bead]) -> Vec<Capsule> {
    let capsule = |a: &Bead, b: &Bead| Capsule {
        from: direction(a[0], a[1]),
        to: direction(b[0], b[1]),
        from_radius_rad: a[2].to_radians(),
        to_radius_rad: b[2].to_radians(),
    };
    match beads {
        [only] => vec![capsule(only, only)],
        _ => beads.windows(2).map(|pair| capsule(&pair[0], &pair[1])).collect(),
    }
}

/// The depth in degrees inside any of the capsules, at every texel; `-reach_deg` far away.
pub(super) fn depths(globe: &Globe, capsules: &[Capsule], reach_deg: f32) -> Vec<f32> {
    let mut field = vec![-reach_deg; globe.len()];
    for capsule in capsules {
        capsule.stamp(globe, reach_deg, &mut field);
    }
    field
}

/// [`depths`] of broad chains: worked out on a quarter of the map, then enlarged.
pub(super) fn broad(globe: &Globe, chains: &[&[Bead]], reach_deg: f32) -> Vec<f32> {
    let quarter = globe.quarter();
    let capsules: Vec<Capsule> = chains.iter().flat_map(|beads| chain(beads)).collect();
    globe.enlarge(&quarter, &depths(&quarter, &capsules, reach_deg))
}

/// A line that sets out from `start` and bends a little at every step: a crack, a ray, a groove.
pub(super) struct Wander {
    pub(super) start: Vec3,
    /// Degrees clockwise from north.
    pub(super) heading_deg: f32,
    pub(super) length_deg: f32,
    /// The most one step of about 2.5° turns, degrees.
    pub(super) turn_deg: f32,
    /// Half-widths at the start and at the end.
    pub(super) radii_deg: [f32; 2],
}

impl Wander {
    pub(super) fn capsules(&self, dice: &mut Dice) -> Vec<Capsule> {
        let steps = ((self.length_deg / 2.5) as usize).clamp(1, 64);
        let step_rad = (self.length_deg / steps as f32).to_radians();
        let north = (Vec3::Z - self.start * self.start.z).normalize_or(Vec3::X);
        let east = north.cross(self.start);
        let (sin, cos) = self.heading_deg.to_radians().sin_cos();
        let (mut at, mut ahead) = (self.start, north * cos + east * sin);
        let radius = |i: usize| {
            let t = i as f32 / steps as f32;
            (self.radii_deg[0] + (self.radii_deg[1] - self.radii_deg[0]) * t).to_radians()
        };
        (0..steps)
            .map(|i| {
                let (sin, cos) = (dice.between(-1.0, 1.0) * self.turn_deg).to_radians().sin_cos();
                ahead = (ahead * cos + at.cross(ahead) * sin).normalize_or(ahead);
                let from = at;
                at = (from * step_rad.cos() + ahead * step_rad.sin()).normalize_or(from);
                ahead = (ahead - at * ahead.dot(at)).normalize_or(ahead);
                Capsule { from, to: at, from_radius_rad: radius(i), to_radius_rad: radius(i + 1) }
            })
            .collect()
    }
}
