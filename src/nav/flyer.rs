//! Flying by hand around a focus. What the hand asks for comes in, the camera's place comes out; where
//! the nodes are and how long a frame is are told, never asked.

use glam::{DQuat, DVec2, DVec3};
use skyreel_core::pose::{AnchoredPose, NodeName};

use crate::axis::{Axis, Push};
use crate::ease::smoothstep;
use crate::focus::seen_from;
use crate::ground::Ground;
use crate::hand::Hand;
use crate::settings::Settings;
use crate::terrain::Terrain;
use crate::turn::Arc;

/// How far a drag over the window's height goes around a focus far off, radians.
const FAR_ORBIT: f64 = std::f64::consts::PI;
/// How far a drag over the window's height rolls, radians.
const ROLL: f64 = std::f64::consts::PI;
/// What a notch of the wheel is of the window's height.
const NOTCH: f64 = 0.06;
/// How fast held keys push, window heights a second.
const KEY_PACE: f64 = 0.5;
/// A longer frame is flown in parts, seconds, for heights change what a drag means on the way.
const LONGEST_STEP_S: f64 = 1.0 / 60.0;
/// A frame is flown in no more parts than this.
const MOST_STEPS: f64 = 64.0;
/// A camera that was handed over below the least height rises to it in this time (to 1/e), seconds,
/// once it moves.
const RISE_S: f64 = 0.3;
/// The farthest a camera goes from its focus, metres. Scenes end at 3e28.
const FARTHEST_M: f64 = 1e30;

/// The scene has no such node.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the scene has no node '{name}'")]
pub struct UnknownNode {
    /// The node that is missing.
    pub name: NodeName,
}

/// A camera in somebody's hand.
#[derive(Clone, Debug)]
pub struct Flyer {
    /// What can be set about it. May be changed at any time; the camera does not jump.
    pub settings: Settings,
    pose: AnchoredPose,
    axes: Axes,
    /// Turning towards the focus.
    retarget: Option<Retarget>,
    /// The height it keeps above; `None` until it is known what it was taken over at.
    floor_m: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Axes {
    orbit: [Axis; 2],
    pan: [Axis; 2],
    look: [Axis; 2],
    zoom: Axis,
    heading: Axis,
    roll: Axis,
}

/// How far each axis goes in a step, in window heights, as the camera moves.
struct Moves {
    orbit: DVec2,
    pan: DVec2,
    look: DVec2,
    zoom: f64,
    heading: f64,
    roll: f64,
}

#[derive(Clone, Copy, Debug)]
struct Retarget {
    since_s: f64,
    duration_s: f64,
}

impl Flyer {
    /// A camera at rest.
    pub fn new(pose: AnchoredPose, settings: Settings) -> Self {
        Self { settings, pose, axes: Axes::default(), retarget: None, floor_m: None }
    }

    /// Where the camera is.
    pub fn pose(&self) -> &AnchoredPose {
        &self.pose
    }

    /// The node it flies around.
    pub fn focus(&self) -> &NodeName {
        &self.pose.anchor
    }

    /// Whether it would move by itself, without a hand.
    pub fn is_moving(&self) -> bool {
        self.axes != Axes::default() || self.retarget.is_some()
    }

    /// Takes over a camera, at rest: without input it stays where it is, bit for bit.
    pub fn take(&mut self, pose: AnchoredPose) {
        self.pose = pose;
        self.stop();
        self.floor_m = None;
    }

    /// Brings it to rest at once.
    pub fn stop(&mut self) {
        self.axes = Axes::default();
        self.retarget = None;
    }

    /// Another node to fly around. The camera stays where it is in the world, at rest.
    ///
    /// # Errors
    /// [`UnknownNode`] where the scene lacks the new node, or the one it has been flying around; the
    /// camera is then as before.
    pub fn refocus(&mut self, node: &str, terrain: &impl Terrain) -> Result<(), UnknownNode> {
        let unknown = |name: &str| UnknownNode { name: name.into() };
        terrain.world_from_node(node).ok_or_else(|| unknown(node))?;
        let (old, name) = (&self.pose.anchor, NodeName::new(node));
        let free = seen_from(&self.pose, &name, false, terrain);
        let free = free.ok_or_else(|| unknown(old.as_str()))?;
        let radius_m = Ground::in_world(node, terrain).radius_m();
        let follows = self.settings.follows(free.position_m.length(), radius_m);
        // Not by way of the free one, which was normalised once already.
        let pose = seen_from(&self.pose, &name, follows, terrain);
        self.take(pose.unwrap_or(free));
        Ok(())
    }

    /// Turns towards the focus, smoothly, wherever the hand moves the camera meanwhile. A hand that
    /// looks around ends it.
    pub fn retarget(&mut self) {
        let duration_s = self.settings.retarget_anchor_interpolation_time_s.max(0.0);
        self.retarget = Some(Retarget { since_s: 0.0, duration_s });
    }

