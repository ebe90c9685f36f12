//! Taking the shake out of a camera's way.

use glam::{DQuat, DVec3};

use crate::camera_track::{CameraEntry, CameraTrack};
use crate::pose::to_wxyz;
use crate::recording::{Recording, View};
use crate::wording::Surroundings;

use super::low_pass::{Low, Sample, Way};
use super::measure::{shake, worst_of_view_px};
use super::picture::{Picture, Place};
use super::runs::runs;
use super::{EditError, Progress, radius_m, tell};

/// Nearer to the anchor than this, metres, a place has no direction from it to speak of.
const AT_ANCHOR_M: f64 = 1e-3;

/// A step from one frame to the next that is so many times as far as those around it is a jump.
const JUMP_TIMES: f64 = 10.0;

/// As often a way is calmed less where the bound was exceeded, before it is left as it was.
const MOST_TRIES: u32 = 8;

/// What smoothing came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Smoothed {
    /// How far off the worst picture is, pixels of a picture 1080 high; see
    /// [`worst_px`](super::worst_px()).
    pub worst_px: f64,
    /// How much the cameras shook, degrees a second squared; see [`shake`].
    pub shake_before: f64,
    /// How much they shake now.
    pub shake_after: f64,
}

/// The recording with calmer cameras: no picture is off by more than `within_px` pixels of a picture
/// 1080 high, as [`Picture`] bounds it.
///
/// Each entry gets the mean of the way around it (direction from the anchor, logarithm of the distance,
/// rotation), taken over as wide a window as the bound allows there, up to some seconds. Windows reach
/// as far back as forward, so that nothing lags or drifts, and never beyond a jump, a stop, a change of
/// anchor, the start or the end: there the camera is where it was. Ways written as keys stay as they
/// are.
///
/// # Errors
/// Where `within_px` is no bound; where it was stopped.
pub fn smooth(
    recording: &Recording,
    within_px: f64,
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<(Recording, Smoothed), EditError> {
    EditError::unless_bound(within_px)?;
    let total = recording.camera_entries().max(1) as f32;
    let mut done = 0;
    let mut calmed = recording.clone();
    let mut report = Smoothed { shake_before: shake(recording, scene), ..Smoothed::default() };
    for (view, calm) in recording.views.iter().zip(&mut calmed.views) {
        let mut entries = view.camera.entries().to_vec();
        for (first, last) in stretches(view, within_px, scene) {
            tell(progress, 0.9 * done as f32 / total)?;
            done += last - first;
            calm_stretch(view, first, &mut entries[first..=last], within_px, scene);
        }
        let mut camera = CameraTrack::default();
        for (index, entry) in entries.into_iter().enumerate() {
            // Means of numbers that a track took.
            let _ = camera.push_due(entry, view.camera.due_at(index));
        }
        calm.camera = camera;
        tell(progress, 0.95)?;
        report.worst_px = report.worst_px.max(worst_of_view_px(view, &calm.camera, scene));
    }
    report.shake_after = shake(&calmed, scene);
    tell(progress, 1.0)?;
    Ok((calmed, report))
}

/// First and last entries of what may be calmed.
fn stretches(view: &View, within_px: f64, scene: &dyn Surroundings) -> Vec<(usize, usize)> {
    let (track, picture) = (&view.camera, Picture::of(view));
    let mut found = Vec::new();
    for run in runs(track).into_iter().filter(|run| run.is_recorded && !run.is_still) {
        let (first, last) = (*run.entries.start(), *run.entries.end());
        let entries = track.entries();
        let radius_m = radius_m(scene, &entries[first].pose.anchor);
        let places: Vec<Place> =
            (first..=last).map(|n| Place::from(&entries[n].pose.normalised())).collect();
        let steps: Vec<f64> =
            places.windows(2).map(|pair| picture.apart_px(&pair[0], &pair[1], radius_m)).collect();
        let is_jump = |n: usize| {
            let around = [n.checked_sub(1), Some(n + 1)].into_iter().flatten();
            let around = around.filter_map(|n| steps.get(n)).fold(0.0_f64, |a, b| a.max(*b));
            steps[n] > JUMP_TIMES * around.max(within_px)
        };
        let mut begin = first;
        for n in (0..steps.len()).filter(|n| is_jump(*n)) {
            found.push((begin, first + n));
            begin = first + n + 1;
        }
        found.push((begin, last));
    }
    found.retain(|(first, last)| last - first >= 3);
    found
}

/// Calms the entries of a stretch, of which the first has this index in the view.
fn calm_stretch(
    view: &View,
    first: usize,
    entries: &mut [CameraEntry],
    within_px: f64,
    scene: &dyn Surroundings,
) {
    let picture = Picture::of(view);
    let radius_m = radius_m(scene, &entries[0].pose.anchor);
    let places: Vec<Place> = entries.iter().map(|e| Place::from(&e.pose.normalised())).collect();
    if places.iter().any(|place| place.position_m.length() < AT_ANCHOR_M) {
        return;
    }
    let start_s = view.camera.due_at(first).as_secs();
    let times_s = (0..entries.len()).map(|n| view.camera.due_at(first + n).as_secs() - start_s);
    let way = Way { times_s: times_s.collect(), samples: samples(&places) };
    let low = Low::of(&way);
    let off_px = |n: usize, strength: f64| {
        picture.apart_px(&places[n], &place(&low.at(n, strength)), radius_m)
    };
    let last = places.len() - 1;
    let mut strengths: Vec<f64> =
        (0..=last).map(|n| low.strongest(|strength| off_px(n, strength) <= within_px)).collect();
    for _ in 0..MOST_TRIES {
        way.settle(&mut strengths);
        let beyond: Vec<usize> =
            (0..=last).filter(|n| off_px(*n, strengths[*n]) > within_px).collect();
        if beyond.is_empty() {
            break;
        }
        beyond.into_iter().for_each(|n| strengths[n] *= 0.7);
    }
    for n in 1..last {
        let strength = if off_px(n, strengths[n]) <= within_px { strengths[n] } else { 0.0 };
        if strength > 0.0 {
            let Place { position_m, rotation } = place(&low.at(n, strength));
            entries[n].pose.position_m = position_m.to_array();
            entries[n].pose.rotation_wxyz = to_wxyz(rotation);
        }
    }
}

/// Direction, logarithm of the distance, rotation, each without a leap.
fn samples(places: &[Place]) -> Vec<Sample> {
    let mut before: Option<DQuat> = None;
    let sample = places.iter().map(|place| {
        // q and −q are the same rotation; a mean needs neighbours on the same side.
        let turned = before.is_some_and(|before| before.dot(place.rotation) < 0.0);
        let rotation = if turned { -place.rotation } else { place.rotation };
        before = Some(rotation);
        let direction = place.position_m.normalize();
        let [x, y, z] = direction.to_array();
        let log_distance = place.position_m.length().ln();
        [x, y, z, log_distance, rotation.x, rotation.y, rotation.z, rotation.w]
    });
    sample.collect()
}

fn place(sample: &Sample) -> Place {
    let [x, y, z, log_distance, i, j, k, w] = *sample;
    Place {
        position_m: DVec3::new(x, y, z).normalize_or_zero() * log_distance.exp(),
        rotation: DQuat::from_xyzw(i, j, k, w).normalize(),
    }
}
