//! The live console: one machine in which scripts run beside the frames. Each script is a coroutine;
//! what must wait, or has had enough of a frame, goes on in a later one. Time is handed in.

mod absent;
mod call;
mod complete_input;
mod failure;
mod help;
pub(crate) mod json;
mod limits;
mod machine;
mod pretty;
mod script;
mod transcript;
mod turn;

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use mlua::{Lua, Table};
use skyreel_core::command::Origin;
use skyreel_core::event::Said;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::role::Role;
use skyreel_core::snapshot::{ApiWord, ConsoleLine, RunningScript};
use skyreel_core::time::SimTime;

pub use call::in_lua;
pub use complete_input::is_complete;
pub use limits::ConsoleLimits;

use crate::host::Host;
use crate::limits::Meter;
use crate::slot::HostSlot;
use failure::Told;
use limits::Timed;
use machine::Machine;
use script::{End, Script, clean_name};
use transcript::{Line, Transcript};
use turn::Turn;

/// Puts a library among the globals of a new machine, and tells the words for it. Its functions reach
/// the host through the slot, and print by the global `print`; an error that they give gets the place of the call, and all of its
/// tables become read-only. Called again where a machine has to be replaced.
pub type Library = Box<dyn Fn(&Lua, &Table, &HostSlot) -> mlua::Result<Vec<ApiWord>>>;

/// The line of a script, and what that is called, that has called a library's function.
pub fn calling_line(lua: &Lua) -> Option<(String, usize)> {
    // Between the two stand the guards, which are in brackets, and built-in functions.
    (1..16).find_map(|level| {
        let place = |caller: &mlua::debug::Debug| {
            let source = caller.source().short_src.map(|name| name.into_owned());
            source.filter(|name| !name.starts_with('[')).zip(caller.current_line())
        };
        lua.inspect_stack(level, place).flatten()
    })
}

/// Who runs a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// By which way it came.
    pub origin: Origin,
    /// What they may do.
    pub role: Role,
}

/// A host that knows for whom it obeys.
pub trait ConsoleHost: Host {
    /// All that is asked from now on is asked by this sender, and obeyed as they may.
    fn speak_for(&mut self, sender: Sender);
}

/// The live console.
pub struct Console {
    limits: ConsoleLimits,
    libraries: Vec<Library>,
    turn: Rc<Turn>,
    transcript: Rc<RefCell<Transcript>>,
    /// `None` where it had to be thrown away.
    machine: Option<Machine>,
    words: Arc<[ApiWord]>,
    /// Those that run or wait; who is first has its turn first.
    scripts: VecDeque<Script>,
    last_number: u64,
    /// What scripts were called, to tell their lines from others.
    names: BTreeSet<String>,
    /// How scripts have ended that somebody waits for.
    answers: Vec<(u64, Outcome)>,
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console").field("running", &self.running()).finish_non_exhaustive()
    }
}

impl Console {
    /// A console whose machine has these libraries beside `skyreel`.
    ///
    /// # Errors
    /// Where a library cannot be installed.
    pub fn new(limits: ConsoleLimits, libraries: Vec<Library>) -> mlua::Result<Self> {
        let transcript = Rc::new(RefCell::new(Transcript::default()));
        let turn = Rc::new(Turn::new(Meter::new(limits.counted()), Rc::clone(&transcript)));
        let machine = Machine::new(&turn, &libraries)?;
        let words = Arc::clone(&machine.words);
        // What `load` compiles is called so.
        let names = BTreeSet::from(["script".to_owned()]);
        let scripts = VecDeque::new();
        let machine = Some(machine);
        Ok(Self {
            limits,
            libraries,
            turn,
            transcript,
            machine,
            words,
            scripts,
            last_number: 0,
            names,
            answers: Vec::new(),
        })
    }

    /// Begins a script; it has its first turn in the next `advance`. `name` is what its errors call
    /// it; the console if there is none. Its number is the answer; one that does not compile has ended
    /// already, and a line says why.
    ///
    /// # Errors
    /// Where too many scripts run, or there is no machine.
    pub fn run(&mut self, code: &str, name: Option<&str>, sender: Sender) -> Result<u64, Refusal> {
        self.begin(code, name, sender, false)
    }

    /// The same for somebody who waits for what it returns: `take_answers` gives it once, however the
    /// script ends.
    ///
    /// # Errors
    /// As [`run`](Self::run); there is no answer then.
    pub fn run_awaited(
        &mut self,
        code: &str,
        name: Option<&str>,
        sender: Sender,
    ) -> Result<u64, Refusal> {
        self.begin(code, name, sender, true)
    }

    fn begin(
        &mut self,
        code: &str,
        name: Option<&str>,
        sender: Sender,
        is_awaited: bool,
    ) -> Result<u64, Refusal> {
        if self.scripts.len() >= self.limits.scripts {
            return Err(Refusal::Other(format!(
                "{} scripts run or wait already, which is the most; script.stop ends them",
                self.limits.scripts
            )));
        }
        let name = clean_name(name);
        self.last_number += 1;
        let number = self.last_number;
        self.say(number, sender, Said::Typed, code, None);
        if self.names.len() < 1_000 {
            self.names.insert(name.clone());
        }
        let machine = match &self.machine {
            Some(machine) => machine,
            None => {
                let made = Machine::new(&self.turn, &self.libraries);
                let made = made.map_err(|error| {
                    Refusal::Other(format!("the console's machine does not start: {error}"))
                })?;
                self.machine.insert(made)
            }
        };
        match Script::new(machine, &self.turn.meter, number, &name, code, (sender, is_awaited)) {
            Ok(script) => self.scripts.push_back(script),
            Err(error) => {
                let told = failure::told(&error, None, &self.turn.meter, &name, &self.names);
                self.say(number, sender, Said::Refused, &told.text, told.at_line);
                if is_awaited {
                    self.answers.push((number, Outcome::Failed(told.text)));
                }
                self.renew_if_full(true);
            }
        }
        Ok(number)
    }

