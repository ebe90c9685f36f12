//! A console with a host that only notes, and clocks that the test sets.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;
use skyreel_core::command::{Command, Origin, RecordCommand};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::property_set::PropertySet;
use skyreel_core::role::Role;
use skyreel_core::snapshot::{ClockView, ConsoleLine, ModeView, SceneView, Snapshot};
use skyreel_core::time::SimTime;
use skyreel_core::value::Value;
use skyreel_script::Host;
use skyreel_script::console::{Console, ConsoleHost, ConsoleLimits, Library, Sender};

pub const ME: Sender = Sender { origin: Origin::Window, role: Role::Presenter };

/// Notes commands and answers each with what is set.
pub struct FakeHost {
    pub obeyed: Vec<(Command, Sender)>,
    pub answer: Outcome,
    pub clock: ClockView,
    pub speaker: Sender,
    /// By the clock that measures scripts, a command takes so long.
    pub takes: Duration,
    measured: Rc<Cell<Duration>>,
}

impl Host for FakeHost {
    fn obey(&mut self, command: Command) -> Outcome {
        self.measured.set(self.measured.get() + self.takes);
        self.obeyed.push((command.clone(), self.speaker));
        if self.speaker.role == Role::Viewer && matches!(command, Command::Record(_)) {
            let call = command.words().0;
            return Refusal::Role { call, is: Role::Viewer, needed: Role::Presenter }.into();
        }
        if command == Command::Record(RecordCommand::Discard {}) {
            return Outcome::Failed("the disk is gone".to_owned());
        }
        self.answer.clone()
    }

    fn clock(&mut self) -> ClockView {
        self.clock.clone()
    }

    fn mode(&mut self) -> ModeView {
        ModeView::Idle
    }

    fn properties(&mut self) -> Arc<PropertySet> {
        let properties = [
            ("Desk.Lamp", Value::Bool(true)),
            ("Scene.Earth.Fade", Value::Number(0.5)),
            ("Scene.Earth.Color", Value::Numbers([1.0, 0.5, 0.0].into())),
        ];
        Arc::new(properties.map(|(path, value)| (Arc::from(path), value)).into_iter().collect())
    }

    fn scene(&self) -> Arc<SceneView> {
        Arc::default()
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        Arc::default()
    }
}

impl ConsoleHost for FakeHost {
    fn speak_for(&mut self, sender: Sender) {
        self.speaker = sender;
    }
}

/// A console, its host, and its two clocks.
pub struct Bench {
    pub console: Console,
    pub host: FakeHost,
    /// The session's time.
    pub now: Duration,
    pub sim_time: f64,
    /// The clock that measures scripts goes on by this much each time it is read.
    pub tick: Rc<Cell<Duration>>,
    /// Time that a script may have in a frame.
    pub budget: Duration,
}

impl Bench {
    /// Scripts are measured by a clock that stands still unless told otherwise.
    pub fn new() -> Self {
        Self::with(|_| {}, Vec::new())
    }

    pub fn with(change: impl FnOnce(&mut ConsoleLimits), libraries: Vec<Library>) -> Self {
        let tick = Rc::new(Cell::new(Duration::ZERO));
        let measured = Rc::new(Cell::new(Duration::ZERO));
        let (step, at) = (Rc::clone(&tick), Rc::clone(&measured));
        let clock = move || at.replace(at.get() + step.get());
        let mut limits = ConsoleLimits::by_clock(Rc::new(clock));
        change(&mut limits);
        let host = FakeHost {
            obeyed: Vec::new(),
            answer: Outcome::DONE,
            clock: ClockView::default(),
            speaker: ME,
            takes: Duration::ZERO,
            measured,
        };
        Self {
            console: Console::new(limits, libraries).unwrap(),
            host,
            now: Duration::ZERO,
            sim_time: 0.0,
            tick,
            budget: Duration::from_millis(4),
        }
    }

    /// Measured by the machine's clock, with little time for each script.
    pub fn in_real_time() -> Self {
        let real = ConsoleLimits { call: Duration::from_millis(25), ..ConsoleLimits::real_time() };
        Self::with(|limits| *limits = real, Vec::new())
    }

    /// A frame `seconds` later.
    pub fn frame(&mut self, seconds: f64) {
        self.now += Duration::from_secs_f64(seconds);
        let sim_time = SimTime::from_tdb_secs(self.sim_time).unwrap();
        self.console.advance(self.now, sim_time, &mut self.host, self.budget);
    }

    pub fn begin(&mut self, code: &str) -> u64 {
        self.console.run(code, None, ME).unwrap()
    }

    /// Runs a script in frames until it is over, and gives what was said but for what was typed.
    pub fn run(&mut self, code: &str) -> Vec<String> {
        self.console.take_lines();
        self.begin(code);
        for _ in 0..10_000 {
            if self.console.running().is_empty() {
                break;
            }
            self.frame(1.0 / 60.0);
        }
        assert!(self.console.running().is_empty(), "it hangs: {code}");
        self.said()
    }

    /// Frames until nothing runs any more; how many.
    pub fn finish(&mut self) -> usize {
        let mut frames = 0;
        while !self.console.running().is_empty() {
            self.frame(1.0 / 60.0);
            frames += 1;
            assert!(frames < 100_000, "it hangs");
        }
        frames
    }

    /// What was said since the last time but for what was typed: `printed: text`.
    pub fn said(&mut self) -> Vec<String> {
        let lines = self.console.take_lines();
        let told = lines.iter().filter(|line| line.said.name() != "typed");
        told.map(told_as).collect()
    }

    /// The commands that were obeyed.
    pub fn obeyed(&mut self) -> Vec<Command> {
        self.host.obeyed.drain(..).map(|(command, _)| command).collect()
    }

    pub fn answers(&mut self, json: Json) {
        self.host.answer = Outcome::Done(json);
    }
}

fn told_as(line: &ConsoleLine) -> String {
    format!("{}: {}", line.said.name(), line.text)
}
