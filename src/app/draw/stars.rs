//! The stars of the Hipparcos catalogue as points to paint.

use bytemuck::{Pod, Zeroable};
use skyreel_sky::axes::GALACTIC_FROM_EQUATORIAL;
use star_catalog::{Catalog, Star};

/// Fainter stars than this are left out: 15,000 remain, a little more than the keenest eye sees.
const FAINTEST_MAGNITUDE: f32 = 7.0;

/// Where stars without a measured distance are put: far enough not to move, parsecs.
const UNKNOWN_DISTANCE_PC: f64 = 1000.0;

const LIGHT_YEARS_A_PARSEC: f64 = 3.261_563_777;

/// `Star` of `stars.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct StarPoint {
    /// From the barycentre, parsecs, world axes.
    pub position_pc: [f32; 3],
    /// Magnitude from ten parsecs.
    pub absolute_magnitude: f32,
    /// Linear.
    pub colour: [f32; 3],
    /// Padding.
    pub pad: f32,
}

/// The catalogue's stars, brightest last, so that they are painted over the others.
pub fn points() -> Vec<StarPoint> {
    // The catalogue is part of its crate; a version without it would have no stars to show.
    let Ok(catalog) = Catalog::load_catalog("hipp_bright", FAINTEST_MAGNITUDE) else {
        return Vec::new();
    };
    let mut stars: Vec<&Star> = catalog.iter_stars().collect();
    stars.sort_by(|a, b| b.magnitude().total_cmp(&a.magnitude()).then(a.id().cmp(&b.id())));
    stars.into_iter().map(point).collect()
}

fn point(star: &Star) -> StarPoint {
    let measured_pc = f64::from(star.distance()) / LIGHT_YEARS_A_PARSEC;
    let distance_pc = if measured_pc > 0.1 { measured_pc } else { UNKNOWN_DISTANCE_PC };
    let place = GALACTIC_FROM_EQUATORIAL * glam::DVec3::from_array(*star.vector()) * distance_pc;
    let absolute = f64::from(star.magnitude()) - 5.0 * (distance_pc.log10() - 1.0);
    StarPoint {
        position_pc: place.as_vec3().to_array(),
        absolute_magnitude: absolute as f32,
        colour: colour(star.bv()),
        pad: 0.0,
    }
}

/// Linear colour of a star by its B−V index: temperature by Ballesteros 2012, then the hue of a
/// black body (a fit good to what an eye can tell), brightest channel 1.
fn colour(bv: f32) -> [f32; 3] {
    let bv = bv.clamp(-0.4, 2.0);
    let kelvin = 4600.0 * (1.0 / (0.92 * bv + 1.7) + 1.0 / (0.92 * bv + 0.62));
    let warm = ((6600.0 - kelvin) / 4200.0).clamp(0.0, 1.0);
    let cold = ((kelvin - 6600.0) / 9000.0).clamp(0.0, 1.0);
    [1.0 - 0.42 * cold, 1.0 - 0.42 * warm - 0.22 * cold, 1.0 - 0.78 * warm]
}
