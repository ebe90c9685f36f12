//! Leaving something out.

use crate::camera_track::{CameraEntry, Leave};
use crate::command::Part;
use crate::pose::to_wxyz;
use crate::recording::Recording;
use crate::sample::sample_camera;
use crate::time::SessionTime;

use super::parts::{camera, recorded_header, unexpanded_rules};
use super::{EditError, Progress, tell};

/// The recording without a part of it. Each camera stays where it is at the start; toggles are as at the
/// start and stay so; what scripts did to properties and the clock stays when they are left out, for it
/// is recorded.
///
/// The recording may end earlier than before, where nothing else lasts as long as what is left out.
///
/// # Errors
/// Where it was stopped.
pub fn drop(
    recording: &Recording,
    part: Part,
    progress: Progress<'_>,
) -> Result<Recording, EditError> {
    tell(progress, 0.0)?;
    let mut rest = recording.clone();
    match part {
        Part::Camera => {
            for view in &mut rest.views {
                let Some(pose) = sample_camera(&view.camera, SessionTime::ZERO) else { continue };
                let pose = pose.leading().clone();
                let Some(place) = view.camera.locate(SessionTime::ZERO) else { continue };
                let found = view.camera.entries()[place.index].clone();
                let is_there = found.pose.normalised() == pose;
                let mut entry = CameraEntry {
                    stamp: SessionTime::ZERO,
                    sim_time_s: recording.clock.sample(SessionTime::ZERO).sim_time.as_tdb_secs(),
                    leave: Leave::AS_RECORDED,
                    ..found
                };
                if !is_there {
                    entry.pose.position_m = pose.position_m.to_array();
                    entry.pose.rotation_wxyz = to_wxyz(pose.rotation);
                }
                view.wordings.retain(|seq, words| *seq == entry.seq && words.holds_for(&entry));
                view.camera = camera([entry]);
            }
        }
        Part::Toggles => {
            rest.header = recorded_header(recording);
            rest.rules.clear();
            for (path, track) in std::mem::take(&mut rest.properties) {
                let start = track.sample(SessionTime::ZERO, recording.baseline.get(&path));
                rest.baseline.extend(start.map(|value| (path, value)));
            }
        }
        Part::Events => {
            rest.header = recorded_header(recording);
            rest.rules = unexpanded_rules(recording).cloned().collect();
            rest.events.clear();
        }
    }
    tell(progress, 1.0)?;
    Ok(rest)
}
