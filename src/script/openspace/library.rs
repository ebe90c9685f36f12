//! A table of functions that know their names: what they are called with and what they do.

use std::rc::Rc;

use mlua::{IntoLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use skyreel_core::snapshot::ApiWord;

use super::args::Args;
use super::live::Live;
use super::unsupported;

/// A table that is being filled.
pub(super) struct Library<'a> {
    lua: &'a Lua,
    live: &'a Rc<Live>,
    /// Its full name: `openspace.time`.
    name: &'static str,
    table: Table,
    words: &'a mut Vec<ApiWord>,
}

impl<'a> Library<'a> {
    pub(super) fn new(
        lua: &'a Lua,
        live: &'a Rc<Live>,
        name: &'static str,
        words: &'a mut Vec<ApiWord>,
    ) -> mlua::Result<Self> {
        Ok(Self { lua, live, name, table: lua.create_table()?, words })
    }

    /// Adds a function. `usage` is its name and what it is called with: `setPause(paused)`.
    pub(super) fn add<R: IntoLuaMulti>(
        &mut self,
        usage: &str,
        help: &str,
        run: impl Fn(&Lua, &Live, Args) -> mlua::Result<R> + 'static,
    ) -> mlua::Result<()> {
        let own = usage.split(['(', '{']).next().unwrap_or(usage);
        let name: Rc<str> = format!("{}.{own}", self.name).into();
        self.words.push(ApiWord {
            name: name.to_string(),
            usage: format!("{}.{usage}", self.name),
            help: help.to_owned(),
        });
        let live = Rc::clone(self.live);
        let function = self.lua.create_function(move |lua, values: MultiValue| {
            run(lua, &live, Args::new(&name, values))
        })?;
        self.table.raw_set(own, function)
    }

    /// Adds a table that is among its names.
    pub(super) fn add_table(&mut self, name: &str, table: Table) -> mlua::Result<()> {
        self.table.raw_set(name, table)
    }

    /// Closes it: what is known and not supported says why.
    pub(super) fn close(mut self) -> mlua::Result<Table> {
        for (function, why) in unsupported::functions(self.name) {
            self.add(&format!("{function}(…)"), &unsupported::help(why), move |_, _, args| {
                Err::<(), _>(mlua::Error::runtime(unsupported::error(&args.call, why)))
            })?;
        }
        Ok(self.table)
    }
}

/// Stands for a library of OpenSpace that has no meaning here: every name in it says why.
pub(super) fn unsupported_library(
    lua: &Lua,
    name: &'static str,
    why: &'static str,
) -> mlua::Result<Table> {
    let index = lua.create_function(move |_, (_, key): (LuaValue, LuaValue)| {
        let key = key.to_string().unwrap_or_default();
        let call: String = format!("{name}.{key}").chars().take(150).collect();
        Err::<(), _>(mlua::Error::runtime(unsupported::error(&call, why)))
    })?;
    closed(lua, lua.create_table()?, index)
}

fn closed(lua: &Lua, table: Table, index: mlua::Function) -> mlua::Result<Table> {
    let metatable = lua.create_table()?;
    metatable.set("__index", index)?;
    metatable.set("__metatable", "locked")?;
    metatable.set_readonly(true);
    table.set_metatable(Some(metatable))?;
    Ok(table)
}
