//! A recording as a function of time. Pure and total: the only way anything is played, so that
//! seeking to a moment and playing to it are the same thing.

use std::cmp::Ordering;

use glam::DVec3;

use crate::camera_track::{CameraTrack, Path};
use crate::frame::{Frame, FramePose, ViewFrame};
use crate::pose::{AnchoredPose, CameraPose, unit_rotation};
use crate::property_set::{Growing, PropertySet, order_of};
use crate::recording::Recording;
use crate::smooth;
use crate::time::{SessionTime, lerp};

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
fn sample_properties(recording: &Recording, t: SessionTime) -> PropertySet {
    let mut properties = Growing::new(&recording.path_table);
    // Baseline and tracks are both in order of their paths: one walk along both, no searching.
    let mut baseline = recording.baseline.iter().peekable();
    for (path, track) in &recording.properties {
        let start = loop {
            let Some((before, value)) = baseline.peek() else { break None };
            match order_of(before, path) {
                Ordering::Less => properties.push(before, Some((*value).clone())),
                Ordering::Equal => break baseline.next(),
                Ordering::Greater => break None,
            }
            baseline.next();
        };
        properties.push(path, track.sample(t, start.map(|(_, value)| value)));
    }
    for (path, value) in baseline {
        properties.push(path, Some(value.clone()));
    }
    properties.finish()
}

/// One camera at `t`; `None` where nothing was recorded.
pub fn sample_camera(track: &CameraTrack, t: SessionTime) -> Option<FramePose> {
    let place = track.locate(t)?;
    let entries = track.entries();
    let before = &entries[place.index];
    let one = |pose: &CameraPose| Some(FramePose::One(pose.normalised()));
    let Some(after) = entries.get(place.index + 1) else {
        return one(&before.pose);
    };
    let path = before.leave.path;
    if place.weight <= 0.0 || path == Path::Hold {
        return one(&before.pose);
    }
    let weight = before.leave.easing.apply(place.weight);
    if !before.pose.same_frame(&after.pose) {
        let (from, to) = (before.pose.normalised(), after.pose.normalised());
        return Some(FramePose::Two { from, to, weight, path });
    }
    Some(FramePose::One(match path {
        Path::Smooth => smooth::between(track, place.index, weight),
        Path::AsRecorded | Path::Hold => straight(&before.pose, &after.pose, weight),
    }))
}

/// OpenSpace's way between two poses of one anchor (`KeyframeNavigator::updateCamera`).
fn straight(before: &CameraPose, after: &CameraPose, weight: f64) -> AnchoredPose {
    let from = before.normalised();
    let position_m = DVec3::from_array(after.position_m);
    let rotation = unit_rotation(after.rotation_wxyz);
    AnchoredPose {
        position_m: mix_positions(from.position_m, position_m, weight),
        rotation: from.rotation.slerp(rotation, weight).normalize(),
        scale: mix_scales(from.scale, f64::from(after.scale), weight),
        ..from
    }
}

pub(crate) fn mix_positions(from: DVec3, to: DVec3, weight: f64) -> DVec3 {
    DVec3::new(lerp(from.x, to.x, weight), lerp(from.y, to.y, weight), lerp(from.z, to.z, weight))
}

/// In equal ratios; the left value where either is not positive.
pub(crate) fn mix_scales(from: f64, to: f64, weight: f64) -> f64 {
    if from > 0.0 && to > 0.0 { lerp(from.ln(), to.ln(), weight).exp() } else { from }
}
