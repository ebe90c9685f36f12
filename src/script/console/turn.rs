//! What holds while a script has its turn: how long it may go on in this frame, what it waits for,
//! and how a suspension travels up from a coroutine within a coroutine.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use mlua::thread::ThreadStatus;
use mlua::{Function, Lua, MultiValue, Value, VmState};
use skyreel_core::command::Origin;
use skyreel_core::event::Said;
use skyreel_core::time::SimTime;

use super::absent::Absent;
use super::transcript::{Line, Transcript};
use crate::limits::{Meter, Stop};

/// What a script waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wait {
    /// The next frame.
    Frame,
    /// A condition of its own, looked at in every frame.
    Condition,
    /// A moment of the console's clock.
    Until(Duration),
    /// A moment of the scene's clock.
    Scene {
        /// Which.
        target: SimTime,
        /// Whether the clock stood before it when the wait began.
        was_before: bool,
    },
}

impl Wait {
    /// Whether it is over.
    pub(super) fn is_over(&self, now: Duration, sim_time: SimTime) -> bool {
        match self {
            Self::Frame | Self::Condition => true,
            Self::Until(due) => now >= *due,
            Self::Scene { target, was_before: true } => sim_time >= *target,
            Self::Scene { target, was_before: false } => sim_time <= *target,
        }
    }

    /// In words.
    pub(super) fn in_words(&self, now: Duration) -> String {
        match self {
            Self::Frame => "waits for the next frame".to_owned(),
            Self::Condition => "waits until its condition is true".to_owned(),
            Self::Until(due) => {
                // Whole ones: what is told anew in each frame is read by nobody.
                let seconds = due.saturating_sub(now).as_secs_f64().ceil();
                format!("waits {seconds} s more")
            }
            Self::Scene { target, .. } => {
                format!("waits until {} in the scene", target.to_utc_iso())
            }
        }
    }
}

/// How a script's turn ended before the script did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Suspension {
    /// It has had enough of this frame.
    Slice,
    /// It waits.
    Wait(Wait),
}

/// The state of the turn, shared by all functions of a machine.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) meter: Meter,
    pub(super) transcript: Rc<RefCell<Transcript>>,
    /// The script whose turn it is.
    pub(super) script: Cell<u64>,
    /// By which way it had come.
    pub(super) origin: Cell<Origin>,
    /// The console's clock in this frame.
    pub(super) now: Cell<Duration>,
    /// The scene's clock in this frame.
    pub(super) sim_time: Cell<SimTime>,
    /// Scripts that were asked to end: one, or all.
    pub(super) to_stop: RefCell<Vec<Option<u64>>>,
    /// What was asked of libraries in vain.
    pub(super) absent: Absent,
    /// The lines that ran when a limit was passed.
    place: RefCell<Option<String>>,
    /// By the meter's clock.
    slice_ends: Cell<Duration>,
    /// Whether everything between the script and the coroutine that runs can be suspended.
    can_suspend: Cell<bool>,
    /// The machine was told to suspend; inside of a built-in function it does not.
    is_asked: Cell<bool>,
    /// A coroutine was suspended for the slice, and those around it must be.
    is_rising: Cell<bool>,
    /// What is waited for; those around the coroutine that waits must be suspended.
    wait: Cell<Option<Wait>>,
}

impl Turn {
    pub(super) fn new(meter: Meter, transcript: Rc<RefCell<Transcript>>) -> Self {
        Self {
            meter,
            transcript,
            script: Cell::new(0),
            origin: Cell::new(Origin::Program),
            now: Cell::new(Duration::ZERO),
            sim_time: Cell::new(SimTime::J2000),
            to_stop: RefCell::default(),
            absent: Absent::default(),
            place: RefCell::default(),
            slice_ends: Cell::new(Duration::ZERO),
            can_suspend: Cell::new(true),
            is_asked: Cell::new(false),
            is_rising: Cell::new(false),
            wait: Cell::new(None),
        }
    }

