//! `cameraPath`: where a flight leads, and how long it still takes.

use serde_json::{Value as Json, json};

use super::super::message::{Complaint, Payload};
use super::{Changing, Goes, Now, Out, Topic};

#[derive(Default)]
pub(super) struct CameraPath(Changing);

impl Topic for CameraPath {
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        self.0.hear(payload, told(now), out)
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        self.0.look(told(now), out);
    }
}

/// The flight under way, in whole seconds; nothing while there is none.
fn told(now: &Now) -> Option<Json> {
    let flight = now.snapshot.navigation.as_ref()?.flight.as_ref()?;
    let left_s = (flight.duration_s - flight.at_s).round().max(0.0) as i64;
    Some(json!({ "target": flight.to, "remainingTime": left_s, "isPaused": false }))
}
