//! Parts of eased ways in even pieces, where a file can only say the whole way.

use crate::camera_track::CameraTrack;
use crate::time::SessionTime;
use crate::value::Easing;

/// How far a piece may be from the eased way, of the whole way.
const WITHIN: f64 = 1e-6;

/// As often a piece is halved at most.
const MOST_HALVINGS: u32 = 24;

/// Where an easing is infinitely fast, so many moments lie in each half of the way there.
const IN_EACH_HALF: i32 = 16;

/// Where a bounce turns round at once, of its time; see [`Easing::BounceEaseOut`].
const BOUNCES: [f64; 3] = [1.0 / 2.75, 2.0 / 2.75, 2.5 / 2.75];

/// Moments of the part `from..to` of an eased way that lasts `whole`, both ends included, and how far
/// the way is at each; between them it may be taken to be even.
pub(super) fn even_moments(
    easing: Easing,
    whole: (SessionTime, SessionTime),
    (from, to): (SessionTime, SessionTime),
) -> Vec<(SessionTime, f64)> {
    let weight = |at: SessionTime| easing.apply(at.fraction_between(whole.0, whole.1));
    let mut moments = vec![(from, weight(from))];
    halve(&mut moments, &weight, (to, weight(to)), MOST_HALVINGS);
    moments
}

fn halve(
    moments: &mut Vec<(SessionTime, f64)>,
    weight: &impl Fn(SessionTime) -> f64,
    end: (SessionTime, f64),
    halvings: u32,
) {
    let Some(start) = moments.last().copied() else { return };
    let middle = |a: SessionTime, b: SessionTime| {
        let ns = (i128::from(a.as_nanos()) + i128::from(b.as_nanos())).div_euclid(2);
        SessionTime::from_nanos(ns as i64)
    };
    let half = middle(start.0, end.0);
    // At the quarters too: an even curve may cross its chord in the middle.
    let is_even = [middle(start.0, half), half, middle(half, end.0)].iter().all(|at| {
        let even = start.1 + (end.1 - start.1) * at.fraction_between(start.0, end.0);
        (weight(*at) - even).abs() <= WITHIN
    });
    if halvings > 0 && half > start.0 && !(is_even && halvings < MOST_HALVINGS - 1) {
        halve(moments, weight, (half, weight(half)), halvings - 1);
        halve(moments, weight, end, halvings - 1);
    } else {
        moments.push(end);
    }
}

/// Moments of a part of the way from a camera's entry to the next at which even pieces must be looked
/// at: ever closer to each other towards where the way's easing is infinitely fast, and where it turns
/// round at once or jumps.
pub(super) fn uneven_moments(
    track: &CameraTrack,
    from: SessionTime,
    to: SessionTime,
) -> Vec<SessionTime> {
    let Some(index) = track.locate(from).map(|found| found.index) else { return Vec::new() };
    let Some(entry) = track.entries().get(index).filter(|_| index + 1 < track.entries().len())
    else {
        return Vec::new();
    };
    let (begin, end) = (track.due_at(index).as_nanos(), track.due_at(index + 1).as_nanos());
    let span_ns = end.saturating_sub(begin);
    let bounces = |part: fn(f64) -> f64| {
        BOUNCES.map(|t| begin.saturating_add((span_ns as f64 * part(t)) as i64)).to_vec()
    };
    let towards = |at: i64| {
        let halves = (span_ns.max(1) as f64).log2().ceil() as i32;
        let near = (0..=halves * IN_EACH_HALF).flat_map(|n| {
            let ns = 2.0_f64.powf(f64::from(n) / f64::from(IN_EACH_HALF)) as i64;
            [at.saturating_sub(ns), at.saturating_add(ns)]
        });
        near.chain([at]).collect()
    };
    let moments: Vec<i64> = match entry.leave.easing {
        Easing::CircularEaseIn => towards(end),
        Easing::CircularEaseOut => towards(begin),
        Easing::CircularEaseInOut => towards(begin.midpoint(end)),
        // 2^-10 is not 0: these jump by a thousandth of the way.
        Easing::ExponentialEaseIn => vec![begin.saturating_add(1)],
        Easing::ExponentialEaseOut => vec![end.saturating_sub(1)],
        Easing::ExponentialEaseInOut => vec![begin.saturating_add(1), end.saturating_sub(1)],
        Easing::BounceEaseOut => bounces(|t| t),
        Easing::BounceEaseIn => bounces(|t| 1.0 - t),
        Easing::BounceEaseInOut => {
            [bounces(|t| 0.5 - t / 2.0), bounces(|t| 0.5 + t / 2.0)].concat()
        }
        _ => Vec::new(),
    };
    let moments = moments.into_iter().map(SessionTime::from_nanos);
    moments.filter(|at| (from..to).contains(at)).collect()
}
