//! Properties: setting them, one or all that a pattern names, and what they hold.

use std::sync::Arc;

use mlua::{Lua, Value as LuaValue};
use skyreel_core::command::{NavigateCommand, SceneCommand};
use skyreel_core::nearest::{did_you_mean, nearest};
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::snapshot::SceneView;
use skyreel_core::time::SessionSpan;
use skyreel_core::value::{Easing, Value};

use super::args::{Args, number};
use super::delays::Later;
use super::library::Library;
use super::live::Live;
use crate::value::{easing, from_lua, to_lua};

/// Whose properties say what OpenSpace's camera turns round.
const NAVIGATOR: &str = "NavigationHandler.OrbitalNavigator.";

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "setPropertyValue(pattern, value [, seconds [, easing [, script]]])",
        "Change all properties that a pattern (*, {tag}) names; then run a script.",
        |lua, live, args| set(lua, live, &args, false),
    )?;
    library.add(
        "setPropertyValueSingle(path, value [, seconds [, easing [, script]]])",
        "Change a property; then run a script.",
        |lua, live, args| set(lua, live, &args, true),
    )?;
    library.add(
        "invertBooleanProperty(path)",
        "Switch a property on or off.",
        |_, live, args| {
            let path = args.text(0, "the property")?;
            match value(live, &args)? {
                Value::Bool(on) => change(live, &path, Value::Bool(!on), 0.0),
                other => {
                    let found = other.kind_in_words();
                    Err(args.error(format!("'{path}' is {found}, not true or false")))
                }
            }
        },
    )?;
    for name in ["propertyValue", "getPropertyValue"] {
        let usage = format!("{name}(path)");
        library.add(&usage, "What a property holds.", |lua: &Lua, live, args| {
            to_lua(lua, &value(live, &args)?)
        })?;
    }
    for name in ["property", "getProperty"] {
        let usage = format!("{name}(pattern)");
        library.add(&usage, "The paths that a pattern (*, {tag}) names.", |_, live, args| {
            let pattern: PropertyPattern = args
                .text(0, "the pattern")?
                .parse()
                .map_err(|error: skyreel_core::pattern::PatternError| args.error(error))?;
            matching(live, &pattern)
        })?;
    }
    library.add("hasProperty(path)", "Whether there is such a property.", |_, live, args| {
        let path = args.text(0, "the property")?;
        Ok(live.properties()?.contains_key(&path))
    })
}

fn set(lua: &Lua, live: &Live, args: &Args, is_single: bool) -> mlua::Result<()> {
    let path = args.text(0, "the property")?;
    if let Some(node) = focus_asked_for(live, &path, args)? {
        return live.obey(NavigateCommand::Focus { node }).map(drop);
    }
    let pattern = path.parse::<PropertyPattern>().map_err(|error| args.error(error))?;
    if is_single && pattern.single_path().is_none() {
        let why = "takes one path, this is a pattern; use openspace.setPropertyValue";
        return Err(mlua::Error::runtime(format!("{} {why}: '{path}'", args.call)));
    }
    let value = from_lua(args.at(1)).map_err(|why| args.error(format!("'{path}': {why}")))?;
    let (mut over_s, mut shape) = (0.0, None);
    for place in [2, 3] {
        match args.at(place) {
            LuaValue::Nil => {}
            given if number(given).is_some() => {
                over_s = args.maybe_seconds(place, "the duration")?.unwrap_or(0.0);
            }
            _ => shape = shape_of(args, place)?,
        }
    }
    let after = args.maybe_code(4, "the script for the end")?;
    let is_known = live.obey_if_known(lua, change_of(&path, value, over_s, shape))?;
    if is_known && !after.is_empty() {
        live.delay(
            args,
            over_s,
            Later::Script { name: format!("{} after", args.call), code: after },
        )?;
    }
    Ok(())
}

/// The node to look at, where a script asks for one as OpenSpace's do: by properties that are none of the
/// scene's.
fn focus_asked_for(live: &Live, path: &str, args: &Args) -> mlua::Result<Option<String>> {
    match path.strip_prefix(NAVIGATOR) {
        Some("Anchor") => args.text(1, "the node").map(Some),
        Some("RetargetAnchor") => Ok(live.snapshot()?.navigation.as_ref().map(|v| v.focus.clone())),
        _ => Ok(None),
    }
}

fn shape_of(args: &Args, place: usize) -> mlua::Result<Option<Easing>> {
    let name = args.text(place, "the easing")?;
    match easing(&name) {
        Some(easing) => Ok(Some(easing)),
        // Ways of matching that old versions took in this place.
        None if matches!(&*name, "regex" | "single" | "") => Ok(None),
        None => Err(args.error(format!(
            "'{name}' is no easing; there are Linear and the likes of QuadraticEaseInOut, with \
             Quadratic, Cubic, Quartic, Quintic, Sine, Circular, Exponential, Elastic, Bounce and \
             EaseIn, EaseOut, EaseInOut"
        ))),
    }
}

fn change_of(path: &str, value: Value, over_s: f64, easing: Option<Easing>) -> SceneCommand {
    let over_s = (over_s > 0.0).then_some(over_s);
    SceneCommand::Set { path: path.to_owned(), value, over_s, easing }
}

/// Changes a property evenly.
pub(super) fn change(live: &Live, path: &str, value: Value, over_s: f64) -> mlua::Result<()> {
    live.obey(change_of(path, value, over_s, None)).map(drop)
}

/// What the property named first holds.
fn value(live: &Live, args: &Args) -> mlua::Result<Value> {
    let path = args.text(0, "the property")?;
    if path == format!("{NAVIGATOR}Anchor") {
        // What a scene keeps there is only what it began with.
        if let Some(view) = &live.snapshot()?.navigation {
            return Ok(view.focus.as_str().into());
        }
    }
    let properties = live.properties()?;
    properties.get(&path).cloned().ok_or_else(|| {
        let near = nearest(properties.keys().map(|path| &**path), &path);
        let near = did_you_mean(&near);
        args.error(format!("there is no property '{path}'{near}"))
    })
}

/// The paths that a pattern names, in order.
pub(super) fn matching(live: &Live, pattern: &PropertyPattern) -> mlua::Result<Vec<String>> {
    let (scene, properties) = (live.scene()?, live.properties()?);
    let tags = |path: &Arc<str>| tags(&scene, path);
    let named = properties.keys().filter(|path| pattern.matches(path, tags(path)));
    Ok(named.map(|path| path.to_string()).collect())
}

fn tags<'a>(scene: &'a SceneView, path: &str) -> &'a [String] {
    let known = scene.properties.binary_search_by(|spec| spec.path.as_str().cmp(path));
    known.map_or(&[], |index| &scene.properties[index].tags)
}

impl Live {
    /// Keeps something for later.
    pub(super) fn delay(&self, args: &Args, after_s: f64, later: Later) -> mlua::Result<()> {
        let after = SessionSpan::from_secs(after_s);
        let after = after.ok_or_else(|| args.error(format!("{after_s} s is beyond all times")))?;
        self.kept.borrow_mut().delays.add(after, later).map_err(|error| args.error(error))
    }
}
