//! The two clocks: whole nanoseconds of a session, and dates of the simulated universe.

use proptest::prelude::*;
use skyreel_core::time::{SessionTime, SimTime};

use crate::support::ns;

#[test]
fn seconds_are_rounded_to_the_nearest_nanosecond() {
    for (seconds, nanos) in [
        (0.0, Some(0)),
        (-0.0, Some(0)),
        (1.0, Some(1_000_000_000)),
        (0.1, Some(100_000_000)),
        (-0.1, Some(-100_000_000)),
        (1e-9, Some(1)),
        (0.4e-9, Some(0)),
        (0.6e-9, Some(1)),
        (-0.6e-9, Some(-1)),
        (0.999_999_999_9, Some(1_000_000_000)),
        (123_456.789_012_345, Some(123_456_789_012_345)),
        (9.1e9, Some(9_100_000_000_000_000_000)),
        (-9.1e9, Some(-9_100_000_000_000_000_000)),
        (5e-324, Some(0)),
        (9.3e9, None),
        (-9.3e9, None),
        (1e300, None),
        (f64::INFINITY, None),
        (f64::NEG_INFINITY, None),
        (f64::NAN, None),
    ] {
        assert_eq!(
            SessionTime::from_secs(seconds).map(SessionTime::as_nanos),
            nanos,
            "{seconds} s"
        );
    }
}

#[test]
fn session_times_print_as_short_as_they_can() {
    for (nanos, text) in [
        (0, "0"),
        (1, "0.000000001"),
        (-1, "-0.000000001"),
        (12_500_000_000, "12.5"),
        (-500_000_000, "-0.5"),
        (60_000_000_000, "60"),
        (1_000_000_010, "1.00000001"),
        (i64::MAX, "9223372036.854775807"),
        (i64::MIN, "-9223372036.854775808"),
    ] {
        assert_eq!(ns(nanos).to_string(), text);
    }
}

#[test]
fn sums_stop_at_the_ends_of_time_and_equal_moments_never_divide() {
    let (min, max) = (SessionTime::MIN, SessionTime::MAX);
    assert_eq!(max.saturating_add(ns(1)), max);
    assert_eq!(min.saturating_sub(ns(1)), min);
    for (t, from, to, fraction) in [
        (ns(5), ns(0), ns(10), 0.5),
        (ns(-5), ns(0), ns(10), -0.5),
        (ns(7), ns(7), ns(7), 1.0),
        (ns(0), ns(7), ns(7), 1.0),
        (max, min, max, 1.0),
        (min, min, max, 0.0),
        (ns(0), min, max, 0.5),
        (min, max, min, 1.0),
    ] {
        assert_eq!(t.fraction_between(from, to), fraction, "{t} between {from} and {to}");
    }
}

fn iso(tdb_s: f64) -> String {
    SimTime::from_tdb_secs(tdb_s).unwrap().to_utc_iso()
}

#[test]
fn dates_print_as_they_are_written() {
    for (text, printed) in [
        ("2026-03-07T18:30:00", "2026-03-07T18:30:00.000Z"),
        ("2026-03-07T18:30:00Z", "2026-03-07T18:30:00.000Z"),
        ("2026-03-07T18:30:00.125Z", "2026-03-07T18:30:00.125Z"),
        ("2026-03-07", "2026-03-07T00:00:00.000Z"),
        ("  2026-03-07T18:30:00  ", "2026-03-07T18:30:00.000Z"),
        ("2000-01-01T12:00:00 TDB", "2000-01-01T11:58:55.816Z"),
        ("1900-01-01T00:00:00", "1900-01-01T00:00:00.000Z"),
        ("2100-12-31T23:59:59.999", "2100-12-31T23:59:59.999Z"),
        ("1969-07-20T20:17:40", "1969-07-20T20:17:40.000Z"),
        // On both sides of a leap second.
        ("2016-12-31T23:58:59", "2016-12-31T23:58:59.000Z"),
        ("2017-01-01T00:00:00", "2017-01-01T00:00:00.000Z"),
        ("2017-01-01T00:00:01", "2017-01-01T00:00:01.000Z"),
        ("1972-07-01T00:00:00", "1972-07-01T00:00:00.000Z"),
    ] {
        let date: SimTime = text.parse().unwrap();
        assert_eq!(date.to_utc_iso(), printed, "{text}");
    }
}

