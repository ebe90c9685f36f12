//! How much of the day a camera is in: within the air of a globe, on the side that the Sun lights.

use glam::DVec3;
use skyreel_sky::Place;

use super::compose::smoothstep;
use super::globe::GlobeView;

/// From which part of the air's height upwards daylight gives way to the sky beyond: OpenSpace's
/// `AtmosphereDimmingHeight`.
const CLEAR_FROM: f64 = 0.7;

/// Heights of the Sun between which night falls, as sines: 5° and 10° below the horizon, OpenSpace's
/// `AtmosphereDimmingSunsetAngle`.
const DUSK: (f64, f64) = (-0.1736, -0.0872);

/// 0 at night and in space, 1 by day in the air of any of the globes.
pub fn daylight(globes: &[GlobeView]) -> f64 {
    let of = |globe: &GlobeView| {
        let (air_m, _, strength) = globe.air?;
        let camera_m = globe.camera_in_body_m();
        let altitude_m = Place::of(camera_m, globe.radii_m.to_array()).altitude_m;
        let within = 1.0 - smoothstep(CLEAR_FROM, 1.0, altitude_m / air_m);
        let up = -globe.from_camera_m.normalize_or(DVec3::Z);
        let sun_height = up.dot(globe.to_sun_m.normalize_or(DVec3::Z));
        Some(within * smoothstep(DUSK.0, DUSK.1, sun_height) * strength.clamp(0.0, 1.0))
    };
    globes.iter().filter(|globe| globe.shading).filter_map(of).fold(0.0, f64::max)
}
