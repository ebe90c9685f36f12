//! What is answered to questions about a journey.

use serde_json::{Value as Json, json};

use crate::frame::FramePose;
use crate::outcome::Refusal;
use crate::pose::{NodeName, to_wxyz};
use crate::recording::Recording;
use crate::resolve::resolve_pose;
use crate::time::SessionTime;
use crate::wording::Surroundings;

use super::document::Journey;
use super::key::{Content, Key};
use super::travel::Way;

/// All keys, in order of time.
pub(super) fn keys(journey: &Journey, recording: &Recording) -> Json {
    journey.keys().iter().map(|key| one(journey, recording, key)).collect()
}

fn one(journey: &Journey, recording: &Recording, key: &Key) -> Json {
    let mut answer = json!({
        "key": key.id,
        "at_s": key.at.as_secs(),
        "name": &*key.name,
        "pace": key.pace(),
        "kind": key.lane().name(),
    });
    let own = match &key.content {
        Content::Camera { pose, sim_time_s, .. } => {
            let of_clock = || journey.clock().sim_time_s(key.at, &recording.clock);
            json!({
                "anchor": pose.anchor,
                "position_m": pose.position_m,
                "rotation_wxyz": pose.rotation_wxyz,
                "follow": pose.follow_rotation,
                "sim_time_s": sim_time_s.unwrap_or_else(of_clock),
            })
        }
        Content::Property { target, value, over, easing } => json!({
            "path": target.as_str(),
            "value": value,
            "over_s": over.as_secs(),
            "easing": easing,
        }),
        Content::Script { code, .. } => json!({ "code": &**code }),
    };
    if let (Json::Object(all), Json::Object(own)) = (&mut answer, own) {
        all.extend(own);
    }
    answer
}

/// Where the camera is at a moment: on its way between two nodes, from the one that it leaves, in the
/// world's axes.
pub(super) fn pose_at(
    recording: &Recording,
    view: &str,
    at: SessionTime,
    scene: &dyn Surroundings,
) -> Result<Json, Refusal> {
    let none = || Refusal::Other("the journey has no key of the camera".to_owned());
    let way = Way::new(recording, view, scene).ok_or_else(none)?;
    let pose = way.pose(at).ok_or_else(none)?;
    let (anchor, follow, position_m, rotation) = match &pose {
        FramePose::One(pose) => {
            (pose.anchor.clone(), pose.follow_rotation, pose.position_m, pose.rotation)
        }
        FramePose::Two { .. } => {
            let missing = |node: NodeName| Refusal::Unknown {
                what: "node",
                found: node.to_string(),
                nearest: None,
            };
            let camera = resolve_pose(&pose, &way.nodes_at(at)).map_err(missing)?;
            (camera.anchor, false, camera.offset_m, camera.rotation)
        }
    };
    Ok(json!({
        "at_s": at.as_secs(),
        "anchor": anchor,
        "position_m": position_m.to_array(),
        "rotation_wxyz": to_wxyz(rotation),
        "follow": follow,
        "sim_time_s": recording.clock.sample(at).sim_time,
    }))
}
