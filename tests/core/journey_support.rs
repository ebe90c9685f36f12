//! An editor in a small sky, for the promises of journeys.

use glam::{DQuat, DVec3};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use skyreel_core::clock_track::ClockSample;
use skyreel_core::command::{Command, JourneyCommand};
use skyreel_core::globe::{direction_of, known_radii_m};
use skyreel_core::journey::{Editor, Present};
use skyreel_core::outcome::Refusal;
use skyreel_core::pose::{CameraPose, NodeName, to_wxyz};
use skyreel_core::resolve::WorldFromNode;
use skyreel_core::time::SimTime;
use skyreel_core::value::Value;
use skyreel_core::wording::Surroundings;

/// The Earth in the middle, the Moon beside it.
pub struct Sky;

pub const MOON_M: DVec3 = DVec3::new(3.844e8, 0.0, 2e7);

impl Surroundings for Sky {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        known_radii_m(node)
    }

    fn world_from_node(&self, node: &str, _: SimTime) -> Option<WorldFromNode> {
        let position_m = match node {
            "Earth" => DVec3::ZERO,
            "Moon" => MOON_M,
            _ => return None,
        };
        Some(WorldFromNode { position_m, rotation: DQuat::IDENTITY })
    }
}

/// Above a place of the Earth, looking down.
pub fn above(latitude_deg: f64, longitude_deg: f64, distance_m: f64) -> CameraPose {
    let position_m = direction_of(latitude_deg, longitude_deg) * distance_m;
    let down = skyreel_core::globe::looking(-position_m, DVec3::Z).unwrap();
    CameraPose {
        anchor: NodeName::new("Earth"),
        follow_rotation: true,
        position_m: position_m.to_array(),
        rotation_wxyz: to_wxyz(down),
        scale: 1.0,
    }
}

pub fn date(text: &str) -> SimTime {
    text.parse().unwrap()
}

fn held(path: &str) -> Option<Value> {
    (path == "Scene.Earth.Renderable.Fade").then_some(Value::Number(0.5))
}

/// Obeys a command with the camera at a place.
pub fn obey_at(
    editor: &mut Editor,
    camera: Option<CameraPose>,
    command: &JourneyCommand,
) -> Result<Json, Refusal> {
    present(camera, |now| editor.obey(command, now))
}

/// Asks with the camera at a place.
pub fn present<R>(camera: Option<CameraPose>, ask: impl FnOnce(&Present<'_>) -> R) -> R {
    let sim_time = date("2026-03-20T07:40:00");
    let now = Present {
        camera,
        clock: ClockSample { sim_time, rate: 10.0, paused: false },
        real_time: date("2026-11-20T15:00:00"),
        property: &held,
        scene: &Sky,
    };
    ask(&now)
}

/// A command by its words: `say(&mut editor, "move", json!({"keys": [1], "by_s": 2}))`.
pub fn say(editor: &mut Editor, call: &str, arguments: Json) -> Result<Json, Refusal> {
    let Json::Object(arguments) = arguments else { panic!("{arguments}") };
    match Command::from_words(&format!("journey.{call}"), arguments) {
        Ok(Command::Journey(command)) => obey_at(editor, Some(above(10.0, 20.0, 2e7)), &command),
        other => panic!("{other:?}"),
    }
}

/// A new journey with camera keys at moments.
pub fn with_keys(keys: impl IntoIterator<Item = (f64, CameraPose)>) -> Editor {
    let mut editor = Editor::default();
    obey_at(&mut editor, None, &JourneyCommand::New {}).unwrap();
    for (at_s, pose) in keys {
        let add = JourneyCommand::AddKey { at_s: Some(at_s), name: None };
        obey_at(&mut editor, Some(pose), &add).unwrap();
    }
    editor
}

/// The same arguments for keys that there are.
pub fn aimed(editor: &Editor, mut arguments: Json) -> Json {
    let keys = editor.journey().keys();
    let aim = |number: &mut Json| {
        let index = number.as_u64().unwrap() as usize % keys.len().max(1);
        *number = json!(keys.get(index).map_or(0, |key| key.id.0));
    };
    arguments.get_mut("key").into_iter().for_each(aim);
    if let Some(Json::Array(numbers)) = arguments.get_mut("keys") {
        numbers.iter_mut().for_each(aim);
    }
    arguments
}

/// What can be said to an editor whose keys have small numbers; some of it is refused.
pub fn any_edit() -> impl Strategy<Value = (&'static str, Json)> {
    let key = 1..40_u32;
    let keys = vec(1..40_u32, 1..4);
    let at = (0..60_000_i64).prop_map(|ms| ms as f64 / 1e3);
    let by = (-5_000..8_000_i64).prop_map(|ms| ms as f64 / 1e3);
    let place = || proptest::sample::select(vec![-3e8, -1e7, -7e6, 0.0, 1.0, 7e6, 9e6, 4e8]);
    let turn = || -1.0..1.0_f64;
    let pace = proptest::sample::select(vec!["linear", "in", "out", "in_out", "hold"]);
    let path =
        proptest::sample::select(vec!["Scene.Earth.Renderable.Fade", "{trail}.Fade", "*.On"]);
    let anchor = proptest::sample::select(vec!["Earth", "Moon", "Nowhere"]);
    prop_oneof![
        4 => at.clone().prop_map(|at| ("add_key", json!({"at_s": at}))),
        3 => (key.clone(), anchor, [place(), place(), place()], [turn(), turn(), turn(), turn()], any::<bool>())
            .prop_map(|(key, anchor, p, r, follow)| ("pose", json!({
                "key": key, "anchor": anchor, "position_m": p, "rotation_wxyz": r, "follow": follow,
            }))),
        1 => (path, at.clone(), 0..3).prop_map(|(path, at, over)| ("add_property", json!({
            "path": path, "at_s": at, "value": 0.25, "over_s": over,
        }))),
        1 => at.prop_map(|at| ("add_script", json!({"code": "print(1)", "at_s": at}))),
        1 => key.clone().prop_map(|key| ("update", json!({"key": key}))),
        1 => key.clone().prop_map(|key| ("value", json!({"key": key, "value": true}))),
        1 => key.clone().prop_map(|key| ("code", json!({"key": key, "code": "print(2)"}))),
        3 => (keys.clone(), by.clone()).prop_map(|(keys, by)| ("move", json!({"keys": keys, "by_s": by}))),
        1 => (keys.clone(), by).prop_map(|(keys, by)| ("duplicate", json!({"keys": keys, "by_s": by}))),
        2 => keys.clone().prop_map(|keys| ("remove", json!({"keys": keys}))),
        1 => (key, "[a-z \"\u{e9}]{0,6}").prop_map(|(key, name)| ("name", json!({"key": key, "name": name}))),
        2 => (keys.clone(), pace).prop_map(|(keys, pace)| ("ease", json!({"keys": keys, "pace": pace}))),
        1 => (keys, -400.0..400.0_f64).prop_map(|(keys, by)| ("roll", json!({"keys": keys, "by_deg": by}))),
        1 => Just(("date", json!({"date": "2027-01-01T00:00:00", "rate": -3}))),
    ]
}
