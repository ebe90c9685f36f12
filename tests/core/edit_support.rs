//! A little scene for edits: the Earth and a moon around it, both of which turn, at a pace of its own.

use glam::{DQuat, DVec3};
use skyreel_core::edit::{Picture, Place};
use skyreel_core::frame::FramePose;
use skyreel_core::resolve::{Frames, WorldFromNode, resolve_pose};
use skyreel_core::time::SimTime;
use skyreel_core::wording::Surroundings;

/// The Earth goes along, the moon goes around it, both turn.
pub struct Sky {
    /// Radians a simulated second, of the moon around the Earth.
    pub orbit_rad_s: f64,
    /// Radians a simulated second, of each about itself.
    pub turn_rad_s: f64,
    /// Whether the two have a surface.
    pub has_surfaces: bool,
}

/// For clocks that go through years in seconds.
pub const HASTY: Sky = Sky { orbit_rad_s: 1e-8, turn_rad_s: 3e-8, has_surfaces: false };

/// As fast as the real ones.
pub const REAL: Sky = Sky { orbit_rad_s: 2.66e-6, turn_rad_s: 7.29e-5, has_surfaces: true };

impl Surroundings for Sky {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        let radius_m = if node == "Earth" { 6.378e6 } else { 1.738e6 };
        self.has_surfaces.then_some([radius_m; 3])
    }

    fn world_from_node(&self, node: &str, at: SimTime) -> Option<WorldFromNode> {
        let at_s = at.as_tdb_secs();
        let earth_m = DVec3::new(1.5e11, at_s * 10.0, 0.0);
        let (sin, cos) = (at_s * self.orbit_rad_s).sin_cos();
        let position_m = match node {
            "Earth" => earth_m,
            "Moon" => earth_m + DVec3::new(cos, sin, 0.1) * 3.8e8,
            _ => return None,
        };
        let axis = DVec3::new(0.3, 0.0, 1.0).normalize();
        let rotation = DQuat::from_axis_angle(axis, at_s * self.turn_rad_s);
        Some(WorldFromNode { position_m, rotation })
    }
}

/// The sky at a date, TDB seconds past J2000.
struct At<'a>(&'a Sky, f64);

impl Frames for At<'_> {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        self.0.world_from_node(name, SimTime::from_tdb_secs(self.1).unwrap())
    }
}

/// How far anything may have moved in the picture, whichever node it is by.
pub fn apart_in_world_px(sky: &Sky, at_s: f64, a: &FramePose, b: &FramePose) -> f64 {
    let nodes = At(sky, at_s);
    let [a, b] = [a, b].map(|pose| resolve_pose(pose, &nodes).unwrap());
    let of_node = |node: &str| {
        let from_m = nodes.world_from_node(node).unwrap().position_m;
        let [a, b] = [&a, &b].map(|camera| {
            let position_m = camera.anchor_in_world_m - from_m + camera.offset_m;
            Place { position_m, rotation: camera.rotation }
        });
        let radius_m = sky.radii_m(node).map(|[radius_m, ..]| radius_m);
        Picture::new(None).apart_px(&a, &b, radius_m)
    };
    let [earth, moon] = ["Earth", "Moon"].map(of_node);
    earth.max(moon)
}
