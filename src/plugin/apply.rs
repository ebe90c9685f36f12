//! Puts what is played into the scene.

use bevy_ecs::prelude::*;
use skyreel_core::pose::NodeName;
use skyreel_core::session::Shown;
use skyreel_core::snapshot::Weight;

use crate::camera::{self, PlayedCameras};
use crate::{RunningSession, Sources};

/// What the scene is to be like in this frame.
#[derive(Resource)]
pub(crate) struct Due(pub Shown);

impl Default for Due {
    fn default() -> Self {
        Self(Shown::Live)
    }
}

/// `told` is what was said of missing nodes since playback began.
pub(crate) fn apply(
    world: &mut World,
    cameras: &mut QueryState<PlayedCameras>,
    mut told: Local<Vec<NodeName>>,
) {
    let due = std::mem::take(&mut *world.resource_mut::<Due>());
    let (Shown::Recorded { frame, .. } | Shown::Before(frame)) = due.0 else {
        told.clear();
        return;
    };
    Sources::take_over(world, &frame.properties);
    for missing in camera::place(world, cameras, &frame) {
        if !told.contains(&missing) {
            let text = format!("the scene has no '{missing}': its camera stays where it is");
            world.resource_mut::<RunningSession>().get().tell(Weight::Warning, text);
            told.push(missing);
        }
    }
}
