//! A Luau virtual machine that foreign text may run in: which libraries there are, which limits,
//! and how a text is compiled. What scripts can act on is the business of whoever builds one.

use std::cell::Cell;

use mlua::chunk::ChunkMode;
use mlua::{Function, Lua, LuaOptions, StdLib, Table, Thread, Value, VmState};

use crate::bounded;
use crate::limits::{Meter, Stop};
use crate::source::{self, Tidied};

/// What is left of Luau's globals. Not among them: anything that reaches files, clocks, other
/// chunks' environments or the garbage collector.
const GLOBALS: [&str; 25] = [
    "assert",
    "bit32",
    "coroutine",
    "error",
    "getmetatable",
    "ipairs",
    "math",
    "next",
    "pairs",
    "pcall",
    "rawequal",
    "rawget",
    "rawlen",
    "rawset",
    "select",
    "setmetatable",
    "string",
    "table",
    "tonumber",
    "tostring",
    "type",
    "typeof",
    "unpack",
    "utf8",
    "xpcall",
];

/// What is left of the `table` library. `freeze` would let a script freeze what others share.
const TABLE: [&str; 8] = ["concat", "insert", "maxn", "move", "pack", "remove", "sort", "unpack"];

/// What is left of the `string` library.
const STRING: [&str; 16] = [
    "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack",
    "packsize", "rep", "reverse", "sub", "unpack", "upper",
];

/// Operators that cost as much as their operands are long run without a step in between.
const MOST_OPERATORS: usize = 500;

/// Memory beyond what a new machine has and this makes every step cost more: built-in functions
/// take longer over more.
const FREE_BYTES: usize = 256 << 10;

/// So much more memory costs one more step.
const BYTES_A_STEP: usize = 1 << 10;

/// Why a script did not run to its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It is no Luau.
    #[error("it does not compile: {0}")]
    Syntax(String),
    /// It ran into an error.
    #[error("it failed: {0}")]
    Error(String),
    /// It passed a limit.
    #[error("it was stopped: {0}")]
    Stopped(#[from] Stop),
}

/// How a script ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ran {
    /// A `-- comment` had swallowed the lines after it; they were taken as code.
    pub ended_comments: bool,
}

/// A virtual machine. Scripts share its globals; library names are as new for each of them.
#[derive(Debug)]
pub struct Sandbox {
    ground: Ground,
    meter: Meter,
}

/// What any machine for foreign text stands on: its libraries, its limits, and the globals that
/// scripts share.
#[derive(Debug)]
pub(crate) struct Ground {
    pub(crate) lua: Lua,
    /// What scripts see as their globals.
    pub(crate) shared: Table,
    /// Names that a script cannot take away from the next one.
    names: Vec<String>,
    seed: Function,
    /// Which lines a coroutine is at; not for scripts.
    traceback: Function,
}

impl Ground {
    /// A machine whose steps `meter` counts. `install` puts more names among the globals; `step`
    /// is asked at every step, once that has been counted, and told whether a limit is passed.
    pub(crate) fn new(
        meter: &Meter,
        install: impl FnOnce(&Lua, &Table) -> mlua::Result<()>,
        step: impl Fn(&Lua, Option<Stop>) -> mlua::Result<VmState> + 'static,
    ) -> mlua::Result<Self> {
        let libraries = StdLib::COROUTINE
            | StdLib::TABLE
            | StdLib::STRING
            | StdLib::UTF8
            | StdLib::BIT
            | StdLib::DEBUG
            | StdLib::MATH;
        let lua = Lua::new_with(libraries, LuaOptions::new())?;
        let globals = lua.globals();
        let traceback: Function = globals.get::<Table>("debug")?.get("traceback")?;
        keep_only(&globals, &GLOBALS)?;
        keep_only(&globals.get::<Table>("table")?, &TABLE)?;
        keep_only(&globals.get::<Table>("string")?, &STRING)?;
        let seed: Function = globals.get::<Table>("math")?.get("randomseed")?;
        bounded::bound(&lua, &globals, meter)?;
        install(&lua, &globals)?;
        let shared = lua.create_table()?;
        install_load(&lua, &globals, &shared, meter)?;
        let names = globals
            .pairs::<String, Value>()
            .map(|pair| pair.map(|(name, _)| name))
            .collect::<mlua::Result<Vec<String>>>()?;
        let metatable = lua.create_table()?;
        metatable.set("__index", &globals)?;
        metatable.set("__metatable", "locked")?;
        metatable.set_readonly(true);
        shared.set_metatable(Some(metatable))?;
        lua.sandbox(true)?;
        lua.set_memory_limit(meter.limits().memory_bytes)?;
        let steps = meter.clone();
        let free_bytes = lua.used_memory() + FREE_BYTES;
        lua.set_interrupt(move |lua| {
            let excess = lua.used_memory().saturating_sub(free_bytes) / BYTES_A_STEP;
            let stop = steps.charge(1 + excess as u64).err();
            let state = step(lua, stop)?;
            stop.map_or(Ok(state), |stop| Err(mlua::Error::external(stop)))
        });
        Ok(Self { lua, shared, names, seed, traceback })
    }

