//! What scripts act on: whoever runs them hands it in for as long as they run.

use std::sync::Arc;

use skyreel_core::command::Command;
use skyreel_core::outcome::Outcome;
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{ClockView, ModeView, SceneView, Snapshot};

/// What scripts act on. Everything it tells is as it is now, after all that was obeyed before.
pub trait Host {
    /// Obeys a command, through the gate, as the script's sender may.
    fn obey(&mut self, command: Command) -> Outcome;
    /// The scene's clock.
    fn clock(&mut self) -> ClockView;
    /// What the session does.
    fn mode(&mut self) -> ModeView;
    /// What the scene's properties hold.
    fn properties(&mut self) -> Arc<PropertySet>;
    /// What the scene has, which does not change.
    fn scene(&self) -> Arc<SceneView>;
    /// All that faces show; what can be asked for by itself is as it was published last.
    fn snapshot(&mut self) -> Arc<Snapshot>;
}
