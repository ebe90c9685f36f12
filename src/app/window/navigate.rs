//! What can be asked of where the camera is, and what faces are shown of that.

use bevy::prelude::*;
use bevy_skyreel::{AnchoredCamera, CommandGroups, Draft, RunningSession};
use glam::{DVec2, DVec3};
use skyreel_core::command::{Command, Group, NavigateCommand};
use skyreel_core::frame::FramePose;
use skyreel_core::nearest::nearest;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::pose::{AnchoredPose, NodeName, to_wxyz, unit_rotation};
use skyreel_core::snapshot::{FlightView, NavigationView};
use skyreel_core::time::SessionSpan;
use skyreel_nav::{Flight, Keys, Settings, Target, Wishes};

use super::fly::{Hands, Pilot, UnderWay, one_pose};
use super::stage::{Stage, sun};
use super::views::Navigation;

/// How long a hand elsewhere steers where it does not say, seconds.
const STEER_S: f64 = 0.25;

/// How long at most: one that is lost steers no longer.
const MOST_STEER_S: f64 = 600.0;

/// How hard at most, shares of a held key.
const HARDEST: f64 = 10.0;

/// A flight as the scene has it now: to the lit side, and through nothing.
pub fn plan(
    stage: &Stage,
    from: &AnchoredPose,
    target: &Target,
    over_s: Option<f64>,
    settings: &Settings,
) -> Result<Flight, Refusal> {
    let bodies = stage.scene().nodes().iter().filter(|node| node.body.is_some());
    let wishes = Wishes {
        duration_s: over_s,
        obstacles: bodies.map(|node| node.name.clone()).collect(),
        sun: sun(stage.scene()).and_then(|id| stage.scene().node(id)).map(|node| node.name.clone()),
        settings: settings.clone(),
        ..Wishes::default()
    };
    Flight::plan(from, target, &wishes, &stage.terrain()).map_err(|e| Refusal::Other(e.to_string()))
}

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::Navigate, |world, command| match command {
        Command::Navigate(command) => obey(world, command).into(),
        _ => Outcome::DONE,
    });
}

/// Where a camera is, as an answer.
#[derive(serde::Serialize)]
struct Pose {
    anchor: String,
    position_m: [f64; 3],
    rotation_wxyz: [f64; 4],
    follow: bool,
}

fn obey(world: &mut World, command: NavigateCommand) -> Result<serde_json::Value, Refusal> {
    if !matches!(command, NavigateCommand::Get {}) {
        world.resource_mut::<RunningSession>().get().drive()?;
    }
    world.resource_scope(|world, mut pilot: Mut<Pilot>| {
        let mut cameras = world.query_filtered::<&mut AnchoredCamera, With<Navigation>>();
        let no_camera = |_| Refusal::Other("there is no navigation camera".to_owned());
        let present = cameras.single(world).map_err(no_camera)?.0.clone();
        let present = one_pose(world.resource::<Stage>(), &present);
        if pilot.flyer.pose() != &present {
            pilot.flyer.take(present.clone());
        }
        let at = world.resource_scope(|world, mut hands: Mut<Hands>| {
            steer((&mut pilot, &mut hands), world.resource::<Stage>(), present, command)
        })?;
        let Some(pose) = at else { return Ok(serde_json::Value::Null) };
        let answer = Pose {
            anchor: pose.anchor.to_string(),
            position_m: pose.position_m.to_array(),
            rotation_wxyz: to_wxyz(pose.rotation),
            follow: pose.follow_rotation,
        };
        if let Ok(mut camera) = cameras.single_mut(world) {
            camera.set_if_neq(AnchoredCamera(FramePose::One(pose)));
        }
        Ok(serde_json::to_value(answer).unwrap_or_default())
    })
}

