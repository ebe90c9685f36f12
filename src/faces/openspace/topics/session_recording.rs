//! `sessionRecording`: whether something is recorded or played, the recordings there are, and, as an
//! addition, how far it is.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};
use skyreel_core::snapshot::{LibraryView, ModeView};
use skyreel_core::time::SessionTime;

use super::super::message::{Complaint, Payload, no_fit};
use super::{Changing, Goes, Now, Out, Topic};

/// What a client can be told.
const PROPERTIES: [&str; 5] = ["state", "files", "length", "position", "progress"];

pub(super) struct SessionRecording {
    /// Which of [`PROPERTIES`] it wants.
    wanted: [bool; PROPERTIES.len()],
    changing: Changing,
    /// The list as it was made last.
    files: (Arc<LibraryView>, Json),
}

impl Default for SessionRecording {
    /// What OpenSpace tells.
    fn default() -> Self {
        Self {
            wanted: [true, true, false, false, false],
            changing: Changing::default(),
            files: (Arc::default(), json!([])),
        }
    }
}

impl Topic for SessionRecording {
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        if let Some(list) = payload.get("properties") {
            self.wanted = wanted(list)?;
        }
        let told = self.told(now);
        self.changing.hear(payload, Some(told), out)
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        let told = self.told(now);
        self.changing.look(Some(told), out);
    }
}

fn wanted(list: &Json) -> Result<[bool; PROPERTIES.len()], Complaint> {
    let expected = || format!("a list of some of {}", PROPERTIES.join(", "));
    let wrong = |found| no_fit("properties", &expected(), Some(found));
    let names = list.as_array().ok_or_else(|| wrong(list))?;
    let mut wanted = [false; PROPERTIES.len()];
    for name in names {
        let place = PROPERTIES.iter().position(|known| name == known);
        wanted[place.ok_or_else(|| wrong(name))?] = true;
    }
    Ok(wanted)
}

impl SessionRecording {
    fn told(&mut self, now: &Now) -> Json {
        let library = &now.snapshot.library;
        let [state, files, length, position, progress] = self.wanted;
        if files && !Arc::ptr_eq(&self.files.0, library) {
            let ids = library.recordings.iter().map(|item| item.recording.as_str());
            self.files = (Arc::clone(library), ids.collect());
        }
        let (name, extent) = self::state(&now.snapshot.mode);
        let seconds = |time: SessionTime| json!(time.as_secs());
        let mut told = Map::new();
        let mut tell = |wanted: bool, name: &str, value: Option<Json>| {
            told.extend(value.filter(|_| wanted).map(|value| (name.to_owned(), value)));
        };
        tell(state, "state", Some(json!(name)));
        tell(files, "files", files.then(|| self.files.1.clone()));
        tell(length, "length", extent.map(|extent| seconds(extent.length)));
        tell(position, "position", extent.map(|extent| seconds(extent.position)));
        tell(progress, "progress", extent.map(|extent| json!(extent.progress())));
        Json::Object(told)
    }
}

/// How far something is, and how long.
#[derive(Clone, Copy)]
struct Extent {
    position: SessionTime,
    length: SessionTime,
}

impl Extent {
    /// 0 to 1.
    fn progress(self) -> f64 {
        let length = self.length.as_nanos().max(1) as f64;
        (self.position.as_nanos() as f64 / length).clamp(0.0, 1.0)
    }
}

/// OpenSpace's word for what the session does. What has come to its end is not played any more.
fn state(mode: &ModeView) -> (&'static str, Option<Extent>) {
    match mode {
        ModeView::Idle => ("idle", None),
        ModeView::Recording(view) => {
            ("recording", Some(Extent { position: view.elapsed, length: view.elapsed }))
        }
        ModeView::Playing(view) => {
            let state = match (view.has_ended, view.is_moving) {
                (true, _) => "idle",
                (false, true) => "playing",
                (false, false) => "playing-paused",
            };
            (state, Some(Extent { position: view.at, length: view.duration }))
        }
    }
}
