//! What the window keeps between runs besides its settings: what was typed into the console, and how
//! large panels were made. The disk is waited for elsewhere, and written to in order.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use bevy::prelude::*;
use skyreel_faces::bar::{Bar, PanelSizes};
use skyreel_store::{SaveError, history, note};

use super::preferences::Preferences;

/// How many changes may wait for the disk; one more waits in the bar.
const MOST_WAITING: usize = 16;

/// What is to be written.
enum Note {
    Typed(PathBuf, Vec<String>),
    Sizes(PathBuf, String),
}

/// Who writes, and what was written last.
#[derive(Resource, Default)]
pub struct Keeper {
    writer: Option<(SyncSender<Note>, JoinHandle<()>)>,
    /// Of what was typed: how many lines, and the last.
    typed: (usize, String),
    sizes: Option<PanelSizes>,
}

impl Keeper {
    /// Gives the bar what was kept; what cannot be read is told.
    pub fn bring_back(&mut self, bar: &mut Bar, preferences: &Preferences) -> Vec<String> {
        let mut faults = Vec::new();
        match history::load(&preferences.kept("console_history")) {
            Ok(typed) => bar.set_console_history(typed),
            Err(error) => faults.push(format!("what was typed before cannot be read: {error}")),
        }
        match note::load(&preferences.kept("panels.json")) {
            Ok(text) => {
                let sizes = text.and_then(|text| serde_json::from_str(&text).ok());
                sizes.into_iter().for_each(|sizes| bar.set_panel_sizes(sizes));
            }
            Err(error) => faults.push(format!("how large panels were cannot be read: {error}")),
        }
        self.typed = last(bar);
        self.sizes = Some(bar.panel_sizes());
        faults
    }

    /// Keeps what has changed, once nothing is held any more.
    pub fn keep(&mut self, bar: &Bar, is_held: bool, preferences: &Preferences) {
        if preferences.file.is_none() {
            return;
        }
        let typed = last(bar);
        if typed != self.typed {
            let path = preferences.kept("console_history");
            if self.write(Note::Typed(path, bar.console_history().to_vec())) {
                self.typed = typed;
            }
        }
        let sizes = bar.panel_sizes();
        if !is_held && self.sizes.is_some_and(|kept| kept != sizes) {
            let text = serde_json::to_string(&sizes).unwrap_or_default();
            if self.write(Note::Sizes(preferences.kept("panels.json"), text)) {
                self.sizes = Some(sizes);
            }
        }
    }

    /// False where too much waits already.
    fn write(&mut self, note: Note) -> bool {
        let (notes, _) = self.writer.get_or_insert_with(|| {
            let (notes, waiting) = sync_channel(MOST_WAITING);
            (notes, thread::spawn(move || write_all(&waiting)))
        });
        notes.try_send(note).is_ok()
    }
}

impl Drop for Keeper {
    /// What was typed last is written too.
    fn drop(&mut self) {
        if let Some((notes, writer)) = self.writer.take() {
            drop(notes);
            let _ = writer.join();
        }
    }
}

fn write_all(waiting: &Receiver<Note>) {
    while let Ok(note) = waiting.recv() {
        match note {
            Note::Typed(path, typed) => tell("what was typed", &path, history::save(&path, &typed)),
            Note::Sizes(path, text) => {
                tell("how large panels are", &path, note::save(&path, &text))
            }
        }
    }
}

fn tell(what: &str, path: &Path, saved: Result<(), SaveError>) {
    if let Err(error) = saved {
        let why = bevy_skyreel::files::told(&error);
        warn!(target: "skyreel", "{what} is not kept in {}: {why}", path.display());
    }
}

fn last(bar: &Bar) -> (usize, String) {
    let typed = bar.console_history();
    (typed.len(), typed.last().cloned().unwrap_or_default())
}
