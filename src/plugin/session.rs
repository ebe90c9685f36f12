//! The session of an app: what obeys commands about recording and playing, and lets time pass.

use std::sync::Mutex;

use bevy_ecs::prelude::*;
use skyreel_core::clock::Clock;
use skyreel_core::command::{Command, Group};
use skyreel_core::frame::Frame;
use skyreel_core::outcome::Outcome;
use skyreel_core::session::{PlayDefaults, RecordDefaults, Session, Shown, Studio};
use skyreel_core::time::{SessionSpan, SessionTime};

use crate::{CommandGroups, SceneClock, Showing, Sources, Step, camera};

/// The session.
#[derive(Resource, Default)]
pub struct RunningSession(Mutex<Session>);

impl RunningSession {
    /// The session; nobody waits for it.
    pub fn get(&mut self) -> &mut Session {
        self.0.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Where recordings are made and come from.
#[derive(Resource)]
pub struct StudioBox(Mutex<Box<dyn Studio + Send>>);

impl StudioBox {
    /// From now on recordings are made and found here.
    pub fn new(studio: impl Studio + Send + 'static) -> Self {
        Self(Mutex::new(Box::new(studio)))
    }

    fn get(&mut self) -> &mut dyn Studio {
        self.0.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).as_mut()
    }
}

/// What is done where a command does not say.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Defaults {
    /// Of recordings.
    pub record: RecordDefaults,
    /// Of playback.
    pub play: PlayDefaults,
    /// How much of what happened before a recording's button was pressed is part of it.
    pub instant_replay: SessionSpan,
}

pub(crate) fn join(groups: &mut CommandGroups) {
    groups.join(Group::Record, obey);
    groups.join(Group::Play, obey);
}

fn obey(world: &mut World, command: Command) -> Outcome {
    let defaults = *world.resource::<Defaults>();
    world.resource_scope(|world, mut session: Mut<RunningSession>| {
        world.resource_scope(|world, mut studio: Mut<StudioBox>| {
            let (session, studio) = (session.get(), studio.get());
            match command {
                Command::Record(command) => {
                    session.record(command, &defaults.record, studio, || listen(world))
                }
                Command::Play(command) => {
                    session.play(command, &defaults.play, studio, || observe(world))
                }
                _ => Outcome::DONE,
            }
        })
    })
}

/// Everything that a recording begins with, as it is now.
pub fn observe(world: &mut World) -> Frame {
    Frame {
        at: SessionTime::ZERO,
        clock: world.resource::<SceneClock>().clock.sample(),
        views: camera::frames(world),
        properties: Sources::all(world),
    }
}

/// The same, and what changes from now on is told.
fn listen(world: &mut World) -> Frame {
    Sources::listen(world);
    observe(world)
}

/// Lets the frame's time pass for clock, changes under way, recording and playback.
pub(crate) fn advance(world: &mut World) {
    let span = world.resource::<Step>().0;
    let instant_replay = world.resource::<Defaults>().instant_replay;
    let shown = world.resource_scope(|world, mut session: Mut<RunningSession>| {
        let session = session.get();
        session.keep_instant(instant_replay, || listen(world));
        session.advance(span)
    });
    let mut clock = world.resource_mut::<SceneClock>();
    match &shown {
        Shown::Recorded { frame, force_time: true } | Shown::Before { frame, force_time: true } => {
            clock.clock = Clock::new(frame.clock);
        }
        Shown::Live | Shown::Recorded { .. } | Shown::Before { .. } => clock.clock.advance(span),
    }
    world.insert_resource(Showing(shown));
}
