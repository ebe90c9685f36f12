//! What single scripts do.

use skyreel_core::catalogue::NoCatalogue;
use skyreel_core::rule;
use skyreel_core::sample::sample;
use skyreel_core::time::SessionTime;
use skyreel_core::value::Value;
use skyreel_script::{Limits, apply, interpret};

use crate::support::{at, messages, recording, rules, run, scene};

#[test]
fn a_setter_becomes_a_rule() {
    for (script, expected) in [
        (
            r#"openspace.setPropertyValueSingle("Scene.Earth.Renderable.Fade", 0.5)"#,
            "Scene.Earth.Renderable.Fade = 0.5",
        ),
        (r#"openspace.setPropertyValueSingle('A.B', true)"#, "A.B = true"),
        (r#"return openspace.setPropertyValueSingle('A.B', "text")"#, "A.B = \"text\""),
        (r#"openspace.setPropertyValueSingle("A.B", {1, 2, 0.5})"#, "A.B = {1, 2, 0.5}"),
        (r#"openspace.setPropertyValueSingle("A.B", 0, 1)"#, "A.B = 0 in 1 s"),
        (
            r#"openspace.setPropertyValueSingle("A.B", 0, 2.5, "CubicEaseOut", "print(1)")"#,
            "A.B = 0 in 2.5 s CubicEaseOut",
        ),
        (
            r#"openspace.setPropertyValue("Scene.*Trail.Renderable.Fade", 0, 1.0)"#,
            "Scene.*Trail.Renderable.Fade = 0 in 1 s",
        ),
        (
            r#"openspace.setPropertyValue("{planet}.Renderable.Enabled", false)"#,
            "{planet}.Renderable.Enabled = false",
        ),
        (r#"openspace.setPropertyValue("A.*", 3, "regex")"#, "A.* = 3"),
        (r#"openspace.setPropertyValue("A.*", 3, 1, "Linear", "regex")"#, "A.* = 3 in 1 s"),
        (r#"openspace.setPropertyValueSingle("A.B", 1, -3)"#, "A.B = 1"),
        (
            r#"openspace.navigation.setFocus("Europa", true, true)"#,
            "NavigationHandler.OrbitalNavigator.Anchor = \"Europa\"",
        ),
        (r#"load("openspace.setPropertyValueSingle('A.B', 7)")()"#, "A.B = 7"),
        (
            r#"local n = 0; for i = 1, 10 do n = n + i end; openspace.setPropertyValueSingle("A.B", n)"#,
            "A.B = 55",
        ),
        (
            r#"openspace.invertBooleanProperty("Scene.Earth.Renderable.Enabled")"#,
            "Scene.Earth.Renderable.Enabled = false",
        ),
    ] {
        let done = run(&[script]);
        assert_eq!(rules(&done), [expected], "{script}");
        assert_eq!(messages(&done), [""; 0], "{script}");
    }
}

#[test]
fn what_cannot_be_played_is_said_and_does_nothing() {
    for (script, expected) in [
        (
            r#"openspace.setPropertyValueSingle("A.B", nil)"#,
            "no value; a trigger does something once",
        ),
        (r#"openspace.setPropertyValueSingle("A.B")"#, "no value; a trigger does something once"),
        (r#"openspace.setPropertyValueSingle("A.B", 0/0)"#, "a number that is not finite"),
        (r#"openspace.setPropertyValueSingle("A.B", {{1}, {2}})"#, "not a list of finite numbers"),
        (r#"openspace.setPropertyValueSingle("A.B", {x = 1})"#, "not a list of finite numbers"),
        (r#"openspace.setPropertyValueSingle("A.B", print)"#, "neither a number"),
        (r#"openspace.setPropertyValueSingle("A.*", 1)"#, "it takes one path"),
        (r#"openspace.setPropertyValue("{open", 1)"#, "expected a closing }"),
        (r#"openspace.setPropertyValue()"#, "expected a property path"),
        (r#"openspace.navigation.setFocus(nil)"#, "it takes a node's name"),
        (
            r#"openspace.globebrowsing.flyToGeo("Earth", 14.16, 77.78, "3000")"#,
            "the recorded camera entries hold its motion",
        ),
        (
            r#"openspace.navigation.flyTo("Mars")"#,
            "openspace.navigation.flyTo is kept as an event and not played",
        ),
        (r#"openspace.sessionRecording.stopRecording()"#, "does not control its own playback"),
        (r#"openspace.asset.add("scene/solarsystem/planets")"#, "the scene is the one"),
        (
            r#"local x = openspace.some.day["maybe"].call(1, {2})"#,
            "openspace.some.day.maybe.call is kept as an event and not played: the function is not known",
        ),
        (r#"openspace.newThing()"#, "openspace.newThing is kept as an event"),
        (r#"this is no Lua"#, "it does not compile"),
        (r#"goto there"#, "it does not compile"),
        (r#"local x <const> = 1"#, "it does not compile"),
        (r#"error("no")"#, "a script: it failed: script:1: no"),
        (r#"openspace.setPropertyValue = nil"#, "a script: it failed"),
        (r#"openspace.time.setDeltaTime("fast")"#, "no finite number"),
    ] {
        let done = run(&[script]);
        assert_eq!(rules(&done), [""; 0], "{script}");
        assert_eq!(done.clock_changes, [], "{script}");
        assert_eq!(done.warnings.len(), 1, "{script}: {:?}", done.warnings);
        assert!(done.warnings[0].message.contains(expected), "{script}: {}", done.warnings[0]);
        assert_eq!(done.warnings[0].entry, Some(0), "{script}");
    }
}

#[test]
fn harmless_calls_are_taken_without_a_word() {
    for script in [
        r#"print("hello", nil, {})"#,
        r#"openspace.printInfo("hello"); openspace.printWarning("!"); openspace.printError(1)"#,
        r#"openspace.absPath("${RECORDINGS}/one.osrectxt")"#,
        r#"openspace.time.setTime("2026-03-07T12:00:00")"#,
        r#"openspace.time.interpolateTimeRelative(86400, 2)"#,
        "",
        "  \n ",
    ] {
        let done = run(&[script]);
        assert_eq!((rules(&done), messages(&done)), (vec![], vec![]), "{script}");
    }
}

#[test]
fn a_script_that_fails_keeps_what_it_had_done() {
    let done = run(&[r#"openspace.setPropertyValueSingle("A.B", 1); nothing.there = 1"#]);
    assert_eq!(rules(&done), ["A.B = 1"]);
    assert!(done.warnings[0].message.starts_with("a script: it failed"), "{:?}", done.warnings);
}

#[test]
fn remarks_are_made_once_with_their_count_at_the_first_entry() {
    let done = run(&[
        "print(1)",
        "openspace.navigation.flyTo('Mars')",
        "openspace.navigation.flyTo('Moon')",
    ]);
    let [warning] = &done.warnings[..] else { panic!("{:?}", done.warnings) };
    assert_eq!(warning.entry, Some(1));
    assert!(warning.message.ends_with("(2 times, first here)"), "{warning}");
}

#[test]
fn effects_begin_just_after_their_stamp_and_those_of_the_start_at_once() {
    let script = r#"openspace.setPropertyValueSingle("A.B", 1); openspace.time.setPause(true)"#;
    for (stamp, begins_ns) in [(0.0, 0), (-1.0, -1_000_000_000), (2.0, 2_000_000_001)] {
        let done =
            interpret(&recording(&[(stamp, script)]), &NoCatalogue, &Limits::without_clock());
        assert_eq!(done.rules[0].stamp, SessionTime::from_nanos(begins_ns));
        assert_eq!(done.clock_changes[0].stamp, SessionTime::from_nanos(begins_ns));
    }
}

#[test]
fn scripts_share_globals_but_cannot_take_names_from_each_other() {
    let done = run(&[
        "count = 1; openspace = nil; string = nil; tostring = 5; _G.pairs = false",
        r#"count = count + 1; openspace.setPropertyValueSingle("A." .. tostring(count), count)"#,
        r#"for k, v in pairs({9}) do openspace.setPropertyValueSingle("B" .. string.rep("x", 2), v) end"#,
    ]);
    assert_eq!(messages(&done), [""; 0]);
    assert_eq!(rules(&done), ["A.2 = 2", "Bxx = 9"]);
}

#[test]
fn random_numbers_are_the_same_every_time() {
    let script = r#"openspace.setPropertyValueSingle("A.B", math.random())"#;
    let (once, again) = (run(&[script, script]), run(&[script, script]));
    assert_eq!(once, again);
    assert_ne!(once.rules[0].value, once.rules[1].value);
}

#[test]
fn what_could_reach_outside_is_absent() {
    for name in [
        "require",
        "dofile",
        "io",
        "os",
        "debug",
        "package",
        "getfenv",
        "setfenv",
        "newproxy",
        "collectgarbage",
        "gcinfo",
        "buffer",
        "vector",
        "table.freeze",
        "string.dump",
    ] {
        let script = format!(r#"openspace.setPropertyValueSingle("A.B", {name} == nil)"#);
        let done = run(&[&script]);
        assert_eq!(rules(&done), ["A.B = true"], "{name}: {:?}", done.warnings);
    }
}

#[test]
fn bytecode_is_not_loaded() {
    let done = run(&[
        r#"local f, why = load("\6\1\2\3"); openspace.setPropertyValueSingle("A.B", f == nil)"#,
    ]);
    assert_eq!(rules(&done), ["A.B = true"]);
}

#[test]
fn a_fade_is_half_way_half_way() {
    let path = "Scene.Earth.Renderable.Fade";
    let mut recording = recording(&[
        (10.0, r#"openspace.setPropertyValueSingle("Scene.Earth.Renderable.Fade", 0, 1)"#),
        (
            20.0,
            r#"openspace.setPropertyValueSingle("Scene.Earth.Renderable.Fade", 1, 2, "QuadraticEaseIn")"#,
        ),
    ]);
    assert_eq!(apply(&mut recording, &scene(), &Limits::without_clock()), []);
    rule::expand(&mut recording, &scene());
    for (seconds, expected) in [
        (5.0, 1.0),
        (10.0, 1.0),
        (10.5, 0.5),
        (10.75, 0.25),
        (11.1, 0.0),
        (20.0, 0.0),
        (21.0, 0.25),
        (22.1, 1.0),
    ] {
        let frame = sample(&recording, at(seconds));
        let Value::Number(fade) = frame.properties[path] else { panic!("no number") };
        assert!((fade - expected).abs() < 1e-6, "{fade} at {seconds}, expected {expected}");
    }
}

#[test]
fn applying_again_changes_nothing() {
    let scripts = [
        (0.0, r#"openspace.setPropertyValueSingle("A.B", true); openspace.time.setPause(true)"#),
        (1.0, r#"openspace.setPropertyValueSingle("A.B", not openspace.propertyValue("A.B"))"#),
        (2.0, r#"openspace.time.togglePause()"#),
    ];
    let mut once = recording(&scripts);
    apply(&mut once, &scene(), &Limits::without_clock());
    assert_eq!(once.rules.len(), 2);
    let mut twice = once.clone();
    apply(&mut twice, &scene(), &Limits::without_clock());
    assert_eq!(twice, once);
}
