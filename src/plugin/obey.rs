//! Once a frame: every command that came, through the gate, in order.

use std::sync::{Mutex, PoisonError};

use bevy_ecs::prelude::*;
use skyreel_core::command::{Command, Group, NavigateCommand, Origin, Request, RequestId};
use skyreel_core::event::{EventKind, Said};
use skyreel_core::gate::{AuditLine, Gate};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;

use crate::{Answered, CommandGroups, Reply, Requests, RunningSession};

/// The gate that all commands of an app go through.
#[derive(Resource, Default)]
pub(crate) struct TheGate(pub Gate);

/// Who asks for what is being obeyed.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// By which way it came.
    pub origin: Origin,
    /// What they may do.
    pub role: Role,
}

/// The reply that is due for the command that is being obeyed. Who obeys it may take it and tell the
/// outcome later; else it is told at once.
#[derive(Resource, Default)]
pub struct DueReply(Mutex<Option<HeldReply>>);

impl DueReply {
    /// Takes it; `None` where nobody waits for the outcome.
    pub fn take(&mut self) -> Option<HeldReply> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&mut self, reply: Option<HeldReply>) {
        *self.0.get_mut().unwrap_or_else(PoisonError::into_inner) = reply;
    }
}

/// A reply that somebody has taken, and answers for. Dropped, whoever asked is told by the way it came
/// that the program has ended.
pub struct HeldReply {
    id: RequestId,
    origin: Origin,
    reply: Reply,
}

impl HeldReply {
    /// Tells the outcome.
    pub fn answer(self, world: &mut World, outcome: Outcome) {
        let answered = Answered { id: self.id, origin: self.origin, outcome };
        (self.reply)(answered.clone());
        world.write_message(answered);
    }
}

/// Obeys all that wait when it begins, so that a command that sends another one ends.
pub(crate) fn obey(world: &mut World) {
    let requests = world.resource::<Requests>().clone();
    let mut waiting = Vec::new();
    while let Some(next) = requests.next() {
        waiting.push(next);
    }
    for (request, reply) in waiting {
        let Request { id, origin, .. } = request;
        // What a script says is part of what the script is; what a hand does, of where the camera goes.
        let is_told_otherwise = request.command.group() == Group::Script
            || matches!(request.command, Command::Navigate(NavigateCommand::Steer { .. }));
        let is_said = matches!(origin, Origin::Script | Origin::Network | Origin::CommandLine)
            && !is_told_otherwise;
        let is_awaited = reply.is_some();
        let due = reply.map(|reply| HeldReply { id, origin, reply });
        world.resource_mut::<DueReply>().put(due);
        let outcome = pass(world, request);
        if is_said {
            note(world);
        }
        match world.resource_mut::<DueReply>().take() {
            Some(due) => due.answer(world, outcome),
            // Whoever took it answers.
            None if is_awaited => {}
            None => drop(world.write_message(Answered { id, origin, outcome })),
        }
    }
}

/// Obeys a request at once, where what sends it waits for its outcome. Not for what obeys commands
/// itself: there is one gate, and it lets one through at a time.
pub fn pass(world: &mut World, request: Request) -> Outcome {
    world.insert_resource(Asking { origin: request.origin, role: request.role });
    world.resource_scope(|world, mut gate: Mut<TheGate>| {
        gate.0.pass(request, |command| CommandGroups::obey(world, command))
    })
}

/// What was asked in words is part of the record, and what became of it.
fn note(world: &mut World) {
    let gate = &world.resource::<TheGate>().0;
    let Some(line) = gate.lines().next_back() else { return };
    let AuditLine { origin, call, arguments, outcome, .. } = line;
    let arguments = serde_json::Value::Object(arguments.clone());
    let typed = (format!("{call} {arguments}"), Said::Typed);
    let answer = match outcome {
        Outcome::Done(value) => (!value.is_null()).then(|| (value.to_string(), Said::Returned)),
        other => other.complaint().map(|why| (why, Said::Refused)),
    };
    let origin = Some(*origin);
    let lines = std::iter::once(typed).chain(answer);
    let events: Vec<_> =
        lines.map(|(text, said)| EventKind::Console { text, said, origin }).collect();
    let mut session = world.resource_mut::<RunningSession>();
    events.into_iter().for_each(|event| session.get().note(event));
}
