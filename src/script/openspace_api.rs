//! The `openspace` table that scripts see: it notes what calls would do, and answers what was in
//! force at that moment. It does nothing else.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{FromLuaMulti, Function, IntoLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::time::SessionSpan;
use skyreel_core::value::{Easing, Value};

use crate::ledger::{Change, Ledger};
use crate::value::{easing, from_lua, number, to_lua};
use crate::{time_api, unplayed};

/// The property that names the node the camera turns around.
const ANCHOR: &str = "NavigationHandler.OrbitalNavigator.Anchor";

/// What a call that is not played costs: its remark is as long as its name.
const STEPS_A_REMARK: u64 = 100;

/// Stands for every name that has no meaning here, however deep: it can be indexed and called.
const UNPLAYED: &str = r#"
local note, setmetatable, tostring = ...
local function unplayed(name)
    if #name > 200 then return nil end
    return setmetatable({}, {
        __index = function(_, key) return unplayed(name .. "." .. tostring(key)) end,
        __call = function() note(name) return nil end,
        __metatable = "locked",
    })
end
return unplayed
"#;

/// A table of functions that act on a ledger.
pub(crate) struct Api<'a> {
    pub(crate) lua: &'a Lua,
    pub(crate) table: Table,
    pub(crate) ledger: &'a Rc<RefCell<Ledger>>,
}

impl Api<'_> {
    /// Adds a function.
    pub(crate) fn add<A: FromLuaMulti, R: IntoLuaMulti>(
        &self,
        name: &str,
        run: impl Fn(&Lua, &mut Ledger, A) -> mlua::Result<R> + 'static,
    ) -> mlua::Result<()> {
        self.table.set(name, function(self.lua, self.ledger, run)?)
    }

    /// Lets unknown names stand for calls that are not played, and closes the table.
    fn close(self, name: &'static str, unplayed: &Function) -> mlua::Result<Table> {
        let unplayed = unplayed.clone();
        let index = self.lua.create_function(move |_, (_, key): (LuaValue, LuaValue)| {
            unplayed.call::<LuaValue>(format!("{name}.{}", key.to_string().unwrap_or_default()))
        })?;
        let metatable = self.lua.create_table()?;
        metatable.set("__index", index)?;
        metatable.set("__metatable", "locked")?;
        metatable.set_readonly(true);
        self.table.set_metatable(Some(metatable))?;
        self.table.set_readonly(true);
        Ok(self.table)
    }
}

/// Puts `openspace`, and a `print` that says nothing, among the globals.
pub(crate) fn install(
    lua: &Lua,
    globals: &Table,
    ledger: &Rc<RefCell<Ledger>>,
) -> mlua::Result<()> {
    let note = function(lua, ledger, |_, ledger, name: String| {
        let name: String = name.chars().take(200).collect();
        ledger.charge(STEPS_A_REMARK).map_err(mlua::Error::external)?;
        ledger.warn(unplayed::remark(&name));
        Ok(())
    })?;
    let parts =
        (note, globals.get::<Function>("setmetatable")?, globals.get::<Function>("tostring")?);
    let unplayed: Function = lua.load(UNPLAYED).call(parts)?;

    let time = Api { lua, table: lua.create_table()?, ledger };
    time_api::fill(&time)?;
    let navigation = Api { lua, table: lua.create_table()?, ledger };
    navigation.add("setFocus", |_, ledger, node: LuaValue| set_focus(ledger, &node))?;
    let api = Api { lua, table: lua.create_table()?, ledger };
    fill(&api)?;
    api.table.set("time", time.close("openspace.time", &unplayed)?)?;
    api.table.set("navigation", navigation.close("openspace.navigation", &unplayed)?)?;
    globals.set("openspace", api.close("openspace", &unplayed)?)?;
    globals.set("print", lua.create_function(|_, _: MultiValue| Ok(()))?)
}

