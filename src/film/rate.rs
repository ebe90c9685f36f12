//! Frame rates as exact fractions, and the frame numbers and times that follow from them.
//! No floating point lives here: a film of any length has no drift.

use std::fmt;
use std::str::FromStr;

const NS_PER_S: i128 = 1_000_000_000;

/// Largest numerator and denominator after reduction; keeps an MP4 time scale within 32 bits.
const LARGEST_TERM: u32 = 1_000_000;

/// Frames per second as the reduced fraction `num / den`, both within 1..=1,000,000.
///
/// Parsed from `60`, `30000/1001`, `23.976` or `0.2`. A decimal is taken at its word (`23.976` is 2997/125);
/// the NTSC rates are written as fractions (`24000/1001`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FrameRate {
    num: u32,
    den: u32,
}

/// Why a frame rate was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// The text is no number and no fraction.
    #[error("frame rate {found:?}: expected frames per second as 60, 30000/1001, 23.976 or 0.2")]
    Syntax {
        /// The text as given.
        found: String,
    },
    /// A number, but none a film can have.
    #[error(
        "frame rate {found:?}: expected 1/1000 to 1000 frames per second, with at most 1000000 above and below the bar"
    )]
    Range {
        /// The text as given.
        found: String,
    },
}

impl FrameRate {
    /// The rate `num / den` in frames per second, reduced.
    ///
    /// # Errors
    /// [`RateError::Range`] outside 1/1000..=1000 frames per second, or where a reduced term exceeds 1,000,000.
    pub fn new(num: u64, den: u64) -> Result<Self, RateError> {
        Self::reduced(num, den).ok_or_else(|| RateError::Range { found: format!("{num}/{den}") })
    }

    fn reduced(num: u64, den: u64) -> Option<Self> {
        let divisor = gcd(num, den);
        let term = |n: u64| {
            u32::try_from(n.checked_div(divisor)?).ok().filter(|t| (1..=LARGEST_TERM).contains(t))
        };
        let rate = Self { num: term(num)?, den: term(den)? };
        let (num, den) = (u64::from(rate.num), u64::from(rate.den));
        (num * 1000 >= den && num <= den * 1000).then_some(rate)
    }

    /// Numerator of the reduced fraction.
    pub fn num(self) -> u32 {
        self.num
    }

    /// Denominator of the reduced fraction.
    pub fn den(self) -> u32 {
        self.den
    }

    /// Frames per second, rounded to f64; for display and estimates only.
    pub fn hz(self) -> f64 {
        f64::from(self.num) / f64::from(self.den)
    }

    /// Nanoseconds from the first frame to frame `n`, to the nearest nanosecond; i64::MAX where it does not fit.
    pub fn frame_time(self, n: u64) -> i64 {
        let scaled = i128::from(n) * i128::from(self.den) * NS_PER_S;
        let num = i128::from(self.num);
        i64::try_from((scaled + num / 2) / num).unwrap_or(i64::MAX)
    }

    /// Number of frames that show a stretch of `duration_ns`, both ends included: floor(duration × rate) + 1,
    /// or 0 for a negative duration.
    pub fn frame_count(self, duration_ns: i64) -> u64 {
        if duration_ns < 0 {
            return 0;
        }
        let whole =
            i128::from(duration_ns) * i128::from(self.num) / (i128::from(self.den) * NS_PER_S);
        u64::try_from(whole + 1).unwrap_or(u64::MAX)
    }
}

impl FromStr for FrameRate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let trimmed = text.trim();
        let (num, den) = match trimmed.split_once('/') {
            Some((num, den)) => (digits(num.trim()), digits(den.trim())),
            None => match trimmed.split_once('.') {
                // Leading zeros of the fraction count, so the digits are joined before they are read.
                Some((whole, part)) if !part.is_empty() => (
                    digits(&format!("{}{part}", if whole.is_empty() { "0" } else { whole })),
                    u32::try_from(part.len()).ok().and_then(|places| 10_u64.checked_pow(places)),
                ),
                Some(_) => (None, None),
                None => (digits(trimmed), Some(1)),
            },
        };
        let (Some(num), Some(den)) = (num, den) else {
            return Err(RateError::Syntax { found: text.to_owned() });
        };
        Self::reduced(num, den).ok_or_else(|| RateError::Range { found: text.to_owned() })
    }
}

impl fmt::Display for FrameRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.den {
            1 => write!(f, "{}", self.num),
            den => write!(f, "{}/{den}", self.num),
        }
    }
}

/// A number of digits alone: no sign, no blank, at most what u64 holds.
fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
