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

type Camera = (
    Entity,
    &'static RecordedCamera,
    Option<&'static AnchoredCamera>,
    Option<&'static Transform>,
    Option<&'static GlobalTransform>,
    Option<&'static ChildOf>,
);

/// Every camera as it is, in order of their views' names, so that two runs are the same.
pub(crate) fn seen(world: &mut World) -> Vec<SeenView> {
    let mut query = world.query::<Camera>();
    let views =
        query.iter(world).filter_map(|(entity, camera, anchored, local, global, parent)| {
            let pose = match (anchored, local) {
                (Some(AnchoredCamera(pose)), _) => pose.leading().clone(),
                (None, Some(local)) => match (parent, global) {
                    (Some(_), Some(global)) => pose_of(&global.compute_transform()),
                    _ => pose_of(local),
                },
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
    let views = seen(world).into_iter().map(|view| ViewFrame {
        name: view.name.to_string(),
        vfov_deg: view.vfov_deg,
        pose: FramePose::One(view.pose),
    });
    views.collect()
}

/// Puts the cameras where a frame has them. The name of a node that is missing, where one is; its
/// camera stays where it is.
pub(crate) fn place(world: &mut World, frame: &Frame) -> Option<NodeName> {
    let mut missing = None;
    let mut query = world.query::<(Entity, &RecordedCamera, Has<AnchoredCamera>)>();
    let cameras: Vec<_> =
        query.iter(world).map(|(entity, camera, own)| (entity, camera.clone(), own)).collect();
    for (entity, camera, has_own) in cameras {
        let Some(view) = frame.view(&camera.view) else { continue };
        if has_own {
            if let Some(mut own) = world.get_mut::<AnchoredCamera>(entity) {
                own.set_if_neq(AnchoredCamera(view.pose.clone()));
            }
            continue;
        }
        let nodes = Nodes::of(world);
        match resolve_pose(&view.pose, &nodes) {
            Ok(at) => {
                let position = at.position_m().as_vec3();
                let rotation = at.rotation.as_quat();
                let parent = world.get::<ChildOf>(entity).map(|child| child.parent());
                let parent = parent.and_then(|p| world.get::<GlobalTransform>(p)).copied();
                if let Some(mut local) = world.get_mut::<Transform>(entity) {
                    let wanted = Transform { translation: position, rotation, scale: local.scale };
                    let wanted = match parent {
                        Some(parent) => GlobalTransform::from(wanted).reparented_to(&parent),
                        None => wanted,
                    };
                    local.set_if_neq(wanted);
                }
                projection::set(world, entity, view.vfov_deg);
            }
            Err(name) => missing = Some(name),
        }
    }
    missing
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
struct Nodes(Vec<(Recorded, WorldFromNode)>);

impl Nodes {
    fn of(world: &mut World) -> Self {
        let mut query = world.query::<(&Recorded, &GlobalTransform)>();
        let nodes = query.iter(world).map(|(name, global)| {
            let transform = global.compute_transform();
            let position_m = transform.translation.as_dvec3();
            (name.clone(), WorldFromNode { position_m, rotation: transform.rotation.as_dquat() })
        });
        Self(nodes.collect())
    }
}

impl Frames for Nodes {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        if name == WORLD {
            return Some(WorldFromNode { position_m: DVec3::ZERO, rotation: DQuat::IDENTITY });
        }
        self.0.iter().find(|(node, _)| node.name() == name).map(|(_, place)| *place)
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
