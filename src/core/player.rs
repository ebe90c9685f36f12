//! Where playback stands, how fast and which way it runs, and what becomes of it at the end. Time is
//! handed in: nothing in here reads a clock.

use serde::{Deserialize, Serialize};

use crate::time::{SessionSpan, SessionTime};

/// How fast a recording plays, in thousandths of its own pace; negative: backwards. Never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Speed(i32);

impl Speed {
    /// As it was recorded.
    pub const NORMAL: Self = Self(1000);
    /// The steps that keys lead along.
    pub const LADDER: [Self; 6] =
        [Self(250), Self(500), Self(1000), Self(2000), Self(4000), Self(8000)];

    /// A speed of ¼ to 8 times, forwards or backwards, to the thousandth.
    pub fn new(factor: f64) -> Option<Self> {
        let is_possible = (0.25..=8.0).contains(&factor.abs());
        is_possible.then(|| Self((factor * 1000.0).round() as i32))
    }

    /// Times its own pace.
    pub fn factor(self) -> f64 {
        f64::from(self.0) / 1000.0
    }

    /// The next step up the ladder, the same way on; the fastest stays.
    pub fn faster(self) -> Self {
        let next = Self::LADDER.into_iter().find(|step| step.0 > self.0.abs());
        self.towards(next.unwrap_or(Self(8000)))
    }

    /// The next step down the ladder, the same way on; the slowest stays.
    pub fn slower(self) -> Self {
        let next = Self::LADDER.into_iter().rev().find(|step| step.0 < self.0.abs());
        self.towards(next.unwrap_or(Self(250)))
    }

    /// Whether it leads towards the start.
    pub fn is_backwards(self) -> bool {
        self.0 < 0
    }

    fn towards(self, step: Self) -> Self {
        Self(step.0 * self.0.signum())
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::NORMAL
    }
}

impl TryFrom<f64> for Speed {
    type Error = &'static str;

    fn try_from(factor: f64) -> Result<Self, Self::Error> {
        Self::new(factor).ok_or("a speed is 0.25 to 8, or -0.25 to -8 for backwards")
    }
}

impl From<Speed> for f64 {
    fn from(speed: Speed) -> Self {
        speed.factor()
    }
}

/// What becomes of playback when it comes to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtEnd {
    /// The last moment stays.
    #[default]
    Hold,
    /// Everything is as it was before.
    Return,
    /// It begins again.
    Loop,
}

/// A place in a recording that moves on while it plays, and never leaves the part between its marks.
///
/// Whole nanoseconds are added and what is left over by the speed is kept, so many small steps lead
/// exactly where one large one does, and a loop keeps its beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playhead {
    at: SessionTime,
    /// Thousandths of a nanosecond beyond `at`, 0..1000.
    beyond: i64,
    end: SessionTime,
    marks: (SessionTime, SessionTime),
    speed: Speed,
    at_end: AtEnd,
    playing: bool,
}

impl Playhead {
    /// At the start of a recording that ends at `end`, playing. An end before the start counts as
    /// the start.
    pub fn new(end: SessionTime) -> Self {
        let end = end.max(SessionTime::ZERO);
        Self {
            at: SessionTime::ZERO,
            beyond: 0,
            end,
            marks: (SessionTime::ZERO, end),
            speed: Speed::NORMAL,
            at_end: AtEnd::Hold,
            playing: true,
        }
    }

    /// The moment to show.
    pub fn at(&self) -> SessionTime {
        self.at
    }

    /// The last moment there is.
    pub fn end(&self) -> SessionTime {
        self.end
    }

    /// The part that plays: its first and its last moment.
    pub fn marks(&self) -> (SessionTime, SessionTime) {
        self.marks
    }

    /// How fast it plays.
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// What becomes of it at the end.
    pub fn at_end(&self) -> AtEnd {
        self.at_end
    }

    /// Whether it moves as time passes: it plays, and the end is not reached.
    pub fn is_moving(&self) -> bool {
        self.playing && !self.has_ended()
    }

    /// Whether it has come to where it leads, and does not begin again.
    pub fn has_ended(&self) -> bool {
        let (first, last) = self.marks;
        let goal = if self.speed.is_backwards() { first } else { last };
        self.at == goal && (self.at_end != AtEnd::Loop || first == last)
    }

    /// Lets time pass: moves on by `span`, times its speed, if it plays; at the end it holds or
    /// begins again.
    pub fn advance(&mut self, span: SessionSpan) {
        if !self.is_moving() {
            return;
        }
        let thousandths = i128::from(span.as_nanos()) * i128::from(self.speed.0);
        let thousandths = thousandths + i128::from(self.beyond);
        let to = i128::from(self.at.as_nanos()) + thousandths.div_euclid(1000);
        self.beyond = thousandths.rem_euclid(1000) as i64;
        let (first, last) = self.marks;
        let (first_ns, length_ns) =
            (i128::from(first.as_nanos()), i128::from(last.saturating_sub(first).as_nanos()));
        let is_over = to < first_ns || to >= first_ns + length_ns;
        if self.at_end == AtEnd::Loop && is_over && length_ns > 0 {
            let ns = first_ns + (to - first_ns).rem_euclid(length_ns);
            self.at = SessionTime::from_nanos(ns as i64);
        } else {
            let ns = to.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
            self.seek_between(SessionTime::from_nanos(ns), is_over);
        }
    }

    /// Goes to a moment, held between the marks.
    pub fn seek(&mut self, to: SessionTime) {
        self.seek_between(to, true);
    }

    fn seek_between(&mut self, to: SessionTime, is_whole: bool) {
        self.at = to.clamp(self.marks.0, self.marks.1);
        if is_whole {
            self.beyond = 0;
        }
    }

    /// Goes forwards, or back where `by` is negative, whether it plays or not.
    pub fn jump(&mut self, by: SessionSpan) {
        self.seek(self.at.saturating_add(by));
    }

    /// Stops moving.
    pub fn pause(&mut self) {
        self.playing = false;
    }

    /// Moves on from where it is; from where it began, where it has ended.
    pub fn resume(&mut self) {
        if self.has_ended() {
            self.seek(if self.speed.is_backwards() { self.marks.1 } else { self.marks.0 });
        }
        self.playing = true;
    }

    /// Pauses what moves, resumes what does not.
    pub fn toggle(&mut self) {
        if self.is_moving() { self.pause() } else { self.resume() }
    }

    /// Plays from the start.
    pub fn restart(&mut self) {
        self.seek(self.marks.0);
        self.playing = true;
    }

    /// From here on it plays so fast.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }

    /// From here on this becomes of it at the end.
    pub fn set_at_end(&mut self, at_end: AtEnd) {
        self.at_end = at_end;
    }

    /// From here on only what lies between two moments plays; given in any order, held within the
    /// recording.
    pub fn set_marks(&mut self, one: SessionTime, other: SessionTime) {
        let within = |t: SessionTime| t.clamp(SessionTime::ZERO, self.end);
        self.marks = (within(one.min(other)), within(one.max(other)));
        self.seek(self.at);
    }
}
