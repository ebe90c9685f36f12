//! `skyreel edit`: recordings made of recordings.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use skyreel_core::command::Part;
use skyreel_core::edit::{self, EditError};
use skyreel_core::fault::Severity;
use skyreel_core::format::osrec::WriteOptions;
use skyreel_core::format::{Encoded, Target};
use skyreel_core::recording::Recording;
use skyreel_core::time::SessionTime;
use skyreel_faces::cli::edit::{Edit, EditTask, PartArg};
use skyreel_sky::Scene;

use super::{Ending, report, usage};

/// Between two lines of progress where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// What was done.
#[derive(Default, Serialize)]
struct Told {
    output: Vec<String>,
    duration_s: Vec<f64>,
    keys_before: usize,
    keys_after: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    worst_px: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shake_before_deg_s2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shake_after_deg_s2: Option<f64>,
}

/// Does it.
///
/// # Errors
/// Where a recording cannot be read, the result not be written, or Ctrl-C stopped it; nothing half done
/// is left.
pub fn run(task: &Edit, scene: &Scene) -> anyhow::Result<Ending> {
    let task = &task.task;
    let files = task.files();
    let outputs = outputs(task);
    let then = match task {
        EditTask::Join(join) => Some(join.then.as_path()),
        _ => None,
    };
    let name = files.output.file_name().and_then(|name| name.to_str());
    let Some(target) = name.and_then(Target::of_name) else {
        return Ok(usage(&format!(
            "cannot tell the format from '{}'; name it .skyreel, .ron, .osrec or .osrectxt",
            files.output.display()
        )));
    };
    for output in &outputs {
        let inputs = [Some(files.input.as_path()), then];
        if inputs.into_iter().flatten().any(|input| is_same_file(input, output)) {
            return Ok(usage(&format!("'{}' is read; name another file", output.display())));
        }
        if output.exists() && !files.force {
            return Err(skyreel_store::SaveError::Exists(output.clone()).into());
        }
    }
    let (original, mut is_lossy) = read(task, &files.input, scene)?;
    let second = then.map(|path| read(task, path, scene)).transpose()?;
    is_lossy |= second.as_ref().is_some_and(|(_, is_lossy)| *is_lossy);
    let second = second.map(|(recording, _)| recording);
    let mut told = Told {
        keys_before: original.camera_entries()
            + second.as_ref().map_or(0, Recording::camera_entries),
        ..Told::default()
    };
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;
    let mut progress = Progress::new();
    let made = make(task, &original, second.as_ref(), scene, &mut told, &mut |part| {
        progress.tell(part);
        if stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    progress.end();
    let mut made = match made {
        Ok(made) => made,
        Err(error @ EditError::Refused { .. }) => return Ok(usage(&error.to_string())),
        Err(error) => return Err(error.into()),
    };
    for (recording, output) in made.iter_mut().zip(&outputs) {
        // Else two of the same title stand beside each other in lists.
        recording.header.title =
            output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Encoded { bytes, losses } = target
            .encode(recording, WriteOptions::default(), None)
            .with_context(|| output.display().to_string())?;
        skyreel_store::save(output, &bytes, files.force)?;
        report(output, &losses);
        is_lossy |= losses.iter().any(|fault| fault.severity == Severity::Loss);
    }
    told.keys_after = made.iter().map(Recording::camera_entries).sum();
    told.duration_s = made.iter().map(|recording| recording.duration().as_secs()).collect();
    told.output = outputs.iter().map(|output| output.display().to_string()).collect();
    let mut out = stdout().lock();
    if files.json {
        writeln!(out, "{}", serde_json::to_string(&told)?)?;
    } else {
        told.print(&mut out)?;
    }
    Ok(Ending::loss_if(is_lossy))
}

/// What is read: as it is where only the camera's way is another afterwards, else with what its scripts
/// do in the scene. True where recorded data was lost.
fn read(task: &EditTask, path: &Path, scene: &Scene) -> anyhow::Result<(Recording, bool)> {
    let is_of_camera = match task {
        EditTask::Reduce(_) | EditTask::Smooth(_) => true,
        EditTask::Drop(task) => task.what == PartArg::Camera,
        _ => false,
    };
    let (imported, warnings) = if is_of_camera {
        (skyreel_store::load(path)?, Vec::new())
    } else {
        let opened = skyreel_store::open(path, scene)?;
        (opened.imported, opened.warnings)
    };
    report(path, imported.faults.iter().chain(&warnings));
    let is_lossy = imported.has_loss();
    Ok((imported.recording, is_lossy))
}

fn make(
    task: &EditTask,
    original: &Recording,
    second: Option<&Recording>,
    scene: &Scene,
    told: &mut Told,
    progress: edit::Progress<'_>,
) -> Result<Vec<Recording>, EditError> {
    let (start, end) = (SessionTime::ZERO, original.duration());
    Ok(match task {
        EditTask::Reduce(task) => {
            let (made, report) = edit::reduce(original, task.within_px.0, scene, progress)?;
            told.worst_px = Some(report.worst_px);
            vec![made]
        }
        EditTask::Smooth(task) => {
            let (made, report) = edit::smooth(original, task.within_px.0, scene, progress)?;
            told.worst_px = Some(report.worst_px);
            told.shake_before_deg_s2 = Some(report.shake_before);
            told.shake_after_deg_s2 = Some(report.shake_after);
            vec![made]
        }
        EditTask::Trim(task) => {
            let part = (task.from.map_or(start, |s| s.0), task.to.map_or(end, |s| s.0));
            vec![edit::trim(original, part, scene, progress)?]
        }
        EditTask::Split(task) => edit::split(original, task.at.0, scene, progress)?.into(),
        EditTask::Join(task) => {
            let second = second.unwrap_or(original);
            vec![edit::join(original, second, task.over.0, scene, progress)?]
        }
        EditTask::Speed(task) => {
            let stretch = (task.from.map_or(start, |s| s.0), task.to.map_or(end, |s| s.0));
            vec![edit::speed(original, task.times.0, stretch, scene, progress)?]
        }
        EditTask::Date(task) => vec![edit::date(original, task.date, progress)?],
        EditTask::Drop(task) => vec![edit::drop(original, Part::from(task.what), progress)?],
    })
}

/// The files that are written.
fn outputs(task: &EditTask) -> Vec<PathBuf> {
    let output = &task.files().output;
    if !matches!(task, EditTask::Split(_)) {
        return vec![output.clone()];
    }
    let name = |number: u8| {
        let mut name = output.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        if let Some(extension) = output.extension() {
            name.push(".");
            name.push(extension);
        }
        output.with_file_name(name)
    };
    vec![name(1), name(2)]
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

impl Told {
    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        for (output, duration_s) in self.output.iter().zip(&self.duration_s) {
            writeln!(out, "{output}: {duration_s} s")?;
        }
        writeln!(out, "cameras     {} entries, {} before", self.keys_after, self.keys_before)?;
        if let Some(worst_px) = self.worst_px {
            writeln!(out, "pictures    off by {worst_px:.3} pixels of 1080 at worst")?;
        }
        if let (Some(before), Some(after)) = (self.shake_before_deg_s2, self.shake_after_deg_s2) {
            writeln!(out, "shake       {after:.3} deg/s², {before:.3} before")?;
        }
        Ok(())
    }
}

/// Tells how far an edit is: a bar on a terminal, else a line now and then.
enum Progress {
    Bar(ProgressBar),
    Lines { last: Instant },
}

impl Progress {
    fn new() -> Self {
        if !stderr().is_terminal() {
            return Self::Lines { last: Instant::now() };
        }
        let bar = ProgressBar::new(100);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos} %, {eta} left") {
            bar.set_style(style);
        }
        Self::Bar(bar)
    }

    fn tell(&mut self, part: f32) {
        let percent = part * 100.0;
        match self {
            Self::Bar(bar) => bar.set_position(percent as u64),
            Self::Lines { last } => {
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    eprintln!("{percent:.0} %");
                }
            }
        }
    }

    fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
