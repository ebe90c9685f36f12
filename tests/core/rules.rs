//! Rules: changes of many properties at once, expanded against a scene.

use skyreel_core::catalogue::{Catalogue, NoCatalogue, PropertySpec};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::Recording;
use skyreel_core::rule::{Rule, expand};
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;
use skyreel_core::value::{Easing, Value};

use crate::support::*;

struct Little(Vec<PropertySpec>);

impl Little {
    fn new() -> Self {
        let spec = |path: &str, tags: &[&str], default: Value| PropertySpec {
            path: path.to_owned(),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            default,
            range: None,
        };
        Self(vec![
            spec("Scene.Earth.Renderable.Fade", &["planet"], Value::Number(1.0)),
            spec("Scene.Mars.Renderable.Fade", &["planet"], Value::Number(1.0)),
            spec("Scene.Mars.Renderable.Enabled", &["planet"], Value::Bool(true)),
            spec("Scene.Moon.Renderable.Fade", &["moon"], Value::Number(0.25)),
        ])
    }
}

impl Catalogue for Little {
    fn properties(&self) -> &[PropertySpec] {
        &self.0
    }
}

fn rule(seq: u64, at_s: f64, pattern: &str, value: f64) -> Rule {
    Rule {
        seq,
        stamp: s(at_s),
        pattern: pattern.parse().unwrap(),
        value: Value::Number(value),
        duration: SessionTime::ZERO,
        easing: Easing::Linear,
    }
}

fn change(seq: u64, at_s: f64, value: f64) -> PropertyChange {
    PropertyChange {
        seq,
        stamp: s(at_s),
        value: Value::Number(value),
        duration: SessionTime::ZERO,
        easing: Easing::Linear,
    }
}

fn ruled(rules: Vec<Rule>) -> Recording {
    Recording { rules, ..Recording::default() }
}

fn number(recording: &Recording, path: &str, at_s: f64) -> Option<f64> {
    match sample(recording, s(at_s)).properties.get(path) {
        Some(Value::Number(n)) => Some(*n),
        None => None,
        Some(other) => panic!("{other}"),
    }
}

#[test]
fn a_rule_changes_every_property_it_names_and_stays_in_the_recording() {
    let mut recording = ruled(vec![rule(1, 2.0, "{planet}.Renderable.Fade", 0.5)]);
    let before = recording.rules.clone();
    assert_eq!(expand(&mut recording, &Little::new()), Vec::<String>::new());
    assert_eq!(recording.rules, before);
    let named: Vec<&str> = recording.properties.keys().map(|p| &**p).collect();
    assert_eq!(named, ["Scene.Earth.Renderable.Fade", "Scene.Mars.Renderable.Fade"]);
    for path in named {
        assert_eq!(number(&recording, path, 1.0), Some(1.0), "{path} from the scene");
        assert_eq!(number(&recording, path, 2.0), Some(0.5), "{path}");
    }
}

#[test]
fn rules_and_changes_of_single_properties_are_in_the_order_of_the_file() {
    let path = "Scene.Earth.Renderable.Fade";
    for (single_seq, expected) in [(2, 0.3), (0, 0.5)] {
        let mut recording = ruled(vec![rule(1, 2.0, "Scene.*.Renderable.Fade", 0.5)]);
        recording.push_property(path, change(single_seq, 2.0, 0.3));
        expand(&mut recording, &Little::new());
        assert_eq!(number(&recording, path, 2.0), Some(expected), "recorded as {single_seq}");
        let seqs: Vec<u64> = recording.properties[path].changes().iter().map(|c| c.seq).collect();
        assert!(seqs.is_sorted(), "{seqs:?}");
    }
}

#[test]
fn rules_of_one_entry_keep_their_order() {
    let mut recording = ruled(vec![
        rule(4, 1.0, "*.Fade", 0.1),
        rule(4, 1.0, "Scene.Moon*", 0.2),
        rule(4, 1.0, "*.Fade", 0.3),
    ]);
    expand(&mut recording, &Little::new());
    let moon = &recording.properties["Scene.Moon.Renderable.Fade"];
    let values: Vec<Value> = moon.changes().iter().map(|c| c.value.clone()).collect();
    assert_eq!(values, [0.1, 0.2, 0.3].map(Value::Number));
}

#[test]
fn the_baseline_is_filled_from_the_scene_where_the_recording_has_none() {
    let mut recording = Recording::default();
    recording.baseline.insert("Scene.Mars.Renderable.Fade".into(), Value::Number(0.75));
    recording.rules = vec![rule(1, 2.0, "Scene.*.Renderable.Fade", 0.0)];
    recording.push_property("Scene.Mars.Renderable.Enabled", change(2, 2.0, 0.0));
    expand(&mut recording, &Little::new());
    let baseline: Vec<(&str, &Value)> =
        recording.baseline.iter().map(|(path, value)| (&**path, value)).collect();
    assert_eq!(
        baseline,
        [
            ("Scene.Earth.Renderable.Fade", &Value::Number(1.0)),
            ("Scene.Mars.Renderable.Enabled", &Value::Bool(true)),
            ("Scene.Mars.Renderable.Fade", &Value::Number(0.75)),
            ("Scene.Moon.Renderable.Fade", &Value::Number(0.25)),
        ]
    );
}

#[test]
fn what_the_scene_lacks_is_listed_once_in_order_of_first_use() {
    let mut recording = ruled(vec![
        rule(3, 0.0, "Scene.Pandora.Renderable.Fade", 0.0),
        rule(4, 1.0, "{dwarf}.Renderable.Fade", 0.0),
        rule(5, 2.0, "Scene.Pandora.Renderable.Fade", 1.0),
        rule(6, 3.0, "{dwarf}.Renderable.Fade", 1.0),
        rule(7, 3.0, "Scene.Earth.Renderable.Fade", 1.0),
        rule(9, 3.0, "Scene.Zeta.Fade", 1.0),
    ]);
    recording.push_property("Scene.Zeta.Fade", change(8, 3.0, 0.5));
    recording.push_property("Scene.Alpha.Fade", change(2, 0.0, 0.5));
    recording.push_property("Scene.Beta.Fade", change(10, 4.0, 0.5));
    assert_eq!(
        expand(&mut recording, &Little::new()),
        [
            "Scene.Alpha.Fade",
            "Scene.Pandora.Renderable.Fade",
            "{dwarf}.Renderable.Fade",
            "Scene.Zeta.Fade",
            "Scene.Beta.Fade",
        ]
    );
}

#[test]
fn what_was_said_of_properties_that_the_scene_lacks_is_kept() {
    let mut recording = ruled(vec![
        rule(1, 1.0, "Scene.Pandora.Fade", 0.1),
        rule(2, 2.0, "Scene.Pandora.Fade", 0.2),
    ]);
    recording.push_property("Scene.Zeta.Fade", change(3, 1.0, 0.3));
    expand(&mut recording, &NoCatalogue);
    for (path, at_s, expected) in [
        ("Scene.Pandora.Fade", 0.0, None),
        ("Scene.Pandora.Fade", 1.0, Some(0.1)),
        ("Scene.Pandora.Fade", 2.0, Some(0.2)),
        ("Scene.Zeta.Fade", 1.0, Some(0.3)),
    ] {
        assert_eq!(number(&recording, path, at_s), expected, "{path} at {at_s} s");
    }
}
