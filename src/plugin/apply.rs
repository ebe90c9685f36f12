//! Puts what is played into the scene.

use bevy_ecs::prelude::*;
use skyreel_core::pose::NodeName;
use skyreel_core::session::Shown;
use skyreel_core::snapshot::Weight;

use crate::camera::{self, PlayedCameras};
use crate::{RunningSession, Sources};

/// What the scene is to be like in this frame.
#[derive(Resource)]
pub struct Showing(pub Shown);

impl Default for Showing {
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
    let missing = world.resource_scope(|world, showing: Mut<Showing>| {
        let (Shown::Recorded { frame, .. } | Shown::Before { frame, .. }) = &showing.0 else {
            told.clear();
            return Vec::new();
        };
        Sources::take_over(world, &frame.properties);
        camera::place(world, cameras, frame)
    });
    for missing in missing {
        if !told.contains(&missing) {
            let text = format!("the scene has no '{missing}': its camera stays where it is");
            world.resource_mut::<RunningSession>().get().tell(Weight::Warning, text);
            told.push(missing);
        }
    }
}
