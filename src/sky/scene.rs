//! A whole scene: its nodes, its properties, and the way from a date to places.

mod check;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use glam::DVec3;
use serde::Deserialize;
use skyreel_core::catalogue::{Catalogue, PropertySpec};
use skyreel_core::pose::NodeName;
use skyreel_core::resolve::WorldFromNode;
use skyreel_core::time::SimTime;
use skyreel_core::wording::Surroundings;

use crate::axes::Moment;
use crate::error::SceneError;
use crate::motion::{Motion, OrbitPlane, Theory, Wanderer};
use crate::node::{Node, NodeId, NotDrawn, PropertyEntry};
use crate::renderable::{Renderable, Trail};
use crate::{SkyAt, properties};

/// What the first line of every scene file says.
const KIND: &str = "skyreel-scene";
/// The only version so far.
const VERSION: u32 = 1;

/// The solar system as it comes with the program: a scene file that users may copy and change.
pub const SOLAR_SYSTEM: &str = include_str!("../../assets/scenes/solar_system.ron");

/// A scene that has been read and found sound.
#[derive(Clone, Debug)]
pub struct Scene {
    name: String,
    nodes: Arc<[Node]>,
    names: Arc<HashMap<NodeName, NodeId>>,
    /// Parents before children.
    order: Vec<NodeId>,
    links: Vec<Links>,
    properties: Vec<PropertySpec>,
    property_index: HashMap<String, usize>,
    /// Which of the properties are whose.
    properties_of: Vec<Range<usize>>,
    not_drawn: Vec<NotDrawn>,
    theory: Theory,
}

/// The nodes that a node's place depends on, and what does not change with time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Links {
    pub parent: Option<NodeId>,
    pub midpoint_of: Option<(NodeId, NodeId)>,
    pub plane: Option<OrbitPlane>,
}

#[derive(Deserialize)]
struct Header {
    kind: String,
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneFile {
    kind: String,
    version: u32,
    name: String,
    nodes: Vec<Node>,
    #[serde(default)]
    properties: Vec<PropertyEntry>,
    #[serde(default)]
    not_drawn: Vec<NotDrawn>,
}

impl Scene {
    /// The solar system that comes with the program.
    ///
    /// # Errors
    /// None, unless the program was built from a damaged scene file.
    pub fn embedded() -> Result<Self, SceneError> {
        Self::parse(SOLAR_SYSTEM)
    }

    /// Reads a scene file.
    ///
    /// # Errors
    /// What is wrong with it, where, and what was expected.
    pub fn parse(text: &str) -> Result<Self, SceneError> {
        // The kind is looked at first where the rest cannot be read: a later version may well have
        // fields that this one does not know.
        let read: Result<SceneFile, SceneError> = from_ron(text);
        let header = match &read {
            Ok(file) => Header { kind: file.kind.clone(), version: file.version },
            Err(error) => from_ron(text).map_err(|_| error.clone())?,
        };
        if header.kind != KIND || header.version != VERSION {
            return Err(SceneError::Kind {
                found: format!("kind \"{}\", version {}", header.kind, header.version),
                expected: format!("kind \"{KIND}\", version {VERSION}"),
            });
        }
        let file = read?;
        let check::Sound { names, links, order } = check::check(&file.nodes, text)?;

        let mut specs: Vec<PropertySpec> = Vec::new();
        let mut properties_of = Vec::with_capacity(file.nodes.len());
        for node in &file.nodes {
            let start = specs.len();
            specs.extend(properties::of_node(node));
            properties_of.push(start..specs.len());
        }
        specs.extend(file.properties.into_iter().map(|entry| PropertySpec {
            path: entry.path,
            tags: Vec::new(),
            default: entry.value,
            range: entry.range,
        }));
        let property_index = check::property_index(&specs, text)?;
        Ok(Self {
            name: file.name,
            nodes: file.nodes.into(),
            names: Arc::new(names),
            order,
            links,
            properties: specs,
            property_index,
            properties_of,
            not_drawn: file.not_drawn,
            theory: Theory::embedded()?,
        })
    }

    /// The scene's name, for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All nodes, in the file's order; [`NodeId::index`] is the place in it.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The nodes with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (NodeId(index as u32), node))
    }

    /// The node of that name.
    pub fn id(&self, name: &str) -> Option<NodeId> {
        self.names.get(name).copied()
    }