fn function<A: FromLuaMulti, R: IntoLuaMulti>(
    lua: &Lua,
    ledger: &Rc<RefCell<Ledger>>,
    run: impl Fn(&Lua, &mut Ledger, A) -> mlua::Result<R> + 'static,
) -> mlua::Result<Function> {
    let ledger = Rc::clone(ledger);
    lua.create_function(move |lua, args: A| {
        let mut ledger = ledger.try_borrow_mut().map_err(mlua::Error::external)?;
        run(lua, &mut ledger, args)
    })
}

fn fill(api: &Api) -> mlua::Result<()> {
    api.add("setPropertyValue", |_, ledger, args| set(ledger, "setPropertyValue", &args))?;
    api.add("setPropertyValueSingle", |_, ledger, args| {
        set(ledger, "setPropertyValueSingle", &args)
    })?;
    for name in ["propertyValue", "getPropertyValue"] {
        api.add(name, |lua, ledger, path: LuaValue| match value_of(ledger, &path)? {
            Some(value) => to_lua(lua, &value),
            None => Ok(LuaValue::Nil),
        })?;
    }
    for name in ["property", "getProperty"] {
        api.add(name, |_, ledger, pattern: LuaValue| {
            let text = text(&pattern);
            match text.parse::<PropertyPattern>() {
                Ok(pattern) => ledger.matching(&pattern).map_err(mlua::Error::external),
                Err(error) => {
                    ledger.warn(error.to_string());
                    Ok(Vec::new())
                }
            }
        })?;
    }
    api.add("hasProperty", |_, ledger, path: LuaValue| Ok(ledger.knows(&text(&path))))?;
    for name in ["hasSceneGraphNode", "hasSceneGraphNodeByIdentifier"] {
        api.add(name, |_, ledger, node: LuaValue| {
            ledger.knows_node(&text(&node)).map_err(mlua::Error::external)
        })?;
    }
    api.add("invertBooleanProperty", |_, ledger, path: LuaValue| {
        let on = value_of(ledger, &path)? == Some(Value::Bool(true));
        change(ledger, &text(&path), Value::Bool(!on), SessionSpan::ZERO)
    })?;
    api.add("fadeIn", |_, ledger, (node, duration)| fade(ledger, &node, &duration, Some(true)))?;
    api.add("fadeOut", |_, ledger, (node, duration)| fade(ledger, &node, &duration, Some(false)))?;
    api.add("toggleFade", |_, ledger, (node, duration)| fade(ledger, &node, &duration, None))?;
    api.add("absPath", |_, _, path: LuaValue| Ok(path))?;
    for level in ["Debug", "Error", "Fatal", "Info", "Trace", "Warning", ""] {
        api.add(&format!("print{level}"), |_, _, _: MultiValue| Ok(()))?;
    }
    Ok(())
}

/// `(path or pattern, value [, seconds [, easing [, script for its end]]])`. What runs at the end
/// is left out: OpenSpace recorded it as an entry of its own.
fn set(ledger: &mut Ledger, function: &str, args: &MultiValue) -> mlua::Result<()> {
    let nil = LuaValue::Nil;
    let path = text(args.front().unwrap_or(&nil));
    let value = from_lua(args.get(1).unwrap_or(&nil));
    let not_played = |ledger: &mut Ledger, why: &str| {
        let path: String = path.chars().take(200).collect();
        ledger.warn(format!(
            "openspace.{function}({path:?}) is kept as an event and not played: {why}"
        ));
        Ok(())
    };
    let pattern = match path.parse::<PropertyPattern>() {
        Ok(pattern) if pattern.single_path().is_none() && function == "setPropertyValueSingle" => {
            return not_played(ledger, "it takes one path, this is a pattern");
        }
        Ok(pattern) => pattern,
        Err(error) => return not_played(ledger, &format!("expected {}", error.expected)),
    };
    let value = match value {
        Ok(value) => value,
        Err(why) => return not_played(ledger, why),
    };
    let (mut duration, mut shape) = (SessionSpan::ZERO, Easing::Linear);
    for (place, arg) in args.iter().enumerate().skip(2).take(2) {
        if let Some(seconds) = number(arg) {
            duration = span(ledger, seconds);
        } else if let Some(name) = arg.as_string().map(|s| s.to_string_lossy()) {
            match easing(&name) {
                Some(easing) => shape = easing,
                // Ways of matching that old versions took in this place.
                None if matches!(&*name, "regex" | "single" | "") => {}
                None if place == 3 => {
                    let name: String = name.chars().take(50).collect();
                    ledger.warn(format!("{name:?} is no easing; the change runs evenly"));
                }
                None => {}
            }
        }
    }
    ledger.change(Change { pattern, value, duration, easing: shape }).map_err(mlua::Error::external)
}

