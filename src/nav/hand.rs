//! What mouse and keyboard ask for in one frame, in words of flying. No key codes, no pixels.

use glam::DVec2;

use crate::settings::Settings;

/// What the hand asks for in one frame.
///
/// Drags are the way the mouse went during the frame in parts of the window's height, x to the right
/// and y *down*, as windows count; what is seen follows the mouse. `Some` as long as the button is
/// held, also where the mouse stands still: without friction a camera glides on when it is let go,
/// and stops when it is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// Around the focus.
    pub orbit: Option<DVec2>,
    /// Towards the focus: a whole window height is [`Settings::velocity_zoom_control`] e-folds of
    /// the height above its surface. Positive is nearer.
    pub zoom: Option<f64>,
    /// Sideways, up and down, without turning the camera.
    pub pan: Option<DVec2>,
    /// About the line to the focus: near the ground, the horizon goes round.
    pub heading: Option<f64>,
    /// About the line of sight: the horizon tilts.
    pub roll: Option<f64>,
    /// The camera turns where it is.
    pub look: Option<DVec2>,
    /// Notches of the wheel, positive is nearer.
    pub wheel_notches: f64,
    /// Keys that are held.
    pub keys: Keys,
    /// The vertical field of view, degrees: what lies near the ground keeps up with the mouse.
    pub vfov_deg: f64,
}

/// OpenSpace's vertical field of view at 16:9, degrees.
pub const DEFAULT_VFOV_DEG: f64 = 50.534;

impl Default for Hand {
    fn default() -> Self {
        Self {
            orbit: None,
            zoom: None,
            pan: None,
            heading: None,
            roll: None,
            look: None,
            wheel_notches: 0.0,
            keys: Keys::default(),
            vfov_deg: DEFAULT_VFOV_DEG,
        }
    }
}

/// How far held keys push, −1 to 1 on each axis. They move the *camera*: x to the right, y up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Keys {
    /// Around the focus.
    pub orbit: DVec2,
    /// Towards the focus.
    pub zoom: f64,
    /// Sideways and up.
    pub pan: DVec2,
    /// About the line to the focus, clockwise as the camera sees it.
    pub heading: f64,
    /// About the line of sight, clockwise.
    pub roll: f64,
    /// Turning to the right and up.
    pub look: DVec2,
}

impl Keys {
    /// Both held.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            orbit: self.orbit + other.orbit,
            zoom: self.zoom + other.zoom,
            pan: self.pan + other.pan,
            heading: self.heading + other.heading,
            roll: self.roll + other.roll,
            look: self.look + other.look,
        }
    }

    /// None pushed harder than this; what is no number is not pushed.
    pub fn within(&self, most: f64) -> Self {
        let one = |x: f64| if x.is_nan() { 0.0 } else { x.clamp(-most, most) };
        let two = |v: DVec2| DVec2::new(one(v.x), one(v.y));
        Self {
            orbit: two(self.orbit),
            zoom: one(self.zoom),
            pan: two(self.pan),
            heading: one(self.heading),
            roll: one(self.roll),
            look: two(self.look),
        }
    }
}

/// A button of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one.
    Left,
    /// The middle one, or the wheel.
    Middle,
    /// The right one.
    Right,
}

/// Keys that are held with a button of the mouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Ctrl, or Cmd.
    pub ctrl: bool,
}

impl Hand {
    /// Adds a drag with a button held, by `moved` parts of the window's height (x right, y down), as
    /// OpenSpace's users know it: left orbits, right zooms (up is nearer), middle pans; with left,
    /// Ctrl looks around, Shift turns the horizon, both tilt it.
    pub fn drag(&mut self, button: Button, with: Modifiers, moved: DVec2, settings: &Settings) {
        let button = match (button, settings.invert_mouse_buttons) {
            (Button::Left, true) => Button::Right,
            (Button::Right, true) => Button::Left,
            _ => button,
        };
        let add = |to: &mut Option<DVec2>| *to = Some(to.unwrap_or_default() + moved);
        let add_one = |to: &mut Option<f64>, by: f64| *to = Some(to.unwrap_or_default() + by);
        match (button, with.shift, with.ctrl) {
            (Button::Left, false, false) => add(&mut self.orbit),
            (Button::Left, false, true) => add(&mut self.look),
            (Button::Left, true, false) => add_one(&mut self.heading, moved.x),
            (Button::Left, true, true) => add_one(&mut self.roll, moved.x),
            (Button::Middle, ..) => add(&mut self.pan),
            (Button::Right, ..) => add_one(&mut self.zoom, -moved.y),
        }
    }

    /// Whether the hand asks for nothing.
    pub fn is_idle(&self) -> bool {
        *self == Self { vfov_deg: self.vfov_deg, ..Self::default() }
    }
}
