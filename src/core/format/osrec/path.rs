//! A camera's way as entries that are enough for a player that goes straight between them and takes
//! the time from them alone.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::camera_track::{CameraEntry, CameraTrack, Leave, Path};
use crate::clock_track::ClockTrack;
use crate::fault::Fault;
use crate::frame::FramePose;
use crate::pose::{AnchoredPose, CameraPose, to_wxyz};
use crate::sample::sample_camera;
use crate::time::SessionTime;
use crate::value::Easing;

/// A sixtieth of a second, the pace at which recordings are made.
const STEP_NS: i64 = 16_666_667;
/// The most entries put between two keys.
const MAX_STEPS: i64 = 100_000;

/// The track's entries, and sampled ones where its path or the clock is not straight between them.
pub(super) fn straightened<'a>(
    track: &'a CameraTrack,
    clock: &ClockTrack,
    notes: &mut Vec<Fault>,
) -> Vec<Cow<'a, CameraEntry>> {
    let entries = track.entries();
    let moments = moments_between(track, clock);
    let mut path = Vec::with_capacity(entries.len() + moments.len());
    let mut moments = moments.into_iter().peekable();
    let mut skipped = 0_u64;
    for (index, entry) in entries.iter().enumerate() {
        while let Some(at) = moments.next_if(|at| *at < track.due_at(index)) {
            match sampled(track, clock, at, entries[index.saturating_sub(1)].seq) {
                Some(between) => path.push(Cow::Owned(between)),
                None => skipped += 1,
            }
        }
        path.push(Cow::Borrowed(entry));
        if entry.leave.path == Path::Hold
            && let Some(next) = entries.get(index + 1)
        {
            path.push(Cow::Owned(CameraEntry { stamp: next.stamp, ..entry.clone() }));
        }
    }
    for at in moments {
        let last = entries.last().map_or(0, |entry| entry.seq);
        path.extend(sampled(track, clock, at, last).map(Cow::Owned));
    }
    let added = path.len() - entries.len();
    if added > 0 {
        let message =
            format!("{added} camera entries are added, where path or clock are not straight");
        notes.push(Fault::warning(message));
    }
    if skipped > 0 {
        let message = format!(
            "{skipped} moments between cameras with different anchors cannot be written as entries"
        );
        notes.push(Fault::loss(message));
    }
    path
}

/// The moments at which a straight line between the track's entries would not do, in order.
fn moments_between(track: &CameraTrack, clock: &ClockTrack) -> Vec<SessionTime> {
    let entries = track.entries();
    if entries.is_empty() {
        return Vec::new();
    }
    let mut moments = Vec::new();
    for index in 1..entries.len() {
        let leave = entries[index - 1].leave;
        if leave != Leave::AS_RECORDED && leave.path != Path::Hold {
            steps(track.due_at(index - 1), track.due_at(index), &mut moments);
        }
    }
    for (index, key) in clock.keys().iter().enumerate() {
        let of_camera = entries.get(index).is_some_and(|entry| {
            entry.stamp == key.stamp && entry.sim_time_s == key.sim_time.as_tdb_secs()
        });
        if !of_camera {
            moments.push(key.stamp);
        }
        if let Some(next) = clock.keys().get(index + 1)
            && key.easing != Easing::Linear
        {
            steps(key.stamp, next.stamp, &mut moments);
        }
    }
    if moments.is_empty() {
        return moments;
    }
    moments.sort_unstable();
    moments.dedup();
    let taken: HashSet<_> = entries.iter().map(|entry| entry.stamp).collect();
    moments.retain(|at| !taken.contains(at));
    moments
}

fn steps(from: SessionTime, to: SessionTime, moments: &mut Vec<SessionTime>) {
    let span_ns = to.saturating_sub(from).as_nanos();
    let step_ns = STEP_NS.max(span_ns / MAX_STEPS);
    let inner = (1..=MAX_STEPS).map(|n| n.saturating_mul(step_ns)).take_while(|ns| *ns < span_ns);
    moments.extend(inner.map(|ns| from.saturating_add(SessionTime::from_nanos(ns))));
}

/// The camera at a moment as an entry; `None` where it is between two anchors.
fn sampled(
    track: &CameraTrack,
    clock: &ClockTrack,
    at: SessionTime,
    seq: u64,
) -> Option<CameraEntry> {
    let FramePose::One(pose) = sample_camera(track, at)? else { return None };
    let AnchoredPose { anchor, follow_rotation, position_m, rotation, scale } = pose;
    let pose = CameraPose {
        anchor,
        follow_rotation,
        position_m: position_m.to_array(),
        rotation_wxyz: to_wxyz(rotation),
        scale: scale as f32,
    };
    let sim_time_s = clock.sample(at).sim_time.as_tdb_secs();
    Some(CameraEntry { seq, stamp: at, sim_time_s, pose, leave: Leave::AS_RECORDED })
}
