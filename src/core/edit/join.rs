//! One recording behind another, with a passage between them.

use crate::camera_track::{CameraEntry, Leave, Path};
use crate::clock_track::ClockKey;
use crate::recording::{DEFAULT_VFOV_DEG, Effects, Recording};
use crate::time::{SessionSpan, SessionTime};
use crate::value::Easing;
use crate::wording::Surroundings;

use super::append::{Seam, append};
use super::cut::{Finish, Start, Stretch, cut};
use super::parts::Parts;
use super::{EditError, Progress, tell};

/// Clocks that are further apart than this do not run from one date to the other during the passage:
/// the scene would whirl. Simulated seconds.
const CLOCK_GLIDES_OVER_AT_MOST_S: f64 = 86_400.0;

/// `second` behind `first`, with a passage of `over` between them; 0 is a cut.
///
/// During the passage each camera flies from where the first leaves it to where the second begins:
/// smoothly about one node, or by the way of flights from one node to another. Views are matched by
/// their names. Properties that differ go to what they are at the second's start: numbers evenly, all
/// else at the passage's beginning. The clock goes to the second's start too: eased where the two are
/// a day apart or less, else it stands, jumps in the middle, and stands until the second begins.
///
/// # Errors
/// Where `over` is negative, where one of them has no length, or where a view of both has another field
/// of view in each; where it was stopped.
pub fn join(
    first: &Recording,
    second: &Recording,
    over: SessionSpan,
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<Recording, EditError> {
    if over < SessionSpan::ZERO {
        return Err(EditError::refused("the passage", over, "0 seconds or more"));
    }
    for (which, recording) in [("first", first), ("second", second)] {
        if recording.duration() <= SessionTime::ZERO {
            let place = format!("the {which} recording's length");
            return Err(EditError::refused(place, recording.duration(), "more than 0 seconds"));
        }
    }
    for view in &second.views {
        let shown = |vfov_deg: Option<f64>| vfov_deg.unwrap_or(DEFAULT_VFOV_DEG);
        let Some(known) = first.view(&view.name) else { continue };
        if shown(known.vfov_deg) != shown(view.vfov_deg) {
            return Err(EditError::refused(
                format!("the field of view of '{}' in the second recording", view.name),
                format!("{} degrees", shown(view.vfov_deg)),
                format!("{} degrees, as in the first", shown(known.vfov_deg)),
            ));
        }
    }
    tell(progress, 0.0)?;
    let whole = |recording: &Recording, start| {
        let (from, to) = (SessionTime::ZERO, recording.duration());
        cut(recording, Stretch { from, to, start, finish: Finish::Included }, scene)
    };
    let mut joined = whole(first, Start::LedInto);
    tell(progress, 0.4)?;
    let mut then = whole(second, Start::Alone);
    tell(progress, 0.8)?;
    if second.script_entries() > 0 {
        joined.header.effects = Effects::Recorded;
    }
    let seam = Seam { from: joined.end, to: joined.end.saturating_add(over) };
    if over > SessionSpan::ZERO {
        fly_over(&mut joined, &mut then);
        run_over(&mut joined, &then, &seam);
    }
    append(&mut joined, then, &seam);
    tell(progress, 1.0)?;
    Ok(joined.grow())
}

/// Lets each camera of both leave the first for the second.
fn fly_over(first: &mut Parts, then: &mut Parts) {
    for view in &mut first.views {
        let Some(next) = then.views.iter_mut().find(|next| next.name == view.name) else {
            continue;
        };
        let Some(last) = view.entries.last().cloned() else { continue };
        // A second entry at the same moment: no velocity is carried through the two.
        let comes_smoothly = view.entries.iter().rev().nth(1).is_some_and(is_smooth);
        if !comes_smoothly {
            view.entries.pop();
        }
        view.entries.push(CameraEntry { leave: Leave::SMOOTH, ..last });
        if let Some(begin) = next.entries.first().filter(|entry| is_smooth(entry)).cloned() {
            next.entries.insert(0, begin);
        }
    }
}

fn is_smooth(entry: &CameraEntry) -> bool {
    entry.leave.path == Path::Smooth
}

/// Lets the clock go from the end of the first to the beginning of the second.
fn run_over(first: &mut Parts, then: &Parts, seam: &Seam) {
    let (Some(last), Some(next)) = (first.keys.last_mut(), then.keys.first()) else { return };
    let apart_s = (next.sim_time.as_tdb_secs() - last.sim_time.as_tdb_secs()).abs();
    if apart_s <= CLOCK_GLIDES_OVER_AT_MOST_S {
        last.easing = Easing::SineEaseInOut;
        return;
    }
    let half = SessionTime::from_nanos(seam.to.saturating_sub(seam.from).as_nanos() / 2);
    let middle = seam.from.saturating_add(half);
    last.easing = Easing::Linear;
    let before = last.sim_time;
    let key = |sim_time| ClockKey { stamp: middle, sim_time, easing: Easing::Linear };
    first.keys.extend([key(before), key(next.sim_time)]);
}
