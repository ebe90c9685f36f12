//! From a key as it is written to a camera entry: what it leaves out comes from the key before it,
//! what it says in words is worked out and kept.

use crate::camera_track::{CameraEntry, Leave, Path};
use crate::fault::Fault;
use crate::pose::{CameraPose, NodeName};
use crate::recording::Sequence;
use crate::time::{SessionTime, SimTime};
use crate::value::Easing;
use crate::wording::{Aim, GlobePlace, Height, Surroundings, Unsettled, Wording};

use super::item::KeyItem;

/// What the next key starts from.
pub(super) struct KeyState {
    pub anchor: Option<NodeName>,
    pub follow: bool,
    pub path: Path,
    pub ease: Easing,
    pub scale: f32,
    pub last: Option<Last>,
}

/// Where the key before was.
pub(super) struct Last {
    pose: CameraPose,
    place: Option<GlobePlace>,
    aim: Option<Aim>,
}

/// When a key is.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub seq: Sequence,
    pub stamp: SessionTime,
    pub sim_time_s: f64,
}

/// A camera entry, the words it was given in, and a remark about them, not yet placed.
pub(super) struct Settled {
    pub entry: CameraEntry,
    pub wording: Option<Wording>,
    pub remark: Option<Fault>,
}

const IDENTITY: [f64; 4] = [1.0, 0.0, 0.0, 0.0];

impl KeyState {
    /// The entry of the next key.
    ///
    /// # Errors
    /// What is missing or contradicts itself, not yet placed.
    pub fn settle(
        &mut self,
        key: &KeyItem,
        moment: Moment,
        scene: &impl Surroundings,
    ) -> Result<Settled, Box<Fault>> {
        let anchor = key.anchor.clone().or_else(|| self.anchor.clone()).ok_or_else(|| {
            mistake("a key without an anchor", "anchor: \"Earth\" in the first key or in the view")
        })?;
        let stands_on_globe = key.altitude.is_some() || key.altitude_km.is_some();
        let follow = key.follow.unwrap_or(self.follow || stands_on_globe);
        let before = self
            .last
            .as_ref()
            .filter(|l| l.pose.anchor == anchor && l.pose.follow_rotation == follow);
        let (position_m, place) = place(key, before)?;
        let says_place = key.says_place();
        let aim = match aim(key, &anchor)? {
            Some(Direction::Aim(aim)) => Err(aim),
            Some(Direction::Rotation(rotation)) => Ok(rotation),
            None => match before.filter(|_| !says_place) {
                Some(before) => {
                    before.aim.clone().ok_or(before.pose.rotation_wxyz).map_or_else(Ok, Err)
                }
                None if place.is_none() && position_m == [0.0; 3] => Ok(IDENTITY),
                None => Err(Aim::LookAt { node: anchor.clone(), up: None }),
            },
        };
        let (rotation_wxyz, aim) = match aim {
            Ok(rotation) => (rotation, None),
            Err(aim) => (IDENTITY, Some(aim)),
        };
        let scale = key.scale.unwrap_or(self.scale);
        let pose = CameraPose { anchor, follow_rotation: follow, position_m, rotation_wxyz, scale };
        let date = key.date.as_ref().and_then(|date| date.text.clone());
        let mut wording = Wording { place, aim, date, pose };
        let (pose, remark) = work_out(&wording, moment, scene)?;
        wording.pose = pose.clone();

        self.anchor = Some(pose.anchor.clone());
        (self.follow, self.scale) = (follow, scale);
        self.last =
            Some(Last { pose: pose.clone(), place: wording.place, aim: wording.aim.clone() });
        let leave =
            Leave { path: key.path.unwrap_or(self.path), easing: key.ease.unwrap_or(self.ease) };
        let Moment { seq, stamp, sim_time_s } = moment;
        let has_words = wording.place.is_some() || wording.aim.is_some() || wording.date.is_some();
        Ok(Settled {
            entry: CameraEntry { seq, stamp, sim_time_s, pose, leave },
            wording: has_words.then_some(wording),
            remark,
        })
    }
}

