//! `skyreel sample`: a recording at moments, as numbers.

use std::io::{Write, stdout};

use serde::Serialize;
use skyreel_core::catalogue::Catalogue;
use skyreel_core::frame::{Frame, FramePose};
use skyreel_core::pose::{NodeName, to_wxyz};
use skyreel_core::property_set::PropertySet;
use skyreel_core::resolve::resolve_pose;
use skyreel_core::time::SessionTime;
use skyreel_core::value::Value;
use skyreel_faces::cli::Sample;
use skyreel_sky::Scene;
use skyreel_store::{Footage, Footing};

use super::{Ending, report, usage};

#[derive(Serialize)]
struct Line {
    t_s: f64,
    sim_time_s: f64,
    utc: String,
    view: String,
    anchor: NodeName,
    position_m: [f64; 3],
    rotation_wxyz: [f64; 4],
    scale: f64,
    follow_rotation: bool,
    below: Option<Below>,
    properties: PropertySet,
}

/// How many properties are told without being asked for.
const MANY: usize = 40;

/// The place beneath the camera.
#[derive(Serialize)]
struct Below {
    body: NodeName,
    latitude_deg: f64,
    longitude_deg: f64,
    altitude_m: f64,
}

/// Does it.
///
/// # Errors
/// Where nothing of the file can be read, or it has no camera of that name.
pub fn run(task: &Sample, scene: &Scene) -> anyhow::Result<Ending> {
    let Footing { mut footage, faults, has_loss } = Footage::open(&task.file, scene)?;
    report(&task.file, &faults);
    let views = footage.views();
    let is_wanted = |view: &&String| task.view.as_ref().is_none_or(|wanted| *view == wanted);
    let Some(view) = views.iter().find(is_wanted) else {
        match &task.view {
            Some(name) => {
                return Ok(usage(&format!("no view '{name}'; there is {}", views.join(", "))));
            }
            None => anyhow::bail!("{}: no camera entries", task.file.display()),
        }
    };
    let mut out = stdout().lock();
    for at in &task.at {
        let Some(line) = Line::of(&footage.frame(at.0)?, view, scene) else { continue };
        if task.json {
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        } else {
            line.print(&mut out, at.0, task.all, scene)?;
        }
    }
    Ok(Ending::loss_if(has_loss))
}

impl Line {
    /// In the anchor's own terms; a camera on its way between two anchors in those of the one that it
    /// leaves, which needs the world.
    fn of(frame: &Frame, view: &str, scene: &Scene) -> Option<Self> {
        let pose = &frame.view(view)?.pose;
        let sky = scene.at(frame.clock.sim_time);
        let leading = pose.leading();
        let anchor = sky.id(leading.anchor.as_str());
        let mut position_m = leading.position_m;
        let mut rotation = leading.rotation;
        let mut scale = leading.scale;
        let in_world = resolve_pose(pose, &sky).ok();
        if let (FramePose::Two { .. }, Some(world)) = (pose, &in_world) {
            let node = anchor.map(|id| sky.rotation(id)).filter(|_| leading.follow_rotation);
            let axes = node.unwrap_or(glam::DQuat::IDENTITY).inverse();
            position_m = axes * world.offset_m;
            rotation = axes * world.rotation;
            scale = world.scale;
        }
        let place = anchor.zip(in_world).and_then(|(id, world)| sky.below(world.offset_m, id));
        Some(Self {
            t_s: frame.at.as_secs(),
            sim_time_s: frame.clock.sim_time.as_tdb_secs(),
            utc: frame.clock.sim_time.to_utc_iso(),
            view: view.to_owned(),
            anchor: leading.anchor.clone(),
            position_m: position_m.to_array(),
            rotation_wxyz: to_wxyz(rotation),
            scale,
            follow_rotation: leading.follow_rotation,
            below: place.map(|place| Below {
                body: leading.anchor.clone(),
                latitude_deg: place.latitude_deg,
                longitude_deg: place.longitude_deg,
                altitude_m: place.altitude_m,
            }),
            properties: frame.properties.clone(),
        })
    }

    fn print(
        &self,
        out: &mut impl Write,
        at: SessionTime,
        all: bool,
        scene: &Scene,
    ) -> std::io::Result<()> {
        let [x, y, z] = self.position_m;
        let [qw, qx, qy, qz] = self.rotation_wxyz;
        let follows = if self.follow_rotation { ", turning with it" } else { "" };
        writeln!(out, "at {at} s  {}  (view {})", self.utc, self.view)?;
        writeln!(out, "  anchor    {}{follows}", self.anchor)?;
        writeln!(out, "  position  {x} {y} {z} m")?;
        writeln!(out, "  rotation  {qw} {qx} {qy} {qz}")?;
        if let Some(Below { body, latitude_deg, longitude_deg, altitude_m }) = &self.below {
            let (lat, lon) = (latitude_deg, longitude_deg);
            writeln!(out, "  below     {body} {lat:.4}° {lon:.4}°, {altitude_m:.0} m up")?;
        }
        // A session holds every property of its scene; what is as it always is drowns the rest.
        let is_many = !all && self.properties.len() > MANY;
        let is_usual = |path: &str, value: &Value| {
            is_many && scene.property(path).is_some_and(|spec| spec.default == *value)
        };
        let mut usual = 0;
        for (path, value) in self.properties.iter() {
            if is_usual(path, value) {
                usual += 1;
            } else {
                writeln!(out, "  {path} = {value}")?;
            }
        }
        if usual > 0 {
            writeln!(out, "  and {usual} properties as the scene has them (--all tells them)")?;
        }
        Ok(())
    }
}
