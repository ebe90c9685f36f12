//! The topics: what each hears, and what it tells when the state has changed. One file each. They know
//! no sockets; what is to be done leaves them as commands.

mod actions_keybinds;
mod ask;
mod camera;
mod camera_path;
mod documentation;
mod engine_mode;
mod error_log;
mod event;
mod flight_controller;
mod property_tree;
mod session_recording;
mod subscription;
mod time;
mod version;

use serde_json::Value as Json;
use skyreel_core::command::Command;
use skyreel_core::nearest::nearest;
use skyreel_core::snapshot::Snapshot;

use super::message::{Complaint, Dialect, Payload, no_fit, text};
pub(super) use ask::{Answer, Ask};

/// All sorts of topics, besides `apiHandshake` and `authorize`, which are about the client itself.
pub const NAMES: [&str; 17] = [
    "actionsKeybinds",
    "camera",
    "cameraPath",
    "documentation",
    "engineMode",
    "errorLog",
    "event",
    "flightcontroller",
    "get",
    "luascript",
    "propertyTree",
    "sessionRecording",
    "set",
    "subscribe",
    "time",
    "trigger",
    "version",
];

/// What topics go by.
pub(super) struct Now<'a> {
    /// The state.
    pub(super) snapshot: &'a Snapshot,
    /// How the client expects answers to look.
    pub(super) dialect: Dialect,
    /// The program's version.
    pub(super) version: &'a str,
}

/// What comes of a topic.
#[derive(Default)]
pub(super) struct Out {
    /// What the client is told, in order.
    pub(super) told: Vec<Json>,
    /// What is to be done, where the client is told only what was not.
    pub(super) commands: Vec<Command>,
}

/// Whether a topic goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// It does.
    On,
    /// It is over.
    Over,
}

/// A topic that goes on until it is ended.
pub(super) trait Topic: Send {
    /// Takes what the client says about it, the first time and later.
    fn hear(&mut self, payload: &Payload, now: &Now, out: &mut Out) -> Result<Goes, Complaint>;

    /// Looks at a state that is new.
    fn look(&mut self, now: &Now, out: &mut Out);

    /// The client has gone, or has ended it.
    fn end(&mut self, _: &mut Out) {}
}

/// What a first message begins.
pub(super) enum Begun {
    /// Nothing that goes on.
    Over,
    /// A topic.
    Topic(Box<dyn Topic>),
    /// A command whose outcome is the answer.
    Ask(Ask),
}

/// Begins a topic.
pub(super) fn begin(
    kind: &str,
    payload: &Payload,
    now: &Now,
    out: &mut Out,
) -> Result<Begun, Complaint> {
    let mut topic: Box<dyn Topic> = match kind {
        "version" => return over(out, version::told(now)),
        "documentation" => return over(out, documentation::told(payload, now)?),
        "actionsKeybinds" => return over(out, actions_keybinds::told(payload)?),
        "get" => return ask::get(payload, now, out),
        "set" => return ask::set(payload),
        "trigger" => return ask::trigger(payload, now),
        "luascript" => return ask::script(payload),
        "camera" => Box::<camera::Camera>::default(),
        "cameraPath" => Box::<camera_path::CameraPath>::default(),
        "engineMode" => Box::<engine_mode::EngineMode>::default(),
        "errorLog" => Box::<error_log::ErrorLog>::default(),
        "event" => Box::<event::Events>::default(),
        "flightcontroller" => Box::<flight_controller::FlightController>::default(),
        "propertyTree" => Box::<property_tree::PropertyTree>::default(),
        "sessionRecording" => Box::<session_recording::SessionRecording>::default(),
        "subscribe" => Box::<subscription::Subscription>::default(),
        "time" => Box::<time::Time>::default(),
        _ => {
            let nearest = nearest(NAMES.into_iter(), kind);
            return Err(Complaint::Topic { found: kind.to_owned(), nearest });
        }
    };
    Ok(match topic.hear(payload, now, out)? {
        Goes::On => Begun::Topic(topic),
        Goes::Over => Begun::Over,
    })
}

fn over(out: &mut Out, told: Json) -> Result<Begun, Complaint> {
    out.told.push(told);
    Ok(Begun::Over)
}

/// What is to become of a subscription.
enum Wish {
    /// To be told from now on.
    Start,
    /// To be told once, now.
    Refresh,
    /// To be told no more.
    Stop,
}

/// What a payload's `event` wishes.
fn wish(payload: &Payload) -> Result<Wish, Complaint> {
    match text(payload, "event")? {
        "start_subscription" => Ok(Wish::Start),
        "stop_subscription" => Ok(Wish::Stop),
        "refresh" => Ok(Wish::Refresh),
        _ => {
            let expected = "start_subscription, stop_subscription or refresh";
            Err(no_fit("event", expected, payload.get("event")))
        }
    }
}

/// Tells something whenever it differs from what was told last.
#[derive(Default)]
struct Changing {
    is_on: bool,
    last: Option<Json>,
}

impl Changing {
    /// Does what is wished; what there is now is told, where it is wanted and there is something.
    fn hear(
        &mut self,
        payload: &Payload,
        now: Option<Json>,
        out: &mut Out,
    ) -> Result<Goes, Complaint> {
        match wish(payload)? {
            Wish::Stop => return Ok(Goes::Over),
            Wish::Start => self.is_on = true,
            Wish::Refresh => {}
        }
        self.last.clone_from(&now);
        out.told.extend(now);
        Ok(if self.is_on { Goes::On } else { Goes::Over })
    }

    fn look(&mut self, now: Option<Json>, out: &mut Out) {
        if now != self.last {
            self.last.clone_from(&now);
            out.told.extend(now);
        }
    }
}
