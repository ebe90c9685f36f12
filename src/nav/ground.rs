//! The ground below a camera: a node's ellipsoid at one moment, in the axes that places are given in.

use glam::{DQuat, DVec3};
use skyreel_core::globe::surface_distance_m;
use skyreel_core::pose::AnchoredPose;

use crate::terrain::Terrain;

/// A node's surface; of a node without a globe, the node itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground {
    radii_m: Option<[f64; 3]>,
    /// Takes the axes of places to the globe's own.
    globe_from_axes: DQuat,
}

impl Ground {
    /// For places in the world's axes.
    pub fn in_world(node: &str, terrain: &impl Terrain) -> Self {
        let rotation = terrain.world_from_node(node).map_or(DQuat::IDENTITY, |n| n.rotation);
        Self { radii_m: usable(terrain.radii_m(node)), globe_from_axes: rotation.inverse() }
    }

    /// For places as the pose gives them.
    pub fn under(pose: &AnchoredPose, terrain: &impl Terrain) -> Self {
        let ground = Self::in_world(pose.anchor.as_str(), terrain);
        if pose.follow_rotation {
            Self { globe_from_axes: DQuat::IDENTITY, ..ground }
        } else {
            ground
        }
    }

    /// From the node's centre to the surface in a direction of unit length, metres.
    pub fn surface_m(&self, direction: DVec3) -> f64 {
        let surface = |radii| surface_distance_m(radii, self.globe_from_axes * direction);
        self.radii_m.map_or(0.0, surface)
    }

    /// How far a place is above the surface, along the line from the centre, metres.
    pub fn height_m(&self, position_m: DVec3) -> f64 {
        let direction = position_m.try_normalize();
        position_m.length() - direction.map_or(self.radius_m(), |d| self.surface_m(d))
    }

    /// The largest radius, metres; 0 without a globe.
    pub fn radius_m(&self) -> f64 {
        self.radii_m.map_or(0.0, |[x, y, z]| x.max(y).max(z))
    }

    /// Whether there is a surface at all.
    pub fn is_globe(&self) -> bool {
        self.radii_m.is_some()
    }
}

fn usable(radii_m: Option<[f64; 3]>) -> Option<[f64; 3]> {
    radii_m.filter(|radii| radii.iter().all(|r| r.is_finite() && *r > 0.0))
}
