//! How long sampling takes: one camera among an hour's entries, and a frame with many properties.
//! `cargo run --release -p skyreel-core --example sample_speed`
use std::hint::black_box;
use std::time::Instant;

use skyreel_core::camera_track::{CameraEntry, CameraTrack, Leave, UnusableEntry};
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{MAIN_VIEW, Recording};
use skyreel_core::sample::{sample, sample_camera};
use skyreel_core::time::SessionTime;
use skyreel_core::value::{Easing, Value};

/// An hour at 60 entries a second.
const ENTRIES: i64 = 216_000;
const ENTRY_NS: i64 = 16_666_667;
const PROPERTIES: usize = 1_000;

/// Moments in no order, as somebody who seeks asks for them.
fn moments(count: i64) -> impl Iterator<Item = SessionTime> {
    let end = ENTRIES * ENTRY_NS;
    (0..count).map(move |i| SessionTime::from_nanos((i * 7_919_000_000_003) % end))
}

fn camera(leave: Leave) -> Result<CameraTrack, UnusableEntry> {
    let mut track = CameraTrack::default();
    let anchor = NodeName::new("Earth");
    for i in 0..ENTRIES {
        let turn = i as f64 * 1e-4;
        let pose = CameraPose {
            anchor: anchor.clone(),
            follow_rotation: true,
            position_m: [7e6 * turn.cos(), 7e6 * turn.sin(), 1e3],
            rotation_wxyz: [(turn / 2.0).cos(), 0.0, 0.0, (turn / 2.0).sin()],
            scale: 1.0,
        };
        let stamp = SessionTime::from_nanos(i * ENTRY_NS);
        track.push(CameraEntry { seq: i as u64, stamp, sim_time_s: 0.0, pose, leave })?;
    }
    Ok(track)
}

fn properties() -> Recording {
    let mut recording = Recording::default();
    for i in 0..PROPERTIES {
        let path = format!("Scene.Node{i:04}.Renderable.Fade");
        recording.baseline.insert(path.as_str().into(), Value::Number(0.0));
        for seq in 0..4 {
            recording.push_property(
                &path,
                PropertyChange {
                    seq,
                    stamp: SessionTime::from_nanos(seq as i64 * 900_000_000_000),
                    value: Value::Number(f64::from(seq % 2 == 0)),
                    duration: SessionTime::from_nanos(600_000_000_000),
                    easing: Easing::QuadraticEaseInOut,
                },
            );
        }
    }
    recording
}

fn time_each(what: &str, count: i64, mut work: impl FnMut(SessionTime)) {
    let mut best_ns = f64::MAX;
    // Short batches, the best of many: other work on the machine is none of sampling's.
    for _ in 0..100 {
        let start = Instant::now();
        moments(count).for_each(&mut work);
        best_ns = best_ns.min(start.elapsed().as_nanos() as f64 / count as f64);
    }
    println!("{what:40} {:9.3} µs", best_ns / 1e3);
}

fn main() -> Result<(), UnusableEntry> {
    for (name, leave) in [("as recorded", Leave::AS_RECORDED), ("smooth", Leave::SMOOTH)] {
        let track = camera(leave)?;
        time_each(&format!("one of {ENTRIES} camera entries, {name}"), 2_000, |t| {
            black_box(sample_camera(&track, t));
        });
    }
    let mut recording = properties();
    time_each(&format!("a frame of {PROPERTIES} properties"), 50, |t| {
        black_box(sample(&recording, t));
    });
    recording.view_mut(MAIN_VIEW).camera = camera(Leave::AS_RECORDED)?;
    time_each("the same with a camera", 50, |t| {
        black_box(sample(&recording, t));
    });
    Ok(())
}
