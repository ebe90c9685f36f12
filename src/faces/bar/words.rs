//! Numbers in words, as people read them in passing.

use skyreel_core::snapshot::ClockView;
use skyreel_core::time::{SessionSpan, SimTime};

/// A year as the clock's steps have it, seconds.
const YEAR_S: f64 = 31_536_000.0;
/// Seconds a unit, the longest first.
const TIME_UNITS: [(f64, &str); 7] = [
    (YEAR_S, "y"),
    (2_592_000.0, "mo"),
    (604_800.0, "wk"),
    (86_400.0, "d"),
    (3_600.0, "h"),
    (60.0, "min"),
    (1.0, "s"),
];

/// IAU 2012 Resolution B2.
const ASTRONOMICAL_UNIT_M: f64 = 149_597_870_700.0;
/// A Julian year at the speed of light.
const LIGHT_YEAR_M: f64 = 9_460_730_472_580_800.0;

/// A date and time: `2026-03-07 18:30:00`.
pub fn date(time: SimTime) -> String {
    let iso = time.to_utc_iso();
    let whole = iso.split_once('.').map_or(iso.as_str(), |(whole, _)| whole);
    whole.replacen('T', " ", 1)
}

/// A recording's date as far as a list needs it: `2026-03-07 18:30`.
pub fn list_date(iso: &str) -> String {
    let minutes: String = iso.chars().take(16).collect();
    minutes.replacen('T', " ", 1)
}

/// How the clock runs: `1 h / s`, `paused`.
pub fn pace(clock: &ClockView) -> String {
    if clock.paused { "paused".to_owned() } else { rate(clock.rate) }
}

/// A rate: `real time`, `1 h / s`, `−1 d / s`.
pub fn rate(rate: f64) -> String {
    if rate == 1.0 {
        return "real time".to_owned();
    }
    let size = rate.abs();
    let (unit_s, unit) =
        TIME_UNITS.into_iter().find(|(unit_s, _)| size >= *unit_s).unwrap_or((1.0, "s"));
    let sign = if rate < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}{} {unit} / s", short(size / unit_s))
}

/// Hours, minutes, seconds: `01:02:03`.
pub fn hours(span: SessionSpan) -> String {
    let seconds = span.as_nanos().max(0) / 1_000_000_000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A moment of a recording, to the tenth: `01:02.5`, `1:01:02.5`.
pub fn moment(at: SessionSpan) -> String {
    let sign = if at.as_nanos() < 0 { "\u{2212}" } else { "" };
    let tenths = at.as_nanos().unsigned_abs() / 100_000_000;
    let (hours, minutes, seconds) = (tenths / 36_000, tenths / 600 % 60, tenths / 10 % 60);
    let tenth = tenths % 10;
    if hours > 0 {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}.{tenth}")
    } else {
        format!("{sign}{minutes:02}:{seconds:02}.{tenth}")
    }
}

/// A length in a list: `1:30`, `2:00:00`.
pub fn length(span: SessionSpan) -> String {
    let seconds = span.as_nanos().max(0).saturating_add(500_000_000) / 1_000_000_000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A file's size, in powers of ten: `12.3 MB`.
pub fn bytes(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
        None => format!("{bytes} B"),
    }
}

/// A whole number with its thousands apart: `12,345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A distance in the unit it is thought of in: `120 m`, `12,345 km`, `1.52 AU`, `4.2 ly`.
pub fn distance(metres: f64) -> String {
    let sign = if metres < 0.0 { "\u{2212}" } else { "" };
    let size = metres.abs();
    let text = match size {
        m if m < 1_000.0 => format!("{} m", short(m)),
        m if m < 100_000.0 => format!("{} km", short(m / 1e3)),
        m if m < 0.1 * ASTRONOMICAL_UNIT_M => format!("{} km", count((m / 1e3).round() as u64)),
        m if m < 0.1 * LIGHT_YEAR_M => format!("{} AU", short(m / ASTRONOMICAL_UNIT_M)),
        m => {
            let light_years = m / LIGHT_YEAR_M;
            match light_years {
                ly if ly < 1e6 => format!("{} ly", short(ly)),
                ly if ly < 1e9 => format!("{} million ly", short(ly / 1e6)),
                ly => format!("{} billion ly", short(ly / 1e9)),
            }
        }
    };
    format!("{sign}{text}")
}

/// A place: `48.21° N  16.37° E`.
pub fn place((latitude_deg, longitude_deg): (f64, f64)) -> String {
    let part = |degrees: f64, plus: &str, minus: &str| {
        let way = if degrees < 0.0 { minus } else { plus };
        format!("{:.2}°\u{a0}{way}", degrees.abs())
    };
    format!("{}  {}", part(latitude_deg, "N", "S"), part(longitude_deg, "E", "W"))
}

/// Seconds that something will take: `12 s`, `2 min 05 s`.
pub fn seconds(seconds: f64) -> String {
    let whole = seconds.max(0.0).ceil().min(1e9) as u64;
    if whole < 60 {
        format!("{whole} s")
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

/// A number of at most three digits after the first, without ending zeros.
fn short(number: f64) -> String {
    let text = match number {
        n if n < 10.0 => format!("{n:.2}"),
        n if n < 100.0 => format!("{n:.1}"),
        n if n < 1e15 => return count(n.round() as u64),
        n => return format!("{n:.2e}"),
    };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_say_them() {
        let rates = [
            (1.0, "real time"),
            (0.0, "0 s / s"),
            (5.0, "5 s / s"),
            (1_800.0, "30 min / s"),
            (3_600.0, "1 h / s"),
            (-86_400.0, "\u{2212}1 d / s"),
            (1_209_600.0, "2 wk / s"),
            (7_776_000.0, "3 mo / s"),
            (630_720_000.0, "20 y / s"),
        ];
        for (number, words) in rates {
            assert_eq!(rate(number), words);
        }
        let distances = [
            (0.0, "0 m"),
            (120.4, "120 m"),
            (12_345.0, "12.3 km"),
            (12_345_678.0, "12,346 km"),
            (227_939_200_000.0, "1.52 AU"),
            (4.013e16, "4.24 ly"),
            (3e28, "3,171 billion ly"),
            (-2.0, "\u{2212}2 m"),
        ];
        for (metres, words) in distances {
            assert_eq!(distance(metres), words);
        }
        let at = |s| SessionSpan::from_secs(s).unwrap_or_default();
        assert_eq!(hours(at(36_072.9)), "10:01:12");
        assert_eq!(moment(at(62.55)), "01:02.5");
        assert_eq!(moment(at(3_662.5)), "1:01:02.5");
        assert_eq!(length(at(89.6)), "1:30");
        assert_eq!(bytes(12_345_678), "12.3 MB");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(count(4_350_000), "4,350,000");
        assert_eq!(place((-48.206, 16.371)), "48.21°\u{a0}S  16.37°\u{a0}E");
        assert_eq!(list_date("2026-03-07T18:30:00.125Z"), "2026-03-07 18:30");
        assert_eq!(seconds(124.2), "2 min 05 s");
    }
}