#[test]
fn a_moment_just_before_the_full_second_is_rounded_into_it() {
    let noon: SimTime = "2026-03-07T12:00:00".parse().unwrap();
    for (off_s, printed) in [
        (-0.0004, "2026-03-07T12:00:00.000Z"),
        (-0.0006, "2026-03-07T11:59:59.999Z"),
        (0.0006, "2026-03-07T12:00:00.001Z"),
    ] {
        assert_eq!(iso(noon.as_tdb_secs() + off_s), printed);
    }
}

/// hifitime looks a leap second up by a date that is 37 s off, so the half minute before one is not
/// better than that.
#[test]
fn in_the_minute_before_a_leap_second_dates_are_good_to_a_second() {
    let midnight: SimTime = "2017-01-01T00:00:00".parse().unwrap();
    for second in 0..=60 {
        let date: SimTime = format!("2016-12-31T23:59:{second:02}").parse().unwrap();
        let before_s = midnight.as_tdb_secs() - date.as_tdb_secs();
        assert!((before_s - f64::from(61 - second)).abs() < 1.001, "{second}: {before_s}");
        let printed = date.to_utc_iso();
        let shown: i32 = printed["2016-12-31T23:59:".len()..][..2].parse().unwrap();
        assert!((shown - second).abs() <= 1, "{second}: {printed}");
    }
}

#[test]
fn far_dates_print_as_something_and_numbers_that_are_none_are_no_dates() {
    for tdb_s in [1e11, -1e11, 6e11, -6e11, 9e11, -9e11, 1e15, -1e15, f64::MAX, f64::MIN, 5e-324] {
        let text = iso(tdb_s);
        assert!(text.ends_with('Z') && text.contains('T'), "{tdb_s}: {text}");
    }
    for tdb_s in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(SimTime::from_tdb_secs(tdb_s), None);
    }
    for text in
        ["", "yesterday", "2026-13-40T00:00:00", "2026-03-07T25:00:00", "12:00", "é", "2026-"]
    {
        let error = text.parse::<SimTime>().unwrap_err();
        assert_eq!(error.found, text);
        assert!(error.to_string().contains("2026-03-07T18:30:00"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    /// Up to 2^23 s (97 days) seconds as f64 are closer together than a nanosecond.
    #[test]
    fn stamps_of_97_days_survive_the_way_through_seconds(nanos in -(1_i64 << 23) * 1_000_000_000..(1_i64 << 23) * 1_000_000_000) {
        prop_assert_eq!(SessionTime::from_secs(ns(nanos).as_secs()), Some(ns(nanos)));
    }

    #[test]
    fn seconds_are_the_nearest_to_their_stamp(nanos in -1_000_000_000_000_000_000..1_000_000_000_000_000_000_i64) {
        let seconds = ns(nanos).as_secs();
        let nearest: f64 = format!("{nanos}e-9").parse().unwrap();
        prop_assert_eq!(seconds, nearest);
        let again = SessionTime::from_secs(seconds).unwrap();
        prop_assert_eq!(again.as_secs(), seconds, "the second way round changes nothing more");
    }

    #[test]
    fn what_is_printed_names_the_nanosecond(nanos in any::<i64>()) {
        let text = ns(nanos).to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        prop_assert_eq!(format!("{whole}{fraction:0<9}").parse::<i64>().unwrap(), nanos);
    }

    #[test]
    fn no_date_makes_it_panic(tdb_s in any::<f64>(), text in ".{0,30}") {
        if let Some(date) = SimTime::from_tdb_secs(tdb_s) {
            prop_assert!(date.to_utc_iso().ends_with('Z'));
        }
        let _ = text.parse::<SimTime>();
    }

    #[test]
    fn a_printed_date_is_read_as_the_same_millisecond(tdb_s in -3.0e9..6.0e9_f64) {
        let text = iso(tdb_s);
        let read: SimTime = text.parse().unwrap();
        prop_assert!((read.as_tdb_secs() - tdb_s).abs() < 0.000_6, "{tdb_s} is {text}");
        prop_assert_eq!(read.to_utc_iso(), text);
    }
}
