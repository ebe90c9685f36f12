//! Parts of eased ways in even pieces, where a file can only say the whole way.

use crate::time::SessionTime;
use crate::value::Easing;

/// How far a piece may be from the eased way, of the whole way.
const WITHIN: f64 = 1e-6;

/// As often a piece is halved at most.
const MOST_HALVINGS: u32 = 24;

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
