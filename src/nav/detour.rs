//! Around what stands in the way: a flight is bent to one side of a globe, softly, over a length as
//! great as the room there is.

use glam::DVec3;
use skyreel_core::pose::NodeName;

/// How far from a globe's centre a flight passes at least, in radii, where it was bent.
const BERTH: f64 = 2.5;
/// Nearer than this, in radii from the centre, a way needs to be bent.
const TOO_NEAR: f64 = 1.5;

/// A globe in the way, at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Globe {
    pub node_m: DVec3,
    pub radius_m: f64,
}

/// A bend to one side of a globe. Settled when a flight is planned, so that it keeps to its side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Detour {
    pub node: NodeName,
    /// Unit length, world axes.
    pub side: DVec3,
    /// How far, right beside the globe, metres.
    pub push_m: f64,
}

impl Detour {
    /// The bend that a way needs which comes that near: `nearest_m` and `heading` are the way's nearest
    /// place and direction there, from the globe's centre. `None` where it need not be bent.
    pub fn needed(
        node: &NodeName,
        globe: &Globe,
        nearest_m: DVec3,
        heading: DVec3,
        ends_m: [DVec3; 2],
    ) -> Option<Self> {
        let distance_m = nearest_m.length();
        if distance_m >= TOO_NEAR * globe.radius_m {
            return None;
        }
        let square = |v: DVec3| v - heading * heading.dot(v);
        let side = square(nearest_m)
            .try_normalize()
            .filter(|_| distance_m > 1e-3 * globe.radius_m)
            .unwrap_or_else(|| heading.any_orthonormal_vector());
        let bend = bend(globe, nearest_m, ends_m).max(0.1);
        let push_m = (BERTH * globe.radius_m - distance_m) / bend;
        Some(Self { node: node.clone(), side, push_m })
    }

    /// What it adds to a place of the way. Places are relative to the globe's centre, world axes;
    /// nothing is added at the way's ends.
    pub fn at(&self, globe: &Globe, place_m: DVec3, ends_m: [DVec3; 2]) -> DVec3 {
        self.side * self.push_m * bend(globe, place_m, ends_m)
    }
}

fn bend(globe: &Globe, place_m: DVec3, ends_m: [DVec3; 2]) -> f64 {
    let room_m = ends_m.map(|end_m| (end_m.length() - globe.radius_m).max(globe.radius_m * 1e-3));
    let width_m = (0.3 * room_m[0].min(room_m[1])).max(2.0 * globe.radius_m);
    let beside = (-(place_m.length() / width_m).powi(2)).exp();
    let leave = |end: usize| {
        let x = (place_m.distance(ends_m[end]) / (room_m[end] / 2.0)).min(1.0);
        // Flat at both ends, of the acceleration too.
        x * x * x * (x * (x * 6.0 - 15.0) + 10.0)
    };
    beside * leave(0) * leave(1)
}
