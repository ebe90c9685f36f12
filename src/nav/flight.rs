//! A planned flight from a camera's place to a target: a pure function of time and of where the nodes
//! are at that time.

use glam::{DQuat, DVec3};
use skyreel_core::pose::{AnchoredPose, NodeName};

use crate::detour::{Detour, Globe};
use crate::ease;
use crate::focus::axes;
use crate::ground::Ground;
use crate::hand::DEFAULT_VFOV_DEG;
use crate::route::{AT_RADII, Course, End, Route, Sides, Waypoint};
use crate::settings::Settings;
use crate::target::{Target, end_pose, usable};
use crate::terrain::Terrain;
use crate::turn::{part_of, towards};

/// Places of a way that are looked at for globes in it.
const LOOKS: u32 = 512;
/// How often a way is bent anew at most, for what stands in the bent one.
const ROUNDS: usize = 4;

/// The cosine of the angle from the middle of the view within which something is looked at: 35°.
const LOOKED_AT: f64 = 0.82;

/// The cosine of the angle that keeping the target in view may turn the camera by at most: 75°.
const LEAST_ALIKE: f64 = 0.26;

/// What a flight is to be like, besides where it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Wishes {
    /// How long it takes, seconds; `None`: as long as is pleasant.
    pub duration_s: Option<f64>,
    /// Nodes not to fly through, besides the one it comes from and the one it goes to.
    pub obstacles: Vec<NodeName>,
    /// The node that shines on the one it goes to.
    pub sun: Option<NodeName>,
    /// The vertical field of view, degrees: what a node is to fill a part of.
    pub vfov_deg: f64,
    /// Least height, and whether and where the camera turns with its node.
    pub settings: Settings,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            duration_s: None,
            obstacles: Vec::new(),
            sun: None,
            vfov_deg: DEFAULT_VFOV_DEG,
            settings: Settings::default(),
        }
    }
}

/// Why there is no such flight.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FlightError {
    /// The scene lacks a node.
    #[error("the scene has no node '{name}'")]
    UnknownNode {
        /// The node that is missing.
        name: NodeName,
    },
    /// A place on something that has no surface.
    #[error("'{name}' has no globe: there are no places on it")]
    NoGlobe {
        /// The node.
        name: NodeName,
    },
    /// A latitude that there is not.
    #[error("latitude {found}°; expected -90 to 90")]
    Latitude {
        /// As it was given, degrees.
        found: f64,
    },
    /// A number that cannot be flown with.
    #[error("{what} {found} cannot be flown with")]
    NoNumber {
        /// What it says.
        what: &'static str,
        /// As it was given.
        found: f64,
    },
    /// A duration that there is not.
    #[error("a flight of {found} s; expected more than 0")]
    Duration {
        /// As it was given, seconds.
        found: f64,
    },
}

/// A planned flight. At rest at both ends, never through a globe it was told of.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    from: AnchoredPose,
    to: AnchoredPose,
    duration_s: f64,
    /// The nodes that the way's ends are at.
    nodes: [NodeName; 2],
    course: Course,
    sides: Sides,
    /// The camera's own turning over the whole flight, at the time of planning.
    turning: DQuat,
    /// Whether the target is kept in view.
    keeps_target: bool,
    detours: Vec<Detour>,
    /// All nodes it keeps out of.
    globes: Vec<NodeName>,
    least_m: f64,
}

/// A flight's way at one moment.
struct Moment {
    route: Route,
    /// Both ends in the world: a node, the camera from there, and its rotation.
    ends: [End; 2],
    rotations: [DQuat; 2],
}

