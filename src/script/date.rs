//! Between moments of simulation time and what scripts write for them: numbers and dates.

use mlua::Value as LuaValue;
use skyreel_core::time::SimTime;

use crate::value::number;

/// Months as SPICE abbreviates them.
pub(crate) const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// TDB seconds past J2000, or a date (UTC).
pub(crate) fn moment(time: &LuaValue) -> Option<SimTime> {
    match time {
        LuaValue::String(text) => parse(&text.to_string_lossy()),
        other => SimTime::from_tdb_secs(number(other)?),
    }
}

/// A date as ISO 8601 or as SPICE writes it: `2026 MAR 07 18:30:00`.
pub(crate) fn parse(text: &str) -> Option<SimTime> {
    text.parse().ok().or_else(|| with_month_name(text)?.parse().ok())
}

/// `2026 MAR 07 18:30:00.5` as ISO 8601.
fn with_month_name(text: &str) -> Option<String> {
    let mut words = text.split([' ', '-', 'T']).filter(|word| !word.is_empty());
    let (year, month, day) = (words.next()?, words.next()?.to_uppercase(), words.next()?);
    let month = MONTHS.iter().position(|name| month.len() >= 3 && name.starts_with(&month))? + 1;
    let day: u8 = day.parse().ok()?;
    let time = words.next().unwrap_or("00:00:00").trim_end_matches('Z');
    let seconds = if time.matches(':').count() == 1 { ":00" } else { "" };
    words.next().is_none().then(|| format!("{year}-{month:02}-{day:02}T{time}{seconds}"))
}

/// As OpenSpace writes it, without the letter of the time zone.
pub(crate) fn iso(time: SimTime) -> String {
    time.to_utc_iso().trim_end_matches('Z').to_owned()
}

/// The same for commands: with as many digits as it takes to name the moment to the microsecond, which
/// is about as fine as seconds past J2000 are.
pub(crate) fn exact(time: SimTime) -> String {
    let text = iso(time);
    let is_off = |read: SimTime| (read.as_tdb_secs() - time.as_tdb_secs()).abs() > 1e-6;
    if !text.parse().is_ok_and(is_off) {
        return text;
    }
    let (y, mo, d, h, mi, s, ns) = time.epoch().to_gregorian_utc();
    format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}.{ns:09}")
}
