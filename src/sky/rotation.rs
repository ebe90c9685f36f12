//! From rotation elements and a date to the way a body is turned.

use glam::DQuat;

use crate::axes::{Moment, equatorial_from_pole, galactic_from_equatorial};
use crate::body::RotationElements;

/// Takes a body's own axes (+z north pole, +x latitude 0 longitude 0) to the world's.
pub(crate) fn world_from_body(elements: &RotationElements, moment: Moment) -> DQuat {
    let centuries = moment.centuries_held();
    let mut right_ascension = elements.pole_ra_deg.0 + elements.pole_ra_deg.1 * centuries;
    let mut declination = elements.pole_dec_deg.0 + elements.pole_dec_deg.1 * centuries;
    let (at_j2000, per_day, per_century2) = elements.meridian_deg;
    // Whole turns are taken off before anything is added: far from J2000 they cost the most digits.
    let mut meridian =
        at_j2000 + (per_day * moment.days).rem_euclid(360.0) + per_century2 * centuries * centuries;
    for term in &elements.terms {
        let (at_j2000, per_century, per_century2) = term.angle_deg;
        let angle =
            at_j2000 + per_century * moment.centuries() + per_century2 * centuries * centuries;
        let (sin, cos) = angle.to_radians().sin_cos();
        right_ascension += term.ra_sin * sin;
        declination += term.dec_cos * cos;
        meridian += term.meridian_sin * sin + term.meridian_cos * cos;
    }
    let world_from_body = galactic_from_equatorial()
        * equatorial_from_pole(right_ascension.to_radians(), declination.to_radians())
        * DQuat::from_rotation_z(meridian.to_radians());
    world_from_body.normalize()
}
