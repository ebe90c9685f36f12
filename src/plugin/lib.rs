//! Recording and playback inside any Bevy app: no scenes of Skyreel's own, no windows, no drawing.
#![doc = ""]
#![doc = include_str!("README.md")]

mod apply;
mod camera;
mod capture;
mod clock;
mod components;
mod groups;
mod memory;
mod obey;
mod property;
mod publish;
mod reflect;
mod requests;
mod scene;
mod session;
mod source;
mod step;
mod window_size;

#[cfg(feature = "files")]
pub mod files;

use bevy_app::prelude::*;
use bevy_ecs::message::message_update_system;
use bevy_ecs::prelude::*;
use bevy_time::{TimeSystems, check_delayed_command_queues};
use bevy_transform::TransformSystems;

pub use apply::Showing;
pub use camera::{AnchoredCamera, RecordedCamera};
pub use clock::SceneClock;
pub use groups::{CommandGroups, Obey};
pub use memory::Memory;
pub use obey::{Asking, DueReply, HeldReply, pass};
pub use property::{Put, Recorded};
pub use publish::{Draft, Published};
pub use requests::{Answered, InboxFull, Reply, Requests};
pub use scene::LiveScene;
pub use session::{Defaults, RunningSession, StudioBox, observe};
pub use skyreel_core as core;
pub use source::Sources;
pub use step::Step;

/// What most apps need.
pub mod prelude {
    pub use crate::{
        Answered, Published, Put, RecordApp, Recorded, RecordedCamera, Requests, SkyreelPlugin,
        SkyreelSystems,
    };
    pub use skyreel_core::command::{Command as SkyreelCommand, PlayCommand, RecordCommand};
    pub use skyreel_core::value::Value;
}

pub use property::RecordApp;

/// When the plugin does what, in every frame. They follow each other.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SkyreelSystems {
    /// Changes of properties that are under way go on by the frame's time. `PreUpdate`.
    GoOn,
    /// Commands that came since the last frame are obeyed, in order. `PreUpdate`.
    Obey,
    /// Time passes for clock, recording and playback. `PreUpdate`.
    Advance,
    /// What is played is put into the scene, after everything in `Update` and before transforms are
    /// propagated: it has the last word. `PostUpdate`.
    Apply,
    /// What the frame shows is recorded, after transforms are propagated. `PostUpdate`.
    Capture,
    /// What faces show is made. `PostUpdate`.
    Publish,
}

/// By which clock recordings and playback go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeSource {
    /// Bevy's real time: playback goes on while the game's own time is paused or slowed.
    #[default]
    Real,
    /// Bevy's virtual time.
    Virtual,
    /// Whatever the app puts into [`Step`] before `PreUpdate`.
    Manual,
}

/// Recording and playback.
pub struct SkyreelPlugin {
    time: TimeSource,
    studio: std::sync::Mutex<Option<StudioBox>>,
}

impl SkyreelPlugin {
    /// Recordings are made and found where `studio` keeps them.
    pub fn new(studio: impl skyreel_core::session::Studio + Send + 'static) -> Self {
        let studio = std::sync::Mutex::new(Some(StudioBox::new(studio)));
        Self { time: TimeSource::default(), studio }
    }

    /// Recordings live in memory, and are gone with the app.
    pub fn in_memory() -> Self {
        Self::new(Memory::default())
    }

    /// Recordings are files in a folder.
    #[cfg(feature = "files")]
    pub fn in_folder(folder: impl Into<std::path::PathBuf>) -> Self {
        Self::new(files::Folder::new(folder.into()))
    }

    /// Goes by another clock.
    pub fn with_time(self, time: TimeSource) -> Self {
        Self { time, ..self }
    }
}

impl Plugin for SkyreelPlugin {
    fn build(&self, app: &mut App) {
        use SkyreelSystems::{Advance, Apply, Capture, GoOn, Obey, Publish};
        let studio = self.studio.lock().map_or(None, |mut studio| studio.take());
        app.insert_resource(studio.unwrap_or_else(|| StudioBox::new(Memory::default())))
            .init_resource::<CommandGroups>()
            .init_resource::<Defaults>()
            .init_resource::<Draft>()
            .init_resource::<DueReply>()
            .init_resource::<Published>()
            .init_resource::<Requests>()
            .init_resource::<RunningSession>()
            .init_resource::<SceneClock>()
            .init_resource::<Sources>()
            .init_resource::<Step>()
            .init_resource::<Showing>()
            .init_resource::<obey::TheGate>()
            .add_message::<Answered>()
            .configure_sets(PreUpdate, (GoOn, Obey, Advance).chain())
            .configure_sets(PreUpdate, GoOn.after(check_delayed_command_queues))
            .configure_sets(PostUpdate, (Apply, Capture, Publish).chain())
            .configure_sets(PostUpdate, Apply.before(TransformSystems::Propagate))
            .configure_sets(PostUpdate, Capture.after(TransformSystems::Propagate))
            .add_systems(PreUpdate, scene::go_on.in_set(GoOn))
            .add_systems(PreUpdate, obey::obey.in_set(Obey))
            .add_systems(PreUpdate, session::advance.in_set(Advance))
            .add_systems(PostUpdate, apply::apply.in_set(Apply))
            .add_systems(PostUpdate, capture::capture.in_set(Capture))
            .add_systems(PostUpdate, publish::publish.in_set(Publish));
        match self.time {
            TimeSource::Real => {
                let system = step::by_real_time.after(TimeSystems);
                app.add_systems(First, system.ambiguous_with(message_update_system));
            }
            TimeSource::Virtual => {
                let system = step::by_virtual_time.after(TimeSystems);
                app.add_systems(First, system.ambiguous_with(message_update_system));
            }
            TimeSource::Manual => {}
        }
        let mut groups = app.world_mut().resource_mut::<CommandGroups>();
        session::join(&mut groups);
        clock::join(&mut groups);
        scene::join(&mut groups);
        window_size::join(&mut app.world_mut().resource_mut::<Sources>());
    }
}