impl Flight {
    /// Plans the way from a camera's place to a target, as the nodes are now.
    ///
    /// # Errors
    /// A [`FlightError`] where the scene lacks a node or a globe, or a number says nothing.
    pub fn plan(
        from: &AnchoredPose,
        target: &Target,
        wishes: &Wishes,
        terrain: &impl Terrain,
    ) -> Result<Self, FlightError> {
        if let Some(found) = wishes.duration_s.filter(|s| !(s.is_finite() && *s > 0.0)) {
            return Err(FlightError::Duration { found });
        }
        usable(from, terrain)?;
        let to = end_pose(from, target, wishes, terrain)?;
        let globes = globes(from, &to, &wishes.obstacles, terrain);
        let nodes = [from, &to].map(|pose| node_at(pose, &globes, terrain));
        let mut flight = Self {
            course: Course::About(nodes[0].clone()),
            from: from.clone(),
            to,
            duration_s: 1.0,
            nodes,
            sides: Sides::default(),
            turning: DQuat::IDENTITY,
            keeps_target: false,
            detours: Vec::new(),
            globes,
            least_m: wishes.settings.least_height_m(),
        };
        let unknown = |name: &NodeName| FlightError::UnknownNode { name: name.clone() };
        let (ends, _) = flight.ends(terrain).ok_or_else(|| unknown(&flight.to.anchor))?;
        flight.course = Course::between(&ends[0], &ends[1]);
        let moment = flight.moment(None, terrain);
        let moment = moment.ok_or_else(|| unknown(&flight.to.anchor))?;
        flight.sides = moment.route.sides();
        flight.turning = towards(moment.turning(), DQuat::IDENTITY);
        flight.go_around(&moment, terrain);
        flight.keeps_target = flight.can_keep_target(&moment, terrain);
        let whole = moment.route.way() + turned_by(flight.turning) / 2.0;
        flight.duration_s = wishes.duration_s.unwrap_or_else(|| ease::duration_s(whole));
        Ok(flight)
    }

    /// How long it takes, seconds.
    pub fn duration_s(&self) -> f64 {
        self.duration_s
    }

    /// Where it ends, relative to the node it goes to.
    pub fn end(&self) -> &AnchoredPose {
        &self.to
    }

    /// The camera at a time since the start, seconds, with the nodes where they are at that time. At
    /// the start and before it is exactly where it came from, at the end and after exactly at the
    /// target. Anchored to the node it comes from at first, then to the one it goes to. Where a node
    /// has left the scene, it is at the target, and so it is where the time is no number.
    pub fn pose_at(&self, t_s: f64, terrain: &impl Terrain) -> AnchoredPose {
        if t_s <= 0.0 {
            return self.from.clone();
        }
        if t_s >= self.duration_s || t_s.is_nan() {
            return self.to.clone();
        }
        let part = ease::way_done(t_s / self.duration_s);
        self.pose_on_way(part, terrain).unwrap_or_else(|| self.to.clone())
    }

    fn pose_on_way(&self, part: f64, terrain: &impl Terrain) -> Option<AnchoredPose> {
        let moment = self.moment(Some(self.sides), terrain)?;
        let waypoint = self.keep_out(self.bent(part, &moment, terrain), &moment, terrain);
        let rotation = self.rotation(part, &waypoint, &moment);
        let rotation = match self.target_seen(rotation, part, &waypoint, &moment) {
            Some((now, wanted)) if self.keeps_target => {
                (rotation * DQuat::from_rotation_arc(wanted, now)).normalize()
            }
            _ => rotation,
        };
        let near = if part < moment.route.handover() { &self.from } else { &self.to };
        let anchor = terrain.world_from_node(near.anchor.as_str())?;
        let back = axes(&anchor, near.follow_rotation).inverse();
        let offset_m = (waypoint.node_m - anchor.position_m) + waypoint.offset_m;
        Some(AnchoredPose {
            anchor: near.anchor.clone(),
            follow_rotation: near.follow_rotation,
            position_m: back * offset_m,
            rotation: (back * rotation).normalize(),
            scale: mixed_scale(self.from.scale, self.to.scale, part),
        })
    }

    /// Where the target is seen, in camera space, and where it would be if it went evenly from where
    /// it is seen at the start to where it is seen at the end.
    fn target_seen(
        &self,
        rotation: DQuat,
        part: f64,
        at: &Waypoint,
        moment: &Moment,
    ) -> Option<(DVec3, DVec3)> {
        let target_m = moment.ends[1].node_m;
        let seen = |rotation: DQuat, from_m: DVec3| {
            (rotation.inverse() * (target_m - from_m)).try_normalize()
        };
        let at_end =
            |n: usize| seen(moment.rotations[n], moment.ends[n].node_m + moment.ends[n].offset_m);
        let (first, last) = (at_end(0)?, at_end(1)?);
        let is_looked_at = |seen: DVec3| seen.dot(DVec3::NEG_Z) >= LOOKED_AT;
        let whole = DQuat::from_rotation_arc(first, last);
        let wanted = part_of(whole, ease::smoothstep(part)) * first;
        let is_meant = is_looked_at(first) && is_looked_at(last);
        is_meant.then_some((seen(rotation, at.node_m + at.offset_m)?, wanted.normalize()))
    }

