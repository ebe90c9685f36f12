//! Cameras that are recorded, and where they are: relative to a node, as recordings keep them.

use std::sync::Arc;

use bevy_ecs::hierarchy::ChildOf;
use bevy_ecs::prelude::*;
use bevy_transform::components::{GlobalTransform, Transform};
use glam::{DQuat, DVec3};
use skyreel_core::capture::SeenView;
use skyreel_core::frame::{Frame, FramePose, ViewFrame};
use skyreel_core::pose::{AnchoredPose, NodeName};
use skyreel_core::resolve::{Frames, WorldFromNode, resolve_pose};

use crate::Recorded;

/// The name of what cameras are relative to in a scene without nodes: the world's own axes.
pub const WORLD: &str = "World";

/// A camera that is recorded, and that playback moves. Several at once; each has its view's name.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct RecordedCamera {
    view: Arc<str>,
    /// Vertical field of view, degrees; as its projection says if `None` and the feature `camera` is on.
    pub vfov_deg: Option<f64>,
}

impl RecordedCamera {
    /// A camera whose view has that name, unlike all others.
    pub fn new(view: &str) -> Self {
        Self { view: view.into(), vfov_deg: None }
    }

    /// With a vertical field of view, degrees.
    pub fn with_vfov_deg(self, vfov_deg: Option<f64>) -> Self {
        Self { vfov_deg, ..self }
    }

    /// The view's name.
    pub fn view(&self) -> &str {
        &self.view
    }
}

/// Where a camera is, for apps that place cameras themselves, in f64: recordings then take it from
/// here and put it here. Without it a camera's `Transform` is taken, in metres.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct AnchoredCamera(pub FramePose);

/// Cameras, as recordings see them.
pub(crate) type Cameras = (
    Entity,
    &'static RecordedCamera,
    Option<&'static AnchoredCamera>,
    Option<&'static Transform>,
    Has<ChildOf>,
);

/// Cameras, as playback moves them.
pub(crate) type PlayedCameras = (Entity, &'static RecordedCamera, Has<AnchoredCamera>);

/// Every camera as it is, in order of their views' names, so that two runs are the same.
pub(crate) fn seen(world: &World, cameras: &mut QueryState<Cameras>) -> Vec<SeenView> {
    let views = cameras.iter(world).filter_map(|(entity, camera, anchored, local, is_child)| {
        let pose = match (anchored, local) {
            (Some(AnchoredCamera(pose)), _) => pose.leading().clone(),
            (None, Some(_)) if is_child => pose_of(&in_world(world, entity).compute_transform()),
            (None, Some(local)) => pose_of(local),
            (None, None) => return None,
        };
        let vfov_deg = camera.vfov_deg.or_else(|| projection::vfov_deg(world, entity));
        Some(SeenView { name: Arc::clone(&camera.view), vfov_deg, pose })
    });
    let mut views: Vec<SeenView> = views.collect();
    views.sort_by(|a, b| a.name.cmp(&b.name));
    views
}

/// The same as a frame has them.
pub(crate) fn frames(world: &mut World) -> Vec<ViewFrame> {
    let mut cameras = world.query();
    let views = seen(world, &mut cameras).into_iter().map(|view| ViewFrame {
        name: view.name.to_string(),
        vfov_deg: view.vfov_deg,
        pose: FramePose::One(view.pose),
    });
    views.collect()
}

/// Puts the cameras where a frame has them. The names of nodes that are missing: their cameras stay
/// where they are.
pub(crate) fn place(
    world: &mut World,
    cameras: &mut QueryState<PlayedCameras>,
    frame: &Frame,
) -> Vec<NodeName> {
    let mut missing = Vec::new();
    let played = cameras
        .iter(world)
        .filter_map(|(entity, camera, has_own)| Some((entity, frame.view(&camera.view)?, has_own)));
    for (entity, view, has_own) in played.collect::<Vec<_>>() {
        if has_own {
            if let Some(mut own) = world.get_mut::<AnchoredCamera>(entity) {
                own.set_if_neq(AnchoredCamera(view.pose.clone()));
            }
            continue;
        }
        match resolve_pose(&view.pose, &Nodes(world)) {
            Ok(at) => {
                let at = Transform {
                    translation: at.position_m().as_vec3(),
                    rotation: at.rotation.as_quat(),
                    ..Transform::IDENTITY
                };
                let parent = world.get::<ChildOf>(entity).map(ChildOf::parent);
                let at = match parent.map(|parent| in_world(world, parent)) {
                    Some(parent) => GlobalTransform::from(at).reparented_to(&parent),
                    None => at,
                };
                if let Some(mut local) = world.get_mut::<Transform>(entity) {
                    let scale = local.scale;
                    local.set_if_neq(Transform { scale, ..at });
                }
                projection::set(world, entity, view.vfov_deg);
            }
            Err(name) => missing.push(name),
        }
    }
    missing
}

/// Where something is, by the places of all that it is part of; they may have changed since Bevy has
/// told them on.
fn in_world(world: &World, entity: Entity) -> GlobalTransform {
    let local = |entity| world.get::<Transform>(entity).copied().unwrap_or_default();
    let parents = std::iter::successors(world.get::<ChildOf>(entity), |child| {
        world.get::<ChildOf>(child.parent())
    });
    let own = GlobalTransform::from(local(entity));
    parents.fold(own, |within, child| GlobalTransform::from(local(child.parent())) * within)
}

fn pose_of(transform: &Transform) -> AnchoredPose {
    AnchoredPose {
        anchor: NodeName::new(WORLD),
        follow_rotation: false,
        position_m: transform.translation.as_dvec3(),
        rotation: transform.rotation.as_dquat(),
        scale: 1.0,
    }
}

/// The things that have names, as places that cameras can be relative to.
struct Nodes<'a>(&'a World);

