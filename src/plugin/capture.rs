//! Hands every frame to the session, where it wants them.

use bevy_ecs::prelude::*;
use skyreel_core::capture::Seen;
use skyreel_core::live::Change;

use crate::camera::{self, Cameras};
use crate::{LiveScene, RunningSession, SceneClock, Sources};

pub(crate) fn capture(
    world: &mut World,
    cameras: &mut QueryState<Cameras>,
    mut changes: Local<Vec<Change>>,
) {
    let mut session = world.resource_mut::<RunningSession>();
    let session = session.bypass_change_detection().get();
    let by_steps = session.is_paused();
    if !session.wants_frames() {
        if let Some(mut live) = world.get_resource_mut::<LiveScene>() {
            live.bypass_change_detection().live().forget_changes();
        }
        return;
    }
    Sources::changes(world, by_steps, &mut changes);
    let views = camera::seen(world, cameras);
    let clock = world.resource::<SceneClock>().clock.sample();
    let seen = Seen { clock, views: &views, changes: &changes, events: &[] };
    world.resource_mut::<RunningSession>().get().capture(&seen);
    changes.clear();
}
