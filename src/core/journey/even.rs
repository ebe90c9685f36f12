//! Moments of keys between which the camera goes at an even speed.

use std::ops::RangeInclusive;

use crate::camera_track::{CameraEntry, CameraTrack, Path};
use crate::recording::Recording;
use crate::time::SessionTime;
use crate::wording::Surroundings;

use super::travel::Way;

/// Where a way cannot be made even.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotEven {
    /// There is no way.
    #[error("the camera does not move between these keys")]
    NoWay,
    /// No time to go it in.
    #[error("there is no time between the first of these keys and the last")]
    NoTime,
}

/// The way is made even so often at most; each time what is left of the unevenness is a fraction.
const MOST_ROUNDS: usize = 40;

/// Until no key moves by more than this part of its stretch.
const EVEN_ENOUGH: f64 = 1e-5;

/// The whole way is measured in about so many straight pieces, a stretch in at least and at most.
const PIECES: usize = 16_384;
const PIECES_EACH: (usize, usize) = (8, 64);

/// A way that is shorter than this is none.
const STANDING: f64 = 1e-9;

/// Moments for these keys of a camera, the first and the last as they are: between any two of them
/// the camera goes at the same mean speed. Stretches where it stays, and flights between nodes whose
/// places nobody knows, last as long as they do.
///
/// # Errors
/// Where there is no way, or no time.
pub(super) fn stamps(
    recording: &Recording,
    view: &str,
    keys: RangeInclusive<usize>,
    scene: &dyn Surroundings,
) -> Result<Vec<SessionTime>, NotEven> {
    let way = Way::new(recording, view, scene).ok_or(NotEven::NoWay)?;
    let (first, last) = keys.into_inner();
    let mut stamps: Vec<SessionTime> = (first..=last).map(|key| way.track.due_at(key)).collect();
    let start = way.track.due_at(first);
    let whole_s = way.track.due_at(last).saturating_sub(start).as_secs();
    let stretches = last.saturating_sub(first);
    if whole_s <= 0.0 {
        return Err(NotEven::NoTime);
    }
    let mut spans_s: Vec<f64> =
        stamps.windows(2).map(|pair| pair[1].saturating_sub(pair[0]).as_secs()).collect();
    let holds = |i: usize| way.track.entries()[first + i].leave.path == Path::Hold;
    // Keys of one moment have no way between them yet: they get time to be measured in.
    let least_s = 1e-3 * whole_s / stretches as f64;
    for (_, span_s) in spans_s.iter_mut().enumerate().filter(|(i, _)| !holds(*i)) {
        *span_s = span_s.max(least_s);
    }
    rescale(&mut spans_s, &|_| true, whole_s);
    let pieces = (PIECES / stretches.max(1)).clamp(PIECES_EACH.0, PIECES_EACH.1);
    let mut kept: Option<Vec<bool>> = None;
    for _ in 0..MOST_ROUNDS {
        let track = with_stamps(way.track, first, &stamps_of(start, &spans_s, &stamps));
        let way = way.along(&track);
        let lengths: Vec<Option<f64>> = (0..stretches)
            .map(|i| {
                let (from, to) = (track.due_at(first + i), track.due_at(first + i + 1));
                way.length(from, to, pieces).filter(|length| *length > STANDING && !holds(i))
            })
            .collect();
        let kept = kept.get_or_insert_with(|| lengths.iter().map(Option::is_none).collect());
        let is_going = |i: usize| !kept[i];
        let total: f64 = (0..stretches).filter(|i| is_going(*i)).filter_map(|i| lengths[i]).sum();
        let time_s: f64 = (0..stretches).filter(|i| is_going(*i)).map(|i| spans_s[i]).sum();
        if total <= STANDING {
            return Err(NotEven::NoWay);
        }
        let mut largest: f64 = 0.0;
        for i in (0..stretches).filter(|i| is_going(*i)) {
            let share = lengths[i].unwrap_or(STANDING).max(STANDING) / total;
            // A nanosecond at least, so that keys keep their order.
            let span_s = (share * time_s).max(1e-9);
            largest = largest.max((span_s / spans_s[i] - 1.0).abs());
            spans_s[i] = span_s;
        }
        rescale(&mut spans_s, &is_going, time_s);
        if largest < EVEN_ENOUGH {
            break;
        }
    }
    stamps = stamps_of(start, &spans_s, &stamps);
    Ok(stamps)
}

/// Makes the spans that may change last so long together.
fn rescale(spans_s: &mut [f64], may_change: &dyn Fn(usize) -> bool, time_s: f64) {
    let sum: f64 = (0..spans_s.len()).filter(|i| may_change(*i)).map(|i| spans_s[i]).sum();
    for (i, span_s) in spans_s.iter_mut().enumerate() {
        if may_change(i) && sum > 0.0 {
            *span_s *= time_s / sum;
        }
    }
}

/// The moments that spans lead to; the first and the last are as they were.
fn stamps_of(
    start: SessionTime,
    spans_s: &[f64],
    as_they_were: &[SessionTime],
) -> Vec<SessionTime> {
    let last = as_they_were.last().copied().unwrap_or(start);
    let mut at_s = 0.0;
    let mut stamps = vec![start];
    for span_s in &spans_s[..spans_s.len().saturating_sub(1)] {
        at_s += span_s;
        let at = start.saturating_add(SessionTime::from_secs(at_s).unwrap_or_default());
        stamps.push(at.min(last));
    }
    stamps.push(last);
    stamps
}

/// The track with other moments from the key `first` on.
fn with_stamps(track: &CameraTrack, first: usize, stamps: &[SessionTime]) -> CameraTrack {
    let mut moved = CameraTrack::default();
    for (index, entry) in track.entries().iter().enumerate() {
        let own = track.due_at(index);
        let at = index.checked_sub(first).and_then(|i| stamps.get(i)).copied().unwrap_or(own);
        // It was in a track.
        let _ = moved.push(CameraEntry { stamp: at, ..entry.clone() });
    }
    moved
}