    /// Whether the target, which is looked at already, can be kept in view all the way without wild
    /// turns: on the way out of a swing round another node it would else leave the view and come back.
    fn can_keep_target(&self, moment: &Moment, terrain: &impl Terrain) -> bool {
        (0..=LOOKS).all(|i| {
            let part = f64::from(i) / f64::from(LOOKS);
            let waypoint = self.keep_out(self.bent(part, moment, terrain), moment, terrain);
            let rotation = self.rotation(part, &waypoint, moment);
            let seen = self.target_seen(rotation, part, &waypoint, moment);
            seen.is_some_and(|(now, wanted)| now.dot(wanted) > LEAST_ALIKE)
        })
    }

    fn rotation(&self, part: f64, at: &Waypoint, moment: &Moment) -> DQuat {
        let start = moment.route.at(0.0).turned.inverse() * moment.rotations[0];
        let turning = towards(moment.turning(), self.turning);
        at.turned * start * part_of(turning, ease::smoothstep(part))
    }

    fn ends(&self, terrain: &impl Terrain) -> Option<([End; 2], [DQuat; 2])> {
        let end = |pose: &AnchoredPose, node: &NodeName| {
            let anchor = terrain.world_from_node(pose.anchor.as_str())?;
            let node_m = terrain.world_from_node(node.as_str())?.position_m;
            let axes = axes(&anchor, pose.follow_rotation);
            let rotation = (axes * pose.rotation).normalize();
            let end = End {
                node: node.clone(),
                node_m,
                ground: Ground::in_world(node.as_str(), terrain),
                offset_m: (anchor.position_m - node_m) + axes * pose.position_m,
                spare: rotation * DVec3::Z,
            };
            Some((end, rotation))
        };
        let (from, from_rotation) = end(&self.from, &self.nodes[0])?;
        let (to, to_rotation) = end(&self.to, &self.nodes[1])?;
        Some(([from, to], [from_rotation, to_rotation]))
    }

    fn moment(&self, sides: Option<Sides>, terrain: &impl Terrain) -> Option<Moment> {
        let (ends, rotations) = self.ends(terrain)?;
        let route = Route::lay(&self.course, &ends[0], &ends[1], sides, terrain)?;
        Some(Moment { route, ends, rotations })
    }

    /// The place at a part of the way, bent around what stands in it.
    fn bent(&self, part: f64, moment: &Moment, terrain: &impl Terrain) -> Waypoint {
        let straight = moment.route.at(part);
        let mut offset_m = straight.offset_m;
        for detour in &self.detours {
            let Some(globe) = globe(&detour.node, terrain) else { continue };
            let place_m = (straight.node_m - globe.node_m) + straight.offset_m;
            offset_m += detour.at(&globe, place_m, moment.ends_from(globe.node_m));
        }
        Waypoint { offset_m, ..straight }
    }

    /// The last word: nodes that move fast while a flight lasts may get into its way after all.
    fn keep_out(&self, at: Waypoint, moment: &Moment, terrain: &impl Terrain) -> Waypoint {
        let mut offset_m = at.offset_m;
        for name in &self.globes {
            let Some(node) = terrain.world_from_node(name.as_str()) else { continue };
            let ground = Ground::in_world(name.as_str(), terrain);
            let apart_m = at.node_m - node.position_m;
            let place_m = apart_m + offset_m;
            // Far off there is no need to know precisely.
            if place_m.length() > 2.0 * ground.radius_m() + self.least_m {
                continue;
            }
            let ends_m = moment.ends_from(node.position_m).map(|end_m| ground.height_m(end_m));
            let keep_m = self.least_m.min(ends_m[0]).min(ends_m[1]);
            if ground.height_m(place_m) < keep_m {
                let direction = place_m.try_normalize().unwrap_or(moment.ends[0].spare);
                let rounding = 1.0 + 4.0 * f64::EPSILON;
                let out_m = direction * (ground.surface_m(direction) * rounding + keep_m);
                offset_m = out_m - apart_m;
            }
        }
        Waypoint { offset_m, ..at }
    }

