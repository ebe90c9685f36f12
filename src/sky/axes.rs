//! The fixed frames and the moments in which the sky is reckoned. No bodies in here.

use glam::{DMat3, DQuat, DVec3};
use skyreel_core::time::SimTime;

/// Metres in an astronomical unit (IAU 2012 resolution B2).
pub const AU_M: f64 = 149_597_870_700.0;

/// Days in a Julian century.
pub(crate) const CENTURY_DAYS: f64 = 36_525.0;

/// Takes J2000 equatorial (ICRF) vectors to the world's galactic axes.
pub const GALACTIC_FROM_EQUATORIAL: DMat3 = DMat3::from_cols(
    DVec3::new(-0.054_875_560_416_215_4, 0.494_109_427_875_583_7, -0.867_666_149_019_004_7),
    DVec3::new(-0.873_437_090_234_885, -0.444_829_629_960_011_2, -0.198_076_373_431_201_5),
    DVec3::new(-0.483_835_015_548_713_2, 0.746_982_244_497_219, 0.455_983_776_175_066_9),
);

/// Takes vectors of the dynamical ecliptic and equinox of J2000, in which VSOP87 and ELP give their
/// positions, to J2000 equatorial ones (Bretagnon & Francou 1988, section 6).
pub const EQUATORIAL_FROM_ECLIPTIC: DMat3 = DMat3::from_cols(
    DVec3::new(1.0, -0.000_000_479_966, 0.0),
    DVec3::new(0.000_000_440_360, 0.917_482_137_087, 0.397_776_982_902),
    DVec3::new(-0.000_000_190_919, -0.397_776_982_902, 0.917_482_137_087),
);

/// The rotation of [`GALACTIC_FROM_EQUATORIAL`].
pub(crate) fn galactic_from_equatorial() -> DQuat {
    DQuat::from_mat3(&GALACTIC_FROM_EQUATORIAL).normalize()
}

/// Takes axes whose z is the pole at that right ascension and declination (radians), and whose x is
/// the ascending node of their equator on the J2000 equator, to J2000 equatorial axes.
pub(crate) fn equatorial_from_pole(right_ascension: f64, declination: f64) -> DQuat {
    use std::f64::consts::FRAC_PI_2;
    DQuat::from_rotation_z(right_ascension + FRAC_PI_2)
        * DQuat::from_rotation_x(FRAC_PI_2 - declination)
}

/// A date, as the theories reckon it. Never so far away that a formula overflows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment {
    /// Days past J2000 (TDB).
    pub days: f64,
}

/// Beyond this many days (2.7 thousand million years) everything stands still.
const FARTHEST_DAYS: f64 = 1e12;

/// Polynomials in time are not followed beyond this many centuries from J2000: VSOP87's were made
/// for four to six thousand years, and would leave the solar system soon after.
const FARTHEST_CENTURIES: f64 = 60.0;

impl Moment {
    pub fn of(time: SimTime) -> Self {
        let days = time.as_tdb_secs() / 86_400.0;
        Self { days: days.clamp(-FARTHEST_DAYS, FARTHEST_DAYS) }
    }

    /// Julian centuries past J2000.
    pub fn centuries(self) -> f64 {
        self.days / CENTURY_DAYS
    }

    /// Julian centuries past J2000 for polynomials, held where those end.
    pub fn centuries_held(self) -> f64 {
        self.centuries().clamp(-FARTHEST_CENTURIES, FARTHEST_CENTURIES)
    }
}
