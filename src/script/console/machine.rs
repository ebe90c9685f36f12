//! The console's virtual machine: its sandbox, and the functions that scripts find in it.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use mlua::chunk::ChunkMode;
use mlua::{Function, IntoLua, IntoLuaMulti, Lua, MultiValue, Table, Value};
use serde_json::{Map, Value as Json};
use skyreel_core::command::{CATALOGUE, Command, Row, ScriptCommand};
use skyreel_core::event::Said;
use skyreel_core::nearest::{did_you_mean, nearest};
use skyreel_core::outcome::Outcome;
use skyreel_core::snapshot::ApiWord;
use skyreel_core::time::SimTime;

use super::turn::{Turn, Wait};
use super::{Library, absent, call, failure, help, json};
use crate::host::Host;
use crate::limits::Stop;
use crate::sandbox::Ground;
use crate::slot::HostSlot;
use crate::value::to_lua;

/// The longest wait, seconds: some thirty years.
const LONGEST_WAIT_S: f64 = 1e9;

/// A machine, and what can be called in it, in order of the names.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) ground: Ground,
    pub(super) slot: HostSlot,
    pub(super) words: Arc<[ApiWord]>,
    /// Keeps scripts from resuming a coroutine.
    pub(super) hold: Function,
}

impl Machine {
    pub(super) fn new(turn: &Rc<Turn>, libraries: &[Library]) -> mlua::Result<Self> {
        let slot = HostSlot::default();
        let mut installed = None;
        let steps = Rc::clone(turn);
        let install = |lua: &Lua, globals: &Table| {
            installed = Some(install(lua, globals, turn, &slot, libraries)?);
            Ok(())
        };
        let step = move |lua: &Lua, stop: Option<Stop>| {
            if stop.is_some() {
                steps.note_place(lua);
            }
            Ok(steps.step())
        };
        let ground = Ground::new(&turn.meter, install, step)?;
        let not_installed = || mlua::Error::runtime("nothing was installed");
        let (words, hold) = installed.ok_or_else(not_installed)?;
        Ok(Self { ground, slot, words: words.into(), hold })
    }
}

/// Puts everything among the globals: the words for it, and what keeps coroutines from being resumed.
fn install(
    lua: &Lua,
    globals: &Table,
    turn: &Rc<Turn>,
    slot: &HostSlot,
    libraries: &[Library],
) -> mlua::Result<(Vec<ApiWord>, Function)> {
    let known = lua.create_table()?;
    for pair in globals.pairs::<Value, Value>().collect::<mlua::Result<Vec<_>>>()? {
        known.raw_set(pair.0, true)?;
    }
    let inner = lua.create_table()?;
    let prelude = lua.load(include_str!("prelude.luau"));
    let (close, hold): (Function, Function) =
        prelude.set_name("=[skyreel]").set_mode(ChunkMode::Text).call((&inner, globals))?;
    globals.set("print", print(lua, globals, turn)?)?;
    globals.set("skyreel", skyreel(lua, turn, slot)?)?;
    let mut words = help::words();
    for library in libraries {
        words.extend(library(lua, globals, slot)?);
    }
    words.sort_by(|a, b| a.name.cmp(&b.name));
    words.dedup_by(|a, b| a.name == b.name);
    fill(lua, &inner, turn, &words)?;
    close.call::<()>(known)?;
    Ok((words, hold))
}

