//! A made-up session, the same for the same seed, made frame by frame: a camera that orbits with
//! friction (dragged 15 % of the time, coasting or at rest 80 %, in flight 5 %), a clock, and
//! properties that change now and then. Frames come at 60 a second, give or take 0.25 ms.

use std::collections::BTreeMap;
use std::sync::Arc;

use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::clock_track::{ClockChange, ClockKey};
use skyreel_core::entry::Entry;
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::time::{SessionSpan, SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

/// Frames a second.
pub const RATE_HZ: u64 = 60;
const FRAME_NS: f64 = 1e9 / RATE_HZ as f64;
const FRAME_S: f64 = 1.0 / RATE_HZ as f64;
/// Either way, nanoseconds.
const JITTER_NS: f64 = 250_000.0;
/// How fast the camera comes to rest by itself: to 1/e in this time, seconds.
const FRICTION_S: f64 = 0.9;
/// Below this a turning camera stands still, radians a second.
const AT_REST: f64 = 1e-9;
/// TDB seconds past J2000: some day in 2026.
const SIM_START_S: f64 = 8.46e8;
/// The clock changes its rate so often, in frames.
const CLOCK_CHANGE_EVERY: u64 = 150 * RATE_HZ;

/// A session to be made.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// Other sessions have other seeds.
    pub seed: u64,
    /// How long it is.
    pub duration_s: u64,
    /// How many properties the scene has. All of them change, one after another.
    pub properties: usize,
    /// How many change a second.
    pub changes_hz: f64,
}

/// What the frames of a session share: they name things without making names.
#[derive(Clone, Debug)]
pub struct Names {
    anchors: Vec<NodeName>,
    paths: Vec<Arc<str>>,
}

/// What a program knows when it has drawn a frame: numbers.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    number: u64,
    stamp: SessionTime,
    sim_time_s: f64,
    rate: Option<f64>,
    anchor: usize,
    position_m: [f64; 3],
    rotation_wxyz: [f64; 4],
    changed: Option<usize>,
}

impl Session {
    /// The names, and the properties as they are before the first frame.
    pub fn names(&self) -> (Names, BTreeMap<Arc<str>, Value>) {
        let anchors = ["Earth", "Moon", "Mars"].map(NodeName::new).to_vec();
        let paths: Vec<Arc<str>> = (0..self.properties).map(path).collect();
        let start = |(index, path): (usize, &Arc<str>)| (Arc::clone(path), value(index, 0));
        let baseline = paths.iter().enumerate().map(start).collect();
        (Names { anchors, paths }, baseline)
    }

    /// Its frames.
    pub fn frames(&self) -> impl Iterator<Item = Frame> + use<> {
        let Self { seed, duration_s, properties, changes_hz } = *self;
        let mut dice = Dice(seed);
        let mut pilot = Pilot::new();
        let mut clock = (SIM_START_S, 1.0);
        let mut changes = 0;
        let frames = duration_s * RATE_HZ;
        let change_every = (RATE_HZ as f64 / changes_hz).round().max(1.0) as u64;
        (0..frames).map(move |number| {
            let jitter_ns = if number == 0 { 0.0 } else { dice.between(-JITTER_NS, JITTER_NS) };
            let stamp = (number as f64 * FRAME_NS + jitter_ns).round() as i64;
            let is_clock_change = number % CLOCK_CHANGE_EVERY == CLOCK_CHANGE_EVERY - 1;
            if is_clock_change {
                clock.1 = if clock.1 == 1.0 { 60.0 } else { 1.0 };
            }
            clock.0 += clock.1 * FRAME_S;
            pilot.step(&mut dice);
            let changed =
                (number % change_every == change_every - 1 && properties > 0).then(|| {
                    changes += 1;
                    // All in turn, but not in the order of their names.
                    changes * 383 % properties
                });
            Frame {
                number,
                stamp: SessionTime::from_nanos(stamp),
                sim_time_s: clock.0,
                rate: is_clock_change.then_some(clock.1),
                anchor: pilot.anchor,
                position_m: pilot.position_m(),
                rotation_wxyz: pilot.rotation_wxyz(),
                changed,
            }
        })
    }
}

fn path(index: usize) -> Arc<str> {
    let name = if is_switch(index) { "Enabled" } else { "Renderable.Fade" };
    format!("Scene.Node{index:04}.{name}").into()
}

/// Every other property is on or off at once; the rest fade.
fn is_switch(index: usize) -> bool {
    index % 2 == 1
}

fn value(index: usize, frame: u64) -> Value {
    if is_switch(index) {
        Value::Bool(frame % 2 == 1)
    } else {
        Value::Number((frame % 101) as f64 / 100.0)
    }
}

impl Frame {
    /// Its view, before the first frame.
    pub fn view(&self) -> Option<Entry> {
        (self.number == 0).then(|| Entry::View { name: "main".into(), vfov_deg: Some(50.0) })
    }

    /// Simulation time as an entry.
    pub fn clock_key(&self) -> Entry {
        let sim_time = SimTime::from_tdb_secs(self.sim_time_s).unwrap_or_default();
        Entry::ClockKey(ClockKey { stamp: self.stamp, sim_time, easing: Easing::Linear })
    }

    /// The camera as an entry.
    pub fn camera(&self, names: &Names) -> Entry {
        let pose = CameraPose {
            anchor: names.anchors[self.anchor].clone(),
            follow_rotation: self.anchor == 0,
            position_m: self.position_m,
            rotation_wxyz: self.rotation_wxyz,
            scale: 1.0,
        };
        let entry = CameraEntry {
            seq: 4 * self.number,
            stamp: self.stamp,
            sim_time_s: self.sim_time_s,
            pose,
            leave: Leave::AS_RECORDED,
        };
        Entry::Camera { view: 0, entry }
    }

