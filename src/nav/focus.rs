//! The same place in the world, said relative to another node or in other axes.

use glam::DQuat;
use skyreel_core::pose::{AnchoredPose, NodeName};
use skyreel_core::resolve::WorldFromNode;

use crate::terrain::Terrain;

/// The pose relative to another node. Where both nodes are known, the camera stays where it is in
/// the world: places are brought over by the difference of the two nodes, so that nothing is lost
/// far out. `None` where either is unknown.
pub(crate) fn seen_from(
    pose: &AnchoredPose,
    anchor: &NodeName,
    follow_rotation: bool,
    terrain: &impl Terrain,
) -> Option<AnchoredPose> {
    if pose.anchor == *anchor && pose.follow_rotation == follow_rotation {
        return Some(pose.clone());
    }
    let old = terrain.world_from_node(pose.anchor.as_str())?;
    let new = terrain.world_from_node(anchor.as_str())?;
    let offset_m = axes(&old, pose.follow_rotation) * pose.position_m;
    // Of one node, no difference: the world may be in motion, but not between the two.
    let apart_m = old.position_m - new.position_m;
    let offset_m = if pose.anchor == *anchor { offset_m } else { apart_m + offset_m };
    let back = axes(&new, follow_rotation).inverse();
    Some(AnchoredPose {
        anchor: anchor.clone(),
        follow_rotation,
        position_m: back * offset_m,
        rotation: (back * axes(&old, pose.follow_rotation) * pose.rotation).normalize(),
        scale: pose.scale,
    })
}

/// Takes the axes that a pose is given in to the world's.
pub(crate) fn axes(node: &WorldFromNode, follow_rotation: bool) -> DQuat {
    if follow_rotation { node.rotation } else { DQuat::IDENTITY }
}
