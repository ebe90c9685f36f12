//! From what is seen in a frame to the entries that record it: numbers, stamps, and what has changed.
//! Where entries go to is not its business.

use std::sync::Arc;

use crate::camera_track::{CameraEntry, Leave};
use crate::clock_track::{ClockChange, ClockKey, ClockSample};
use crate::entry::{Entry, ViewIndex};
use crate::event::{Event, EventKind};
use crate::live::Change;
use crate::pose::{AnchoredPose, CameraPose, to_wxyz};
use crate::property_track::PropertyChange;
use crate::recording::Sequence;
use crate::time::{SessionSpan, SessionTime};

/// A camera as a frame shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenView {
    /// The view's name.
    pub name: Arc<str>,
    /// Vertical field of view, degrees.
    pub vfov_deg: Option<f64>,
    /// Where the camera is.
    pub pose: AnchoredPose,
}

/// What a frame shows, and what happened since the one before.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// The clock.
    pub clock: ClockSample,
    /// Every camera.
    pub views: &'a [SeenView],
    /// Properties that were changed.
    pub changes: &'a [Change],
    /// Scripts, lines, markers.
    pub events: &'a [EventKind],
}

/// Makes entries of frames.
#[derive(Clone, Debug, Default)]
pub struct Capture {
    at: SessionTime,
    next: Sequence,
    views: Vec<Arc<str>>,
    clock: Option<(f64, bool)>,
    /// Simulation time when it was last seen, TDB seconds past J2000.
    sim_time_s: f64,
}

impl Capture {
    /// At the start of a recording.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long has been recorded.
    pub fn at(&self) -> SessionTime {
        self.at
    }

    /// The same for a recording whose start is `start`.
    pub(crate) fn begun_at(self, start: SessionTime) -> Self {
        Self { at: self.at.saturating_sub(start), ..self }
    }

    /// Lets time pass until the next frame.
    pub fn advance(&mut self, span: SessionSpan) {
        self.at = self.at.saturating_add(span);
    }

    /// Hands on the entries of a frame, in the order in which they happened.
    pub fn frame(&mut self, seen: &Seen<'_>, mut push: impl FnMut(Entry)) {
        let stamp = self.at;
        let sim_time_s = seen.clock.sim_time.as_tdb_secs();
        self.changes(seen, &mut push);
        push(Entry::ClockKey(ClockKey {
            stamp,
            sim_time: seen.clock.sim_time,
            easing: crate::value::Easing::Linear,
        }));
        let clock = (seen.clock.rate, seen.clock.paused);
        if self.clock != Some(clock) {
            self.clock = Some(clock);
            let (rate, paused) = (Some(clock.0), Some(clock.1));
            push(Entry::ClockChange(ClockChange { seq: self.next(), stamp, rate, paused }));
        }
        for view in seen.views {
            let Some(index) = self.view(view, &mut push) else { continue };
            let entry = CameraEntry {
                seq: self.next(),
                stamp,
                sim_time_s,
                pose: as_recorded(&view.pose),
                leave: Leave::AS_RECORDED,
            };
            push(Entry::Camera { view: index, entry });
        }
    }

    /// Hands on what happened since the frame before, and nothing of what is seen.
    pub fn changes(&mut self, seen: &Seen<'_>, mut push: impl FnMut(Entry)) {
        let stamp = self.at;
        self.sim_time_s = seen.clock.sim_time.as_tdb_secs();
        self.events(seen.events, &mut push);
        for change in seen.changes {
            let Change { path, value, duration, easing } = change.clone();
            let change = PropertyChange { seq: self.next(), stamp, value, duration, easing };
            push(Entry::Property { path, change });
        }
    }

    /// Hands on what happened, at the last frame's time.
    pub fn events(&mut self, events: &[EventKind], mut push: impl FnMut(Entry)) {
        let (stamp, sim_time_s) = (self.at, self.sim_time_s);
        for event in events {
            let seq = self.next();
            push(Entry::Event(Event { seq, stamp, sim_time_s, kind: event.clone() }));
        }
    }

    /// The view's place in the list, which it is put on when it is first seen.
    fn view(&mut self, view: &SeenView, push: &mut impl FnMut(Entry)) -> Option<ViewIndex> {
        let known = self.views.iter().position(|name| *name == view.name);
        let index = known.unwrap_or_else(|| {
            push(Entry::View { name: Arc::clone(&view.name), vfov_deg: view.vfov_deg });
            self.views.push(Arc::clone(&view.name));
            self.views.len() - 1
        });
        ViewIndex::try_from(index).ok()
    }

    fn next(&mut self) -> Sequence {
        let seq = self.next;
        self.next += 1;
        seq
    }
}

/// A pose as recordings keep it.
pub fn as_recorded(pose: &AnchoredPose) -> CameraPose {
    CameraPose {
        anchor: pose.anchor.clone(),
        follow_rotation: pose.follow_rotation,
        position_m: pose.position_m.to_array(),
        rotation_wxyz: to_wxyz(pose.rotation),
        scale: pose.scale as f32,
    }
}
