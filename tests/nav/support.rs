//! Worlds to fly in: one of a few nodes that stand where a test puts them, and the real sky.

use glam::{DQuat, DVec3};
use skyreel_core::pose::{AnchoredPose, NodeName};
use skyreel_core::resolve::{Frames, WorldFromNode};
use skyreel_core::time::SimTime;
use skyreel_nav::{Settings, Terrain};
use skyreel_sky::{Scene, SkyAt};

pub struct Node {
    pub name: &'static str,
    pub position_m: DVec3,
    pub rotation: DQuat,
    pub radii_m: Option<[f64; 3]>,
}

pub struct World(pub Vec<Node>);

pub const EARTH_M: [f64; 3] = [6_378_137.0, 6_378_137.0, 6_356_752.314];

/// A tilted Earth at one astronomical unit, an oblong moon of it, and a point without a body.
pub fn earth() -> World {
    let node = |name, position_m, rotation, radii_m| Node { name, position_m, rotation, radii_m };
    let at = DVec3::new(1.1e11, -0.9e11, 3e9);
    let tilted = DQuat::from_euler(glam::EulerRot::XYZ, 0.4, -1.1, 2.3);
    World(vec![
        node("Earth", at, tilted, Some(EARTH_M)),
        node("Potato", at + DVec3::X * 4e8, tilted.inverse(), Some([13e3, 11.4e3, 9.1e3])),
        node("Point", DVec3::new(-2.5e20, 1e19, 3e18), DQuat::IDENTITY, None),
    ])
}

impl World {
    fn find(&self, name: &str) -> Option<&Node> {
        self.0.iter().find(|n| n.name == name)
    }

    /// The same world with a node turned.
    pub fn turned(mut self, name: &str, by: DQuat) -> Self {
        for node in self.0.iter_mut().filter(|n| n.name == name) {
            node.rotation = (by * node.rotation).normalize();
        }
        self
    }
}

impl Frames for World {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        let node = self.find(name)?;
        Some(WorldFromNode { position_m: node.position_m, rotation: node.rotation })
    }
}

impl Terrain for World {
    fn radii_m(&self, name: &str) -> Option<[f64; 3]> {
        self.find(name)?.radii_m
    }
}

/// The embedded solar system at a date.
pub struct Sky {
    pub scene: Scene,
    pub at: SkyAt,
}

impl Sky {
    pub fn at(tdb_s: f64) -> Self {
        let scene = Scene::embedded().unwrap();
        let at = scene.at(SimTime::from_tdb_secs(tdb_s).unwrap());
        Self { scene, at }
    }

    pub fn move_to(&mut self, tdb_s: f64) {
        self.scene.at_into(SimTime::from_tdb_secs(tdb_s).unwrap(), &mut self.at);
    }

    pub fn globes(&self) -> Vec<NodeName> {
        let globes = self.scene.nodes().iter().filter(|n| n.radii_m().is_some());
        globes.map(|n| n.name.clone()).collect()
    }
}

impl Frames for Sky {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        self.at.world_from_node(name)
    }
}

impl Terrain for Sky {
    fn radii_m(&self, name: &str) -> Option<[f64; 3]> {
        self.scene.node(self.scene.id(name)?)?.radii_m()
    }
}

/// A camera that looks at its anchor from a height above it.
pub fn above(
    anchor: &str,
    direction: DVec3,
    height_m: f64,
    terrain: &impl Terrain,
) -> AnchoredPose {
    let direction = direction.normalize();
    let radii_m = terrain.radii_m(anchor);
    let surface_m = radii_m.map_or(0.0, |r| skyreel_core::globe::surface_distance_m(r, direction));
    let up = direction.any_orthonormal_vector();
    AnchoredPose {
        anchor: anchor.into(),
        follow_rotation: radii_m.is_some(),
        position_m: direction * (surface_m + height_m),
        rotation: skyreel_core::globe::looking(-direction, up).unwrap(),
        scale: 1.0,
    }
}

/// Height of a camera above a node's surface along the line from its centre, metres.
pub fn height_m(pose: &AnchoredPose, node: &str, terrain: &impl Terrain) -> f64 {
    let anchor = terrain.world_from_node(pose.anchor.as_str()).unwrap();
    let here = terrain.world_from_node(node).unwrap();
    let own_axes = pose.anchor.as_str() == node && pose.follow_rotation;
    let in_globe = if own_axes {
        pose.position_m
    } else {
        let axes = if pose.follow_rotation { anchor.rotation } else { DQuat::IDENTITY };
        let offset_m = (anchor.position_m - here.position_m) + axes * pose.position_m;
        here.rotation.inverse() * offset_m
    };
    let surface = |r| skyreel_core::globe::surface_distance_m(r, in_globe.normalize());
    in_globe.length() - terrain.radii_m(node).map_or(0.0, surface)
}

/// Camera in the world: place relative to a node, and rotation.
pub fn seen_from(pose: &AnchoredPose, node: &str, terrain: &impl Terrain) -> (DVec3, DQuat) {
    let anchor = terrain.world_from_node(pose.anchor.as_str()).unwrap();
    let axes = if pose.follow_rotation { anchor.rotation } else { DQuat::IDENTITY };
    let here = terrain.world_from_node(node).unwrap();
    let offset_m = (anchor.position_m - here.position_m) + axes * pose.position_m;
    (offset_m, (axes * pose.rotation).normalize())
}

/// The angle between two rotations, radians.
pub fn between(a: DQuat, b: DQuat) -> f64 {
    let turned = a.inverse() * b;
    2.0 * turned.xyz().length().atan2(turned.w.abs())
}

pub fn bits(pose: &AnchoredPose) -> Vec<u64> {
    let numbers = pose.position_m.to_array().into_iter().chain(pose.rotation.to_array());
    numbers.chain([pose.scale]).map(f64::to_bits).collect()
}

pub fn settings() -> Settings {
    Settings::default()
}
