//! Flights: to a node, to a height above one, to a state; and jumps, which are flights of no length.
//! `openspace.navigation` and the older `openspace.pathnavigation` have them both.

use mlua::Value as LuaValue;
use skyreel_core::command::NavigateCommand;

use super::args::Args;
use super::library::Library;
use super::live::Live;
use super::navigation::{be_at, present, state};
use super::navigation_state::Pose;
use super::nodes::{known, radius_m};

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "flyTo(node [, useUpDirection] [, seconds])",
        "Fly to a node; as long as the way asks for if not said.",
        |_, live, args| {
            let node = args.text(0, "the node")?;
            fly_to(live, node, seconds(&args, 1)?)
        },
    )?;
    library.add(
        "flyToHeight(node, metres [, useUpDirection] [, seconds])",
        "Fly up or down to a height above the node in focus.",
        |_, live, args| {
            let node = known(live, &args, &args.text(0, "the node")?)?;
            let height_m = args.number(1, "the height")?;
            let pose = present(live)?;
            if pose.anchor != node {
                return Err(args.error(format!(
                    "only from where the node is in focus, and that is '{}'; call \
                     openspace.navigation.flyTo or flyToGeo for '{node}'",
                    pose.anchor
                )));
            }
            fly_to_distance(live, &args, pose, radius_m(&node).unwrap_or(0.0) + height_m, 2)
        },
    )?;
    library.add(
        "flyToNavigationState(state [, seconds])",
        "Fly to a navigation state, as getNavigationState gives it.",
        |_, live, args| {
            let (pose, _) = state(live, &args)?;
            let over_s = args.maybe_seconds(1, "how long")?;
            be_at(live, pose, Some(over_s.unwrap_or(DEFAULT_S)).filter(|s| *s > 0.0))
        },
    )?;
    library.add("jumpTo(node [, fadeSeconds])", "Be at a node at once.", |_, live, args| {
        let node = args.text(0, "the node")?;
        live.obey(NavigateCommand::JumpTo { node }).map(drop)
    })?;
    library.add("zoomToFocus([seconds])", "Fly to what is in focus.", |_, live, args| {
        let node = present(live)?.anchor;
        fly_to(live, node, args.maybe_seconds(0, "how long")?)
    })?;
    library.add(
        "zoomToDistance(metres [, seconds])",
        "Fly up or down to a height above what is in focus.",
        |_, live, args| {
            let pose = present(live)?;
            let height_m = positive(&args)?;
            fly_to_distance(live, &args, pose.clone(), radius(&pose) + height_m, 1)
        },
    )?;
    library.add(
        "zoomToDistanceRelative(radii [, seconds])",
        "Fly up or down to a height above what is in focus, counted in its radii.",
        |_, live, args| {
            let pose = present(live)?;
            let Some(radius_m) = radius_m(&pose.anchor) else {
                return Err(args.error(format!("the radius of '{}' is not known", pose.anchor)));
            };
            fly_to_distance(live, &args, pose, radius_m * (1.0 + positive(&args)?), 1)
        },
    )?;
    library.add("stopPath()", "End a flight, and all gliding.", |_, live, _| {
        live.obey(NavigateCommand::Stop {}).map(drop)
    })?;
    library.add("isFlying()", "Whether a flight is under way.", |_, live, _| {
        let snapshot = live.snapshot()?;
        Ok(snapshot.navigation.as_ref().is_some_and(|view| view.flight.is_some()))
    })
}

/// How long flights take whose way says nothing of it, seconds: to a state, and up and down.
const DEFAULT_S: f64 = 5.0;

fn fly_to(live: &Live, node: String, over_s: Option<f64>) -> mlua::Result<()> {
    let command = match over_s {
        Some(0.0) => NavigateCommand::JumpTo { node },
        over_s => NavigateCommand::FlyTo { node, over_s },
    };
    live.obey(command).map(drop)
}

/// How long a flight takes, behind whether the node's up is to be used, which may be left out.
fn seconds(args: &Args, place: usize) -> mlua::Result<Option<f64>> {
    let place = place + usize::from(matches!(args.at(place), LuaValue::Boolean(_)));
    // With nil in its place there may be one behind it.
    let place = place + usize::from(args.at(place).is_nil() && !args.at(place + 1).is_nil());
    args.maybe_seconds(place, "how long")
}

fn positive(args: &Args) -> mlua::Result<f64> {
    let number = args.number(0, "the distance")?;
    let is_positive = number > 0.0;
    is_positive.then_some(number).ok_or_else(|| args.error("the distance is larger than zero"))
}

fn radius(pose: &Pose) -> f64 {
    radius_m(&pose.anchor).unwrap_or(0.0)
}

/// Towards the anchor's centre or away from it, looking as before.
fn fly_to_distance(
    live: &Live,
    args: &Args,
    mut pose: Pose,
    distance_m: f64,
    place: usize,
) -> mlua::Result<()> {
    let over_s = seconds(args, place)?.unwrap_or(DEFAULT_S);
    let Some(away) = pose.position_m.try_normalize() else {
        return Err(args.error(format!("the camera is in the centre of '{}'", pose.anchor)));
    };
    pose.position_m = away * distance_m;
    be_at(live, pose, Some(over_s).filter(|s| *s > 0.0))
}
