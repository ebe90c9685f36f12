//! Places on globes by latitude, longitude and height: flying there, being there, telling them.

use skyreel_core::command::NavigateCommand;
use skyreel_core::globe::{direction_of, known_radii_m, surface_distance_m};

use super::args::Args;
use super::library::Library;
use super::live::Live;
use super::nodes::known;

/// In `openspace.globebrowsing` the globe may be left out; then it is the one in focus.
pub(super) fn fill_globebrowsing(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "goToGeo([globe,] latitude, longitude [, altitude])",
        "Be at a place above a globe at once: degrees north, degrees east, metres.",
        |_, live, mut args| jump(live, &mut args),
    )?;
    fill(library)
}

/// In `openspace.navigation`, where the same functions have moved to.
pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    library.add(
        "flyToGeo([globe,] latitude, longitude, altitude [, seconds [, useUpDirection]])",
        "Fly to a place above a globe: degrees north, degrees east, metres.",
        |_, live, mut args| {
            let node = globe(&mut args)?;
            let altitude_m = args.maybe_number(2, "the altitude")?;
            fly(live, &args, node, altitude_m, args.maybe_seconds(3, "how long")?)
        },
    )?;
    library.add(
        "flyToGeo2([globe,] latitude, longitude [, useCurrentDistance [, seconds]])",
        "Fly to a place above a globe, to a height to see it from, or keeping the present one.",
        |_, live, mut args| {
            let node = globe(&mut args)?;
            let keeps = args.on_or(2, "useCurrentDistance", false)?;
            let snapshot = live.snapshot()?;
            let present = snapshot.navigation.as_ref().and_then(|view| view.altitude_m);
            fly(live, &args, node, present.filter(|_| keeps), args.maybe_seconds(3, "how long")?)
        },
    )?;
    library.add(
        "jumpToGeo([globe,] latitude, longitude [, altitude [, fadeSeconds]])",
        "Be at a place above a globe at once: degrees north, degrees east, metres.",
        |_, live, mut args| jump(live, &mut args),
    )?;
    for name in ["localPositionFromGeo", "getLocalPositionFromGeo", "getGeoPosition"] {
        let usage = format!("{name}(globe, latitude, longitude, altitude)");
        library.add(
            &usage,
            "A place above a globe in its own axes: x, y, z in metres.",
            |_, live, args| {
                let node = known(live, &args, &args.text(0, "the globe")?)?;
                let Some(radii_m) = known_radii_m(&node) else {
                    return Err(args.error(format!("the radii of '{node}' are not known")));
                };
                let (latitude, longitude) =
                    (args.number(1, "the latitude")?, args.number(2, "the longitude")?);
                let altitude_m = args.maybe_number(3, "the altitude")?.unwrap_or(0.0);
                let direction = direction_of(latitude, longitude);
                let place = direction * (surface_distance_m(radii_m, direction) + altitude_m);
                Ok((place.x, place.y, place.z))
            },
        )?;
    }
    library.add(
        "getGeoPositionForCamera()",
        "What the camera is above: degrees north, degrees east, metres.",
        |_, live, args| {
            let snapshot = live.snapshot()?;
            let view = snapshot.navigation.as_ref();
            let place = view.and_then(|view| Some((view.above_deg?, view.altitude_m?)));
            let place =
                place.map(|((latitude, longitude), altitude)| (latitude, longitude, altitude));
            place.ok_or_else(|| args.error("the camera is above no globe"))
        },
    )
}

/// The globe where it is named; an empty name is the one in focus.
fn globe(args: &mut Args) -> mlua::Result<Option<String>> {
    if args.at(0).is_nil() {
        return Err(args.error("it takes a latitude and a longitude, and a globe before them"));
    }
    Ok(args.take_name()?.filter(|name| !name.is_empty()))
}

fn place(args: &Args) -> mlua::Result<(f64, f64)> {
    Ok((args.number(0, "the latitude")?, args.number(1, "the longitude")?))
}

fn fly(
    live: &Live,
    args: &Args,
    node: Option<String>,
    altitude_m: Option<f64>,
    over_s: Option<f64>,
) -> mlua::Result<()> {
    let (latitude_deg, longitude_deg) = place(args)?;
    let command = match over_s {
        Some(0.0) => NavigateCommand::JumpToGeo { node, latitude_deg, longitude_deg, altitude_m },
        _ => NavigateCommand::FlyToGeo { node, latitude_deg, longitude_deg, altitude_m, over_s },
    };
    live.obey(command).map(drop)
}

fn jump(live: &Live, args: &mut Args) -> mlua::Result<()> {
    let node = globe(args)?;
    let altitude_m = args.maybe_number(2, "the altitude")?;
    fly(live, args, node, altitude_m, Some(0.0))
}
