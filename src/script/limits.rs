//! How much a script may use, and the meter that counts it. Steps are counted, not timed, so that
//! a script is stopped at the same place on every machine; the clock is only a backstop.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// What a script, and all scripts of a recording together, may use.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Steps of one script: loop turns, calls, and what costly built-in functions are charged.
    pub script_steps: u64,
    /// Steps of all scripts of a recording.
    pub file_steps: u64,
    /// Memory of the virtual machine, bytes.
    pub memory_bytes: usize,
    /// Effects that one script may have.
    pub script_effects: usize,
    /// Length of one script's text, bytes.
    pub text_bytes: usize,
    /// Real time, for what steps do not foresee; `None` where results must not depend on it.
    pub backstop: Option<Backstop>,
}

impl Limits {
    /// Limits that no clock has a say in.
    pub fn without_clock() -> Self {
        Self {
            script_steps: 1_000_000,
            file_steps: 20_000_000,
            memory_bytes: 64 << 20,
            script_effects: 10_000,
            text_bytes: 256 << 10,
            backstop: None,
        }
    }
}

impl Default for Limits {
    /// The counted limits, and 200 ms a script and 2 s a recording of real time.
    fn default() -> Self {
        Self { backstop: Some(Backstop::real_time()), ..Self::without_clock() }
    }
}

/// Limits in real time, by a clock that a test can set.
#[derive(Clone)]
pub struct Backstop {
    /// For one script.
    pub script: Duration,
    /// For all scripts of a recording.
    pub file: Duration,
    /// Time since any fixed moment.
    pub clock: Rc<dyn Fn() -> Duration>,
}

impl Backstop {
    /// 200 ms a script and 2 s a recording, by the machine's clock.
    pub fn real_time() -> Self {
        let start = Instant::now();
        Self {
            script: Duration::from_millis(200),
            file: Duration::from_secs(2),
            clock: Rc::new(move || start.elapsed()),
        }
    }
}

impl fmt::Debug for Backstop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backstop")
            .field("script", &self.script)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

/// Why a script was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Too many steps in one script.
    #[error("it took more than {0} steps")]
    ScriptSteps(u64),
    /// Too many steps in all scripts together.
    #[error("the recording's scripts took more than {0} steps")]
    FileSteps(u64),
    /// Too much memory.
    #[error("it took more than {0} bytes of memory")]
    Memory(usize),
    /// Too many effects.
    #[error("it had more than {0} effects")]
    Effects(usize),
    /// Too long a text.
    #[error("its text is longer than {0} bytes")]
    Text(usize),
    /// Too many operators whose cost grows with their operands.
    #[error("it joins or compares in more than {0} places")]
    Operators(usize),
    /// Too much real time for one script.
    #[error("it took longer than {} ms", .0.as_millis())]
    ScriptTime(Duration),
    /// Too much real time for all scripts together.
    #[error("the recording's scripts took longer than {} ms", .0.as_millis())]
    FileTime(Duration),
    /// Somebody wanted it to end.
    #[error("it was asked to end")]
    Asked,
}

impl Stop {
    /// Whether no further script of the recording may run.
    pub fn ends_all(self) -> bool {
        matches!(self, Self::FileSteps(_) | Self::FileTime(_))
    }
}

/// Counts what scripts use. Clones count together.
#[derive(Clone, Debug)]
pub struct Meter(Rc<Count>);

#[derive(Debug)]
struct Count {
    limits: Limits,
    script_steps: Cell<u64>,
    file_steps: Cell<u64>,
    until_clock: Cell<u64>,
    script_began: Cell<Duration>,
    /// What the script had used before it was suspended.
    used_before: Cell<Duration>,
    /// What the clock said when it was read last.
    looked_at: Cell<Duration>,
    file_began: Duration,
    stopped: Cell<Option<Stop>>,
}

/// Reading a clock costs as much as this many steps.
const STEPS_A_LOOK: u64 = 32;

impl Meter {
    /// A meter with everything left.
    pub fn new(limits: Limits) -> Self {
        let now = limits.backstop.as_ref().map_or(Duration::ZERO, |b| (b.clock)());
        Self(Rc::new(Count {
            limits,
            script_steps: Cell::new(0),
            file_steps: Cell::new(0),
            until_clock: Cell::new(STEPS_A_LOOK),
            script_began: Cell::new(now),
            used_before: Cell::new(Duration::ZERO),
            looked_at: Cell::new(now),
            file_began: now,
            stopped: Cell::new(None),
        }))
    }

    /// The limits it counts against.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Starts a script's own count.
    pub fn begin_script(&self) {
        self.continue_script(Duration::ZERO);
    }

    /// Goes on with a script that has used this much real time already.
    pub fn continue_script(&self, used: Duration) {
        self.0.script_steps.set(0);
        self.0.stopped.set(None);
        self.0.used_before.set(used);
        self.0.script_began.set(self.now());
    }

    /// Real time that the script has used, as far as it counts.
    pub fn used(&self) -> Duration {
        let since = self.now().saturating_sub(self.0.script_began.get());
        self.0.used_before.get().saturating_add(since)
    }

    /// Lets real time that has passed not count: it was not the script's own.
    pub fn forgive(&self, time: Duration) {
        self.0.script_began.set(self.0.script_began.get().saturating_add(time));
    }

    /// What the clock says; zero where there is none.
    pub fn now(&self) -> Duration {
        let now = self.0.limits.backstop.as_ref().map_or(Duration::ZERO, |b| (b.clock)());
        self.0.looked_at.set(now);
        now
    }

    /// What the clock said when it was read last: reading it costs more than a step.
    pub fn looked_at(&self) -> Duration {
        self.0.looked_at.get()
    }

    /// Counts steps.
    ///
    /// # Errors
    /// Once a limit is passed, and from then on until the next script begins.
    pub fn charge(&self, steps: u64) -> Result<(), Stop> {
        let count = &*self.0;
        if let Some(stop) = count.stopped.get() {
            return Err(stop);
        }
        let script = count.script_steps.get().saturating_add(steps);
        let file = count.file_steps.get().saturating_add(steps);
        count.script_steps.set(script);
        count.file_steps.set(file);
        if file > count.limits.file_steps {
            return Err(self.stop(Stop::FileSteps(count.limits.file_steps)));
        }
        if script > count.limits.script_steps {
            return Err(self.stop(Stop::ScriptSteps(count.limits.script_steps)));
        }
        match count.until_clock.get().checked_sub(steps) {
            Some(left) => count.until_clock.set(left),
            None => {
                count.until_clock.set(STEPS_A_LOOK);
                self.look_at_clock()?;
            }
        }
        Ok(())
    }

    /// Stops the script.
    pub fn stop(&self, stop: Stop) -> Stop {
        self.0.stopped.set(Some(stop));
        stop
    }

    /// Why the script was stopped, if it was.
    pub fn stopped(&self) -> Option<Stop> {
        self.0.stopped.get()
    }

    fn look_at_clock(&self) -> Result<(), Stop> {
        let Some(backstop) = &self.0.limits.backstop else { return Ok(()) };
        let now = self.now();
        if now.saturating_sub(self.0.file_began) > backstop.file {
            return Err(self.stop(Stop::FileTime(backstop.file)));
        }
        let since = now.saturating_sub(self.0.script_began.get());
        if self.0.used_before.get().saturating_add(since) > backstop.script {
            return Err(self.stop(Stop::ScriptTime(backstop.script)));
        }
        Ok(())
    }
}
