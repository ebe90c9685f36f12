//! `skyreel list`: the recordings in a folder.

use std::io::{Write, stdout};
use std::path::Path;

use anyhow::Context;
use serde::Serialize;
use skyreel_faces::cli::{List, SettingsArgs};
use skyreel_store::{Condition, Listed};

use super::{Ending, play};

#[derive(Serialize)]
struct Line {
    file: String,
    title: String,
    created_utc: String,
    duration_s: Option<f64>,
    bytes: u64,
    condition: String,
}

/// Does it.
///
/// # Errors
/// Where the folder cannot be read.
pub fn run(task: &List) -> anyhow::Result<Ending> {
    let folder = match &task.folder {
        Some(folder) => folder.clone(),
        None => play::folder(&play::settings(&SettingsArgs::default())?.0)?,
    };
    if task.folder.is_none() && !folder.exists() {
        eprintln!("{}: no recordings yet", folder.display());
        return Ok(Ending::Done);
    }
    let listed = skyreel_store::list(&folder)
        .with_context(|| format!("cannot list {}", folder.display()))?;
    let mut out = stdout().lock();
    for line in listed.into_iter().map(|listed| Line::of(listed, &folder)) {
        if task.json {
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        } else {
            line.print(&mut out)?;
        }
    }
    Ok(Ending::Done)
}

impl Line {
    fn of(listed: Listed, folder: &Path) -> Self {
        Self {
            file: folder.join(&listed.id).display().to_string(),
            title: listed.title,
            created_utc: listed.created_utc,
            duration_s: listed.duration.map(|duration| duration.as_secs()),
            bytes: listed.bytes,
            condition: match listed.condition {
                Condition::Whole => "whole".to_owned(),
                Condition::Recovered => "recovered".to_owned(),
                Condition::BeingRecorded => "being recorded".to_owned(),
                Condition::Stopped(reason) => format!("stopped: {reason}"),
                Condition::Damaged(reason) => format!("damaged: {reason}"),
            },
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let Self { file, title, created_utc, duration_s, bytes, condition } = self;
        let duration = duration_s.map_or("?".to_owned(), |s| format!("{s:.1} s"));
        let created = if created_utc.is_empty() { "-" } else { created_utc.as_str() };
        let size = format!("{:.1} kB", *bytes as f64 / 1e3);
        writeln!(out, "{created:20}  {duration:>10}  {size:>11}  {title}  ({file}, {condition})")
    }
}
