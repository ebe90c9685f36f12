//! What faces show of a journey, made anew when it has changed.

use glam::DVec3;

use crate::recording::Recording;
use crate::snapshot::{KeyOf, KeyView, KeyWarning};
use crate::wording::Surroundings;

use super::document::Journey;
use super::key::{Content, Key};
use super::travel::Way;
use super::warn;

/// So many speeds are shown.
const SPEEDS: usize = 256;

/// What is known of a journey.
#[derive(Debug)]
pub(super) struct Insight {
    pub keys: Vec<KeyView>,
    pub warnings: Vec<KeyWarning>,
    pub speeds: Vec<f32>,
}

impl Insight {
    pub fn of(journey: &Journey, recording: &Recording, scene: &dyn Surroundings) -> Self {
        let keys = journey.keys().iter().map(|key| shown(key)).collect();
        let way = Way::new(recording, journey.view_name(), scene);
        let (warnings, speeds) = way.map_or_else(Default::default, |way| {
            (warn::globes(journey, &way, scene), way.speeds(SPEEDS))
        });
        Self { keys, warnings, speeds }
    }
}

fn shown(key: &Key) -> KeyView {
    let of = match &key.content {
        Content::Camera { pose, .. } => KeyOf::Camera {
            anchor: pose.anchor.to_string(),
            distance_m: DVec3::from_array(pose.position_m).length(),
        },
        Content::Property { target, value, over, .. } => {
            KeyOf::Property { path: target.as_str().to_owned(), value: value.clone(), over: *over }
        }
        Content::Script { code, .. } => KeyOf::Script { code: code.to_string() },
    };
    KeyView { key: key.id, at: key.at, name: key.name.to_string(), pace: key.pace(), of }
}
