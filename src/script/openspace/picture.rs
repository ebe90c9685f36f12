//! SPICE's time pictures: how a date is to look, in words that stand for its parts. Pure. The words
//! are those of the SPICE Required Reading on time (`timout`), as far as they speak of UTC.

use skyreel_core::time::SimTime;

use crate::date::MONTHS;

const DAYS: [&str; 7] =
    ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

/// Most digits of a second's fraction: simulation time has no more.
const MOST_DIGITS: usize = 9;

/// A picture that cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{token}' of the picture '{picture}' is not supported; these are: YYYY YR MON MONTH MM DD DOY HR \
     AMPM AP MN SC with .### WKD WEEKDAY ::UTC ::RND ::TRNC"
)]
pub struct PictureError {
    /// The part.
    pub token: String,
    /// All of it.
    pub picture: String,
}

/// What a word stands for.
#[derive(Clone, Copy)]
enum Part {
    Year,
    ShortYear,
    MonthName,
    Month,
    ShortMonthName,
    Day,
    DayOfYear,
    WeekdayName,
    ShortWeekdayName,
    Hour,
    HalfDayHour,
    HalfDay,
    Minute,
    Second,
    /// How the date is to be made, which is not drawn.
    Said,
    Unsupported,
}

/// Words, longer ones before those that they begin with.
const WORDS: [(&str, Part); 24] = [
    ("JULIAND", Part::Unsupported),
    ("SP1950", Part::Unsupported),
    ("SP2000", Part::Unsupported),
    ("WEEKDAY", Part::WeekdayName),
    ("::TRNC", Part::Said),
    ("::UTC", Part::Said),
    ("::RND", Part::Said),
    ("MONTH", Part::MonthName),
    ("AMPM", Part::HalfDay),
    ("YYYY", Part::Year),
    ("WKD", Part::ShortWeekdayName),
    ("MON", Part::ShortMonthName),
    ("DOY", Part::DayOfYear),
    ("ERA", Part::Unsupported),
    ("SEC", Part::Unsupported),
    ("YR", Part::ShortYear),
    ("MM", Part::Month),
    ("DD", Part::Day),
    ("HR", Part::Hour),
    ("AP", Part::HalfDayHour),
    ("MN", Part::Minute),
    ("SC", Part::Second),
    ("::", Part::Unsupported),
    (".#", Part::Unsupported),
];

