//! The Moon by ELP/MPP02 (Chapront & Francou 2003, fitted to DE405), without its small terms.

use glam::DVec3;

use super::series::Series;
use crate::axes::{AU_M, Moment};

/// The Moon's mean longitude W1, radians and powers of Julian centuries.
const MEAN_LONGITUDE: [f64; 5] = [
    3.810_344_090_883_088,
    8_399.684_730_071_93,
    -0.000_033_189_520_425_500_94,
    3.110_249_449_106_061_6e-8,
    -2.032_823_764_892_284_5e-10,
];

/// The theory's P and Q, which take its ecliptic of date to that of J2000 (Laskar 1986).
const P: [f64; 6] =
    [0.0, 0.101_803_91e-4, 0.470_204_39e-6, -0.541_736_7e-9, -0.250_794_8e-11, 0.463_486e-14];
const Q: [f64; 6] =
    [0.0, -0.113_469_002e-3, 0.123_726_74e-6, 0.126_541_70e-8, -0.137_180_8e-11, -0.320_334e-14];

/// The Moon from the Earth, ecliptic of J2000, au.
pub(super) fn geocentric(series: &Series, moment: Moment) -> DVec3 {
    let (t, held) = (moment.centuries(), moment.centuries_held());
    let [longitude_as, latitude_as, distance_km] = series.at(t, held);
    let arcsecond = 1f64.to_radians() / 3_600.0;
    // The mean motion goes on where the polynomial ends.
    let mean = horner(&MEAN_LONGITUDE, held) + MEAN_LONGITUDE[1] * (t - held);
    let (lon_sin, lon_cos) = (mean + longitude_as * arcsecond).sin_cos();
    let (lat_sin, lat_cos) = (latitude_as * arcsecond).sin_cos();
    let of_date = DVec3::new(lon_cos * lat_cos, lon_sin * lat_cos, lat_sin);

    let (p, q) = (horner(&P, held), horner(&Q, held));
    let root = 2.0 * (1.0 - p * p - q * q).max(0.0).sqrt();
    let direction = DVec3::new(
        (1.0 - 2.0 * p * p) * of_date.x + 2.0 * p * q * of_date.y + p * root * of_date.z,
        2.0 * p * q * of_date.x + (1.0 - 2.0 * q * q) * of_date.y - q * root * of_date.z,
        -p * root * of_date.x
            + q * root * of_date.y
            + (1.0 - 2.0 * p * p - 2.0 * q * q) * of_date.z,
    );
    direction * (distance_km * 1e3 / AU_M)
}

fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}
