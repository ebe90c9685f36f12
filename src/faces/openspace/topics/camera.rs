//! `camera`: above which place of the focus the camera is, and which way it looks.

use serde_json::{Value as Json, json};

use super::super::message::{Complaint, Payload};
use super::{Changing, Goes, Now, Out, Topic};

/// Units of length as OpenSpace names them, metres; from each on the next is used.
const UNITS: [(f64, &str); 12] = [
    (1.0, "meter"),
    (1e3, "km"),
    // IAU 2012.
    (149_597_870_700.0, "AU"),
    (LIGHT_S * 3_600.0, "Lighthour"),
    (LIGHT_S * 86_400.0, "Lightday"),
    // A twelfth of a Julian year.
    (LIGHT_S * 2_629_800.0, "Lightmonth"),
    (LIGHT_S * 31_557_600.0, "Lightyear"),
    (PARSEC_M, "Parsec"),
    (1e3 * PARSEC_M, "Kiloparsec"),
    (1e6 * PARSEC_M, "Megaparsec"),
    (1e9 * PARSEC_M, "Gigaparsec"),
    (f64::INFINITY, ""),
];

/// How far light goes in a second, metres.
const LIGHT_S: f64 = 299_792_458.0;

/// IAU 2015 resolution B2, metres.
const PARSEC_M: f64 = 3.085_677_581_491_367e16;

#[derive(Default)]
pub(super) struct Camera(Changing);

impl Topic for Camera {
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        self.0.hear(payload, told(now), out)
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        self.0.look(told(now), out);
    }
}

/// Where the camera is; above a focus that is no body, over latitude and longitude 0.
fn told(now: &Now) -> Option<Json> {
    let view = now.snapshot.navigation.as_ref()?;
    let altitude_m = view.altitude_m.unwrap_or(view.distance_m);
    let (altitude, unit) = simplified(altitude_m);
    let (latitude, longitude) = view.above_deg.unwrap_or_default();
    let (heading_deg, pitch_deg) = view.looks_deg.unwrap_or((0.0, -90.0));
    let (to_east, to_north) = heading_deg.to_radians().sin_cos();
    let (sun_latitude, sun_longitude) = view.sun_above_deg.unwrap_or_default();
    Some(json!({
        "latitude": latitude,
        "longitude": longitude,
        "altitude": altitude,
        "altitudeUnit": unit,
        "altitudeMeters": altitude_m,
        "viewLatitude": to_north,
        "viewLongitude": to_east,
        "viewLength": pitch_deg.to_radians().cos(),
        "subSolarLatitude": sun_latitude,
        "subSolarLongitude": sun_longitude,
    }))
}

/// A length in the largest unit that it has one of, and that unit's name.
fn simplified(metres: f64) -> (f64, String) {
    let next = UNITS.iter().position(|(unit, _)| metres.abs() < *unit).unwrap_or(UNITS.len() - 1);
    let (unit_m, name) = UNITS[next.saturating_sub(1)];
    let count = metres / unit_m;
    let plural = if count == 1.0 || matches!(name, "km" | "AU") { "" } else { "s" };
    (count, format!("{name}{plural}"))
}
