//! What goes wrong is said by name.

use skyreel_core::outcome::{Outcome, Refusal};

use super::fake::{Fake, Machine};

/// A call and what its error has in it.
const WRONG: &[(&str, &[&str])] = &[
    (
        "openspace.time.setDeltaTime('fast')",
        &["openspace.time.setDeltaTime: the rate is a number, not 'fast'"],
    ),
    ("openspace.time.setDeltaTime()", &["the rate is a number, not nothing"]),
    ("openspace.time.setDeltaTime(0/0)", &["the rate is a number"]),
    ("openspace.time.setDeltaTimeSteps({})", &["1 to 1000 rates, not 0"]),
    ("openspace.time.setPause(1)", &["paused is true or false, not 1"]),
    ("openspace.time.setTime('soon')", &["the time is a date such as", "not 'soon'"]),
    ("openspace.time.interpolateTime(0, -1)", &["how long is 0 or more seconds, not -1"]),
    ("openspace.time.advancedTime(0, '3 weeks')", &["'3 weeks' is not an interval"]),
    ("openspace.time.SPICE('JULIAND.##')", &["'JULIAND' of the picture", "not supported"]),
    ("openspace.time.SPICE('HR:MN ::TDB')", &["'::TDB' of the picture"]),
    ("openspace.setPropertyValueSingle('Scene.Earth.Label', 3)", &["is a text, not a number"]),
    (
        "openspace.setPropertyValueSingle('Scene.*.Label', 'x')",
        &["takes one path", "use openspace.setPropertyValue"],
    ),
    ("openspace.setPropertyValue('{trail', 1)", &["closing }"]),
    ("openspace.setPropertyValue('Scene.Earth.Label', nil)", &["'Scene.Earth.Label': no value"]),
    (
        "openspace.setPropertyValue('Scene.Earth.Label', 'x', 1, 'Wobbly')",
        &["'Wobbly' is no easing", "QuadraticEaseInOut"],
    ),
    (
        "openspace.propertyValue('Scene.Earth.Lable')",
        &["no property 'Scene.Earth.Lable'; did you mean 'Scene.Earth.Label'?"],
    ),
    ("openspace.invertBooleanProperty('Scene.Earth.Label')", &["is a text, not true or false"]),
    ("openspace.keyframeRecording.removeKeyframe(3)", &["a key's index is 0 to 2, not 3"]),
    ("openspace.keyframeRecording.removeKeyframe(0.5)", &["a key's index is 0 to 2, not 0.5"]),
    ("openspace.navigation.flyTo('Moon', -1)", &["how long is 0 or more seconds, not -1"]),
    ("openspace.navigation.flyToHeight('Moon', 10)", &["'Earth'", "flyTo or flyToGeo for 'Moon'"]),
    ("openspace.navigation.zoomToDistance(0)", &["larger than zero"]),
    (
        "openspace.navigation.getNavigationState('Moon')",
        &["reference frame 'Moon' is not supported"],
    ),
    ("openspace.navigation.setNavigationState({Position = {1, 2, 3}})", &["no Anchor"]),
    ("openspace.navigation.setNavigationState({Anchor = 'Moon'})", &["no Position"]),
    (
        "openspace.navigation.setNavigationState({Anchor = 'Mon', Position = {1, 2, 3}})",
        &["no node 'Mon'"],
    ),
    (
        "openspace.navigation.setNavigationState({Anchor = 'Moon', Position = {1, 2}})",
        &["Position is a list of 3 numbers"],
    ),
    (
        "openspace.navigation.setNavigationState({Anchor = 'Moon', Position = {0, 0, 0}})",
        &["in the centre of 'Moon'"],
    ),
    (
        "openspace.navigation.setNavigationState({Anchor = 'Moon', ReferenceFrame = 'Earth', Position = {1, 2, 3}})",
        &["reference frame 'Earth' is not supported", "'Moon'", "'Root'"],
    ),
    ("openspace.globebrowsing.flyToGeo()", &["takes a latitude and a longitude"]),
    (
        "openspace.globebrowsing.flyToGeo('Earth', 'north', 2)",
        &["the latitude is a number, not 'north'"],
    ),
    (
        "openspace.navigation.localPositionFromGeo('Stars', 1, 2)",
        &["radii of 'Stars' are not known"],
    ),
    ("openspace.boundingSphere('Stars')", &["radius of 'Stars' is not known"]),
    ("openspace.absPath('${NOWHERE}/x')", &["no '${NOWHERE}'", "${BASE}, ${RECORDINGS}"]),
    ("openspace.absPath('${BASE/x')", &["without its }"]),
    (
        "openspace.sessionRecording.stopRecording('x', 'Text')",
        &["\"Ascii\" or \"Binary\", not 'Text'"],
    ),
    ("openspace.sessionRecording.stopRecording('.osrec')", &["needs a name"]),
    (
        "openspace.sessionRecording.fileFormatConversion('x')",
        &["not supported by Skyreel: use `skyreel convert`"],
    ),
    ("openspace.action.triggerAction('none')", &["no action 'none'"]),
    ("openspace.action.removeAction('none')", &["no action 'none'"]),
    ("openspace.action.registerAction{Identifier = 'a'}", &["'a' has no Command"]),
    (
        "openspace.event.registerEventAction('PlanetEclipsed', 'a')",
        &["nothing tells of 'PlanetEclipsed'", "SessionRecordingPlayback"],
    ),
    ("openspace.asset.add('x')", &["openspace.asset.add is not supported by Skyreel: the scene"]),
];

