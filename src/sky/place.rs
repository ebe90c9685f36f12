//! Latitude, longitude and altitude above a body, and back. No time and no scene in here.

use glam::DVec3;
use serde::{Deserialize, Serialize};

/// A place above a body, planetocentric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Angle from the equator to the line from the body's centre, −90 to 90, degrees.
    pub latitude_deg: f64,
    /// East of the prime meridian, above −180 and up to 180, degrees; 0 above a pole.
    pub longitude_deg: f64,
    /// Height above the ellipsoid along the line from the centre, metres.
    pub altitude_m: f64,
}

impl Place {
    /// The place of a point given in a body's own axes, metres from its centre.
    ///
    /// The centre itself lies below latitude 0, longitude 0.
    pub fn of(point_m: DVec3, radii_m: [f64; 3]) -> Self {
        let distance_m = point_m.length();
        let Some(direction) = point_m.try_normalize() else {
            return Self { altitude_m: -surface_m(DVec3::X, radii_m), ..Self::default() };
        };
        let longitude_deg = direction.y.atan2(direction.x).to_degrees();
        Self {
            // Not asin of z: near the poles it would lose half the digits.
            latitude_deg: direction.z.atan2(direction.x.hypot(direction.y)).to_degrees(),
            longitude_deg: if longitude_deg <= -180.0 { 180.0 } else { longitude_deg },
            altitude_m: distance_m - surface_m(direction, radii_m),
        }
    }

    /// The point in a body's own axes, metres from its centre.
    pub fn point_m(self, radii_m: [f64; 3]) -> DVec3 {
        let (lat_sin, lat_cos) = self.latitude_deg.to_radians().sin_cos();
        let (lon_sin, lon_cos) = self.longitude_deg.to_radians().sin_cos();
        let direction = DVec3::new(lat_cos * lon_cos, lat_cos * lon_sin, lat_sin);
        direction * (surface_m(direction, radii_m) + self.altitude_m)
    }
}

/// Distance from the centre of an ellipsoid to its surface along a unit vector, metres.
pub fn surface_m(direction: DVec3, radii_m: [f64; 3]) -> f64 {
    let stretched = (direction / DVec3::from_array(radii_m)).length();
    if stretched > 0.0 { stretched.recip() } else { 0.0 }
}
