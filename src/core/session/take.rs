//! A recording being made.

use super::{Tape, TapeEnded, TapeProgress};
use crate::capture::{Capture, Seen};
use crate::entry::Entry;
use crate::event::EventKind;
use crate::instant::Begun;
use crate::snapshot::RecordingView;
use crate::time::SessionSpan;

/// What a recording is begun with where nothing else is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordDefaults {
    /// Whether a text is made of it.
    pub as_text: bool,
    /// Whether one of that name is replaced.
    pub overwrite: bool,
}

/// A recording being made.
pub(super) struct Take {
    name: String,
    tape: Box<dyn Tape>,
    capture: Capture,
    /// What happened before its button was pressed.
    earlier: Vec<Entry>,
    frames: u64,
    /// The most it has taken on disk: what is there twice for a while is no news.
    bytes: u64,
    is_paused: bool,
    /// Whether the present pause has left anything out.
    has_left_out: bool,
    /// Its first frame is its start: no time has passed.
    is_fresh: bool,
}

impl Take {
    pub(super) fn new(name: String, tape: Box<dyn Tape>, earlier: Option<Begun>) -> Self {
        let is_fresh = earlier.is_none();
        let (capture, earlier) = match earlier {
            Some(begun) => (begun.capture, begun.entries),
            None => (Capture::new(), Vec::new()),
        };
        let (is_paused, has_left_out) = (false, false);
        Self {
            name,
            tape,
            capture,
            earlier,
            frames: 0,
            bytes: 0,
            is_paused,
            has_left_out,
            is_fresh,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Its tape, with what else has happened.
    pub(super) fn into_tape(mut self, events: &[EventKind]) -> Box<dyn Tape> {
        let Self { capture, tape, earlier, .. } = &mut self;
        for entry in earlier.drain(..) {
            // Where it has ended by itself, it has ended.
            let _ = tape.push(entry);
        }
        capture.events(events, |entry| {
            let _ = tape.push(entry);
        });
        self.tape
    }

    pub(super) fn progress(&self) -> TapeProgress {
        self.tape.progress()
    }

    pub(super) fn picture(&mut self, png: Vec<u8>) {
        self.tape.picture(png);
    }

    pub(super) fn is_paused(&self) -> bool {
        self.is_paused
    }

    pub(super) fn pause(&mut self) {
        self.is_paused = true;
    }

    /// What comes next is recorded at the moment of the pause, so that playing jumps there.
    pub(super) fn resume(&mut self) {
        self.is_fresh |= std::mem::take(&mut self.has_left_out);
        self.is_paused = false;
    }

    pub(super) fn advance(&mut self, span: SessionSpan) {
        self.bytes = self.bytes.max(self.tape.progress().bytes);
        if !std::mem::take(&mut self.is_fresh) && !self.is_paused {
            self.capture.advance(span);
        }
    }

    pub(super) fn frame(&mut self, seen: &Seen<'_>) -> Result<(), TapeEnded> {
        for entry in self.earlier.drain(..) {
            self.tape.push(entry)?;
        }
        if self.is_paused {
            self.has_left_out = true;
            return self.changes_in_the_pause(seen);
        }
        self.frames += 1;
        let mut result = Ok(());
        self.capture.frame(seen, |entry| {
            if result.is_ok() {
                result = self.tape.push(entry);
            }
        });
        result
    }

    /// Properties that change in a pause have changed when it is over.
    fn changes_in_the_pause(&mut self, seen: &Seen<'_>) -> Result<(), TapeEnded> {
        let mut result = Ok(());
        self.capture.changes(seen, |entry| {
            if result.is_ok() {
                result = self.tape.push(entry);
            }
        });
        result
    }

    pub(super) fn view(&self) -> RecordingView {
        RecordingView {
            name: self.name.clone(),
            elapsed: self.capture.at(),
            bytes: self.bytes.max(self.tape.progress().bytes),
            frames: self.frames,
            paused: self.is_paused,
        }
    }
}
