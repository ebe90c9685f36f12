//! Recordings that are named when they are stopped: the library is asked for the new name as soon as
//! the recording has been finished.

use skyreel_core::command::{Command, LibraryCommand};
use skyreel_core::shelf::file_name;
use skyreel_core::snapshot::{LibraryView, RecordingItem, Weight};
use skyreel_core::time::SessionSpan;

use super::names::{find, stem_of};
use crate::host::Host;

/// How long a recording may take to be finished: it is named within a frame or two of the library's
/// next look, and after this nobody waits for it any more.
const PATIENCE: SessionSpan = SessionSpan::from_nanos(60_000_000_000);

/// Most recordings that wait for their names.
const MOST_WAITING: usize = 64;

/// What waits for its name.
#[derive(Debug, Default)]
pub(super) struct Renames(Vec<Rename>);

#[derive(Debug)]
struct Rename {
    /// What it was called while it was made.
    from: String,
    to: String,
    /// Whether one of that name gives way.
    overwrite: bool,
    waited: SessionSpan,
}

impl Renames {
    /// Names a recording as soon as it can be. False where too many wait.
    pub(super) fn add(&mut self, from: String, to: String, overwrite: bool) -> bool {
        let has_room = self.0.len() < MOST_WAITING;
        if has_room {
            self.0.push(Rename { from, to, overwrite, waited: SessionSpan::ZERO });
        }
        has_room
    }

    /// Names what has been finished. Gives what is to be told.
    pub(super) fn advance(
        &mut self,
        host: &mut dyn Host,
        span: SessionSpan,
    ) -> Vec<(Weight, String)> {
        let mut told = Vec::new();
        if self.0.is_empty() {
            return told;
        }
        let snapshot = host.snapshot();
        self.0.retain_mut(|rename| {
            rename.waited = rename.waited.saturating_add(span);
            let Rename { from, to, overwrite, .. } = &*rename;
            if let Some(item) = finished(&snapshot.library, from) {
                let id = item.recording.clone();
                if let Err(why) = name(host, &snapshot.library, id, to, *overwrite) {
                    told.push((Weight::Error, format!("'{from}' keeps its name: {why}")));
                }
                return false;
            }
            let is_late = rename.waited > PATIENCE;
            if is_late {
                let text =
                    format!("'{from}' was to be called '{to}', but it is not in the library");
                told.push((Weight::Warning, text));
            }
            !is_late
        });
        told
    }
}

/// The recording that was made under this name, the youngest of several.
fn finished<'a>(library: &'a LibraryView, from: &str) -> Option<&'a RecordingItem> {
    let file = file_name(from);
    library
        .recordings
        .iter()
        .find(|item| item.title == from || stem_of(&item.recording) == file)
        .filter(|item| item.is_playable)
}

fn name(
    host: &mut dyn Host,
    library: &LibraryView,
    recording: String,
    to: &str,
    overwrite: bool,
) -> Result<(), String> {
    let mut obey = |command| host.obey(Command::Library(command)).complaint().map_or(Ok(()), Err);
    let in_the_way = find(library, &file_name(to)).filter(|item| item.recording != recording);
    if let Some(old) = in_the_way.filter(|_| overwrite) {
        // It can be taken out of the trash again.
        obey(LibraryCommand::Trash { recording: old.recording.clone() })?;
    }
    obey(LibraryCommand::Rename { recording, name: to.to_owned() })
}