    /// Gives every script that is due a turn, until `budget` of the limits' clock is used up; one that
    /// has had none is first in the next frame. At least one goes on, however small the budget. `now`
    /// is the time since any fixed moment, which never goes back; `sim_time` the scene's clock.
    pub fn advance(
        &mut self,
        now: Duration,
        sim_time: SimTime,
        host: &mut dyn ConsoleHost,
        budget: Duration,
    ) {
        self.turn.now.set(now);
        self.turn.sim_time.set(sim_time);
        let ends = self.turn.meter.now().saturating_add(budget);
        let mut is_first = true;
        for number in self.scripts.iter().map(|script| script.number).collect::<Vec<_>>() {
            if !is_first && self.turn.meter.now() >= ends {
                break;
            }
            // One that had its turn before may have ended it.
            let Some(at) = self.scripts.iter().position(|script| script.number == number) else {
                continue;
            };
            let (true, Some(machine)) = (self.scripts[at].is_due(now, sim_time), &self.machine)
            else {
                continue;
            };
            let Some(mut script) = self.scripts.remove(at) else { continue };
            is_first = false;
            host.speak_for(script.sender);
            let mut timed = Timed { host: &mut *host, meter: &self.turn.meter };
            match script.go_on(machine, &self.turn, &mut timed, ends, &self.names) {
                // Behind those that had no turn yet.
                None => self.scripts.push_back(script),
                Some(end) => self.end(&script, end),
            }
            let to_stop = std::mem::take(&mut *self.turn.to_stop.borrow_mut());
            for asked in to_stop {
                self.stop(asked, Origin::Script);
            }
        }
        // What a library says between the frames is nobody's.
        self.turn.nobody();
        self.transcript.borrow_mut().end_frame();
    }

    /// Ends a script that runs or waits, or all of them: how many were ended. `by`: whose wish it is.
    pub fn stop(&mut self, script: Option<u64>, by: Origin) -> usize {
        let is_asked = |s: &Script| script.is_none_or(|number| number == s.number);
        let all = std::mem::take(&mut self.scripts);
        let (ended, rest): (VecDeque<Script>, VecDeque<Script>) =
            all.into_iter().partition(is_asked);
        self.scripts = rest;
        for script in &ended {
            let text = format!("{}: it was stopped {}", script.name, by.in_words());
            self.say(script.number, script.sender, Said::Refused, &text, None);
            if script.is_awaited {
                self.answers.push((script.number, Outcome::Failed(text)));
            }
        }
        ended.len()
    }

    /// Scripts that run or wait, in the order in which they began.
    pub fn running(&self) -> Vec<RunningScript> {
        let now = self.turn.now.get();
        let mut running: Vec<RunningScript> =
            self.scripts.iter().map(|script| script.view(now)).collect();
        running.sort_by_key(|script| script.script);
        running
    }

    /// What was said since this was asked last, the oldest first; of more than 5,000 lines the last.
    pub fn take_lines(&mut self) -> Vec<ConsoleLine> {
        self.transcript.borrow_mut().take()
    }

    /// How scripts that somebody waits for have ended since this was asked last: the list of the values
    /// they returned, or why they failed.
    pub fn take_answers(&mut self) -> Vec<(u64, Outcome)> {
        std::mem::take(&mut self.answers)
    }

    /// Everything that scripts can call, in order of the names.
    pub fn words(&self) -> Arc<[ApiWord]> {
        Arc::clone(&self.words)
    }

    /// Says how a script ended.
    fn end(&mut self, script: &Script, end: End) {
        let has_failed = matches!(end, End::Failed(_));
        let answer = match end {
            End::Done { shown, answer } => {
                if let Some(text) = shown {
                    self.say(script.number, script.sender, Said::Returned, &text, None);
                }
                answer
            }
            End::Failed(Told { text, at_line }) => {
                self.say(script.number, script.sender, Said::Refused, &text, at_line);
                script.is_awaited.then_some(Outcome::Failed(text))
            }
        };
        self.answers.extend(answer.map(|answer| (script.number, answer)));
        self.renew_if_full(has_failed);
    }

    /// Throws away a machine that scripts have left next to nothing of, with all that run in it.
    fn renew_if_full(&mut self, has_failed: bool) {
        let whole = self.limits.memory_bytes;
        let most = whole / 4 * if has_failed { 2 } else { 3 };
        let holds_more_than = |bytes| {
            self.machine.as_ref().is_some_and(|machine| machine.ground.holds_more_than(bytes))
        };
        // What a stopped script has left is cleaned up at once, not in the next one's time.
        if !holds_more_than(if has_failed { whole / 8 } else { most }) || !holds_more_than(most) {
            return;
        }
        self.stop(None, Origin::Program);
        self.machine = None;
        let text = "the console's memory was full; it begins anew, without the names that scripts had given";
        let program = Sender { origin: Origin::Program, role: Role::Viewer };
        self.say(self.last_number, program, Said::Refused, text, None);
    }

    fn say(&self, script: u64, sender: Sender, said: Said, text: &str, at_line: Option<u32>) {
        let line = Line { script, origin: sender.origin, said, text, at_line };
        self.transcript.borrow_mut().say(line);
    }
}
