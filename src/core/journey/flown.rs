//! What was flown and is in no key: that it is so, and where the camera was before the journey's time
//! was moved, so that nothing that was flown is lost by a click.

use crate::clock_track::ClockSample;
use crate::pose::CameraPose;
use crate::time::SessionTime;

use super::travel::turn;

/// Cameras are at the same place where they are no farther apart than this part of their distance from
/// the anchor, and look the same way where this angle is between them, radians.
const SAME: f64 = 1e-6;

/// Where the camera was before the journey's time was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// The camera.
    pub camera: CameraPose,
    /// The scene's clock.
    pub clock: ClockSample,
    /// Where the journey's time stood.
    pub at: SessionTime,
}

/// The camera as the journey knows it.
#[derive(Clone, Debug, Default)]
pub(super) struct Flown {
    /// Where it is known to be kept: the journey has put it there, or a key was made of it.
    kept: Option<CameraPose>,
    is_away: bool,
    left: Option<Left>,
}

impl Flown {
    /// Whether the camera was flown since it was kept last.
    pub fn is_away(&self) -> bool {
        self.is_away
    }

    /// Whether there is somewhere to go back to.
    pub fn can_go_back(&self) -> bool {
        self.left.is_some()
    }

    /// The camera is where it is kept.
    pub fn keep(&mut self, camera: Option<CameraPose>) {
        self.kept = camera;
        self.is_away = false;
    }

    /// The camera is here now; true where that tells something else than before.
    pub fn look(&mut self, camera: &CameraPose) -> bool {
        let is_away = self.kept.as_ref().is_some_and(|kept| !is_same(kept, camera));
        std::mem::replace(&mut self.is_away, is_away) != is_away
    }

    /// The camera is about to be put elsewhere. What is in no key is remembered, and what nobody knows
    /// the keeping of; whether it was.
    pub fn leave(&mut self, now: Left) -> bool {
        let is_away = self.kept.as_ref().is_none_or(|kept| !is_same(kept, &now.camera));
        if is_away {
            self.left = Some(now);
        }
        is_away
    }

    /// Takes what there is to go back to; where the camera is now can be had again in its place.
    pub fn go_back(&mut self, now: Option<Left>) -> Option<Left> {
        let back = self.left.take()?;
        if let Some(now) = now {
            self.leave(now);
        }
        Some(back)
    }

    /// All that was flown belonged to another journey.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Whether two cameras are where nobody can tell them apart.
pub(super) fn is_same(a: &CameraPose, b: &CameraPose) -> bool {
    if !a.same_frame(b) {
        return false;
    }
    let (a, b) = (a.normalised(), b.normalised());
    (a.position_m - b.position_m).length() <= SAME * a.position_m.length()
        && turn(a.rotation, b.rotation) <= SAME
}
