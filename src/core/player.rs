//! Where playback stands and whether it runs. Time is handed in: nothing in here reads a clock.

use crate::time::{SessionSpan, SessionTime};

/// A place in a recording that moves on while it plays, and never leaves `ZERO..=end`.
///
/// Whole nanoseconds are added, so many small steps lead exactly where one large one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playhead {
    at: SessionTime,
    end: SessionTime,
    playing: bool,
}

impl Playhead {
    /// At the start of a recording that ends at `end`, playing. An end before the start counts as
    /// the start.
    pub fn new(end: SessionTime) -> Self {
        Self { at: SessionTime::ZERO, end: end.max(SessionTime::ZERO), playing: true }
    }

    /// The moment to show.
    pub fn at(&self) -> SessionTime {
        self.at
    }

    /// The last moment there is.
    pub fn end(&self) -> SessionTime {
        self.end
    }

    /// Whether it moves as time passes: it plays, and the end is not reached.
    pub fn is_moving(&self) -> bool {
        self.playing && self.at < self.end
    }

    /// Lets time pass: moves on by `span` if it plays, and holds at the end.
    pub fn advance(&mut self, span: SessionSpan) {
        if self.playing {
            self.jump(span);
        }
    }

    /// Goes to a moment, held within the recording.
    pub fn seek(&mut self, to: SessionTime) {
        self.at = to.clamp(SessionTime::ZERO, self.end);
    }

    /// Goes forwards, or back where `by` is negative, whether it plays or not.
    pub fn jump(&mut self, by: SessionSpan) {
        self.seek(self.at.saturating_add(by));
    }

    /// Stops moving.
    pub fn pause(&mut self) {
        self.playing = false;
    }

    /// Moves on from where it is; from the start where it stands at the end.
    pub fn resume(&mut self) {
        if self.at == self.end {
            self.at = SessionTime::ZERO;
        }
        self.playing = true;
    }

    /// Pauses what moves, resumes what does not.
    pub fn toggle(&mut self) {
        if self.is_moving() { self.pause() } else { self.resume() }
    }

    /// Plays from the start.
    pub fn restart(&mut self) {
        self.at = SessionTime::ZERO;
        self.playing = true;
    }
}
