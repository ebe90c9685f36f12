//! `skyreel run`: a script, without a window.

use std::fs;
use std::io::{Read, Write, stderr, stdin, stdout};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use skyreel_core::event::Said;
use skyreel_core::snapshot::ConsoleLine;
use skyreel_faces::cli::Run;
use skyreel_sky::Scene;

use super::{Ending, play};
use crate::app::window::{self, Driven, Errand, Opening, WindowError};

/// Between two frames.
const FRAME: Duration = Duration::from_nanos(16_666_667);

/// Does it.
///
/// # Errors
/// Where the script cannot be read.
pub fn run(task: &Run, scene: Scene) -> anyhow::Result<Ending> {
    let (code, name) = read(&task.script)?;
    let (settings, _) = play::settings(&task.settings)?;
    let mut opening = play::opening(scene, settings);
    opening.settings.auto_record = false;
    let errand = Some(Errand { code, name, tell: Box::new(tell) });
    // What is said besides is for whoever runs the script, and the usual ports for a window beside it.
    let openspace = task.reach.openspace_ports.filter(|_| !task.reach.no_openspace_api);
    let driven = Some(Driven { is_announced: false, openspace, ..play::driven(&task.reach)? });
    let opening = Opening { errand, driven, ..opening };
    match window::run_headless(opening, FRAME) {
        Ok(()) => Ok(Ending::Done),
        // Why is said already.
        Err(WindowError::Failed) => Ok(Ending::Failed),
        Err(error) => Err(error.into()),
    }
}

fn read(path: &Path) -> anyhow::Result<(String, String)> {
    if path == Path::new("-") {
        let mut code = String::new();
        stdin().read_to_string(&mut code).context("cannot read standard input")?;
        return Ok((code, "standard input".to_owned()));
    }
    let code = fs::read_to_string(path)
        .with_context(|| format!("cannot read the script {}", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok((code, name.to_string_lossy().into_owned()))
}

fn tell(line: &ConsoleLine) {
    // Whoever does not read any more does not miss it.
    let _ = match line.said {
        Said::Typed => Ok(()),
        Said::Printed | Said::Returned => writeln!(stdout(), "{}", line.text),
        Said::Refused => writeln!(stderr(), "error: {}", line.text),
    };
}
