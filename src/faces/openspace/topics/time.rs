//! `time`: the scene's clock. All of it at first and when its rate or pause changes, else the date alone.

use serde_json::{Value as Json, json};
use skyreel_core::clock::RATE_STEPS;
use skyreel_core::snapshot::ClockView;

use super::super::message::{Complaint, Payload};
use super::{Goes, Now, Out, Topic, Wish, wish};

#[derive(Default)]
pub(super) struct Time {
    is_on: bool,
    last: ClockView,
}

impl Topic for Time {
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        match wish(payload)? {
            Wish::Stop => return Ok(Goes::Over),
            Wish::Start => self.is_on = true,
            Wish::Refresh => {}
        }
        self.last = now.snapshot.clock.clone();
        let mut all = whole(&self.last);
        all["deltaTimeSteps"] = json!(steps());
        out.told.push(all);
        Ok(if self.is_on { Goes::On } else { Goes::Over })
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        let clock = &now.snapshot.clock;
        if (clock.rate, clock.paused) != (self.last.rate, self.last.paused) {
            out.told.push(whole(clock));
        } else if clock.sim_time != self.last.sim_time {
            out.told.push(json!({ "time": date(clock) }));
        }
        self.last.clone_from(clock);
    }
}

/// The date as OpenSpace writes it: UTC, without saying so.
fn date(clock: &ClockView) -> String {
    clock.sim_time.to_utc_iso().trim_end_matches('Z').to_owned()
}

/// The rates to step through, in rising order.
fn steps() -> Vec<f64> {
    let backwards = RATE_STEPS.iter().rev().map(|rate| -rate);
    backwards.chain(RATE_STEPS).collect()
}

fn whole(clock: &ClockView) -> Json {
    let steps = steps();
    let next = steps.iter().find(|rate| **rate > clock.rate);
    let previous = steps.iter().rev().find(|rate| **rate < clock.rate);
    let mut whole = json!({
        "time": date(clock),
        "deltaTime": if clock.paused { 0.0 } else { clock.rate },
        "targetDeltaTime": clock.rate,
        "isPaused": clock.paused,
        "hasNextStep": next.is_some(),
        "hasPrevStep": previous.is_some(),
    });
    if let Some(next) = next {
        whole["nextStep"] = json!(next);
    }
    if let Some(previous) = previous {
        whole["prevStep"] = json!(previous);
    }
    whole
}
