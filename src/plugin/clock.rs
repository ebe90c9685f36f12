//! The scene's clock, and what can be asked of it.

use bevy_ecs::prelude::*;
use skyreel_core::clock::Clock;
use skyreel_core::clock_track::ClockSample;
use skyreel_core::command::{ClockCommand, Command, Group};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::time::{Interval, SessionSpan, SimTime};

use crate::{CommandGroups, RunningSession};

/// The scene's clock. It runs by itself, unless a recording that forces its time is played.
#[derive(Resource, Debug)]
pub struct SceneClock {
    /// The clock.
    pub clock: Clock,
    /// Tells what time it is now, outside the scene.
    pub now: fn() -> Option<SimTime>,
}

impl Default for SceneClock {
    fn default() -> Self {
        let start = ClockSample { sim_time: SimTime::J2000, rate: 1.0, paused: false };
        Self { clock: Clock::new(start), now: || None }
    }
}

pub(crate) fn join(groups: &mut CommandGroups) {
    groups.join(Group::Clock, |world, command| match command {
        Command::Clock(command) => obey(world, command).into(),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: ClockCommand) -> Result<(), Refusal> {
    world.resource_mut::<RunningSession>().get().drive_clock()?;
    let mut scene_clock = world.resource_mut::<SceneClock>();
    let now = scene_clock.now;
    let clock = &mut scene_clock.clock;
    match command {
        ClockCommand::Set { date, over_s } => {
            let to = match date.as_str() {
                "now" => now().ok_or_else(|| Refusal::Other("no clock tells the time".into()))?,
                date => date.parse::<SimTime>().map_err(|e| Refusal::Other(e.to_string()))?,
            };
            clock.set_time(to, span(over_s, 2.0)?);
        }
        ClockCommand::Jump { by, over_s } => {
            let by: Interval = by
                .parse()
                .map_err(|e: skyreel_core::time::IntervalError| Refusal::Other(e.to_string()))?;
            let to = clock.sample().sim_time.after(by);
            let to = to.ok_or_else(|| Refusal::Other("that is beyond all dates".into()))?;
            clock.set_time(to, span(over_s, 2.0)?);
        }
        ClockCommand::Rate { rate, over_s } => {
            if !rate.is_finite() {
                let (what, expected) = ("rate".to_owned(), "a finite number".to_owned());
                return Err(Refusal::Value { what, found: rate.to_string(), expected });
            }
            clock.set_rate(rate, span(over_s, 1.0)?);
        }
        ClockCommand::Faster {} => clock.set_rate(clock.next_rate(true), span(None, 1.0)?),
        ClockCommand::Slower {} => clock.set_rate(clock.next_rate(false), span(None, 1.0)?),
        ClockCommand::RealTime {} => clock.set_rate(1.0, span(None, 1.0)?),
        ClockCommand::Pause { over_s } => clock.set_paused(true, span(over_s, 0.5)?),
        ClockCommand::Resume { over_s } => clock.set_paused(false, span(over_s, 1.0)?),
        ClockCommand::Toggle {} => {
            let is_paused = clock.sample().paused;
            clock.set_paused(!is_paused, span(None, if is_paused { 1.0 } else { 0.5 })?);
        }
    }
    Ok(())
}

/// A time that a change takes.
pub(crate) fn span(over_s: Option<f64>, else_s: f64) -> Result<SessionSpan, Refusal> {
    let seconds = over_s.unwrap_or(else_s);
    let span = SessionSpan::from_secs(seconds).filter(|span| *span >= SessionSpan::ZERO);
    span.ok_or_else(|| Refusal::Value {
        what: "over_s".to_owned(),
        found: seconds.to_string(),
        expected: "0 or more seconds".to_owned(),
    })
}
