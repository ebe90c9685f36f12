//! What scripts act on in the window: the scene and the session, through the one gate.

use std::sync::Arc;

use bevy::prelude::*;
use bevy_skyreel::{Draft, LiveScene, Published, Requests, RunningSession, SceneClock};
use skyreel_core::command::{Command, Origin, Request};
use skyreel_core::outcome::Outcome;
use skyreel_core::property_set::PropertySet;
use skyreel_core::role::Role;
use skyreel_core::snapshot::{ClockView, ModeView, SceneView, Snapshot};
use skyreel_script::Host;
use skyreel_script::console::{ConsoleHost, Sender};

/// The world, for as long as scripts run.
pub struct WorldHost<'w> {
    world: &'w mut World,
    role: Role,
}

impl<'w> WorldHost<'w> {
    /// For nobody yet, who may only look.
    pub fn new(world: &'w mut World) -> Self {
        Self { world, role: Role::Viewer }
    }
}

impl ConsoleHost for WorldHost<'_> {
    fn speak_for(&mut self, sender: Sender) {
        self.role = sender.role;
    }
}

impl Host for WorldHost<'_> {
    fn obey(&mut self, command: Command) -> Outcome {
        let id = self.world.resource::<Requests>().number();
        let request = Request { id, origin: Origin::Script, role: self.role, command };
        bevy_skyreel::pass(self.world, request)
    }

    fn clock(&mut self) -> ClockView {
        let at = self.world.resource::<SceneClock>().clock.sample();
        ClockView { sim_time: at.sim_time, rate: at.rate, paused: at.paused }
    }

    fn mode(&mut self) -> ModeView {
        self.world.resource_mut::<RunningSession>().bypass_change_detection().get().view()
    }

    fn properties(&mut self) -> Arc<PropertySet> {
        let published = Arc::clone(&self.world.resource::<Published>().0.properties);
        let live = self.world.resource::<LiveScene>().values();
        // What was published is shared as long as it is still so.
        if *published == *live { published } else { Arc::new(live.clone()) }
    }

    fn scene(&self) -> Arc<SceneView> {
        Arc::clone(&self.world.resource::<Draft>().0.scene)
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        Arc::new(self.world.resource::<Draft>().0.clone())
    }
}