fn span(ledger: &mut Ledger, seconds: f64) -> SessionSpan {
    match SessionSpan::from_secs(seconds) {
        Some(span) => span.max(SessionSpan::ZERO),
        None => {
            ledger.warn(format!("{seconds} s is no length of time; the change is at once"));
            SessionSpan::ZERO
        }
    }
}

fn value_of(ledger: &mut Ledger, path: &LuaValue) -> mlua::Result<Option<Value>> {
    let path = text(path);
    let value = ledger.value(&path).map_err(mlua::Error::external)?;
    if value.is_none() {
        let path: String = path.chars().take(200).collect();
        ledger.warn(format!(
            "a script asks for {path:?}, of which neither recording nor scene says what it holds; \
             what the script makes of that is a guess"
        ));
    }
    Ok(value)
}

/// Fades what a node draws in or out over `duration` seconds (1 if not said); by default whichever
/// it is not. Fading out leaves it enabled and invisible, as there is no later script to run.
fn fade(
    ledger: &mut Ledger,
    node: &LuaValue,
    duration: &LuaValue,
    visible: Option<bool>,
) -> mlua::Result<()> {
    let node = text(node);
    let duration = span(ledger, number(duration).unwrap_or(1.0));
    let (enabled, fade) = (format!("{node}.Enabled"), format!("{node}.Fade"));
    let mut is = |path: &str, hidden: Value| -> mlua::Result<bool> {
        let path = path.to_owned();
        Ok(ledger.value(&path).map_err(mlua::Error::external)?.is_some_and(|v| v != hidden))
    };
    let shown = is(&enabled, Value::Bool(false))?;
    let faded_in = is(&fade, Value::Number(0.0))?;
    if visible.unwrap_or(!(shown && faded_in)) {
        if !shown {
            change(ledger, &fade, Value::Number(0.0), SessionSpan::ZERO)?;
            change(ledger, &enabled, Value::Bool(true), SessionSpan::ZERO)?;
        }
        change(ledger, &fade, Value::Number(1.0), duration)
    } else {
        change(ledger, &fade, Value::Number(0.0), duration)
    }
}

fn set_focus(ledger: &mut Ledger, node: &LuaValue) -> mlua::Result<()> {
    match from_lua(node) {
        Ok(name @ Value::Text(_)) => change(ledger, ANCHOR, name, SessionSpan::ZERO),
        _ => {
            ledger.warn("openspace.navigation.setFocus is kept as an event and not played: it takes a node's name");
            Ok(())
        }
    }
}

fn change(
    ledger: &mut Ledger,
    path: &str,
    value: Value,
    duration: SessionSpan,
) -> mlua::Result<()> {
    match path.parse() {
        Ok(pattern) => {
            let change = Change { pattern, value, duration, easing: Easing::Linear };
            ledger.change(change).map_err(mlua::Error::external)
        }
        Err(error) => {
            ledger.warn(error.to_string());
            Ok(())
        }
    }
}

fn text(value: &LuaValue) -> String {
    /// No property's path is longer, bytes.
    const LONGEST_PATH: usize = 1024;
    value
        .as_string()
        .filter(|text| text.as_bytes().len() <= LONGEST_PATH)
        .map(|text| text.to_string_lossy())
        .unwrap_or_default()
}
