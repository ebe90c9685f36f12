//! OpenSpace's navigation state and Skyreel's pose, each as the other. Pure.
//!
//! A state says where the camera is, which way is up, and how far it is turned away from looking at its
//! anchor: first to the right about its own up (yaw), then upwards about its own right (pitch).

use glam::{DQuat, DVec3};
use skyreel_core::globe::looking;
use skyreel_core::time::SimTime;

/// A camera's place and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Pose {
    /// The node it is relative to.
    pub anchor: String,
    /// Camera minus anchor, metres.
    pub position_m: DVec3,
    /// Camera space to the same axes, unit length.
    pub rotation: DQuat,
    /// Whether the axes are the anchor's own, which turn with it; else the world's.
    pub follow: bool,
}

/// OpenSpace's navigation state, relative to the anchor's own axes or the world's.
#[derive(Clone, Debug, PartialEq)]
pub struct NavigationState {
    /// The node it is relative to.
    pub anchor: String,
    /// Whether the reference frame is the anchor, and turns with it; else it is the scene's root.
    pub follow: bool,
    /// Camera minus anchor, metres, in that frame.
    pub position_m: DVec3,
    /// The way up in that frame, where it is said.
    pub up: Option<DVec3>,
    /// To the right of the anchor, radians.
    pub yaw_rad: f64,
    /// Above the anchor, radians.
    pub pitch_rad: f64,
    /// The date, where it is said.
    pub timestamp: Option<SimTime>,
}

impl NavigationState {
    /// Where the camera is then. As in OpenSpace, yaw and pitch count only where the way up is said.
    /// Where it is not, a following camera has the anchor's north (+z) up, another the world's +y.
    /// `None` where the camera is in its anchor's centre, so that it cannot look there.
    pub fn pose(&self) -> Option<Pose> {
        let otherwise = if self.follow { DVec3::Z } else { DVec3::Y };
        let neutral = looking(-self.position_m, self.up.unwrap_or(otherwise))?;
        let turned = match self.up {
            Some(_) => {
                let yaw = DQuat::from_axis_angle(DVec3::NEG_Y, self.yaw_rad);
                neutral * yaw * DQuat::from_axis_angle(DVec3::X, self.pitch_rad)
            }
            None => neutral,
        };
        let (anchor, position_m, follow) = (self.anchor.clone(), self.position_m, self.follow);
        Some(Pose { anchor, position_m, rotation: turned.normalize(), follow })
    }

    /// The state whose pose that is. `None` where the camera is in its anchor's centre.
    ///
    /// With N the camera that looks at the anchor, R = N·Yaw·Pitch; so the anchor is seen at
    /// R⁻¹v = (−sin yaw, −cos yaw·sin pitch, −cos yaw·cos pitch), which gives both angles, and then
    /// N = R·Pitch⁻¹·Yaw⁻¹, whose +y is the way up.
    pub fn of(pose: &Pose, timestamp: Option<SimTime>) -> Option<Self> {
        let seen = pose.rotation.inverse() * (-pose.position_m).try_normalize()?;
        // + 0.0: no minus before a zero.
        let yaw_rad = (-seen.x).clamp(-1.0, 1.0).asin() + 0.0;
        let pitch_rad = (-seen.y).atan2(-seen.z) + 0.0;
        let unpitched = pose.rotation * DQuat::from_axis_angle(DVec3::X, -pitch_rad);
        // Yaw is about this very axis and leaves it where it is.
        let up = Some(unpitched * DVec3::Y);
        let Pose { anchor, position_m, follow, .. } = pose.clone();
        Some(Self { anchor, follow, position_m, up, yaw_rad, pitch_rad, timestamp })
    }
}
