//! Once a frame: every command that came, through the gate, in order.

use bevy_ecs::prelude::*;
use skyreel_core::command::{Origin, Request};
use skyreel_core::event::EventKind;
use skyreel_core::gate::Gate;

use crate::{Answered, CommandGroups, Requests, RunningSession};

/// The gate that all commands of an app go through.
#[derive(Resource, Default)]
pub(crate) struct TheGate(pub Gate);

/// Obeys all that wait when it begins, so that a command that sends another one ends.
pub(crate) fn obey(world: &mut World) {
    let requests = world.resource::<Requests>().clone();
    let mut waiting = Vec::new();
    while let Some(next) = requests.next() {
        waiting.push(next);
    }
    for (request, answer) in waiting {
        let Request { id, origin, .. } = request;
        let outcome = world.resource_scope(|world, mut gate: Mut<TheGate>| {
            gate.0.pass(request, |command| CommandGroups::obey(world, command))
        });
        if origin == Origin::Script || origin == Origin::Network {
            note(world);
        }
        let answered = Answered { id, origin, outcome };
        if let Some(answer) = answer {
            // Whoever does not listen any more does not miss it.
            let _ = answer.try_send(answered.clone());
        }
        world.write_message(answered);
    }
}

/// What was asked in words is part of the record.
fn note(world: &mut World) {
    let gate = &world.resource::<TheGate>().0;
    let Some(line) = gate.lines().next_back() else { return };
    let arguments = serde_json::Value::Object(line.arguments.clone());
    let text = format!("{} {arguments}", line.call);
    world.resource_mut::<RunningSession>().get().note(EventKind::Console { text });
}
