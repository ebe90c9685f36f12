//! Camera entries put into the words that people would use: latitude, longitude and altitude above a
//! globe, a heading and a pitch or nothing where the camera looks at its centre. Only where the words
//! come to what was there.

use glam::{DQuat, DVec3};

use crate::camera_track::CameraEntry;
use crate::globe;
use crate::pose::{CameraPose, unit_rotation};
use crate::recording::Recording;
use crate::time::SimTime;
use crate::wording::{Aim, GlobePlace, Height, KnownGlobes, Surroundings, Wording};

/// How far what words come to may be from what was there: this part of the distance from the globe's
/// centre, and this angle, radians. On the Earth's ground that is six millimetres.
const SAME: f64 = 1e-9;

/// Decimals of degrees: half of the last is a tenth of what may be lost.
const DECIMALS_OF_DEGREES: i32 = 8;

/// A direction nearer to straight up or down than this has no heading; the sine of the angle.
const UPRIGHT: f64 = 1e-9;

/// Puts every camera entry that turns with a globe into words, as the reader makes them definite in
/// `scene`; the words that an entry has stay. Entries whose words would come to another place or
/// direction (by more than 1e-9 of the distance, 1e-9 radians) are left.
pub fn put_in_words(recording: &mut Recording, scene: &impl Surroundings) {
    for view in &mut recording.views {
        for entry in view.camera.entries() {
            let known = view.wordings.get(&entry.seq).filter(|words| words.holds_for(entry));
            if let Some(words) = in_words(entry, known, scene) {
                view.wordings.insert(entry.seq, words);
            }
        }
    }
}

/// An entry in words; `None` where there are no better ones than it has.
fn in_words(
    entry: &CameraEntry,
    known: Option<&Wording>,
    scene: &impl Surroundings,
) -> Option<Wording> {
    let pose = &entry.pose;
    let at = SimTime::from_tdb_secs(entry.sim_time_s)?;
    let radii_m = scene.radii_m(pose.anchor.as_str()).filter(|_| pose.follow_rotation)?;
    let none = || Wording { place: None, aim: None, date: None, pose: pose.clone() };
    let mut words = known.cloned().unwrap_or_else(none);
    if words.place.is_none() {
        // Only radii that everybody knows are the same wherever the text is read.
        let is_known = globe::known_radii_m(pose.anchor.as_str()) == Some(radii_m);
        words.place = Some(place(pose, is_known.then_some(radii_m))?);
    }
    if words.aim.is_none() {
        let there = words.work_out(at, scene).ok()?;
        let aims = [Some(Aim::LookAt { node: pose.anchor.clone(), up: None }), aim(&there)];
        let comes_to_it = |aim: &Aim| {
            let words = Wording { aim: Some(aim.clone()), ..words.clone() };
            words.work_out(at, scene).is_ok_and(|there| is_same(&there, pose))
        };
        words.aim = Some(aims.into_iter().flatten().find(comes_to_it)?);
    }
    words.work_out(at, scene).ok().filter(|there| is_same(there, pose))?;
    Some(words)
}

/// Where a pose is; its altitude where the radii are given, else its distance.
fn place(pose: &CameraPose, radii_m: Option<[f64; 3]>) -> Option<GlobePlace> {
    let position_m = DVec3::from_array(pose.position_m);
    let distance_m = position_m.length();
    if !(distance_m.is_finite() && distance_m > 0.0) {
        return None;
    }
    let latitude_deg = degrees(position_m.z.atan2(position_m.x.hypot(position_m.y)));
    let longitude_deg = degrees(position_m.y.atan2(position_m.x));
    // As many digits as make a tenth of what may be lost.
    let decimals = (-(0.2 * SAME * distance_m).log10()).ceil().clamp(0.0, 12.0) as i32;
    let height = match radii_m {
        Some(radii_m) => {
            let direction = globe::direction_of(latitude_deg, longitude_deg);
            let ground_m = globe::surface_distance_m(radii_m, direction);
            Height::Altitude(rounded(distance_m - ground_m, decimals))
        }
        None => Height::Distance(rounded(distance_m, decimals)),
    };
    Some(GlobePlace { latitude_deg, longitude_deg, height })
}

/// Which way a pose looks, relative to the horizon.
fn aim(pose: &CameraPose) -> Option<Aim> {
    let axes = globe::horizon_axes(DVec3::from_array(pose.position_m))?;
    let rotation = unit_rotation(pose.rotation_wxyz);
    let to_horizon = axes.transpose();
    let forward = to_horizon * (rotation * DVec3::NEG_Z);
    let up = to_horizon * (rotation * DVec3::Y);
    let level = forward.x.hypot(forward.y);
    let (heading, pitch) = if level > UPRIGHT {
        (forward.x.atan2(forward.y), forward.z.atan2(level))
    } else {
        // Straight down what is up in the picture lies ahead, straight up it lies behind.
        let ahead = -forward.z.signum();
        ((ahead * up.x).atan2(ahead * up.y), forward.z.signum() * std::f64::consts::FRAC_PI_2)
    };
    let level = |roll_deg| Aim::Horizon {
        heading_deg: rounded(degrees(heading).rem_euclid(360.0), DECIMALS_OF_DEGREES),
        pitch_deg: degrees(pitch),
        roll_deg,
    };
    let upright = Wording { place: None, aim: Some(level(0.0)), date: None, pose: pose.clone() };
    let upright = upright.work_out(SimTime::J2000, &KnownGlobes).ok()?;
    let turned = unit_rotation(upright.rotation_wxyz).inverse() * rotation;
    let roll = -2.0 * turned.z.atan2(turned.w);
    let roll_deg = degrees(roll);
    let roll_deg =
        if roll_deg.abs() > 180.0 { roll_deg - 360.0_f64.copysign(roll_deg) } else { roll_deg };
    Some(level(rounded(roll_deg, DECIMALS_OF_DEGREES)))
}

fn is_same(there: &CameraPose, pose: &CameraPose) -> bool {
    let (there_m, pose_m) =
        (DVec3::from_array(there.position_m), DVec3::from_array(pose.position_m));
    let between: DQuat =
        unit_rotation(there.rotation_wxyz).inverse() * unit_rotation(pose.rotation_wxyz);
    there_m.distance(pose_m) <= SAME * pose_m.length()
        && 2.0 * between.xyz().length().atan2(between.w.abs()) <= SAME
}

fn degrees(radians: f64) -> f64 {
    rounded(radians.to_degrees(), DECIMALS_OF_DEGREES)
}

/// Without a minus before zero.
fn rounded(number: f64, decimals: i32) -> f64 {
    let tens = 10.0_f64.powi(decimals);
    (number * tens).round() / tens + 0.0
}
