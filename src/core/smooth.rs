//! Ways through sparse keys: through every key without a jump in velocity, with distances from the
//! anchor in equal ratios, so that a flight that rises from the ground does not cut through the globe.
//! Above a flattened globe that the camera turns with, a distance counts in that of the ground below:
//! from the pole to the equator the ground rises by more than a low flight is high.

use std::ops::RangeInclusive;

use glam::{DQuat, DVec3};

use crate::camera_track::{CameraTrack, Path};
use crate::globe::{known_radii_m, surface_distance_m};
use crate::pose::{AnchoredPose, CameraPose, unit_rotation};
use crate::sample::{mix_positions, mix_scales};
use crate::time::lerp;
use crate::value::Easing;

/// Nearer to the anchor than this, metres, a place has no direction from it to speak of.
const AT_ANCHOR_M: f64 = 1e-6;

/// Paces at the ends of an easing that a velocity can be carried through; a curve that starts
/// slower or faster brings the camera to rest in its key.
const CARRIED_PACES: RangeInclusive<f64> = 0.05..=20.0;

/// The pose between entry `index` of the track and the next, which share anchor and following.
/// `weight` is already eased.
pub(crate) fn between(track: &CameraTrack, index: usize, weight: f64) -> AnchoredPose {
    let ground = Ground::below(&track.entries()[index].pose);
    let key = |index: usize| Key::at(track, index, &ground);
    let (from, to) = (key(index), key(index + 1));
    let step = Step::between(&from, &to);
    let span_s = to.at_s - from.at_s;
    let easing = track.entries()[index].leave.easing;
    // A velocity is the same for both segments that meet in a key; each bends time there by its own
    // easing, which its tangent undoes.
    let tangent = |end: End| {
        let velocity = match end {
            End::Start => {
                let previous = index.checked_sub(1).filter(|p| carries_on(track, *p))?;
                Step::between(&key(previous), &from)?.then(step.as_ref()?)
            }
            End::Finish => {
                let next = Some(index + 2).filter(|_| carries_on(track, index))?;
                step.as_ref()?.then(&Step::between(&to, &key(next))?)
            }
        };
        Some(velocity.scaled(span_s / pace(easing, end)?))
    };
    let leaving = tangent(End::Start).unwrap_or_default();
    let arriving = tangent(End::Finish).unwrap_or_default();
    let position_m = match (&from.polar, &to.polar, &step) {
        (Some(near), Some(far), Some(step)) => {
            let aim = DQuat::from_scaled_axis(step.arc);
            let turned = turn(DQuat::IDENTITY, aim, leaving.swing, arriving.swing, weight);
            let (low, high) = (near.log_distance, far.log_distance);
            // Never lower than both keys, also where an easing swings beyond them.
            let log_distance =
                hermite(low, high, leaving.climb, arriving.climb, weight).max(low.min(high));
            let direction = turned * near.direction;
            direction * (log_distance.exp() * ground.distance_m(direction))
        }
        _ => {
            // From rest to rest: no velocity can be carried through a place that has no direction.
            let weight = hermite(0.0, 1.0, 0.0, 0.0, weight);
            mix_positions(from.position_m, to.position_m, weight)
        }
    };
    let pose = |index: usize| &track.entries()[index].pose;
    let scale = |index: usize| f64::from(pose(index).scale);
    AnchoredPose {
        position_m,
        rotation: turn(from.rotation, to.rotation, leaving.spin, arriving.spin, weight),
        scale: mix_scales(scale(index), scale(index + 1), weight),
        anchor: pose(index).anchor.clone(),
        follow_rotation: pose(index).follow_rotation,
    }
}

/// How far beyond the middle of a flight either leg is followed while the other takes over, in
/// logarithms of the distance: far from both nodes still.
const HANDOVER: f64 = 0.3;

/// Between a place near one node and a place near another, as an offset from the first node; it
/// starts and ends at rest.
///
/// From a place near the one to a place near the other it goes by way of the middle: each leg turns
/// about its own node while the distance from it changes in equal ratios, so that neither globe is
/// met, however the places lie. From a place beyond the middle it goes about the nearer node alone.
pub(crate) fn flight(from_m: DVec3, to_m: DVec3, to_anchor_m: DVec3, weight: f64) -> DVec3 {
    let weight = Easing::SineEaseInOut.apply(weight);
    let middle_m = to_anchor_m / 2.0;
    let reach_m = middle_m.length();
    let (near_m, far_m) = (from_m.length(), to_m.length());
    if near_m.max(far_m) >= reach_m {
        return if near_m <= far_m {
            around(from_m, to_anchor_m + to_m, weight)
        } else {
            to_anchor_m + around(from_m - to_anchor_m, to_m, weight)
        };
    }
    let leaving_way = way(from_m, middle_m);
    let whole_way = leaving_way + way(-middle_m, to_m);
    // The time of each leg is as its way.
    let change = leaving_way / whole_way;
    let handover = (HANDOVER / whole_way).min(change / 2.0).min((1.0 - change) / 2.0);
    let leaving = around(from_m, middle_m, weight.min(change + handover) / change);
    let since = weight.max(change - handover) - change;
    let arriving = to_anchor_m + around(-middle_m, to_m, since / (1.0 - change));
    let taken_over = ((weight - change) / handover + 1.0) / 2.0;
    mix_positions(leaving, arriving, hermite(0.0, 1.0, 0.0, 0.0, taken_over.clamp(0.0, 1.0)))
}

