//! `openspace.navigation`: the focus, how far it is, and navigation states.

use glam::DVec3;
use mlua::{Lua, Table, Value as LuaValue};
use serde::Deserialize;
use skyreel_core::command::NavigateCommand;
use skyreel_core::pose::{to_wxyz, unit_rotation};
use skyreel_core::snapshot::Weight;
use skyreel_core::time::SimTime;

use super::args::{Args, number};
use super::library::Library;
use super::live::Live;
use super::navigation_state::{NavigationState, Pose};
use super::nodes::{known, radius_m};
use super::{flying, geo, time};
use crate::date::{iso, moment};

/// The frame of the world's axes.
const ROOT: &str = "Root";

/// Angles below this are not written, as in OpenSpace.
const LEAST_ANGLE_RAD: f64 = 1e-7;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    fill_focus(library)?;
    fill_states(library)?;
    flying::fill(library)?;
    geo::fill(library)
}

fn fill_focus(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "setFocus(node [, retarget [, resetVelocities]])",
        "Look at and turn round another node; the camera stays where it is.",
        |_, live, args| {
            let node = args.text(0, "the node")?;
            live.obey(NavigateCommand::Focus { node }).map(drop)
        },
    )?;
    library.add("retargetAnchor()", "Look at what is in focus.", |_, live, _| {
        let node = present(live)?.anchor;
        live.obey(NavigateCommand::Focus { node }).map(drop)
    })?;
    library.add("distanceToFocus()", "Metres to the centre of the focus.", |_, live, _| {
        Ok(present(live)?.position_m.length())
    })?;
    for name in ["distanceToFocusBoundingSphere", "distanceToFocusInteractionSphere"] {
        let usage = format!("{name}()");
        library.add(&usage, "Metres to the largest radius of the focus.", |_, live, _| {
            let pose = present(live)?;
            Ok(pose.position_m.length() - radius_m(&pose.anchor).unwrap_or(0.0))
        })?;
    }
    Ok(())
}

fn fill_states(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "getNavigationState([frame])",
        "Where the camera is: {Anchor, ReferenceFrame, Position, Up, Yaw, Pitch, Timestamp}.",
        |lua, live, args| {
            let pose = present(live)?;
            if let Some(frame) = args.maybe_text(0, "the frame")? {
                let own = if pose.follow { &pose.anchor } else { ROOT };
                let is_own = frame == *own || !pose.follow && is_world(&frame);
                if !is_own {
                    return Err(frame_error(&args, &frame, &pose.anchor));
                }
            }
            let sim_time = live.clock()?.sim_time;
            let state = NavigationState::of(&pose, Some(sim_time));
            let state = state.ok_or_else(|| in_the_centre(&args, &pose.anchor))?;
            table(lua, &state)
        },
    )?;
    library.add(
        "setNavigationState(state [, useTimeStamp])",
        "Be at a navigation state, and with true at its date.",
        set_state,
    )?;
    library.add(
        "jumpToNavigationState(state [, useTimeStamp [, fadeSeconds]])",
        "Be at a navigation state, and with true at its date.",
        set_state,
    )
}

fn set_state(_: &Lua, live: &Live, args: Args) -> mlua::Result<()> {
    let (pose, timestamp) = state(live, &args)?;
    let uses_time = args.on_or(1, "useTimeStamp", false)?;
    if let Some(time) = timestamp.filter(|_| uses_time) {
        time::set(live, time, Some(0.0))?;
    }
    be_at(live, pose, None)
}

/// Where the camera is.
pub(super) fn present(live: &Live) -> mlua::Result<Pose> {
    #[derive(Deserialize)]
    struct Answer {
        anchor: String,
        position_m: [f64; 3],
        rotation_wxyz: [f64; 4],
        follow: bool,
    }
    let answer = live.obey(NavigateCommand::Get {})?;
    let answer: Answer = serde_json::from_value(answer).map_err(mlua::Error::external)?;
    Ok(Pose {
        anchor: answer.anchor,
        position_m: DVec3::from_array(answer.position_m),
        rotation: unit_rotation(answer.rotation_wxyz),
        follow: answer.follow,
    })
}

/// Is at a pose, at once or by a flight.
pub(super) fn be_at(live: &Live, pose: Pose, over_s: Option<f64>) -> mlua::Result<()> {
    let Pose { anchor, position_m, rotation, follow } = pose;
    let (position_m, rotation_wxyz) = (position_m.to_array(), to_wxyz(rotation));
    live.obey(NavigateCommand::Pose { anchor, position_m, rotation_wxyz, follow, over_s }).map(drop)
}

