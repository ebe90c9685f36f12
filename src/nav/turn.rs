//! Rotations as flying needs them: arcs between directions, parts of a rotation. No scene in here.

use glam::{DQuat, DVec3};

/// The shortest rotation from one direction to another, both of unit length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    /// Unit length, square to both.
    pub axis: DVec3,
    /// Radians, 0 to π.
    pub angle: f64,
}

impl Arc {
    /// `spare` is the axis, as far as it can be, where the directions are opposite.
    pub fn between(from: DVec3, to: DVec3, spare: DVec3) -> Self {
        // Not `from_rotation_arc`: it is off by up to 2e-8 near 0 and near 180 degrees.
        let cross = from.cross(to);
        let angle = cross.length().atan2(from.dot(to));
        let square = |axis: DVec3| (axis - from * from.dot(axis)).try_normalize();
        let axis = Some(cross)
            .filter(|cross| cross.length() > 1e-12)
            .and_then(|cross| square(cross.normalize()))
            .or_else(|| square(spare))
            .unwrap_or_else(|| from.any_orthonormal_vector());
        Self { axis, angle }
    }

    /// The rotation by a part of the arc, 0 to 1.
    pub fn part(&self, part: f64) -> DQuat {
        DQuat::from_axis_angle(self.axis, self.angle * part)
    }
}

/// A turn from one direction to another; where they are nearly opposite, past a third one, so that
/// it does not change sides while the two move.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sweep {
    from: DVec3,
    first: Arc,
    /// From the third direction on, and that direction.
    second: Option<(Arc, DVec3)>,
}

/// Wider turns than this, radians, are led past a third direction.
const WIDE: f64 = 2.0;

impl Sweep {
    pub fn between(from: DVec3, to: DVec3, via: Option<DVec3>) -> Self {
        let spare = from.any_orthonormal_vector();
        match via {
            None => Self { from, first: Arc::between(from, to, spare), second: None },
            Some(via) => {
                let second = Some((Arc::between(via, to, spare), via));
                Self { from, first: Arc::between(from, via, spare), second }
            }
        }
    }

    /// The direction to go past from now on, where there is need of one.
    pub fn via(&self) -> Option<DVec3> {
        let is_wide = self.second.is_none() && self.first.angle > WIDE;
        is_wide.then(|| self.first.part(0.5) * self.from)
    }

    /// Radians.
    pub fn angle(&self) -> f64 {
        self.first.angle + self.second.map_or(0.0, |(second, _)| second.angle)
    }

    /// The rotation by a part of the turn, 0 to 1.
    pub fn part(&self, part: f64) -> DQuat {
        let begun = self.first.part(part);
        let Some((second, via)) = self.second else { return begun };
        // De Casteljau's way: along a great circle where the three lie on one.
        let (near, far) = (begun * self.from, second.part(part) * via);
        Arc::between(near, far, via.any_orthonormal_vector()).part(part) * begun
    }
}

/// A part of a rotation, 0 to 1, the way that the quaternion itself says: q and −q are the same
/// rotation, but one goes the short way and the other the long way.
pub(crate) fn part_of(rotation: DQuat, part: f64) -> DQuat {
    let (axis, sine) = (rotation.xyz(), rotation.xyz().length());
    if sine < 1e-300 {
        return DQuat::IDENTITY;
    }
    // Not `to_axis_angle`: it loses small angles.
    let half = sine.atan2(rotation.w) * part;
    DQuat::from_xyzw(0.0, 0.0, 0.0, half.cos()) + from_vector(axis / sine * half.sin())
}

/// The same rotation, written so that it goes the way that `like` does.
pub(crate) fn towards(rotation: DQuat, like: DQuat) -> DQuat {
    if rotation.dot(like) < 0.0 { -rotation } else { rotation }
}

fn from_vector(v: DVec3) -> DQuat {
    DQuat::from_xyzw(v.x, v.y, v.z, 0.0)
}
