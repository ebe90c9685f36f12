//! `event`: what happens in the session, by OpenSpace's names.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use skyreel_core::happened::{Event, NAMES, Seen, between};
use skyreel_core::nearest::nearest;

use super::super::message::{Complaint, Payload, no_fit};
use super::{Goes, Now, Out, Topic, Wish, wish};

#[derive(Default)]
pub(super) struct Events {
    wanted: BTreeSet<&'static str>,
    seen: Option<Seen>,
}

impl Topic for Events {
    fn hear(&mut self, payload: &Payload, now: &Now, _: &mut Out) -> Result<Goes, Complaint> {
        let wish = wish(payload)?;
        let named = named(payload);
        match wish {
            Wish::Start => {
                self.wanted.extend(named?);
                self.seen.get_or_insert_with(|| seen(now));
            }
            Wish::Refresh => {
                return Err(no_fit(
                    "event",
                    "start_subscription or stop_subscription",
                    payload.get("event"),
                ));
            }
            // Without a name it is about all of them.
            Wish::Stop if !payload.contains_key("eventType") => self.wanted.clear(),
            Wish::Stop => {
                for name in named? {
                    self.wanted.remove(name);
                }
            }
        }
        Ok(if self.wanted.is_empty() { Goes::Over } else { Goes::On })
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        let now = seen(now);
        if let Some(before) = self.seen.replace(now.clone()) {
            let happened = between(&before, &now).into_iter();
            out.told.extend(happened.filter(|event| self.wanted.contains(event.name)).map(told));
        }
    }
}

fn seen(now: &Now) -> Seen {
    let snapshot = now.snapshot;
    Seen::new(&snapshot.mode, snapshot.clock.clone(), snapshot.navigation.as_ref())
}

/// The events that `eventType` names: one, a list, or all.
fn named(payload: &Payload) -> Result<Vec<&'static str>, Complaint> {
    let expected = "the name of an event, a list of them, or *";
    let given = payload.get("eventType");
    let wrong = || no_fit("eventType", expected, given);
    let one = |name: &str| {
        NAMES.into_iter().find(|known| *known == name).ok_or_else(|| Complaint::Unknown {
            what: "event",
            found: name.to_owned(),
            nearest: nearest(NAMES.into_iter(), name),
        })
    };
    match given {
        Some(Json::String(name)) if name == "*" || name == "all" => Ok(NAMES.into()),
        Some(Json::String(name)) => Ok(vec![one(name)?]),
        Some(Json::Array(names)) => {
            names.iter().map(|name| one(name.as_str().ok_or_else(wrong)?)).collect()
        }
        _ => Err(wrong()),
    }
}

/// What comes with it stands there by both spellings of its names: OpenSpace's versions differ in the
/// case of the first letter.
fn told(event: Event) -> Json {
    let mut told = json!({ "event": event.name });
    for (name, value) in event.told {
        let mut letters = name.chars();
        let small: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_lowercase)
            .chain(letters.clone())
            .collect();
        told[small] = json!(value);
        told[name] = json!(value);
    }
    told
}
