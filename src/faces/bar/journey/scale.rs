//! Where a moment is on the time line: what stretch is seen, how it is zoomed and moved.

use egui::{Rect, pos2};
use skyreel_core::time::SessionTime;

/// The shortest and the longest stretch that is shown, seconds.
const LEAST_S: f64 = 0.05;
const MOST_S: f64 = 1e7;
/// Steps of the ruler, seconds.
const STEPS_S: [f64; 20] = [
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0,
    1_800.0, 3_600.0, 21_600.0, 86_400.0,
];

/// The stretch of a journey that is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) from_s: f64,
    pub(super) span_s: f64,
}

impl Stretch {
    /// All of a journey, with some room behind it.
    pub(super) fn all(duration: SessionTime) -> Self {
        let span_s = (duration.as_secs() * 1.06).clamp(10.0, MOST_S);
        Self { from_s: -0.015 * span_s, span_s }
    }

    /// As many times as near, about a moment that stays where it is.
    pub(super) fn zoomed(self, times: f64, about_s: f64) -> Self {
        let span_s = (self.span_s / times.clamp(0.01, 100.0)).clamp(LEAST_S, MOST_S);
        let along = (about_s - self.from_s) / self.span_s;
        Self { from_s: about_s - along * span_s, span_s }.within()
    }

    pub(super) fn moved(self, by_s: f64) -> Self {
        Self { from_s: self.from_s + by_s, ..self }.within()
    }

    fn within(self) -> Self {
        let from_s = if self.from_s.is_finite() { self.from_s } else { 0.0 };
        Self { from_s: from_s.clamp(-0.1 * self.span_s, MOST_S), ..self }
    }
}

/// A stretch on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) line: Rect,
    pub(super) stretch: Stretch,
}

impl Scale {
    pub(super) fn x(self, at_s: f64) -> f32 {
        let along = (at_s - self.stretch.from_s) / self.stretch.span_s;
        // Far outside is as good as outside.
        self.line.left() + (along.clamp(-4.0, 5.0) * f64::from(self.line.width())) as f32
    }

    pub(super) fn at_s(self, x: f32) -> f64 {
        let along = f64::from((x - self.line.left()) / self.line.width().max(1.0));
        self.stretch.from_s + along * self.stretch.span_s
    }

    /// How long so many points are, seconds.
    pub(super) fn span_s(self, points: f32) -> f64 {
        f64::from(points / self.line.width().max(1.0)) * self.stretch.span_s
    }

    /// The first and the last moment that are seen, with room for what reaches in.
    pub(super) fn seen_s(self) -> (f64, f64) {
        let more_s = self.span_s(12.0);
        (self.stretch.from_s - more_s, self.stretch.from_s + self.stretch.span_s + more_s)
    }

    /// The moments that the ruler names, and how far apart they are.
    pub(super) fn ticks(self) -> (Vec<f64>, f64) {
        let least_s = self.span_s(76.0);
        let step_s = STEPS_S.into_iter().find(|step| *step >= least_s);
        let step_s = step_s.unwrap_or_else(|| 86_400.0 * (least_s / 86_400.0).ceil());
        let (from_s, to_s) = self.seen_s();
        let first = (from_s.max(0.0) / step_s).ceil();
        let ticks = (0..400).map(|n| (first + f64::from(n)) * step_s);
        (ticks.take_while(|at_s| *at_s <= to_s).collect(), step_s)
    }

    /// A rectangle between two moments.
    pub(super) fn between(self, from_s: f64, to_s: f64, top: f32, bottom: f32) -> Rect {
        let line = self.line.x_range();
        let (a, b) = (self.x(from_s), self.x(to_s));
        Rect::from_min_max(pos2(line.clamp(a), top), pos2(line.clamp(b), bottom))
    }
}

/// A moment rounded to a thousandth of a second, not before the start.
pub(super) fn rounded(at_s: f64) -> f64 {
    let at_s = if at_s.is_finite() { at_s } else { 0.0 };
    (at_s.clamp(0.0, MOST_S) * 1e3).round() / 1e3
}
