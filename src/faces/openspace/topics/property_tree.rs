//! `propertyTree`: every property that changes, as it does.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use skyreel_core::property_set::PropertySet;

use super::super::message::{Complaint, Payload, no_fit};
use super::super::property::{ANCHOR, value_json};
use super::{Goes, Now, Out, Topic, Wish, wish};

#[derive(Default)]
pub(super) struct PropertyTree {
    last: Arc<PropertySet>,
    focus: Option<String>,
}

impl Topic for PropertyTree {
    fn hear(&mut self, payload: &Payload, now: &Now, _: &mut Out) -> Result<Goes, Complaint> {
        match wish(payload)? {
            Wish::Start => {
                self.last = Arc::clone(&now.snapshot.properties);
                self.focus = focus(now);
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
        if !Arc::ptr_eq(&self.last, properties) {
            let changed = properties
                .iter()
                .filter(|(path, value)| ***path != *ANCHOR && self.last.get(path) != Some(value));
            out.told.extend(changed.map(|(path, value)| told(path, &value_json(value))));
            self.last = Arc::clone(properties);
        }
        let focus = focus(now);
        if focus != self.focus {
            out.told.extend(focus.as_ref().map(|focus| told(ANCHOR, &json!(focus))));
            self.focus = focus;
        }
    }
}

fn focus(now: &Now) -> Option<String> {
    now.snapshot.navigation.as_ref().map(|view| view.focus.clone())
}

/// By both names that OpenSpace's versions have for the path.
fn told(path: &str, value: &Json) -> Json {
    json!({ "type": "value", "uri": path, "property": path, "value": value })
}
