//! What the functions share: the host they ask, what they were installed with, and what they keep
//! between calls.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Function, Lua};
use serde_json::Value as Json;
use skyreel_core::clock::RATE_STEPS;
use skyreel_core::command::{Command, SceneCommand};
use skyreel_core::happened::Seen;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{ClockView, ModeView, SceneView, Snapshot, Weight};
use skyreel_core::time::SessionSpan;

use super::Options;
use super::actions::Actions;
use super::delays::Delays;
use super::schedule::Schedule;
use super::takes::Renames;

use crate::slot::HostSlot;

/// What the console's own chunk is called.
const PRELUDE: &str = "[skyreel]";

/// How far up a caller is looked for.
const MOST_LEVELS: usize = 10;

/// What the functions share.
pub(super) struct Live {
    slot: HostSlot,
    pub(super) options: Rc<Options>,
    pub(super) kept: Rc<RefCell<Kept>>,
    /// What the machine prints with, if it does.
    print: Option<Function>,
}

/// What is kept between calls.
pub(super) struct Kept {
    /// How long it has been since these functions were installed.
    pub(super) uptime: SessionSpan,
    /// The rates to step through, in rising order.
    pub(super) rates: Vec<f64>,
    /// Frames a second of the film that is made of what is played next.
    pub(super) film_fps: Option<f64>,
    pub(super) renames: Renames,
    pub(super) schedule: Schedule,
    pub(super) delays: Delays,
    pub(super) actions: Actions,
    /// What was last seen, to tell what has happened since.
    pub(super) seen: Option<Seen>,
}

impl Default for Kept {
    fn default() -> Self {
        let mut rates: Vec<f64> = RATE_STEPS.iter().flat_map(|rate| [*rate, -*rate]).collect();
        rates.sort_by(f64::total_cmp);
        Self {
            uptime: SessionSpan::ZERO,
            rates,
            film_fps: None,
            renames: Renames::default(),
            schedule: Schedule::default(),
            delays: Delays::default(),
            actions: Actions::default(),
            seen: None,
        }
    }
}

impl Live {
    pub(super) fn new(
        slot: HostSlot,
        options: Rc<Options>,
        kept: Rc<RefCell<Kept>>,
        print: Option<Function>,
    ) -> Rc<Self> {
        Rc::new(Self { slot, options, kept, print })
    }

    /// Has a command obeyed. What it gives; its refusal or failure is raised.
    pub(super) fn obey(&self, command: impl Into<Asked>) -> mlua::Result<Json> {
        raised(self.outcome(command)?)
    }

    /// Has a change of properties obeyed. As in OpenSpace, a script goes on where the scene has none of
    /// that name: it is warned of, with the script's line, and `false` is given.
    pub(super) fn obey_if_known(&self, lua: &Lua, command: SceneCommand) -> mlua::Result<bool> {
        match self.outcome(command)? {
            Outcome::Refused(unknown @ Refusal::Unknown { what: "property", .. }) => {
                self.warn(lua, &unknown.to_string());
                Ok(false)
            }
            other => raised(other).map(|_| true),
        }
    }

    fn outcome(&self, command: impl Into<Asked>) -> mlua::Result<Outcome> {
        let Asked(command) = command.into();
        self.slot.with(move |host| host.obey(command))
    }

    /// Prints a warning with the line of the script that called.
    pub(super) fn warn(&self, lua: &Lua, text: &str) {
        let place = |caller: &mlua::debug::Debug| {
            let source = caller.source().short_src.map(|name| name.into_owned());
            source.zip(caller.current_line())
        };
        // Level 0 is the function itself; then come those that the console has put around it.
        let callers = (1..MOST_LEVELS).map_while(|level| lua.inspect_stack(level, place));
        let script = callers.flatten().find(|(source, _)| source != PRELUDE);
        let text = match script {
            Some((source, line)) => format!("{source}:{line}: {text}"),
            None => text.to_owned(),
        };
        self.print(Weight::Warning, &text);
    }

    pub(super) fn clock(&self) -> mlua::Result<ClockView> {
        self.slot.with(|host| host.clock())
    }

    pub(super) fn mode(&self) -> mlua::Result<ModeView> {
        self.slot.with(|host| host.mode())
    }

    pub(super) fn properties(&self) -> mlua::Result<Arc<PropertySet>> {
        self.slot.with(|host| host.properties())
    }

    pub(super) fn scene(&self) -> mlua::Result<Arc<SceneView>> {
        self.slot.with(|host| host.scene())
    }

    pub(super) fn snapshot(&self) -> mlua::Result<Arc<Snapshot>> {
        self.slot.with(|host| host.snapshot())
    }

    /// Prints a line in the console.
    pub(super) fn print(&self, weight: Weight, text: &str) {
        print(&self.options, self.print.as_ref(), weight, text);
    }
}

/// Prints a line: as the options say, else as the machine prints, with the weight in front.
pub(super) fn print(options: &Options, print: Option<&Function>, weight: Weight, text: &str) {
    if let Some(print) = &options.print {
        return print(weight, text);
    }
    let mark = match weight {
        Weight::Detail | Weight::Info => "",
        Weight::Warning => "warning: ",
        Weight::Error => "error: ",
    };
    // A line that cannot be printed has nowhere else to be told.
    let _ = print.map(|print| print.call::<()>(format!("{mark}{text}")));
}

fn raised(outcome: Outcome) -> mlua::Result<Json> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        other => Err(mlua::Error::runtime(other.complaint().unwrap_or_default())),
    }
}

/// A command of any group.
pub(super) struct Asked(Command);

macro_rules! asked {
    ($($group:ident $type:ident,)*) => {
        $(impl From<skyreel_core::command::$type> for Asked {
            fn from(command: skyreel_core::command::$type) -> Self {
                Self(Command::$group(command))
            }
        })*
    };
}

asked! {
    Record RecordCommand,
    Play PlayCommand,
    Scene SceneCommand,
    Clock ClockCommand,
    Navigate NavigateCommand,
    Film FilmCommand,
    Journey JourneyCommand,
    Window WindowCommand,
}
