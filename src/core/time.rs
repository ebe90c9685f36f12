//! The two clocks of a recording, as types that cannot be mixed up: time since the recording's
//! start, and time in the simulated universe. Conversion to calendars happens here and nowhere else.

use std::fmt;
use std::str::FromStr;

use hifitime::{Epoch, TimeScale, Unit};
use serde::{Deserialize, Serialize};

/// Time since the start of a recording, in whole nanoseconds. May be negative.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SessionTime(i64);

/// A length of session time, in whole nanoseconds.
pub type SessionSpan = SessionTime;

impl SessionTime {
    /// The start of a recording.
    pub const ZERO: Self = Self(0);
    /// The earliest moment that can be named.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest moment that can be named.
    pub const MAX: Self = Self(i64::MAX);

    /// From whole nanoseconds.
    pub const fn from_nanos(ns: i64) -> Self {
        Self(ns)
    }

    /// From seconds, rounded to the nearest nanosecond. `None` where the number is not finite or
    /// lies beyond ±292 years.
    #[inline(always)]
    pub fn from_secs(seconds: f64) -> Option<Self> {
        // What is cut to a whole second within ±9.2e9.
        if !(seconds > -9.2e9 - 1.0 && seconds < 9.2e9) {
            return None;
        }
        // Splitting keeps the fraction's own bits: `seconds * 1e9` alone would round twice. Casts cut
        // and are exact here, where `trunc` and `round` are calls on machines without SSE 4.1.
        let whole = seconds as i64;
        let fraction_ns = (seconds - whole as f64) * 1e9;
        let cut_ns = fraction_ns as i64;
        let rest_ns = fraction_ns - cut_ns as f64;
        let rounded_ns = cut_ns + i64::from(rest_ns >= 0.5) - i64::from(rest_ns <= -0.5);
        Some(Self(whole * 1_000_000_000 + rounded_ns))
    }

    /// Whole nanoseconds since the start.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Seconds since the start: the f64 nearest to the stamp.
    pub fn as_secs(self) -> f64 {
        // One correctly rounded division; adding a rounded fraction to whole seconds would round twice.
        if self.0.unsigned_abs() < 1 << 53 {
            self.0 as f64 / 1e9
        } else {
            (self.0 / 1_000_000_000) as f64 + (self.0 % 1_000_000_000) as f64 / 1e9
        }
    }

    /// The sum, held at the ends of what can be named.
    pub const fn saturating_add(self, span: SessionSpan) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The difference, held at the ends of what can be named.
    pub const fn saturating_sub(self, span: SessionSpan) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// How far `self` lies between two moments: 0 at `from`, 1 at `to`, not clamped;
    /// 1 where the two are equal, so that equal stamps never divide.
    pub fn fraction_between(self, from: Self, to: Self) -> f64 {
        if from == to {
            return 1.0;
        }
        // Nearly always in range, and several times as fast as 128 bits.
        if let (Some(way), Some(span)) = (self.0.checked_sub(from.0), to.0.checked_sub(from.0)) {
            return way as f64 / span as f64;
        }
        let wide = |t: Self| i128::from(t.0);
        (wide(self) - wide(from)) as f64 / (wide(to) - wide(from)) as f64
    }
}

impl fmt::Display for SessionTime {
    /// Seconds, with as many digits as it takes to name the nanosecond: `12.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ns = self.0.unsigned_abs();
        let (whole, fraction) = (ns / 1_000_000_000, ns % 1_000_000_000);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:09}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// A moment in the simulated universe: TDB seconds past J2000 (2000-01-01 12:00 TDB). Always finite.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct SimTime(f64);

impl TryFrom<f64> for SimTime {
    type Error = &'static str;

    fn try_from(seconds: f64) -> Result<Self, Self::Error> {
        Self::from_tdb_secs(seconds).ok_or("simulation time is a finite number")
    }
}

impl From<SimTime> for f64 {
    fn from(time: SimTime) -> Self {
        time.0
    }
}

impl SimTime {
    /// 2000-01-01 12:00 TDB.
    pub const J2000: Self = Self(0.0);

    /// From TDB seconds past J2000. `None` where the number is not finite.
    pub fn from_tdb_secs(seconds: f64) -> Option<Self> {
        seconds.is_finite().then_some(Self(seconds))
    }

    /// From the time since 1970 began, UTC, without leap seconds, as systems count it.
    pub fn from_unix(since: std::time::Duration) -> Option<Self> {
        Self::from_tdb_secs(Epoch::from_unix_duration(since.into()).to_et_seconds())
    }

    /// TDB seconds past J2000.
    pub const fn as_tdb_secs(self) -> f64 {
        self.0
    }

    /// Linear in between (`weight` 0: `self`, 1: `other`).
    pub fn lerp(self, other: Self, weight: f64) -> Self {
        Self(lerp(self.0, other.0, weight))
    }

