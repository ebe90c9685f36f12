//! Few keys in the place of a stretch of a camera's way, so that what is played keeps within a bound of
//! what was. The way of the keys is the one that playing takes, nothing like it.

use std::ops::Range;

use crate::camera_track::{CameraEntry, CameraTrack, Leave};
use crate::frame::FramePose;
use crate::pose::{CameraPose, to_wxyz};
use crate::sample::sample_camera;
use crate::time::{SessionTime, lerp};

use super::even::uneven_moments;
use super::parts::camera;
use super::picture::{Picture, Place};

/// Moments a second at which the bound is checked: four times the rate of a recording's frames.
const CHECKS_A_SECOND: f64 = 240.0;

/// As many moments as are checked between two entries, however far they are from each other.
const MOST_CHECKS: i64 = 4_096;

/// As many times as often a cut is checked: at moments of its own, however fast the camera is.
const CLOSE: i64 = 4;

/// While keys are chosen, every so many checks are looked at; the rest when they have been.
const COARSE: usize = 4;

/// Keys that fitting begins with are so far from each other, checks.
const FIRST_KEYS_EVERY: usize = 480;

/// A moment of the way as it was.
struct Point {
    at: SessionTime,
    place: Place,
    /// The entry that it is, where it is one.
    entry: Option<usize>,
    is_coarse: bool,
}

/// A stretch of a camera's way to be fitted: one frame of reference, no jump in it.
pub(super) struct Fit<'a> {
    track: &'a CameraTrack,
    points: Vec<Point>,
    bound: Bound,
    /// Whether it is somewhere infinitely fast, or turns round at once: keys that are gone through
    /// smoothly would swing there.
    is_uneven: bool,
}

/// How far off a picture may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    pub(super) picture: Picture,
    /// Of the stretch's anchor.
    pub(super) radius_m: Option<f64>,
    pub(super) within_px: f64,
    /// Whether it holds at more moments than those of [`checks`].
    pub(super) closely: bool,
}

/// The moments at which what happens between two moments is checked, the first of them included.
pub(super) fn checks(from: SessionTime, to: SessionTime) -> impl Iterator<Item = SessionTime> {
    checks_times(from, to, 1)
}

/// The same so many times as often.
fn checks_times(
    from: SessionTime,
    to: SessionTime,
    times: i64,
) -> impl Iterator<Item = SessionTime> {
    let span_s = to.as_secs() - from.as_secs();
    let count = (span_s * CHECKS_A_SECOND * times as f64).ceil() as i64;
    let count = count.clamp(COARSE as i64 * times * times, MOST_CHECKS * times);
    let (from_ns, span_ns) = (i128::from(from.as_nanos()), i128::from(to.as_nanos()));
    let span_ns = span_ns - from_ns;
    let mut last = None;
    (0..count).filter_map(move |n| {
        let ns = from_ns + span_ns * i128::from(n) / i128::from(count);
        let at = SessionTime::from_nanos(ns as i64);
        (last.replace(at) != Some(at)).then_some(at)
    })
}

impl<'a> Fit<'a> {
    /// Of a stretch between two moments, which has these entries. `None` where it leaves the frame it
    /// begins in.
    pub(super) fn new(
        track: &'a CameraTrack,
        (from, to): (SessionTime, SessionTime),
        entries: Range<usize>,
        bound: Bound,
    ) -> Option<Self> {
        let mut knots: Vec<(SessionTime, Option<usize>)> = Vec::new();
        if entries.is_empty() || track.due_at(entries.start) > from {
            knots.push((from, None));
        }
        knots.extend(entries.map(|index| (track.due_at(index), Some(index))));
        if knots.last().is_none_or(|(due, _)| *due < to) {
            knots.push((to, None));
        }
        let mut points = Vec::new();
        let mut is_uneven = false;
        let mut add = |at, entry, is_coarse| {
            // At the end the way as it came there, whatever follows.
            let FramePose::One(pose) = sample_camera(track, at)? else { return None };
            points.push(Point { at, place: Place::from(&pose), entry, is_coarse });
            Some(())
        };
        for pair in knots.windows(2) {
            let ((start, entry), (end, _)) = (pair[0], pair[1]);
            if !bound.closely {
                for (n, at) in checks(start, end).enumerate() {
                    add(at, entry.filter(|_| n == 0), n % COARSE == 0)?;
                }
                continue;
            }
            let mut moments: Vec<_> = checks_times(start, end, CLOSE).collect();
            let uneven = uneven_moments(track, start, end);
            is_uneven |= !uneven.is_empty();
            moments.extend(uneven);
            moments.sort_unstable();
            moments.dedup();
            for (n, at) in moments.into_iter().enumerate() {
                add(at, entry.filter(|_| n == 0), n % COARSE == 0)?;
            }
        }
        let (at, entry) = *knots.last()?;
        match entry {
            // Sampling there would give what is due last at that moment.
            Some(index) => {
                let pose = track.entries()[index].pose.normalised();
                points.push(Point { at, place: Place::from(&pose), entry, is_coarse: true });
            }
            None => add(at, None, true)?,
        }
        (points.len() >= 2).then_some(Self { track, points, bound, is_uneven })
    }

