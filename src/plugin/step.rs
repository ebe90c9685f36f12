//! How much time the present frame lets pass.

use bevy_ecs::prelude::*;
use bevy_time::{Real, Time, Virtual};
use skyreel_core::time::SessionSpan;

/// How much time the present frame lets pass, for recordings, playback and the scene's clock.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step(pub SessionSpan);

pub(crate) fn by_real_time(time: Option<Res<Time<Real>>>, mut step: ResMut<Step>) {
    step.0 = time.map_or(SessionSpan::ZERO, |time| span(time.delta()));
}

pub(crate) fn by_virtual_time(time: Option<Res<Time<Virtual>>>, mut step: ResMut<Step>) {
    step.0 = time.map_or(SessionSpan::ZERO, |time| span(time.delta()));
}

fn span(delta: std::time::Duration) -> SessionSpan {
    SessionSpan::from_nanos(i64::try_from(delta.as_nanos()).unwrap_or(i64::MAX))
}
