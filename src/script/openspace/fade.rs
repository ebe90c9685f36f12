//! Fading what nodes draw in and out, by their `Fade` and `Enabled`.

use mlua::Lua;
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::value::Value;

use super::args::Args;
use super::delays::Later;
use super::library::Library;
use super::live::Live;
use super::property::{change, matching};

/// How long a fade takes where a script does not say, seconds.
const FADE_S: f64 = 1.0;

/// How many frames later than said a fade may come to its end: scene and scripts take turns.
const LATE_FRAMES: u8 = 10;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    let fades = [
        ("fadeIn", "Let what a path or pattern names appear", Some(true)),
        ("fadeOut", "Let what a path or pattern names vanish", Some(false)),
        ("toggleFade", "Let what a path or pattern names appear or vanish", None),
    ];
    for (name, help, visible) in fades {
        let usage = format!("{name}(pattern [, seconds [, script]])");
        let help = format!("{help}, over 1 s if not said; then run a script.");
        library.add(&usage, &help, move |lua, live, args| fade(lua, live, &args, visible))?;
    }
    Ok(())
}

/// `visible`: whether it is to be seen; `None`: each the other way round.
fn fade(lua: &Lua, live: &Live, args: &Args, visible: Option<bool>) -> mlua::Result<()> {
    let named = args.text(0, "the path")?;
    let named = named.trim_end_matches('.');
    let over_s = args.maybe_seconds(1, "how long")?.unwrap_or(FADE_S);
    let after = args.maybe_code(2, "the script for the end")?;
    let pattern: PropertyPattern = format!("{named}.Fade")
        .parse()
        .map_err(|e: skyreel_core::pattern::PatternError| args.error(e))?;
    let owners = matching(live, &pattern)?;
    if owners.is_empty() {
        // As in OpenSpace the script goes on.
        live.warn(lua, &format!("there is no property '{named}.Fade'"));
        return Ok(());
    }
    let properties = live.properties()?;
    for path in &owners {
        let owner = path.trim_end_matches(".Fade");
        let enabled = format!("{owner}.Enabled");
        let switch = properties.get(&enabled);
        let is_shown = switch != Some(&Value::Bool(false));
        let has_faded_in = properties.get(path) != Some(&Value::Number(0.0));
        if visible.unwrap_or(!(is_shown && has_faded_in)) {
            if !is_shown {
                change(live, path, Value::Number(0.0), 0.0)?;
                change(live, &enabled, Value::Bool(true), 0.0)?;
            }
            change(live, path, Value::Number(1.0), over_s)?;
        } else {
            change(live, path, Value::Number(0.0), over_s)?;
            if switch.is_some() {
                let later = Later::HideIfFaded { fade: path.clone(), enabled, frames: LATE_FRAMES };
                live.delay(args, over_s, later)?;
            }
        }
    }
    if !after.is_empty() {
        live.delay(
            args,
            over_s,
            Later::Script { name: format!("{} after", args.call), code: after },
        )?;
    }
    Ok(())
}
