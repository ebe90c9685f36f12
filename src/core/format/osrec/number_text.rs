//! Numbers as C++'s `std::format("{}")` writes them, digit for digit.

use std::fmt::{Display, LowerExp, Write as _};
use std::io::Write as _;

/// Appends the shortest text that reads back as the same number: fixed or scientific, whichever is
/// shorter, fixed if they are equal; scientific with a sign and at least two digits in its exponent,
/// large whole numbers with all their digits. For finite f64 and f32.
///
/// The rule is that of `std::to_chars` without a format (C++20, [charconv.to.chars]).
pub(super) fn push_number<T: LowerExp + Display + Copy>(value: T, out: &mut Vec<u8>) {
    let mut scratch = Scratch::default();
    // Writing to it fails only if a number had more than its 32 bytes.
    let _ = write!(scratch, "{value:e}");
    let text = scratch.bytes();
    let (sign, text) = match text.strip_prefix(b"-") {
        Some(rest) => (&b"-"[..], rest),
        None => (&b""[..], text),
    };
    let (mantissa, exponent) = split_exponent(text);
    let digits = mantissa.len() - usize::from(mantissa.len() > 1);
    let scientific = mantissa.len() + 2 + if exponent.unsigned_abs() < 100 { 2 } else { 3 };
    let whole_digits = exponent.max(0) as usize + 1;
    let fixed = match exponent {
        ..0 => exponent.unsigned_abs() as usize + 1 + digits,
        _ if digits <= whole_digits => whole_digits,
        _ => digits + 1,
    };
    if scientific < fixed {
        out.extend_from_slice(sign);
        out.extend_from_slice(mantissa);
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        // Writing to a Vec does not fail.
        let _ = write!(out, "e{exponent_sign}{:02}", exponent.unsigned_abs());
    } else if digits <= whole_digits && exponent >= 0 {
        let _ = write!(out, "{value:.0}");
    } else {
        out.extend_from_slice(sign);
        let digits = mantissa.iter().copied().filter(|b| *b != b'.');
        if exponent < 0 {
            out.extend_from_slice(b"0.");
            out.extend(std::iter::repeat_n(b'0', exponent.unsigned_abs() as usize - 1));
            out.extend(digits);
        } else {
            for (index, digit) in digits.enumerate() {
                if index == whole_digits {
                    out.push(b'.');
                }
                out.push(digit);
            }
        }
    }
}

/// The same as a text.
pub(super) fn number<T: LowerExp + Display + Copy>(value: T) -> String {
    let mut out = Vec::new();
    push_number(value, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn split_exponent(text: &[u8]) -> (&[u8], i32) {
    let at = text.iter().position(|b| *b == b'e').unwrap_or(text.len());
    let (mantissa, exponent) = text.split_at(at);
    let exponent = std::str::from_utf8(exponent).ok().and_then(|e| e.get(1..)?.parse().ok());
    (mantissa, exponent.unwrap_or(0))
}

/// A few bytes on the stack to write a number to.
#[derive(Default)]
struct Scratch {
    bytes: [u8; 32],
    len: usize,
}

impl Scratch {
    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl std::fmt::Write for Scratch {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.len + text.len();
        let place = self.bytes.get_mut(self.len..end).ok_or(std::fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
