//! Trails: the way that a body has come, as lines that fade with age. Their points are at dates of a
//! fixed raster, so that a trail is the same whichever way its moment was reached.

use std::collections::{BTreeMap, HashMap};

use glam::DVec3;
use skyreel_core::time::SimTime;
use skyreel_sky::renderable::Trail;
use skyreel_sky::{NodeId, Scene, SkyAt};

use super::compose::{Lens, WithAlpha, smoothstep};
use super::picture::Segment;

/// The points of all trails, kept while they are within reach.
#[derive(Default)]
pub struct Trails {
    kept: HashMap<NodeId, BTreeMap<i64, DVec3>>,
}

impl Trails {
    /// Adds the lines of one trail.
    #[expect(clippy::too_many_arguments, reason = "what a trail is, and what it is drawn into")]
    pub fn draw(
        &mut self,
        scene: &Scene,
        id: NodeId,
        trail: &Trail,
        fade: f64,
        sky: &SkyAt,
        lens: &Lens<'_>,
        lines: &mut Vec<Segment>,
    ) {
        let (Some(of), Some(relative_to)) =
            (scene.id(trail.of.as_str()), scene.id(trail.relative_to.as_str()))
        else {
            return;
        };
        let centre_m = sky.position_m(relative_to);
        let now_m = sky.position_m(of) - centre_m;
        let centre_from_camera = lens.camera.to_camera(centre_m);
        // A trail whose whole extent is a speck is none.
        let extent_px = now_m.length() / centre_from_camera.length().max(1.0) / lens.pixel_angle;
        let strength = fade * smoothstep(3.0, 14.0, extent_px);
        if strength <= 0.004 {
            return;
        }
        let step_s = trail.step_s();
        let now_s = sky.time().as_tdb_secs();
        let newest = (now_s / step_s).floor() as i64;
        let count = i64::from(trail.segments.clamp(2, 2000));
        let kept = self.kept.entry(id).or_default();
        kept.retain(|step, _| (newest - count..=newest).contains(step));
        let mut offset_m = |step: i64| {
            *kept.entry(step).or_insert_with(|| {
                let date = SimTime::from_tdb_secs(step as f64 * step_s).unwrap_or_default();
                scene.offset_m(of, relative_to, date)
            })
        };
        let colour = [trail.colour.0, trail.colour.1, trail.colour.2];
        let in_camera = |offset: DVec3| {
            (lens.camera_from_world * (centre_from_camera + offset)).as_vec3().to_array()
        };
        // Age in steps; the newest piece grows out of the last point of the raster to the body.
        let since = (now_s / step_s) - newest as f64;
        let light = |age: f64| {
            let left = (1.0 - age / count as f64).clamp(0.0, 1.0);
            colour.map(|c| c * (0.75 * left * strength) as f32).with_alpha(0.0)
        };
        let (mut previous, mut previous_age) = (in_camera(now_m), 0.0);
        for step in (newest - count..=newest).rev() {
            let age = since + (newest - step) as f64;
            let point = in_camera(offset_m(step));
            lines.push(Segment {
                from: previous,
                to: point,
                width_px: (1.3 * lens.scale()) as f32,
                pad: 0.0,
                from_colour: light(previous_age),
                to_colour: light(age),
            });
            (previous, previous_age) = (point, age);
        }
    }
}
