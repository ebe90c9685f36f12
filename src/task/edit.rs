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
use skyreel_core::edit::EditError;
use skyreel_core::fault::Severity;
use skyreel_core::format::osrec::WriteOptions;
use skyreel_core::format::{Encoded, Target};
use skyreel_core::recording::Recording;
use skyreel_faces::cli::edit::{Edit, EditTask};
use skyreel_sky::Scene;

use super::{Ending, report, usage};
use crate::app::edited::{self, Edited, Figures, NotEdited};

/// Between two lines of progress where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// What was done.
#[derive(Serialize)]
struct Told {
    output: Vec<String>,
    duration_s: Vec<f64>,
    keys_before: usize,
    keys_after: usize,
    #[serde(flatten)]
    figures: Figures,
    #[serde(skip)]
    said: String,
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
    let inputs: Vec<&Path> = match task {
        EditTask::Join(join) => vec![&files.input, &join.then],
        _ => vec![&files.input],
    };
    let name = files.output.file_name().and_then(|name| name.to_str());
    let Some(target) = name.and_then(Target::of_name) else {
        return Ok(usage(&format!(
            "cannot tell the format from '{}'; name it .skyreel, .ron, .osrec or .osrectxt",
            files.output.display()
        )));
    };
    for output in &outputs {
        if inputs.iter().any(|input| is_same_file(input, output)) {
            return Ok(usage(&format!("'{}' is read; name another file", output.display())));
        }
        if output.exists() && !files.force {
            return Err(skyreel_store::SaveError::Exists(output.clone()).into());
        }
    }
    let command = task.command();
    let (mut opened, mut is_lossy) = (Vec::new(), false);
    for input in inputs {
        let (imported, warnings) = edited::read(&command, input, scene)?;
        report(input, imported.faults.iter().chain(&warnings));
        is_lossy |= imported.has_loss();
        opened.push(imported.recording);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;
    let mut progress = Progress::new();
    let made = edited::make(&command, &opened, scene, &mut |part| {
        progress.tell(part);
        if stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    progress.end();
    let Edited { recordings: mut made, said, figures } = match made {
        Ok(made) => made,
        Err(error @ (NotEdited::Value { .. } | NotEdited::Edit(EditError::Refused { .. }))) => {
            return Ok(usage(&error.to_string()));
        }
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
    let told = Told {
        output: outputs.iter().map(|output| output.display().to_string()).collect(),
        duration_s: made.iter().map(|recording| recording.duration().as_secs()).collect(),
        keys_before: opened.iter().map(Recording::camera_entries).sum(),
        keys_after: made.iter().map(Recording::camera_entries).sum(),
        figures,
        said,
    };
    let mut out = stdout().lock();
    if files.json {
        writeln!(out, "{}", serde_json::to_string(&told)?)?;
    } else {
        told.print(&mut out)?;
    }
    Ok(Ending::loss_if(is_lossy))
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
        writeln!(out, "{}", self.said)
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
