//! Small makers that several of the promises share.

use glam::DQuat;
use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, CameraTrack, Leave, Path};
use skyreel_core::frame::FramePose;
use skyreel_core::pose::{AnchoredPose, CameraPose, NodeName, to_wxyz};
use skyreel_core::sample::sample_camera;
use skyreel_core::time::SessionTime;
use skyreel_core::value::Easing;

pub const SECOND_NS: i64 = 1_000_000_000;

pub fn ns(ns: i64) -> SessionTime {
    SessionTime::from_nanos(ns)
}

/// Seconds, for moments that whole nanoseconds hold.
pub fn s(seconds: f64) -> SessionTime {
    SessionTime::from_secs(seconds).unwrap()
}

/// A camera `x` metres along x from a node.
pub fn beside(anchor: &str, x: f64) -> CameraPose {
    CameraPose {
        anchor: NodeName::new(anchor),
        follow_rotation: false,
        position_m: [x, 0.0, 0.0],
        rotation_wxyz: to_wxyz(DQuat::IDENTITY),
        scale: 1.0,
    }
}

pub fn entry(stamp: SessionTime, pose: CameraPose) -> CameraEntry {
    CameraEntry { seq: 0, stamp, sim_time_s: 0.0, pose, leave: Leave::AS_RECORDED }
}

pub fn track(entries: impl IntoIterator<Item = CameraEntry>) -> CameraTrack {
    let mut track = CameraTrack::default();
    for (seq, entry) in (0..).zip(entries) {
        track.push(CameraEntry { seq, ..entry }).unwrap();
    }
    track
}

/// A track along x: seconds and metres.
pub fn along_x(places: &[(f64, f64)]) -> CameraTrack {
    track(places.iter().map(|(at_s, x)| entry(s(*at_s), beside("Earth", *x))))
}

pub fn one(track: &CameraTrack, t: SessionTime) -> AnchoredPose {
    match sample_camera(track, t) {
        Some(FramePose::One(pose)) => pose,
        other => panic!("at {t}: {other:?}"),
    }
}

pub fn x_at(track: &CameraTrack, at_s: f64) -> f64 {
    one(track, s(at_s)).position_m.x
}

pub const EASINGS: [Easing; 28] = {
    use Easing::*;
    [
        Linear,
        QuadraticEaseIn,
        QuadraticEaseOut,
        QuadraticEaseInOut,
        CubicEaseIn,
        CubicEaseOut,
        CubicEaseInOut,
        QuarticEaseIn,
        QuarticEaseOut,
        QuarticEaseInOut,
        QuinticEaseIn,
        QuinticEaseOut,
        QuinticEaseInOut,
        SineEaseIn,
        SineEaseOut,
        SineEaseInOut,
        CircularEaseIn,
        CircularEaseOut,
        CircularEaseInOut,
        ExponentialEaseIn,
        ExponentialEaseOut,
        ExponentialEaseInOut,
        ElasticEaseIn,
        ElasticEaseOut,
        ElasticEaseInOut,
        BounceEaseIn,
        BounceEaseOut,
        BounceEaseInOut,
    ]
};

pub fn easing() -> impl Strategy<Value = Easing> + Clone {
    proptest::sample::select(&EASINGS[..])
}

/// Any moment, the ends of time and the neighbourhood of the start included.
pub fn moment() -> impl Strategy<Value = SessionTime> {
    let extremes = vec![i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX];
    prop_oneof![
        2 => any::<i64>(),
        2 => proptest::sample::select(extremes),
        6 => -5 * SECOND_NS..20 * SECOND_NS,
        2 => (0..4_i64).prop_map(|t| t * SECOND_NS),
    ]
    .prop_map(ns)
}

/// Any number up to `limit`, the tiny and the huge as likely as the others.
pub fn number(limit: f64) -> impl Strategy<Value = f64> + Clone {
    let special = vec![0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 2.2e-308, 1e-160, limit, -limit];
    prop_oneof![
        proptest::sample::select(special),
        -1.0..1.0_f64,
        (-1.0..1.0_f64).prop_map(move |v| v * limit),
    ]
}

/// Any camera pose that a track takes: rotations of any length, none too.
pub fn any_pose() -> impl Strategy<Value = CameraPose> {
    let anchor = proptest::sample::select(vec!["Earth", "Earth", "Earth", "Moon"]);
    let position = vec(number(1e60), 3);
    let rotation = vec(number(f64::MAX), 4);
    let scale = prop_oneof![Just(1.0_f32), Just(0.0), Just(-2.0), any::<f32>()];
    (anchor, any::<bool>(), position, rotation, scale).prop_map(|(anchor, follow, p, r, scale)| {
        CameraPose {
            anchor: NodeName::new(anchor),
            follow_rotation: follow,
            position_m: [p[0], p[1], p[2]],
            rotation_wxyz: [r[0], r[1], r[2], r[3]],
            scale: if scale.is_finite() { scale } else { 1.0 },
        }
    })
}

/// Entries with any stamps, in any order.
pub fn any_track() -> impl Strategy<Value = CameraTrack> {
    let path = proptest::sample::select(vec![Path::AsRecorded, Path::Smooth, Path::Hold]);
    let leave = (path, easing()).prop_map(|(path, easing)| Leave { path, easing });
    let entries = (moment(), any_pose(), leave, number(1e300));
    vec(entries, 1..8).prop_map(|entries| {
        track(entries.into_iter().map(|(stamp, pose, leave, sim_time_s)| CameraEntry {
            sim_time_s,
            leave,
            ..entry(stamp, pose)
        }))
    })
}
