//! A recording at one moment: what `sample` gives and everything that plays or draws takes.

use crate::camera_track::Path;
use crate::clock_track::ClockSample;
use crate::pose::AnchoredPose;
use crate::property_set::PropertySet;
use crate::time::SessionTime;

/// A recording at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The moment.
    pub at: SessionTime,
    /// Simulation time, rate, pause.
    pub clock: ClockSample,
    /// Each view that has a camera, in the recording's order.
    pub views: Vec<ViewFrame>,
    /// Every property the recording says something of, at this moment.
    pub properties: PropertySet,
}

impl Frame {
    /// The view of that name.
    pub fn view(&self, name: &str) -> Option<&ViewFrame> {
        self.views.iter().find(|v| v.name == name)
    }
}

/// A named camera at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewFrame {
    /// The view's name.
    pub name: String,
    /// Vertical field of view, degrees; `None` where it was not recorded.
    pub vfov_deg: Option<f64>,
    /// Where the camera is.
    pub pose: FramePose,
}

/// Where a camera is, relative to one node or on its way between two.
#[derive(Clone, Debug, PartialEq)]
pub enum FramePose {
    /// Relative to one node.
    One(AnchoredPose),
    /// Between two poses whose anchor or following differ; only a world can mix them.
    Two {
        /// The pose it leaves.
        from: AnchoredPose,
        /// The pose it goes to.
        to: AnchoredPose,
        /// How far it is on its way, 0 ≤ weight < 1.
        weight: f64,
        /// Which way it goes.
        path: Path,
    },
}

impl FramePose {
    /// The pose whose anchor and following are in force: that of the entry before the moment.
    pub fn leading(&self) -> &AnchoredPose {
        match self {
            Self::One(pose) => pose,
            Self::Two { from, .. } => from,
        }
    }
}