    /// A node by its id. Ids of another scene give some other node, or none.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// The node that a node moves with.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.links.get(id.index())?.parent
    }

    /// The properties of one node.
    pub fn properties_of(&self, id: NodeId) -> &[PropertySpec] {
        let range = self.properties_of.get(id.index()).cloned().unwrap_or_default();
        self.properties.get(range).unwrap_or_default()
    }

    /// Properties that recordings set and this scene does not draw.
    pub fn not_drawn(&self) -> &[NotDrawn] {
        &self.not_drawn
    }

    /// Why the property at that path (or those of that pattern) are not drawn, if the scene says so.
    pub fn why_not_drawn(&self, path: &str) -> Option<&str> {
        let entry = self.not_drawn.iter().find(|entry| entry.pattern.matches(path, &[]))?;
        Some(&entry.why)
    }

    /// Where everything is at a date.
    pub fn at(&self, time: SimTime) -> SkyAt {
        let mut sky = SkyAt::new(self.nodes.clone(), self.names.clone());
        self.at_into(time, &mut sky);
        sky
    }

    /// Where everything is at a date, into what an earlier call has allocated.
    pub fn at_into(&self, time: SimTime, sky: &mut SkyAt) {
        sky.move_to(self, time);
    }

    /// `node` minus `from` at a date, world axes, metres: cheaper than [`Scene::at`] where only one
    /// pair is wanted, as for the points of a trail.
    pub fn offset_m(&self, node: NodeId, from: NodeId, time: SimTime) -> DVec3 {
        let moment = Moment::of(time);
        // By way of the Sun only where it must be: a moon from its planet keeps all its digits.
        if let Some(Way::To(offset_m)) = self.way_m(node, Some(from), moment) {
            return offset_m;
        }
        match (self.way_m(node, None, moment), self.way_m(from, None, moment)) {
            (Some(Way::FromSun(node)), Some(Way::FromSun(from))) => node - from,
            _ => {
                let sky = self.at(time);
                sky.position_m(node) - sky.position_m(from)
            }
        }
    }

    /// Where a trail's node was, seen from the node it is relative to, at the trail's `index`-th
    /// point, which lies `index * step_s` seconds past J2000 (so that a line's points stay where
    /// they are while time goes on), world axes, metres.
    pub fn trail_point_m(&self, trail: &Trail, index: i64) -> Option<DVec3> {
        let (of, from) = (self.id(trail.of.as_str())?, self.id(trail.relative_to.as_str())?);
        let time = SimTime::from_tdb_secs(index as f64 * trail.step_s())?;
        Some(self.offset_m(of, from, time))
    }

    /// The trails, with the nodes that carry them.
    pub fn trails(&self) -> impl Iterator<Item = (NodeId, &Trail)> {
        self.iter().filter_map(|(id, node)| match &node.renderable {
            Some(Renderable::Trail(trail)) => Some((id, trail)),
            _ => None,
        })
    }

    pub(crate) fn theory(&self) -> &Theory {
        &self.theory
    }

    pub(crate) fn order(&self) -> &[NodeId] {
        &self.order
    }

    pub(crate) fn links(&self, id: NodeId) -> Links {
        self.links.get(id.index()).copied().unwrap_or_default()
    }

    /// A node from the one it stands on by way of its parents, or else from the Sun; `None` where
    /// that takes the places of several other nodes.
    fn way_m(&self, mut id: NodeId, to: Option<NodeId>, moment: Moment) -> Option<Way> {
        let mut offset_m = DVec3::ZERO;
        loop {
            if to == Some(id) {
                return Some(Way::To(offset_m));
            }
            let (node, links) = (self.node(id)?, self.links(id));
            let wanderer = match &node.motion {
                Motion::WithParent => None,
                Motion::Theory(wanderer) => Some(*wanderer),
                Motion::Orbit(orbit) => {
                    offset_m += links.plane?.offset_m(orbit, moment);
                    None
                }
                Motion::Fixed(x, y, z) => {
                    offset_m += DVec3::new(*x, *y, *z);
                    None
                }
                Motion::Above(_) | Motion::Midpoint(..) => return None,
            };
            match (wanderer, links.parent) {
                (None, Some(parent)) => id = parent,
                // Nobody asked for the Sun: its place would be computed for nothing.
                _ if to.is_some() => return None,
                (wanderer, _) => {
                    let wanderer = wanderer.unwrap_or(Wanderer::Barycentre);
                    return Some(Way::FromSun(
                        offset_m + self.theory.heliocentric_m(wanderer, moment),
                    ));
                }
            }
        }
    }
}

/// What [`Scene::way_m`] came to.
enum Way {
    /// The node that was asked for, metres from it.
    To(DVec3),
    /// The Sun, metres from it.
    FromSun(DVec3),
}

impl Catalogue for Scene {
    fn properties(&self) -> &[PropertySpec] {
        &self.properties
    }

    fn property(&self, path: &str) -> Option<&PropertySpec> {
        self.properties.get(*self.property_index.get(path)?)
    }
}

fn from_ron<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, SceneError> {
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| SceneError::Syntax {
        line: error.span.start.line,
        column: error.span.start.col,
        message: error.code.to_string(),
    })
}

impl Surroundings for Scene {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        self.node(self.id(node)?)?.radii_m()
    }

    fn world_from_node(&self, node: &str, at: SimTime) -> Option<WorldFromNode> {
        Some(self.at(at).world_from(self.id(node)?))
    }
}
