//! `openspace.event`, which ties actions to what happens in a session.

use std::collections::BTreeMap;

use mlua::Table;
use skyreel_core::happened::{NAMES, Seen};
use skyreel_core::nearest::{did_you_mean, nearest};

use super::args::Args;
use super::library::Library;
use crate::host::Host;

/// What is looked at of this moment.
pub(super) fn seen(host: &mut dyn Host) -> Seen {
    let (mode, clock) = (host.mode(), host.clock());
    Seen::new(&mode, clock, host.snapshot().navigation.as_ref())
}

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "registerEventAction(event, action [, filter])",
        "Run an action when something happens, such as SessionRecordingPlayback.",
        |_, live, args| {
            let (event, action, filter) = tie(&args)?;
            let mut kept = live.kept.borrow_mut();
            kept.actions.tie(event, action, filter).map_err(|error| args.error(error))
        },
    )?;
    library.add(
        "unregisterEventAction(event, action [, filter])",
        "Do not run an action any more when something happens.",
        |_, live, args| {
            let (event, action, filter) = tie(&args)?;
            live.kept.borrow_mut().actions.untie(event, &action, &filter);
            Ok(())
        },
    )
}

type Filter = BTreeMap<String, String>;

fn tie(args: &Args) -> mlua::Result<(&'static str, String, Filter)> {
    let (event, action) = (args.text(0, "the event")?, args.text(1, "the action")?);
    let Some(event) = NAMES.into_iter().find(|name| *name == event) else {
        let near = nearest(NAMES.into_iter(), &event);
        let near = did_you_mean(&near);
        let names = NAMES.join(", ");
        return Err(args.error(format!("nothing tells of '{event}'{near} There are: {names}")));
    };
    let mut filter = Filter::new();
    if !args.at(2).is_nil() {
        let table: Table = args.table(2, "the filter")?;
        for pair in table.pairs::<String, String>().take(20) {
            let (name, value) =
                pair.map_err(|_| args.error("the filter is texts by name: {State = \"Started\"}"))?;
            filter.insert(name, value);
        }
    }
    Ok((event, action, filter))
}
