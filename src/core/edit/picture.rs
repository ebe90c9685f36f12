//! How far apart two pictures are: the largest way that anything seen in both can have moved.

use std::f64::consts::PI;

use glam::{DQuat, DVec3};

use crate::pose::{AnchoredPose, NodeName};
use crate::recording::{DEFAULT_VFOV_DEG, View};
use crate::smooth::rotation_between;
use crate::wording::Surroundings;

use super::radius_m;

/// The picture that errors are told of: so many pixels high, and 16 to 9.
const HEIGHT_PX: f64 = 1080.0;
const WIDTH_TO_HEIGHT: f64 = 16.0 / 9.0;

/// Of a globe's radius: nearer to its surface than that, or below it, nothing is taken to be. 64 m on
/// the Earth, whose mountains and flattening a radius does not tell of.
const LEAST_OF_RADIUS: f64 = 1e-5;

/// The same for a node without a surface, metres.
const LEAST_M: f64 = 1.0;

/// Where a camera is, in the axes of its anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Camera minus anchor, metres.
    pub position_m: DVec3,
    /// Camera space to the anchor's axes, unit length.
    pub rotation: DQuat,
}

impl From<&AnchoredPose> for Place {
    fn from(pose: &AnchoredPose) -> Self {
        Self { position_m: pose.position_m, rotation: pose.rotation }
    }
}

/// What turns a difference of places into pixels.
///
/// Two cameras at one moment, relative to one anchor. A thing at least `d` from both is seen from
/// them in directions that differ by at most `2 asin(|x₁ − x₂| / 2d)`; to that comes the angle between
/// the two rotations. On a flat picture an angle is longest in the corner, where it is
/// `(h / 2 tan(v / 2)) · (1 + tan² c)` pixels a radian, with `v` the vertical field of view, `h` = 1080
/// and `c` the corner's angle from the middle. Everything seen in both pictures lies within `c`, which
/// is a convex cone: so the product bounds its displacement, however large it is.
///
/// `d` is the smaller distance to the anchor's surface, at least 10⁻⁵ of its radius; without a known
/// radius the distance to the anchor itself, at least a metre. Its limit: things that are nearer than
/// the anchor (a moon flown past by a camera at its planet) may move by more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Picture {
    px_per_rad: f64,
}

impl Picture {
    /// Of a vertical field of view, degrees; OpenSpace's where none was recorded.
    pub fn new(vfov_deg: Option<f64>) -> Self {
        let half = (vfov_deg.unwrap_or(DEFAULT_VFOV_DEG).to_radians() / 2.0).tan();
        let corner = half * WIDTH_TO_HEIGHT.hypot(1.0);
        Self { px_per_rad: HEIGHT_PX / 2.0 / half * (1.0 + corner * corner) }
    }

    /// Of a view.
    pub fn of(view: &View) -> Self {
        Self::new(view.vfov_deg)
    }

    /// How far anything seen from both places may have moved, pixels.
    pub fn apart_px(&self, a: &Place, b: &Place, radius_m: Option<f64>) -> f64 {
        let way_m = (a.position_m - b.position_m).length();
        let turned = rotation_between(a.rotation, b.rotation).length();
        let shifted = if way_m == 0.0 {
            0.0
        } else {
            let half = way_m / (2.0 * nearest_m(a, radius_m).min(nearest_m(b, radius_m)));
            if half < 1.0 { 2.0 * half.asin() } else { PI }
        };
        self.px_per_rad * (turned + shifted)
    }
}

/// How near anything seen from there is taken to be, metres.
pub(super) fn nearest_m(place: &Place, radius_m: Option<f64>) -> f64 {
    let distance_m = place.position_m.length();
    match radius_m {
        Some(radius_m) => {
            (distance_m - radius_m).max(radius_m * LEAST_OF_RADIUS).max(f64::MIN_POSITIVE)
        }
        None => distance_m.max(LEAST_M),
    }
}

/// The radius of one node, found once.
pub(super) struct Surface<'a> {
    scene: &'a dyn Surroundings,
    last: Option<(NodeName, Option<f64>)>,
}

impl<'a> Surface<'a> {
    pub(super) fn new(scene: &'a dyn Surroundings) -> Self {
        Self { scene, last: None }
    }

    pub(super) fn radius_m(&mut self, node: &NodeName) -> Option<f64> {
        match &self.last {
            Some((known, radius_m)) if known == node => *radius_m,
            _ => {
                let radius_m = radius_m(self.scene, node);
                self.last = Some((node.clone(), radius_m));
                radius_m
            }
        }
    }
}
