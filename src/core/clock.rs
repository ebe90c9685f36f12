//! The running clock of a scene: simulation time, its rate, its pause, and smooth changes of them.
//! Real time is handed in; nothing in here reads a clock.

use crate::clock_track::ClockSample;
use crate::time::{SessionSpan, SessionTime, SimTime};

/// OpenSpace's steps of the rate, simulated seconds a second: 1 s to 20 years. Below zero the same.
pub const RATE_STEPS: [f64; 20] = [
    1.0,
    5.0,
    30.0,
    60.0,
    300.0,
    1_800.0,
    3_600.0,
    43_200.0,
    86_400.0,
    604_800.0,
    1_209_600.0,
    2_592_000.0,
    5_184_000.0,
    7_776_000.0,
    15_552_000.0,
    31_536_000.0,
    63_072_000.0,
    157_680_000.0,
    315_360_000.0,
    630_720_000.0,
];

/// A clock that runs.
///
/// Time that passes is counted in whole nanoseconds from the last change, so that it is the same
/// however many frames it is cut into.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Simulation time when the present motion began, TDB seconds past J2000.
    from_s: f64,
    /// Real time since then.
    since: SessionSpan,
    rate: f64,
    paused: bool,
    change: Option<Change>,
}

/// A smooth way from one time and pace to another.
#[derive(Clone, Debug, PartialEq)]
struct Change {
    lasts: SessionSpan,
    /// Simulated seconds a second at its beginning.
    from_pace: f64,
    to_s: f64,
    to_pace: f64,
}

impl Clock {
    /// A clock that stands as `at` says and runs on from there.
    pub fn new(at: ClockSample) -> Self {
        Self {
            from_s: at.sim_time.as_tdb_secs(),
            since: SessionSpan::ZERO,
            rate: at.rate,
            paused: at.paused,
            change: None,
        }
    }

    /// Time, rate and pause as they are now. The rate is the one asked for, also while a smooth change
    /// leads there and while the clock is paused.
    pub fn sample(&self) -> ClockSample {
        let sim_time = SimTime::from_tdb_secs(self.now_s()).unwrap_or(SimTime::J2000);
        ClockSample { sim_time, rate: self.rate, paused: self.paused }
    }

    /// Whether simulation time moves.
    pub fn is_moving(&self) -> bool {
        self.change.is_some() || !self.paused && self.rate != 0.0
    }

    /// Lets real time pass.
    pub fn advance(&mut self, span: SessionSpan) {
        self.since = self.since.saturating_add(span);
        let Some(change) = &self.change else { return };
        if self.since >= change.lasts {
            let beyond = self.since.saturating_sub(change.lasts);
            self.from_s = change.to_s;
            self.since = beyond;
            self.change = None;
        }
    }

    /// Puts the clock to a time, at once or smoothly. Numbers that are not finite change nothing.
    pub fn set_time(&mut self, to: SimTime, over: SessionSpan) {
        // Where it will be, had it gone on from `to` when the change is complete.
        let to_s = to.as_tdb_secs();
        let to_s = to_s + self.pace_to() * over.max(SessionTime::ZERO).as_secs();
        self.change_from(self.now_s(), self.pace(), to_s, over);
    }

    /// Lets the clock run at another rate, at once or smoothly.
    pub fn set_rate(&mut self, rate: f64, over: SessionSpan) {
        if !rate.is_finite() {
            return;
        }
        let (now_s, from_pace) = (self.now_s(), self.pace());
        self.rate = rate;
        self.change_pace(now_s, from_pace, over);
    }

    /// Stops the clock or lets it go on, at once or smoothly.
    pub fn set_paused(&mut self, paused: bool, over: SessionSpan) {
        let (now_s, from_pace) = (self.now_s(), self.pace());
        self.paused = paused;
        self.change_pace(now_s, from_pace, over);
    }

    /// The next faster of the rate's steps, or the next towards faster backwards.
    pub fn next_rate(&self, up: bool) -> f64 {
        let steps = RATE_STEPS.iter().rev().map(|step| -step).chain(RATE_STEPS);
        let mut steps: Vec<f64> = steps.collect();
        if up {
            steps.iter().copied().find(|s| *s > self.rate).unwrap_or(RATE_STEPS[19])
        } else {
            steps.reverse();
            steps.iter().copied().find(|s| *s < self.rate).unwrap_or(-RATE_STEPS[19])
        }
    }

    /// The pace that is asked for: 0 while paused.
    fn pace_to(&self) -> f64 {
        if self.paused { 0.0 } else { self.rate }
    }

    fn change_pace(&mut self, now_s: f64, from_pace: f64, over: SessionSpan) {
        let mean = (from_pace + self.pace_to()) / 2.0;
        let to_s = now_s + mean * over.max(SessionTime::ZERO).as_secs();
        self.change_from(now_s, from_pace, to_s, over);
    }

    /// Time and pace are those of before what is asked for was taken down.
    fn change_from(&mut self, now_s: f64, from_pace: f64, to_s: f64, over: SessionSpan) {
        self.since = SessionSpan::ZERO;
        if over <= SessionSpan::ZERO || !to_s.is_finite() {
            self.from_s = if to_s.is_finite() { to_s } else { now_s };
            self.change = None;
            return;
        }
        self.from_s = now_s;
        let to_pace = self.pace_to();
        self.change = Some(Change { lasts: over, from_pace, to_s, to_pace });
    }

    fn now_s(&self) -> f64 {
        let since_s = self.since.as_secs();
        match &self.change {
            None => held(self.from_s + self.pace_to() * since_s),
            Some(change) => change.time_s(self.from_s, since_s),
        }
    }

    /// Simulated seconds a second at this moment.
    fn pace(&self) -> f64 {
        match &self.change {
            None => self.pace_to(),
            Some(change) => change.pace(self.from_s, self.since.as_secs()),
        }
    }
}

impl Change {
    /// OpenSpace's cubic between two times with two paces (`TimeManager::interpolate`).
    fn time_s(&self, from_s: f64, since_s: f64) -> f64 {
        let (t, a, b, _) = self.terms(from_s, since_s);
        let mixed = (1.0 - t) * from_s + t * self.to_s;
        held(mixed + t * (1.0 - t) * (a * (1.0 - t) + b * t))
    }

    /// The cubic's derivative.
    fn pace(&self, from_s: f64, since_s: f64) -> f64 {
        let (t, a, b, way) = self.terms(from_s, since_s);
        let bend = (1.0 - 2.0 * t) * (a * (1.0 - t) + b * t) + t * (1.0 - t) * (b - a);
        let pace = (way + bend) / self.lasts.as_secs();
        if pace.is_finite() { pace } else { 0.0 }
    }

    fn terms(&self, from_s: f64, since_s: f64) -> (f64, f64, f64, f64) {
        let lasts_s = self.lasts.as_secs();
        let way = self.to_s - from_s;
        let a = self.from_pace * lasts_s - way;
        let b = way - self.to_pace * lasts_s;
        ((since_s / lasts_s).clamp(0.0, 1.0), a, b, way)
    }
}

fn held(seconds: f64) -> f64 {
    if seconds.is_finite() { seconds } else { f64::MAX.copysign(seconds) }
}
