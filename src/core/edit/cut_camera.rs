//! A stretch of a camera's way: entries through which it goes as it did.

use std::ops::Range;

use crate::camera_track::{CameraEntry, CameraTrack, Leave, Path};
use crate::clock_track::ClockTrack;
use crate::recording::View;
use crate::smooth::carries_on;
use crate::time::SessionTime;
use crate::value::Easing;
use crate::wording::Surroundings;

use super::cut::{Finish, Start, Stretch};
use super::fit::{Bound, Fit, passing};
use super::flight::Flights;
use super::picture::Picture;
use super::radius_m;

/// How far off a picture may be where a smooth way or a flight is cut, which no key can say exactly,
/// pixels: well within the tenth that is promised, for what happens between checks.
pub(super) const CUT_WITHIN_PX: f64 = 0.04;

/// The entries of a view's stretch, stamped with when they are due.
///
/// A straight way is cut by an entry on it. Of a smooth or eased way the end is fitted by keys within a
/// tenth of a pixel; its beginning is too, unless entries before the stretch may lead into it. So is
/// what is left of a flight from one node to another, by where the nodes are in the scene. Where the
/// scene does not know that, a flight goes on to where it arrives, and where nothing may lead into it
/// it starts again.
pub(super) fn cut_camera(
    view: &View,
    clock: &ClockTrack,
    stretch: Stretch,
    scene: &dyn Surroundings,
) -> Vec<CameraEntry> {
    let (track, picture) = (&view.camera, Picture::of(view));
    let flights = Flights { track, clock, picture, scene };
    Cutter { track, picture, stretch, flights, scene }.cut()
}

struct Cutter<'a> {
    track: &'a CameraTrack,
    picture: Picture,
    stretch: Stretch,
    flights: Flights<'a>,
    scene: &'a dyn Surroundings,
}

/// How a camera goes from an entry to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nowhere.
    Stay,
    /// To another frame of reference.
    Flight,
    Straight,
    Eased,
    Smooth,
}

