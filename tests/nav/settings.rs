//! Settings go by OpenSpace's names.

use std::collections::HashMap;

use skyreel_core::value::Value;
use skyreel_nav::Settings;

const PREFIX: &str = "NavigationHandler.OrbitalNavigator.";

#[test]
fn every_property_has_openspaces_path_default_and_range() {
    let number = |n: f64, range| (Value::Number(n), Some(range));
    let on = || (Value::Bool(true), None);
    let expected = [
        ("Friction.RotationalFriction", on()),
        ("Friction.ZoomFriction", on()),
        ("Friction.RollFriction", on()),
        ("Friction.FrictionFactor", number(0.5, (0.0, 1.0))),
        ("FollowAnchorNodeRotation", on()),
        ("FollowAnchorNodeRotationDistance", number(5.0, (0.0, 20.0))),
        ("MinimumAllowedDistance", number(10.0, (0.0, 10_000.0))),
        ("MouseSensitivity", number(15.0, (1.0, 50.0))),
        ("VelocityZoomControl", number(3.5, (0.001, 20.0))),
        ("InvertMouseButtons", (Value::Bool(false), None)),
        ("RetargetAnchorInterpolationTime", number(2.0, (0.0, 10.0))),
    ];
    let properties = Settings::properties();
    assert_eq!(properties.len(), expected.len());
    for (found, (end, (default, range))) in properties.iter().zip(expected) {
        assert_eq!(found.path, format!("{PREFIX}{end}"));
        assert_eq!((&found.default, found.range), (&default, range), "{end}");
    }
}

#[test]
fn the_defaults_come_back_from_the_properties_defaults() {
    let listed = Settings::properties();
    let defaults: HashMap<_, _> = listed.into_iter().map(|p| (p.path, p.default)).collect();
    assert_eq!(Settings::from_properties(|path| defaults.get(path).cloned()), Settings::default());
    assert_eq!(Settings::from_properties(|_| None), Settings::default());
}

#[test]
fn every_property_changes_a_setting_of_its_own() {
    let properties = Settings::properties();
    let mut seen = vec![Settings::default()];
    for property in &properties {
        let other = match property.default {
            Value::Bool(on) => Value::Bool(!on),
            _ => Value::Number(property.range.unwrap().1),
        };
        let lookup = |path: &str| (path == property.path).then(|| other.clone());
        let settings = Settings::from_properties(lookup);
        assert!(!seen.contains(&settings), "{}", property.path);
        seen.push(settings);
    }
}

#[test]
fn values_out_of_range_are_held_and_those_of_another_kind_are_as_by_default() {
    let with = |end: &str, value: Value| {
        Settings::from_properties(|path| (path == format!("{PREFIX}{end}")).then(|| value.clone()))
    };
    let cases = [(1e9, 10_000.0), (-5.0, 0.0), (f64::INFINITY, 10_000.0), (f64::NAN, 10.0)];
    for (given, held) in cases {
        let settings = with("MinimumAllowedDistance", Value::Number(given));
        assert_eq!(settings.minimum_allowed_distance_m, held);
    }
    assert_eq!(with("MinimumAllowedDistance", Value::Bool(true)), Settings::default());
    assert_eq!(with("Friction.ZoomFriction", Value::Number(0.0)), Settings::default());
}
