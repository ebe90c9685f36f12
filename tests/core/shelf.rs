//! What files may be called, and when recordings go.

use proptest::prelude::*;
use skyreel_core::shelf::{Fate, WallTime, fate, file_name, is_id};

fn at(text: &str) -> WallTime {
    text.parse().unwrap()
}

#[test]
fn a_recording_goes_when_its_days_are_over_and_is_announced_a_week_before() {
    let date = at("2026-03-01T12:00:00Z");
    for (now, keep_days, expected) in [
        ("2026-03-01T12:00:00Z", 30, Fate::Stays),
        ("2026-03-24T11:59:59Z", 30, Fate::Stays),
        ("2026-03-24T12:00:00Z", 30, Fate::GoesIn { days: 7 }),
        ("2026-03-30T12:00:01Z", 30, Fate::GoesIn { days: 1 }),
        ("2026-03-31T12:00:00Z", 30, Fate::GoesIn { days: 0 }),
        ("2026-03-31T12:00:01Z", 30, Fate::Goes),
        ("2126-03-31T12:00:00Z", 0, Fate::Stays),
        ("1970-01-01T00:00:00Z", 30, Fate::Stays),
    ] {
        assert_eq!(fate(date, keep_days, at(now)), expected, "{now}, {keep_days} days");
    }
    assert_eq!(fate(WallTime(i64::MIN), u32::MAX, WallTime(i64::MAX)), Fate::Goes);
    assert_eq!(fate(WallTime(i64::MAX), u32::MAX, WallTime(i64::MIN)), Fate::Stays);
}

#[test]
fn moments_are_written_as_they_are_read() {
    for text in ["1970-01-01T00:00:00Z", "2026-11-20T10:00:00Z", "1999-12-31T23:59:59Z"] {
        assert_eq!(at(text).to_string(), text);
    }
    assert_eq!(at("1970-01-02T00:00:01Z"), WallTime(86_401));
    assert_eq!(
        at("2017-01-01T00:00:00Z").0 - at("2016-12-31T00:00:00Z").0,
        86_400,
        "a leap second"
    );
    assert!("yesterday".parse::<WallTime>().is_err());
    assert!("".parse::<WallTime>().is_err());
}

#[test]
fn a_file_name_stays_in_its_folder_and_is_seen_there() {
    let long = "ü".repeat(300);
    for (typed, name) in [
        ("Zum Mond, 1969", "Zum Mond, 1969"),
        ("a/b\\c", "a_b_c"),
        ("../outside", "_outside"),
        (".hidden", "hidden"),
        ("...", "recording"),
        ("", "recording"),
        ("  ", "recording"),
        ("ends with a dot. ", "ends with a dot"),
        ("月へ ✓", "月へ ✓"),
        ("a\nb\0c", "a_b_c"),
        (long.as_str(), &long[..200]),
    ] {
        assert_eq!(file_name(typed), name, "{typed:?}");
    }
}

#[test]
fn an_id_never_leads_out_of_its_folder() {
    for id in ["a.skyreel", "sub/a b.ron", "a/b/c.osrec", "..a".trim_start_matches('.')] {
        assert!(is_id(id), "{id}");
    }
    for id in ["", "/a", "a/", "a//b", "..", "../a", "a/../b", ".", "./a", ".trash/a", "a\0"] {
        assert!(!is_id(id), "{id:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_becomes_a_name(typed in any::<String>()) {
        let name = file_name(&typed);
        prop_assert!((1..=200).contains(&name.len()));
        prop_assert!(is_id(&name) && !name.contains('/'));
        prop_assert_eq!(file_name(&name), name);
    }

    #[test]
    fn whatever_is_a_moment_is_written_and_read_the_same(seconds in -62_135_596_800_i64..253_402_300_799) {
        let time = WallTime(seconds);
        prop_assert_eq!(time.to_string().parse::<WallTime>(), Ok(time));
    }
}
