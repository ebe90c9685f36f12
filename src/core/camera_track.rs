//! One camera over time: its entries as recorded, and which way to go between them. The ways
//! themselves are in `sample` and `smooth`.

use serde::{Deserialize, Serialize};

use crate::pose::CameraPose;
use crate::recording::Sequence;
use crate::time::SessionTime;
use crate::timeline::{Place, Stamped, Timeline};
use crate::value::Easing;

/// A camera's place at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraEntry {
    /// Place in the file.
    pub seq: Sequence,
    /// When.
    pub stamp: SessionTime,
    /// Simulation time as this entry recorded it, TDB seconds past J2000.
    pub sim_time_s: f64,
    /// Where.
    pub pose: CameraPose,
    /// How the camera goes from here to the next entry.
    pub leave: Leave,
}

/// How a camera leaves an entry for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Leave {
    /// The path taken.
    pub path: Path,
    /// The pace on it.
    pub easing: Easing,
}

/// The path between two camera entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Path {
    /// As OpenSpace plays it: a straight line, the shortest rotation, scale in equal ratios.
    #[default]
    AsRecorded,
    /// Through all keys without a jump in velocity, distances from the anchor in equal ratios.
    Smooth,
    /// Stay, then jump.
    Hold,
}

impl Leave {
    /// What recorded entries do: as recorded, evenly.
    pub const AS_RECORDED: Self = Self { path: Path::AsRecorded, easing: Easing::Linear };
    /// What hand-written keys do if they do not say: smooth, at the spline's own pace.
    pub const SMOOTH: Self = Self { path: Path::Smooth, easing: Easing::Linear };
}

impl Stamped for CameraEntry {
    fn stamp(&self) -> SessionTime {
        self.stamp
    }
}

/// A camera entry that holds a number no sample could be made of.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{field} is {found}, expected a finite number (places at most 1e60 m)")]
pub struct UnusableEntry {
    /// Which number.
    pub field: &'static str,
    /// Its value.
    pub found: f64,
}

/// The entries of one camera. Every number in it is finite.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CameraTrack {
    entries: Timeline<CameraEntry>,
}

impl CameraTrack {
    /// Appends an entry; entries keep the order they are given in.
    ///
    /// # Errors
    /// Refuses an entry with a number that is not finite, or a place beyond 1e60 m.
    #[inline]
    pub fn push(&mut self, entry: CameraEntry) -> Result<(), UnusableEntry> {
        self.push_due(entry, SessionTime::MIN)
    }

    /// Appends an entry that is not due before `due`, whatever its stamp.
    ///
    /// # Errors
    /// As [`CameraTrack::push`].
    #[inline]
    pub fn push_due(&mut self, entry: CameraEntry, due: SessionTime) -> Result<(), UnusableEntry> {
        if let Some((field, found)) = entry.pose.unusable() {
            return Err(UnusableEntry { field, found });
        }
        if !entry.sim_time_s.is_finite() {
            return Err(UnusableEntry { field: "simulation time", found: entry.sim_time_s });
        }
        self.entries.push_due(entry, due);
        Ok(())
    }

    /// Makes room for entries to come.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.entries.reserve(count);
    }

    /// Appends an entry whose numbers have been found usable; it is made in its place.
    #[inline(always)]
    pub(crate) fn push_usable(&mut self, stamp: SessionTime, make: impl FnOnce() -> CameraEntry) {
        self.entries.push_with(stamp, make);
    }

    /// All entries, in order of recording.
    pub fn entries(&self) -> &[CameraEntry] {
        self.entries.items()
    }

    /// The largest stamp.
    pub fn end(&self) -> Option<SessionTime> {
        self.entries.end()
    }

    /// When the entry at `index` is due: its stamp, or that of an earlier entry if that is later.
    pub fn due_at(&self, index: usize) -> SessionTime {
        self.entries.due_at(index)
    }

    /// The entry last due at `t`, and how far the camera is from it to the next.
    pub fn locate(&self, t: SessionTime) -> Option<Place> {
        self.entries.locate(t)
    }
}