    /// Makes library names what they were, and starts `math.random` from `seed`.
    pub(crate) fn renew(&self, seed: u32) -> mlua::Result<()> {
        for name in &self.names {
            self.shared.raw_remove(name.as_str())?;
        }
        self.shared.raw_set("_G", &self.shared)?;
        self.seed.call(seed)
    }

    /// The lines at which a coroutine stands that ended for want of memory: `name:12`, one a line.
    pub(crate) fn lines_of(&self, thread: &Thread, limit_bytes: usize) -> Option<String> {
        // Telling takes memory too.
        self.lua.set_memory_limit(0).ok()?;
        let lines = self.traceback.call(thread).ok();
        self.lua.set_memory_limit(limit_bytes).ok()?;
        lines
    }

    /// Whether more than `bytes` of memory are still in use after cleaning up.
    pub(crate) fn holds_more_than(&self, bytes: usize) -> bool {
        if self.lua.used_memory() <= bytes {
            return false;
        }
        // An error here would be a script's finaliser's, and Luau has none.
        let _ = self.lua.gc_collect();
        self.lua.used_memory() > bytes
    }
}

impl Sandbox {
    /// A machine whose steps `meter` counts. `install` puts more names among the globals; tables
    /// among them become read-only, but not the tables within.
    ///
    /// # Errors
    /// Where the machine has no memory, or `install` fails.
    pub fn new(
        meter: Meter,
        install: impl FnOnce(&Lua, &Table) -> mlua::Result<()>,
    ) -> mlua::Result<Self> {
        let ground = Ground::new(&meter, install, |_, _| Ok(VmState::Continue))?;
        Ok(Self { ground, meter })
    }

    /// Runs a text once. `seed` is what `math.random` starts from.
    ///
    /// # Errors
    /// Where it does not compile, fails or is stopped. A machine whose script was stopped should
    /// not be used again: its memory may be full.
    pub fn run(&self, text: &str, seed: u32) -> Result<Ran, Failure> {
        self.meter.begin_script();
        let failure = |error: mlua::Error| self.failure(&error);
        self.ground.renew(seed).map_err(failure)?;
        let ended_comments = Cell::new(false);
        let Ground { lua, shared, .. } = &self.ground;
        let function = compile(lua, shared, &self.meter, text, &ended_comments).map_err(failure)?;
        let result = function.call::<()>(());
        // A limit counts even where the script caught the error that it raised.
        if let Some(stop) = self.meter.stopped() {
            return Err(stop.into());
        }
        result.map_err(failure)?;
        Ok(Ran { ended_comments: ended_comments.get() })
    }

    /// Whether more than `bytes` of memory are still in use after cleaning up.
    pub fn holds_more_than(&self, bytes: usize) -> bool {
        self.ground.holds_more_than(bytes)
    }

