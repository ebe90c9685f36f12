//! What `skyreel ctl` prints of instances, states and calls.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};
use skyreel_core::command::Row;
use skyreel_core::time::SimTime;

use super::{Client, ClientError, CtlError, Ending, Instance};

/// The running ones, one line each.
pub(super) fn instances(running: &[Instance], json: bool, out: &mut dyn Write) -> io::Result<()> {
    for one in running {
        let Instance { name, address, pid, version, started_unix_s, .. } = one;
        if json {
            let line = json!({
                "name": name, "address": address, "pid": pid, "version": version,
                "started_unix_s": started_unix_s,
            });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{name}  {address}  process {pid}  Skyreel {version}")?;
        }
    }
    Ok(())
}

/// How a state is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// In a few lines.
    Words,
    /// As JSON, but for what is large and does not change.
    Json,
    /// All of it as JSON.
    Whole,
}

impl How {
    pub(super) fn of(json: bool, all: bool) -> Self {
        match (json, all) {
            (false, _) => Self::Words,
            (true, false) => Self::Json,
            (true, true) => Self::Whole,
        }
    }
}

/// The state: as JSON, or what people want to know first.
pub(super) fn status(client: &Client, how: How, out: &mut dyn Write) -> io::Result<()> {
    let state = client.state();
    if how != How::Words {
        let mut state = state.clone();
        if how == How::Json {
            leave_out_bulk(&mut state);
        }
        return writeln!(out, "{}", Json::Object(state));
    }
    let hello = client.hello();
    writeln!(out, "{}: Skyreel {}", hello.name, hello.skyreel)?;
    for Line { name, text, .. } in summary(state, true).iter().filter(|line| !line.is_past) {
        writeln!(out, "{name:<8} {text}")?;
    }
    Ok(())
}

/// States as they come, until the instance ends.
pub(super) fn watch(
    client: &mut Client,
    how: How,
    out: &mut dyn Write,
) -> Result<Ending, CtlError> {
    let mut told: Option<Vec<Line>> = None;
    loop {
        let update = match client.update(None) {
            Ok(update) => update,
            // It was watched until its end, as was asked.
            Err(ClientError::Gone { .. }) => return Ok(Ending::Done),
            Err(error) => return Err(error.into()),
        };
        match how {
            How::Whole => writeln!(out, "{}", update.message)?,
            How::Json => writeln!(out, "{}", without_bulk(&update.message))?,
            How::Words => {
                let now = summary(client.state(), false);
                // What was over before anybody watched is no news.
                let is_new = |line: &&Line| match &told {
                    Some(told) => !told.contains(line),
                    None => !line.is_past,
                };
                for Line { name, text, .. } in now.iter().filter(is_new) {
                    writeln!(out, "{name:<8} {text}")?;
                }
                told = Some(now);
            }
        }
        out.flush()?;
    }
}

/// A message with a state, or with what has changed of one, without what is large and does not change.
fn without_bulk(message: &str) -> String {
    let Ok(Json::Object(mut parts)) = serde_json::from_str(message) else {
        return message.to_owned();
    };
    for part in ["state", "changes"] {
        if let Some(Json::Object(state)) = parts.get_mut(part) {
            leave_out_bulk(state);
        }
    }
    Json::Object(parts).to_string()
}

/// Takes the words that scripts can call and what is known of properties out of a state.
fn leave_out_bulk(state: &mut Map<String, Json>) {
    for (part, bulk) in [("console", "words"), ("scene", "properties")] {
        if let Some(Json::Object(part)) = state.get_mut(part) {
            part.remove(bulk);
        }
    }
}

/// How a call is made.
pub(super) fn usage(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n\nUsage: skyreel ctl {}", row.help, row.usage())?;
    if !row.params.is_empty() {
        writeln!(out, "\nArguments:")?;
    }
    for param in row.params {
        let optional = if param.is_optional { ", may be left out" } else { "" };
        writeln!(out, "  {:<14} {}{optional}: {}", param.name, param.kind, param.help)?;
    }
    writeln!(out, "\nExample:\n  skyreel ctl {}", row.example)
}

/// A line of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: &'static str,
    text: String,
    /// Whether it tells of something that is over.
    is_past: bool,
}

