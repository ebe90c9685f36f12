//! Rules of the library, pure: what files may be called, how recordings in a folder are named from
//! outside, and which of them are old enough to go. Moving them is somebody else's.

use std::fmt;
use std::str::FromStr;

use hifitime::{Epoch, Unit};
use serde::{Deserialize, Serialize};

/// How many days before it goes to the trash somebody is told of it.
pub const DAYS_AHEAD: u32 = 7;

const DAY_S: i64 = 86_400;

/// The longest name that a file is given, bytes, without what is added to it.
const MOST_NAME_BYTES: usize = 200;

/// A moment of the calendar: whole seconds, UTC, since 1970 without leap seconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct WallTime(pub i64);

impl WallTime {
    /// Some days later.
    #[must_use]
    pub const fn after_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(days as i64 * DAY_S))
    }

    /// Whole days from `self` to `later`, begun ones counted; 0 where that is not later.
    pub const fn days_until(self, later: Self) -> u32 {
        let seconds = later.0.saturating_sub(self.0);
        if seconds <= 0 {
            return 0;
        }
        let days = (seconds - 1) / DAY_S + 1;
        if days > u32::MAX as i64 { u32::MAX } else { days as u32 }
    }
}

impl fmt::Display for WallTime {
    /// ISO 8601: `2026-03-07T18:30:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The years that have four digits.
        let seconds = self.0.clamp(-62_135_596_800, 253_402_300_799);
        let (y, mo, d, h, mi, s, _) =
            Epoch::from_unix_duration(seconds * Unit::Second).to_gregorian_utc();
        write!(f, "{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}Z")
    }
}

/// A text that names no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a date; expected ISO 8601 such as 2026-03-07T18:30:00Z")]
pub struct NoDate(pub String);

impl FromStr for WallTime {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let epoch = Epoch::from_str(text.trim()).map_err(|_| NoDate(text.to_owned()))?;
        Ok(Self(epoch.to_unix_seconds().round() as i64))
    }
}

/// What becomes of a recording that nobody keeps on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It goes in a few days, no more than [`DAYS_AHEAD`].
    GoesIn {
        /// How many, begun ones counted.
        days: u32,
    },
    /// It goes.
    Goes,
}

/// What becomes of something of that date which is kept for `keep_days`; 0: for ever.
pub fn fate(date: WallTime, keep_days: u32, now: WallTime) -> Fate {
    let end = date.after_days(keep_days);
    match now.days_until(end) {
        _ if keep_days == 0 => Fate::Stays,
        0 if now > end => Fate::Goes,
        days if days <= DAYS_AHEAD => Fate::GoesIn { days },
        _ => Fate::Stays,
    }
}

/// A file's name, without its ending, for what somebody typed: such that every system takes it, it
/// stays in its folder and is seen there.
pub fn file_name(typed: &str) -> String {
    let safe: String = typed.chars().map(|c| if is_unsafe(c) { '_' } else { c }).collect();
    let safe = safe.trim_start_matches(['.', ' ']);
    let mut end = safe.len().min(MOST_NAME_BYTES);
    while !safe.is_char_boundary(end) {
        end -= 1;
    }
    // Some systems drop these, and another name would be meant.
    let safe = safe[..end].trim_end_matches(['.', ' ']);
    if safe.is_empty() { "recording".to_owned() } else { safe.to_owned() }
}

/// What would lead a name out of its folder, or be refused by some system.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// `name`, then `name (2)`, `name (3)`, …
pub fn numbered(name: &str, number: u32) -> String {
    if number <= 1 { name.to_owned() } else { format!("{name} ({number})") }
}

/// Whether this can be a recording's id: its path in its folder with `/` between the parts, none of
/// them hidden, empty, or leading elsewhere.
pub fn is_id(id: &str) -> bool {
    let leads_away = |c: char| c == '\0' || cfg!(windows) && matches!(c, '\\' | ':');
    let is_part =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(leads_away);
    id.len() <= 4096 && id.split('/').all(is_part)
}
