//! Where the plugin's systems stand: nothing is left to chance, and each clock is followed.

use std::time::Duration;

use bevy_app::prelude::*;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel};
use bevy_skyreel::core::time::SessionTime;
use bevy_skyreel::prelude::*;
use bevy_skyreel::{SceneClock, Step, TimeSource};
use bevy_time::{Time, TimePlugin, TimeUpdateStrategy, Virtual};
use bevy_transform::TransformPlugin;
use bevy_transform::components::{GlobalTransform, Transform};

use crate::stage::{Stage, s};

#[test]
fn no_two_systems_are_in_doubt_which_comes_first() {
    for time in [TimeSource::Real, TimeSource::Virtual, TimeSource::Manual] {
        let mut app = App::new();
        app.add_plugins((TransformPlugin, TimePlugin));
        app.add_plugins(SkyreelPlugin::in_memory().with_time(time));
        for schedule in [First.intern(), PreUpdate.intern(), PostUpdate.intern()] {
            app.edit_schedule(schedule, |schedule| {
                schedule.set_build_settings(ScheduleBuildSettings {
                    ambiguity_detection: LogLevel::Error,
                    ..ScheduleBuildSettings::default()
                });
            });
        }
        app.update();
    }
}

#[test]
fn real_time_goes_on_while_the_game_stands_still() {
    for (time, wanted_s) in [(TimeSource::Real, 2.0), (TimeSource::Virtual, 0.0)] {
        let mut app = App::new();
        app.add_plugins((TimePlugin, SkyreelPlugin::in_memory().with_time(time)));
        let step = Duration::from_millis(500);
        app.insert_resource(TimeUpdateStrategy::ManualDuration(step));
        app.update();
        app.world_mut().resource_mut::<Time<Virtual>>().pause();
        let now_s =
            |app: &App| app.world().resource::<SceneClock>().clock.sample().sim_time.as_tdb_secs();
        app.update();
        let start_s = now_s(&app);
        (0..4).for_each(|_| app.update());
        assert_eq!(now_s(&app) - start_s, wanted_s, "{time:?}");
    }
}

#[test]
fn an_app_without_a_clock_of_its_own_stands_still() {
    let mut app = App::new();
    app.add_plugins(SkyreelPlugin::in_memory());
    app.update();
    assert_eq!(app.world().resource::<Step>().0, SessionTime::ZERO);
}

#[test]
fn what_is_played_has_the_last_word_and_is_told_on_in_the_same_frame() {
    let mut stage = Stage::bare();
    let camera = stage.app.world_mut().spawn((RecordedCamera::new("v"), Transform::default())).id();
    let push = |mut all: Query<&mut Transform>| {
        all.iter_mut().for_each(|mut at| at.translation.x += 1.0);
    };
    stage.app.add_systems(Update, push);
    stage.ask("record.start r");
    for _ in 0..5 {
        stage.frame(s(0.5));
    }
    stage.done("record.stop");
    stage.done("play.start r");
    stage.done("play.seek 1");
    for _ in 0..3 {
        let world = stage.app.world();
        let found = world.get::<GlobalTransform>(camera).unwrap().translation().x;
        // Frames at 0, 0.5 and 1 s.
        assert_eq!(found, 3.0);
        stage.frame(s(0.0));
    }
}
