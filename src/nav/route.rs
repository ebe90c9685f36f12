//! The way of a flight at one moment, past its own two nodes: about one of them, or about the one and
//! then the other. What else may stand in the way is not known here.

use glam::{DQuat, DVec3};
use skyreel_core::pose::NodeName;

use crate::ground::Ground;
use crate::leg::{Joint, LEAST_M, Leg, Profile};
use crate::terrain::Terrain;
use crate::turn::{Arc, Sweep};

/// Within so many radii of a globe's surface, a way has to mind it from the start.
const NEAR_RADII: f64 = 3.0;
/// Within so many radii of a surface, an end of a way is at that globe, whatever it is anchored to.
pub(crate) const AT_RADII: f64 = 10.0;

/// About which nodes a way goes: settled when a flight is planned, so that it does not change its mind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Course {
    /// About a single node.
    About(NodeName),
    /// From the one to the other by the line between them.
    Across(NodeName, NodeName),
    /// Up from the first, which is small, and on about the second, as from a moon to a place above
    /// its planet. The other way round where it is flown backwards.
    Out { small: NodeName, large: NodeName, backwards: bool },
}

/// One end of a way: a camera and the node that it is near.
#[derive(Clone, Debug)]
pub(crate) struct End {
    pub node: NodeName,
    pub node_m: DVec3,
    pub ground: Ground,
    /// Camera minus node, world axes, metres.
    pub offset_m: DVec3,
    /// Against the line of sight: the direction of a camera that is in the node itself.
    pub spare: DVec3,
}

impl End {
    fn direction(&self) -> DVec3 {
        self.offset_m.try_normalize().unwrap_or(self.spare)
    }

    fn height_m(&self) -> f64 {
        self.ground.height_m(self.offset_m)
    }

    /// Whether it is so near a globe that a straight line from here may hit it.
    fn is_near(&self) -> bool {
        self.is_within(NEAR_RADII)
    }

    fn is_within(&self, radii: f64) -> bool {
        self.ground.is_globe() && self.height_m() < radii * self.ground.radius_m()
    }

    /// The same place seen from another node.
    fn seen_from(&self, other: &Self) -> Self {
        let offset_m = (self.node_m - other.node_m) + self.offset_m;
        Self { offset_m, ..other.clone() }
    }

    fn at(&self, node: &NodeName, terrain: &impl Terrain) -> Option<Self> {
        if *node == self.node {
            return Some(self.clone());
        }
        let node_m = terrain.world_from_node(node.as_str())?.position_m;
        let ground = Ground::in_world(node.as_str(), terrain);
        let offset_m = (self.node_m - node_m) + self.offset_m;
        Some(Self { node: node.clone(), node_m, ground, offset_m, spare: self.spare })
    }
}

impl Course {
    /// Chooses by where both ends are now.
    pub fn between(from: &End, to: &End) -> Self {
        if from.node == to.node {
            return Self::About(from.node.clone());
        }
        let across = || Self::Across(from.node.clone(), to.node.clone());
        let gap_m = gap_m(from, to);
        let (from_m, to_m) = (from.height_m().max(LEAST_M), to.height_m().max(LEAST_M));
        if from_m.max(to_m) < gap_m / 3.0 {
            return across();
        }
        if from.is_near() || to.is_near() {
            // Towards the other while that is nearer than the way's end is high above it.
            if from_m.max(to_m) < 0.9 * gap_m && from_m + to_m < gap_m {
                return across();
            }
            let backwards = match (from.is_near(), to.is_near()) {
                (true, true) => to.ground.radius_m() < from.ground.radius_m(),
                (near, _) => !near,
            };
            let (small, large) = if backwards { (to, from) } else { (from, to) };
            if large.is_within(AT_RADII) {
                let (small, large) = (small.node.clone(), large.node.clone());
                return Self::Out { small, large, backwards };
            }
        }
        Self::About(if from_m <= to_m { from.node.clone() } else { to.node.clone() })
    }

    /// Whether the way minds that node by itself.
    pub fn is_about(&self, node: &NodeName) -> bool {
        match self {
            Self::About(a) => a == node,
            Self::Across(a, b) | Self::Out { small: a, large: b, .. } => a == node || b == node,
        }
    }
}

/// Between the surfaces of two nodes, along the line of their centres, metres.
fn gap_m(a: &End, b: &End) -> f64 {
    let apart_m = b.node_m - a.node_m;
    let Some(axis) = apart_m.try_normalize() else { return 0.0 };
    apart_m.length() - a.ground.surface_m(axis) - b.ground.surface_m(-axis)
}

/// A way at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    first: Leg,
    second: Option<Leg>,
    /// The nodes of both legs in the world.
    nodes_m: [DVec3; 2],
    /// Where the second leg takes over.
    split: f64,
    backwards: bool,
}

/// A place on a way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waypoint {
    /// The node of the leg, in the world, metres.
    pub node_m: DVec3,
    /// Camera minus that node, world axes, metres.
    pub offset_m: DVec3,
    /// From the attitude that both ends are mixed in to the one here.
    pub turned: DQuat,
}

/// On which side of their nodes the legs of a way go, as they did when it was planned: the direction
/// that each goes past, where it needs one.
pub(crate) type Sides = [Option<DVec3>; 2];

impl Route {
    /// The way between two ends at this moment; `None` where a node has left the scene. `sides` are
    /// those of an earlier moment.
    pub fn lay(
        course: &Course,
        from: &End,
        to: &End,
        sides: Option<Sides>,
        terrain: &impl Terrain,
    ) -> Option<Self> {
        let sides = sides.unwrap_or_default();
        let route = match course {
            Course::About(node) => about(&from.at(node, terrain)?, &to.at(node, terrain)?, sides),
            Course::Across(a, b) => across(&from.at(a, terrain)?, &to.at(b, terrain)?, sides),
            Course::Out { small, large, backwards } => {
                let (a, b) = if *backwards { (to, from) } else { (from, to) };
                let route = out(&a.at(small, terrain)?, &b.at(large, terrain)?, sides);
                Route { backwards: *backwards, ..route }
            }
        };
        Some(route)
    }

