//! A script that runs by itself, without a window: what it says is handed on, and the program ends with
//! it.

use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy_skyreel::{Answered, Published, Requests, RunningSession};
use skyreel_core::command::{Command, Origin, ScriptCommand};
use skyreel_core::event::Said;
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_core::snapshot::ConsoleLine;

/// What is done with a line that the script says.
pub type Tell = Box<dyn FnMut(&ConsoleLine) + Send + Sync>;

/// A script that runs by itself.
pub struct Errand {
    /// Luau.
    pub code: String,
    /// What its errors call it.
    pub name: String,
    /// Hears what it says.
    pub tell: Tell,
}

/// How far it is.
#[derive(Resource)]
pub struct Follow {
    tell: Tell,
    answer: Mutex<Receiver<Answered>>,
    script: Option<u64>,
    last_line: u64,
    has_failed: bool,
    is_over: bool,
}

/// Sends the script on its way.
pub fn send(world: &mut World, errand: Errand) {
    let Errand { code, name, tell } = errand;
    let (to, answer) = sync_channel(1);
    let run = Command::Script(ScriptCommand::Run { code, name: Some(name), wait: false });
    let requests = world.resource::<Requests>();
    // One of the first that are sent, so there is room.
    let _ = requests.send_as(run, Origin::CommandLine, Role::Administrator, Some(to));
    world.insert_resource(Follow {
        tell,
        answer: Mutex::new(answer),
        script: None,
        last_line: 0,
        has_failed: false,
        is_over: false,
    });
}

/// Hands on what it says; once it is over, and recordings have their end, the program ends.
pub fn follow(
    mut follow: ResMut<Follow>,
    published: Res<Published>,
    mut session: ResMut<RunningSession>,
    mut exit: MessageWriter<AppExit>,
) {
    let follow = &mut *follow;
    if follow.script.is_none() {
        let answer = follow.answer.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv();
        match answer.map(|answer| answer.outcome) {
            Ok(Outcome::Done(number)) => follow.script = number.as_u64(),
            Ok(other) => {
                let text = other.complaint().unwrap_or_default();
                (follow.tell)(&ConsoleLine {
                    number: 0,
                    script: 0,
                    said: Said::Refused,
                    origin: Origin::CommandLine,
                    text,
                    at_line: None,
                });
                exit.write(AppExit::error());
                return;
            }
            Err(_) => return,
        }
    }
    let console = &published.0.console;
    let heard = follow.last_line;
    for line in console.lines.iter().filter(|line| line.number > heard) {
        follow.last_line = line.number;
        let is_own = Some(line.script) == follow.script;
        // What it left for later speaks for it; what others have sent here does not.
        if line.said != Said::Typed && (is_own || line.origin == Origin::Program) {
            (follow.tell)(line);
        }
        follow.has_failed |= is_own && line.said == Said::Refused;
    }
    let is_running = console.running.iter().any(|script| Some(script.script) == follow.script);
    // What was begun is seen in the snapshot of the frame that began it, and answered in that frame.
    let was_seen = follow.last_line > 0;
    if was_seen && !is_running && !follow.is_over {
        follow.is_over = true;
        session.get().end();
    }
    let session = session.bypass_change_detection().get();
    if follow.is_over && !session.is_recording() && !session.is_finishing() {
        exit.write(if follow.has_failed { AppExit::error() } else { AppExit::Success });
    }
}
