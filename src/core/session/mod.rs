//! The session: does nothing, records, or plays — never two of them. It knows neither disk nor screen:
//! where recordings go to and come from is handed in, and so are time and what the scene looks like.

mod notices;
mod show;
mod take;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::capture::Seen;
use crate::command::{PlayCommand, RecordCommand};
use crate::entry::Entry;
use crate::event::EventKind;
use crate::frame::Frame;
use crate::instant::InstantReplay;
use crate::outcome::{Outcome, Refusal};
use crate::player::AtEnd;
use crate::snapshot::{ModeView, Moment, Weight};
use crate::time::{SessionSpan, SessionTime};
use crate::value::Value;

pub use notices::Notices;
pub use show::PlayDefaults;
pub use take::RecordDefaults;

use show::Show;
use take::Take;

/// Where the entries of one recording go to.
pub trait Tape: Send {
    /// Hands an entry over; it may not wait.
    ///
    /// # Errors
    /// Where the recording has ended by itself.
    fn push(&mut self, entry: Entry) -> Result<(), TapeEnded>;
    /// How far it is.
    fn progress(&self) -> TapeProgress;
    /// Asks for its end, or for it to be thrown away; what remains is done behind.
    fn stop(&mut self, discard: bool);
    /// Takes a small picture of what is recorded, PNG. Not all tapes keep one.
    fn picture(&mut self, _png: Vec<u8>) {}
}

/// The recording has ended by itself; `progress` tells why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the recording has ended")]
pub struct TapeEnded;

/// How far a recording is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TapeProgress {
    /// How large it is, bytes.
    pub bytes: u64,
    /// How it ended, once it has.
    pub end: Option<TapeEnd>,
}

/// How a recording ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TapeEnd {
    /// What it can be played by; `None` where there is nothing to play.
    pub recording: Option<String>,
    /// Why, where nobody had stopped it.
    pub reason: Option<String>,
}

/// What is played.
pub trait Footage: Send {
    /// How long it is.
    fn duration(&self) -> SessionTime;
    /// Everything at a moment.
    ///
    /// # Errors
    /// Where it cannot be read, in words.
    fn frame(&mut self, at: SessionTime) -> Result<Frame, String>;
    /// What its time line shows.
    fn moments(&mut self) -> Vec<Moment>;
}

/// Properties by path, as a recording begins with them.
pub type Baseline = BTreeMap<Arc<str>, Value>;

/// A recording to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct TapePlan {
    /// What it is to be called; `None`: by date and time.
    pub name: Option<String>,
    /// For people.
    pub description: String,
    /// Whether a text is to be made of it.
    pub as_text: bool,
    /// Whether one of that name is replaced.
    pub overwrite: bool,
    /// The properties at its start.
    pub baseline: Baseline,
}

/// A tape that runs.
pub struct Begun {
    /// What the recording is called.
    pub name: String,
    /// Where its entries go.
    pub tape: Box<dyn Tape>,
}

/// A recording that can be played.
pub struct Opened {
    /// What it is called.
    pub title: String,
    /// What is played.
    pub footage: Box<dyn Footage>,
    /// What should be known of it.
    pub warnings: Vec<String>,
}

/// Where recordings are made and come from.
pub trait Studio {
    /// Begins a recording.
    ///
    /// # Errors
    /// Why it cannot, and what to do.
    fn begin(&mut self, plan: TapePlan) -> Result<Begun, String>;
    /// Opens a recording.
    ///
    /// # Errors
    /// Why it cannot, and what to do.
    fn open(&mut self, recording: &str) -> Result<Opened, String>;
}

/// What the scene is to be like after a frame's time has passed.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// As whoever drives it says.
    Live,
    /// As recorded; where time is not forced, all but the clock.
    Recorded {
        /// The moment.
        frame: Frame,
        /// Whether the clock is part of it.
        force_time: bool,
    },
    /// As it was before playback, once; then live.
    Before {
        /// How it was.
        frame: Frame,
        /// Whether the clock is part of it: where playback had it.
        force_time: bool,
    },
}

/// What a session does. Both at once cannot be written down.
enum Mode {
    Idle,
    Recording(Box<Take>),
    Playing(Box<Show>),
}