/// A date as a picture says, UTC.
///
/// # Errors
/// Where a word of it is none of those that can be drawn.
pub fn picture(time: SimTime, picture: &str) -> Result<String, PictureError> {
    let rounds = picture.to_uppercase().contains("::RND");
    let digits = picture.split_once(".#").map_or(0, |(_, rest)| 1 + hashes(rest));
    let digits = digits.min(MOST_DIGITS);
    let half_s = if rounds { 0.5 * 10_f64.powi(-(digits as i32)) } else { 0.0 };
    // Seconds past J2000 are no finer than this: a midnight a little before itself is that midnight.
    let date = Date::of(time, half_s.max(0.5e-6));
    let mut drawn = String::new();
    let mut rest = picture;
    while let Some(first) = rest.chars().next() {
        let Some((word, mut part)) = word_at(rest) else {
            drawn.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let written = &rest[..word.len()];
        rest = &rest[word.len()..];
        // Another zone of time: `::UTC-7`.
        if matches!(part, Part::Said) && rest.starts_with(['+', '-']) {
            part = Part::Unsupported;
        }
        if let Part::Unsupported = part {
            let more = rest.find(|c: char| !c.is_alphanumeric() && !"+-".contains(c));
            let token = format!("{written}{}", &rest[..more.unwrap_or(rest.len())]);
            return Err(PictureError { token, picture: picture.to_owned() });
        }
        drawn += &in_the_case_of(written, &date.part(part, picture));
        if let (Part::Second, Some(fraction)) = (part, rest.strip_prefix('.')) {
            let asked = hashes(fraction);
            if asked > 0 {
                let fraction_ns = format!("{:09}", date.nanosecond);
                drawn += &format!(".{:0<asked$}", &fraction_ns[..asked.min(MOST_DIGITS)]);
                rest = &fraction[asked..];
            }
        }
    }
    // What is only said at the end leaves its space behind.
    Ok(drawn.trim_end().to_owned())
}

fn hashes(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

/// A word counts in capitals, in small letters, or with a capital first.
fn word_at(text: &str) -> Option<(&'static str, Part)> {
    WORDS.into_iter().find(|(word, _)| {
        let Some(start) = text.get(..word.len()) else { return false };
        start == *word
            || word.starts_with("::") && start.eq_ignore_ascii_case(word)
            || matches!(*word, "MONTH" | "MON" | "WEEKDAY" | "WKD" | "AMPM")
                && (start == word.to_lowercase() || start == capitalised(word))
    })
}

fn in_the_case_of(word: &str, text: &str) -> String {
    match word {
        _ if word.chars().all(|c| !c.is_lowercase()) => text.to_owned(),
        _ if word.starts_with(char::is_uppercase) => capitalised(text),
        _ => text.to_lowercase(),
    }
}

fn capitalised(text: &str) -> String {
    let (first, rest) = text.split_at(text.len().min(1));
    format!("{}{}", first.to_uppercase(), rest.to_lowercase())
}

/// A date of the calendar, UTC.
struct Date {
    year: i32,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    day_of_year: u32,
    /// From Monday.
    weekday: usize,
}

impl Date {
    fn of(time: SimTime, later_s: f64) -> Self {
        let time = SimTime::from_tdb_secs(time.as_tdb_secs() + later_s).unwrap_or(time);
        let (year, month, day, hour, minute, second, nanosecond) = time.epoch().to_gregorian_utc();
        let nanosecond = nanosecond / 1000 * 1000;
        let months = (1..month).map(|month| days_in(year, month)).sum::<u32>();
        let days = days_since_1970(year, month, day);
        // 1970 began on a Thursday.
        let weekday = (days + 3).rem_euclid(7) as usize;
        let day_of_year = months + u32::from(day);
        Self { year, month, day, hour, minute, second, nanosecond, day_of_year, weekday }
    }

    fn part(&self, part: Part, picture: &str) -> String {
        let month_name = MONTHS[usize::from(self.month.clamp(1, 12)) - 1];
        let halves = ["AMPM", "Ampm", "ampm"].iter().any(|word| picture.contains(word));
        match part {
            Part::Year => format!("{:04}", self.year),
            Part::ShortYear => format!("{:02}", self.year.rem_euclid(100)),
            Part::MonthName => month_name.to_owned(),
            Part::ShortMonthName => month_name[..3].to_owned(),
            Part::Month => format!("{:02}", self.month),
            Part::Day => format!("{:02}", self.day),
            Part::DayOfYear => format!("{:03}", self.day_of_year),
            Part::WeekdayName => DAYS[self.weekday].to_owned(),
            Part::ShortWeekdayName => DAYS[self.weekday][..3].to_owned(),
            Part::Hour if halves => self.half_day_hour(),
            Part::Hour => format!("{:02}", self.hour),
            Part::HalfDayHour => self.half_day_hour(),
            Part::HalfDay if self.hour < 12 => "A.M.".to_owned(),
            Part::HalfDay => "P.M.".to_owned(),
            Part::Minute => format!("{:02}", self.minute),
            Part::Second => format!("{:02}", self.second),
            Part::Said | Part::Unsupported => String::new(),
        }
    }

    fn half_day_hour(&self) -> String {
        format!("{:02}", (self.hour + 11) % 12 + 1)
    }
}

fn days_in(year: i32, month: u8) -> u32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_1970(year: i32, month: u8, day: u8) -> i64 {
    let before = i64::from(year) - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months: i64 = (1..month).map(|month| i64::from(days_in(year, month))).sum();
    // 719 162 days from the year 1 to 1970.
    before * 365 + leap_days + months + i64::from(day) - 1 - 719_162
}
