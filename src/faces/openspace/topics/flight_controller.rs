//! `flightcontroller`: a touch screen flies the camera. What it pushes holds until it pushes otherwise or
//! goes.

use serde_json::Value as Json;
use skyreel_core::command::{Command, NavigateCommand};

use super::super::message::{Complaint, Payload, no_fit, text};
use super::{Goes, Now, Out, Topic};

/// The axes there are.
const AXES: [&str; 10] = [
    "orbitX",
    "orbitY",
    "zoomIn",
    "zoomOut",
    "localRollX",
    "localRollY",
    "globalRollX",
    "globalRollY",
    "panX",
    "panY",
];

/// The farthest that the camera is pushed, shares of a held key.
const FARTHEST: f64 = 10.0;

/// How long a push holds, seconds.
const LONGEST_S: f64 = 600.0;

#[derive(Default)]
pub(super) struct FlightController {
    /// By the order of [`AXES`].
    pushed: [f64; AXES.len()],
}

impl Topic for FlightController {
    fn hear(&mut self, payload: &Payload, _: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        // OpenSpace 0.22 calls it event, older ones type.
        let name = if payload.contains_key("event") { "event" } else { "type" };
        match text(payload, name)? {
            "connect" => Ok(Goes::On),
            "disconnect" => Ok(Goes::Over),
            "inputState" => {
                let pushed = pushed(payload)?;
                if pushed != self.pushed {
                    self.pushed = pushed;
                    out.commands.push(self.command());
                }
                Ok(Goes::On)
            }
            _ => Err(no_fit(name, "connect, inputState or disconnect", payload.get(name))),
        }
    }

    fn look(&mut self, _: &Now, _: &mut Out) {}

    fn end(&mut self, out: &mut Out) {
        if std::mem::take(&mut self.pushed) != [0.0; AXES.len()] {
            out.commands.push(self.command());
        }
    }
}

/// What `inputState` says of the axes; those that it does not name are let go.
fn pushed(payload: &Payload) -> Result<[f64; AXES.len()], Complaint> {
    let state = payload.get("inputState");
    let wrong = |found| no_fit("inputState", "numbers by names of axes", found);
    let axes = state.and_then(Json::as_object).ok_or_else(|| wrong(state))?;
    // There are clients that wrap it once more.
    let axes = axes.get("values").and_then(Json::as_object).unwrap_or(axes);
    let mut pushed = [0.0; AXES.len()];
    for (name, value) in axes {
        let place = AXES.iter().position(|axis| axis == name);
        let place = place
            .ok_or_else(|| no_fit("an axis", &AXES.join(", "), Some(&name.as_str().into())))?;
        let value = value.as_f64().ok_or_else(|| wrong(Some(value)))?;
        pushed[place] = value.clamp(-FARTHEST, FARTHEST);
    }
    Ok(pushed)
}

impl FlightController {
    fn command(&self) -> Command {
        let [
            orbit_x,
            orbit_y,
            zoom_in,
            zoom_out,
            roll_x,
            roll_y,
            heading_x,
            heading_y,
            look_x,
            look_y,
        ] = self.pushed;
        let sum = |a: f64, b: f64| (a + b).clamp(-FARTHEST, FARTHEST);
        Command::Navigate(NavigateCommand::Steer {
            orbit: [orbit_x, orbit_y],
            zoom: sum(zoom_in, -zoom_out),
            pan: [0.0; 2],
            look: [look_x, look_y],
            heading: sum(heading_x, heading_y),
            roll: sum(roll_x, roll_y),
            // Until it says otherwise; one that is gone lets go at its end.
            for_s: Some(LONGEST_S),
        })
    }
}