/// What the prelude calls, and scripts cannot.
fn fill(lua: &Lua, inner: &Table, turn: &Rc<Turn>, words: &[ApiWord]) -> mlua::Result<()> {
    let enter = Rc::clone(turn);
    inner.set(
        "enter",
        lua.create_function(
            move |lua, (is_yieldable, resume, args): (bool, Function, MultiValue)| {
                let (is_suspended, mut answer) = enter.enter(is_yieldable, &resume, args)?;
                answer.push_front(is_suspended.into_lua(lua)?);
                Ok(answer)
            },
        )?,
    )?;
    inner.set(
        "describe",
        lua.create_function(|lua, error: Value| {
            let (error, level, text) = failure::described(error);
            match text {
                Some(text) => (text, level).into_lua_multi(lua),
                None => (error, level).into_lua_multi(lua),
            }
        })?,
    )?;
    let now = Rc::clone(turn);
    inner.set("now", lua.create_function(move |_, ()| Ok(now.now.get().as_secs_f64()))?)?;
    let asked = Rc::clone(turn);
    inner.set(
        "absent",
        lua.create_function(move |lua, library: String| {
            let asked = Rc::clone(&asked);
            absent::index(lua, library, move |lua, library, name| {
                asked.absent.ask(lua, asked.script.get(), library, name);
            })
        })?,
    )?;
    let wait = Rc::clone(turn);
    inner.set(
        "wait_seconds",
        lua.create_function(move |_, (is_yieldable, seconds): (bool, Value)| {
            let now = wait.now.get();
            let until = now.saturating_add(span(&seconds)?);
            wait.wait_for(is_yieldable, Wait::Until(until))?;
            Ok(now.as_secs_f64())
        })?,
    )?;
    let wait = Rc::clone(turn);
    inner.set(
        "wait_condition",
        lua.create_function(move |_, is_yieldable: bool| {
            wait.wait_for(is_yieldable, Wait::Condition)
        })?,
    )?;
    let wait = Rc::clone(turn);
    inner.set(
        "wait_date",
        lua.create_function(move |_, (is_yieldable, date): (bool, Value)| {
            let target = moment(&date)?;
            let sim_time = wait.sim_time.get();
            if target == sim_time {
                return Ok(false);
            }
            let was_before = sim_time < target;
            wait.wait_for(is_yieldable, Wait::Scene { target, was_before })?;
            Ok(true)
        })?,
    )?;
    let (says, words) = (Rc::clone(turn), words.to_vec());
    inner.set(
        "help",
        lua.create_function(move |_, what: Value| {
            let what = match &what {
                Value::Nil => None,
                Value::String(text) => Some(text.to_string_lossy()),
                other => {
                    let found = call::found(other);
                    return Err(mlua::Error::runtime(format!(
                        "help takes a name or a function, not {found}"
                    )));
                }
            };
            let help = help::help(&words, what.as_deref()).map_err(mlua::Error::runtime)?;
            says.say(Said::Printed, &help, None);
            Ok(())
        })?,
    )?;
    inner.set(
        "set_readonly",
        lua.create_function(|_, (table, is_readonly): (Table, bool)| {
            table.set_readonly(is_readonly);
            Ok(())
        })?,
    )
}

fn span(seconds: &Value) -> mlua::Result<Duration> {
    let span = crate::value::number(seconds).filter(|s| (0.0..=LONGEST_WAIT_S).contains(s));
    span.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or_else(|| {
        let found = call::found(seconds);
        mlua::Error::runtime(format!("wait: seconds are 0 to {LONGEST_WAIT_S:e}, not {found}"))
    })
}

fn moment(date: &Value) -> mlua::Result<SimTime> {
    let error = |found: String| {
        mlua::Error::runtime(format!(
            "wait_until takes a date (ISO 8601, UTC), TDB seconds past J2000, or a function, not \
             {found}"
        ))
    };
    match date {
        Value::String(text) => {
            let text = text.to_string_lossy();
            text.parse().map_err(|wrong| mlua::Error::runtime(format!("wait_until: {wrong}")))
        }
        other => crate::value::number(other)
            .and_then(SimTime::from_tdb_secs)
            .ok_or_else(|| error(call::found(other))),
    }
}

fn print(lua: &Lua, globals: &Table, turn: &Rc<Turn>) -> mlua::Result<Function> {
    let tostring: Function = globals.get("tostring")?;
    let turn = Rc::clone(turn);
    lua.create_function(move |_, args: MultiValue| {
        let mut line = String::new();
        for (i, value) in args.into_iter().enumerate() {
            if i > 0 {
                line.push('\t');
            }
            line.push_str(&tostring.call::<mlua::LuaString>(value)?.to_string_lossy());
        }
        turn.say(Said::Printed, &line, None);
        Ok(())
    })
}

