//! Motion on a precessing ellipse.

use glam::{DQuat, DVec3};
use serde::{Deserialize, Serialize};

use crate::axes::{CENTURY_DAYS, Moment, equatorial_from_pole, galactic_from_equatorial};

/// Mean elements of an orbit around the parent. Angles in degrees; pairs are the value at the epoch
/// and its change per day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orbit {
    /// Epoch, Julian date (TDB).
    #[serde(default = "j2000")]
    pub epoch_jd: f64,
    /// J2000 right ascension and declination of the reference plane's pole. Angles in the plane are
    /// counted from its ascending node on the J2000 equator.
    pub pole_deg: (f64, f64),
    /// Half the ellipse's length, metres.
    pub semi_major_axis_m: f64,
    /// Eccentricity, at least 0 and less than 1.
    pub eccentricity: f64,
    /// Inclination to the reference plane.
    pub inclination_deg: f64,
    /// Longitude of the ascending node.
    pub node_deg: (f64, f64),
    /// Argument of the periapsis, from the node.
    pub periapsis_deg: (f64, f64),
    /// Mean longitude: node, periapsis and mean anomaly together.
    pub mean_longitude_deg: (f64, f64),
    /// Periodic changes of the mean longitude.
    #[serde(default)]
    pub librations: Vec<Libration>,
    /// What the mean longitude gains by a tide, degrees per Julian century², counted from the epoch.
    #[serde(default)]
    pub acceleration_deg_per_century2: f64,
}

/// A periodic change of a mean longitude: `amplitude_deg * sin(angle_deg.0 + angle_deg.1 * T)`, T in
/// Julian centuries past J2000.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Libration {
    /// How far it swings to either side, degrees.
    pub amplitude_deg: f64,
    /// Angle at J2000, degrees, and its change per Julian century.
    pub angle_deg: (f64, f64),
}

fn j2000() -> f64 {
    2_451_545.0
}

/// The turn from an orbit's reference plane to the world, made once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OrbitPlane(DQuat);

impl OrbitPlane {
    pub fn of(orbit: &Orbit) -> Self {
        let (ra, dec) = orbit.pole_deg;
        let turn = equatorial_from_pole(ra.to_radians(), dec.to_radians());
        Self((galactic_from_equatorial() * turn).normalize())
    }

    /// The body from its parent, world axes, metres.
    pub fn offset_m(self, orbit: &Orbit, moment: Moment) -> DVec3 {
        let days = moment.days - (orbit.epoch_jd - j2000());
        let at = |(value, rate): (f64, f64)| value + (rate * days).rem_euclid(360.0);
        let (node, periapsis) = (at(orbit.node_deg), at(orbit.periapsis_deg));
        let centuries = (days / CENTURY_DAYS).clamp(-60.0, 60.0);
        let mut mean_longitude = at(orbit.mean_longitude_deg)
            + orbit.acceleration_deg_per_century2 * centuries * centuries;
        for libration in &orbit.librations {
            let (angle, rate) = libration.angle_deg;
            let angle = angle + rate * moment.days / CENTURY_DAYS;
            mean_longitude += libration.amplitude_deg * angle.to_radians().sin();
        }
        let mean_anomaly = mean_longitude - node - periapsis;
        let angles = [orbit.inclination_deg, node, periapsis, mean_anomaly].map(|a| a.to_radians());
        self.0 * on_ellipse(orbit.semi_major_axis_m, orbit.eccentricity, angles)
    }
}

/// A place on an ellipse, in the units of its half length and the axes of its reference plane.
/// `angles`: inclination, node, periapsis, mean anomaly, radians.
pub(super) fn on_ellipse(semi_major_axis: f64, eccentricity: f64, angles: [f64; 4]) -> DVec3 {
    let [inclination, node, periapsis, mean_anomaly] = angles;
    let (sin, cos) = eccentric_anomaly(mean_anomaly, eccentricity).sin_cos();
    let x = semi_major_axis * (cos - eccentricity);
    let y = semi_major_axis * (1.0 - eccentricity * eccentricity).max(0.0).sqrt() * sin;
    let (peri_sin, peri_cos) = periapsis.sin_cos();
    let (x, y) = (x * peri_cos - y * peri_sin, x * peri_sin + y * peri_cos);
    let (inc_sin, inc_cos) = inclination.sin_cos();
    let (node_sin, node_cos) = node.sin_cos();
    DVec3::new(
        x * node_cos - y * inc_cos * node_sin,
        x * node_sin + y * inc_cos * node_cos,
        y * inc_sin,
    )
}

/// Kepler's equation by Newton's method, a fixed number of steps at most.
fn eccentric_anomaly(mean_anomaly: f64, eccentricity: f64) -> f64 {
    let mean = mean_anomaly.rem_euclid(std::f64::consts::TAU);
    // From π every step stays on the same side for any eccentricity below 1.
    let mut anomaly =
        if eccentricity < 0.5 { mean + eccentricity * mean.sin() } else { std::f64::consts::PI };
    for _ in 0..12 {
        let (sin, cos) = anomaly.sin_cos();
        let step = (anomaly - eccentricity * sin - mean) / (1.0 - eccentricity * cos);
        anomaly -= step;
        if step.abs() < 1e-13 {
            break;
        }
    }
    anomaly
}