/// How far it is from one place to another around the origin: the angle, and the logarithm of the
/// ratio of distances.
fn way(from: DVec3, to: DVec3) -> f64 {
    let (near, far) = (from.length().max(AT_ANCHOR_M), to.length().max(AT_ANCHOR_M));
    let angle = if from.length() < AT_ANCHOR_M || to.length() < AT_ANCHOR_M {
        0.0
    } else {
        arc(from / near, to / far).length()
    };
    // A little is added so that no leg is without any.
    angle + (far / near).ln().abs() + 1e-3
}

/// Around the origin: direction along the great circle, distance in equal ratios.
fn around(from: DVec3, to: DVec3, weight: f64) -> DVec3 {
    let (near, far) = (from.length(), to.length());
    if near < AT_ANCHOR_M || far < AT_ANCHOR_M {
        return mix_positions(from, to, weight);
    }
    let turned = DQuat::from_scaled_axis(arc(from / near, to / far) * weight);
    turned * (from / near) * lerp(near.ln(), far.ln(), weight).exp()
}

struct Key {
    at_s: f64,
    position_m: DVec3,
    /// `None` in the anchor itself.
    polar: Option<Polar>,
    rotation: DQuat,
}

/// A place seen from the anchor.
struct Polar {
    direction: DVec3,
    /// Of the distance in that of the ground below.
    log_distance: f64,
}

/// What distances from an anchor are counted in.
struct Ground {
    /// `None`: metres.
    radii_m: Option<[f64; 3]>,
}

impl Ground {
    /// Metres, but for a flattened globe whose axes the pose has.
    fn below(pose: &CameraPose) -> Self {
        let known = Some(&pose.anchor).filter(|_| pose.follow_rotation);
        let radii_m = known.and_then(|anchor| known_radii_m(anchor.as_str()));
        Self { radii_m: radii_m.filter(|[x, y, z]| x != y || y != z) }
    }

    /// How far out a distance of 1 is in a direction of unit length.
    fn distance_m(&self, direction: DVec3) -> f64 {
        self.radii_m.map_or(1.0, |radii_m| surface_distance_m(radii_m, direction))
    }
}

impl Key {
    fn at(track: &CameraTrack, index: usize, ground: &Ground) -> Self {
        let pose = &track.entries()[index].pose;
        let position_m = DVec3::from_array(pose.position_m);
        let distance_m = position_m.length();
        let polar = || {
            let direction = position_m.normalize();
            Polar { direction, log_distance: (distance_m / ground.distance_m(direction)).ln() }
        };
        Self {
            at_s: track.due_at(index).as_secs(),
            position_m,
            polar: (distance_m >= AT_ANCHOR_M).then(polar),
            rotation: unit_rotation(pose.rotation_wxyz),
        }
    }
}

#[derive(Clone, Copy)]
enum End {
    Start,
    Finish,
}

/// How fast an easing runs at one of its ends, where a velocity can be carried through it.
fn pace(easing: Easing, end: End) -> Option<f64> {
    const STEP: f64 = 1e-6;
    let pace = match end {
        End::Start => easing.apply(STEP) / STEP,
        End::Finish => (1.0 - easing.apply(1.0 - STEP)) / STEP,
    };
    CARRIED_PACES.contains(&pace).then_some(pace)
}

/// Whether the camera goes through the key after entry `index` without a stop: not where the track
/// ends, jumps, or changes what it is relative to.
pub(crate) fn carries_on(track: &CameraTrack, index: usize) -> bool {
    let is_joined = |from: usize, end: End| {
        let entries = track.entries();
        let (Some(a), Some(b)) = (entries.get(from), entries.get(from + 1)) else { return false };
        a.pose.same_frame(&b.pose)
            && a.leave.path == Path::Smooth
            && track.due_at(from) < track.due_at(from + 1)
            && pace(a.leave.easing, end).is_some()
    };
    is_joined(index, End::Finish) && is_joined(index + 1, End::Start)
}

/// How a camera moves: a velocity, or a velocity times a span.
#[derive(Clone, Copy, Default)]
struct Motion {
    /// Of the logarithm of the distance.
    climb: f64,
    /// Of the direction from the anchor, as a rotation vector, radians.
    swing: DVec3,
    /// Of the camera itself, likewise.
    spin: DVec3,
}

