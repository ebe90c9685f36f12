//! The live `openspace` table: what presenters' scripts for OpenSpace call, said as commands to the
//! host of the script that runs. One file a concern; nothing in here knows a window or a file.

mod actions;
mod answer;
mod args;
mod delays;
mod events;
mod fade;
mod files;
mod flying;
mod geo;
mod keyframes;
mod library;
mod live;
mod messages;
mod names;
mod navigation;
mod navigation_state;
mod nodes;
mod picture;
mod program;
mod property;
mod recording;
mod schedule;
mod scheduler;
mod takes;
mod time;
mod unsupported;

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use mlua::{Lua, Table};
use skyreel_core::snapshot::{ApiWord, Weight};
use skyreel_core::time::{SessionSpan, SimTime};

pub use events::{Event, Seen, between};
pub use names::stem_of;
pub use navigation_state::{NavigationState, Pose};
pub use picture::{PictureError, picture};
pub use schedule::{MostScheduled, Schedule, Scheduled};

use crate::host::Host;
use crate::slot::HostSlot;
use library::Library;
use live::Live;

/// Prints a line.
pub type Print = Rc<dyn Fn(Weight, &str)>;

/// What the functions are to work with.
#[derive(Clone)]
pub struct Options {
    /// Prints a line in the console.
    pub print: Print,
    /// Tells what time it is outside the scene.
    pub now: fn() -> Option<SimTime>,
    /// What `${NAME}` stands for in paths, by name: `RECORDINGS`.
    pub folders: BTreeMap<String, String>,
}

impl Default for Options {
    /// Nothing is printed, nothing tells the time, and there are no folders.
    fn default() -> Self {
        Self { print: Rc::new(|_, _| ()), now: || None, folders: BTreeMap::new() }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("folders", &self.folders).finish_non_exhaustive()
    }
}

/// A script that is to run now, since something happened that it was kept for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What its errors call it.
    pub name: String,
    /// Luau.
    pub code: String,
}

/// The table that was installed.
pub struct Installed {
    /// All its functions, in order of their names; for those that are not supported the help says why.
    pub words: Vec<ApiWord>,
    live: Rc<Live>,
}

impl fmt::Debug for Installed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Installed").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

impl Installed {
    /// Lets `span` of real time pass. To be called once a frame, while no script runs; gives the scripts
    /// whose time has come or whose event has happened, in the order in which they are to run.
    pub fn advance(&self, host: &mut dyn Host, span: SessionSpan) -> Vec<Due> {
        let mut kept = self.live.kept.borrow_mut();
        kept.uptime = kept.uptime.saturating_add(span);
        for (weight, text) in kept.renames.advance(host, span) {
            self.live.print(weight, &text);
        }
        let mut due = kept.delays.advance(host, span);
        due.extend(kept.schedule.due(host.clock().sim_time));
        let now = Seen::of(host);
        let before = kept.seen.replace(now.clone());
        let happened = before.map_or_else(Vec::new, |before| between(&before, &now));
        due.extend(kept.actions.due(&happened));
        due
    }
}

/// Puts the `openspace` table among the globals. Its functions act on the host that `slot` is lent.
///
/// # Errors
/// Where the machine has no memory.
pub fn install(
    lua: &Lua,
    globals: &Table,
    slot: &HostSlot,
    options: Options,
) -> mlua::Result<Installed> {
    let live = Live::new(slot.clone(), options);
    let mut words = Vec::new();
    let mut tables = Vec::new();
    type Fill = fn(&mut Library) -> mlua::Result<()>;
    let libraries: [(&'static str, &'static str, Fill); 9] = [
        ("sessionRecording", "openspace.sessionRecording", recording::fill),
        ("keyframeRecording", "openspace.keyframeRecording", keyframes::fill),
        ("time", "openspace.time", time::fill),
        ("navigation", "openspace.navigation", navigation::fill),
        ("pathnavigation", "openspace.pathnavigation", flying::fill),
        ("globebrowsing", "openspace.globebrowsing", geo::fill_globebrowsing),
        ("scriptScheduler", "openspace.scriptScheduler", scheduler::fill),
        ("action", "openspace.action", actions::fill),
        ("event", "openspace.event", events::fill),
    ];
    for (short, name, fill) in libraries {
        let mut library = Library::new(lua, &live, name, &mut words)?;
        fill(&mut library)?;
        tables.push((short, library.close()?));
    }
    for (name, why) in unsupported::LIBRARIES {
        let short = name.trim_start_matches("openspace.");
        tables.push((short, library::unsupported_library(lua, name, why)?));
        words.push(ApiWord {
            name: name.to_owned(),
            usage: format!("{name}.…"),
            help: unsupported::help(why),
        });
    }
    let mut root = Library::new(lua, &live, "openspace", &mut words)?;
    property::fill(&mut root)?;
    fade::fill(&mut root)?;
    nodes::fill(&mut root)?;
    messages::fill(&mut root)?;
    files::fill(&mut root)?;
    program::fill(&mut root)?;
    scheduler::fill_root(&mut root)?;
    for (short, table) in tables {
        root.add_table(short, table)?;
    }
    let root = root.close()?;
    globals.set("openspace", root)?;
    words.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Installed { words, live })
}
