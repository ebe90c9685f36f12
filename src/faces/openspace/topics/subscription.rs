//! `subscribe`: what a property holds, now and whenever that changes.

use serde_json::json;
use skyreel_core::value::Value;

use super::super::message::{Complaint, Dialect, Payload, no_fit, text};
use super::super::property::{meta_data, old_property, unknown, value, value_json};
use super::{Goes, Now, Out, Topic, Wish, wish};

#[derive(Default)]
pub(super) struct Subscription {
    path: String,
    last: Option<Value>,
}

impl Topic for Subscription {
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint> {
        match wish(payload)? {
            Wish::Stop => return Ok(Goes::Over),
            Wish::Start => {}
            Wish::Refresh => {
                let expected = "start_subscription or stop_subscription";
                return Err(no_fit("event", expected, payload.get("event")));
            }
        }
        // OpenSpace 0.22 calls it uri, older ones property.
        let name = if payload.contains_key("uri") { "uri" } else { "property" };
        self.path = text(payload, name)?.to_owned();
        let value = value(now.snapshot, &self.path);
        let value = value.ok_or_else(|| unknown(now.snapshot, &self.path))?;
        if now.dialect == Dialect::New {
            let meta_data = meta_data(&now.snapshot.scene, &self.path, &value_json(&value));
            out.told.push(json!({ "type": "metaData", "metaData": meta_data }));
        }
        self.tell(now, &value, out);
        self.last = Some(value);
        Ok(Goes::On)
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        if let Some(value) =
            value(now.snapshot, &self.path).filter(|v| self.last.as_ref() != Some(v))
        {
            self.tell(now, &value, out);
            self.last = Some(value);
        }
    }
}

impl Subscription {
    fn tell(&self, now: &Now, value: &Value, out: &mut Out) {
        let value = value_json(value);
        out.told.push(match now.dialect {
            Dialect::New => json!({ "type": "value", "value": value }),
            Dialect::Old => old_property(&now.snapshot.scene, &self.path, &value),
        });
    }
}
