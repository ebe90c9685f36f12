//! `skyreel FILE`: a window that plays a recording.

use std::path::Path;
use std::sync::Arc;

use skyreel_sky::Scene;

use super::{Ending, open_recording};
use crate::app::draw::stock::Stock;
use crate::app::projector::{Projector, Wishes};
use crate::app::{probe, window};

/// Does it, until the window is closed.
///
/// # Errors
/// Where there is no display, or the recording cannot be opened or shown.
pub fn run(file: &Path, scene: Scene) -> anyhow::Result<Ending> {
    probe::display()?;
    probe::adapter()?;
    let (footage, lossy) = open_recording(file, &scene)?;
    let stock = Arc::new(Stock::make());
    let wishes = Wishes::default();
    let projector = Projector::new(footage, Arc::new(scene), Arc::clone(&stock), &wishes)?;
    let name = file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy();
    window::play(&name, projector, stock)?;
    Ok(Ending::loss_if(lossy))
}
