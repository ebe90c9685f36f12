//! Where a camera's way may be changed: its stretches without a jump, in one frame of reference.

use std::ops::RangeInclusive;

use crate::camera_track::{CameraTrack, Leave, Path};

/// A camera that has not moved for so long has stopped, seconds.
const STOPPED_S: f64 = 0.2;

/// Entries that are joined by a way. The last of a run is the first of the next where the camera came
/// to rest in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) entries: RangeInclusive<usize>,
    /// Whether the camera stands still in it.
    pub(super) is_still: bool,
    /// Whether all of it was recorded frame by frame, and not written as a way through keys.
    pub(super) is_recorded: bool,
}

/// The runs of a track, in order; entries at jumps stand alone between them.
pub(super) fn runs(track: &CameraTrack) -> Vec<Run> {
    let count = track.entries().len();
    let (mut runs, mut start) = (Vec::new(), 0);
    for index in 0..count {
        if index + 1 < count && is_joined(track, index) {
            continue;
        }
        split_at_stops(track, start..=index, &mut runs);
        start = index + 1;
    }
    runs
}

/// Whether the camera goes from an entry to the next, neither jumping nor leaving its anchor.
fn is_joined(track: &CameraTrack, index: usize) -> bool {
    let (a, b) = (&track.entries()[index], &track.entries()[index + 1]);
    a.leave.path != Path::Hold
        && a.pose.same_frame(&b.pose)
        && track.due_at(index) < track.due_at(index + 1)
}

fn split_at_stops(track: &CameraTrack, run: RangeInclusive<usize>, runs: &mut Vec<Run>) {
    let entries = track.entries();
    let (first, last) = (*run.start(), *run.end());
    let is_recorded = (first..last).all(|index| entries[index].leave == Leave::AS_RECORDED);
    if !is_recorded {
        // Each of its keys has a say in how the camera goes through the others.
        runs.push(Run { entries: run, is_still: false, is_recorded });
        return;
    }
    let is_still = |index: usize| {
        let (a, b) = (&entries[index].pose, &entries[index + 1].pose);
        a.position_m == b.position_m && a.rotation_wxyz == b.rotation_wxyz
    };
    let mut begin = first;
    let mut index = first;
    while index < last {
        let end = (index..last).find(|at| !is_still(*at)).unwrap_or(last);
        let lasts_s = track.due_at(end).as_secs() - track.due_at(index).as_secs();
        if lasts_s >= STOPPED_S {
            if begin < index {
                runs.push(Run { entries: begin..=index, is_still: false, is_recorded });
            }
            runs.push(Run { entries: index..=end, is_still: true, is_recorded });
            begin = end;
        }
        index = end.max(index + 1);
    }
    if begin < last || first == last {
        runs.push(Run { entries: begin..=last, is_still: false, is_recorded });
    }
}