    /// UTC as ISO 8601 with milliseconds: `2026-03-07T18:30:00.125Z`. Beyond the years hifitime
    /// can name (about ±32,000) the nearest it can.
    pub fn to_utc_iso(self) -> String {
        // Rounding first: 59.9996 s must not print as 60.000.
        let epoch = self.epoch().to_time_scale(TimeScale::UTC).round(1.0 * Unit::Millisecond);
        let (y, mo, d, h, mi, s, ns) = epoch.to_gregorian(TimeScale::UTC);
        format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}.{:03}Z", ns / 1_000_000)
    }

    /// UTC as ISO 8601 with as many digits as lead back to the same bits; `None` beyond the dates that
    /// texts can name.
    pub fn to_utc_iso_exact(self) -> Option<String> {
        let leads_back = |text: &String| {
            text.parse().is_ok_and(|time: Self| time.0.to_bits() == self.0.to_bits())
        };
        let start = self.epoch().to_time_scale(TimeScale::UTC);
        // Conversions lose up to a step of the number: then one beside it is what leads back.
        let step = (self.0.abs().next_up() - self.0.abs()).max(4e-9);
        let near = (0..=8).flat_map(|n| [1.0, -1.0].map(|sign| sign * f64::from(n) * step / 4.0));
        near.into_iter().find_map(|off_s| {
            let epoch = start + off_s * Unit::Second;
            (0..=9).map(|decimals| iso(epoch, decimals)).find(leads_back)
        })
    }

    /// The same moment for hifitime's calendar arithmetic.
    pub fn epoch(self) -> Epoch {
        // SPICE's ET, which OpenSpace's seconds are, is what hifitime calls ET.
        Epoch::from_et_seconds(self.0.clamp(-9.0e11, 9.0e11))
    }
}

/// UTC as ISO 8601 with so many decimals of a second.
fn iso(epoch: Epoch, decimals: u32) -> String {
    let tick_ns = 10_i64.pow(9 - decimals.min(9));
    // Rounding first: 59.9996 s must not print as 60.000.
    let epoch = epoch.round(tick_ns * Unit::Nanosecond);
    let (y, mo, d, h, mi, s, ns) = epoch.to_gregorian(TimeScale::UTC);
    let digits = format!("{ns:09}");
    let digits = &digits[..decimals.min(9) as usize];
    let point = if digits.is_empty() { "" } else { "." };
    format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}{point}{digits}")
}

impl SimTime {
    /// So much later, or earlier where the interval is negative: months and years by the calendar (UTC),
    /// of which the last day of a shorter month is as far as it goes. `None` beyond all dates.
    pub fn after(self, interval: Interval) -> Option<Self> {
        let Interval { count, unit } = interval;
        let months = match unit {
            IntervalUnit::Seconds(seconds) => return Self::from_tdb_secs(self.0 + count * seconds),
            IntervalUnit::Months(months) => (count * months).round(),
        };
        if months.abs() > 400_000.0 {
            return None;
        }
        let utc = self.epoch().to_time_scale(TimeScale::UTC);
        let (year, month, day, h, m, s, ns) = utc.to_gregorian(TimeScale::UTC);
        let month = i64::from(year) * 12 + i64::from(month) - 1 + months as i64;
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        let month = month.rem_euclid(12) as u8 + 1;
        let epoch = (28..=day.max(28)).rev().find_map(|last| {
            let day = day.min(last);
            Epoch::maybe_from_gregorian(year, month, day, h, m, s, ns, TimeScale::UTC).ok()
        })?;
        Self::from_tdb_secs(epoch.to_et_seconds())
    }
}

/// A length of simulation time as people say it: `-3h`, `1M`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    count: f64,
    unit: IntervalUnit,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum IntervalUnit {
    Seconds(f64),
    Months(f64),
}

/// A length of time that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{found}' is not an interval; expected a number and s, m, h, d, M (months) or y, as in -3h"
)]
pub struct IntervalError {
    /// The text as it was given.
    pub found: String,
}

impl FromStr for Interval {
    type Err = IntervalError;

    /// OpenSpace's form (`openspace.time.advancedTime`): a number and `s`, `m`, `h`, `d`, `M` or `y`;
    /// without a letter seconds.
    fn from_str(text: &str) -> Result<Self, IntervalError> {
        let error = || IntervalError { found: text.to_owned() };
        let trimmed = text.trim();
        let number = trimmed.trim_end_matches(|c: char| c.is_alphabetic());
        let unit = match trimmed[number.len()..].trim() {
            "" | "s" => IntervalUnit::Seconds(1.0),
            "m" => IntervalUnit::Seconds(60.0),
            "h" => IntervalUnit::Seconds(3_600.0),
            "d" => IntervalUnit::Seconds(86_400.0),
            "M" => IntervalUnit::Months(1.0),
            "y" => IntervalUnit::Months(12.0),
            _ => return Err(error()),
        };
        let count: f64 = number.trim().parse().map_err(|_| error())?;
        if !count.is_finite() {
            return Err(error());
        }
        Ok(Self { count, unit })
    }
}

/// A date that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is not a date; expected ISO 8601 such as 2026-03-07T18:30:00 (UTC)")]
pub struct DateError {
    /// The text as it was given.
    pub found: String,
}

impl FromStr for SimTime {
    type Err = DateError;

    /// ISO 8601, UTC unless the text names a time scale hifitime knows (`… TDB`).
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError { found: text.to_owned() };
        let trimmed = text.trim();
        let epoch = Epoch::from_str(trimmed).map_err(|_| error())?;
        Self::from_tdb_secs(epoch.to_et_seconds()).ok_or_else(error)
    }
}

/// `a` at weight 0, `b` at weight 1, exactly, and what both are where they are the same, so that what
/// stands still does not tremble. Finite for finite ends and weights of −1 to 2, as easings give them.
pub(crate) fn lerp(a: f64, b: f64, weight: f64) -> f64 {
    if a == b {
        return a;
    }
    (a * (1.0 - weight) + b * weight).clamp(f64::MIN, f64::MAX)
}