/// The `skyreel` library: every row of the catalogue, and what can be asked.
fn skyreel(lua: &Lua, turn: &Rc<Turn>, slot: &HostSlot) -> mlua::Result<Table> {
    let library = lua.create_table()?;
    for row in CATALOGUE {
        let Some((group, name)) = row.call.split_once('.') else { continue };
        let group = match library.raw_get::<Option<Table>>(group)? {
            Some(table) => table,
            None => {
                let table = lua.create_table()?;
                library.raw_set(group, &table)?;
                table
            }
        };
        group.raw_set(call::lua_name(name), function(lua, row, turn, slot)?)?;
    }
    library.set("version", env!("CARGO_PKG_VERSION"))?;
    let asked = slot.clone();
    library.set(
        "snapshot",
        lua.create_function(move |lua, ()| {
            let snapshot = asked.with(snapshot)?;
            json::to_lua(lua, &snapshot)
        })?,
    )?;
    let asked = slot.clone();
    library.set(
        "property",
        lua.create_function(move |lua, path: Value| {
            let Some(path) = path.as_string().map(|path| path.to_string_lossy()) else {
                let found = call::found(&path);
                return Err(mlua::Error::runtime(format!(
                    "skyreel.property: path is a text, not {found}; it is called like this: \
                     skyreel.property(path)"
                )));
            };
            let value = asked.with(move |host| {
                let properties = host.properties();
                properties.get(&path).cloned().ok_or_else(|| {
                    let nearest = nearest(properties.keys().map(|path| &**path), &path);
                    format!("there is no property '{path}'{}", did_you_mean(&nearest))
                })
            })?;
            to_lua(lua, &value.map_err(mlua::Error::runtime)?)
        })?,
    )?;
    Ok(library)
}

/// The function of a row.
fn function(
    lua: &Lua,
    row: &'static Row,
    turn: &Rc<Turn>,
    slot: &HostSlot,
) -> mlua::Result<Function> {
    let (turn, slot) = (Rc::clone(turn), slot.clone());
    lua.create_function(move |lua, args: MultiValue| {
        let command = call::command(row, &args).map_err(mlua::Error::runtime)?;
        if matches!(command, Command::Script(ScriptCommand::Run { .. })) {
            return Err(mlua::Error::runtime(
                "skyreel.script.run cannot be called by a script; a function of one can",
            ));
        }
        let asked_to_end = match &command {
            Command::Script(ScriptCommand::Stop { script }) => Some(*script),
            _ => None,
        };
        match slot.with(move |host| host.obey(command))? {
            Outcome::Done(answer) => {
                if let Some(script) = asked_to_end {
                    turn.to_stop.borrow_mut().push(script);
                    if script.is_none_or(|script| script == turn.script.get()) {
                        turn.end_this();
                    }
                }
                json::to_lua(lua, &answer)
            }
            Outcome::Refused(refusal) => Err(mlua::Error::runtime(refusal.to_string())),
            Outcome::Failed(why) => Err(mlua::Error::runtime(why)),
        }
    })
}

/// The state of the session: mode and clock as they are now, the rest as it was published last.
fn snapshot(host: &mut dyn Host) -> Json {
    let (mode, clock, last) = (host.mode(), host.clock(), host.snapshot());
    let mut all = Map::new();
    let mut put = |name: &str, value: serde_json::Result<Json>| {
        // What is plain data cannot fail to become JSON, but for numbers that it has not: null.
        all.insert(name.to_owned(), value.unwrap_or(Json::Null));
    };
    put("mode", serde_json::to_value(&mode));
    put("clock", serde_json::to_value(&clock));
    put("number", serde_json::to_value(last.number));
    put("solo", serde_json::to_value(&last.solo));
    put("navigation", serde_json::to_value(&last.navigation));
    put("views", serde_json::to_value(&last.views));
    put("library", serde_json::to_value(&last.library));
    put("film", serde_json::to_value(&last.film));
    put("journey", serde_json::to_value(&last.journey));
    put("edit", serde_json::to_value(&last.edit));
    put("scene", serde_json::to_value(&last.scene.name));
    put("notices", serde_json::to_value(&last.notices));
    Json::Object(all)
}
