//! `openspace.keyframeRecording`: the journey that is being made. Its keys have numbers of their own;
//! OpenSpace counts them from 0 in order of time.

use mlua::{Lua, Table};
use serde::Deserialize;
use skyreel_core::command::{JourneyCommand, PlayCommand};
use skyreel_core::journey::KeyId;
use skyreel_core::value::Value;

use super::args::Args;
use super::library::Library;
use super::live::Live;
use super::names::{ending_of, stem_of};
use super::recording::recording;
use crate::value::to_lua;

/// A key, as `journey.keys` answers it.
#[derive(Debug, Deserialize)]
struct Key {
    key: KeyId,
    at_s: f64,
    #[serde(flatten)]
    of: Of,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Of {
    Camera {
        anchor: String,
        position_m: [f64; 3],
        rotation_wxyz: [f64; 4],
        #[serde(default)]
        follow: bool,
        #[serde(default)]
        sim_time_s: Option<f64>,
    },
    Property {
        path: String,
        value: Value,
        #[serde(default)]
        over_s: Option<f64>,
    },
    Script {
        code: String,
    },
}

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    fill_keys(library)?;
    fill_whole(library)?;
    fill_playing(library)
}

fn fill_keys(library: &mut Library) -> mlua::Result<()> {
    for name in ["addCameraKeyframe", "addKeyframe"] {
        let usage = format!("{name}(seconds)");
        library.add(&usage, "Add a key where the camera is now.", |_, live, args| {
            let at_s = Some(args.number(0, "its moment")?);
            live.obey(JourneyCommand::AddKey { at_s, name: None }).map(drop)
        })?;
    }
    library.add("addScriptKeyframe(seconds, script)", "Add a script.", |_, live, args| {
        let at_s = Some(args.number(0, "its moment")?);
        let code = args.code(1, "the script")?;
        live.obey(JourneyCommand::AddScript { code, at_s }).map(drop)
    })?;
    library.add("removeKeyframe(index)", "Take a key away.", |_, live, args| {
        let keys = vec![key(live, &args)?.key];
        live.obey(JourneyCommand::Remove { keys }).map(drop)
    })?;
    library.add(
        "updateKeyframe(index)",
        "Give a key what is there now: the camera's place, or the property's value.",
        |_, live, args| {
            let key = key(live, &args)?.key;
            live.obey(JourneyCommand::Update { key }).map(drop)
        },
    )?;
    library.add(
        "moveKeyframe(index, seconds)",
        "Put a key at another moment.",
        |_, live, args| {
            let to_s = args.number(1, "its moment")?;
            let Key { key, at_s, .. } = key(live, &args)?;
            live.obey(JourneyCommand::Move { keys: vec![key], by_s: to_s - at_s }).map(drop)
        },
    )?;
    library.add("hasKeyframeRecording()", "Whether there are keys.", |_, live, _| {
        Ok(!keys(live)?.is_empty())
    })?;
    library.add(
        "keyframes()",
        "All keys by time: {Timestamp, SimulationTime, Camera, Script or Property}.",
        |lua, live, _| {
            let keys = keys(live)?;
            keys.iter().map(|key| table(lua, key)).collect::<mlua::Result<Vec<Table>>>()
        },
    )
}

fn fill_whole(library: &mut Library) -> mlua::Result<()> {
    library.add("newSequence()", "Begin an empty journey.", |_, live, _| {
        live.obey(JourneyCommand::New {}).map(drop)
    })?;
    library.add(
        "saveSequence([file])",
        "Keep the journey: as .ron, or for OpenSpace where the file ends in .osrec or .osrectxt.",
        |_, live, args| {
            let file = args.maybe_text(0, "the file")?;
            let stem = file.as_deref().map(|file| stem_of(file).to_owned());
            match file.as_deref().map(ending_of).as_deref() {
                Some(ending @ ("osrec" | "osrectxt" | "skyreel")) => {
                    let name = format!("{}.{ending}", stem.unwrap_or_default());
                    live.obey(JourneyCommand::Export { name }).map(drop)
                }
                _ => live.obey(JourneyCommand::Save { name: stem, overwrite: None }).map(drop),
            }
        },
    )?;
    library.add("loadSequence(file)", "Make a journey of a recording.", |_, live, args| {
        let recording = recording(live, &args.text(0, "the file")?)?;
        live.obey(JourneyCommand::Open { recording }).map(drop)
    })
}

fn fill_playing(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "play([seconds])",
        "Play the journey, from its start if not said.",
        |_, live, args| {
            let from_s = Some(args.maybe_number(0, "the moment")?.unwrap_or(0.0));
            live.obey(JourneyCommand::Play { from_s, to_s: None, at_end: None }).map(drop)
        },
    )?;
    library.add("pause()", "Let playback stand still.", |_, live, _| {
        live.obey(PlayCommand::Pause {}).map(drop)
    })?;
    library.add("resume()", "Let playback go on.", |_, live, _| {
        live.obey(PlayCommand::Resume {}).map(drop)
    })?;
    library.add("setTime(seconds)", "Show the journey at a moment.", |_, live, args| {
        let at_s = args.number(0, "the moment")?;
        live.obey(JourneyCommand::Seek { at_s }).map(drop)
    })?;
    library.add("jumpToKeyframe(index)", "Show the journey at a key.", |_, live, args| {
        let at_s = key(live, &args)?.at_s;
        live.obey(JourneyCommand::Seek { at_s }).map(drop)
    })
}

fn keys(live: &Live) -> mlua::Result<Vec<Key>> {
    let answer = live.obey(JourneyCommand::Keys {})?;
    serde_json::from_value(answer).map_err(mlua::Error::external)
}

/// The key at the index that comes first.
fn key(live: &Live, args: &Args) -> mlua::Result<Key> {
    let index = args.number(0, "the key's index")?;
    let mut keys = keys(live)?;
    let count = keys.len();
    // Casting keeps what is negative at zero.
    let is_one = index >= 0.0 && index.fract() == 0.0 && index < count as f64;
    match count {
        _ if is_one => Ok(keys.swap_remove(index as usize)),
        0 => Err(args.error("the journey has no keys")),
        _ => Err(args.error(format!("a key's index is 0 to {}, not {index}", count - 1))),
    }
}

fn table(lua: &Lua, key: &Key) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    table.set("Timestamp", key.at_s)?;
    match &key.of {
        Of::Camera { anchor, position_m, rotation_wxyz, follow, sim_time_s } => {
            table.set("SimulationTime", *sim_time_s)?;
            let camera = lua.create_table()?;
            camera.set("Position", lua.create_sequence_from(*position_m)?)?;
            camera.set("Rotation", lua.create_sequence_from(*rotation_wxyz)?)?;
            camera.set("FocusNode", anchor.as_str())?;
            camera.set("Scale", 1.0)?;
            camera.set("FollowFocusNode", *follow)?;
            table.set("Camera", camera)?;
        }
        Of::Script { code } => table.set("Script", code.as_str())?,
        Of::Property { path, value, over_s } => {
            let property = lua.create_table()?;
            property.set("Path", path.as_str())?;
            property.set("Value", to_lua(lua, value)?)?;
            property.set("Duration", over_s.unwrap_or(0.0))?;
            table.set("Property", property)?;
        }
    }
    Ok(table)
}