impl Cutter<'_> {
    fn cut(&self) -> Vec<CameraEntry> {
        let Stretch { from, to, .. } = self.stretch;
        let count = self.track.entries().len();
        if count == 0 {
            return Vec::new();
        }
        let begun = (0..count).take_while(|n| self.due(*n) <= from).count();
        let reaches = |n: &usize| self.stretch.reaches(self.due(*n));
        let reached = begun + (begun..count).take_while(reaches).count();
        let Some(last) = reached.checked_sub(1) else {
            return vec![self.staying(0, from), self.staying(0, to)];
        };
        let flown_end = self.flown_end(last);
        if let Some(flown) = flown_end.as_ref().filter(|_| self.due(last) <= from) {
            return flown.clone();
        }
        let fitted_end = self.fitted_end(last);
        let mut out = Vec::new();
        match begun.checked_sub(1) {
            None => out.push(self.staying(0, from)),
            Some(first) => {
                let fitted = self.fitted_start(first);
                match (&fitted, &fitted_end) {
                    // One and the same way is cut twice.
                    (_, Some((begin, _))) if *begin <= from => {
                        return self.fit((from, to), begun..reached, None);
                    }
                    (Some(chain), _) => {
                        let end = (*chain + 1).min(count - 1);
                        out = self.fit((from, self.due(end)), begun..end + 1, Some(end));
                        out.extend((end + 1..reached).map(|n| self.entry(n)));
                        return self.finish(out, last, fitted_end, flown_end);
                    }
                    (None, _) => out.extend(self.start(first)),
                }
            }
        }
        out.extend((begun..reached).map(|n| self.entry(n)));
        self.finish(out, last, fitted_end, flown_end)
    }

    /// The first entries, where no way has to be fitted.
    fn start(&self, first: usize) -> Vec<CameraEntry> {
        let from = self.stretch.from;
        let is_there = self.due(first) == from;
        let placed = CameraEntry { stamp: from, ..self.entry(first) };
        if self.way(first) == Way::Flight && !is_there && !self.stretch.leads_in() {
            let rest = self.flights.part(first, (from, self.due(first + 1)));
            if let Some(mut rest) = rest {
                // Where it arrives is among what follows.
                rest.pop();
                return rest;
            }
        }
        match self.way(first) {
            Way::Stay => vec![placed],
            Way::Flight if self.stretch.start == Start::GoesOn && !is_there => Vec::new(),
            Way::Flight if !self.stretch.leads_in() => vec![placed],
            Way::Straight if !is_there => passing(self.track, from).into_iter().collect(),
            Way::Smooth if first > 0 && carries_on(self.track, first - 1) => {
                vec![self.entry(first - 1), self.entry(first)]
            }
            _ => vec![self.entry(first)],
        }
    }

    /// The last segment of the smooth way on which the stretch begins, where that cannot be led into.
    fn fitted_start(&self, first: usize) -> Option<usize> {
        let is_there = self.due(first) == self.stretch.from;
        let cuts = match self.way(first) {
            Way::Smooth => !is_there || first > 0 && carries_on(self.track, first - 1),
            Way::Eased => !is_there,
            _ => false,
        };
        let ends = (first..).find(|segment| !carries_on(self.track, *segment));
        ends.filter(|_| cuts && !self.stretch.leads_in())
    }

    /// Where the smooth way begins on which the stretch ends, with its first segment.
    fn fitted_end(&self, last: usize) -> Option<(SessionTime, usize)> {
        let to = self.stretch.to;
        let is_there = self.due(last) == to;
        let arrives = last + 1 < self.track.entries().len() && self.due(last + 1) == to;
        let segment = match self.way(last) {
            // The end is a key through which it would have gone on.
            Way::Smooth if is_there => {
                last.checked_sub(1).filter(|before| carries_on(self.track, *before))?
            }
            Way::Smooth if arrives && !carries_on(self.track, last) => return None,
            Way::Smooth => last,
            Way::Eased if !is_there && !arrives => last,
            _ => return None,
        };
        let begins = |segment: &usize| {
            segment.checked_sub(1).is_none_or(|before| !carries_on(self.track, before))
        };
        let first = (0..=segment).rev().find(begins)?;
        Some((self.due(first), first))
    }

    /// The entries of the flight on which the stretch ends.
    fn flown_end(&self, last: usize) -> Option<Vec<CameraEntry>> {
        let Stretch { from, to, .. } = self.stretch;
        let is_cut =
            self.way(last) == Way::Flight && self.due(last) < to && self.due(last + 1) > to;
        is_cut.then(|| self.flights.part(last, (self.due(last).max(from), to)))?
    }

    /// The last entries.
    fn finish(
        &self,
        mut out: Vec<CameraEntry>,
        last: usize,
        fitted: Option<(SessionTime, usize)>,
        flown: Option<Vec<CameraEntry>>,
    ) -> Vec<CameraEntry> {
        let to = self.stretch.to;
        if let Some(flown) = flown {
            // The entry that it leaves is there already.
            out.pop();
            out.extend(flown);
            return out;
        }
        if let Some((begin, first)) = fitted {
            // The first of it is there already, and its way is another now.
            while out.last().is_some_and(|entry| entry.stamp > begin) {
                out.pop();
            }
            let inside = first..self.reached();
            let keys = self.fit((begin, to), inside, None);
            append(&mut out, keys);
            return out;
        }
        if self.due(last) == to {
            return out;
        }
        let next = last + 1;
        let arrives = next < self.track.entries().len() && self.due(next) == to;
        match self.way(last) {
            Way::Stay => {
                if let Some(entry) = out.last_mut() {
                    entry.leave.path = Path::Hold;
                }
                out.push(self.staying(last, to));
            }
            Way::Flight if self.stretch.finish == Finish::GoesOn && !arrives => {}
            Way::Flight => out.push(self.entry(next)),
            _ if arrives => out.push(self.entry(next)),
            _ => out.extend(passing(self.track, to)),
        }
        out
    }

    fn reached(&self) -> usize {
        let count = self.track.entries().len();
        (0..count).take_while(|n| self.stretch.reaches(self.due(*n))).count()
    }

    fn way(&self, index: usize) -> Way {
        let entries = self.track.entries();
        let entry = &entries[index];
        match entries.get(index + 1) {
            None => Way::Stay,
            Some(_) if entry.leave.path == Path::Hold => Way::Stay,
            Some(next) if !entry.pose.same_frame(&next.pose) => Way::Flight,
            Some(_) if entry.leave.path == Path::Smooth => Way::Smooth,
            Some(_) if entry.leave.easing == Easing::Linear => Way::Straight,
            Some(_) => Way::Eased,
        }
    }

    /// Keys for a part of a smooth way, which has these entries; the last is left as entry `end` is.
    fn fit(
        &self,
        part: (SessionTime, SessionTime),
        entries: Range<usize>,
        end: Option<usize>,
    ) -> Vec<CameraEntry> {
        let near = entries.start.min(self.track.entries().len() - 1);
        let anchor = &self.track.entries()[near].pose.anchor;
        let radius_m = radius_m(self.scene, anchor);
        let bound =
            Bound { picture: self.picture, radius_m, within_px: CUT_WITHIN_PX, closely: true };
        let fit = Fit::new(self.track, part, entries, bound);
        let keys = fit.and_then(|fit| fit.keys(&mut || true));
        let ends = || [part.0, part.1].into_iter().filter_map(|at| passing(self.track, at));
        let mut keys = keys.unwrap_or_else(|| ends().collect());
        if let Some(end) = end {
            append(&mut keys, vec![self.entry(end)]);
        }
        keys
    }

    /// Where entry `index` is, kept from then on.
    fn staying(&self, index: usize, at: SessionTime) -> CameraEntry {
        let leave = Leave { path: Path::Hold, easing: Easing::Linear };
        CameraEntry { stamp: at, leave, ..self.track.entries()[index].clone() }
    }

    fn entry(&self, index: usize) -> CameraEntry {
        CameraEntry { stamp: self.due(index), ..self.track.entries()[index].clone() }
    }

    fn due(&self, index: usize) -> SessionTime {
        self.track.due_at(index)
    }
}

/// Puts entries behind others. Where both have the same at the seam it stands there once, unless the
/// camera would then go through it smoothly that came to rest in it.
pub(super) fn append(out: &mut Vec<CameraEntry>, more: Vec<CameraEntry>) {
    let mut more = more.into_iter().peekable();
    if let (Some(end), Some(start)) = (out.last(), more.peek()) {
        let is_same = end.stamp == start.stamp && end.pose == start.pose;
        let arrives_smoothly = out.len() > 1 && out[out.len() - 2].leave.path == Path::Smooth;
        if is_same && !(arrives_smoothly && start.leave.path == Path::Smooth) {
            out.pop();
        }
    }
    out.extend(more);
}