    /// Gives the turn to a script that has used this much already, until the meter's clock says
    /// `slice_ends`.
    pub(super) fn begin(&self, script: u64, origin: Origin, used: Duration, slice_ends: Duration) {
        self.script.set(script);
        self.origin.set(origin);
        self.slice_ends.set(slice_ends);
        self.can_suspend.set(true);
        self.is_asked.set(false);
        self.is_rising.set(false);
        self.wait.set(None);
        self.place.borrow_mut().take();
        self.meter.continue_script(used);
    }

    /// It is no script's turn.
    pub(super) fn nobody(&self) {
        self.script.set(0);
        self.origin.set(Origin::Program);
    }

    /// Why the script was suspended.
    pub(super) fn suspension(&self) -> Suspension {
        match self.wait.take() {
            Some(wait) => Suspension::Wait(wait),
            None if self.is_asked.get() || self.is_rising.get() => Suspension::Slice,
            None => Suspension::Wait(Wait::Frame),
        }
    }

    /// What becomes of the script at a step, once it has been counted.
    pub(super) fn step(&self) -> VmState {
        // A suspension is on its way up already: it must meet the yields that carry it.
        if self.is_rising.get() || self.wait.get().is_some() {
            return VmState::Continue;
        }
        // Every yield has a step before it. So if there was a demand still, it was not followed.
        let is_over = self.meter.looked_at() >= self.slice_ends.get() && self.can_suspend.get();
        self.is_asked.set(is_over);
        if is_over { VmState::Yield } else { VmState::Continue }
    }

    /// Notes which lines run, where a limit was passed just now.
    pub(super) fn note_place(&self, lua: &Lua) {
        if self.place.borrow().is_none() {
            let lines = lua.traceback(None, 0).map(|lines| lines.to_string_lossy());
            self.place.replace(Some(lines.unwrap_or_default()));
        }
    }

    /// The lines that ran when a limit was passed.
    pub(super) fn take_place(&self) -> Option<String> {
        self.place.take()
    }

    /// Notes what the script waits for; it must yield next. `is_yieldable`: whether the coroutine
    /// that asks can be suspended where it is.
    pub(super) fn wait_for(&self, is_yieldable: bool, wait: Wait) -> mlua::Result<()> {
        if !(is_yieldable && self.can_suspend.get()) {
            return Err(mlua::Error::runtime(
                "there is no waiting within table.sort, string.gsub or a metamethod",
            ));
        }
        self.wait.set(Some(wait));
        Ok(())
    }

    /// Resumes a coroutine of the script's own by `resume`, whose first argument it is. True where it
    /// was suspended on the console's behalf, so that whoever resumed it must be too.
    pub(super) fn enter(
        &self,
        is_yieldable: bool,
        resume: &Function,
        args: MultiValue,
    ) -> mlua::Result<(bool, MultiValue)> {
        let coroutine = args.front().cloned();
        let could = self.can_suspend.replace(self.can_suspend.get() && is_yieldable);
        // The coroutine's own demand alone counts below.
        self.is_asked.set(false);
        let answer = resume.call(args);
        self.can_suspend.set(could);
        // A built-in function that is a coroutine by itself ends without a step.
        let is_suspended = matches!(
            &coroutine,
            Some(Value::Thread(thread)) if thread.status() == ThreadStatus::Resumable
        );
        if self.is_asked.take() && is_suspended {
            self.is_rising.set(true);
        }
        let is_for_console = self.is_rising.get() || self.wait.get().is_some();
        answer.map(|answer| (is_suspended && is_for_console, answer))
    }

    /// Says a line of the script whose turn it is.
    pub(super) fn say(&self, said: Said, text: &str, at_line: Option<u32>) {
        let (script, origin) = (self.script.get(), self.origin.get());
        self.transcript.borrow_mut().say(Line { script, origin, said, text, at_line });
    }

    /// Ends the script whose turn it is at its next step.
    pub(super) fn end_this(&self) {
        self.meter.stop(Stop::Asked);
    }
}
