//! Dates: how they are read, written and drawn.

use proptest::prelude::*;
use skyreel_core::time::SimTime;
use skyreel_script::openspace::picture;

use super::fake::{Fake, Machine};

#[test]
fn a_date_is_read_however_scripts_write_it() {
    let spellings = [
        "2026-03-07T18:30:00",
        "2026-03-07T18:30:00Z",
        "2026-03-07T18:30:00.000",
        "2026-03-07 18:30:00",
        "2026 MAR 07 18:30:00",
        "2026 MAR 07T18:30:00.000",
        "2026-Mar-7 18:30",
        "2026 March 07 18:30:00Z",
    ];
    for text in spellings {
        let mut machine = Machine::new(Fake::default());
        let given = machine.run(&format!("return openspace.time.convertTime('{text}')")).unwrap();
        // 37 leap seconds, 32.184 s to terrestrial time, and 1.5 ms more to TDB in March.
        assert_eq!(&given[..14], "826180269.1854", "{text}: {given}");
    }
    for text in ["2026-03-07", "2026 MAR 07"] {
        let code = format!(
            "return math.floor(openspace.time.duration('{text}', '2026-03-07T01:00:00') * 1e5 + 0.5)"
        );
        assert_eq!(Machine::new(Fake::default()).run(&code).as_deref(), Ok("360000000"), "{text}");
    }
    for text in ["", "2026 MRZ 07", "07.03.2026", "2026 MAR", "2026 MAR 07 18:30 x", "18:30"] {
        let code = format!("return openspace.time.convertTime('{text}')");
        assert!(Machine::new(Fake::default()).run(&code).is_err(), "{text}");
    }
}

#[test]
fn a_picture_says_how_a_date_looks() {
    let time: SimTime = "2024-02-29T15:04:09.9876".parse().unwrap();
    let cases = [
        ("YYYY MON DDTHR:MN:SC.### ::RND", "2024 FEB 29T15:04:09.988"),
        ("YYYY MON DDTHR:MN:SC.###", "2024 FEB 29T15:04:09.987"),
        ("YYYY-MM-DD", "2024-02-29"),
        ("YYYY-DOY // HR:MN", "2024-060 // 15:04"),
        ("Weekday, DD Month YR", "Thursday, 29 February 24"),
        ("WKD wkd Wkd", "THU thu Thu"),
        ("MONTH month Mon mon", "FEBRUARY february Feb feb"),
        ("HR:MN:SC AMPM", "03:04:09 P.M."),
        ("AP:MN ampm ::UTC", "03:04 p.m."),
        ("HR:MN:SC ::RND", "15:04:10"),
        ("HR:MN:SC ::TRNC", "15:04:09"),
        ("Time: SC.# s", "Time: 09.9 s"),
        ("", ""),
        ("ü", "ü"),
    ];
    for (wanted, drawn) in cases {
        assert_eq!(picture(time, wanted).as_deref(), Ok(drawn), "{wanted}");
    }
    let cases = [
        ("JULIAND.####", "JULIAND"),
        ("YYYY ERA", "ERA"),
        ("HR ::TDB", "::TDB"),
        ("HR ::UTC-7", "::UTC-7"),
        ("SP2000.##", "SP2000"),
        ("HR.###", ".#"),
    ];
    for (wanted, token) in cases {
        let error = picture(time, wanted).unwrap_err();
        assert!(error.token.starts_with(token), "{wanted}: {error}");
        assert!(error.to_string().contains("YYYY"), "{error}");
    }
}

#[test]
fn a_day_of_the_week_is_the_calendars() {
    for (date, day) in [
        ("2026-11-20T00:00:00", "FRI"),
        ("1970-01-01T00:00:00", "THU"),
        ("2000-02-29T12:00:00", "TUE"),
        ("1900-03-01T12:00:00", "THU"),
        ("1969-07-20T20:17:40", "SUN"),
    ] {
        assert_eq!(picture(date.parse().unwrap(), "WKD").as_deref(), Ok(day), "{date}");
    }
}

#[test]
fn the_time_set_is_the_time_given_to_the_nanosecond() {
    let mut machine = Machine::new(Fake::default());
    machine.run("openspace.time.setTime(826180269.183907 + 0.000125)").unwrap();
    let said = machine.said().remove(0);
    let date = said.split('"').nth(1).unwrap();
    let time: SimTime = date.parse().unwrap();
    assert!((time.as_tdb_secs() - 826_180_269.184_032).abs() < 2e-7, "{date}");
}

#[test]
fn steps_end_at_their_ends() {
    let mut machine = Machine::new(Fake::default());
    machine.run("openspace.time.setDeltaTimeSteps({1, 10})").unwrap();
    for (rate, call, next) in [
        (10.0, "setNext", None),
        (5.0, "setNext", Some("10.0")),
        (1.0, "setPrevious", Some("-1.0")),
        (-10.0, "setPrevious", None),
    ] {
        machine.host.clock.rate = rate;
        machine.run(&format!("openspace.time.{call}DeltaTimeStep()")).unwrap();
        let said: Vec<String> =
            next.iter().map(|n| format!("clock.rate over_s=0.0 rate={n}")).collect();
        assert_eq!(machine.said(), said, "{rate} {call}");
    }
}

#[test]
fn a_paused_clock_has_a_rate_of_zero() {
    let mut machine = Machine::new(Fake::default());
    machine.host.clock.paused = true;
    let given = machine.run("return openspace.time.deltaTime(), openspace.time.isPaused()");
    assert_eq!(given.as_deref(), Ok("0, true"));
}

proptest! {
    #[test]
    fn any_text_as_a_picture_is_drawn_or_refused(text in "[A-Za-z:.# ü]{0,40}", seconds in -1e11..1e11) {
        let time = SimTime::from_tdb_secs(seconds).unwrap();
        let _ = picture(time, &text);
    }

    #[test]
    fn a_date_drawn_can_be_read_again(seconds in -3e9..3e9) {
        let time = SimTime::from_tdb_secs(seconds).unwrap();
        let text = picture(time, "YYYY-MM-DDTHR:MN:SC.######### ::RND").unwrap();
        let again: SimTime = text.parse().unwrap();
        prop_assert!((again.as_tdb_secs() - seconds).abs() < 1.1, "{}", text);
        // But near a leap second the calendar's arithmetic is that of the one library that does it.
        prop_assert!((again.as_tdb_secs() - seconds).abs() < 2e-6 || text.contains("T23:59") || text.contains("T00:00"), "{}", text);
    }
}
