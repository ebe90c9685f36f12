//! `propertyTree`: every property that changes, as it does.

use std::sync::Arc;

use serde_json::json;
use skyreel_core::property_set::PropertySet;

use super::super::message::{Complaint, Payload, no_fit};
use super::super::property::value_json;
use super::{Goes, Now, Out, Topic, Wish, wish};

#[derive(Default)]
pub(super) struct PropertyTree(Arc<PropertySet>);

impl Topic for PropertyTree {
    fn hear(&mut self, payload: &Payload, now: &Now, _: &mut Out) -> Result<Goes, Complaint> {
        match wish(payload)? {
            Wish::Start => {
                self.0 = Arc::clone(&now.snapshot.properties);
                Ok(Goes::On)
            }
            Wish::Stop => Ok(Goes::Over),
            Wish::Refresh => {
                let expected = "start_subscription or stop_subscription";
                Err(no_fit("event", expected, payload.get("event")))
            }
        }
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        let properties = &now.snapshot.properties;
        if Arc::ptr_eq(&self.0, properties) {
            return;
        }
        for (path, value) in properties.iter() {
            if self.0.get(path) != Some(value) {
                let value = value_json(value);
                // By both names that OpenSpace's versions have for it.
                let told =
                    json!({ "type": "value", "uri": path, "property": path, "value": value });
                out.told.push(told);
            }
        }
        self.0 = Arc::clone(properties);
    }
}
