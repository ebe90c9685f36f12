//! `openspace.time`: the scene's clock, with the times that OpenSpace takes for smooth changes.

use mlua::Value as LuaValue;
use skyreel_core::command::{ClockCommand, PlayCommand};
use skyreel_core::snapshot::{ClockView, ModeView};
use skyreel_core::time::{Interval, SimTime};

use super::args::Args;
use super::library::Library;
use super::live::Live;
use super::picture::picture;
use crate::date::{exact, iso};

/// Most steps that a script may set.
const MOST_RATES: usize = 1000;

/// OpenSpace's picture where a script does not give one.
const PICTURE: &str = "YYYY MON DDTHR:MN:SC.### ::RND";

const AT_ONCE: Option<f64> = Some(0.0);

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    fill_rate(library)?;
    fill_pause(library)?;
    fill_time(library)?;
    fill_answers(library)?;
    fill_arithmetic(library)
}

fn fill_rate(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "setDeltaTime(rate)",
        "Simulated seconds a second, at once.",
        |_, live, args| rate(live, args.number(0, "the rate")?, AT_ONCE),
    )?;
    library.add(
        "interpolateDeltaTime(rate [, seconds])",
        "Simulated seconds a second, smoothly; over 1 s if not said.",
        |_, live, args| rate(live, args.number(0, "the rate")?, args.maybe_seconds(1, "how long")?),
    )?;
    library.add(
        "setDeltaTimeSteps(rates)",
        "The rates to step through; each also backwards.",
        |_, live, args| set_steps(live, &args),
    )?;
    for (name, up) in [("Next", true), ("Previous", false)] {
        let which = if up { "The next faster step" } else { "The next slower step" };
        let usage = format!("set{name}DeltaTimeStep()");
        library.add(&usage, &format!("{which}, at once."), move |_, live, _| {
            step(live, up, AT_ONCE)
        })?;
        let usage = format!("interpolate{name}DeltaTimeStep([seconds])");
        let help = format!("{which}, smoothly; over 1 s if not said.");
        library.add(&usage, &help, move |_, live, args| {
            step(live, up, args.maybe_seconds(0, "how long")?)
        })?;
    }
    Ok(())
}

fn rate(live: &Live, rate: f64, over_s: Option<f64>) -> mlua::Result<()> {
    live.obey(ClockCommand::Rate { rate, over_s }).map(drop)
}

fn set_steps(live: &Live, args: &Args) -> mlua::Result<()> {
    let list = args.table(0, "the list of rates")?;
    let length = list.raw_len();
    if !(1..=MOST_RATES).contains(&length) {
        return Err(args.error(format!("the list has 1 to {MOST_RATES} rates, not {length}")));
    }
    let rates = (1..=length).map(|place| {
        let rate = list.raw_get::<LuaValue>(place)?;
        super::args::number(&rate).ok_or_else(|| args.error("a rate is a number"))
    });
    let mut rates: Vec<f64> =
        rates.collect::<mlua::Result<Vec<f64>>>()?.iter().flat_map(|r| [*r, -*r]).collect();
    rates.sort_by(f64::total_cmp);
    rates.dedup();
    live.kept.borrow_mut().rates = rates;
    Ok(())
}

/// At the end of the steps nothing happens.
fn step(live: &Live, up: bool, over_s: Option<f64>) -> mlua::Result<()> {
    let present = live.clock()?.rate;
    let next = {
        let rates = &live.kept.borrow().rates;
        match up {
            true => rates.iter().copied().find(|rate| *rate > present),
            false => rates.iter().copied().rfind(|rate| *rate < present),
        }
    };
    next.map_or(Ok(()), |next| rate(live, next, over_s))
}

fn fill_pause(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "setPause(paused)",
        "Stop the clock or let it go on, at once.",
        |_, live, args| pause(live, args.on(0, "paused")?, AT_ONCE),
    )?;
    library.add(
        "interpolatePause(paused [, seconds])",
        "Stop the clock or let it go on, smoothly; over 0.5 s or 1 s if not said.",
        |_, live, args| pause(live, args.on(0, "paused")?, args.maybe_seconds(1, "how long")?),
    )?;
    library.add("togglePause()", "Stop the clock or let it go on, at once.", |_, live, _| {
        pause(live, !live.clock()?.paused, AT_ONCE)
    })?;
    library.add(
        "interpolateTogglePause([seconds])",
        "Stop the clock or let it go on, smoothly; over 0.5 s or 1 s if not said.",
        |_, live, args| pause(live, !live.clock()?.paused, args.maybe_seconds(0, "how long")?),
    )?;
    library.add(
        "pauseToggleViaKeyboard()",
        "What the space bar does: pause playback or let it go on; without playback the clock.",
        |_, live, _| match live.mode()? {
            ModeView::Playing(view) if !view.has_ended => {
                live.obey(PlayCommand::Toggle {}).map(drop)
            }
            _ => pause(live, !live.clock()?.paused, None),
        },
    )
}

