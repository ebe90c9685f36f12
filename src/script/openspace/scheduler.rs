//! `openspace.scriptScheduler`: scripts that run at dates of the scene; and scripts that run some
//! seconds later.

use mlua::Value as LuaValue;

use super::args::Args;
use super::delays::Later;
use super::library::Library;
use super::schedule::Scheduled;
use crate::date::iso;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "loadScheduledScript(time, forward [, backward [, universal [, group]]])",
        "Run scripts when the scene's clock passes a date forwards, backwards, either way.",
        |_, live, args| {
            let scheduled = Scheduled {
                time: args.moment(0, "the time")?,
                forward: args.maybe_code(1, "the forward script")?,
                backward: args.maybe_code(2, "the backward script")?,
                universal: args.maybe_code(3, "the universal script")?,
                group: group(&args, 4)?.unwrap_or(0),
            };
            live.kept.borrow_mut().schedule.add(scheduled).map_err(|error| args.error(error))
        },
    )?;
    library.add("clear([group])", "Forget scheduled scripts.", |_, live, args| {
        live.kept.borrow_mut().schedule.clear(group(&args, 0)?);
        Ok(())
    })?;
    library.add(
        "scheduledScripts()",
        "The scheduled scripts: {Time, ForwardScript, BackwardScript, UniversalScript, Group}.",
        |lua, live, _| {
            let scripts = live.kept.borrow().schedule.scripts().to_vec();
            let tables = scripts.into_iter().map(|scheduled| {
                let table = lua.create_table()?;
                table.set("Time", iso(scheduled.time))?;
                table.set("ForwardScript", scheduled.forward)?;
                table.set("BackwardScript", scheduled.backward)?;
                table.set("UniversalScript", scheduled.universal)?;
                table.set("Group", scheduled.group as f64)?;
                Ok(table)
            });
            tables.collect::<mlua::Result<Vec<_>>>()
        },
    )?;
    library.add(
        "setModeSimulationTime()",
        "Times are dates of the scene, which they always are.",
        |_, _, _| Ok(()),
    )
}

fn group(args: &Args, place: usize) -> mlua::Result<Option<i64>> {
    Ok(args.maybe_number(place, "the group")?.map(|group| group as i64))
}

pub(super) fn fill_root(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "scheduleScript(script, seconds)",
        "Run a script some seconds from now, in real time.",
        |_, live, args| {
            // Either order: the one is a text, the other a number.
            let is_turned = matches!(args.at(0), LuaValue::Number(_) | LuaValue::Integer(_));
            let (script, delay) = if is_turned { (1, 0) } else { (0, 1) };
            let code = args.code(script, "the script")?;
            let after_s = args.maybe_seconds(delay, "the delay")?.unwrap_or(0.0);
            live.delay(&args, after_s, Later::Script { name: args.call.to_string(), code })
        },
    )
}