fn work_out(
    wording: &Wording,
    moment: Moment,
    scene: &impl Surroundings,
) -> Result<(CameraPose, Option<Fault>), Box<Fault>> {
    let at = SimTime::from_tdb_secs(moment.sim_time_s).unwrap_or_default();
    match wording.work_out(at, scene) {
        Ok(pose) => Ok((pose, None)),
        Err(missing @ Unsettled::NoPlace(_)) => {
            let node = wording.pose.anchor.clone();
            let instead = Wording { aim: Some(Aim::LookAt { node, up: None }), ..wording.clone() };
            let pose = instead.work_out(at, scene).unwrap_or_else(|_| wording.pose.clone());
            let anchor = &pose.anchor;
            let remark =
                format!("{missing}; until then this key looks at the centre of '{anchor}'");
            Ok((pose, Some(Fault::warning(remark))))
        }
        Err(reason) => Err(Box::new(Fault::loss(format!("this key is left out: {reason}")))),
    }
}

fn mistake(found: &str, expected: &str) -> Box<Fault> {
    Box::new(Fault::loss("this key is left out").found(found, expected))
}

impl KeyItem {
    fn says_place(&self) -> bool {
        self.position.is_some() || self.says_globe_place()
    }

    fn says_globe_place(&self) -> bool {
        let horizontal = self.latitude.is_some() || self.longitude.is_some();
        horizontal
            || self.altitude.is_some()
            || self.altitude_km.is_some()
            || self.distance.is_some()
    }
}

/// The position, where that is stated, or the place above a globe that it follows from.
fn place(
    key: &KeyItem,
    before: Option<&Last>,
) -> Result<([f64; 3], Option<GlobePlace>), Box<Fault>> {
    const EITHER: &str =
        "position: (x, y, z), or latitude, longitude and one of altitude, altitude_km, distance";
    if let Some(position) = &key.position {
        if key.says_globe_place() {
            return Err(mistake("a position and a place on a globe", EITHER));
        }
        return Ok((position.0, None));
    }
    if !key.says_globe_place() {
        let before = before.ok_or_else(|| {
            mistake("a key without a place, and none before it that it could keep", EITHER)
        })?;
        return Ok((before.pose.position_m, before.place));
    }
    let before = before.and_then(|before| before.place);
    let heights = [
        key.altitude.map(|m| Height::Altitude(m.0)),
        key.altitude_km.map(|km| Height::Altitude(km.0 * 1e3)),
        key.distance.map(|m| Height::Distance(m.0)),
    ];
    let mut heights = heights.into_iter().flatten();
    let height = heights.next().or_else(|| before.map(|p| p.height));
    if heights.next().is_some() {
        return Err(mistake("more than one height", "one of altitude, altitude_km, distance"));
    }
    let latitude = key.latitude.map(|l| l.0).or_else(|| before.map(|p| p.latitude_deg));
    let longitude = key.longitude.map(|l| l.0).or_else(|| before.map(|p| p.longitude_deg));
    match (latitude, longitude, height) {
        (Some(latitude_deg), Some(longitude_deg), Some(height)) => {
            Ok(([0.0; 3], Some(GlobePlace { latitude_deg, longitude_deg, height })))
        }
        (None, ..) => Err(mistake("a place without a latitude", EITHER)),
        (_, None, _) => Err(mistake("a place without a longitude", EITHER)),
        (.., None) => Err(mistake("a place without a height", EITHER)),
    }
}

enum Direction {
    Rotation([f64; 4]),
    Aim(Aim),
}

/// The direction, where the key says one.
fn aim(key: &KeyItem, anchor: &NodeName) -> Result<Option<Direction>, Box<Fault>> {
    let has_horizon = key.heading.is_some() || key.pitch.is_some() || key.roll.is_some();
    let looks_at = key.look_at.is_some() || key.up.is_some();
    if usize::from(key.rotation.is_some()) + usize::from(looks_at) + usize::from(has_horizon) > 1 {
        return Err(mistake(
            "more than one direction",
            "one of rotation: (w, x, y, z), look_at (with up), or heading, pitch and roll",
        ));
    }
    if let Some(rotation) = &key.rotation {
        return Ok(Some(Direction::Rotation(rotation.0)));
    }
    if looks_at {
        let node = key.look_at.clone().unwrap_or_else(|| anchor.clone());
        let up = key.up.map(|up| up.0);
        return Ok(Some(Direction::Aim(Aim::LookAt { node, up })));
    }
    let degrees = |field: Option<super::field::Finite>| field.map_or(0.0, |f| f.0);
    Ok(has_horizon.then(|| {
        Direction::Aim(Aim::Horizon {
            heading_deg: degrees(key.heading),
            pitch_deg: degrees(key.pitch),
            roll_deg: degrees(key.roll),
        })
    }))
}
