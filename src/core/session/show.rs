//! A recording being played.

use std::sync::Arc;

use super::{Footage, Opened, Studio};
use crate::command::PlayCommand;
use crate::frame::Frame;
use crate::outcome::{Outcome, Refusal};
use crate::player::{AtEnd, Playhead, Speed};
use crate::snapshot::{Moment, PlayingView};
use crate::time::{SessionSpan, SessionTime};

/// What `play.step` goes by: a frame of a film of 60 frames a second, nanoseconds.
const STEP_NS: i64 = 16_666_667;

/// How a recording is played where nothing else is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayDefaults {
    /// Whether the clock is the recorded one.
    pub force_time: bool,
    /// How fast.
    pub speed: Speed,
    /// What becomes of it at the end.
    pub at_end: AtEnd,
}

impl Default for PlayDefaults {
    fn default() -> Self {
        Self { force_time: true, speed: Speed::NORMAL, at_end: AtEnd::Hold }
    }
}

/// A recording being played.
pub(super) struct Show {
    recording: String,
    name: String,
    footage: Box<dyn Footage>,
    playhead: Playhead,
    force_time: bool,
    moments: Arc<[Moment]>,
    before: Option<Frame>,
    /// Its first frame is its start: no time has passed.
    is_fresh: bool,
}

/// Opens a recording and looks whether it can be played as asked.
pub(super) fn start(
    studio: &mut dyn Studio,
    recording: &str,
    command: &PlayCommand,
    defaults: &PlayDefaults,
) -> Result<(Show, Vec<String>), Outcome> {
    let PlayCommand::Start { force_time, speed, at_end, from_s, to_s, .. } = command else {
        return Err(Outcome::DONE);
    };
    let moment = |what: &str, at_s: &Option<f64>| at_s.map(|s| time(what, s)).transpose();
    let (from, to) = (moment("from_s", from_s)?, moment("to_s", to_s)?);
    let Opened { title, mut footage, warnings } =
        studio.open(recording).map_err(Outcome::Failed)?;
    // What cannot be shown at its start is refused before anything changes.
    footage.frame(from.unwrap_or_default()).map_err(Outcome::Failed)?;
    let mut playhead = Playhead::new(footage.duration());
    playhead.set_speed(speed.unwrap_or(defaults.speed));
    playhead.set_at_end(at_end.unwrap_or(defaults.at_end));
    playhead.set_marks(from.unwrap_or(SessionTime::ZERO), to.unwrap_or(SessionTime::MAX));
    let (first, last) = playhead.marks();
    playhead.seek(if playhead.speed().is_backwards() { last } else { first });
    let show = Show {
        recording: recording.to_owned(),
        name: title,
        moments: footage.moments().into(),
        footage,
        playhead,
        force_time: force_time.unwrap_or(defaults.force_time),
        before: None,
        is_fresh: true,
    };
    Ok((show, warnings))
}

impl Show {
    /// The same, with what to return to.
    pub(super) fn after(self, before: Frame) -> Self {
        Self { before: Some(before), ..self }
    }

    pub(super) fn into_before(self) -> Option<Frame> {
        self.before
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn at_end(&self) -> AtEnd {
        self.playhead.at_end()
    }

    pub(super) fn has_ended(&self) -> bool {
        self.playhead.has_ended()
    }

    pub(super) fn force_time(&self) -> bool {
        self.force_time
    }

    /// Lets time pass. True where that has brought it to its end.
    pub(super) fn advance(&mut self, span: SessionSpan) -> bool {
        if std::mem::take(&mut self.is_fresh) || !self.playhead.is_moving() {
            return false;
        }
        self.playhead.advance(span);
        self.playhead.has_ended()
    }

    pub(super) fn frame(&mut self) -> Result<Frame, String> {
        self.footage.frame(self.playhead.at())
    }

    pub(super) fn obey(&mut self, command: &PlayCommand) -> Outcome {
        match self.try_obey(command) {
            Ok(()) => Outcome::DONE,
            Err(refusal) => refusal.into(),
        }
    }

    fn try_obey(&mut self, command: &PlayCommand) -> Result<(), Refusal> {
        let playhead = &mut self.playhead;
        match command {
            // These two are the session's to obey.
            PlayCommand::Start { .. } | PlayCommand::Stop {} => {}
            PlayCommand::Pause {} => playhead.pause(),
            PlayCommand::Resume {} => playhead.resume(),
            PlayCommand::Toggle {} => playhead.toggle(),
            PlayCommand::Seek { at_s } => playhead.seek(time("at_s", *at_s)?),
            PlayCommand::Jump { by_s } => playhead.jump(time("by_s", *by_s)?),
            PlayCommand::Step { frames } => {
                playhead.pause();
                playhead.jump(SessionSpan::from_nanos(STEP_NS * i64::from(*frames)));
            }
            PlayCommand::Home {} => playhead.seek(playhead.marks().0),
            PlayCommand::End {} => {
                playhead.seek(playhead.marks().1);
                playhead.pause();
            }
            PlayCommand::Speed { speed } => playhead.set_speed(*speed),
            PlayCommand::Faster {} => playhead.set_speed(playhead.speed().faster()),
            PlayCommand::Slower {} => playhead.set_speed(playhead.speed().slower()),
            PlayCommand::Marks { from_s, to_s } => {
                let from = from_s.map_or(Ok(SessionTime::ZERO), |s| time("from_s", s))?;
                let to = to_s.map_or(Ok(SessionTime::MAX), |s| time("to_s", s))?;
                playhead.set_marks(from, to);
            }
            PlayCommand::AtEnd { what } => playhead.set_at_end(*what),
            PlayCommand::ForceTime { on } => self.force_time = *on,
        }
        Ok(())
    }

    pub(super) fn view(&self) -> PlayingView {
        let playhead = &self.playhead;
        PlayingView {
            recording: self.recording.clone(),
            name: self.name.clone(),
            at: playhead.at(),
            duration: playhead.end(),
            marks: playhead.marks(),
            speed: playhead.speed(),
            at_end: playhead.at_end(),
            is_moving: playhead.is_moving(),
            has_ended: playhead.has_ended(),
            force_time: self.force_time,
            moments: Arc::clone(&self.moments),
        }
    }
}

fn time(what: &str, seconds: f64) -> Result<SessionTime, Refusal> {
    SessionTime::from_secs(seconds).ok_or_else(|| Refusal::Value {
        what: what.to_owned(),
        found: seconds.to_string(),
        expected: "a number of seconds within 292 years".to_owned(),
    })
}
