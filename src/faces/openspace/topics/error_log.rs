//! `errorLog`: what people are told, and what scripts print or fail with, from now on.

use serde_json::{Value as Json, json};
use skyreel_core::event::Said;
use skyreel_core::snapshot::{ConsoleLine, Notice, Weight};

use super::super::message::{Complaint, Payload, no_fit, text};
use super::{Goes, Now, Out, Topic};

/// OpenSpace's levels, the least first.
const LEVELS: [&str; 8] = ["All", "Trace", "Debug", "Info", "Warning", "Error", "Fatal", "None"];

pub(super) struct ErrorLog {
    /// The index of the least level that is told.
    least: usize,
    tells_category: bool,
    tells_level: bool,
    last_notice: u64,
    last_line: u64,
}

impl Default for ErrorLog {
    fn default() -> Self {
        Self { least: 0, tells_category: true, tells_level: true, last_notice: 0, last_line: 0 }
    }
}

impl Topic for ErrorLog {
    fn hear(&mut self, payload: &Payload, now: &Now, _: &mut Out) -> Result<Goes, Complaint> {
        match text(payload, "event")? {
            "start_subscription" => {
                let settings = payload.get("settings");
                let stamp = |name: &str| settings.and_then(|all| all.get(name)?.as_bool());
                self.least = level(settings.and_then(|all| all.get("logLevel")))?;
                self.tells_category = stamp("categoryStamping").unwrap_or(true);
                self.tells_level = stamp("logLevelStamping").unwrap_or(true);
                self.last_notice = now.snapshot.notices.last().map_or(0, |last| last.number);
                self.last_line = now.snapshot.console.lines.last().map_or(0, |last| last.number);
                Ok(Goes::On)
            }
            "update_log_level" => {
                self.least = level(payload.get("logLevel"))?;
                Ok(Goes::On)
            }
            "stop_subscription" => Ok(Goes::Over),
            _ => {
                let expected = "start_subscription, stop_subscription or update_log_level";
                Err(no_fit("event", expected, payload.get("event")))
            }
        }
    }

    fn look(&mut self, now: &Now, out: &mut Out) {
        let notices = now.snapshot.notices.iter().filter(|one| one.number > self.last_notice);
        out.told.extend(notices.filter_map(|one| self.told("Skyreel", of_notice(one), &one.text)));
        let lines = now.snapshot.console.lines.iter().filter(|one| one.number > self.last_line);
        let said = |one: &ConsoleLine| self.told("Console", of_line(one)?, &one.text);
        out.told.extend(lines.filter_map(said));
        self.last_notice = now.snapshot.notices.last().map_or(self.last_notice, |n| n.number);
        self.last_line = now.snapshot.console.lines.last().map_or(self.last_line, |l| l.number);
    }
}

fn level(given: Option<&Json>) -> Result<usize, Complaint> {
    let Some(given) = given else { return Ok(0) };
    let found = LEVELS.iter().position(|level| given == level);
    found.ok_or_else(|| no_fit("logLevel", &LEVELS.join(", "), Some(given)))
}

fn of_notice(notice: &Notice) -> &'static str {
    match notice.weight {
        Weight::Detail => "Debug",
        Weight::Info => "Info",
        Weight::Warning => "Warning",
        Weight::Error => "Error",
    }
}

/// What was typed is no news.
fn of_line(line: &ConsoleLine) -> Option<&'static str> {
    match line.said {
        Said::Typed => None,
        Said::Printed | Said::Returned => Some("Info"),
        Said::Refused => Some("Error"),
    }
}

impl ErrorLog {
    fn told(&self, category: &str, level: &'static str, text: &str) -> Option<Json> {
        let place = LEVELS.iter().position(|known| *known == level)?;
        if place < self.least {
            return None;
        }
        let mut told = json!({ "message": text });
        if self.tells_category {
            told["category"] = json!(category);
        }
        if self.tells_level {
            told["level"] = json!(level);
        }
        Some(told)
    }
}
