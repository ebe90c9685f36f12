//! A recording as a function of time. Pure and total: the only way anything is played, so that
//! seeking to a moment and playing to it are the same thing.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::DVec3;

use crate::camera_track::{CameraTrack, Path};
use crate::frame::{Frame, FramePose, ViewFrame};
use crate::pose::AnchoredPose;
use crate::recording::Recording;
use crate::smooth;
use crate::time::{SessionTime, lerp};
use crate::value::Value;

/// The recording at `t`: between entries as they say, held before the first and after the last.
/// What is recorded at `t` itself is in force at `t`; of equal stamps the last.
pub fn sample(recording: &Recording, t: SessionTime) -> Frame {
    let views = recording.views.iter().filter_map(|view| {
        let pose = sample_camera(&view.camera, t)?;
        Some(ViewFrame { name: view.name.clone(), vfov_deg: view.vfov_deg, pose })
    });
    Frame {
        at: t,
        clock: recording.clock.sample(t),
        views: views.collect(),
        properties: sample_properties(recording, t),
    }
}

/// Every property at `t`, by path.
fn sample_properties(recording: &Recording, t: SessionTime) -> BTreeMap<Arc<str>, Value> {
    let mut properties = recording.baseline.clone();
    // Baseline and tracks are both in order of their paths: one walk along both, no searching.
    let mut known = properties.iter_mut().peekable();
    let mut others = Vec::new();
    for (path, track) in &recording.properties {
        while known.next_if(|(before, _)| *before < path).is_some() {}
        match known.next_if(|(same, _)| *same == path) {
            Some((_, value)) => {
                if let Some(now) = track.sample(t, Some(value)) {
                    *value = now;
                }
            }
            None => others.extend(track.sample(t, None).map(|now| (Arc::clone(path), now))),
        }
    }
    properties.extend(others);
    properties
}

/// One camera at `t`; `None` where nothing was recorded.
pub fn sample_camera(track: &CameraTrack, t: SessionTime) -> Option<FramePose> {
    let place = track.locate(t)?;
    let entries = track.entries();
    let before = &entries[place.index];
    let from = before.pose.normalised();
    let Some(after) = entries.get(place.index + 1) else {
        return Some(FramePose::One(from));
    };
    let path = before.leave.path;
    if place.weight <= 0.0 || path == Path::Hold {
        return Some(FramePose::One(from));
    }
    let weight = before.leave.easing.apply(place.weight);
    let to = after.pose.normalised();
    if !from.same_frame(&to) {
        return Some(FramePose::Two { from, to, weight, path });
    }
    Some(FramePose::One(match path {
        Path::Smooth => smooth::between(track, place.index, weight),
        Path::AsRecorded | Path::Hold => straight(&from, &to, weight),
    }))
}

/// OpenSpace's way between two poses of one anchor (`KeyframeNavigator::updateCamera`).
pub(crate) fn straight(from: &AnchoredPose, to: &AnchoredPose, weight: f64) -> AnchoredPose {
    AnchoredPose {
        anchor: from.anchor.clone(),
        follow_rotation: from.follow_rotation,
        position_m: mix_positions(from.position_m, to.position_m, weight),
        rotation: from.rotation.slerp(to.rotation, weight).normalize(),
        scale: mix_scales(from.scale, to.scale, weight),
    }
}

pub(crate) fn mix_positions(from: DVec3, to: DVec3, weight: f64) -> DVec3 {
    DVec3::new(lerp(from.x, to.x, weight), lerp(from.y, to.y, weight), lerp(from.z, to.z, weight))
}

/// In equal ratios; the left value where either is not positive.
pub(crate) fn mix_scales(from: f64, to: f64, weight: f64) -> f64 {
    if from > 0.0 && to > 0.0 { lerp(from.ln(), to.ln(), weight).exp() } else { from }
}
