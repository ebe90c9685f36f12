//! Impact craters: one crater's bowl, a population of them, the rays of young ones. No named place.

use glam::Vec3;

use super::dice::Dice;
use super::globe::{Globe, angle, direction};
use super::shape::{Capsule, Wander};

/// One crater. `fresh` from 0 (worn flat) to 1 (sharp and bright).
#[derive(Clone, Copy)]
pub(super) struct Crater {
    pub(super) centre: Vec3,
    pub(super) radius_rad: f32,
    pub(super) fresh: f32,
}

/// What craters did to a surface, a value for each texel.
pub(super) struct Pitted {
    /// Height over the mean surface, radii of the body (exaggerated as `RELIEF_SPAN_RADII` says).
    pub(super) relief: Vec<f32>,
    /// Brightening (positive) and darkening of the ground, about -1..1.
    pub(super) tone: Vec<f32>,
    /// The radius from which craters hardly get deeper with size: small where gravity is strong.
    pub(super) simple_below_rad: f32,
}

impl Crater {
    pub(super) fn at(lat_deg: f32, lon_deg: f32, radius_deg: f32, fresh: f32) -> Self {
        Self { centre: direction(lat_deg, lon_deg), radius_rad: radius_deg.to_radians(), fresh }
    }

    /// Rays thrown out over `length_deg`, thinning outwards; none where `count` is 0.
    pub(super) fn rays(&self, count: usize, length_deg: f32, seed: u64) -> Vec<Capsule> {
        let mut dice = Dice::new(seed);
        let radius_deg = self.radius_rad.to_degrees();
        (0..count)
            .flat_map(|i| {
                let heading_deg = (i as f32 + dice.between(-0.4, 0.4)) * 360.0 / count as f32;
                let (wide, share) = (dice.between(0.2, 0.6), dice.unit());
                let ray = Wander {
                    start: self.centre,
                    heading_deg,
                    length_deg: length_deg * (0.25 + 0.75 * share * share),
                    turn_deg: 1.5,
                    radii_deg: [radius_deg * wide, radius_deg * wide * 0.15],
                };
                ray.capsules(&mut dice)
            })
            .collect()
    }
}

impl Pitted {
    pub(super) fn new(globe: &Globe) -> Self {
        Self {
            relief: vec![0.0; globe.len()],
            tone: vec![0.0; globe.len()],
            simple_below_rad: 0.04,
        }
    }

    /// Digs one crater: a bowl (flat-floored and relatively shallower when large), a rim, a skirt of ejecta.
    /// Craters smaller than a texel are left out.
    pub(super) fn dig(&mut self, globe: &Globe, crater: &Crater) {
        let radius = crater.radius_rad;
        if radius < 0.75 * globe.step_rad() {
            return;
        }
        // Small craters are a fifth as deep as wide; beyond a certain size depth hardly grows any more.
        let depth =
            0.62 * radius / (1.0 + radius / self.simple_below_rad) * (0.35 + 0.65 * crater.fresh);
        let floor = 1.0 - smooth_size(radius) * 0.35;
        let peak = if radius > 0.012 && radius < 0.06 { 0.3 * crater.fresh } else { 0.0 };
        globe.visit_cap(crater.centre, radius * 1.9, |i, at| {
            let d = angle(at, crater.centre) / radius;
            let skirt = ((1.9 - d) * (1.0 / 0.9)).clamp(0.0, 1.0);
            let (height, tone) = if d < 1.0 {
                let bowl = (d * d - 1.0) * 1.25;
                let bump = peak * (1.0 - d * 5.0).max(0.0);
                (bowl.max(-floor) + 0.3 + bump, 0.9 * d * d - 0.45)
            } else {
                (0.3 * skirt * skirt * skirt, 0.45 * skirt * skirt)
            };
            // Inside, a new crater wipes out part of what was there before.
            if d < 1.0 {
                self.relief[i] *= 0.35 + 0.65 * d * d;
                self.tone[i] *= 0.5 + 0.5 * d * d;
            }
            self.relief[i] += height * depth;
            self.tone[i] += tone * crater.fresh;
        });
    }
}

fn smooth_size(radius_rad: f32) -> f32 {
    (radius_rad / 0.05).min(1.0)
}

/// `count` craters over the whole globe, largest classes rare: the number larger than r falls as r^-2, as on old
/// highlands. Given in no order of size, so that young small ones lie inside old large ones and the reverse.
pub(super) fn population(
    seed: u64,
    count: usize,
    radii_deg: [f32; 2],
) -> impl Iterator<Item = Crater> {
    let mut dice = Dice::new(seed);
    let [smallest, largest] = radii_deg;
    let share = 1.0 - (smallest / largest).powi(2);
    (0..count).map(move |_| {
        let radius_deg = smallest / (1.0 - dice.unit() * share).max(1e-6).sqrt();
        let fresh = dice.unit();
        Crater {
            centre: dice.direction(),
            radius_rad: radius_deg.to_radians(),
            fresh: fresh * fresh,
        }
    })
}