    /// The property that changes, if one does.
    pub fn property(&self, names: &Names) -> Option<Entry> {
        let index = self.changed?;
        let change = PropertyChange {
            seq: 4 * self.number + 1,
            stamp: self.stamp,
            value: value(index, self.number),
            duration: SessionSpan::from_nanos(if is_switch(index) { 0 } else { 1_000_000_000 }),
            easing: Easing::CubicEaseInOut,
        };
        Some(Entry::Property { path: Arc::clone(&names.paths[index]), change })
    }

    /// The clock's new rate, if it has one.
    pub fn clock_change(&self) -> Option<Entry> {
        let (seq, rate) = (4 * self.number + 2, Some(self.rate?));
        Some(Entry::ClockChange(ClockChange { seq, stamp: self.stamp, rate, paused: None }))
    }

    /// All of it, in the order in which it is handed over.
    pub fn entries<'a>(&'a self, names: &'a Names) -> impl Iterator<Item = Entry> + use<'a> {
        let first = self.view().into_iter();
        let always = [self.clock_key(), self.camera(names)];
        first.chain(always).chain(self.property(names)).chain(self.clock_change())
    }
}

/// What the camera is doing.
#[derive(Clone, Copy, Debug)]
enum Manoeuvre {
    /// Pulled about by the mouse.
    Drag { pull: [f64; 2] },
    /// Left to itself; stopped dead first, or not.
    Rest,
    /// On its way to another distance.
    Flight { from_m: f64, to_m: f64, frames: u32 },
}

/// A camera on an orbit, and who steers it.
#[derive(Debug)]
struct Pilot {
    manoeuvre: Manoeuvre,
    frames_left: u32,
    rounds: u32,
    anchor: usize,
    /// Around the node and above its equator, radians.
    angles: [f64; 2],
    /// Radians a second.
    speed: [f64; 2],
    distance_m: f64,
}

impl Pilot {
    fn new() -> Self {
        Self {
            manoeuvre: Manoeuvre::Rest,
            frames_left: 120,
            rounds: 0,
            anchor: 0,
            angles: [0.3, 0.4],
            speed: [0.0; 2],
            distance_m: 2e7,
        }
    }

    fn step(&mut self, dice: &mut Dice) {
        if self.frames_left == 0 {
            self.choose(dice);
        }
        self.frames_left -= 1;
        match self.manoeuvre {
            Manoeuvre::Drag { pull } => {
                for (speed, pull) in self.speed.iter_mut().zip(pull) {
                    *speed += (pull + dice.between(-0.3, 0.3)) * FRAME_S;
                }
            }
            Manoeuvre::Rest => {}
            Manoeuvre::Flight { from_m, to_m, frames } => {
                let way = 1.0 - f64::from(self.frames_left) / f64::from(frames);
                let eased = way * way * (3.0 - 2.0 * way);
                self.distance_m = from_m * (to_m / from_m).powf(eased);
            }
        }
        for (angle, speed) in self.angles.iter_mut().zip(&mut self.speed) {
            *angle += *speed * FRAME_S;
            *speed *= 1.0 - FRAME_S / FRICTION_S;
            if speed.abs() < AT_REST {
                *speed = 0.0;
            }
        }
    }

    fn choose(&mut self, dice: &mut Dice) {
        let frames = |seconds: f64| (seconds * RATE_HZ as f64) as u32;
        let was = self.manoeuvre;
        (self.manoeuvre, self.frames_left) = match was {
            Manoeuvre::Rest => {
                self.rounds += 1;
                if self.rounds.is_multiple_of(4) {
                    self.speed = [0.0; 2];
                    if self.rounds.is_multiple_of(20) {
                        self.anchor = (self.anchor + 1) % 3;
                    }
                    let (from_m, to_m) = (self.distance_m, 10_f64.powf(dice.between(6.9, 9.0)));
                    let frames = frames(dice.between(1.5, 4.5));
                    (Manoeuvre::Flight { from_m, to_m, frames }, frames)
                } else {
                    let pull = [dice.between(-0.5, 0.5), dice.between(-0.2, 0.2)];
                    (Manoeuvre::Drag { pull }, frames(dice.between(1.0, 4.0)))
                }
            }
            Manoeuvre::Drag { .. } | Manoeuvre::Flight { .. } => {
                if dice.between(0.0, 1.0) < 0.3 {
                    self.speed = [0.0; 2];
                }
                (Manoeuvre::Rest, frames(dice.between(3.0, 17.0)))
            }
        };
    }

    fn position_m(&self) -> [f64; 3] {
        let [(around_sin, around_cos), (above_sin, above_cos)] = self.angles.map(f64::sin_cos);
        let flat_m = self.distance_m * above_cos;
        [flat_m * around_cos, flat_m * around_sin, self.distance_m * above_sin]
    }

    /// Looking at the node: a turn about the pole, then one up or down.
    fn rotation_wxyz(&self) -> [f64; 4] {
        let halves = self.angles.map(|angle| (angle / 2.0).sin_cos());
        let [(around_sin, around_cos), (above_sin, above_cos)] = halves;
        [
            around_cos * above_cos,
            around_sin * above_sin,
            -around_cos * above_sin,
            around_sin * above_cos,
        ]
    }
}

/// Numbers in no order: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// Any number.
    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number between two others.
    pub fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * ((self.throw() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// A moment before `end`.
    pub fn moment(&mut self, end: SessionTime) -> SessionTime {
        SessionTime::from_nanos(self.between(0.0, end.as_nanos() as f64) as i64)
    }
}
