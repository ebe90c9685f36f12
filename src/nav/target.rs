//! Where a flight may go, and at which pose that ends. How it gets there is not said here.

use glam::DVec3;
use skyreel_core::globe::{direction_of, horizon_axes, looking, surface_distance_m};
use skyreel_core::pose::{AnchoredPose, MAX_POSITION_M, NodeName};

use crate::flight::{FlightError, Wishes};
use crate::focus::{axes, seen_from};
use crate::ground::Ground;
use crate::terrain::Terrain;
use crate::turn::Arc;

/// Where a flight goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To a node, so that it fills a good part of the view, on its sunlit side where the sun is known.
    Node {
        /// The node.
        name: NodeName,
    },
    /// Above a place on a globe, looking down, north up, turning with the globe.
    Place {
        /// The node whose globe it is.
        node: NodeName,
        /// Planetocentric latitude, degrees, −90 to 90.
        latitude_deg: f64,
        /// Longitude, degrees, positive to the east.
        longitude_deg: f64,
        /// Height above the ellipsoid, metres. `None`: as high as now above the same node, else half
        /// a radius. Never below the least allowed height.
        altitude_m: Option<f64>,
    },
    /// To a camera's place.
    Pose(AnchoredPose),
}

/// What part of the height of the view a node fills that was flown to.
const FILLED: f64 = 0.6;
/// How far from under the sun a flight ends at most, towards where it comes from, radians: some shadow
/// at the edge makes a globe look round.
const ASIDE: f64 = 0.7;
/// How near a node is flown to that nobody knows the size of, metres.
const NEAR_UNKNOWN_M: f64 = 1e7;

/// The pose at the end of a flight to the target that begins at `from`.
pub(crate) fn end_pose(
    from: &AnchoredPose,
    target: &Target,
    wishes: &Wishes,
    terrain: &impl Terrain,
) -> Result<AnchoredPose, FlightError> {
    match target {
        Target::Node { name } => before_node(from, name, wishes, terrain),
        Target::Place { node, latitude_deg, longitude_deg, altitude_m } => {
            let place = [*latitude_deg, *longitude_deg];
            above_place(from, node, place, *altitude_m, wishes, terrain)
        }
        Target::Pose(pose) => usable(pose, terrain).map(|()| pose.clone()),
    }
}

/// Whether a flight can begin or end there.
pub(crate) fn usable(pose: &AnchoredPose, terrain: &impl Terrain) -> Result<(), FlightError> {
    let anchor = &pose.anchor;
    let known = terrain.world_from_node(anchor.as_str()).is_some();
    known.then_some(()).ok_or_else(|| FlightError::UnknownNode { name: anchor.clone() })?;
    let position_m = pose.position_m.abs().max_element();
    if !(pose.position_m.is_finite() && position_m <= MAX_POSITION_M) {
        return Err(FlightError::NoNumber { what: "position", found: pose.position_m.length() });
    }
    let length = pose.rotation.length();
    let is_unit = (length - 1.0).abs() < 1e-3;
    is_unit.then_some(()).ok_or(FlightError::NoNumber { what: "rotation's length", found: length })
}

fn before_node(
    from: &AnchoredPose,
    name: &NodeName,
    wishes: &Wishes,
    terrain: &impl Terrain,
) -> Result<AnchoredPose, FlightError> {
    let unknown = |name: &NodeName| FlightError::UnknownNode { name: name.clone() };
    let node = terrain.world_from_node(name.as_str()).ok_or_else(|| unknown(name))?;
    let now = seen_from(from, name, false, terrain).ok_or_else(|| unknown(&from.anchor))?;
    let ground = Ground::in_world(name.as_str(), terrain);
    let extent_m = terrain.extent_m(name.as_str()).filter(|m| m.is_finite() && *m > 0.0);
    let reach_m = Some(ground.radius_m()).filter(|m| *m > 0.0).or(extent_m);
    let least_m = wishes.settings.least_height_m();
    let half_view = wishes.vfov_deg.clamp(1.0, 170.0).to_radians() / 2.0;
    let distance_m = match reach_m {
        Some(reach_m) => (reach_m / (half_view * FILLED).sin()).max(reach_m + least_m),
        None => now.position_m.length().min(NEAR_UNKNOWN_M).max(least_m),
    };
    let here = now.position_m.try_normalize().unwrap_or_else(|| now.rotation * DVec3::Z);
    let sun = wishes.sun.as_ref().and_then(|sun| terrain.world_from_node(sun.as_str()));
    let to_sun = sun.and_then(|sun| (sun.position_m - node.position_m).try_normalize());
    let direction = to_sun.map_or(here, |to_sun| {
        let arc = Arc::between(to_sun, here, node.rotation * DVec3::Z);
        let part = if arc.angle > ASIDE { ASIDE / arc.angle } else { 1.0 };
        arc.part(part) * to_sun
    });
    let now_up = now.rotation * DVec3::Y;
    let up = if ground.is_globe() { node.rotation * DVec3::Z } else { now_up };
    let follow_rotation = wishes.settings.follows(distance_m, ground.radius_m());
    let back = axes(&node, follow_rotation).inverse();
    let rotation = looking(-direction, up).unwrap_or(now.rotation);
    Ok(AnchoredPose {
        anchor: name.clone(),
        follow_rotation,
        position_m: back * direction * distance_m,
        rotation: (back * rotation).normalize(),
        scale: from.scale,
    })
}

fn above_place(
    from: &AnchoredPose,
    node: &NodeName,
    [latitude_deg, longitude_deg]: [f64; 2],
    altitude_m: Option<f64>,
    wishes: &Wishes,
    terrain: &impl Terrain,
) -> Result<AnchoredPose, FlightError> {
    let name = || node.clone();
    let known = terrain.world_from_node(node.as_str()).is_some();
    known.then_some(()).ok_or_else(|| FlightError::UnknownNode { name: name() })?;
    let ground = Ground::in_world(node.as_str(), terrain);
    let radii_m = terrain.radii_m(node.as_str()).filter(|_| ground.is_globe());
    let radii_m = radii_m.ok_or_else(|| FlightError::NoGlobe { name: name() })?;
    if !(-90.0..=90.0).contains(&latitude_deg) {
        return Err(FlightError::Latitude { found: latitude_deg });
    }
    if !longitude_deg.is_finite() {
        return Err(FlightError::NoNumber { what: "longitude", found: longitude_deg });
    }
    let altitude_m = match altitude_m {
        Some(altitude_m) if altitude_m.abs() <= MAX_POSITION_M => altitude_m,
        Some(found) => return Err(FlightError::NoNumber { what: "altitude", found }),
        None if from.anchor == *node => Ground::under(from, terrain).height_m(from.position_m),
        None => ground.radius_m() / 2.0,
    };
    let altitude_m = altitude_m.max(wishes.settings.least_height_m());
    let direction = direction_of(latitude_deg, longitude_deg);
    let position_m = direction * (surface_distance_m(radii_m, direction) + altitude_m);
    // East, north and up are the camera's right, up and back: it looks down.
    let rotation = horizon_axes(direction).map(|axes| glam::DQuat::from_mat3(&axes).normalize());
    Ok(AnchoredPose {
        anchor: name(),
        follow_rotation: true,
        position_m,
        rotation: rotation.unwrap_or_default(),
        scale: from.scale,
    })
}
