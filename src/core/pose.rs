//! Where a camera is: as it was recorded (`CameraPose`), as it is used (`AnchoredPose`), and the
//! names of things to be relative to. No time in here, and no scene.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use glam::{DQuat, DVec3};
use serde::{Deserialize, Serialize};

/// The name of a scene node (`Earth`), cheap to copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeName(Arc<str>);

impl NodeName {
    /// A name as it is written in scenes and recordings.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for NodeName {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl Borrow<str> for NodeName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A camera's place as it was recorded, kept bit for bit.
///
/// A camera looks along −z of its own space and has +y up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraPose {
    /// The node the place is relative to.
    pub anchor: NodeName,
    /// Whether place and direction turn with the anchor (else they keep the world's axes).
    pub follow_rotation: bool,
    /// Camera minus anchor, metres; in the anchor's own axes when following, else the world's.
    pub position_m: [f64; 3],
    /// Takes camera space to those axes; w, x, y, z; not necessarily of unit length.
    pub rotation_wxyz: [f64; 4],
    /// View scale of OpenSpace's renderer. Kept and written back; no picture depends on it.
    pub scale: f32,
}

/// The largest distance that a recorded place may have on any axis, metres. The scene ends at 3e28.
pub const MAX_POSITION_M: f64 = 1e60;

impl CameraPose {
    /// The first number that could not be used in sampling, by name; `None` where all can.
    #[inline]
    pub fn unusable(&self) -> Option<(&'static str, f64)> {
        unusable(self.position_m, self.rotation_wxyz, self.scale)
    }

    /// Whether the two are relative to the same axes, so that they can be mixed number by number.
    #[inline]
    pub fn same_frame(&self, other: &Self) -> bool {
        self.anchor == other.anchor && self.follow_rotation == other.follow_rotation
    }

    /// The pose with a unit rotation; a rotation of length zero becomes the identity.
    pub fn normalised(&self) -> AnchoredPose {
        AnchoredPose {
            anchor: self.anchor.clone(),
            follow_rotation: self.follow_rotation,
            position_m: DVec3::from_array(self.position_m),
            rotation: unit_rotation(self.rotation_wxyz),
            scale: f64::from(self.scale),
        }
    }
}

/// The first number of a pose that could not be used in sampling, by name.
#[inline(always)]
pub(crate) fn unusable(
    position_m: [f64; 3],
    rotation_wxyz: [f64; 4],
    scale: f32,
) -> Option<(&'static str, f64)> {
    let is_near = |v: f64| v.abs() <= MAX_POSITION_M;
    let are_near = position_m.iter().fold(true, |all, v| all & is_near(*v));
    let are_finite = rotation_wxyz.iter().fold(true, |all, v| all & v.is_finite());
    if are_near & are_finite & scale.is_finite() {
        return None;
    }
    // Which it is only matters where one is.
    let names = ["position x", "position y", "position z"];
    let far = names.iter().zip(position_m).find(|(_, v)| !is_near(*v));
    let names = ["rotation w", "rotation x", "rotation y", "rotation z"];
    let bent = names.iter().zip(rotation_wxyz).find(|(_, v)| !v.is_finite());
    let found = far.or(bent).map(|(name, v)| (*name, v));
    Some(found.unwrap_or(("scale", f64::from(scale))))
}

/// A camera's place relative to a node, ready for use: unit rotation, finite numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct AnchoredPose {
    /// The node the place is relative to.
    pub anchor: NodeName,
    /// Whether place and direction turn with the anchor.
    pub follow_rotation: bool,
    /// Camera minus anchor, metres, in the anchor's axes when following, else the world's.
    pub position_m: DVec3,
    /// Camera space to those axes, unit length.
    pub rotation: DQuat,
    /// OpenSpace's view scale.
    pub scale: f64,
}

impl AnchoredPose {
    /// Whether the two are relative to the same axes, so that they can be mixed number by number.
    pub fn same_frame(&self, other: &Self) -> bool {
        self.anchor == other.anchor && self.follow_rotation == other.follow_rotation
    }
}

/// A unit quaternion from w, x, y, z of any finite length; the identity for length zero.
pub fn unit_rotation([w, x, y, z]: [f64; 4]) -> DQuat {
    let largest = [w, x, y, z].into_iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    if !(largest > 0.0 && largest.is_finite()) {
        return DQuat::IDENTITY;
    }
    // Dividing first: the squares of very large or very small numbers leave the range of f64.
    DQuat::from_xyzw(x / largest, y / largest, z / largest, w / largest).normalize()
}

/// w, x, y, z of a rotation, the order in which rotations are written.
pub fn to_wxyz(rotation: DQuat) -> [f64; 4] {
    [rotation.w, rotation.x, rotation.y, rotation.z]
}
