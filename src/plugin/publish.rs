//! What faces show, made once a frame where something has changed.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use skyreel_core::snapshot::{ClockView, Snapshot};

use crate::{LiveScene, RunningSession, SceneClock};

/// The last snapshot. Whoever shows it may keep it for as long as they like.
#[derive(Resource, Clone, Debug, Default)]
pub struct Published(pub Arc<Snapshot>);

/// The snapshot to come. Other parts of an app put into it what is theirs, before
/// [`SkyreelSystems::Publish`](crate::SkyreelSystems::Publish).
#[derive(Resource, Clone, Debug, Default)]
pub struct Draft(pub Snapshot);

pub(crate) fn publish(
    mut session: ResMut<RunningSession>,
    clock: Res<SceneClock>,
    live: Option<Res<LiveScene>>,
    mut draft: ResMut<Draft>,
    mut published: ResMut<Published>,
) {
    let session = session.bypass_change_detection().get();
    let draft = &mut draft.bypass_change_detection().0;
    draft.mode = session.view();
    let at = clock.clock.sample();
    draft.clock = ClockView { sim_time: at.sim_time, rate: at.rate, paused: at.paused };
    if draft.notices.last().map_or(0, |last| last.number) != session.notices().last() {
        draft.notices = session.notices().all();
    }
    if let Some(live) = live.filter(|live| live.is_changed()) {
        draft.properties = Arc::new(live.values().clone());
        draft.solo = live.solo().map(str::to_owned);
    }
    if !draft.shows_the_same_as(&published.0) {
        draft.number += 1;
        published.0 = Arc::new(draft.clone());
    }
}