#[test]
fn every_wrong_call_is_named_with_what_would_be_right() {
    for (call, parts) in WRONG {
        let mut machine = Machine::new(Fake::default());
        let error = machine.run(call).expect_err(call);
        for part in *parts {
            assert!(error.contains(part), "{call}\n  {error}\n  lacks {part}");
        }
        let changes = machine.said();
        let changes =
            changes.iter().filter(|said| !["navigate.get", "journey.keys"].contains(&&***said));
        // Only the scene itself knows which of its properties there are.
        assert!(changes.clone().all(|said| said.starts_with("scene.set")), "{call}");
    }
}

#[test]
fn what_is_not_supported_says_why_and_what_to_use() {
    let mut machine = Machine::new(Fake::default());
    let words = machine.words.clone();
    let mut count = 0;
    for word in words {
        let Some(why) = word.help.strip_prefix("Not supported: ") else { continue };
        let (call, name) = match word.usage.ends_with(".…") {
            true => (format!("{}.anything(1)", word.name), format!("{}.anything", word.name)),
            false => (format!("{}(1)", word.name), word.name.clone()),
        };
        let error = machine.run(&call).expect_err(&call);
        let expected = format!("{name} is not supported by Skyreel: {}", why.trim_end_matches('.'));
        assert!(error.contains(&expected), "{error}\n  lacks {expected}");
        count += 1;
    }
    assert!(count > 90, "{count}");
    assert_eq!(machine.said(), [""; 0]);
}

#[test]
fn a_refusal_and_a_failure_are_raised_in_their_own_words_at_their_line() {
    let mut fake = Fake::default();
    let refused = Refusal::Other("'tour' is played and drives the scene; stop it first".to_owned());
    fake.outcomes.insert("clock.rate", refused.into());
    fake.outcomes.insert("play.start", Outcome::Failed("it is no recording".to_owned()));
    let mut machine = Machine::new(fake);
    let error = machine.run("\n\nopenspace.time.setDeltaTime(2)").unwrap_err();
    assert!(error.contains("'tour' is played and drives the scene; stop it first"), "{error}");
    assert!(error.contains("script:3"), "{error}");
    let error = machine.run("openspace.sessionRecording.startPlayback('x')").unwrap_err();
    assert!(error.contains("it is no recording"), "{error}");
}

#[test]
fn a_property_that_is_not_there_is_warned_of_with_its_line_and_the_script_goes_on() {
    let mut machine = Machine::new(Fake::default());
    let code = "openspace.setPropertyValueSingle('Scene.Erth.Label', 'x', 0, 'Linear', 'never()')
        openspace.setPropertyValue('Scene.*Tail.Renderable.Fade', 0)
        openspace.fadeOut('Scene.Mon.Renderable')
        return 'here'";
    assert_eq!(machine.run(code).as_deref(), Ok("'here'"));
    let expected = [
        "Warning: script:1: there is no property 'Scene.Erth.Label'; did you mean 'Scene.Earth.Label'?",
        "Warning: script:2: there is no property 'Scene.*Tail.Renderable.Fade'",
        "Warning: script:3: there is no property 'Scene.Mon.Renderable.Fade'",
    ];
    let printed = machine.printed.borrow().clone();
    assert_eq!(printed.len(), expected.len(), "{printed:?}");
    for (found, expected) in printed.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
    assert_eq!(machine.pass(1.0), []);
}

#[test]
fn a_script_can_catch_what_is_raised() {
    let mut machine = Machine::new(Fake::default());
    let caught = "local ok, why = pcall(openspace.time.setPause) return ok, string.find(tostring(why), 'true or false') ~= nil";
    assert_eq!(machine.run(caught).as_deref(), Ok("false, true"));
}

#[test]
fn an_unknown_answer_is_an_error_and_no_crash() {
    for answer in
        [serde_json::json!(null), serde_json::json!({"anchor": 3}), serde_json::json!([1])]
    {
        let mut fake = Fake::default();
        for call in ["navigate.get", "journey.keys"] {
            fake.outcomes.insert(call, Outcome::Done(answer.clone()));
        }
        let mut machine = Machine::new(fake);
        assert!(machine.run("openspace.navigation.getNavigationState()").is_err());
        assert!(machine.run("openspace.keyframeRecording.keyframes()").is_err());
    }
}

#[test]
fn outside_of_a_script_nothing_can_be_asked() {
    let machine = Machine::new(Fake::default());
    let error = machine.lua.load("openspace.time.setPause(true)").exec().unwrap_err().to_string();
    assert!(error.contains("no script runs"), "{error}");
}