impl Motion {
    fn scaled(self, factor: f64) -> Self {
        Self { climb: self.climb * factor, swing: self.swing * factor, spin: self.spin * factor }
    }
}

/// From one key to the next.
struct Step {
    span_s: f64,
    /// From direction to direction, as a rotation vector, radians.
    arc: DVec3,
    /// The mean velocity, a second.
    motion: Motion,
}

impl Step {
    /// `None` where a key has no direction from the anchor.
    fn between(a: &Key, b: &Key) -> Option<Self> {
        let (near, far) = (a.polar.as_ref()?, b.polar.as_ref()?);
        let span_s = b.at_s - a.at_s;
        let arc = arc(near.direction, far.direction);
        let motion = Motion {
            climb: (far.log_distance - near.log_distance) / span_s,
            swing: arc / span_s,
            spin: rotation_between(a.rotation, b.rotation) / span_s,
        };
        Some(Self { span_s, arc, motion })
    }

    /// The velocity, a second, in which a camera goes through the key between this step and the next.
    fn then(&self, next: &Self) -> Motion {
        let (before, after) = (&self.motion, &next.motion);
        let nearness = next.span_s / (self.span_s + next.span_s);
        Motion {
            climb: monotone(before.climb, after.climb),
            swing: carried(before.swing, after.swing, nearness),
            spin: carried(before.spin, after.spin, nearness),
        }
    }
}

/// The velocity in a key: Catmull-Rom's for unequal spans, where the nearer neighbour says more
/// (`nearness` of the one before), but not beyond twice the slower of the two, so that a camera that
/// stays or crawls on one side is not flung past the key by the other.
fn carried(before: DVec3, after: DVec3, nearness: f64) -> DVec3 {
    let slower = before.length().min(after.length());
    (before * nearness + after * (1.0 - nearness)).clamp_length_max(2.0 * slower)
}

/// The slope in a key that keeps a cubic from overshooting its neighbours (Fritsch and Butland 1984).
fn monotone(before: f64, after: f64) -> f64 {
    if before * after <= 0.0 { 0.0 } else { 2.0 / (1.0 / before + 1.0 / after) }
}

fn hermite(from: f64, to: f64, from_tangent: f64, to_tangent: f64, t: f64) -> f64 {
    let (t2, t3) = (t * t, t * t * t);
    from * (2.0 * t3 - 3.0 * t2 + 1.0)
        + from_tangent * (t3 - 2.0 * t2 + t)
        + to * (3.0 * t2 - 2.0 * t3)
        + to_tangent * (t3 - t2)
}

/// A cubic of rotations with the given angular velocities at its ends: cumulative Bézier form
/// (Kim, Kim and Shin 1995, "A general construction scheme for unit quaternion curves").
fn turn(from: DQuat, to: DQuat, leaving: DVec3, arriving: DVec3, t: f64) -> DQuat {
    let (first, last) = (leaving / 3.0, arriving / 3.0);
    let middle = rotation_between(
        DQuat::from_scaled_axis(first) * from,
        DQuat::from_scaled_axis(-last) * to,
    );
    let rest = 1.0 - t;
    let turned = DQuat::from_scaled_axis(last * t.powi(3))
        * DQuat::from_scaled_axis(middle * (t * t * (3.0 - 2.0 * t)))
        * DQuat::from_scaled_axis(first * (1.0 - rest.powi(3)))
        * from;
    turned.normalize()
}

/// The shortest rotation from one rotation to another, as a vector in the outer axes.
pub(crate) fn rotation_between(from: DQuat, to: DQuat) -> DVec3 {
    let between = (to * from.conjugate()).normalize();
    // q and −q are the same rotation; the one with w ≥ 0 is the short way.
    let between = if between.w < 0.0 { -between } else { between };
    // Not `to_scaled_axis`: it takes angles below 2e-8 for none, which is 13 cm on the Earth.
    let (axis, sine) = (between.xyz(), between.xyz().length());
    if sine > 0.0 { axis * (2.0 * sine.atan2(between.w) / sine) } else { DVec3::ZERO }
}

/// The shortest rotation from one direction to another, both of unit length, as a vector.
fn arc(from: DVec3, to: DVec3) -> DVec3 {
    // Not `from_rotation_arc`: it is off by up to 2e-8 near 0 and near 180 degrees.
    let cross = from.cross(to);
    let angle = cross.length().atan2(from.dot(to));
    let opposite = || from.any_orthonormal_vector();
    let axis = cross.try_normalize().unwrap_or_else(opposite);
    // Close to 180 degrees the axis is known badly, but that it is square to `from` is certain.
    (axis - from * from.dot(axis)).try_normalize().unwrap_or_else(opposite) * angle
}
