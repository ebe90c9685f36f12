//! `skyreel record`: a recording that makes itself.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use skyreel_core::command::RecordCommand;
use skyreel_faces::cli::Record;
use skyreel_sky::Scene;

use super::{Ending, play};
use crate::app::draw::stock::Stock;
use crate::app::probe;
use crate::app::window::{self, LedRecording, Opening};

/// Between two frames where no display sets the pace.
const FRAME: Duration = Duration::from_nanos(16_666_667);

/// Does it.
///
/// # Errors
/// Where the journey cannot be read, there is no display, or nothing was recorded.
pub fn run(task: &Record, scene: Scene) -> anyhow::Result<Ending> {
    let journey = match &task.fly {
        None => None,
        Some(path) => {
            let opened = skyreel_store::open(path, &scene)?;
            super::report(path, opened.imported.faults.iter().chain(&opened.warnings));
            Some(opened.imported.recording)
        }
    };
    if !task.headless {
        probe::display()?;
        probe::adapter()?;
    }
    let as_text = match task.output.extension().and_then(|ending| ending.to_str()) {
        Some("skyreel") | None => false,
        Some("ron") => true,
        Some(other) => bail!("recordings are made as .skyreel or .ron, not .{other}"),
    };
    let name = task.output.file_stem().context("the recording has no name")?;
    let folder = match task.output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let (settings, _) = play::settings(&task.settings)?;
    let mut opening = play::opening(scene, settings);
    opening.settings.recordings_folder = Some(folder.display().to_string());
    opening.settings.auto_record = false;
    // Whoever says how long means it, and what lies beside it is none of this program's business.
    if !task.settings.given.contains_key("largest_size_bytes") {
        opening.settings.largest_size_bytes = 0;
    }
    (opening.settings.keep_days, opening.settings.trash_days) = (0, 0);
    let start = RecordCommand::Start {
        name: Some(name.to_string_lossy().into_owned()),
        description: task.description.clone(),
        text: Some(as_text),
        overwrite: Some(task.force),
    };
    let lasts = task.lasts.0;
    let opening = Opening { recording: Some(LedRecording { journey, lasts, start }), ..opening };
    if task.headless {
        window::run_headless(opening, FRAME)?;
    } else {
        window::open(opening, Arc::new(Stock::make()))?;
    }
    Ok(Ending::Done)
}
