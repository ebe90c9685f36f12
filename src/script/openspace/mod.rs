//! The live `openspace` table: what presenters' scripts for OpenSpace call, said as commands to the
//! host of the script that runs. One file a concern; nothing in here knows a window or a file.

mod actions;
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

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use mlua::{Function, Lua, Table};
use skyreel_core::happened::between;
use skyreel_core::snapshot::{ApiWord, Weight};
use skyreel_core::time::{SessionSpan, SimTime};

pub use names::stem_of;
pub use navigation_state::{NavigationState, Pose};
pub use picture::{PictureError, picture};
pub use schedule::{MostScheduled, Schedule, Scheduled};

use crate::host::Host;
use crate::slot::HostSlot;
use library::Library;
use live::{Kept, Live};

/// Prints a line.
pub type Print = Rc<dyn Fn(Weight, &str)>;

/// What the functions are to work with.
#[derive(Clone)]
pub struct Options {
    /// Prints a line; where there is nothing, the machine's own `print` does.
    pub print: Option<Print>,
    /// Tells what time it is outside the scene.
    pub now: fn() -> Option<SimTime>,
    /// What `${NAME}` stands for in paths, by name: `RECORDINGS`.
    pub folders: BTreeMap<String, String>,
}

impl Default for Options {
    /// The machine prints, nothing tells the time, and there are no folders.
    fn default() -> Self {
        Self { print: None, now: || None, folders: BTreeMap::new() }
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

/// The `openspace` table, on one machine after another: what scripts have left for later outlives the
/// machine they ran on.
#[derive(Default)]
pub struct OpenSpace {
    options: Rc<Options>,
    kept: Rc<RefCell<Kept>>,
    print: RefCell<Option<Function>>,
}

impl fmt::Debug for OpenSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenSpace").field("options", &self.options).finish_non_exhaustive()
    }
}

impl OpenSpace {
    /// With nothing left for later.
    pub fn new(options: Options) -> Self {
        Self { options: Rc::new(options), ..Self::default() }
    }

    /// Puts the table among the globals; its functions act on the host that `slot` is lent. The tables
    /// are open to whoever closes the machine. Gives all functions in order of their names; for those
    /// that are not supported the help says why.
    ///
    /// # Errors
    /// Where the machine has no memory.
    pub fn install(
        &self,
        lua: &Lua,
        globals: &Table,
        slot: &HostSlot,
    ) -> mlua::Result<Vec<ApiWord>> {
        let print: Option<Function> = globals.raw_get("print")?;
        self.print.borrow_mut().clone_from(&print);
        let (options, kept) = (Rc::clone(&self.options), Rc::clone(&self.kept));
        let live = Live::new(slot.clone(), options, kept, print);
        table(lua, globals, &live)
    }

    /// Gives an action that scripts and other programs can start by its identifier; an older one of that
    /// identifier is replaced.
    pub fn add_action(&self, identifier: &str, command: String, name: &str) {
        self.kept.borrow_mut().actions.add(identifier, command, name);
    }

    /// Lets `span` of real time pass. To be called once a frame, while no script runs; gives the scripts
    /// whose time has come or whose event has happened, in the order in which they are to run.
    pub fn advance(&self, host: &mut dyn Host, span: SessionSpan) -> Vec<Due> {
        let mut kept = self.kept.borrow_mut();
        kept.uptime = kept.uptime.saturating_add(span);
        for (weight, text) in kept.renames.advance(host, span) {
            live::print(&self.options, self.print.borrow().as_ref(), weight, &text);
        }
        let mut due = kept.delays.advance(host, span);
        due.extend(kept.schedule.due(host.clock().sim_time));
        let now = events::seen(host);
        let before = kept.seen.replace(now.clone());
        let happened = before.map_or_else(Vec::new, |before| between(&before, &now));
        due.extend(kept.actions.due(&happened));
        due
    }
}

fn table(lua: &Lua, globals: &Table, live: &Rc<Live>) -> mlua::Result<Vec<ApiWord>> {
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
        let mut library = Library::new(lua, live, name, &mut words)?;
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
    let mut root = Library::new(lua, live, "openspace", &mut words)?;
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
    Ok(words)
}
