//! What can be set about flying by hand, under the names OpenSpace gives it.

use skyreel_core::catalogue::PropertySpec;
use skyreel_core::value::Value;

/// What can be set about flying by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Whether orbiting, panning and looking around slow down when let go; else they go on for ever.
    pub rotational_friction: bool,
    /// Whether zooming slows down.
    pub zoom_friction: bool,
    /// Whether rolling slows down.
    pub roll_friction: bool,
    /// The time in which speeds fall to 1/e where there is friction, seconds, 0 to 1.
    pub friction_factor: f64,
    /// Whether the camera turns with its focus when near.
    pub follow_anchor_node_rotation: bool,
    /// How near that is, in radii of the focus, 0 to 20.
    pub follow_anchor_node_rotation_distance: f64,
    /// How near the surface a hand may bring the camera, metres.
    pub minimum_allowed_distance_m: f64,
    /// How far a drag goes, 1 to 50. At 15 what is near the ground keeps up with the mouse.
    pub mouse_sensitivity: f64,
    /// e-folds of height for a drag over the whole height of the window, 0.001 to 20.
    pub velocity_zoom_control: f64,
    /// Whether left and right button change places; [`crate::Hand::drag`] knows.
    pub invert_mouse_buttons: bool,
    /// How long turning towards the focus takes, seconds, 0 to 10.
    pub retarget_anchor_interpolation_time_s: f64,
}

impl Default for Settings {
    /// OpenSpace's defaults.
    fn default() -> Self {
        Self {
            rotational_friction: true,
            zoom_friction: true,
            roll_friction: true,
            friction_factor: 0.5,
            follow_anchor_node_rotation: true,
            follow_anchor_node_rotation_distance: 5.0,
            minimum_allowed_distance_m: 10.0,
            mouse_sensitivity: DEFAULT_SENSITIVITY,
            velocity_zoom_control: 3.5,
            invert_mouse_buttons: false,
            retarget_anchor_interpolation_time_s: 2.0,
        }
    }
}

const DEFAULT_SENSITIVITY: f64 = 15.0;

/// What every path begins with.
pub const PREFIX: &str = "NavigationHandler.OrbitalNavigator.";

enum Field {
    Switch(fn(&mut Settings) -> &mut bool),
    Number(fn(&mut Settings) -> &mut f64, (f64, f64)),
}

/// The one list of what can be set; ends of paths, and the ranges OpenSpace allows.
const FIELDS: [(&str, Field); 11] = [
    ("Friction.RotationalFriction", Field::Switch(|s| &mut s.rotational_friction)),
    ("Friction.ZoomFriction", Field::Switch(|s| &mut s.zoom_friction)),
    ("Friction.RollFriction", Field::Switch(|s| &mut s.roll_friction)),
    ("Friction.FrictionFactor", Field::Number(|s| &mut s.friction_factor, (0.0, 1.0))),
    ("FollowAnchorNodeRotation", Field::Switch(|s| &mut s.follow_anchor_node_rotation)),
    (
        "FollowAnchorNodeRotationDistance",
        Field::Number(|s| &mut s.follow_anchor_node_rotation_distance, (0.0, 20.0)),
    ),
    (
        "MinimumAllowedDistance",
        Field::Number(|s| &mut s.minimum_allowed_distance_m, (0.0, 10_000.0)),
    ),
    ("MouseSensitivity", Field::Number(|s| &mut s.mouse_sensitivity, (1.0, 50.0))),
    ("VelocityZoomControl", Field::Number(|s| &mut s.velocity_zoom_control, (0.001, 20.0))),
    ("InvertMouseButtons", Field::Switch(|s| &mut s.invert_mouse_buttons)),
    (
        "RetargetAnchorInterpolationTime",
        Field::Number(|s| &mut s.retarget_anchor_interpolation_time_s, (0.0, 10.0)),
    ),
];

impl Settings {
    /// All that can be set, as properties, in a fixed order.
    pub fn properties() -> Vec<PropertySpec> {
        let mut defaults = Self::default();
        let spec = |(end, field): &(&str, Field)| {
            let (default, range) = match field {
                Field::Switch(at) => (Value::Bool(*at(&mut defaults)), None),
                Field::Number(at, range) => (Value::Number(*at(&mut defaults)), Some(*range)),
            };
            PropertySpec { path: format!("{PREFIX}{end}"), tags: Vec::new(), default, range }
        };
        FIELDS.iter().map(spec).collect()
    }

    /// The settings that the properties say: `lookup` gives a property's value by its full path.
    /// What it does not know, and what is of another kind or no number, is as by default; numbers are
    /// held within their range.
    pub fn from_properties(mut lookup: impl FnMut(&str) -> Option<Value>) -> Self {
        let mut settings = Self::default();
        for (end, field) in &FIELDS {
            match (field, lookup(&format!("{PREFIX}{end}"))) {
                (Field::Switch(at), Some(Value::Bool(on))) => *at(&mut settings) = on,
                (Field::Number(at, (least, most)), Some(Value::Number(n))) if !n.is_nan() => {
                    *at(&mut settings) = n.clamp(*least, *most);
                }
                _ => {}
            }
        }
        settings
    }

    /// How far a drag goes, 1 by default.
    pub(crate) fn sensitivity(&self) -> f64 {
        self.mouse_sensitivity / DEFAULT_SENSITIVITY
    }

    /// How near the surface a hand may bring the camera: what OpenSpace calls 0 is a centimetre here,
    /// since heights are counted in equal ratios.
    pub(crate) fn least_height_m(&self) -> f64 {
        self.minimum_allowed_distance_m.max(0.01)
    }

    /// Seconds in which speeds fall to 1/e.
    pub(crate) fn friction_s(&self) -> f64 {
        self.friction_factor.clamp(1e-3, 1.0)
    }

    /// Whether a camera at that distance from the centre of a globe of that radius turns with it.
    pub(crate) fn follows(&self, distance_m: f64, radius_m: f64) -> bool {
        self.follow_anchor_node_rotation
            && distance_m < radius_m * self.follow_anchor_node_rotation_distance
    }
}
