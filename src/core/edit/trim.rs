//! Keeping a part, and making two of one.

use crate::recording::Recording;
use crate::time::SessionTime;
use crate::wording::Surroundings;

use super::cut::{Finish, Start, Stretch, cut};
use super::{EditError, Progress, tell};

/// The part of a recording between two moments, as a recording that starts at 0. It plays as the whole
/// does there: clock, properties under way, every view. What happened at `to` itself is in it.
///
/// Where the camera is on a straight way at a cut, an entry on it is put there. A smooth or eased way is
/// led into by entries with stamps below 0, and ends within a tenth of a pixel of where it was. So does a
/// flight from one node to another, at the recording's own dates and by where the nodes are in `scene`;
/// where that does not know them the part lasts until the flight has arrived.
///
/// # Errors
/// Unless 0 ≤ `from` < `to` ≤ the recording's end; where it was stopped.
pub fn trim(
    recording: &Recording,
    (from, to): (SessionTime, SessionTime),
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<Recording, EditError> {
    let end = recording.duration();
    if from < SessionTime::ZERO || from >= end {
        return Err(EditError::refused("the part's start", from, before(end)));
    }
    if to <= from || to > end {
        let expected = format!("a moment after {from} s, at most {end} s");
        return Err(EditError::refused("the part's end", to, expected));
    }
    tell(progress, 0.0)?;
    let part = part(recording, (from, to), Finish::Included, scene);
    tell(progress, 1.0)?;
    Ok(part)
}

/// The parts of a recording before and from a moment on. What happens at the moment itself is in the
/// second. For the rest each is as [`trim`] would have it.
///
/// # Errors
/// Unless `at` lies between the recording's start and end; where it was stopped.
pub fn split(
    recording: &Recording,
    at: SessionTime,
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<[Recording; 2], EditError> {
    let end = recording.duration();
    if at <= SessionTime::ZERO || at >= end {
        return Err(EditError::refused("the moment to split at", at, before(end)));
    }
    tell(progress, 0.0)?;
    let first = part(recording, (SessionTime::ZERO, at), Finish::Before, scene);
    tell(progress, 0.5)?;
    let second = part(recording, (at, end), Finish::Included, scene);
    tell(progress, 1.0)?;
    Ok([first, second])
}

fn part(
    recording: &Recording,
    (from, to): (SessionTime, SessionTime),
    finish: Finish,
    scene: &dyn Surroundings,
) -> Recording {
    cut(recording, Stretch { from, to, start: Start::LedInto, finish }, scene).grow()
}

fn before(end: SessionTime) -> String {
    format!("a moment of the recording, before its end at {end} s")
}
