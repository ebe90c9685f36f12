//! Sampling at moments in no order, as somebody who seeks asks for them.

use skyreel_core::camera_track::{CameraTrack, Leave};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{MAIN_VIEW, Recording};
use skyreel_core::sample::{sample, sample_camera};
use skyreel_core::time::SessionTime;
use skyreel_core::value::{Easing, Value};

use crate::session::{HOUR_S, Random, recorded};
use crate::table::Table;

const PROPERTIES: usize = 1_000;
const CAMERA_LIMIT_S: f64 = 1e-6;
const FRAME_LIMIT_S: f64 = 20e-6;

pub fn measure(table: &mut Table) {
    let mut moments = moments();
    for (way, leave) in [("as recorded", Leave::AS_RECORDED), ("smooth", Leave::SMOOTH)] {
        let recording = recorded(leave);
        let camera: &CameraTrack = &recording.view(MAIN_VIEW).unwrap().camera;
        let name = format!("one of 216,000 camera entries, {way}");
        table.short(&name, CAMERA_LIMIT_S, || sample_camera(camera, moments()));
    }
    let easing = with_properties(|i| Value::Number(i as f64));
    let name = format!("frame with {PROPERTIES} tracks of numbers, easing");
    table.short(&name, FRAME_LIMIT_S, || sample(&easing, moments()));
    let switching = with_properties(|i| Value::Bool(i % 2 == 0));
    let name = format!("frame with {PROPERTIES} tracks of switches");
    table.short(&name, FRAME_LIMIT_S, || sample(&switching, moments()));
    let texts = with_properties(|i| Value::Text(i.to_string().into()));
    let name = format!("frame with {PROPERTIES} tracks of texts");
    table.short(&name, FRAME_LIMIT_S, || sample(&texts, moments()));
}

fn moments() -> impl FnMut() -> SessionTime {
    let mut random = Random(7);
    // Drawn beforehand: drawing is none of sampling's.
    let drawn = (0..4096).map(|_| SessionTime::from_secs(random.unit() * HOUR_S).unwrap());
    let drawn: Vec<SessionTime> = drawn.collect();
    let mut next = 0;
    move || {
        next = (next + 1) % drawn.len();
        drawn[next]
    }
}

/// A camera, and properties that change every quarter of an hour, for ten minutes each.
fn with_properties(value: impl Fn(u64) -> Value) -> Recording {
    let mut recording = recorded(Leave::AS_RECORDED);
    for i in 0..PROPERTIES {
        let path = format!("Scene.Node{i:04}.Renderable.Fade");
        recording.baseline.insert(path.as_str().into(), value(0));
        for seq in 1..5 {
            let change = PropertyChange {
                seq,
                stamp: SessionTime::from_nanos((seq as i64 - 1) * 900_000_000_000),
                value: value(seq),
                duration: SessionTime::from_nanos(600_000_000_000),
                easing: Easing::QuadraticEaseInOut,
            };
            recording.push_property(&path, change);
        }
    }
    recording
}
