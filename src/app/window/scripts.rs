//! Scripts in the window: the console's machine has its turn once a frame, behind the commands that
//! came. What it says is shown, and is part of the recording.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy_skyreel::{
    Asking, CommandGroups, Draft, DueReply, HeldReply, RunningSession, SceneClock, Step,
};
use skyreel_core::command::{Command, Group, Origin, ScriptCommand};
use skyreel_core::event::EventKind;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::role::Role;
use skyreel_core::snapshot::{ConsoleLine, ConsoleView, Weight};
use skyreel_faces::keys::ACTIONS;
use skyreel_script::console::{Console, ConsoleHost, ConsoleLimits, Library, Sender, in_lua};
use skyreel_script::openspace::{OpenSpace, Options};

use super::host::WorldHost;
use super::preferences::{Now, Preferences};

/// How much of a frame scripts may take, all together.
const BUDGET: Duration = Duration::from_millis(4);

/// How many lines faces are shown.
const SHOWN: usize = 1000;

/// The console. Its machine stays on the thread that made it.
pub struct Scripts {
    console: Console,
    openspace: Rc<OpenSpace>,
    lines: VecDeque<ConsoleLine>,
    /// Those who wait for what a script returns, by its number.
    awaited: BTreeMap<u64, HeldReply>,
    is_busy: bool,
}

impl Scripts {
    /// Whether a script runs or waits.
    pub fn is_busy(&self) -> bool {
        self.is_busy
    }
}

/// Joins the session's commands; without a machine scripts are refused.
pub fn join(world: &mut World) {
    let preferences = world.resource::<Preferences>();
    let folders =
        BTreeMap::from([("RECORDINGS".to_owned(), preferences.folder().display().to_string())]);
    let now = world.resource::<Now>().0;
    let openspace = Rc::new(OpenSpace::new(Options { now, folders, ..Options::default() }));
    for action in ACTIONS {
        if let Some((identifier, command)) = action.as_openspace() {
            openspace.add_action(&identifier, in_lua(&command), action.help);
        }
    }
    let table = Rc::clone(&openspace);
    let library: Library = Box::new(move |lua, globals, slot| table.install(lua, globals, slot));
    match Console::new(ConsoleLimits::real_time(), vec![library]) {
        Ok(console) => {
            let view = ConsoleView { words: console.words(), ..ConsoleView::default() };
            world.resource_mut::<Draft>().0.console = Arc::new(view);
            let (lines, awaited) = (VecDeque::new(), BTreeMap::new());
            world.insert_non_send(Scripts { console, openspace, lines, awaited, is_busy: false });
        }
        Err(error) => {
            let text = format!("scripts cannot be run: {error}");
            world.resource_mut::<RunningSession>().get().tell(Weight::Error, text);
        }
    }
    world.resource_mut::<CommandGroups>().join(Group::Script, |world, command| match command {
        Command::Script(command) => obey(world, command).into(),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: ScriptCommand) -> Result<serde_json::Value, Refusal> {
    let Asking { origin, role } = *world.resource::<Asking>();
    let not_here = || Refusal::Other("scripts cannot be asked of within a script".to_owned());
    let mut scripts = world.get_non_send_mut::<Scripts>().ok_or_else(not_here)?;
    match command {
        ScriptCommand::Run { code, name, wait } => {
            let sender = Sender { origin, role };
            if !wait {
                return Ok(scripts.console.run(&code, name.as_deref(), sender)?.into());
            }
            let number = scripts.console.run_awaited(&code, name.as_deref(), sender)?;
            if let Some(reply) = world.resource_mut::<DueReply>().take()
                && let Some(mut scripts) = world.get_non_send_mut::<Scripts>()
            {
                scripts.awaited.insert(number, reply);
            }
            Ok(number.into())
        }
        ScriptCommand::Stop { script } => {
            let running = scripts.console.running();
            let ended = scripts.console.stop(script, origin);
            match script {
                Some(number) if ended == 0 => Err(Refusal::Unknown {
                    what: "script that runs or waits",
                    found: number.to_string(),
                    nearest: running.first().map(|running| running.script.to_string()),
                }),
                _ => Ok(ended.into()),
            }
        }
    }
}

/// Gives scripts their turn. Behind commands, before time passes: what they do is seen in this frame.
pub fn go_on(world: &mut World) {
    let Some(mut scripts) = world.remove_non_send::<Scripts>() else { return };
    let now = world.resource::<Time<Real>>().elapsed();
    let sim_time = world.resource::<SceneClock>().clock.sample().sim_time;
    go_on_for_openspace(world, &mut scripts);
    scripts.console.advance(now, sim_time, &mut WorldHost::new(world), BUDGET);
    let said = scripts.console.take_lines();
    let running = scripts.console.running();
    let shown = Arc::clone(&world.resource::<Draft>().0.console);
    if !said.is_empty() || shown.running != running {
        note(world, &said);
        scripts.lines.extend(said);
        let surplus = scripts.lines.len().saturating_sub(SHOWN);
        scripts.lines.drain(..surplus);
        let view = ConsoleView {
            lines: scripts.lines.iter().cloned().collect(),
            running,
            words: Arc::clone(&shown.words),
        };
        world.resource_mut::<Draft>().0.console = Arc::new(view);
    }
    for (number, outcome) in scripts.console.take_answers() {
        if let Some(reply) = scripts.awaited.remove(&number) {
            reply.answer(world, outcome);
        }
    }
    scripts.is_busy = !world.resource::<Draft>().0.console.running.is_empty();
    world.insert_non_send(scripts);
}

/// Scripts whose time has come or whose event has happened begin. Who had left them is not known any
/// more, so they may do what presenters may.
fn go_on_for_openspace(world: &mut World, scripts: &mut Scripts) {
    let span = world.resource::<Step>().0;
    let sender = Sender { origin: Origin::Program, role: Role::Presenter };
    let mut host = WorldHost::new(world);
    host.speak_for(sender);
    for due in scripts.openspace.advance(&mut host, span) {
        if let Err(refusal) = scripts.console.run(&due.code, Some(&due.name), sender) {
            let text = format!("{}: {refusal}", due.name);
            world.resource_mut::<RunningSession>().get().tell(Weight::Warning, text);
        }
    }
}

/// What is said in the console is part of the recording.
fn note(world: &mut World, said: &[ConsoleLine]) {
    let mut session = world.resource_mut::<RunningSession>();
    let session = session.bypass_change_detection().get();
    for line in said {
        let (text, said, origin) = (line.text.clone(), line.said, Some(line.origin));
        session.note(EventKind::Console { text, said, origin });
    }
}
