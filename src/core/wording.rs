//! How people say where a camera is and which way it looks (latitude and longitude, `look_at`, a
//! heading), kept beside the numbers it came to, and worked out again when a scene is opened.

use glam::{DQuat, DVec3};
use serde::{Deserialize, Serialize};

use crate::camera_track::{CameraEntry, CameraTrack};
use crate::globe;
use crate::pose::{CameraPose, NodeName, to_wxyz};
use crate::recording::{Recording, Sequence};
use crate::resolve::WorldFromNode;
use crate::time::SimTime;

/// A camera entry in the words of whoever wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    /// The place, where it was not given as a position.
    pub place: Option<GlobePlace>,
    /// The direction, where it was not given as a rotation.
    pub aim: Option<Aim>,
    /// The simulation time, where it was given as a date.
    pub date: Option<String>,
    /// The pose these words came to. Words whose entry has another pose by now no longer hold.
    pub pose: CameraPose,
}

/// A place above a globe.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GlobePlace {
    /// Planetocentric latitude, degrees, −90 to 90. Of the anchor's axes when following, else of
    /// the world's (galactic latitude).
    pub latitude_deg: f64,
    /// Longitude, degrees, east positive.
    pub longitude_deg: f64,
    /// How far out.
    pub height: Height,
}

/// How far out a place is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Height {
    /// Above the ellipsoid, along the radius, metres.
    Altitude(f64),
    /// From the centre, metres.
    Distance(f64),
}

/// Which way a camera looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Aim {
    /// At the centre of a node.
    LookAt {
        /// The node.
        node: NodeName,
        /// What should be up, in the axes of the pose; its +z if not said.
        up: Option<[f64; 3]>,
    },
    /// Relative to the horizon of the anchor, degrees.
    Horizon {
        /// Compass direction: 0 north, 90 east.
        heading_deg: f64,
        /// Above the horizon; −90 straight down.
        pitch_deg: f64,
        /// To the right: clockwise as the camera sees it turn.
        roll_deg: f64,
    },
}

/// What must be known of a scene to work such words out.
pub trait Surroundings {
    /// The radii of a globe along its own axes, metres; `None` where the node is none.
    fn radii_m(&self, node: &str) -> Option<[f64; 3]>;

    /// Where a node is at a moment of the simulated universe; `None` where that is not known.
    fn world_from_node(&self, node: &str, at: SimTime) -> Option<WorldFromNode>;
}

/// Without a scene: the radii of the known globes, and nobody's place.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownGlobes;

impl Surroundings for KnownGlobes {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        globe::known_radii_m(node)
    }

    fn world_from_node(&self, _: &str, _: SimTime) -> Option<WorldFromNode> {
        None
    }
}

/// Why words could not be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// An altitude above a node that has no surface.
    #[error(
        "nothing is known of the radii of '{0}'; give a distance from its centre instead of an altitude"
    )]
    NoRadii(NodeName),
    /// An altitude above a globe that turns away under the place.
    #[error("an altitude above '{0}' needs `follow: true`, for the surface turns with it")]
    NotFollowing(NodeName),
    /// A node to look at whose place is not known.
    #[error("where '{0}' is, only a scene that has it knows")]
    NoPlace(NodeName),
    /// A direction from a point to itself, or a horizon in the centre of a globe.
    #[error(
        "the camera is in the centre of '{0}', from where there is no such direction; give a rotation"
    )]
    InCentre(NodeName),
}

impl Wording {
    /// Whether the entry is still what these words came to.
    pub fn holds_for(&self, entry: &CameraEntry) -> bool {
        self.pose == entry.pose
    }

    /// The pose these words come to at a moment, in a scene.
    ///
    /// # Errors
    /// What of the scene would have to be known.
    pub fn work_out(
        &self,
        at: SimTime,
        scene: &impl Surroundings,
    ) -> Result<CameraPose, Unsettled> {
        let mut pose = self.pose.clone();
        if let Some(place) = &self.place {
            pose.position_m = place.position_m(&pose, scene)?.to_array();
        }
        if let Some(aim) = &self.aim {
            pose.rotation_wxyz = to_wxyz(aim.rotation(&pose, at, scene)?);
        }
        Ok(pose)
    }
}

