//! Numbers as C++'s `std::format("{}")` writes them, digit for digit.

use std::fmt::Display;
use std::io::Write as _;

/// Appends the shortest text that reads back as the same number: fixed or scientific, whichever is
/// shorter, fixed if they are equal; scientific with a sign and at least two digits in its exponent,
/// large whole numbers with all their digits. For finite f64 and f32.
///
/// The rule is that of `std::to_chars` without a format (C++20, [charconv.to.chars]).
pub(super) fn push_number<T: ryu::Float + Display>(value: T, out: &mut Vec<u8>) {
    let mut buffer = ryu::Buffer::new();
    let text = buffer.format_finite(value).as_bytes();
    let (sign, text) = text.split_at(usize::from(text.first() == Some(&b'-')));
    let shortest = Digits::of(text);
    let (digits, exponent) = (shortest.digits(), shortest.exponent);
    out.extend_from_slice(sign);
    let [first, fraction @ ..] = digits else {
        out.push(b'0');
        return;
    };
    let count = digits.len();
    let whole_digits = exponent.max(0).unsigned_abs() as usize + 1;
    let zeros = exponent.min(0).unsigned_abs() as usize;
    let fixed = match exponent {
        ..0 => 1 + zeros + count,
        _ if count <= whole_digits => whole_digits,
        _ => count + 1,
    };
    let exponent_digits = if exponent.unsigned_abs() < 100 { 2 } else { 3 };
    let scientific = count + usize::from(count > 1) + 2 + exponent_digits;
    if scientific < fixed {
        out.push(*first);
        if !fraction.is_empty() {
            out.push(b'.');
            out.extend_from_slice(fraction);
        }
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        // Writing to a Vec does not fail.
        let _ = write!(out, "e{exponent_sign}{:02}", exponent.unsigned_abs());
    } else if exponent < 0 {
        out.extend_from_slice(b"0.");
        out.extend(std::iter::repeat_n(b'0', zeros - 1));
        out.extend_from_slice(digits);
    } else if count > whole_digits {
        let (whole, fraction) = digits.split_at(whole_digits);
        out.extend_from_slice(whole);
        out.push(b'.');
        out.extend_from_slice(fraction);
    } else if count == whole_digits {
        out.extend_from_slice(digits);
    } else {
        // The shortest digits padded with zeros would be another number's.
        out.truncate(out.len() - sign.len());
        let _ = write!(out, "{value:.0}");
    }
}

/// The same as a text.
pub(super) fn number<T: ryu::Float + Display>(value: T) -> String {
    let mut out = Vec::new();
    push_number(value, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The digits of a positive number, without zeros at either end, and the exponent of the first.
struct Digits {
    bytes: [u8; 20],
    len: usize,
    exponent: i32,
}

impl Digits {
    /// From any decimal notation with at most 17 digits between its outer zeros.
    fn of(text: &[u8]) -> Self {
        let e_at = text.iter().position(|b| *b == b'e').unwrap_or(text.len());
        let (mantissa, exponent) = text.split_at(e_at);
        let exponent = exponent.get(1..).and_then(|e| std::str::from_utf8(e).ok()?.parse().ok());
        let mut digits = Self { bytes: [0; 20], len: 0, exponent: exponent.unwrap_or(0) - 1 };
        let mut before_point = true;
        for byte in mantissa {
            if *byte == b'.' {
                before_point = false;
                continue;
            }
            let leading_zero = *byte == b'0' && digits.len == 0;
            match (before_point, leading_zero) {
                (true, false) => digits.exponent += 1,
                (false, true) => digits.exponent -= 1,
                (true, true) | (false, false) => {}
            }
            if !leading_zero && let Some(place) = digits.bytes.get_mut(digits.len) {
                *place = *byte;
                digits.len += 1;
            }
        }
        while digits.digits().last() == Some(&b'0') {
            digits.len -= 1;
        }
        digits
    }

    fn digits(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}
