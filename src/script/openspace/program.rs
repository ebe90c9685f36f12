//! The program itself: its version, pictures of its window, and small things scripts ask.

use mlua::Value as LuaValue;
use skyreel_core::command::WindowCommand;

use super::library::Library;
use crate::console::json::to_lua;

/// The version of OpenSpace whose functions these are.
const OPENSPACE: (u32, u32, u32) = (0, 22, 0);

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "version()",
        "The version of OpenSpace whose functions these are, and Skyreel's own as Program.",
        |lua, _, _| {
            let (major, minor, patch) = OPENSPACE;
            let number =
                lua.create_table_from([("Major", major), ("Minor", minor), ("Patch", patch)])?;
            let version = lua.create_table()?;
            version.set("Version", number)?;
            version.set("Program", concat!("Skyreel ", env!("CARGO_PKG_VERSION")))?;
            Ok(version)
        },
    )?;
    library.add(
        "isEmpty(value)",
        "Whether something is nil, an empty text or an empty table.",
        |_, _, args| {
            Ok(match args.at(0) {
                LuaValue::Nil => true,
                LuaValue::String(text) => text.as_bytes().is_empty(),
                LuaValue::Table(table) => table.pairs::<LuaValue, LuaValue>().next().is_none(),
                _ => false,
            })
        },
    )?;
    library.add(
        "takeScreenshot()",
        "Save a picture of the scene, without the bar; its path is the answer.",
        |lua, live, _| to_lua(lua, &live.obey(WindowCommand::Screenshot { name: None })?),
    )?;
    library.add(
        "resetScreenshotNumber()",
        "Nothing: pictures are named by date and time.",
        |_, _, _| Ok(()),
    )?;
    library.add("isMaster()", "True: there is one window.", |_, _, _| Ok(true))
}
