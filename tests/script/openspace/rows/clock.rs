//! The clock.

use super::Row;

pub const ROWS: &[Row] = &[
    Row("openspace.time.setDeltaTime(60)", &["clock.rate over_s=0.0 rate=60.0"], ""),
    Row("openspace.time.interpolateDeltaTime(60)", &["clock.rate rate=60.0"], ""),
    Row("openspace.time.interpolateDeltaTime(-60, 3)", &["clock.rate over_s=3.0 rate=-60.0"], ""),
    Row(
        "openspace.time.setDeltaTimeSteps({2, 4}); openspace.time.setNextDeltaTimeStep()",
        &["clock.rate over_s=0.0 rate=2.0"],
        "",
    ),
    Row("openspace.time.setNextDeltaTimeStep()", &["clock.rate over_s=0.0 rate=5.0"], ""),
    Row("openspace.time.setPreviousDeltaTimeStep()", &["clock.rate over_s=0.0 rate=-1.0"], ""),
    Row("openspace.time.interpolateNextDeltaTimeStep()", &["clock.rate rate=5.0"], ""),
    Row(
        "openspace.time.interpolatePreviousDeltaTimeStep(2)",
        &["clock.rate over_s=2.0 rate=-1.0"],
        "",
    ),
    Row("openspace.time.setPause(true)", &["clock.pause over_s=0.0"], ""),
    Row("openspace.time.setPause(false)", &["clock.resume over_s=0.0"], ""),
    Row("openspace.time.interpolatePause(true)", &["clock.pause"], ""),
    Row("openspace.time.interpolatePause(false, 4)", &["clock.resume over_s=4.0"], ""),
    Row(
        "openspace.time.togglePause() openspace.time.togglePause()",
        &["clock.pause over_s=0.0", "clock.resume over_s=0.0"],
        "",
    ),
    Row(
        "openspace.time.interpolateTogglePause() openspace.time.interpolateTogglePause(3)",
        &["clock.pause", "clock.resume over_s=3.0"],
        "",
    ),
    Row("openspace.time.pauseToggleViaKeyboard()", &["clock.pause"], ""),
    Row("return openspace.time.deltaTime()", &[], "1"),
    Row("return openspace.time.isPaused()", &[], "false"),
    Row(
        r#"openspace.time.setTime("2030-01-02T03:04:05")"#,
        &[r#"clock.set date="2030-01-02T03:04:05.000" over_s=0.0"#],
        "",
    ),
    Row(
        r#"openspace.time.setTime("2019 JUN 26 19:45")"#,
        &[r#"clock.set date="2019-06-26T19:45:00.000" over_s=0.0"#],
        "",
    ),
    Row(
        r#"openspace.time.interpolateTime("2030-01-02T03:04:05Z")"#,
        &[r#"clock.set date="2030-01-02T03:04:05.000""#],
        "",
    ),
    Row(
        "openspace.time.interpolateTime(openspace.time.convertTime('2000-01-01T12:00:00'), 5)",
        &[r#"clock.set date="2000-01-01T12:00:00.000" over_s=5.0"#],
        "",
    ),
    Row("openspace.time.interpolateTimeRelative(-3600)", &[r#"clock.jump by="-3600s""#], ""),
    Row(
        r#"openspace.time.interpolateTimeRelative("2d", 4)"#,
        &[r#"clock.jump by="2d" over_s=4.0"#],
        "",
    ),
    Row("return math.floor(openspace.time.currentTime())", &[], "826180269"),
    Row("return openspace.time.UTC()", &[], "'2026-03-07T18:30:00.125'"),
    Row("return openspace.time.SPICE()", &[], "'2026 MAR 07T18:30:00.125'"),
    Row("return openspace.time.SPICE('DD Month YYYY, HR:MN ::UTC')", &[], "'07 March 2026, 18:30'"),
    Row("return openspace.time.currentWallTime()", &[], "'2000-01-01T11:58:55.816'"),
    Row("return openspace.time.currentApplicationTime()", &[], "0"),
    Row(
        r#"return openspace.time.advancedTime("2026-01-31T00:00:00", "1M")"#,
        &[],
        "'2026-02-28T00:00:00.000'",
    ),
    Row(r#"return openspace.time.advancedTime(100, "-2m")"#, &[], "-20"),
    Row("return openspace.time.advancedTime(100, 5)", &[], "105"),
    Row(
        r#"return math.floor(openspace.time.convertTime("2000-01-01T12:00:00") * 1000 + 0.5)"#,
        &[],
        "64184",
    ),
    Row("return openspace.time.convertTime(0)", &[], "'2000-01-01T11:58:55.816'"),
    Row("return openspace.time.duration(100, 250.5)", &[], "150.5"),
    Row("return openspace.time.secondsPerDay()", &[], "86400"),
    Row("return openspace.time.secondsPerYear()", &[], "31556952"),
];
