//! The nodes that a recording's cameras are relative to, and what to do about those a scene lacks.

use crate::camera_track::{CameraTrack, Path};
use crate::pose::NodeName;
use crate::recording::Recording;

/// Every anchor of every view, in order of first use.
pub fn anchors(recording: &Recording) -> Vec<NodeName> {
    let mut names: Vec<NodeName> = Vec::new();
    for entry in recording.views.iter().flat_map(|v| v.camera.entries()) {
        // Neighbours nearly always share their anchor, so the last one is asked first.
        if !names.iter().rev().any(|name| *name == entry.pose.anchor) {
            names.push(entry.pose.anchor.clone());
        }
    }
    names
}

/// The recording without the camera entries whose anchor `is_known` does not know. Where some are
/// left out, the camera stays where it was until the next known one; at the start it waits there.
pub fn hold_at_unknown(recording: &mut Recording, is_known: impl Fn(&NodeName) -> bool) {
    for view in &mut recording.views {
        let mut known = CameraTrack::default();
        let entries = view.camera.entries();
        for (index, entry) in entries.iter().enumerate() {
            if !is_known(&entry.pose.anchor) {
                continue;
            }
            let mut entry = entry.clone();
            // Due when it was, even if it was an entry left out that made it wait.
            entry.stamp = view.camera.due_at(index);
            if entries.get(index + 1).is_some_and(|next| !is_known(&next.pose.anchor)) {
                entry.leave.path = Path::Hold;
            }
            // It was in a track before, so a track takes it.
            let _ = known.push(entry);
        }
        view.camera = known;
    }
}