/// Does what was asked; where the camera is then, if it is there at once.
fn steer(
    (pilot, hands): (&mut Pilot, &mut Hands),
    stage: &Stage,
    present: AnchoredPose,
    command: NavigateCommand,
) -> Result<Option<AnchoredPose>, Refusal> {
    let above =
        |node: Option<String>, latitude_deg, longitude_deg, altitude_m| -> Result<_, Refusal> {
            let node = match node {
                Some(node) => known(stage, &node)?,
                None => present.anchor.clone(),
            };
            Ok(Target::Place { node, latitude_deg, longitude_deg, altitude_m })
        };
    // Whoever asks for something else means it in place of that.
    if !matches!(command, NavigateCommand::Get {}) {
        hands.let_go();
    }
    let (target, over_s, flies) = match command {
        NavigateCommand::Get {} => return Ok(Some(present)),
        NavigateCommand::Stop {} => {
            pilot.take(present);
            return Ok(None);
        }
        NavigateCommand::Steer { orbit, zoom, pan, look, heading, roll, for_s } => {
            let (orbit, pan, look) = (DVec2::from(orbit), DVec2::from(pan), DVec2::from(look));
            let keys = Keys { orbit, zoom, pan, heading, roll, look };
            hands.ask(keys.within(HARDEST), steer_span(for_s)?);
            return Ok(None);
        }
        NavigateCommand::Focus { node } => {
            let name = known(stage, &node)?;
            pilot.flight = None;
            let refused = |e: skyreel_nav::UnknownNode| Refusal::Other(e.to_string());
            pilot.flyer.refocus(name.as_str(), &stage.terrain()).map_err(refused)?;
            pilot.flyer.retarget();
            return Ok(Some(pilot.flyer.pose().clone()));
        }
        NavigateCommand::Pose { anchor, position_m, rotation_wxyz, follow, over_s } => {
            let anchor = known(stage, &anchor)?;
            let pose = AnchoredPose {
                anchor,
                follow_rotation: follow,
                position_m: DVec3::from_array(position_m),
                rotation: unit_rotation(rotation_wxyz),
                scale: 1.0,
            };
            (Target::Pose(pose), over_s, over_s.is_some())
        }
        NavigateCommand::FlyTo { node, over_s } => {
            (Target::Node { name: known(stage, &node)? }, over_s, true)
        }
        NavigateCommand::JumpTo { node } => {
            (Target::Node { name: known(stage, &node)? }, None, false)
        }
        NavigateCommand::FlyToGeo { node, latitude_deg, longitude_deg, altitude_m, over_s } => {
            (above(node, latitude_deg, longitude_deg, altitude_m)?, over_s, true)
        }
        NavigateCommand::JumpToGeo { node, latitude_deg, longitude_deg, altitude_m } => {
            (above(node, latitude_deg, longitude_deg, altitude_m)?, None, false)
        }
    };
    let flight = plan(stage, &present, &target, over_s, &pilot.flyer.settings)?;
    if !flies {
        pilot.take(flight.end().clone());
        return Ok(Some(flight.end().clone()));
    }
    let to = match target {
        Target::Node { name } => name.to_string(),
        Target::Place { node, latitude_deg, longitude_deg, .. } => {
            format!("{node} {latitude_deg}°, {longitude_deg}°")
        }
        Target::Pose(pose) => pose.anchor.to_string(),
    };
    pilot.flight = Some(UnderWay::new(flight, to));
    Ok(None)
}

fn known(stage: &Stage, node: &str) -> Result<NodeName, Refusal> {
    let scene = stage.scene();
    let exact = scene.id(node).and_then(|id| scene.node(id));
    // People say the name that they read.
    let found =
        exact.or_else(|| scene.nodes().iter().find(|n| n.label().eq_ignore_ascii_case(node)));
    found.map(|node| node.name.clone()).ok_or_else(|| Refusal::Unknown {
        what: "node",
        found: node.to_owned(),
        nearest: nearest(scene.nodes().iter().map(|node| node.name.as_str()), node),
    })
}

/// What faces show of it.
pub fn publish(
    pilot: Res<Pilot>,
    camera: Single<&AnchoredCamera, With<Navigation>>,
    stage: Res<Stage>,
    mut draft: ResMut<Draft>,
) {
    let pose = camera.0.leading();
    let at = stage.resolve(&camera.0);
    let anchor = at.as_ref().and_then(|at| stage.scene().id(at.anchor.as_str()));
    let sky = stage.sky();
    let above = |offset_m: DVec3| sky.below(offset_m, anchor?);
    let place = at.as_ref().and_then(|at| above(at.offset_m));
    let sun_place = sun(stage.scene())
        .filter(|sun| Some(*sun) != anchor)
        .and_then(|sun| above(sky.position_m(sun) - sky.position_m(anchor?)));
    draft.0.navigation = Some(NavigationView {
        focus: pose.anchor.to_string(),
        distance_m: pose.position_m.length(),
        altitude_m: place.map(|place| place.altitude_m),
        above_deg: place.map(|place| (place.latitude_deg, place.longitude_deg)),
        looks_deg: place.zip(at).zip(anchor).and_then(|((_, at), anchor)| {
            let in_node = sky.rotation(anchor).inverse();
            looks_deg(in_node * at.offset_m, in_node * (at.rotation * DVec3::NEG_Z))
        }),
        sun_above_deg: sun_place.map(|place| (place.latitude_deg, place.longitude_deg)),
        follows: pose.follow_rotation,
        flight: pilot.flight.as_ref().map(|under_way| FlightView {
            to: under_way.to.clone(),
            at_s: under_way.since.as_secs(),
            duration_s: under_way.flight.duration_s(),
        }),
    });
}

/// How long a hand elsewhere steers.
fn steer_span(for_s: Option<f64>) -> Result<SessionSpan, Refusal> {
    let for_s = for_s.unwrap_or(STEER_S);
    let span = SessionSpan::from_secs(for_s).filter(|_| (0.0..=MOST_STEER_S).contains(&for_s));
    span.ok_or_else(|| Refusal::Value {
        what: "for_s".to_owned(),
        found: for_s.to_string(),
        expected: format!("0 to {MOST_STEER_S}"),
    })
}

/// Which way a sight goes at a place, both in a body's own axes, whose Z is north: degrees clockwise from
/// north, and above the horizon. `None` in the body's centre.
fn looks_deg(place_m: DVec3, sight: DVec3) -> Option<(f64, f64)> {
    let up = place_m.try_normalize()?;
    // Above a pole every way is south; longitude 0 is taken for it.
    let east = DVec3::Z.cross(up).try_normalize().unwrap_or(DVec3::Y);
    let north = up.cross(east);
    let (to_east, to_north, to_sky) = (sight.dot(east), sight.dot(north), sight.dot(up));
    let heading_deg = to_east.atan2(to_north).to_degrees().rem_euclid(360.0);
    Some((heading_deg, to_sky.atan2(to_east.hypot(to_north)).to_degrees()))
}
