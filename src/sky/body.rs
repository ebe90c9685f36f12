//! What a body is by itself: its size, and how it turns.

use serde::{Deserialize, Serialize};

/// Size and rotation of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Radii along the body's own x (latitude 0, longitude 0), y and z (north pole), metres.
    pub radii_m: [f64; 3],
    /// How it turns; absent: as its parent does.
    #[serde(default)]
    pub rotation: Option<RotationElements>,
}

impl Body {
    /// The largest of the radii, metres.
    pub fn largest_radius_m(&self) -> f64 {
        self.radii_m.into_iter().fold(0.0, f64::max)
    }
}

/// IAU rotation elements, angles in degrees, J2000 equatorial, TDB, as the reports of the IAU Working
/// Group on Cartographic Coordinates and Rotational Elements give them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotationElements {
    /// Right ascension of the north pole: at J2000, and per Julian century.
    pub pole_ra_deg: (f64, f64),
    /// Declination of the north pole: at J2000, and per Julian century.
    pub pole_dec_deg: (f64, f64),
    /// Angle W from the equator's node to the prime meridian: at J2000, per day, per century².
    pub meridian_deg: (f64, f64, f64),
    /// Periodic terms.
    #[serde(default)]
    pub terms: Vec<RotationTerm>,
}

/// A periodic term of a body's rotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RotationTerm {
    /// The term's angle, degrees: at J2000, per Julian century, per century².
    pub angle_deg: (f64, f64, f64),
    /// What the angle's sine adds to the pole's right ascension, degrees.
    #[serde(default)]
    pub ra_sin: f64,
    /// What the angle's cosine adds to the pole's declination, degrees.
    #[serde(default)]
    pub dec_cos: f64,
    /// What the angle's sine adds to the prime meridian, degrees.
    #[serde(default)]
    pub meridian_sin: f64,
    /// What the angle's cosine adds to the prime meridian, degrees.
    #[serde(default)]
    pub meridian_cos: f64,
}
