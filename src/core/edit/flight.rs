//! A part of a flight from one node to another, which only a scene can say: entries that are where the
//! camera was in the world, relative to the nearer node, close enough to each other to go straight.

use glam::{DQuat, DVec3};

use crate::camera_track::{CameraEntry, CameraTrack, Leave};
use crate::clock_track::ClockTrack;
use crate::pose::{CameraPose, to_wxyz};
use crate::resolve::{Frames, WorldCamera, WorldFromNode, resolve_pose};
use crate::sample::sample_camera;
use crate::time::SessionTime;
use crate::wording::Surroundings;

use super::cut_camera::CUT_WITHIN_PX;
use super::even::uneven_moments;
use super::parts::camera;
use super::picture::{Picture, Place};
use super::radius_m;

/// Moments a second at which the bound is checked, and at which an entry may stand.
const POINTS_A_SECOND: f64 = 960.0;

/// As many there are at least and, of a flight of minutes, at most.
const POINTS: std::ops::RangeInclusive<i64> = 8..=131_072;

/// Between two of them as often it is halved again where even that is not straight: a clock may hurry
/// on by years a second, and the shortest rotation to a turning node may become the other way round.
const MOST_HALVINGS: u32 = 22;

/// As many entries a flight is given at most before nothing more is halved.
const MOST_ENTRIES: usize = 131_072;

/// Of the way from end to end: as far off a place may be that is said relative to the other node.
const ROUNDED: f64 = 8.0 * f64::EPSILON;

/// The flights of a camera in a scene.
pub(super) struct Flights<'a> {
    pub(super) track: &'a CameraTrack,
    pub(super) clock: &'a ClockTrack,
    pub(super) picture: Picture,
    pub(super) scene: &'a dyn Surroundings,
}

/// The two nodes of a flight at a moment.
#[derive(Clone, Copy)]
struct Nodes<'a> {
    names: [&'a str; 2],
    places: [WorldFromNode; 2],
}

impl Frames for Nodes<'_> {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        let index = self.names.iter().position(|known| *known == name)?;
        Some(self.places[index])
    }
}

/// A moment of a flight.
#[derive(Clone)]
struct Point<'a> {
    at: SessionTime,
    nodes: Nodes<'a>,
    /// Where the camera was.
    was: WorldCamera,
    /// How an entry says that.
    pose: CameraPose,
}

impl Flights<'_> {
    /// Entries for the part between two moments, both included, of the flight that leaves entry
    /// `index`. Where the part ends with the flight, the last is the entry that it arrives in. `None`
    /// where the scene does not know where the nodes are.
    pub(super) fn part(
        &self,
        index: usize,
        (from, to): (SessionTime, SessionTime),
    ) -> Option<Vec<CameraEntry>> {
        let ends = self.track.entries().get(index..index + 2)?;
        let moments = self.moments(from, to).into_iter();
        let points: Vec<_> = moments.map(|at| self.point(index, at)).collect::<Option<_>>()?;
        let radii_m = [&ends[0], &ends[1]].map(|end| radius_m(self.scene, &end.pose.anchor));
        let reach_m = ends.iter().map(|end| DVec3::from_array(end.pose.position_m).length()).sum();
        let part = Part { flights: self, index, radii_m, reach_m };
        let mut entries = vec![self.entry(index, points.first()?)];
        part.halve(&points, &mut entries);
        if to == self.track.due_at(index + 1) {
            entries.pop();
            entries.push(CameraEntry { stamp: to, ..ends[1].clone() });
        }
        Some(entries)
    }

    /// Evenly spread, and where the clock is at a key; where it jumps, the moment before too.
    fn moments(&self, from: SessionTime, to: SessionTime) -> Vec<SessionTime> {
        let (from_ns, span_ns) = (i128::from(from.as_nanos()), i128::from(to.as_nanos()));
        let span_ns = span_ns - from_ns;
        let count = ((span_ns as f64 * 1e-9 * POINTS_A_SECOND).ceil() as i64)
            .clamp(*POINTS.start(), *POINTS.end());
        let even = (0..=count).map(|n| {
            let ns = from_ns + span_ns * i128::from(n) / i128::from(count);
            SessionTime::from_nanos(ns as i64)
        });
        let mut moments: Vec<_> = even.collect();
        moments.extend(uneven_moments(self.track, from, to));
        let dues: Vec<_> = (0..self.clock.keys().len()).map(|n| self.clock.key_due_at(n)).collect();
        moments.extend(dues.iter().filter(|due| (from..=to).contains(due)));
        let jumps = dues.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        let before = jumps.map(|due| due.saturating_sub(SessionTime::from_nanos(1)));
        moments.extend(before.filter(|at| (from..=to).contains(at)));
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    fn point(&self, index: usize, at: SessionTime) -> Option<Point<'_>> {
        let ends = self.track.entries().get(index..index + 2)?;
        let date = self.clock.sample(at).sim_time;
        let names = [ends[0].pose.anchor.as_str(), ends[1].pose.anchor.as_str()];
        let place = |name| self.scene.world_from_node(name, date);
        let nodes = Nodes { names, places: [place(names[0])?, place(names[1])?] };
        let was = resolve_pose(&sample_camera(self.track, at)?, &nodes).ok()?;
        let (begin, end) = (self.track.due_at(index), self.track.due_at(index + 1));
        let pose = match at {
            at if at == begin => ends[0].pose.clone(),
            at if at == end => ends[1].pose.clone(),
            _ => {
                let [near_m, far_m] = nodes.places.map(|node| seen_from(&node, &was).length());
                let is_arriving = match names[0] == names[1] {
                    true => at.fraction_between(begin, end) >= 0.5,
                    false => far_m < near_m,
                };
                let side = usize::from(is_arriving);
                said_of(&was, &nodes.places[side], &ends[side].pose)
            }
        };
        Some(Point { at, nodes, was, pose })
    }

    fn entry(&self, index: usize, point: &Point<'_>) -> CameraEntry {
        CameraEntry {
            seq: self.track.entries()[index].seq,
            stamp: point.at,
            sim_time_s: self.clock.sample(point.at).sim_time.as_tdb_secs(),
            pose: point.pose.clone(),
            leave: Leave::AS_RECORDED,
        }
    }
}

