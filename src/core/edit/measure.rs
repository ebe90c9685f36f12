//! What an edit came to, measured on what is played: how far pictures are off, how much a camera shakes.

use crate::camera_track::CameraTrack;
use crate::frame::FramePose;
use crate::recording::{Recording, View};
use crate::sample::sample_camera;
use crate::smooth::rotation_between;
use crate::time::SessionTime;
use crate::wording::Surroundings;

use super::fit::checks;
use super::picture::{Picture, Place, Surface, nearest_m};

/// Entries further apart than this, seconds, are no frames of a recording: nothing shakes there.
const FRAMES_WITHIN_S: f64 = 0.25;

/// How far anything seen may be from where it was in any picture of another recording of the same
/// length, pixels of a picture 1080 high: the worst of 240 moments a second, and of all entries.
/// Infinite where a camera is relative to something else. See [`Picture`] for what it is worth.
pub fn worst_px(original: &Recording, edited: &Recording, scene: &dyn Surroundings) -> f64 {
    let views = original.views.iter().map(|view| match edited.view(&view.name) {
        Some(edited) => worst_of_view_px(view, &edited.camera, scene),
        None if view.camera.entries().is_empty() => 0.0,
        None => f64::INFINITY,
    });
    views.fold(0.0, f64::max)
}

pub(super) fn worst_of_view_px(
    original: &View,
    edited: &CameraTrack,
    scene: &dyn Surroundings,
) -> f64 {
    let (track, picture) = (&original.camera, Picture::of(original));
    let mut surface = Surface::new(scene);
    let mut apart_px = |at: SessionTime| match (sample_camera(track, at), sample_camera(edited, at))
    {
        (None, None) => 0.0,
        (Some(a), Some(b)) => frames_apart_px(&picture, &mut surface, &a, &b),
        _ => f64::INFINITY,
    };
    let mut worst = track.end().map_or(0.0, &mut apart_px);
    for next in 1..track.entries().len() {
        let moments = checks(track.due_at(next - 1), track.due_at(next));
        worst = moments.map(&mut apart_px).fold(worst, f64::max);
    }
    worst
}

fn frames_apart_px(
    picture: &Picture,
    surface: &mut Surface<'_>,
    a: &FramePose,
    b: &FramePose,
) -> f64 {
    let mut poses_apart_px = |a: &crate::pose::AnchoredPose, b: &crate::pose::AnchoredPose| {
        if !a.same_frame(b) {
            return f64::INFINITY;
        }
        picture.apart_px(&Place::from(a), &Place::from(b), surface.radius_m(&a.anchor))
    };
    match (a, b) {
        (FramePose::One(a), FramePose::One(b)) => poses_apart_px(a, b),
        (
            FramePose::Two { from, to, weight, path },
            FramePose::Two { from: from_b, to: to_b, weight: weight_b, path: path_b },
        ) if weight == weight_b && path == path_b => {
            poses_apart_px(from, from_b).max(poses_apart_px(to, to_b))
        }
        _ => f64::INFINITY,
    }
}

/// How much the cameras shake: the root mean square of the angular acceleration of what they see,
/// degrees a second squared. Their own rotation and their place, seen from the nearest thing, both
/// count; only where entries follow each other as frames do.
pub fn shake(recording: &Recording, scene: &dyn Surroundings) -> f64 {
    let (mut sum, mut time_s) = (0.0, 0.0);
    let mut surface = Surface::new(scene);
    for view in &recording.views {
        let entries = view.camera.entries();
        let mut before: Option<(glam::DVec3, glam::DVec3, f64)> = None;
        for next in 1..entries.len() {
            let (a, b) = (&entries[next - 1].pose, &entries[next].pose);
            let span_s =
                view.camera.due_at(next).as_secs() - view.camera.due_at(next - 1).as_secs();
            let are_frames = span_s > 0.0 && span_s <= FRAMES_WITHIN_S;
            if !(are_frames && a.same_frame(b)) {
                before = None;
                continue;
            }
            let (a, b) = (Place::from(&a.normalised()), Place::from(&b.normalised()));
            let near_m = nearest_m(&a, surface.radius_m(&entries[next].pose.anchor));
            let spin = rotation_between(a.rotation, b.rotation) / span_s;
            let drift = (b.position_m - a.position_m) / near_m / span_s;
            if let Some((spin_before, drift_before, span_before_s)) = before {
                let between_s = (span_s + span_before_s) / 2.0;
                let change =
                    (spin - spin_before).length_squared() + (drift - drift_before).length_squared();
                sum += change / between_s;
                time_s += between_s;
            }
            before = Some((spin, drift, span_s));
        }
    }
    if time_s > 0.0 { (sum / time_s).sqrt().to_degrees() } else { 0.0 }
}