impl Frames for Nodes<'_> {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        if name == WORLD {
            return Some(WorldFromNode { position_m: DVec3::ZERO, rotation: DQuat::IDENTITY });
        }
        let mut nodes = self.0.try_query_filtered::<(Entity, &Recorded), With<Transform>>()?;
        let (node, _) = nodes.iter(self.0).find(|(_, node)| node.name() == name)?;
        let at = in_world(self.0, node).compute_transform();
        let (position_m, rotation) = (at.translation.as_dvec3(), at.rotation.as_dquat());
        Some(WorldFromNode { position_m, rotation })
    }
}

#[cfg(feature = "camera")]
mod projection {
    //! Fields of view of Bevy's own cameras.

    use bevy_camera::Projection;
    use bevy_ecs::prelude::*;

    pub(super) fn vfov_deg(world: &World, camera: Entity) -> Option<f64> {
        match world.get::<Projection>(camera)? {
            Projection::Perspective(perspective) => Some(f64::from(perspective.fov).to_degrees()),
            _ => None,
        }
    }

    pub(super) fn set(world: &mut World, camera: Entity, vfov_deg: Option<f64>) {
        let Some(fov) = vfov_deg.map(|deg| deg.to_radians() as f32) else { return };
        let Some(mut projection) = world.get_mut::<Projection>(camera) else { return };
        let is_other = |p: &Projection| matches!(p, Projection::Perspective(p) if p.fov != fov);
        if is_other(&projection)
            && let Projection::Perspective(perspective) = &mut *projection
        {
            perspective.fov = fov;
        }
    }
}

#[cfg(not(feature = "camera"))]
mod projection {
    //! Without Bevy's cameras there are no fields of view.

    use bevy_ecs::prelude::*;

    pub(super) fn vfov_deg(_: &World, _: Entity) -> Option<f64> {
        None
    }

    pub(super) fn set(_: &mut World, _: Entity, _: Option<f64>) {}
}
