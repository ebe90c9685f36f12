//! `engineMode`: who moves the camera: a person, a recording, or a flight.

use serde_json::{Value as Json, json};
use skyreel_core::snapshot::ModeView;

use super::super::message::{Complaint, Payload};
use super::{Changing, Goes, Now, Out, Topic};

#[derive(Default)]
pub(super) struct EngineMode(Changing);

impl Topic for EngineMode {
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        self.0.hear(payload, Some(told(now)), out)
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        self.0.look(Some(told(now)), out);
    }
}

fn told(now: &Now) -> Json {
    let flies = || now.snapshot.navigation.as_ref().is_some_and(|view| view.flight.is_some());
    let mode = match &now.snapshot.mode {
        ModeView::Playing(view) if !view.has_ended => "session_recording_playback",
        _ if flies() => "camera_path",
        _ => "user_control",
    };
    json!({ "mode": mode })
}
