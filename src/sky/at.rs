//! Where the nodes of a scene are at one date.

use std::collections::HashMap;
use std::sync::Arc;

use glam::{DQuat, DVec3};
use skyreel_core::pose::NodeName;
use skyreel_core::resolve::{Frames, WorldFromNode};
use skyreel_core::time::SimTime;

use crate::axes::Moment;
use crate::motion::Motion;
use crate::node::{Node, NodeId};
use crate::place::Place;
use crate::rotation::world_from_body;
use crate::scene::Scene;

/// The places of all nodes of a scene at a date. A pure function of scene and date.
#[derive(Clone, Debug)]
pub struct SkyAt {
    time: SimTime,
    places: Vec<WorldFromNode>,
    nodes: Arc<[Node]>,
    names: Arc<HashMap<NodeName, NodeId>>,
}

const ORIGIN: WorldFromNode = WorldFromNode { position_m: DVec3::ZERO, rotation: DQuat::IDENTITY };

impl SkyAt {
    pub(crate) fn new(nodes: Arc<[Node]>, names: Arc<HashMap<NodeName, NodeId>>) -> Self {
        Self { time: SimTime::J2000, places: vec![ORIGIN; nodes.len()], nodes, names }
    }

    pub(crate) fn move_to(&mut self, scene: &Scene, time: SimTime) {
        let moment = Moment::of(time);
        let solar = scene.theory().solar(moment);
        self.time = time;
        self.places.clear();
        self.places.resize(scene.nodes().len(), ORIGIN);
        for &id in scene.order() {
            let Some(node) = scene.node(id) else { continue };
            let links = scene.links(id);
            let parent = links.parent.map_or(ORIGIN, |parent| self.world_from(parent));
            let position_m = match &node.motion {
                Motion::WithParent => parent.position_m,
                Motion::Theory(wanderer) => solar.in_world_m(*wanderer),
                Motion::Orbit(orbit) => {
                    let offset_m = links.plane.map_or(DVec3::ZERO, |p| p.offset_m(orbit, moment));
                    parent.position_m + offset_m
                }
                Motion::Fixed(x, y, z) => parent.position_m + DVec3::new(*x, *y, *z),
                Motion::Above(place) => {
                    let radii_m = links.parent.and_then(|parent| self.radii_m(parent));
                    let point_m = place.point_m(radii_m.unwrap_or([1.0; 3]));
                    parent.position_m + parent.rotation * point_m
                }
                Motion::Midpoint(..) => {
                    let (a, b) = links.midpoint_of.unwrap_or((id, id));
                    (self.position_m(a) + self.position_m(b)) / 2.0
                }
            };
            let rotation = node.body.as_ref().and_then(|body| body.rotation.as_ref());
            let rotation = rotation.map_or(parent.rotation, |r| world_from_body(r, moment));
            if let Some(place) = self.places.get_mut(id.index()) {
                *place = WorldFromNode { position_m, rotation };
            }
        }
    }

    /// The date.
    pub fn time(&self) -> SimTime {
        self.time
    }

    /// The node of that name.
    pub fn id(&self, name: &str) -> Option<NodeId> {
        self.names.get(name).copied()
    }

    /// A node's place and turn; the world's origin for an id of another scene.
    pub fn world_from(&self, id: NodeId) -> WorldFromNode {
        self.places.get(id.index()).copied().unwrap_or(ORIGIN)
    }

    /// A node's place in the world, metres.
    pub fn position_m(&self, id: NodeId) -> DVec3 {
        self.world_from(id).position_m
    }

    /// Takes a node's own axes to the world's, unit length.
    pub fn rotation(&self, id: NodeId) -> DQuat {
        self.world_from(id).rotation
    }

    /// The place of a camera above a node's body, from camera minus node in world axes, metres;
    /// `None` where the node has no body.
    pub fn below(&self, offset_m: DVec3, id: NodeId) -> Option<Place> {
        let point_m = self.rotation(id).inverse() * offset_m;
        Some(Place::of(point_m, self.radii_m(id)?))
    }

    /// The inverse of [`SkyAt::below`]: from the node to the place, world axes, metres.
    pub fn above(&self, place: Place, id: NodeId) -> Option<DVec3> {
        Some(self.rotation(id) * place.point_m(self.radii_m(id)?))
    }

    fn radii_m(&self, id: NodeId) -> Option<[f64; 3]> {
        self.nodes.get(id.index())?.radii_m()
    }
}

impl Frames for SkyAt {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        Some(self.world_from(self.id(name)?))
    }
}