    /// The camera after a frame of that many seconds. Spans that are negative or no numbers count as
    /// none, and so do numbers of the hand that are not finite.
    pub fn advance(&mut self, dt_s: f64, hand: &Hand, terrain: &impl Terrain) -> AnchoredPose {
        let dt_s = if dt_s.is_finite() { dt_s.max(0.0) } else { 0.0 };
        let ground = Ground::under(&self.pose, terrain);
        let floor_m = self.floor_m(&ground);
        if hand.is_idle() && !self.is_moving() {
            // At rest nothing is computed anew: the camera stays bit for bit, unless the ground itself
            // comes up to it, as below a camera that does not turn with an oblong moon.
            if ground.height_m(self.pose.position_m) < floor_m - 1e-9 * ground.radius_m() {
                self.place(self.pose.position_m, floor_m, floor_m, &ground);
            }
            return self.pose.clone();
        }
        let steps = (dt_s / LONGEST_STEP_S - 1e-6).ceil().clamp(1.0, MOST_STEPS);
        for step in 0..steps as u32 {
            self.step(dt_s / steps, steps, step == 0, hand, &ground);
        }
        self.follow_or_not(terrain);
        self.pose.clone()
    }

    /// The height it must keep above: the least allowed one, or that at which it was taken over.
    fn floor_m(&mut self, ground: &Ground) -> f64 {
        let least_m = self.settings.least_height_m();
        let floor_m = self.floor_m.unwrap_or_else(|| ground.height_m(self.pose.position_m));
        *self.floor_m.insert(floor_m.min(least_m))
    }

    fn step(&mut self, dt_s: f64, steps: f64, is_first: bool, hand: &Hand, ground: &Ground) {
        let moves = self.moves(dt_s, steps, is_first, hand);
        let vfov = number(hand.vfov_deg).clamp(0.1, 170.0).to_radians();
        self.turn(&moves, vfov);
        self.travel(dt_s, &moves, vfov, ground);
        self.turn_to_focus(dt_s, moves.look != DVec2::ZERO);
    }

    fn moves(&mut self, dt_s: f64, steps: f64, is_first: bool, hand: &Hand) -> Moves {
        let Settings { rotational_friction, zoom_friction, roll_friction, .. } = self.settings;
        let (friction_s, drag) = (self.settings.friction_s(), self.settings.sensitivity() / steps);
        // What is seen follows the mouse: the camera goes the other way.
        let pair = |axes: &mut [Axis; 2], dragged: Option<DVec2>, keys: DVec2| {
            let pulled = dragged.unwrap_or_default() * DVec2::new(-drag, drag);
            let mut go = |axis: usize, pulled: f64, key: f64| {
                let (pulled, rate) = (number(pulled), number(key) * KEY_PACE);
                let push = Push { held: dragged.is_some(), pulled, rate, knock: 0.0 };
                axes[axis].advance(dt_s, push, rotational_friction, friction_s)
            };
            DVec2::new(go(0, pulled.x, keys.x), go(1, pulled.y, keys.y))
        };
        let one = |axis: &mut Axis, dragged: Option<f64>, key: f64, knock: f64, friction: bool| {
            let pulled = number(dragged.unwrap_or_default()) * drag;
            let rate = number(key) * KEY_PACE;
            let push = Push { held: dragged.is_some(), pulled, rate, knock };
            axis.advance(dt_s, push, friction, friction_s)
        };
        let knock = if is_first { number(hand.wheel_notches) * NOTCH } else { 0.0 };
        let (axes, keys) = (&mut self.axes, &hand.keys);
        let against = |dragged: Option<f64>| dragged.map(|by| -by);
        Moves {
            orbit: pair(&mut axes.orbit, hand.orbit, keys.orbit),
            pan: pair(&mut axes.pan, hand.pan, keys.pan),
            look: pair(&mut axes.look, hand.look, keys.look),
            zoom: one(&mut axes.zoom, hand.zoom, keys.zoom, knock, zoom_friction),
            heading: {
                let dragged = against(hand.heading);
                one(&mut axes.heading, dragged, keys.heading, 0.0, rotational_friction)
            },
            roll: one(&mut axes.roll, against(hand.roll), keys.roll, 0.0, roll_friction),
        }
    }

    /// What turns the camera where it is.
    fn turn(&mut self, moves: &Moves, vfov: f64) {
        let local = DVec3::new(moves.look.y * vfov, -moves.look.x * vfov, -moves.roll * ROLL);
        if local != DVec3::ZERO {
            self.pose.rotation = (self.pose.rotation * DQuat::from_scaled_axis(local)).normalize();
        }
        if moves.heading != 0.0 {
            let down = -self.away_from_focus();
            let turned = DQuat::from_axis_angle(down, moves.heading * ROLL);
            self.pose.rotation = (turned * self.pose.rotation).normalize();
        }
    }