    /// The sides to keep to from now on.
    pub fn sides(&self) -> Sides {
        [self.first.sweep.via(), self.second.as_ref().and_then(|leg| leg.sweep.via())]
    }

    /// How long it is, in e-folds of height and radians of turning.
    pub fn way(&self) -> f64 {
        let way = |leg: &Leg| leg.profile.way() + leg.sweep.angle() / 2.0;
        way(&self.first) + self.second.as_ref().map_or(0.0, way)
    }

    /// Where the node that the flight comes from hands over to the one it goes to.
    pub fn handover(&self) -> f64 {
        let split = if self.second.is_some() { self.split } else { 0.5 };
        if self.backwards { 1.0 - split } else { split }
    }

    /// The place at a part of the way, 0 to 1.
    pub fn at(&self, part: f64) -> Waypoint {
        let part = if self.backwards { 1.0 - part } else { part };
        let [first_m, second_m] = self.nodes_m;
        match &self.second {
            Some(leg) if part >= self.split => {
                let (offset_m, turned) = leg.at((part - self.split) / (1.0 - self.split));
                Waypoint { node_m: second_m, offset_m, turned: turned * self.first.whole() }
            }
            _ => {
                let (offset_m, turned) = self.first.at(part / self.split);
                Waypoint { node_m: first_m, offset_m, turned }
            }
        }
    }
}

/// The leg that begins at `end`.
fn leaving(end: &End, to: DVec3, via: Option<DVec3>, profile: Profile, joint: Joint) -> Leg {
    let from = end.direction();
    let sweep = Sweep::between(from, to, via);
    let left_m = [(end.height_m() - LEAST_M).min(0.0), 0.0];
    Leg { ground: end.ground, from, sweep, profile, joint, left_m }
}

/// The leg that ends at `end`, after another.
fn arriving(from: DVec3, end: &End, via: Option<DVec3>, profile: Profile) -> Leg {
    let sweep = Sweep::between(from, end.direction(), via);
    let left_m = [0.0, (end.height_m() - LEAST_M).min(0.0)];
    Leg { ground: end.ground, from, sweep, profile, joint: Joint::AtStart, left_m }
}

fn about(from: &End, to: &End, [via, _]: Sides) -> Route {
    let along_m = angle(from.direction(), to.direction()) * from.ground.radius_m();
    let profile = Profile::hop(from.height_m(), to.height_m(), along_m);
    let mut first = leaving(from, to.direction(), via, profile, Joint::None);
    first.left_m[1] = (to.height_m() - LEAST_M).min(0.0);
    let nodes_m = [from.node_m; 2];
    Route { first, second: None, nodes_m, split: 1.0, backwards: false }
}

fn angle(from: DVec3, to: DVec3) -> f64 {
    Arc::between(from, to, from).angle
}

fn across(from: &End, to: &End, [first_via, second_via]: Sides) -> Route {
    let axis = (to.node_m - from.node_m).try_normalize().unwrap_or(DVec3::X);
    let gap = gap_m(from, to);
    // Planets move while a flight lasts: what was between them when it was planned stays so.
    let height = |end: &End| end.height_m().clamp(LEAST_M.min(gap * 0.45), gap * 0.95);
    let start = (height(from) / (gap - height(from))).ln();
    let end = ((gap - height(to)) / height(to)).ln().max(start + 0.1);
    // In the middle, if there is some way on either side of it.
    let (quarter, whole) = ((end - start) / 4.0, end - start);
    let middle = 0.0_f64.clamp(start + quarter, end - quarter);
    let split = (middle - start) / whole;
    let first = Profile::Between { gap, from: start, to: middle };
    let second = Profile::Beyond { gap, from: middle, to: end };
    Route {
        first: leaving(from, axis, first_via, first, Joint::AtEnd),
        second: Some(arriving(-axis, to, second_via, second)),
        nodes_m: [from.node_m, to.node_m],
        split,
        backwards: false,
    }
}

fn out(small: &End, large: &End, [first_via, second_via]: Sides) -> Route {
    let apart_m = small.node_m - large.node_m;
    let outward = apart_m.try_normalize().unwrap_or(DVec3::X);
    let start_m = small.height_m().max(LEAST_M);
    let middle_m = 3.0 * start_m.max(small.ground.radius_m());
    let middle = outward * (small.ground.surface_m(outward) + middle_m);
    let above_m = End { offset_m: middle, ..small.clone() }.seen_from(large).height_m();
    let (above_m, end_m) = (above_m.max(LEAST_M), large.height_m().max(LEAST_M));
    let rise = (middle_m / start_m).ln();
    let turns = |end: &End| angle(end.direction(), outward);
    let rising = rise + turns(small);
    let going_on = (end_m / above_m).ln().abs() + turns(large) + 0.5;
    let split = rising / (rising + going_on);
    // Both legs go straight up here, with the same speed.
    let speed_m = middle_m * rise / split;
    let pace = speed_m * (1.0 - split) / above_m;
    let first = Profile::Ratio { from: start_m, to: middle_m };
    let second = Profile::Bend { from: above_m.ln(), pace, to: end_m.ln() };
    Route {
        first: leaving(small, outward, first_via, first, Joint::AtEnd),
        second: Some(arriving(outward, large, second_via, second)),
        nodes_m: [small.node_m, large.node_m],
        split,
        backwards: false,
    }
}
