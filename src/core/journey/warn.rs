//! Where the camera's way leads through a globe.

use std::collections::BTreeSet;

use glam::{DQuat, DVec3};

use crate::camera_track::Path;
use crate::frame::FramePose;
use crate::globe::surface_distance_m;
use crate::pose::NodeName;
use crate::resolve::{Frames, resolve_pose};
use crate::snapshot::KeyWarning;
use crate::time::SessionTime;
use crate::wording::Surroundings;

use super::document::Journey;
use super::key::Key;
use super::travel::{Way, between};

/// So deep below the ground, metres, a camera may be by rounding.
const ROUNDING_M: f64 = 1.0;

/// So many moments are looked at in all, and in a stretch at least and at most.
const MOMENTS: usize = 20_000;
const MOMENTS_EACH: (usize, usize) = (8, 64);

/// Steps of the search for the worst moment: each leaves 0.62 of the time.
const SEARCH_STEPS: usize = 40;

/// A warning for each stretch between two keys in which the camera is below the ground of a globe:
/// of those that the keys are relative to, where the scene knows their radii (and, of others than the
/// one the camera is relative to, their places).
pub(super) fn globes(
    journey: &Journey,
    way: &Way<'_>,
    scene: &dyn Surroundings,
) -> Vec<KeyWarning> {
    let keys: Vec<&Key> = journey.camera_keys().map(|key| &**key).collect();
    let anchors: BTreeSet<&NodeName> =
        keys.iter().filter_map(|key| Some(&key.pose()?.anchor)).collect();
    let globes = anchors.into_iter();
    let globes: Vec<Globe> = globes
        .filter_map(|node| Some(Globe { node, radii_m: scene.radii_m(node.as_str())? }))
        .collect();
    let mut warnings = Vec::new();
    if globes.is_empty() {
        return warnings;
    }
    let entries = way.track.entries();
    let holds = |index: usize| entries.get(index).is_none_or(|e| e.leave.path == Path::Hold);
    let moments = (MOMENTS / keys.len().max(1)).clamp(MOMENTS_EACH.0, MOMENTS_EACH.1);
    for (index, key) in keys.iter().enumerate() {
        let next = keys.get(index + 1).map(|next| next.at);
        // A key at the end or one that is held is a stretch of one moment.
        let end = next.filter(|next| !holds(index) && *next > key.at).unwrap_or(key.at);
        let worst = globes.iter().filter_map(|globe| {
            let (at, altitude_m) = globe.lowest(way, key.at, end, moments)?;
            (altitude_m < -ROUNDING_M).then_some((at, altitude_m, globe))
        });
        // The last key is where the stretch before it leads, unless that is held.
        let before = index.checked_sub(1).filter(|before| next.is_none() && !holds(*before));
        let is_told = before.is_some_and(|before| {
            warnings.last().is_some_and(|told: &KeyWarning| told.key == keys[before].id)
        });
        if let Some((at, altitude_m, globe)) = worst.min_by(|a, b| a.1.total_cmp(&b.1))
            && !is_told
        {
            let text =
                format!("the camera is {} below the ground of {}", metres(-altitude_m), globe.node);
            warnings.push(KeyWarning { key: key.id, at, text });
        }
    }
    warnings
}

struct Globe<'a> {
    node: &'a NodeName,
    radii_m: [f64; 3],
}

impl Globe<'_> {
    /// When the camera is lowest, and how high above the ground it is then; `None` where that cannot
    /// be known.
    fn lowest(
        &self,
        way: &Way<'_>,
        from: SessionTime,
        to: SessionTime,
        moments: usize,
    ) -> Option<(SessionTime, f64)> {
        let count = if from < to { moments } else { 0 };
        // The end itself belongs to the next stretch, which may be relative to another node.
        let last = SessionTime::from_nanos(to.as_nanos() - i64::from(from < to));
        let altitude = |at: SessionTime| Some((at, self.altitude_m(way, at)?));
        let tried = (0..=count).filter_map(|i| Some((i, altitude(between(from, last, i, count))?)));
        let (index, mut lowest) = tried.min_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
        // Golden section between the neighbours: along a straight line there is but one minimum, so
        // that not even a small globe between two moments is missed.
        let nanos = |i: usize| between(from, last, i.min(count), count).as_nanos() as f64;
        let (mut a, mut b) = (nanos(index.saturating_sub(1)), nanos(index + 1));
        for _ in 0..SEARCH_STEPS {
            if b - a < 2.0 {
                break;
            }
            let (low, high) = (b - (b - a) * GOLDEN, a + (b - a) * GOLDEN);
            let at = |nanos: f64| altitude(SessionTime::from_nanos(nanos as i64));
            let (Some(low_at), Some(high_at)) = (at(low), at(high)) else { break };
            let better = if low_at.1 < high_at.1 { low_at } else { high_at };
            if better.1 < lowest.1 {
                lowest = better;
            }
            if low_at.1 < high_at.1 { b = high } else { a = low }
        }
        Some(lowest)
    }

    /// Above the ground, metres.
    fn altitude_m(&self, way: &Way<'_>, at: SessionTime) -> Option<f64> {
        let pose = way.pose(at)?;
        if let FramePose::One(own) = &pose
            && own.anchor == *self.node
        {
            if own.follow_rotation {
                return Some(self.above_m(own.position_m, Some(DQuat::IDENTITY)));
            }
            let node = way.nodes_at(at).world_from_node(self.node.as_str());
            return Some(self.above_m(own.position_m, node.map(|node| node.rotation)));
        }
        let nodes = way.nodes_at(at);
        let node = nodes.world_from_node(self.node.as_str())?;
        let camera = resolve_pose(&pose, &nodes).ok()?;
        Some(self.above_m(-camera.to_camera(node.position_m), Some(node.rotation)))
    }

    /// Above the ground, metres, at an offset from the centre; without the globe's rotation above the
    /// smallest of its radii, where there is ground for certain.
    fn above_m(&self, offset_m: DVec3, rotation: Option<DQuat>) -> f64 {
        let distance_m = offset_m.length();
        let smallest = self.radii_m.into_iter().fold(f64::INFINITY, f64::min);
        let ground_m = match (rotation, offset_m.try_normalize()) {
            (Some(rotation), Some(direction)) => {
                surface_distance_m(self.radii_m, rotation.inverse() * direction)
            }
            _ => smallest,
        };
        distance_m - ground_m
    }
}

const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// A length in words.
fn metres(length_m: f64) -> String {
    if length_m < 1e3 {
        format!("{length_m:.0} m")
    } else if length_m < 1e5 {
        format!("{:.1} km", length_m / 1e3)
    } else {
        format!("{:.0} km", length_m / 1e3)
    }
}