/// A few lines of a state, with what runs on by itself (clock, progress) or without.
fn summary(state: &Map<String, Json>, with_progress: bool) -> Vec<Line> {
    let part = |name: &str| state.get(name);
    let mut lines = Vec::new();
    let mut tell = |name, text, is_past| lines.push(Line { name, text, is_past });
    if let Some(mode) = part("mode") {
        tell("mode", mode_in_words(mode, with_progress), false);
    }
    if let Some(clock) = part("clock").filter(|_| with_progress).and_then(clock_in_words) {
        tell("clock", clock, false);
    }
    if let Some(navigation) = part("navigation") {
        let focus = text(navigation, "focus");
        let flight = navigation.get("flight").map(|flight| text(flight, "to"));
        let flight = flight.map_or(String::new(), |to| format!(", flying to {to}"));
        tell("focus", format!("{focus}{flight}"), false);
    }
    if let Some(scene) = part("scene").map(|scene| text(scene, "name")).filter(|s| !s.is_empty()) {
        tell("scene", scene.to_owned(), false);
    }
    if let Some(film) = part("film") {
        let count = |name| film.get(name).and_then(Json::as_u64).unwrap_or(0);
        let progress =
            if with_progress { format!("{} of ", count("frames")) } else { String::new() };
        let progress = format!("{progress}{} frames", count("of_frames"));
        let ended = film.get("ended").and_then(Json::as_str);
        let how = ended.map_or(progress, str::to_owned);
        tell("film", format!("{}: {how}", text(film, "path")), ended.is_some());
    }
    if let Some(edit) = part("edit") {
        let done = edit.get("done").and_then(Json::as_f64).unwrap_or(0.0) * 100.0;
        let done = if with_progress { format!("{done:.0} %") } else { "begun".to_owned() };
        let ended = edit.get("ended").and_then(Json::as_str);
        let how = ended.map_or(done, str::to_owned);
        tell("edit", format!("{}: {how}", text(edit, "what")), ended.is_some());
    }
    let running = part("console").and_then(|console| console.get("running")?.as_array());
    for script in running.into_iter().flatten() {
        let does = text(script, "does");
        let is_countdown = !with_progress && does.starts_with("waits ") && does.ends_with(" more");
        let does = if is_countdown { "waits" } else { does };
        tell("script", format!("{}: {does}", text(script, "name")), false);
    }
    let notices = part("notices").and_then(Json::as_object).into_iter().flatten();
    let number = |notice: &Json| notice.get("number").and_then(Json::as_u64);
    if let Some(last) = notices.map(|(_, notice)| notice).max_by_key(|notice| number(notice)) {
        tell("notice", text(last, "text").to_owned(), true);
    }
    lines
}

fn mode_in_words(mode: &Json, with_progress: bool) -> String {
    let progress = |text: String| if with_progress { text } else { String::new() };
    if let Some(recording) = mode.get("recording") {
        let paused = if is(recording, "paused") { ", paused" } else { "" };
        let frames = recording.get("frames").and_then(Json::as_u64).unwrap_or(0);
        let elapsed_s = seconds(recording, "elapsed");
        let progress = progress(format!(", {elapsed_s:.1} s, {frames} frames"));
        return format!("recording {}{progress}{paused}", text(recording, "name"));
    }
    if let Some(playing) = mode.get("playing") {
        let how = match (is(playing, "has_ended"), is(playing, "is_moving")) {
            (true, _) => "at its end",
            (false, true) => "playing",
            (false, false) => "paused",
        };
        let (at_s, duration_s) = (seconds(playing, "at"), seconds(playing, "duration"));
        let progress = progress(format!(", {at_s:.1} of {duration_s:.1} s"));
        return format!("playing {}{progress}, {how}", text(playing, "name"));
    }
    "idle".to_owned()
}

fn clock_in_words(clock: &Json) -> Option<String> {
    let date = SimTime::from_tdb_secs(clock.get("sim_time")?.as_f64()?)?;
    let rate = clock.get("rate")?.as_f64()?;
    let pace = if is(clock, "paused") { "stands still".to_owned() } else { format!("x {rate}") };
    Some(format!("{} UTC, {pace}", date.to_utc_iso()))
}

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json.get(name).and_then(Json::as_str).unwrap_or_default()
}

fn is(json: &Json, name: &str) -> bool {
    json.get(name).and_then(Json::as_bool).unwrap_or(false)
}

fn seconds(json: &Json, name: &str) -> f64 {
    json.get(name).and_then(Json::as_f64).unwrap_or(0.0) * 1e-9
}
