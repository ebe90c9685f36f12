//! `skyreel info`: what is in a recording.

use std::io::{Write, stdout};

use serde::Serialize;
use skyreel_core::anchors;
use skyreel_core::fault::Fault;
use skyreel_core::format::{Format, Imported, Mode};
use skyreel_faces::cli::Info;
use skyreel_sky::Scene;

use super::{Ending, missing_anchor, report};
use crate::app::projector::missing_anchors;

#[derive(Serialize)]
struct Report {
    format: Format,
    version: String,
    mode: Mode,
    views: Vec<String>,
    camera_entries: usize,
    script_entries: usize,
    duration_s: f64,
    sim_time_start_s: Option<f64>,
    sim_time_end_s: Option<f64>,
    utc_start: Option<String>,
    utc_end: Option<String>,
    anchors: Vec<String>,
    /// Those of the properties that change.
    changing: Vec<String>,
    properties: Vec<String>,
    warnings: Vec<Fault>,
}

/// Does it.
///
/// # Errors
/// Where nothing of the file can be read.
pub fn run(task: &Info, scene: &Scene) -> anyhow::Result<Ending> {
    let opened = skyreel_store::open(&task.file, scene)?;
    let loss = opened.imported.has_loss();
    let missing = missing_anchors(anchors::anchors(&opened.imported.recording), scene);
    let missing = missing.iter().map(missing_anchor);
    let faults: Vec<Fault> =
        opened.imported.faults.iter().cloned().chain(opened.warnings).chain(missing).collect();
    report(&task.file, &faults);
    let about = Report::of(opened.imported, faults);
    let mut out = stdout().lock();
    if task.json {
        writeln!(out, "{}", serde_json::to_string(&about)?)?;
    } else {
        about.print(&mut out)?;
    }
    Ok(Ending::loss_if(loss))
}

impl Report {
    fn of(imported: Imported, warnings: Vec<Fault>) -> Self {
        let Imported { format, version, mode, recording, .. } = imported;
        let keys = recording.clock.keys();
        let (start, end) = (keys.first().map(|k| k.sim_time), keys.last().map(|k| k.sim_time));
        let paths = recording.properties.keys().chain(recording.baseline.keys());
        let mut properties: Vec<String> = paths.map(|path| path.to_string()).collect();
        properties.sort();
        properties.dedup();
        Self {
            format,
            version,
            mode,
            views: recording.views.iter().map(|v| v.name.clone()).collect(),
            camera_entries: recording.camera_entries(),
            script_entries: recording.script_entries(),
            duration_s: recording.duration().as_secs(),
            sim_time_start_s: start.map(|t| t.as_tdb_secs()),
            sim_time_end_s: end.map(|t| t.as_tdb_secs()),
            utc_start: start.map(|t| t.to_utc_iso()),
            utc_end: end.map(|t| t.to_utc_iso()),
            anchors: anchors::anchors(&recording).iter().map(ToString::to_string).collect(),
            changing: recording.properties.keys().map(|path| path.to_string()).collect(),
            properties,
            warnings,
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let none = || "none".to_owned();
        let list = |names: &[String]| if names.is_empty() { none() } else { names.join(", ") };
        let kind = serde_json::to_value((self.format, self.mode)).unwrap_or_default();
        let word = |i: usize| kind[i].as_str().unwrap_or_default().to_owned();
        writeln!(out, "format      {} {} {}", word(0), self.version, word(1))?;
        writeln!(out, "duration    {} s", self.duration_s)?;
        let (start, end) = (self.utc_start.clone(), self.utc_end.clone());
        writeln!(
            out,
            "simulated   {} to {}",
            start.unwrap_or_else(none),
            end.unwrap_or_else(none)
        )?;
        writeln!(out, "cameras     {} entries in {}", self.camera_entries, list(&self.views))?;
        writeln!(out, "scripts     {} entries", self.script_entries)?;
        writeln!(out, "anchors     {}", list(&self.anchors))?;
        let others = self.properties.len() - self.changing.len();
        let others =
            if others > 0 { format!("; {others} more stay as they are") } else { String::new() };
        writeln!(out, "properties  {}{others}", list(&self.changing))?;
        writeln!(out, "warnings    {}", self.warnings.len())
    }
}
