//! As few camera entries as are needed.

use std::collections::BTreeSet;

use crate::camera_track::{CameraEntry, Leave};
use crate::recording::{Recording, Sequence, View};
use crate::wording::Surroundings;

use super::cut_camera::append;
use super::fit::{Bound, Fit};
use super::measure::worst_of_view_px;
use super::parts::camera;
use super::picture::Picture;
use super::runs::{Run, runs};
use super::{EditError, Progress, radius_m, tell};

/// What reducing came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reduced {
    /// Camera entries of the original, over all views.
    pub keys_before: usize,
    /// Those that are left.
    pub keys_after: usize,
    /// How far off the worst picture is, pixels of a picture 1080 high; see
    /// [`worst_px`](super::worst_px()).
    pub worst_px: f64,
}

/// The recording with as few camera entries as are found to be needed, so that no picture is off by more
/// than `within_px` pixels of a picture 1080 high, as [`Picture`] bounds it; 240 moments of each second
/// are checked, on the way that playing takes.
///
/// Between jumps, changes of anchor or following, and stops, the camera goes from key to key either
/// straight or smoothly, whichever needs fewer. Where neither needs fewer entries than there are, they
/// stay. Clock, properties and events are as they were.
///
/// # Errors
/// Where `within_px` is no bound; where it was stopped.
pub fn reduce(
    recording: &Recording,
    within_px: f64,
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<(Recording, Reduced), EditError> {
    EditError::unless_bound(within_px)?;
    let total = recording.camera_entries().max(1) as f32;
    let mut done = 0;
    let mut reduced = recording.clone();
    let mut report = Reduced { keys_before: recording.camera_entries(), ..Reduced::default() };
    for (view, thinned) in recording.views.iter().zip(&mut reduced.views) {
        let mut kept = Vec::new();
        for run in runs(&view.camera) {
            let part = |entries: usize| 0.9 * entries as f32 / total;
            tell(progress, part(done))?;
            let mut told = || tell(progress, part(done)).is_ok();
            let keys = keys(view, &run, within_px, scene, &mut told).ok_or(EditError::Stopped)?;
            append(&mut kept, keys);
            done += run.entries.clone().count();
        }
        thinned.camera = camera(kept);
        let left: BTreeSet<Sequence> =
            thinned.camera.entries().iter().map(|entry| entry.seq).collect();
        thinned.wordings.retain(|seq, _| left.contains(seq));
        tell(progress, 0.9)?;
        report.worst_px = report.worst_px.max(worst_of_view_px(view, &thinned.camera, scene));
    }
    report.keys_after = reduced.camera_entries();
    tell(progress, 1.0)?;
    Ok((reduced, report))
}

/// The entries that a run comes to. `None` where whoever is told has had enough.
fn keys(
    view: &View,
    run: &Run,
    within_px: f64,
    scene: &dyn Surroundings,
    told: &mut dyn FnMut() -> bool,
) -> Option<Vec<CameraEntry>> {
    let track = &view.camera;
    let (first, last) = (*run.entries.start(), *run.entries.end());
    let entry =
        |index: usize| CameraEntry { stamp: track.due_at(index), ..track.entries()[index].clone() };
    let as_it_was = || run.entries.clone().map(entry).collect();
    if run.is_still {
        return Some(vec![CameraEntry { leave: Leave::AS_RECORDED, ..entry(first) }, entry(last)]);
    }
    if last - first < 2 {
        return Some(as_it_was());
    }
    let radius_m = radius_m(scene, &track.entries()[first].pose.anchor);
    let bound = Bound { picture: Picture::of(view), radius_m, within_px, closely: false };
    let moments = (track.due_at(first), track.due_at(last));
    let Some(fit) = Fit::new(track, moments, first..last + 1, bound) else {
        return Some(as_it_was());
    };
    let mut keys = fit.keys(told)?;
    if keys.len() > last - first {
        return Some(as_it_was());
    }
    // What comes after the run is none of its business.
    if let Some(end) = keys.last_mut() {
        end.leave = track.entries()[last].leave;
    }
    Some(keys)
}