/// A session.
pub struct Session {
    mode: Mode,
    /// Recordings that were stopped and are being finished.
    finishing: Vec<Box<dyn Tape>>,
    /// The last seconds, while it neither records nor plays.
    instant: Option<InstantReplay>,
    notices: Notices,
    /// What happened in this frame, for the recording.
    events: Vec<EventKind>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            mode: Mode::Idle,
            finishing: Vec::new(),
            instant: None,
            notices: Notices::default(),
            events: Vec::new(),
        }
    }
}

impl Session {
    /// Whether whoever sits before it drives the scene: not while it plays.
    pub fn is_live(&self) -> bool {
        !matches!(self.mode, Mode::Playing(_))
    }

    /// Lets whoever asks drive the scene: playback that has ended gives way.
    ///
    /// # Errors
    /// While a recording plays.
    pub fn drive(&mut self) -> Result<(), Refusal> {
        if matches!(&self.mode, Mode::Playing(show) if show.has_ended()) {
            self.stop_playing();
        }
        match &self.mode {
            Mode::Playing(show) => Err(Refusal::Other(format!(
                "'{}' is played and drives the scene; stop it first",
                show.name()
            ))),
            _ => Ok(()),
        }
    }

    /// The same for the clock, which is free while a recording is played that does not force its time.
    ///
    /// # Errors
    /// While a recording that does is played.
    pub fn drive_clock(&mut self) -> Result<(), Refusal> {
        match &self.mode {
            Mode::Playing(show) if !show.force_time() => Ok(()),
            _ => self.drive(),
        }
    }

    /// Whether it records.
    pub fn is_recording(&self) -> bool {
        matches!(&self.mode, Mode::Recording(_))
    }

    /// Whether it records and leaves out what happens.
    pub fn is_paused(&self) -> bool {
        matches!(&self.mode, Mode::Recording(take) if take.is_paused())
    }

    /// Ends what is being recorded, since the program ends. What remains to be written is written
    /// behind: see [`Session::is_finishing`], after [`Session::advance`].
    pub fn end(&mut self) {
        if matches!(self.mode, Mode::Recording(_)) {
            self.finish(false);
        }
    }

    /// Whether recordings are still being finished.
    pub fn is_finishing(&self) -> bool {
        !self.finishing.is_empty()
    }

    /// A small picture of what is recorded, PNG; without a recording it is of no use.
    pub fn picture(&mut self, png: Vec<u8>) {
        if let Mode::Recording(take) = &mut self.mode {
            take.picture(png);
        }
    }

    /// What people were told.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Tells people something.
    pub fn tell(&mut self, weight: Weight, text: impl Into<String>) {
        self.notices.tell(weight, text.into());
    }

    /// Tells several things that somebody should know as one, and each for who wants to know all.
    fn warn(&mut self, warnings: Vec<String>) {
        let others = warnings.len().saturating_sub(1);
        let Some(first) = warnings.first().cloned() else { return };
        if others == 0 {
            return self.tell(Weight::Warning, first);
        }
        warnings.into_iter().for_each(|warning| self.tell(Weight::Detail, warning));
        self.tell(Weight::Warning, format!("{first}; and {others} more such, which the log tells"));
    }

    /// Notes what happened, for the recording.
    pub fn note(&mut self, event: EventKind) {
        if self.is_recording() || self.instant.is_some() {
            self.events.push(event);
        }
    }

    /// Keeps the last seconds from now on, so that a recording can begin before its button is pressed;
    /// zero: not any more. `observe` tells what the scene looks like.
    pub fn keep_instant(&mut self, keep: SessionSpan, observe: impl FnOnce() -> Frame) {
        let kept = self.instant.as_ref().map_or(SessionSpan::ZERO, InstantReplay::keep);
        if kept == keep.max(SessionSpan::ZERO) || !matches!(self.mode, Mode::Idle) {
            return;
        }
        self.instant =
            (keep > SessionSpan::ZERO).then(|| InstantReplay::new(keep, baseline(&observe())));
    }

