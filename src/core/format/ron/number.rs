//! Numbers and texts as this format spells them: every one reads back to the same bits.

use crate::time::SessionTime;
use crate::value::Value;

const NS_PER_S: i128 = 1_000_000_000;

/// Below this many seconds two neighbouring f64 are less than a nanosecond apart, so that a plain
/// number names every nanosecond.
const EXACT_AS_NUMBER_S: u64 = 1 << 23;

/// Reads `"h:m:s"`, `"m:s"` or `"s"` with up to nine decimals, to the nanosecond.
pub(super) fn parse_time(text: &str) -> Option<SessionTime> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let only_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if fraction.len() > 9 || !only_digits(fraction) {
        return None;
    }
    let parts: Vec<&str> = whole.split(':').collect();
    if parts.len() > 3 {
        return None;
    }
    let mut seconds: i128 = 0;
    for part in parts {
        if !only_digits(part) {
            return None;
        }
        seconds = seconds.checked_mul(60)?.checked_add(i128::from(part.parse::<u64>().ok()?))?;
    }
    let fraction_ns: i128 = format!("{fraction:0<9}").parse().ok()?;
    let ns = sign * seconds.checked_mul(NS_PER_S)?.checked_add(fraction_ns)?;
    i64::try_from(ns).ok().map(SessionTime::from_nanos)
}

/// A time in seconds: a number, or a text where a number could not name the nanosecond.
pub(super) fn time(time: SessionTime) -> String {
    let is_exact = time.as_nanos().unsigned_abs() < EXACT_AS_NUMBER_S * 1_000_000_000;
    if is_exact { time.to_string() } else { format!("\"{time}\"") }
}

/// The shortest decimal that reads back to the same bits.
pub(super) fn float(number: f64) -> String {
    // `{:?}` is that, with an exponent where it is shorter; only these are spelt otherwise in RON.
    if number.is_finite() { format!("{number:?}") } else { special(number.is_nan(), number > 0.0) }
}

/// Likewise in single precision.
pub(super) fn float32(number: f32) -> String {
    if number.is_finite() { format!("{number:?}") } else { special(number.is_nan(), number > 0.0) }
}

fn special(is_nan: bool, is_positive: bool) -> String {
    if is_nan {
        "NaN"
    } else if is_positive {
        "inf"
    } else {
        "-inf"
    }
    .to_owned()
}

/// Numbers between brackets.
pub(super) fn floats(open: char, numbers: &[f64], close: char) -> String {
    let numbers: Vec<String> = numbers.iter().copied().map(float).collect();
    format!("{open}{}{close}", numbers.join(", "))
}

/// What a property holds.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Bool(on) => on.to_string(),
        Value::Number(number) => float(*number),
        Value::Text(t) => text(t),
        Value::Numbers(numbers) => floats('[', numbers, ']'),
    }
}

/// A text: raw where that reads better and changes nothing.
pub(super) fn text(text: &str) -> String {
    let is_tidy = text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control());
    if is_tidy && text.contains(['"', '\\', '\n']) {
        let hashes = "#".repeat(longest_run_of_hashes(text) + 1);
        return format!("r{hashes}\"{text}\"{hashes}");
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn longest_run_of_hashes(text: &str) -> usize {
    text.split(|c| c != '#').map(str::len).max().unwrap_or(0)
}
