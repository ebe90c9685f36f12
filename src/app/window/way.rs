//! The way of the journey that is being made, as a line with its keys in the scene. It is for whoever
//! makes it: in no film, and in no picture that is kept.

use bevy::prelude::Resource;
use glam::DVec3;
use skyreel_core::pose::NodeName;
use skyreel_sky::SkyAt;

use crate::app::draw::compose::{Lens, WithAlpha};
use crate::app::draw::picture::{Picture, SPRITE_DOT, Segment, Sprite};

/// Of the line, linear light.
const COLOUR: [f32; 3] = [1.0, 0.55, 0.12];

/// How wide the line is, pixels of a picture 1080 high.
const WIDTH_PX: f64 = 1.6;

/// How large a key is, likewise.
const KEY_PX: f64 = 4.5;

/// How much larger the key is where the journey's time stands.
const PRESENT: f64 = 1.6;

/// A place relative to a node.
#[derive(Clone, Debug, PartialEq)]
pub struct WayPoint {
    /// The node.
    pub anchor: NodeName,
    /// Whether it turns with the node.
    pub follows: bool,
    /// From the node's centre, metres.
    pub offset_m: DVec3,
}

/// The way that is shown; empty: none.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// Points of the line, in order.
    pub line: Vec<WayPoint>,
    /// The keys.
    pub keys: Vec<WayPoint>,
    /// Where the journey's time stands.
    pub present: Option<WayPoint>,
}

impl Way {
    /// Adds it to a picture.
    pub fn draw(&self, sky: &SkyAt, lens: &Lens<'_>, picture: &mut Picture) {
        let colour = COLOUR.with_alpha(0.0);
        let width_px = (WIDTH_PX * lens.scale()) as f32;
        let points: Vec<Option<DVec3>> =
            self.line.iter().map(|point| in_camera(point, sky, lens)).collect();
        for pair in points.windows(2) {
            let [Some(from), Some(to)] = *pair else { continue };
            picture.lines.push(Segment {
                from: from.as_vec3().to_array(),
                to: to.as_vec3().to_array(),
                width_px,
                pad: 0.0,
                from_colour: colour,
                to_colour: colour,
            });
        }
        let keys = self.keys.iter().map(|key| (key, 1.0, COLOUR));
        let present = self.present.iter().map(|at| (at, PRESENT, [1.0; 3]));
        for (point, size, colour) in keys.chain(present) {
            let at = in_camera(point, sky, lens).and_then(|at| lens.to_screen(at));
            let Some(at) = at else { continue };
            picture.near_sprites.push(Sprite {
                middle_px: at.as_vec2().to_array(),
                half_px: [(KEY_PX * size * lens.scale()) as f32; 2],
                colour: colour.with_alpha(0.0),
                kind: SPRITE_DOT,
                ..Sprite::default()
            });
        }
    }
}

fn in_camera(point: &WayPoint, sky: &SkyAt, lens: &Lens<'_>) -> Option<DVec3> {
    let id = sky.id(point.anchor.as_str())?;
    let turn = if point.follows { sky.rotation(id) } else { glam::DQuat::IDENTITY };
    // The node relative to the camera first: what is near to it stays sharp however far out it is.
    let node_from_camera = lens.camera.to_camera(sky.position_m(id));
    let at = lens.camera_from_world * (node_from_camera + turn * point.offset_m);
    at.is_finite().then_some(at)
}
