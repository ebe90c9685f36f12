//! What scripts are told of the state they run in.

use skyreel_core::pattern::PropertyPattern;
use skyreel_core::property_track::PropertyChange;
use skyreel_core::rule::Rule;
use skyreel_core::time::SessionTime;
use skyreel_core::value::{Easing, Value};
use skyreel_script::{Interpretation, Limits, interpret};

use crate::support::{at, messages, recording, rules, run, scene};

/// Notes an answer as a property's value.
fn told(expression: &str) -> String {
    format!(r#"openspace.setPropertyValueSingle("Told", {expression})"#)
}

fn last(done: &Interpretation) -> String {
    rules(done).pop().unwrap_or_default()
}

#[test]
fn the_scene_answers_where_nothing_was_set() {
    let done = run(&[&told(r#"openspace.propertyValue("Scene.Earth.Renderable.Fade")"#)]);
    assert_eq!((last(&done).as_str(), messages(&done).len()), ("Told = 1", 0));
}

#[test]
fn the_baseline_answers_before_the_scene() {
    let script = told(r#"openspace.getPropertyValue("Scene.Earth.Renderable.Fade")"#);
    let mut recording = recording(&[(1.0, &script)]);
    recording.baseline.insert("Scene.Earth.Renderable.Fade".into(), Value::Number(0.25));
    assert_eq!(last(&interpret(&recording, &scene(), &Limits::without_clock())), "Told = 0.25");
}

#[test]
fn earlier_scripts_answer_before_the_baseline() {
    for (set, expected) in [
        (
            r#"openspace.setPropertyValueSingle("Scene.MarsTrail.Renderable.Fade", 0.5)"#,
            "Told = 0.5",
        ),
        (r#"openspace.setPropertyValue("Scene.*Trail.Renderable.Fade", 0.5)"#, "Told = 0.5"),
        (
            r#"openspace.setPropertyValue("{planetTrail_solarSystem}.Renderable.Fade", 0.5)"#,
            "Told = 0.5",
        ),
        (r#"openspace.setPropertyValue("{planet}.Renderable.Fade", 0.5)"#, "Told = 1"),
        // The next script runs a second later, a quarter into the fade.
        (
            r#"openspace.setPropertyValueSingle("Scene.MarsTrail.Renderable.Fade", 0, 4)"#,
            "Told = 0.75000000025",
        ),
    ] {
        let done =
            run(&[set, &told(r#"openspace.propertyValue("Scene.MarsTrail.Renderable.Fade")"#)]);
        assert_eq!(last(&done).get(..8), expected.get(..8), "{set}");
        assert_eq!(messages(&done), [""; 0]);
    }
}

#[test]
fn a_script_sees_what_it_has_just_set_but_not_the_end_of_a_fade() {
    let read = told(r#"openspace.propertyValue("Scene.Earth.Renderable.Fade")"#);
    for (set, expected) in [("0.5", "Told = 0.5"), ("0.5, 1", "Told = 1")] {
        let done = run(&[
            "",
            &format!(
                r#"openspace.setPropertyValueSingle("Scene.Earth.Renderable.Fade", {set}); {read}"#
            ),
        ]);
        assert_eq!(last(&done), expected);
    }
}

#[test]
fn what_the_recording_already_holds_answers_too_but_only_what_came_before() {
    let path = "Scene.Earth.Renderable.Fade";
    let script = told(r#"openspace.propertyValue("Scene.Earth.Renderable.Fade")"#);
    let mut recording = recording(&[(1.0, ""), (2.0, ""), (3.0, &script), (4.0, "")]);
    let change = |seq, stamp, value| PropertyChange {
        seq,
        stamp: at(stamp),
        value: Value::Number(value),
        duration: SessionTime::ZERO,
        easing: Easing::Linear,
    };
    recording.push_property(path, change(0, 1.0, 0.1));
    recording.push_property(path, change(3, 2.5, 0.9));
    assert_eq!(last(&interpret(&recording, &scene(), &Limits::without_clock())), "Told = 0.1");
    let PropertyChange { seq, stamp, value, duration, easing } = change(1, 2.0, 0.2);
    let pattern: PropertyPattern = "Scene.*.Renderable.Fade".parse().unwrap();
    recording.rules.push(Rule { seq, stamp, pattern, value, duration, easing });
    assert_eq!(last(&interpret(&recording, &scene(), &Limits::without_clock())), "Told = 0.2");
}

#[test]
fn an_unknown_property_is_nil_and_a_toggle_of_it_a_guess_that_is_said() {
    let toggle = r#"local f = "NavigationHandler.X"; openspace.setPropertyValueSingle(f, not openspace.propertyValue(f))"#;
    let done = run(&[toggle, toggle, toggle]);
    assert_eq!(
        rules(&done),
        ["NavigationHandler.X = true", "NavigationHandler.X = false", "NavigationHandler.X = true"]
    );
    assert_eq!(done.warnings.len(), 1);
    assert!(messages(&done)[0].contains("is a guess"), "{:?}", done.warnings);
}

#[test]
fn a_pattern_lists_the_paths_it_names_in_the_scenes_order() {
    for (pattern, expected) in [
        (
            "*Trail.Renderable.Fade",
            "Scene.EarthTrail.Renderable.Fade Scene.MarsTrail.Renderable.Fade",
        ),
        ("Scene.Earth.Renderable.Fade", "Scene.Earth.Renderable.Fade"),
        ("{planet}.Enabled", "Scene.Earth.Renderable.Enabled"),
        ("Scene.Nowhere.*", ""),
        ("My.*", "My.Own"),
    ] {
        let done = run(&[
            r#"openspace.setPropertyValueSingle("My.Own", 1)"#,
            &told(&format!(r#"table.concat(openspace.property("{pattern}"), " ")"#)),
        ]);
        assert_eq!(last(&done), format!("Told = {expected:?}"));
    }
}

#[test]
fn properties_and_nodes_are_known_to_scene_or_recording() {
    for (question, expected) in [
        (r#"openspace.hasProperty("Scene.Earth.Renderable.Fade")"#, true),
        (r#"openspace.hasProperty("Scene.Earth.Renderable.Blur")"#, false),
        (r#"openspace.hasProperty("My.Own")"#, true),
        (r#"openspace.hasSceneGraphNode("Earth")"#, true),
        (r#"openspace.hasSceneGraphNode("Ear")"#, false),
    ] {
        let done = run(&[r#"openspace.setPropertyValueSingle("My.Own", 1)"#, &told(question)]);
        assert_eq!(last(&done), format!("Told = {expected}"), "{question}");
    }
}

#[test]
fn fades_of_whole_nodes_follow_what_is_shown() {
    let node = "Scene.Earth.Renderable";
    let toggle = format!("openspace.toggleFade({node:?}, 2)");
    let done = run(&[&toggle, "", "", "", &toggle, &format!("openspace.fadeOut({node:?})")]);
    assert_eq!(
        rules(&done),
        [
            "Scene.Earth.Renderable.Fade = 0 in 2 s",
            "Scene.Earth.Renderable.Fade = 1 in 2 s",
            "Scene.Earth.Renderable.Fade = 0 in 1 s",
        ]
    );
    let hidden = format!("openspace.setPropertyValueSingle('{node}.Enabled', false)");
    let done = run(&[&hidden, &format!("openspace.fadeIn({node:?}, 3)")]);
    assert_eq!(
        rules(&done)[1..],
        [
            "Scene.Earth.Renderable.Fade = 0",
            "Scene.Earth.Renderable.Enabled = true",
            "Scene.Earth.Renderable.Fade = 1 in 3 s",
        ]
    );
}
