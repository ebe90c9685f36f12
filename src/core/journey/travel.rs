//! The camera's way: where it leads, how long it is, and how fast the camera goes.
//!
//! Length is logarithmic: going a tenth of the distance to the anchor's centre counts 0.1, be it
//! above a town or among the galaxies, and turning by a radian counts 1. That is how fast a picture
//! changes, and what presenters mean by speed.

use glam::{DQuat, DVec3};

use crate::camera_track::CameraTrack;
use crate::clock_track::ClockTrack;
use crate::frame::FramePose;
use crate::pose::{AnchoredPose, NodeName};
use crate::recording::Recording;
use crate::resolve::{Frames, WorldCamera, WorldFromNode, resolve_pose};
use crate::sample::sample_camera;
use crate::time::{SessionTime, SimTime};
use crate::wording::Surroundings;

use super::KeyId;
use super::key::Key;

/// Nearer to a node than this, metres, distances from it are counted as if from here.
const NEAREST_M: f64 = 1e-3;

/// A point of the camera's way.
#[derive(Clone, Debug, PartialEq)]
pub struct WayPoint {
    /// When.
    pub at: SessionTime,
    /// The node it is relative to.
    pub anchor: NodeName,
    /// Whether it is in the node's own axes, else in the world's.
    pub follow: bool,
    /// From the node, metres.
    pub position_m: [f64; 3],
}

/// Where a camera's key is.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPoint {
    /// Its number.
    pub key: KeyId,
    /// Where.
    pub point: WayPoint,
}

impl KeyPoint {
    /// `None` where it is no camera's.
    pub(super) fn of(key: &Key) -> Option<Self> {
        let pose = key.pose()?;
        let point = WayPoint {
            at: key.at,
            anchor: pose.anchor.clone(),
            follow: pose.follow_rotation,
            position_m: pose.position_m,
        };
        Some(Self { key: key.id, point })
    }
}

/// The way of a recording's camera in a scene.
pub(super) struct Way<'a> {
    pub track: &'a CameraTrack,
    clock: &'a ClockTrack,
    scene: &'a dyn Surroundings,
}

/// The nodes of a scene at a moment.
pub(super) struct At<'a> {
    pub scene: &'a dyn Surroundings,
    pub sim_time: SimTime,
}

impl Frames for At<'_> {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        self.scene.world_from_node(name, self.sim_time)
    }
}

impl<'a> Way<'a> {
    /// `None` where the view has no camera.
    pub fn new(recording: &'a Recording, view: &str, scene: &'a dyn Surroundings) -> Option<Self> {
        let track = &recording.view(view)?.camera;
        let has_any = !track.entries().is_empty();
        has_any.then_some(Self { track, clock: &recording.clock, scene })
    }

    /// The same with another track.
    pub fn along<'b>(&'b self, track: &'b CameraTrack) -> Way<'b> {
        Way { track, clock: self.clock, scene: self.scene }
    }