/// The part of one flight.
struct Part<'a> {
    flights: &'a Flights<'a>,
    /// The entry that it leaves.
    index: usize,
    radii_m: [Option<f64>; 2],
    /// How far from their nodes it begins and ends, both together.
    reach_m: f64,
}

impl Part<'_> {
    /// Adds so many entries between the first point and the last, and the last, that the camera can go
    /// straight from one to the next.
    fn halve(&self, points: &[Point<'_>], out: &mut Vec<CameraEntry>) {
        match points {
            [first, last] => self.halve_closely(first, last, MOST_HALVINGS, out),
            // One point may lie where a bent way crosses the straight one; three do not.
            [_, _, _, _, .., last] if self.is_straight(points) => {
                out.push(self.flights.entry(self.index, last));
            }
            _ => {
                let middle = points.len() / 2;
                self.halve(&points[..=middle], out);
                self.halve(&points[middle..], out);
            }
        }
    }

    fn halve_closely(
        &self,
        first: &Point<'_>,
        last: &Point<'_>,
        halvings: u32,
        out: &mut Vec<CameraEntry>,
    ) {
        let middle_of = |a: SessionTime, b: SessionTime| {
            SessionTime::from_nanos(a.as_nanos().midpoint(b.as_nanos()))
        };
        let at = middle_of(first.at, last.at);
        let may_be = halvings > 0 && out.len() < MOST_ENTRIES;
        let is_between = may_be && first.at < at && at < last.at;
        let point = |at| self.flights.point(self.index, at);
        let quarters = [middle_of(first.at, at), at, middle_of(at, last.at)].map(point);
        if let ([Some(before), Some(middle), Some(after)], true) = (quarters, is_between) {
            let points = [first.clone(), before, middle, after, last.clone()];
            if !self.is_straight(&points) {
                self.halve_closely(first, &points[2], halvings - 1, out);
                self.halve_closely(&points[2], last, halvings - 1, out);
                return;
            }
        }
        out.push(self.flights.entry(self.index, last));
    }

    fn is_straight(&self, points: &[Point<'_>]) -> bool {
        let [first, inside @ .., last] = points else { return true };
        let ends = camera([first, last].map(|point| self.flights.entry(self.index, point)));
        inside.iter().all(|point| {
            let pose = sample_camera(&ends, point.at);
            let is = pose.and_then(|pose| resolve_pose(&pose, &point.nodes).ok());
            is.is_some_and(|is| self.apart_px(point, &is) <= CUT_WITHIN_PX)
        })
    }

    /// As seen of whichever of the nodes shows it more.
    fn apart_px(&self, point: &Point<'_>, is: &WorldCamera) -> f64 {
        let places = &point.nodes.places;
        let between_m = places[0].position_m.distance(places[1].position_m);
        let rounded_m = (between_m + self.reach_m) * ROUNDED;
        let each = places.iter().zip(self.radii_m).map(|(node, radius_m)| {
            let [was, mut is] = [&point.was, is].map(|camera| Place {
                position_m: seen_from(node, camera),
                rotation: camera.rotation,
            });
            // No entry comes closer than that.
            if (is.position_m - was.position_m).length() <= rounded_m {
                is.position_m = was.position_m;
            }
            self.flights.picture.apart_px(&was, &is, radius_m)
        });
        each.fold(0.0, f64::max)
    }
}

/// The camera minus the node, world axes, metres: exact where the node is the camera's anchor.
fn seen_from(node: &WorldFromNode, camera: &WorldCamera) -> DVec3 {
    camera.anchor_in_world_m - node.position_m + camera.offset_m
}

/// A camera relative to a node, as `like` is.
fn said_of(camera: &WorldCamera, node: &WorldFromNode, like: &CameraPose) -> CameraPose {
    let axes = if like.follow_rotation { node.rotation } else { DQuat::IDENTITY };
    let scale = camera.scale as f32;
    CameraPose {
        anchor: like.anchor.clone(),
        follow_rotation: like.follow_rotation,
        position_m: (axes.inverse() * seen_from(node, camera)).to_array(),
        rotation_wxyz: to_wxyz((axes.inverse() * camera.rotation).normalize()),
        scale: if scale.is_finite() { scale } else { like.scale },
    }
}