    /// Obeys what concerns recording. `observe` tells what the scene looks like.
    pub fn record(
        &mut self,
        command: RecordCommand,
        defaults: &RecordDefaults,
        studio: &mut dyn Studio,
        observe: impl FnOnce() -> Frame,
    ) -> Outcome {
        match (command, &mut self.mode) {
            // Who records after the end has taken over.
            (
                command @ (RecordCommand::Start { .. } | RecordCommand::Toggle {}),
                Mode::Playing(show),
            ) if show.has_ended() => {
                self.stop_playing();
                self.record(command, defaults, studio, observe)
            }
            (RecordCommand::Start { name, description, text, overwrite }, Mode::Idle) => {
                let earlier = self.instant.as_ref().map(|instant| instant.baseline().clone());
                let plan = TapePlan {
                    name,
                    description: description.unwrap_or_default(),
                    as_text: text.unwrap_or(defaults.as_text),
                    overwrite: overwrite.unwrap_or(defaults.overwrite),
                    // Who observes hears of changes from then on: not where they are heard already.
                    baseline: earlier.unwrap_or_else(|| baseline(&observe())),
                };
                self.begin(plan, studio)
            }
            (RecordCommand::Toggle {}, Mode::Idle) => {
                let start = RecordCommand::Start {
                    name: None,
                    description: None,
                    text: None,
                    overwrite: None,
                };
                self.record(start, defaults, studio, observe)
            }
            (RecordCommand::Stop {} | RecordCommand::Toggle {}, Mode::Recording(_)) => {
                self.finish(false);
                Outcome::DONE
            }
            (RecordCommand::Discard {}, Mode::Recording(_)) => {
                self.finish(true);
                Outcome::DONE
            }
            (RecordCommand::Pause {}, Mode::Recording(take)) => {
                take.pause();
                Outcome::DONE
            }
            (RecordCommand::Resume {}, Mode::Recording(take)) => {
                take.resume();
                Outcome::DONE
            }
            (RecordCommand::Mark { name, text }, Mode::Recording(_)) => {
                let text = text.unwrap_or_default();
                self.events.push(EventKind::Marker { name, text });
                Outcome::DONE
            }
            (RecordCommand::Start { .. } | RecordCommand::Toggle {}, _) => {
                self.wrong_mode("Recording", "idle").into()
            }
            _ => self.wrong_mode("This", "recording").into(),
        }
    }

    fn begin(&mut self, plan: TapePlan, studio: &mut dyn Studio) -> Outcome {
        match studio.begin(plan) {
            Ok(Begun { name, tape }) => {
                let earlier = self.instant.take().map(InstantReplay::begin);
                let take = Take::new(name.clone(), tape, earlier);
                self.mode = Mode::Recording(Box::new(take));
                self.tell(Weight::Info, format!("Recording '{name}'"));
                Outcome::Done(name.into())
            }
            Err(why) => Outcome::Failed(why),
        }
    }

    fn finish(&mut self, discard: bool) {
        if let Mode::Recording(take) = std::mem::replace(&mut self.mode, Mode::Idle) {
            let name = take.name().to_owned();
            let mut tape = take.into_tape(&std::mem::take(&mut self.events));
            tape.stop(discard);
            if discard {
                self.tell(Weight::Info, format!("Recording '{name}' was thrown away"));
            }
            self.finishing.push(tape);
        }
    }

    /// Obeys what concerns playing. `observe` tells what the scene looks like.
    pub fn play(
        &mut self,
        command: PlayCommand,
        defaults: &PlayDefaults,
        studio: &mut dyn Studio,
        observe: impl FnOnce() -> Frame,
    ) -> Outcome {
        if let PlayCommand::Start { recording, .. } = &command {
            if self.is_recording() {
                return self.wrong_mode("Playing", "not recording").into();
            }
            // Whatever is wrong with it, what was there is left as it was.
            return match show::start(studio, recording, &command, defaults) {
                Ok((show, warnings)) => {
                    // What to return to is how it was before the first of several.
                    let before = match std::mem::replace(&mut self.mode, Mode::Idle) {
                        Mode::Playing(old) => old.into_before(),
                        _ => None,
                    };
                    let show = show.after(before.unwrap_or_else(observe));
                    // What is played is not part of what happened.
                    self.instant = None;
                    self.events.clear();
                    self.tell(Weight::Info, format!("Playing '{}'", show.name()));
                    self.warn(warnings);
                    self.mode = Mode::Playing(Box::new(show));
                    Outcome::DONE
                }
                Err(outcome) => outcome,
            };
        }
        match (&command, &mut self.mode) {
            (PlayCommand::Stop {}, Mode::Playing(_)) => {
                self.stop_playing();
                Outcome::DONE
            }
            (_, Mode::Playing(show)) => show.obey(&command),
            _ => self.wrong_mode("This", "playing").into(),
        }
    }

