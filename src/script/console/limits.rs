//! How much a script of the console may use, and by which clock that is measured.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use skyreel_core::command::Command;
use skyreel_core::outcome::Outcome;
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{ClockView, ModeView, SceneView, Snapshot};

use crate::host::Host;
use crate::limits::{Backstop, Limits, Meter};

/// A call of the host counts for so much of a script's time at most: what the program takes long for
/// is not the script's fault, but neither may a script only call.
const MOST_A_HOST_CALL: Duration = Duration::from_millis(1);

/// What the console's scripts may use.
#[derive(Clone)]
pub struct ConsoleLimits {
    /// Time that a script may use from one wait to the next.
    pub call: Duration,
    /// Memory of the machine, bytes.
    pub memory_bytes: usize,
    /// Length of a script's text, bytes.
    pub text_bytes: usize,
    /// How many scripts may run or wait at once.
    pub scripts: usize,
    /// Time since any fixed moment; what is used up is measured by it.
    pub clock: Rc<dyn Fn() -> Duration>,
}

impl ConsoleLimits {
    /// 200 ms between waits, 64 MiB, texts up to 256 KiB, 64 scripts, by this clock.
    pub fn by_clock(clock: Rc<dyn Fn() -> Duration>) -> Self {
        Self {
            call: Duration::from_millis(200),
            memory_bytes: 64 << 20,
            text_bytes: 256 << 10,
            scripts: 64,
            clock,
        }
    }

    /// The same by the machine's clock.
    pub fn real_time() -> Self {
        let start = Instant::now();
        Self::by_clock(Rc::new(move || start.elapsed()))
    }

    /// For the meter: time alone counts.
    pub(super) fn counted(&self) -> Limits {
        Limits {
            script_steps: u64::MAX,
            file_steps: u64::MAX,
            memory_bytes: self.memory_bytes,
            script_effects: usize::MAX,
            text_bytes: self.text_bytes,
            backstop: Some(Backstop {
                script: self.call,
                file: Duration::MAX,
                clock: Rc::clone(&self.clock),
            }),
        }
    }
}

impl fmt::Debug for ConsoleLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsoleLimits")
            .field("call", &self.call)
            .field("memory_bytes", &self.memory_bytes)
            .field("scripts", &self.scripts)
            .finish_non_exhaustive()
    }
}

/// A host whose own time counts little.
pub(super) struct Timed<'a> {
    pub(super) host: &'a mut dyn Host,
    pub(super) meter: &'a Meter,
}

impl Timed<'_> {
    fn ask<R>(&mut self, ask: impl FnOnce(&mut dyn Host) -> R) -> R {
        let before = self.meter.now();
        let answer = ask(self.host);
        let took = self.meter.now().saturating_sub(before);
        self.meter.forgive(took.saturating_sub(MOST_A_HOST_CALL));
        answer
    }
}

impl Host for Timed<'_> {
    fn obey(&mut self, command: Command) -> Outcome {
        self.ask(|host| host.obey(command))
    }

    fn clock(&mut self) -> ClockView {
        self.ask(|host| host.clock())
    }

    fn mode(&mut self) -> ModeView {
        self.ask(|host| host.mode())
    }

    fn properties(&mut self) -> Arc<PropertySet> {
        self.ask(|host| host.properties())
    }

    fn scene(&self) -> Arc<SceneView> {
        self.host.scene()
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        self.host.snapshot()
    }
}
