//! The library of the window: what is in the recordings' folder, and what can be asked of it. The work
//! is done by a librarian on a thread of its own.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use bevy::prelude::*;
use bevy_skyreel::{Asking, CommandGroups, Draft, RunningSession};
use skyreel_core::command::{Command, Group, LibraryCommand, Origin};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::snapshot::{LibraryView, ModeView, RecordingItem, TrashItem, Weight};
use skyreel_store::Condition;
use skyreel_store::library::{Done, Keeping, Librarian, Listed, Options, Order, OrderId, Trashed};

use super::preferences::Preferences;

/// The librarian of the recordings' folder.
#[derive(Resource, Default)]
pub struct Shelves {
    librarian: Option<Librarian>,
    folder: PathBuf,
    generation: u64,
    /// What was ordered, in words, and from where, to tell where it does not work.
    ordered: HashMap<OrderId, (String, Origin)>,
    upheld: u64,
    in_use: BTreeSet<String>,
    keeping: Keeping,
    trash_ids: HashMap<String, String>,
}

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::Library, |world, command| match command {
        Command::Library(command) => obey(world, command),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: LibraryCommand) -> Outcome {
    if matches!(command, LibraryCommand::List {}) {
        let library = &world.resource::<Draft>().0.library;
        return Outcome::Done(serde_json::to_value(&**library).unwrap_or_default());
    }
    let (call, _) = Command::Library(command.clone()).words();
    let origin = world.resource::<Asking>().origin;
    let mut shelves = world.resource_mut::<Shelves>();
    let order = match command {
        LibraryCommand::List {} | LibraryCommand::Refresh {} => Order::Refresh,
        LibraryCommand::Rename { recording, name } => Order::Rename { id: recording, title: name },
        LibraryCommand::Trash { recording } => Order::Trash { id: recording },
        LibraryCommand::Restore { recording } => {
            let trash_id = shelves.trash_ids.get(&recording).cloned().unwrap_or(recording);
            Order::Restore { trash_id }
        }
        LibraryCommand::Favourite { recording, on } => Order::Favourite { id: recording, on },
        LibraryCommand::Secure { recording, on } => Order::Secure { id: recording, on },
    };
    let ordered = match &shelves.librarian {
        Some(librarian) => librarian.order(order).map_err(|busy| busy.to_string()),
        None => Err("the recordings' folder is not looked after".to_owned()),
    };
    match ordered {
        Ok(id) => {
            shelves.ordered.insert(id, (call, origin));
            Outcome::DONE
        }
        Err(why) => Refusal::Other(why).into(),
    }
}

/// Keeps the librarian at the folder that is set, and shows what it finds.
pub fn look(
    mut shelves: ResMut<Shelves>,
    preferences: Res<Preferences>,
    mut session: ResMut<RunningSession>,
    mut draft: ResMut<Draft>,
) {
    let shelves = &mut *shelves;
    let session = session.bypass_change_detection().get();
    let settings = &preferences.settings;
    let keeping = Keeping { keep_days: settings.keep_days, trash_days: settings.trash_days };
    let folder = preferences.folder();
    if shelves.folder != folder {
        let options = Options { keeping, ..Options::of(folder.clone()) };
        shelves.librarian = match Librarian::start(options) {
            Ok(librarian) => Some(librarian),
            Err(error) => {
                session.tell(Weight::Error, format!("the library cannot be looked after: {error}"));
                None
            }
        };
        (shelves.folder, shelves.keeping, shelves.generation) = (folder, keeping, 0);
        shelves.upheld = 0;
    }
    let Some(librarian) = &shelves.librarian else { return };
    if shelves.keeping != keeping && librarian.order(Order::Keep(keeping)).is_ok() {
        shelves.keeping = keeping;
    }
    let in_use: BTreeSet<String> = match session.view() {
        ModeView::Playing(view) => [view.recording].into(),
        _ => BTreeSet::new(),
    };
    if in_use != shelves.in_use && librarian.order(Order::InUse(in_use.clone())).is_ok() {
        shelves.in_use = in_use;
    }
    while let Some((id, outcome)) = librarian.outcome() {
        let call = shelves.ordered.remove(&id);
        match (call, outcome) {
            (Some((call, origin)), Err(error)) => {
                let why = bevy_skyreel::files::told(&error);
                session.tell(weight_of(origin), format!("{call}: {why}"));
            }
            (Some((call, _)), Ok(Done::NowCalled(name))) => {
                session.tell(Weight::Info, format!("{call}: now '{name}'"));
            }
            _ => {}
        }
    }
    let Some(shelf) = librarian.news(shelves.generation) else { return };
    shelves.generation = shelf.generation;
    for upheld in shelf.upheld.iter().filter(|upheld| upheld.number >= shelves.upheld) {
        session.tell(Weight::Info, upheld.what.to_string());
    }
    shelves.upheld = shelf.upheld.last().map_or(shelves.upheld, |last| last.number + 1);
    shelves.trash_ids =
        shelf.trash.iter().map(|trashed| (trashed.id.clone(), trashed.trash_id.clone())).collect();
    draft.0.library = Arc::new(LibraryView {
        folder: shelves.folder.display().to_string(),
        recordings: shelf.recordings.iter().map(item).collect(),
        fault: shelf.trouble.clone(),
        trash: shelf.trash.iter().map(trashed).collect(),
    });
}

/// How much it matters to who sits before the window that something did not work: what was not asked
/// for there goes by itself.
pub fn weight_of(origin: Origin) -> Weight {
    match origin {
        Origin::Window | Origin::Keyboard | Origin::Program => Weight::Error,
        Origin::Script | Origin::Network | Origin::CommandLine => Weight::Warning,
    }
}

fn trashed(trashed: &Trashed) -> TrashItem {
    TrashItem {
        recording: trashed.trash_id.clone(),
        was: trashed.id.clone(),
        since_utc: trashed.since.to_string(),
        bytes: trashed.bytes,
    }
}

fn item(listed: &Listed) -> RecordingItem {
    let (condition, is_playable) = match &listed.condition {
        Condition::Whole => (String::new(), true),
        Condition::Recovered => ("recovered".to_owned(), true),
        Condition::Stopped(reason) => (format!("stopped: {reason}"), true),
        Condition::BeingRecorded => ("being recorded".to_owned(), false),
        Condition::Damaged(reason) => (format!("damaged: {reason}"), listed.duration.is_some()),
    };
    RecordingItem {
        recording: listed.id.clone(),
        title: listed.title.clone(),
        description: listed.description.clone(),
        created_utc: listed.date.to_string(),
        duration: listed.duration,
        bytes: listed.bytes,
        condition,
        is_playable,
        is_favourite: listed.is_favourite,
        is_secured: listed.is_secured,
        has_thumbnail: listed.has_thumbnail,
    }
}
