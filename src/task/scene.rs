//! `skyreel scene`: what is in a scene, and where it is at a date.

use std::io::{Write, stdout};

use skyreel_core::time::SimTime;
use skyreel_faces::cli::Scene as SceneTask;
use skyreel_sky::Scene;
use skyreel_sky::listing::Listing;

use super::Ending;

/// Does it.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn run(task: &SceneTask, scene: &Scene) -> anyhow::Result<Ending> {
    let sky = scene.at(task.date.map_or(SimTime::J2000, |date| date.0));
    let listing = Listing::new(scene, &sky);
    let mut out = stdout().lock();
    if task.json {
        writeln!(out, "{}", serde_json::to_string(&listing)?)?;
        return Ok(Ending::Done);
    }
    writeln!(out, "{} on {}", scene.name(), listing.date)?;
    for node in &listing.nodes {
        let [x, y, z] = node.position_m;
        let parent = node.parent.as_deref().unwrap_or("-");
        writeln!(out, "{:<28} {parent:<20} {x:>14.6e} {y:>14.6e} {z:>14.6e} m", node.name)?;
    }
    Ok(Ending::Done)
}
