//! A script of the console: a coroutine, what it waits for, and how much it has used.

use std::collections::BTreeSet;
use std::time::Duration;

use mlua::thread::{Thread, ThreadStatus};
use mlua::{Error, MultiValue};
use skyreel_core::outcome::Outcome;
use skyreel_core::snapshot::RunningScript;
use skyreel_core::time::SimTime;

use super::failure::{self, Told};
use super::machine::Machine;
use super::turn::{Suspension, Turn, Wait};
use super::{Sender, json, pretty};
use crate::host::Host;
use crate::limits::Meter;
use crate::sandbox::{compile_as, root};

/// Longest name, characters.
const LONGEST_NAME: usize = 60;

/// How a script ended.
#[derive(Debug)]
pub(super) enum End {
    /// By itself, with what it returned: as it is shown, and for whoever waits for it.
    Done {
        /// `None` where nobody wants to read it.
        shown: Option<String>,
        /// `None` where nobody waits.
        answer: Option<Outcome>,
    },
    /// By an error or a limit.
    Failed(Told),
}

/// A script that runs or waits.
#[derive(Debug)]
pub(super) struct Script {
    pub(super) number: u64,
    pub(super) name: String,
    pub(super) sender: Sender,
    /// Whether somebody waits for what it returns.
    pub(super) is_awaited: bool,
    thread: Thread,
    /// `None` while it has more to do at once.
    waits: Option<Wait>,
    /// What it has used since its last wait.
    used: Duration,
    /// Whether it is a call, whose nil nobody wants to read.
    is_call: bool,
}

/// A name that errors can begin with: `name:line:`.
pub(super) fn clean_name(name: Option<&str>) -> String {
    let clean = |c: char| if c.is_control() || c == ':' { '_' } else { c };
    let name: String = name.unwrap_or("console").trim().chars().map(clean).collect();
    match name.chars().count() {
        0 => "console".to_owned(),
        count => name.chars().skip(count.saturating_sub(LONGEST_NAME)).collect(),
    }
}

impl Script {
    /// Compiles a text, as an expression if it is one.
    ///
    /// # Errors
    /// Where it does not compile, or passes a limit.
    pub(super) fn new(
        machine: &Machine,
        meter: &Meter,
        number: u64,
        name: &str,
        code: &str,
        (sender, is_awaited): (Sender, bool),
    ) -> mlua::Result<Self> {
        meter.begin_script();
        let ground = &machine.ground;
        // The same numbers in every run of the same scripts.
        ground.renew(number as u32)?;
        let compile = |code: &str| compile_as(&ground.lua, &ground.shared, meter, code, name);
        let function = match compile(&format!("return {code}")) {
            Err(Error::SyntaxError { .. }) => compile(code)?,
            other => other?,
        };
        let thread = ground.lua.create_thread(function)?;
        machine.hold.call::<()>(&thread)?;
        let is_call = code.trim_end().ends_with([')', '}']);
        Ok(Self {
            number,
            name: name.to_owned(),
            sender,
            is_awaited,
            thread,
            waits: None,
            used: Duration::ZERO,
            is_call,
        })
    }

    pub(super) fn is_due(&self, now: Duration, sim_time: SimTime) -> bool {
        self.waits.is_none_or(|wait| wait.is_over(now, sim_time))
    }

    /// Has its turn, until the meter's clock says `ends`. How it ended, if it did.
    pub(super) fn go_on(
        &mut self,
        machine: &Machine,
        turn: &Turn,
        host: &mut dyn Host,
        ends: Duration,
        names: &BTreeSet<String>,
    ) -> Option<End> {
        turn.begin(self.number, self.sender.origin, self.used, ends);
        let resume = || self.thread.resume::<MultiValue>(());
        let answer = machine.slot.lend(&machine.ground.lua, host, resume);
        let tell = |error: Error| {
            let lines = match root(&error) {
                Error::MemoryError(_) => {
                    machine.ground.lines_of(&self.thread, turn.meter.limits().memory_bytes)
                }
                _ => turn.take_place(),
            };
            let told = failure::told(&error, lines.as_deref(), &turn.meter, &self.name, names);
            Some(End::Failed(turn.absent.named(told, self.number, &machine.words)))
        };
        // A limit counts even where the script caught the error that it raised.
        let answer = match (answer, turn.meter.stopped()) {
            (Ok(_), Some(stop)) => return tell(Error::external(stop)),
            (Err(error), _) => return tell(error),
            (Ok(answer), None) => answer,
        };
        if self.thread.status() != ThreadStatus::Resumable {
            let is_quiet = answer.is_empty()
                || (self.is_call && answer.len() == 1 && answer.iter().all(|v| v.is_nil()));
            let shown = (!is_quiet).then(|| pretty::values(&answer));
            let answer = self.is_awaited.then(|| match json::returned(&answer) {
                Ok(values) => Outcome::Done(values),
                Err(why) => Outcome::Failed(format!("{}: {why}", self.name)),
            });
            return Some(End::Done { shown, answer });
        }
        match turn.suspension() {
            Suspension::Slice => {
                self.waits = None;
                self.used = turn.meter.used();
            }
            Suspension::Wait(wait) => {
                self.waits = Some(wait);
                self.used = Duration::ZERO;
            }
        }
        None
    }

    /// As faces show it.
    pub(super) fn view(&self, now: Duration) -> RunningScript {
        let does = self.waits.map_or("runs".to_owned(), |wait| wait.in_words(now));
        RunningScript { script: self.number, name: self.name.clone(), does }
    }
}