    /// Bends the way around every globe in it.
    fn go_around(&mut self, moment: &Moment, terrain: &impl Terrain) {
        for _ in 0..ROUNDS {
            let step = |i: u32| self.bent(f64::from(i) / f64::from(LOOKS), moment, terrain);
            let way: Vec<Waypoint> = (0..=LOOKS).map(step).collect();
            let needed = self.globes.iter().filter(|name| !self.course.is_about(name));
            let needed = needed.filter_map(|name| {
                let globe = globe(name, terrain)?;
                let (nearest_m, heading) = nearest(&way, globe.node_m)?;
                let ends_m = moment.ends_from(globe.node_m);
                Detour::needed(name, &globe, nearest_m, heading, ends_m)
            });
            let needed: Vec<Detour> = needed.collect();
            if needed.is_empty() {
                return;
            }
            self.detours.extend(needed);
        }
    }
}

impl Moment {
    /// The camera's own turning, besides that of the way.
    fn turning(&self) -> DQuat {
        let own =
            |part: f64, end: usize| self.route.at(part).turned.inverse() * self.rotations[end];
        (own(0.0, 0).inverse() * own(1.0, 1)).normalize()
    }

    fn ends_from(&self, node_m: DVec3) -> [DVec3; 2] {
        let from = |end: &End| (end.node_m - node_m) + end.offset_m;
        [from(&self.ends[0]), from(&self.ends[1])]
    }
}

/// Where a way comes nearest to a node, and its direction there.
fn nearest(way: &[Waypoint], node_m: DVec3) -> Option<(DVec3, DVec3)> {
    let place_m = |at: &Waypoint| (at.node_m - node_m) + at.offset_m;
    let steps = way.windows(2).filter_map(|pair| {
        let (a, b) = (place_m(&pair[0]), place_m(&pair[1]));
        let (heading, length) = ((b - a).try_normalize()?, (b - a).length());
        Some((a + heading * (-a.dot(heading)).clamp(0.0, length), heading))
    });
    steps.min_by(|a, b| a.0.length().total_cmp(&b.0.length()))
}

fn globe(name: &NodeName, terrain: &impl Terrain) -> Option<Globe> {
    let node_m = terrain.world_from_node(name.as_str())?.position_m;
    let ground = Ground::in_world(name.as_str(), terrain);
    ground.is_globe().then(|| Globe { node_m, radius_m: ground.radius_m() })
}

/// All globes a flight keeps out of, each once.
fn globes(
    from: &AnchoredPose,
    to: &AnchoredPose,
    obstacles: &[NodeName],
    terrain: &impl Terrain,
) -> Vec<NodeName> {
    let mut globes: Vec<NodeName> = Vec::new();
    for name in [&from.anchor, &to.anchor].into_iter().chain(obstacles) {
        if !globes.contains(name) && globe(name, terrain).is_some() {
            globes.push(name.clone());
        }
    }
    globes
}

/// The node that a camera is at: a globe where it is near one, else its anchor.
fn node_at(pose: &AnchoredPose, globes: &[NodeName], terrain: &impl Terrain) -> NodeName {
    let height_radii = |name: &NodeName| {
        let anchor = terrain.world_from_node(pose.anchor.as_str())?;
        let node_m = terrain.world_from_node(name.as_str())?.position_m;
        let ground = Ground::in_world(name.as_str(), terrain);
        let offset_m = axes(&anchor, pose.follow_rotation) * pose.position_m;
        let place_m = (anchor.position_m - node_m) + offset_m;
        Some(ground.height_m(place_m) / ground.radius_m())
    };
    let near = globes.iter().filter_map(|name| Some((name, height_radii(name)?)));
    let nearest = near.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, radii)| *radii < AT_RADII);
    nearest.map_or_else(|| pose.anchor.clone(), |(name, _)| name.clone())
}

fn turned_by(rotation: DQuat) -> f64 {
    2.0 * rotation.xyz().length().atan2(rotation.w)
}

/// View scales mix in equal ratios; one that is no scale holds the other's place.
fn mixed_scale(from: f64, to: f64, part: f64) -> f64 {
    if from > 0.0 && to > 0.0 { from * (part * (to / from).ln()).exp() } else { from }
}