impl GlobePlace {
    fn position_m(&self, pose: &CameraPose, scene: &impl Surroundings) -> Result<DVec3, Unsettled> {
        let direction = globe::direction_of(self.latitude_deg, self.longitude_deg);
        let distance_m = match self.height {
            Height::Distance(distance_m) => distance_m,
            Height::Altitude(_) if !pose.follow_rotation => {
                return Err(Unsettled::NotFollowing(pose.anchor.clone()));
            }
            Height::Altitude(altitude_m) => {
                let radii_m = scene
                    .radii_m(pose.anchor.as_str())
                    .ok_or_else(|| Unsettled::NoRadii(pose.anchor.clone()))?;
                globe::surface_distance_m(radii_m, direction) + altitude_m
            }
        };
        Ok(direction * distance_m)
    }
}

impl Aim {
    fn rotation(
        &self,
        pose: &CameraPose,
        at: SimTime,
        scene: &impl Surroundings,
    ) -> Result<DQuat, Unsettled> {
        let position_m = DVec3::from_array(pose.position_m);
        match self {
            Self::LookAt { node, up } => {
                let target_m = target_m(node, pose, at, scene)?;
                let up = up.map_or(DVec3::Z, DVec3::from_array);
                globe::looking(target_m - position_m, up)
                    .ok_or_else(|| Unsettled::InCentre(node.clone()))
            }
            Self::Horizon { heading_deg, pitch_deg, roll_deg } => {
                let axes = globe::horizon_axes(position_m)
                    .ok_or_else(|| Unsettled::InCentre(pose.anchor.clone()))?;
                let (sin_heading, cos_heading) = heading_deg.to_radians().sin_cos();
                let (sin_pitch, cos_pitch) = pitch_deg.to_radians().sin_cos();
                let level = axes.x_axis * sin_heading + axes.y_axis * cos_heading;
                let forward = level * cos_pitch + axes.z_axis * sin_pitch;
                let up = axes.z_axis * cos_pitch - level * sin_pitch;
                let upright = globe::looking(forward, up)
                    .ok_or_else(|| Unsettled::InCentre(pose.anchor.clone()))?;
                // About the camera's own −z, so that it tilts to its right.
                Ok((upright * DQuat::from_rotation_z(-roll_deg.to_radians())).normalize())
            }
        }
    }
}

/// Where a node is in the axes of a pose.
fn target_m(
    node: &NodeName,
    pose: &CameraPose,
    at: SimTime,
    scene: &impl Surroundings,
) -> Result<DVec3, Unsettled> {
    if *node == pose.anchor {
        return Ok(DVec3::ZERO);
    }
    let find = |node: &NodeName| {
        let found = scene.world_from_node(node.as_str(), at);
        found.ok_or_else(|| Unsettled::NoPlace(node.clone()))
    };
    let (target, anchor) = (find(node)?, find(&pose.anchor)?);
    let in_world_m = target.position_m - anchor.position_m;
    let axes = if pose.follow_rotation { anchor.rotation } else { DQuat::IDENTITY };
    Ok(axes.inverse() * in_world_m)
}

/// An entry whose words a scene could not settle; it keeps the pose it had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("view '{view}', entry {seq}: {reason}")]
pub struct UnsettledEntry {
    /// The view.
    pub view: String,
    /// The entry.
    pub seq: Sequence,
    /// What is missing.
    pub reason: Unsettled,
}

/// Works out every entry that was given in words anew, for this scene's globes and places.
/// Returns the entries it could do nothing for.
pub fn settle(recording: &mut Recording, scene: &impl Surroundings) -> Vec<UnsettledEntry> {
    let mut unsettled = Vec::new();
    for view in &mut recording.views {
        if view.wordings.is_empty() {
            continue;
        }
        let mut camera = CameraTrack::default();
        for entry in view.camera.entries() {
            let mut entry = entry.clone();
            let words = view.wordings.get_mut(&entry.seq).filter(|w| w.holds_for(&entry));
            let at = SimTime::from_tdb_secs(entry.sim_time_s).unwrap_or_default();
            if let Some(words) = words {
                match words.work_out(at, scene) {
                    Ok(pose) if pose.unusable().is_none() => {
                        entry.pose = pose.clone();
                        words.pose = pose;
                    }
                    Ok(_) => {}
                    Err(reason) => {
                        let (view, seq) = (view.name.clone(), entry.seq);
                        unsettled.push(UnsettledEntry { view, seq, reason });
                    }
                }
            }
            // It was in a track, and its pose has been looked at: it cannot be refused.
            let _ = camera.push(entry);
        }
        view.camera = camera;
    }
    unsettled
}