    fn failure(&self, error: &mlua::Error) -> Failure {
        if let Some(stop) = self.meter.stopped() {
            return stop.into();
        }
        match root(error) {
            mlua::Error::MemoryError(_) => Stop::Memory(self.meter.limits().memory_bytes).into(),
            mlua::Error::SyntaxError { message, .. } => Failure::Syntax(first_line(message)),
            mlua::Error::RuntimeError(message) => Failure::Error(first_line(message)),
            other => Failure::Error(first_line(&other.to_string())),
        }
    }
}

/// Compiles a text, as text only: bytecode could crash the machine.
fn compile(
    lua: &Lua,
    environment: &Table,
    meter: &Meter,
    text: &str,
    ended_comments: &Cell<bool>,
) -> mlua::Result<Function> {
    charge_text(meter, text)?;
    let load = |tidied: &Tidied| load_text(lua, environment, "script", tidied);
    let mut tidied = source::tidy(text);
    let mut function = load(&tidied);
    // Where semicolons look like line breaks, or nothing else helps, comments end at them.
    if (tidied.joined_lines || function.is_err())
        && let Some(ended) = source::end_comments(text)
    {
        let repaired = source::tidy(&ended);
        if let Ok(better) = load(&repaired) {
            ended_comments.set(true);
            (tidied, function) = (repaired, Ok(better));
        }
    }
    check_operators(meter, &tidied)?;
    function
}

/// Compiles a text that nobody has joined the lines of; `name` is what its errors call it.
pub(crate) fn compile_as(
    lua: &Lua,
    environment: &Table,
    meter: &Meter,
    text: &str,
    name: &str,
) -> mlua::Result<Function> {
    charge_text(meter, text)?;
    let tidied = source::tidy(text);
    let function = load_text(lua, environment, name, &tidied)?;
    check_operators(meter, &tidied)?;
    Ok(function)
}

fn load_text(
    lua: &Lua,
    environment: &Table,
    name: &str,
    tidied: &Tidied,
) -> mlua::Result<Function> {
    lua.load(&tidied.text)
        .set_name(format!("={name}"))
        .set_mode(ChunkMode::Text)
        .set_environment(environment.clone())
        .into_function()
}

fn charge_text(meter: &Meter, text: &str) -> mlua::Result<()> {
    let longest = meter.limits().text_bytes;
    if text.len() > longest {
        return Err(mlua::Error::external(meter.stop(Stop::Text(longest))));
    }
    meter.charge(text.len() as u64).map_err(mlua::Error::external)
}

fn check_operators(meter: &Meter, tidied: &Tidied) -> mlua::Result<()> {
    if tidied.operators > MOST_OPERATORS {
        return Err(mlua::Error::external(meter.stop(Stop::Operators(MOST_OPERATORS))));
    }
    Ok(())
}

/// `load` and `loadstring` for texts, in the environment and under the limits of all scripts.
fn install_load(lua: &Lua, globals: &Table, shared: &Table, meter: &Meter) -> mlua::Result<()> {
    let (shared, meter) = (shared.clone(), meter.clone());
    let load = lua.create_function(move |lua, text: Value| {
        let Some(text) = text.as_string().and_then(|t| t.to_str().ok().map(|t| t.to_owned()))
        else {
            return Ok((None, Some("load takes a text".to_owned())));
        };
        match compile(lua, &shared, &meter, &text, &Cell::new(false)) {
            Ok(function) => Ok((Some(function), None)),
            Err(mlua::Error::SyntaxError { message, .. }) => Ok((None, Some(message))),
            Err(error) => Err(error),
        }
    })?;
    globals.set("load", &load)?;
    globals.set("loadstring", load)
}

fn keep_only(table: &Table, names: &[&str]) -> mlua::Result<()> {
    for pair in table.pairs::<Value, Value>().collect::<mlua::Result<Vec<_>>>()? {
        if !pair.0.as_string().is_some_and(|name| names.iter().any(|n| *name == **n)) {
            table.raw_remove(pair.0)?;
        }
    }
    Ok(())
}

pub(crate) fn root(error: &mlua::Error) -> &mlua::Error {
    match error {
        mlua::Error::CallbackError { cause, .. }
        | mlua::Error::BadArgument { cause, .. }
        | mlua::Error::WithContext { cause, .. } => root(cause),
        other => other,
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().chars().take(200).collect()
}
