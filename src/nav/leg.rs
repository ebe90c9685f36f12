//! One leg of a flight: about one node, the direction from it along a great circle and the height
//! above it by a profile, so that the node's own globe is never met. No other node in here.

use glam::{DQuat, DVec3};

use crate::ground::Ground;
use crate::turn::Sweep;

/// Lower heights than this, metres, are not counted in equal ratios.
pub(crate) const LEAST_M: f64 = 1.0;

/// How far a hop over a globe rises: half the way along the ground times this is its top, the way
/// that van Wijk and Nuij ("Smooth and efficient zooming and panning", 2003) found pleasant.
const HOP: f64 = 0.7;

/// Intervals in which the turning is summed up; even, for Simpson's rule.
const INTERVALS: u32 = 64;

/// The height along a leg, its own way 0 to 1, metres.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Profile {
    /// In equal ratios.
    Ratio { from: f64, to: f64 },
    /// Up and down again: a geodesic of the half plane, where a way is counted in heights. Its top,
    /// and the parameter of 1/cosh at its ends.
    Hop { top: f64, from: f64, to: f64 },
    /// Towards another surface at that distance, in ratios of the two heights.
    Between { gap: f64, from: f64, to: f64 },
    /// The other half of that: away from the other surface.
    Beyond { gap: f64, from: f64, to: f64 },
    /// In ratios, but taking over a pace at its start. Logarithms.
    Bend { from: f64, pace: f64, to: f64 },
}

impl Profile {
    /// About a single node, with a way along the ground between the two heights.
    pub fn hop(from_m: f64, to_m: f64, ground_m: f64) -> Self {
        let (from_m, to_m, ground_m) = (from_m.max(LEAST_M), to_m.max(LEAST_M), HOP * ground_m);
        // A half circle through both: where its centre is far out of sight, it is a straight line.
        let centre = (ground_m + (to_m - from_m) / ground_m * (to_m + from_m)) / 2.0;
        if !(ground_m > 0.0 && centre.abs() < 1e6 * from_m.max(to_m)) {
            return Self::Ratio { from: from_m, to: to_m };
        }
        let from = (-centre / from_m).asinh();
        let to = ((ground_m - centre) / to_m).asinh();
        Self::Hop { top: centre.hypot(from_m), from, to }
    }

    /// The height at a part of the leg, metres.
    pub fn height_m(&self, part: f64) -> f64 {
        let lerp = |from: f64, to: f64| from + (to - from) * part;
        match *self {
            Self::Ratio { from, to } => from * (part * (to / from).ln()).exp(),
            Self::Hop { top, from, to } => top / lerp(from, to).cosh(),
            Self::Between { gap, from, to } => gap / (1.0 + (-lerp(from, to)).exp()),
            Self::Beyond { gap, from, to } => gap / (1.0 + lerp(from, to).exp()),
            Self::Bend { from, pace, to } => {
                let (rise, rest) = (to - from, 1.0 - part);
                // Hermite's cubic with the mean pace at its end.
                let way = rise * part * part * (3.0 - 2.0 * part) + pace * part * rest * rest
                    - rise * part * part * rest;
                (from + way).exp()
            }
        }
    }

    /// How long the leg is, in e-folds of height.
    pub fn way(&self) -> f64 {
        match *self {
            Self::Ratio { from, to } => (to / from).ln().abs(),
            Self::Hop { from, to, .. }
            | Self::Between { from, to, .. }
            | Self::Beyond { from, to, .. }
            | Self::Bend { from, to, .. } => (to - from).abs(),
        }
    }
}

/// Where a leg comes to rest in its turning, for another takes over there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    None,
    AtStart,
    AtEnd,
}

/// A way about one node at one moment, in world axes.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub ground: Ground,
    pub from: DVec3,
    pub sweep: Sweep,
    pub profile: Profile,
    pub joint: Joint,
    /// What is left of the heights at its ends, metres, where those are below [`LEAST_M`].
    pub left_m: [f64; 2],
}

impl Leg {
    /// Camera minus node at a part of the leg, and how the direction has turned since its start.
    pub fn at(&self, part: f64) -> (DVec3, DQuat) {
        let turned = self.sweep.part(self.turned(part));
        let direction = turned * self.from;
        let rest = 1.0 - part;
        let left_m = self.left_m[0] * rest * rest + self.left_m[1] * part * part;
        let distance_m = self.ground.surface_m(direction) + self.profile.height_m(part) + left_m;
        (direction * distance_m, turned)
    }

    /// The rotation over the whole leg.
    pub fn whole(&self) -> DQuat {
        self.sweep.part(1.0)
    }

    /// How much of the arc is done: near the ground little, so that the way over it is never fast
    /// against the height.
    fn turned(&self, part: f64) -> f64 {
        if self.sweep.angle() == 0.0 {
            return part;
        }
        let (done, rest) = (self.turning(0.0, part), self.turning(part, 1.0));
        if done + rest > 0.0 { done / (done + rest) } else { part }
    }

    fn turning(&self, from: f64, to: f64) -> f64 {
        let step = (to - from) / f64::from(INTERVALS);
        let sum: f64 = (0..=INTERVALS)
            .map(|i| {
                let weight = match i {
                    0 | INTERVALS => 1.0,
                    i if i % 2 == 1 => 4.0,
                    _ => 2.0,
                };
                weight * self.turning_at(from + step * f64::from(i))
            })
            .sum();
        sum * step / 3.0
    }

    fn turning_at(&self, part: f64) -> f64 {
        let height_m = self.profile.height_m(part);
        let to_joint = match self.joint {
            Joint::None => 1.0,
            Joint::AtStart => 1.0 - (1.0 - part) * (1.0 - part),
            Joint::AtEnd => 1.0 - part * part,
        };
        // Nor fast against the height above another surface that the way goes to.
        let room = match self.profile {
            Profile::Between { gap, .. } | Profile::Beyond { gap, .. } => 1.0 - height_m / gap,
            _ => 1.0,
        };
        to_joint * room * height_m / (self.ground.radius_m() + height_m)
    }
}