    fn stop_playing(&mut self) {
        if let Mode::Playing(show) = std::mem::replace(&mut self.mode, Mode::Idle)
            && !show.has_ended()
        {
            self.tell(Weight::Info, format!("Playback of '{}' was stopped", show.name()));
        }
    }

    fn wrong_mode(&self, what: &str, needed: &'static str) -> Refusal {
        let is = match self.mode {
            Mode::Idle => "idle",
            Mode::Recording(_) => "recording",
            Mode::Playing(_) => "playing",
        };
        Refusal::Mode { what: what.to_owned(), is, needed }
    }

    /// Lets the time of a frame pass, and tells what the scene is to be like then.
    pub fn advance(&mut self, span: SessionSpan) -> Shown {
        self.look_after_finished();
        if let Some(instant) = &mut self.instant {
            instant.advance(span);
        }
        match &mut self.mode {
            Mode::Idle => Shown::Live,
            Mode::Recording(take) => {
                take.advance(span);
                Shown::Live
            }
            Mode::Playing(show) => {
                let has_just_ended = show.advance(span);
                let (name, at_end) = (show.name().to_owned(), show.at_end());
                if has_just_ended {
                    self.tell(Weight::Info, format!("Playback of '{name}' has finished"));
                }
                if has_just_ended && at_end == AtEnd::Return {
                    return self.return_to_before();
                }
                self.recorded_frame()
            }
        }
    }

    fn return_to_before(&mut self) -> Shown {
        match std::mem::replace(&mut self.mode, Mode::Idle) {
            Mode::Playing(show) => {
                let force_time = show.force_time();
                let before = show.into_before();
                before.map_or(Shown::Live, |frame| Shown::Before { frame, force_time })
            }
            _ => Shown::Live,
        }
    }

    fn recorded_frame(&mut self) -> Shown {
        let Mode::Playing(show) = &mut self.mode else { return Shown::Live };
        match show.frame() {
            Ok(frame) => Shown::Recorded { frame, force_time: show.force_time() },
            Err(why) => {
                let name = show.name().to_owned();
                self.mode = Mode::Idle;
                self.tell(Weight::Error, format!("Playback of '{name}' cannot go on: {why}"));
                Shown::Live
            }
        }
    }

    /// Takes down what a frame shows, where that is recorded or kept.
    pub fn capture(&mut self, seen: &Seen<'_>) {
        let events = std::mem::take(&mut self.events);
        let seen = Seen { events: &events, ..*seen };
        match &mut self.mode {
            Mode::Recording(take) => {
                if take.frame(&seen).is_err() {
                    // Why, its progress tells, as soon as it is known.
                    self.finish(false);
                }
            }
            Mode::Idle => {
                if let Some(instant) = &mut self.instant {
                    instant.frame(&seen);
                }
            }
            Mode::Playing(_) => {}
        }
    }

    /// Whether frames have to be handed to `capture`.
    pub fn wants_frames(&self) -> bool {
        match self.mode {
            Mode::Recording(_) => true,
            Mode::Idle => self.instant.is_some(),
            Mode::Playing(_) => false,
        }
    }

    fn look_after_finished(&mut self) {
        if let Mode::Recording(take) = &self.mode
            && take.progress().end.is_some()
        {
            self.finish(false);
        }
        let notices = &mut self.notices;
        self.finishing.retain(|tape| match tape.progress().end {
            None => true,
            Some(TapeEnd { recording, reason }) => {
                match (recording, reason) {
                    (Some(recording), None) => {
                        notices.tell(Weight::Info, format!("Saved '{recording}'"));
                    }
                    (Some(recording), Some(reason)) => {
                        let text = format!("Recording has stopped ({reason}); saved '{recording}'");
                        notices.tell(Weight::Error, text);
                    }
                    (None, Some(reason)) => {
                        notices.tell(Weight::Error, format!("Nothing was recorded: {reason}"));
                    }
                    (None, None) => {}
                }
                false
            }
        });
    }

    /// What faces show of it.
    pub fn view(&self) -> ModeView {
        match &self.mode {
            Mode::Idle => ModeView::Idle,
            Mode::Recording(take) => ModeView::Recording(take.view()),
            Mode::Playing(show) => ModeView::Playing(show.view()),
        }
    }
}

/// A frame's properties, as recordings begin with them.
pub fn baseline(frame: &Frame) -> Baseline {
    frame.properties.iter().map(|(path, value)| (Arc::clone(path), value.clone())).collect()
}
