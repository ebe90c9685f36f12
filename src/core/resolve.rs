//! From anchored poses to the world: the one place where node positions meet a frame.

use glam::{DQuat, DVec3};

use crate::camera_track::Path;
use crate::frame::{Frame, FramePose};
use crate::pose::{AnchoredPose, NodeName};
use crate::sample::{mix_positions, mix_scales};
use crate::smooth;

/// A node's place in the world at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorldFromNode {
    /// The node's origin in the world, metres, finite.
    pub position_m: DVec3,
    /// Takes the node's own axes to the world's, unit length.
    pub rotation: DQuat,
}

/// Where the nodes of a scene are at one moment.
pub trait Frames {
    /// The node's place, `None` where the scene has no such node.
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode>;
}

/// A camera in the world.
///
/// The place is kept as a node and an offset from it: near a planet the sum of the two is good to
/// a millimetre, far out to a light minute, while the offset stays exact.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldCamera {
    /// The node whose place the offset adds to.
    pub anchor: NodeName,
    /// The anchor's place in the world, metres.
    pub anchor_in_world_m: DVec3,
    /// Camera minus anchor in world axes, metres.
    pub offset_m: DVec3,
    /// Camera space to world axes, unit length.
    pub rotation: DQuat,
    /// OpenSpace's view scale.
    pub scale: f64,
}

impl WorldCamera {
    /// The camera's place in the world, metres.
    pub fn position_m(&self) -> DVec3 {
        self.anchor_in_world_m + self.offset_m
    }

    /// Where a point of the world is from the camera, in world axes, metres: exact near the anchor.
    pub fn to_camera(&self, point_in_world_m: DVec3) -> DVec3 {
        (point_in_world_m - self.anchor_in_world_m) - self.offset_m
    }
}

/// A view in the world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldView {
    /// The view's name.
    pub name: String,
    /// Vertical field of view, degrees; `None` where it was not recorded.
    pub vfov_deg: Option<f64>,
    /// Where its camera is.
    pub camera: WorldCamera,
}

/// A view's anchor that the scene does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("view '{view}': the scene has no node '{anchor}'")]
pub struct MissingAnchor {
    /// The view.
    pub view: String,
    /// The node that is missing.
    pub anchor: NodeName,
}

/// Every view of the frame in the world whose nodes are as `nodes` says, or what is missing.
pub fn resolve(frame: &Frame, nodes: &impl Frames) -> Vec<Result<WorldView, MissingAnchor>> {
    let views = frame.views.iter().map(|view| match resolve_pose(&view.pose, nodes) {
        Ok(camera) => Ok(WorldView { name: view.name.clone(), vfov_deg: view.vfov_deg, camera }),
        Err(anchor) => Err(MissingAnchor { view: view.name.clone(), anchor }),
    });
    views.collect()
}

/// One pose in the world.
///
/// # Errors
/// The name of an anchor that the scene does not have.
pub fn resolve_pose(pose: &FramePose, nodes: &impl Frames) -> Result<WorldCamera, NodeName> {
    match pose {
        FramePose::One(pose) => place(pose, nodes),
        FramePose::Two { from, to, weight, path } => {
            let (from, to) = (place(from, nodes)?, place(to, nodes)?);
            let to_anchor_m = to.anchor_in_world_m - from.anchor_in_world_m;
            let offset_m = match path {
                Path::Smooth => smooth::flight(from.offset_m, to.offset_m, to_anchor_m, *weight),
                _ => mix_positions(from.offset_m, to_anchor_m + to.offset_m, *weight),
            };
            Ok(WorldCamera {
                offset_m,
                rotation: from.rotation.slerp(to.rotation, *weight).normalize(),
                scale: mix_scales(from.scale, to.scale, *weight),
                anchor: from.anchor,
                anchor_in_world_m: from.anchor_in_world_m,
            })
        }
    }
}

fn place(pose: &AnchoredPose, nodes: &impl Frames) -> Result<WorldCamera, NodeName> {
    let node = nodes.world_from_node(pose.anchor.as_str()).ok_or_else(|| pose.anchor.clone())?;
    let axes = if pose.follow_rotation { node.rotation } else { DQuat::IDENTITY };
    Ok(WorldCamera {
        anchor: pose.anchor.clone(),
        anchor_in_world_m: node.position_m,
        offset_m: axes * pose.position_m,
        rotation: (axes * pose.rotation).normalize(),
        scale: pose.scale,
    })
}
