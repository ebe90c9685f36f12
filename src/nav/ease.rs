//! How a flight sets off and comes to rest, and how long it takes.

/// The part of a flight in which it gathers speed, and again in which it loses it.
const RAMP: f64 = 0.35;

/// The way done at a part of the time, both 0 to 1: speed and acceleration begin and end at zero.
pub(crate) fn way_done(time: f64) -> f64 {
    let time = time.clamp(0.0, 1.0);
    // The integral of smoothstep (3x² − 2x³), which the speed rises by.
    let ramp = |time: f64| {
        let x = time / RAMP;
        RAMP * (x * x * x - x * x * x * x / 2.0) / (1.0 - RAMP)
    };
    if time < RAMP {
        ramp(time)
    } else if time > 1.0 - RAMP {
        1.0 - ramp(1.0 - time)
    } else {
        (time - RAMP / 2.0) / (1.0 - RAMP)
    }
}

/// Seconds for a way whose length is in e-folds of height and radians of turning.
pub(crate) fn duration_s(way: f64) -> f64 {
    (2.0 + 0.3 * way).clamp(2.0, 12.0)
}

/// 0 to 1, flat at both ends.
pub(crate) fn smoothstep(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}