fn pause(live: &Live, paused: bool, over_s: Option<f64>) -> mlua::Result<()> {
    let command = match paused {
        true => ClockCommand::Pause { over_s },
        false => ClockCommand::Resume { over_s },
    };
    live.obey(command).map(drop)
}

fn fill_time(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "setTime(date or seconds)",
        "Set the clock at once: a date (UTC) or TDB seconds past J2000.",
        |_, live, args| set(live, args.moment(0, "the time")?, AT_ONCE),
    )?;
    library.add(
        "interpolateTime(date or seconds [, seconds])",
        "Set the clock smoothly; over 2 s if not said.",
        |_, live, args| set(live, args.moment(0, "the time")?, args.maybe_seconds(1, "how long")?),
    )?;
    library.add(
        "interpolateTimeRelative(interval [, seconds])",
        "Go forwards or back, smoothly, over 2 s if not said: seconds, or a text such as -3h.",
        |_, live, args| {
            let by = match args.at(0) {
                LuaValue::String(text) => text.to_string_lossy(),
                _ => format!("{}s", args.number(0, "the interval")?),
            };
            let over_s = args.maybe_seconds(1, "how long")?;
            live.obey(ClockCommand::Jump { by, over_s }).map(drop)
        },
    )
}

/// Puts the clock to a time.
pub(super) fn set(live: &Live, time: SimTime, over_s: Option<f64>) -> mlua::Result<()> {
    live.obey(ClockCommand::Set { date: exact(time), over_s }).map(drop)
}

fn fill_answers(library: &mut Library) -> mlua::Result<()> {
    library.add("deltaTime()", "Simulated seconds a second; 0 while paused.", |_, live, _| {
        let ClockView { rate, paused, .. } = live.clock()?;
        Ok(if paused { 0.0 } else { rate })
    })?;
    library.add("isPaused()", "Whether the clock stands still.", |_, live, _| {
        Ok(live.clock()?.paused)
    })?;
    library.add("currentTime()", "Simulation time: TDB seconds past J2000.", |_, live, _| {
        Ok(live.clock()?.sim_time.as_tdb_secs())
    })?;
    library.add("UTC()", "Simulation time as a date: 2026-03-07T18:30:00.000.", |_, live, _| {
        Ok(iso(live.clock()?.sim_time))
    })?;
    library.add(
        "SPICE([picture])",
        "Simulation time as a SPICE time picture says: YYYY MON DDTHR:MN:SC.### ::RND.",
        |_, live, args| {
            let wanted = args.maybe_text(0, "the picture")?;
            let wanted = wanted.as_deref().unwrap_or(PICTURE);
            picture(live.clock()?.sim_time, wanted).map_err(|error| args.error(error))
        },
    )?;
    library.add("currentWallTime()", "The date outside the scene (UTC).", |_, live, args| {
        let now = (live.options.now)();
        now.map(iso).ok_or_else(|| args.error("no clock tells the time"))
    })?;
    library.add("currentApplicationTime()", "Seconds since the program started.", |_, live, _| {
        Ok(live.kept.borrow().uptime.as_secs())
    })
}

fn fill_arithmetic(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "advancedTime(base, change)",
        "A date or time, so much later: seconds, or a text such as -3h, 2d, 1M, 1y.",
        |lua, _, args| {
            let base = args.moment(0, "the time")?;
            let change = match args.at(1) {
                LuaValue::String(text) => text.to_string_lossy(),
                _ => format!("{}s", args.number(1, "the change")?),
            };
            let interval: Interval = change
                .parse()
                .map_err(|error: skyreel_core::time::IntervalError| args.error(error))?;
            let later =
                base.after(interval).ok_or_else(|| args.error("that is beyond all dates"))?;
            match args.at(0) {
                LuaValue::String(_) => lua.create_string(iso(later)).map(LuaValue::String),
                _ => Ok(LuaValue::Number(later.as_tdb_secs())),
            }
        },
    )?;
    library.add(
        "convertTime(date or seconds)",
        "A date as seconds past J2000, or the other way round.",
        |lua, _, args| {
            let time = args.moment(0, "the time")?;
            match args.at(0) {
                LuaValue::String(_) => Ok(LuaValue::Number(time.as_tdb_secs())),
                _ => lua.create_string(iso(time)).map(LuaValue::String),
            }
        },
    )?;
    library.add("duration(from, to)", "Seconds from one time to another.", |_, _, args| {
        let (from, to) = (args.moment(0, "the first time")?, args.moment(1, "the second")?);
        Ok(to.as_tdb_secs() - from.as_tdb_secs())
    })?;
    library.add("secondsPerDay()", "86400.", |_, _, _| Ok(86_400.0))?;
    // The mean year of the Gregorian calendar, 365.2425 days.
    library.add("secondsPerYear()", "31556952.", |_, _, _| Ok(31_556_952.0))
}