/// The pose and the date of the state that is the first argument.
pub(super) fn state(live: &Live, args: &Args) -> mlua::Result<(Pose, Option<SimTime>)> {
    let table = args.table(0, "the navigation state")?;
    let read = |name: &str| table.raw_get::<LuaValue>(name);
    let text = |name: &str| match read(name)? {
        LuaValue::Nil => Ok(None),
        LuaValue::String(text) => Ok(Some(text.to_string_lossy())),
        other => Err(args.error(format!("{name} is a text, not a {}", other.type_name()))),
    };
    let anchor = text("Anchor")?.ok_or_else(|| args.error("the state has no Anchor"))?;
    let anchor = known(live, args, &anchor)?;
    let frame = text("ReferenceFrame")?.unwrap_or_else(|| anchor.clone());
    if frame != anchor && !is_world(&frame) {
        return Err(frame_error(args, &frame, &anchor));
    }
    if text("Aim")?.is_some_and(|aim| !aim.is_empty() && aim != anchor) {
        live.print(
            Weight::Warning,
            "a navigation state's Aim is left out: Skyreel has an anchor only",
        );
    }
    let position_m = vector(args, "Position", &read("Position")?)?
        .ok_or_else(|| args.error("the state has no Position"))?;
    let up = vector(args, "Up", &read("Up")?)?;
    let angle = |name: &str| match read(name)? {
        LuaValue::Nil => Ok(0.0),
        value => number(&value).ok_or_else(|| args.error(format!("{name} is a number of radians"))),
    };
    let (yaw_rad, pitch_rad) = (angle("Yaw")?, angle("Pitch")?);
    if up.is_none() && (yaw_rad != 0.0 || pitch_rad != 0.0) {
        let text = "a navigation state's Yaw and Pitch count only with its Up, as in OpenSpace";
        live.print(Weight::Warning, text);
    }
    let timestamp = match read("Timestamp")? {
        LuaValue::Nil => None,
        value => Some(moment(&value).ok_or_else(|| args.error("Timestamp is a date"))?),
    };
    let follow = frame == anchor;
    let state = NavigationState { anchor, follow, position_m, up, yaw_rad, pitch_rad, timestamp };
    let pose = state.pose().ok_or_else(|| in_the_centre(args, &state.anchor))?;
    Ok((pose, timestamp))
}

/// Whether a frame's axes are the world's: the scene's root, and barycenters, which do not turn.
fn is_world(frame: &str) -> bool {
    frame == ROOT || frame.ends_with("Barycenter")
}

fn frame_error(args: &Args, frame: &str, anchor: &str) -> mlua::Error {
    args.error(format!(
        "the reference frame '{frame}' is not supported; there are the anchor's own, '{anchor}', where \
         the camera turns with it, and the world's, '{ROOT}', where it does not"
    ))
}

fn in_the_centre(args: &Args, anchor: &str) -> mlua::Error {
    args.error(format!("the camera is in the centre of '{anchor}' and cannot look there"))
}

/// A list of three numbers, or `{x =, y =, z =}` as files have it.
fn vector(args: &Args, name: &str, value: &LuaValue) -> mlua::Result<Option<DVec3>> {
    let error = || args.error(format!("{name} is a list of 3 numbers"));
    let Some(table) = value.as_table() else {
        return if value.is_nil() { Ok(None) } else { Err(error()) };
    };
    let by_name = !table.raw_get::<LuaValue>("x")?.is_nil();
    let mut numbers = [0.0; 3];
    for (place, letter) in ["x", "y", "z"].into_iter().enumerate() {
        let element: LuaValue =
            if by_name { table.raw_get(letter)? } else { table.raw_get(place + 1)? };
        numbers[place] = number(&element).ok_or_else(error)?;
    }
    Ok(Some(DVec3::from_array(numbers)))
}

fn table(lua: &Lua, state: &NavigationState) -> mlua::Result<Table> {
    let table = lua.create_table()?;
    table.set("Anchor", state.anchor.as_str())?;
    if !state.follow {
        table.set("ReferenceFrame", ROOT)?;
    }
    table.set("Position", lua.create_sequence_from(state.position_m.to_array())?)?;
    if let Some(up) = state.up {
        table.set("Up", lua.create_sequence_from(up.to_array())?)?;
    }
    for (name, angle) in [("Yaw", state.yaw_rad), ("Pitch", state.pitch_rad)] {
        if angle.abs() > LEAST_ANGLE_RAD {
            table.set(name, angle)?;
        }
    }
    if let Some(timestamp) = state.timestamp {
        table.set("Timestamp", iso(timestamp))?;
    }
    Ok(table)
}