    /// What moves the camera.
    fn travel(&mut self, dt_s: f64, moves: &Moves, vfov: f64, ground: &Ground) {
        if moves.zoom == 0.0 && moves.orbit == DVec2::ZERO && moves.pan == DVec2::ZERO {
            return;
        }
        let least_m = self.settings.least_height_m();
        let floor_m = self.floor_m(ground);
        let height_m = ground.height_m(self.pose.position_m);
        let climb = (-moves.zoom * self.settings.velocity_zoom_control).clamp(-80.0, 80.0);
        let at_height_m = height_m.max(least_m);
        let to_height_m = height_m + at_height_m * climb.exp_m1();
        // In the middle of the step, so that orbiting while zooming does not depend on its length.
        let between_m = at_height_m * (climb / 2.0).exp();
        let window = 2.0 * (vfov / 2.0).tan();
        let mut position_m = self.pose.position_m;
        if moves.orbit != DVec2::ZERO {
            let turned = self.orbit(moves.orbit, orbit_gain(window, between_m, ground.radius_m()));
            position_m = turned * position_m;
            self.pose.rotation = (turned * self.pose.rotation).normalize();
        }
        let mut to_height_m = to_height_m;
        if moves.pan != DVec2::ZERO {
            let aside = self.pose.rotation * moves.pan.extend(0.0);
            position_m += aside * window * between_m;
            to_height_m += ground.height_m(position_m) - height_m;
        }
        let rest_m = (least_m - floor_m) * (-dt_s / RISE_S).exp();
        let floor_m = if rest_m < 1e-3 { least_m } else { least_m - rest_m };
        self.floor_m = Some(floor_m);
        self.place(position_m, to_height_m, floor_m, ground);
    }

    /// The rotation about the focus by so many window heights to the right and up.
    fn orbit(&self, moved: DVec2, gain: f64) -> DQuat {
        let away = self.away_from_focus();
        let forward = self.pose.rotation * DVec3::NEG_Z;
        let right = self.pose.rotation * DVec3::X;
        // The camera as it would be if it looked at the focus: a drag goes along its axes, so that
        // near the ground up is ahead, wherever the camera looks.
        let facing = Arc::between(forward, -away, right).part(1.0) * self.pose.rotation;
        let axis = facing * DVec3::new(-moved.y, moved.x, 0.0);
        DQuat::from_scaled_axis(axis * gain)
    }

    /// From the focus to the camera, unit length. In the focus itself, against the line of sight.
    fn away_from_focus(&self) -> DVec3 {
        self.pose.position_m.try_normalize().unwrap_or_else(|| self.pose.rotation * DVec3::Z)
    }

    fn place(&mut self, position_m: DVec3, height_m: f64, floor_m: f64, ground: &Ground) {
        let direction = position_m.try_normalize().unwrap_or_else(|| self.away_from_focus());
        let surface_m = ground.surface_m(direction);
        // Rounding must not bring it below either.
        let floor_m = floor_m + surface_m * 4.0 * f64::EPSILON;
        self.pose.position_m = direction * (surface_m + height_m.clamp(floor_m, FARTHEST_M));
    }

    fn turn_to_focus(&mut self, dt_s: f64, hand_looks: bool) {
        let Some(retarget) = self.retarget else { return };
        if hand_looks {
            self.retarget = None;
            return;
        }
        let done = |since_s: f64| {
            let part = since_s / retarget.duration_s;
            if part < 1.0 { smoothstep(part) } else { 1.0 }
        };
        let (before, after) = (done(retarget.since_s), done(retarget.since_s + dt_s));
        let forward = self.pose.rotation * DVec3::NEG_Z;
        let up = self.pose.rotation * DVec3::Y;
        let arc = Arc::between(forward, -self.away_from_focus(), up);
        let part = if before < 1.0 { (after - before) / (1.0 - before) } else { 1.0 };
        self.pose.rotation = (arc.part(part) * self.pose.rotation).normalize();
        let since_s = retarget.since_s + dt_s;
        self.retarget = (after < 1.0).then_some(Retarget { since_s, ..retarget });
    }

    /// Turns with the focus when near, and no longer when far: the same place in other axes.
    fn follow_or_not(&mut self, terrain: &impl Terrain) {
        let radius_m = Ground::under(&self.pose, terrain).radius_m();
        let follows = self.settings.follows(self.pose.position_m.length(), radius_m);
        if follows != self.pose.follow_rotation {
            let turned = seen_from(&self.pose, &self.pose.anchor, follows, terrain);
            self.pose = turned.unwrap_or_else(|| self.pose.clone());
        }
    }
}

/// Radians around the focus for a drag over the window's height: near the ground as far as keeps what
/// is below under the mouse, from afar a fixed angle, as in OpenSpace.
fn orbit_gain(window: f64, height_m: f64, radius_m: f64) -> f64 {
    let near = window * height_m / radius_m;
    if near < f64::MAX { near / (1.0 + (near / FAR_ORBIT).powi(2)).sqrt() } else { FAR_ORBIT }
}

fn number(n: f64) -> f64 {
    if n.is_finite() { n.clamp(-1e3, 1e3) } else { 0.0 }
}
