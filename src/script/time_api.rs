//! `openspace.time`: pause and rate become changes of the clock, at once where OpenSpace eases
//! them, since the recorded simulation times hold how the clock really ran. Setting the time
//! changes nothing for the same reason.

use mlua::{MultiValue, Value as LuaValue};

use crate::date::{iso, moment as seconds};
use crate::ledger::Ledger;
use crate::openspace_api::Api;
use crate::value::number;

/// Most steps that a script may set.
const MOST_RATES: usize = 1000;

pub(crate) fn fill(api: &Api) -> mlua::Result<()> {
    for name in ["setPause", "interpolatePause"] {
        api.add(name, |_, ledger, pause: LuaValue| {
            let paused = !matches!(pause, LuaValue::Nil | LuaValue::Boolean(false));
            change(ledger, None, Some(paused))
        })?;
    }
    for name in ["togglePause", "interpolateTogglePause", "pauseToggleViaKeyboard"] {
        api.add(name, |_, ledger, _: MultiValue| {
            let paused = !ledger.clock.paused;
            change(ledger, None, Some(paused))
        })?;
    }
    for name in ["setDeltaTime", "interpolateDeltaTime"] {
        api.add(name, |_, ledger, rate: LuaValue| match number(&rate).filter(|r| r.is_finite()) {
            Some(rate) => change(ledger, Some(rate), None),
            None => {
                ledger.warn("a script sets the clock's rate to what is no finite number");
                Ok(())
            }
        })?;
    }
    api.add("setDeltaTimeSteps", |_, ledger, steps: LuaValue| {
        set_steps(ledger, &steps);
        Ok(())
    })?;
    for name in ["setNextDeltaTimeStep", "interpolateNextDeltaTimeStep"] {
        api.add(name, |_, ledger, _: MultiValue| {
            let rate = ledger.clock.rate;
            let next = ledger.clock.rates.iter().copied().find(|r| *r > rate);
            next.map_or(Ok(()), |next| change(ledger, Some(next), None))
        })?;
    }
    for name in ["setPreviousDeltaTimeStep", "interpolatePreviousDeltaTimeStep"] {
        api.add(name, |_, ledger, _: MultiValue| {
            let rate = ledger.clock.rate;
            let previous = ledger.clock.rates.iter().copied().rfind(|r| *r < rate);
            previous.map_or(Ok(()), |previous| change(ledger, Some(previous), None))
        })?;
    }
    for name in ["setTime", "interpolateTime", "interpolateTimeRelative"] {
        api.add(name, |_, _, _: MultiValue| Ok(()))?;
    }
    answers(api)
}

fn answers(api: &Api) -> mlua::Result<()> {
    api.add("deltaTime", |_, ledger, ()| {
        Ok(if ledger.clock.paused { 0.0 } else { ledger.clock.rate })
    })?;
    api.add("isPaused", |_, ledger, ()| Ok(ledger.clock.paused))?;
    api.add("currentTime", |_, ledger, ()| Ok(ledger.moment.sim_time.as_tdb_secs()))?;
    api.add("UTC", |_, ledger, ()| Ok(iso(ledger.moment.sim_time)))?;
    api.add("currentApplicationTime", |_, ledger, ()| Ok(ledger.moment.stamp.as_secs()))?;
    api.add("convertTime", |lua, ledger, time: LuaValue| match (&time, seconds(&time)) {
        (LuaValue::String(_), Some(time)) => Ok(LuaValue::Number(time.as_tdb_secs())),
        (_, Some(time)) => Ok(LuaValue::String(lua.create_string(iso(time))?)),
        (_, None) => {
            ledger.warn("openspace.time.convertTime was given what is no time");
            Ok(LuaValue::Nil)
        }
    })?;
    api.add("duration", |_, _, (from, to): (LuaValue, LuaValue)| {
        let length = seconds(&from).zip(seconds(&to));
        Ok(length.map(|(from, to)| to.as_tdb_secs() - from.as_tdb_secs()))
    })?;
    api.add("secondsPerDay", |_, _, ()| Ok(86_400.0))?;
    api.add("secondsPerYear", |_, _, ()| Ok(31_556_952.0))
}

fn change(ledger: &mut Ledger, rate: Option<f64>, paused: Option<bool>) -> mlua::Result<()> {
    ledger.change_clock(rate, paused).map_err(mlua::Error::external)
}

/// Rates to step through; as in OpenSpace each also runs backwards.
fn set_steps(ledger: &mut Ledger, steps: &LuaValue) {
    let Some(list) = steps.as_table().filter(|list| list.raw_len() <= MOST_RATES) else {
        return ledger.warn("a script sets the clock's steps to what is no list of rates");
    };
    let rate = |i: usize| list.raw_get::<LuaValue>(i).ok().as_ref().and_then(number);
    let rates = (1..=list.raw_len()).filter_map(rate).filter(|r| r.is_finite());
    let mut rates: Vec<f64> = rates.flat_map(|r| [r, -r]).collect();
    rates.sort_by(f64::total_cmp);
    rates.dedup();
    ledger.clock.rates = rates;
}