    /// The fewest keys found, of those that go straight and those that go smoothly.
    pub(super) fn keys(&self, told: &mut dyn FnMut() -> bool) -> Option<Vec<CameraEntry>> {
        let last = self.points.len() - 1;
        let mut seeds: Vec<usize> = (0..last).step_by(FIRST_KEYS_EVERY).collect();
        // Any point will do, but one that is an entry is written as it was.
        for seed in seeds.iter_mut().skip(1) {
            let near = (*seed..last.min(*seed + FIRST_KEYS_EVERY / 2))
                .find(|point| self.points[*point].entry.is_some());
            *seed = near.unwrap_or(*seed);
        }
        seeds.push(last);
        seeds.dedup();
        let straight = self.refined(self.greedy(told)?, Leave::AS_RECORDED, told)?;
        let smooth = match self.is_uneven {
            true => None,
            false => Some(self.refined(seeds, Leave::SMOOTH, told)?),
        };
        let (keys, leave) = match smooth.filter(|smooth| smooth.len() < straight.len()) {
            Some(smooth) => (smooth, Leave::SMOOTH),
            None => (straight, Leave::AS_RECORDED),
        };
        Some(keys.into_iter().map(|point| self.entry(point, leave)).collect())
    }

    /// Keys are put in where the bound is exceeded, taken out where it is kept without them, and put
    /// in again where a closer look says so.
    fn refined(
        &self,
        mut keys: Vec<usize>,
        leave: Leave,
        told: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<usize>> {
        self.fill(&mut keys, leave, false, told)?;
        while self.thin(&mut keys, leave) {
            if !told() {
                return None;
            }
        }
        self.fill(&mut keys, leave, true, told)?;
        Some(keys)
    }

    fn fill(
        &self,
        keys: &mut Vec<usize>,
        leave: Leave,
        closely: bool,
        told: &mut dyn FnMut() -> bool,
    ) -> Option<()> {
        let mut is_good = vec![false; keys.len().saturating_sub(1)];
        while is_good.iter().any(|good| !good) {
            if !told() {
                return None;
            }
            let mut new = Vec::new();
            for (segment, good) in is_good.iter_mut().enumerate().filter(|(_, good)| !**good) {
                new.push((segment, self.worst_beyond(keys, segment, leave, closely)));
                *good = true;
            }
            // From the end, so that the places before it stay what they are.
            for (segment, point) in new.into_iter().rev() {
                let Some(point) = point else { continue };
                keys.insert(segment + 1, point);
                is_good.insert(segment + 1, false);
                // A smooth way depends on a key beyond each neighbour.
                let first = segment.saturating_sub(1);
                let last = (segment + 2).min(is_good.len() - 1);
                is_good[first..=last].fill(false);
            }
        }
        Some(())
    }

    /// Takes out keys that are not needed; of neighbours one at most, so that no stretch is looked at
    /// much more often than others. True where there was one.
    fn thin(&self, keys: &mut Vec<usize>, leave: Leave) -> bool {
        let (mut index, before) = (1, keys.len());
        while index + 1 < keys.len() {
            let taken = keys.remove(index);
            let last = (index + 1).min(keys.len() - 1);
            let mut touched = index.saturating_sub(2)..last;
            if touched.all(|segment| self.worst_beyond(keys, segment, leave, false).is_none()) {
                index += 1;
            } else {
                keys.insert(index, taken);
                index += 1;
            }
        }
        keys.len() < before
    }

    /// Straight from key to key, each as far as it goes.
    fn greedy(&self, told: &mut dyn FnMut() -> bool) -> Option<Vec<usize>> {
        let last = self.points.len() - 1;
        let mut keys = vec![0];
        while let Some(start) = keys.last().copied().filter(|start| *start < last) {
            if !told() {
                return None;
            }
            let reaches = |end: usize| {
                self.worst_beyond(&[start, end], 0, Leave::AS_RECORDED, false).is_none()
            };
            let mut good = start + 1;
            let mut step = 1;
            let mut bad = loop {
                let end = (good + step).min(last);
                if end == good {
                    break end + 1;
                }
                if !reaches(end) {
                    break end;
                }
                (good, step) = (end, step * 2);
            };
            while bad - good > 1 {
                let middle = good + (bad - good) / 2;
                if reaches(middle) { good = middle } else { bad = middle }
            }
            // An entry as it was, rather than a place between two.
            let entry = (start + 1..=good).rev().find(|point| self.points[*point].entry.is_some());
            keys.push(entry.filter(|_| good < last).unwrap_or(good));
        }
        Some(keys)
    }

    /// The point to put a key at where a segment exceeds the bound.
    fn worst_beyond(
        &self,
        keys: &[usize],
        segment: usize,
        leave: Leave,
        closely: bool,
    ) -> Option<usize> {
        let (start, end) = (keys[segment], keys[segment + 1]);
        if end - start < 2 {
            return None;
        }
        let around = &keys[segment.saturating_sub(1)..(segment + 3).min(keys.len())];
        let local = camera(around.iter().map(|point| self.entry(*point, leave)));
        let mut worst = (self.bound.within_px, None);
        for (index, point) in self.points.iter().enumerate().take(end).skip(start + 1) {
            if !closely && !point.is_coarse {
                continue;
            }
            let Some(FramePose::One(pose)) = sample_camera(&local, point.at) else { continue };
            let place = Place::from(&pose);
            let apart_px = self.bound.picture.apart_px(&point.place, &place, self.bound.radius_m);
            if apart_px > worst.0 {
                worst = (apart_px, Some(index));
            }
        }
        // Not close to a key that is there: two keys side by side bend the way between them.
        let quarter = (end - start) / 4;
        let point = worst.1?.clamp(start + 1 + quarter / 2, end - 1 - quarter / 2);
        let near = (point.saturating_sub(COARSE).max(start + 1)..(point + COARSE).min(end))
            .min_by_key(|p| (self.points[*p].entry.is_none(), p.abs_diff(point)));
        near.or(Some(point))
    }

    fn entry(&self, point: usize, leave: Leave) -> CameraEntry {
        let Point { at, place, entry, .. } = &self.points[point];
        if let Some(index) = entry {
            return CameraEntry { stamp: *at, leave, ..self.track.entries()[*index].clone() };
        }
        between(self.track, *at, place, leave)
    }
}

/// An entry for a moment between two of a track.
fn between(track: &CameraTrack, at: SessionTime, place: &Place, leave: Leave) -> CameraEntry {
    let entries = track.entries();
    let found = track.locate(at);
    let (index, weight) = found.map_or((0, 0.0), |found| (found.index, found.weight));
    let before = &entries[index];
    let after = entries.get(index + 1).unwrap_or(before);
    let mix = |a: f64, b: f64| lerp(a, b, weight);
    CameraEntry {
        seq: before.seq,
        stamp: at,
        sim_time_s: mix(before.sim_time_s, after.sim_time_s),
        pose: CameraPose {
            position_m: place.position_m.to_array(),
            rotation_wxyz: to_wxyz(place.rotation),
            scale: mix(f64::from(before.pose.scale), f64::from(after.pose.scale)) as f32,
            ..before.pose.clone()
        },
        leave,
    }
}

/// The entry that a camera passes through at a moment, left as the entry before it.
pub(super) fn passing(track: &CameraTrack, at: SessionTime) -> Option<CameraEntry> {
    let FramePose::One(pose) = sample_camera(track, at)? else { return None };
    let leave = track.entries()[track.locate(at)?.index].leave;
    let scale = pose.scale as f32;
    let mut entry = between(track, at, &Place::from(&pose), leave);
    entry.pose.scale = if scale.is_finite() { scale } else { entry.pose.scale };
    Some(entry)
}
