//! Which part of the app obeys which commands.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;
use skyreel_core::command::{Command, Group};
use skyreel_core::outcome::{Outcome, Refusal};

/// Obeys the commands of a group.
pub type Obey = fn(&mut World, Command) -> Outcome;

/// Which part of the app obeys which commands. A group that nobody has joined is refused by name.
#[derive(Resource, Default)]
pub struct CommandGroups(BTreeMap<Group, Obey>);

impl CommandGroups {
    /// From now on `obey` answers for a group, in place of whoever did.
    pub fn join(&mut self, group: Group, obey: Obey) {
        self.0.insert(group, obey);
    }

    /// Obeys a command that is part of obeying another one, which has passed the gate.
    pub fn obey(world: &mut World, command: Command) -> Outcome {
        let group = command.group();
        let obey = world.resource::<Self>().0.get(&group).copied();
        match obey {
            Some(obey) => obey(world, command),
            None => {
                let (call, _) = command.words();
                Refusal::NoGroup { call, group: group.name().to_owned() }.into()
            }
        }
    }
}