    pub fn nodes_at(&self, t: SessionTime) -> At<'a> {
        At { scene: self.scene, sim_time: self.clock.sample(t).sim_time }
    }

    pub fn pose(&self, t: SessionTime) -> Option<FramePose> {
        sample_camera(self.track, t)
    }

    /// From the first key to the last.
    fn ends(&self) -> (SessionTime, SessionTime) {
        let end = self.track.end().unwrap_or_default();
        (self.track.due_at(0).min(end), end)
    }

    /// About `n` points, in each stretch as many.
    pub fn points(&self, n: usize) -> Vec<WayPoint> {
        let stretches = self.track.entries().len().saturating_sub(1);
        let each = (n / stretches.max(1)).max(1);
        let mut points = Vec::new();
        for index in 0..stretches {
            let (from, to) = (self.track.due_at(index), self.track.due_at(index + 1));
            if from < to {
                points.extend((0..each).filter_map(|i| self.point(between(from, to, i, each))));
            }
        }
        points.extend(self.point(self.ends().1));
        points
    }

    fn point(&self, at: SessionTime) -> Option<WayPoint> {
        let pose = self.pose(at)?;
        let (anchor, follow, position_m) = match &pose {
            FramePose::One(pose) => (pose.anchor.clone(), pose.follow_rotation, pose.position_m),
            FramePose::Two { .. } => {
                let camera = resolve_pose(&pose, &self.nodes_at(at)).ok()?;
                (camera.anchor, false, camera.offset_m)
            }
        };
        let is_finite = position_m.is_finite();
        is_finite.then(|| WayPoint { at, anchor, follow, position_m: position_m.to_array() })
    }

    /// The mean speed in each of `n` equal parts of the time from the start to the last key.
    pub fn speeds(&self, n: usize) -> Vec<f32> {
        let end = self.ends().1;
        if n == 0 || end <= SessionTime::ZERO {
            return Vec::new();
        }
        let part_s = end.as_secs() / n as f64;
        let moments = (0..=n).map(|i| between(SessionTime::ZERO, end, i, n));
        let lengths = self.lengths(moments);
        lengths.into_iter().map(|length| (length.unwrap_or(0.0) / part_s) as f32).collect()
    }

    /// How long the way is from one moment to another, in so many straight pieces; `None` where it
    /// leads between nodes whose places the scene does not know.
    pub fn length(&self, from: SessionTime, to: SessionTime, pieces: usize) -> Option<f64> {
        let moments = (0..=pieces).map(|i| between(from, to, i, pieces));
        self.lengths(moments).into_iter().sum()
    }

    fn lengths(&self, moments: impl Iterator<Item = SessionTime>) -> Vec<Option<f64>> {
        let poses: Vec<_> = moments.map(|t| (t, self.pose(t))).collect();
        let pieces = poses.windows(2).map(|pair| {
            let [(_, Some(a)), (t, Some(b))] = pair else { return None };
            self.piece(a, b, *t)
        });
        pieces.collect()
    }

    /// How far two poses are apart; where nodes must be known, as they are at `t`.
    fn piece(&self, a: &FramePose, b: &FramePose, t: SessionTime) -> Option<f64> {
        if let (FramePose::One(a), FramePose::One(b)) = (a, b)
            && a.same_frame(b)
        {
            let AnchoredPose { position_m, rotation, .. } = a;
            return Some(apart(*position_m, b.position_m) + turn(*rotation, b.rotation));
        }
        let nodes = self.nodes_at(t);
        let mut around: Vec<DVec3> = Vec::new();
        for pose in [a, b] {
            let poses = match pose {
                FramePose::One(pose) => [pose, pose],
                FramePose::Two { from, to, .. } => [from, to],
            };
            for pose in poses {
                around.push(nodes.world_from_node(pose.anchor.as_str())?.position_m);
            }
        }
        let (a, b) = (resolve_pose(a, &nodes).ok()?, resolve_pose(b, &nodes).ok()?);
        // From the node that is nearest: the two are as far where one takes over from another.
        let from = |camera: &WorldCamera, node: DVec3| -camera.to_camera(node);
        let nearest = around
            .into_iter()
            .min_by(|one, other| from(&a, *one).length().total_cmp(&from(&a, *other).length()))?;
        Some(apart(from(&a, nearest), from(&b, nearest)) + turn(a.rotation, b.rotation))
    }
}

/// How far two places are apart: the logarithm of the ratio of their distances, and the angle between
/// them, as the sides of a right angle.
fn apart(a: DVec3, b: DVec3) -> f64 {
    let (near, far) = (a.length().max(NEAREST_M), b.length().max(NEAREST_M));
    let (a, b) = (a.normalize_or_zero(), b.normalize_or_zero());
    let angle = if a == DVec3::ZERO || b == DVec3::ZERO {
        0.0
    } else {
        a.cross(b).length().atan2(a.dot(b))
    };
    angle.hypot((far / near).ln())
}

/// The angle between two rotations, radians.
pub(super) fn turn(a: DQuat, b: DQuat) -> f64 {
    let between = a.conjugate() * b;
    2.0 * between.xyz().length().atan2(between.w.abs())
}

/// The moment `i` parts of `n` from one moment to another.
pub(super) fn between(from: SessionTime, to: SessionTime, i: usize, n: usize) -> SessionTime {
    let (from, to) = (i128::from(from.as_nanos()), i128::from(to.as_nanos()));
    let at = from + (to - from) * i as i128 / (n.max(1)) as i128;
    SessionTime::from_nanos(i64::try_from(at).unwrap_or(i64::MAX))
}
