//! Frame rates are exact.

use proptest::prelude::*;
use skyreel_film::{FrameRate, RateError};

#[test]
fn rates_are_read_as_exact_fractions() {
    for (text, num, den) in [
        ("60", 60, 1),
        (" 25 ", 25, 1),
        ("30000/1001", 30000, 1001),
        ("60/2", 30, 1),
        ("0.2", 1, 5),
        (".5", 1, 2),
        ("23.976", 2997, 125),
        ("59.94", 2997, 50),
        ("12.500000", 25, 2),
        ("1/1000", 1, 1000),
        ("1000", 1000, 1),
    ] {
        let rate: FrameRate = text.parse().unwrap();
        assert_eq!((rate.num(), rate.den()), (num, den), "{text}");
        assert_eq!(rate.to_string().parse::<FrameRate>().unwrap(), rate, "{text}");
    }
}

#[test]
fn what_is_no_rate_is_refused_with_what_was_expected() {
    for text in [
        "", "sixty", "60 fps", "-1", "+1", "1e3", "60/", "/60", "1.", ".", "1/2/3", "1.5/2", "NaN",
        "٦٠",
    ] {
        let error = text.parse::<FrameRate>().unwrap_err();
        assert!(matches!(error, RateError::Syntax { .. }), "{text}: {error}");
        assert!(error.to_string().contains("30000/1001"), "{error}");
    }
    for text in
        ["0", "0.0", "1/0", "0/0", "1001", "1/1001", "1000001/1000000", "0.00099", "59.9400599"]
    {
        let error = text.parse::<FrameRate>().unwrap_err();
        assert!(matches!(error, RateError::Range { .. }), "{text}: {error}");
        assert!(error.to_string().contains("1/1000 to 1000"), "{error}");
    }
}

#[test]
fn frame_times_do_not_drift() {
    for (rate, n, ns) in [
        ("60", 0, 0),
        ("60", 1, 16_666_667),
        ("60", 60 * 3600, 3_600_000_000_000),
        ("30000/1001", 30_000, 1_001_000_000_000),
        ("30000/1001", 1, 33_366_667),
        ("0.2", 3, 15_000_000_000),
        ("1000", u64::MAX, i64::MAX),
    ] {
        assert_eq!(rate.parse::<FrameRate>().unwrap().frame_time(n), ns, "{rate}, frame {n}");
    }
}

#[test]
fn a_stretch_has_a_frame_at_both_ends() {
    for (rate, duration_ns, frames) in [
        ("60", 0, 1),
        ("60", 1_000_000_000, 61),
        ("60", 999_999_999, 60),
        ("60", -1, 0),
        ("0.2", 1_376_000_000_000, 276),
        ("30000/1001", 1_001_000_000, 31),
        ("30000/1001", 1_000_999_999, 30),
        ("1000", i64::MAX, 9_223_372_036_855),
    ] {
        assert_eq!(
            rate.parse::<FrameRate>().unwrap().frame_count(duration_ns),
            frames,
            "{rate}, {duration_ns} ns"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let _ = text.parse::<FrameRate>();
    }

    #[test]
    fn the_last_frame_lies_within_the_stretch_and_the_next_beyond(
        num in 1_u64..=120_000, den in 1_u64..=1001, duration_ns in 0_i64..=1 << 50,
    ) {
        let Ok(rate) = FrameRate::new(num, den) else { return Ok(()) };
        let frames = rate.frame_count(duration_ns);
        prop_assert!(rate.frame_time(frames - 1) <= duration_ns);
        prop_assert!(rate.frame_time(frames) >= duration_ns);
    }
}
