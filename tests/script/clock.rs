//! What scripts do to the clock, and what it tells them.

use crate::support::{messages, rules, run};

/// Rate and pause after each change.
fn states(scripts: &[&str]) -> Vec<(Option<f64>, Option<bool>)> {
    let done = run(scripts);
    assert_eq!(messages(&done), [""; 0]);
    done.clock_changes.iter().map(|c| (c.rate, c.paused)).collect()
}

#[test]
fn pause_and_rate_are_changes_of_the_clock() {
    for (script, expected) in [
        ("openspace.time.setPause(true)", (None, Some(true))),
        ("openspace.time.setPause(false)", (None, Some(false))),
        ("openspace.time.interpolatePause(true, 3)", (None, Some(true))),
        ("openspace.time.togglePause()", (None, Some(true))),
        ("openspace.time.interpolateTogglePause()", (None, Some(true))),
        ("openspace.time.pauseToggleViaKeyboard()", (None, Some(true))),
        ("openspace.time.setDeltaTime(-3600)", (Some(-3600.0), None)),
        ("openspace.time.interpolateDeltaTime(7, 1)", (Some(7.0), None)),
        ("openspace.time.setNextDeltaTimeStep()", (Some(5.0), None)),
        ("openspace.time.interpolateNextDeltaTimeStep(1)", (Some(5.0), None)),
        ("openspace.time.setPreviousDeltaTimeStep()", (Some(-1.0), None)),
        ("openspace.time.interpolatePreviousDeltaTimeStep()", (Some(-1.0), None)),
        (
            "openspace.time.setDeltaTimeSteps({1, 2, 4}); openspace.time.setNextDeltaTimeStep()",
            (Some(2.0), None),
        ),
    ] {
        assert_eq!(states(&[script]), [expected], "{script}");
    }
}

#[test]
fn toggles_go_on_from_what_scripts_before_them_left() {
    let toggle = "openspace.time.togglePause()";
    let paused: Vec<_> = states(&["openspace.time.setPause(true)", toggle, toggle, toggle]);
    assert_eq!(
        paused.iter().map(|s| s.1).collect::<Vec<_>>(),
        [Some(true), Some(false), Some(true), Some(false)]
    );
}

#[test]
fn the_last_step_has_no_next() {
    assert_eq!(
        states(&["openspace.time.setDeltaTime(1e9); openspace.time.setNextDeltaTimeStep()"]).len(),
        1
    );
    assert_eq!(
        states(&["openspace.time.setDeltaTimeSteps({}); openspace.time.setNextDeltaTimeStep()"]),
        []
    );
}

#[test]
fn the_clock_answers_what_it_showed() {
    for (question, expected) in [
        ("openspace.time.deltaTime()", "60"),
        ("openspace.time.isPaused()", "false"),
        // The script runs at second 1, when the recorded clock stands at 1010 s past J2000.
        ("openspace.time.currentTime()", "1010"),
        ("openspace.time.UTC()", "\"2000-01-01T12:15:45.816\""),
        ("openspace.time.convertTime(0)", "\"2000-01-01T11:58:55.816\""),
        ("openspace.time.convertTime('2000-01-01T11:58:55.816') < 0.001", "true"),
        ("openspace.time.duration(10, 25)", "15"),
        ("openspace.time.secondsPerDay()", "86400"),
    ] {
        let told = format!(r#"openspace.setPropertyValueSingle("Told", {question})"#);
        let done = run(&["openspace.time.setDeltaTime(60)", &told]);
        assert_eq!(rules(&done), [format!("Told = {expected}")], "{question}");
        assert_eq!(messages(&done), [""; 0], "{question}");
    }
    let done = run(&[
        "openspace.time.setDeltaTime(60); openspace.time.setPause(true)",
        r#"openspace.setPropertyValueSingle("Told", openspace.time.deltaTime())"#,
    ]);
    assert_eq!(rules(&done), ["Told = 0"]);
}
