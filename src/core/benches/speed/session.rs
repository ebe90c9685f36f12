//! A recorded hour that is made up, always the same.

use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::clock_track::ClockKey;
use skyreel_core::event::{Event, EventKind};
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::recording::{MAIN_VIEW, Recording};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Easing;

/// An hour at 60 entries a second.
pub const ENTRIES: u64 = 216_000;
pub const HOUR_S: f64 = 3600.0;

/// Vigna's SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
pub struct Random(pub u64);

impl Random {
    /// From 0 to 1.
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A flight around the Earth and the Moon that somebody steers: all numbers with all their digits,
/// a script every ten seconds.
pub fn recorded(leave: Leave) -> Recording {
    let mut random = Random(2026);
    let nodes = [NodeName::new("Earth"), NodeName::new("Moon")];
    let mut recording = Recording::default();
    recording.header.program = "OpenSpace".to_owned();
    let (mut seq, mut turn) = (0, 0.0_f64);
    for frame in 0..ENTRIES {
        let at_s = (frame as f64 + 0.2 * random.unit()) * HOUR_S / ENTRIES as f64;
        let stamp = SessionTime::from_secs(at_s).unwrap();
        let sim_time_s = 8.26e8 + 60.0 * at_s + random.unit() * 1e-3;
        turn += 1e-4 * (0.5 + random.unit());
        let distance_m = 7e6 * (1.0 + 0.5 * (turn / 3.0).sin());
        let (sin, cos) = (turn / 2.0).sin_cos();
        let rotation = [cos, 0.3 * sin, 0.5 * sin, 0.812 * sin];
        let pose = CameraPose {
            anchor: nodes[(frame / 54_000 % 2) as usize].clone(),
            follow_rotation: frame / 27_000 % 2 == 0,
            position_m: [
                distance_m * turn.cos(),
                distance_m * turn.sin(),
                1e5 * (0.5 - random.unit()),
            ],
            // Files hold them as f32.
            rotation_wxyz: rotation.map(|v| f64::from(v as f32)),
            scale: (1e-6 * (1.0 + random.unit())) as f32,
        };
        let entry = CameraEntry { seq, stamp, sim_time_s, pose, leave };
        recording.view_mut(MAIN_VIEW).camera.push(entry).unwrap();
        let sim_time = SimTime::from_tdb_secs(sim_time_s).unwrap();
        recording.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
        seq += 1;
        if frame % 600 == 0 {
            let fade = random.unit();
            let text = format!(
                "openspace.setPropertyValueSingle('Scene.EarthTrail.Renderable.Fade', {fade}, 2.0);"
            );
            recording.events.push(Event {
                seq,
                stamp,
                sim_time_s,
                kind: EventKind::Script { text },
            });
            seq += 1;
        }
    }
    recording
}
