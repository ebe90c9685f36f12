//! Hands every frame to the session, where it wants them.

use bevy_ecs::prelude::*;
use skyreel_core::capture::Seen;

use crate::{LiveScene, RunningSession, SceneClock, Sources, camera};

pub(crate) fn capture(world: &mut World) {
    if !world.resource_mut::<RunningSession>().get().wants_frames() {
        if let Some(mut live) = world.get_resource_mut::<LiveScene>() {
            live.bypass_change_detection().live().forget_changes();
        }
        return;
    }
    let changes = Sources::changes(world);
    let views = camera::seen(world);
    let clock = world.resource::<SceneClock>().clock.sample();
    let seen = Seen { clock, views: &views, changes: &changes, events: &[] };
    world.resource_mut::<RunningSession>().get().capture(&seen);
}
