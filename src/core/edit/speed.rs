//! A stretch played faster or slower.

use crate::clock_track::ClockChange;
use crate::recording::Recording;
use crate::time::{SessionSpan, SessionTime};
use crate::wording::Surroundings;

use super::append::{Seam, append};
use super::cut::{Finish, Start, Stretch, cut};
use super::parts::Parts;
use super::{EditError, Progress, tell};

/// How many times as fast a stretch may be played; as slow as its inverse.
const MOST_TIMES: f64 = 1_000.0;

/// The recording with the stretch between two moments played `times` as fast (0.001 to 1000): every
/// picture is as it was, at another moment. The clock's rate is multiplied, so that simulation time goes
/// with the pictures; changes of properties take less time in the measure in which they lie in it.
///
/// Smooth ways and flights from one node to another that go through the stretch's ends are fitted there
/// within a tenth of a pixel. A flight between nodes that `scene` does not know is evenly spread over the
/// time that it takes then.
///
/// # Errors
/// Where `times` or the stretch is none; where it was stopped.
pub fn speed(
    recording: &Recording,
    times: f64,
    (from, to): (SessionTime, SessionTime),
    scene: &dyn Surroundings,
    progress: Progress<'_>,
) -> Result<Recording, EditError> {
    if !(MOST_TIMES.recip()..=MOST_TIMES).contains(&times) {
        return Err(EditError::refused("the speed", times, "a number from 0.001 to 1000"));
    }
    let end = recording.duration();
    if from < SessionTime::ZERO || from >= to || to > end {
        let found = format!("{from} s to {to} s");
        let expected = format!("a start before its end, from 0 s to {end} s");
        return Err(EditError::refused("the stretch", found, expected));
    }
    let mut pieces = vec![(SessionTime::ZERO, from), (from, to), (to, end)];
    pieces.retain(|(begin, end)| begin < end);
    let count = pieces.len();
    let mut whole: Option<Parts> = None;
    for (n, (begin, end)) in pieces.into_iter().enumerate() {
        tell(progress, n as f32 / count as f32)?;
        let start = if n == 0 { Start::LedInto } else { Start::GoesOn };
        let is_last = n + 1 == count;
        let finish = if is_last { Finish::Included } else { Finish::GoesOn };
        let stretch = Stretch { from: begin, to: end, start, finish };
        let mut piece = cut(recording, stretch, scene);
        if begin == from {
            hasten(&mut piece, times);
        }
        match &mut whole {
            None => whole = Some(piece),
            Some(whole) => {
                let seam = Seam { from: whole.end, to: whole.end };
                append(whole, piece, &seam);
            }
        }
    }
    tell(progress, 1.0)?;
    Ok(whole.unwrap_or_default().grow())
}

/// Lets a piece that begins at 0 go so many times as fast.
fn hasten(piece: &mut Parts, times: f64) {
    let scaled = |time: SessionTime| {
        let whole_ns = time.as_nanos() as f64 / times;
        // Casts hold at the ends of what can be named.
        SessionTime::from_nanos(whole_ns.round() as i64)
    };
    piece.restamp(scaled, |span: SessionSpan| match scaled(span) {
        // What took a while still does.
        SessionSpan::ZERO if span > SessionSpan::ZERO => SessionSpan::from_nanos(1),
        scaled => scaled,
    });
    // Until something is said the clock's rate is 1: then that is hastened.
    let is_said = |change: &ClockChange| change.stamp <= SessionTime::ZERO;
    if times != 1.0 && !piece.clock_changes.first().is_some_and(is_said) {
        let (rate, paused) = (Some(1.0), Some(false));
        let unsaid = ClockChange { seq: 0, stamp: SessionTime::ZERO, rate, paused };
        piece.clock_changes.insert(0, unsaid);
    }
    // One change may say the pause alone: then it is the rate before it that goes on.
    for change in &mut piece.clock_changes {
        change.rate = change.rate.map(|rate| rate * times).filter(|rate| rate.is_finite());
    }
}
