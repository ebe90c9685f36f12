//! `skyreel convert`: a recording in another format.

use anyhow::Context;
use skyreel_core::fault::{Fault, Severity};
use skyreel_core::format::osrec::{self, WriteOptions};
use skyreel_core::format::{Mode, native, ron};
use skyreel_faces::cli::{Convert, TargetFormat};

use super::{Ending, report, usage};

/// Does it.
///
/// # Errors
/// Where the input cannot be read or the output not be written; nothing half done is left.
pub fn run(task: &Convert) -> anyhow::Result<Ending> {
    let Some(target) = task.to.or_else(|| by_extension(task)) else {
        return Ok(usage(&format!(
            "cannot tell the format from '{}'; name it .skyreel, .ron, .osrec or .osrectxt, or say --to",
            task.output.display()
        )));
    };
    let imported = skyreel_store::load(&task.input)?;
    report(&task.input, &imported.faults);
    let options = WriteOptions { for_openspace: task.for_openspace };
    let openspace = |mode| -> anyhow::Result<(Vec<u8>, Vec<Fault>)> {
        let written = osrec::write(&imported.recording, mode, options)
            .with_context(|| task.input.display().to_string())?;
        Ok((written.bytes, written.losses))
    };
    let (bytes, losses) = match target {
        TargetFormat::Osrec => openspace(Mode::Binary)?,
        TargetFormat::Osrectxt => openspace(Mode::Ascii)?,
        TargetFormat::Skyreel => {
            let thumbnail = skyreel_store::thumbnail(&task.input).ok().flatten();
            let ending = native::Ending::default();
            (native::encode_with(&imported.recording, &ending, thumbnail.as_deref())?, Vec::new())
        }
        TargetFormat::Ron => (ron::write(&imported.recording).into_bytes(), Vec::new()),
    };
    skyreel_store::save(&task.output, &bytes, task.force)?;
    report(&task.output, &losses);
    let lost = losses.iter().any(|fault| fault.severity == Severity::Loss);
    Ok(Ending::loss_if(lost || imported.has_loss()))
}

fn by_extension(task: &Convert) -> Option<TargetFormat> {
    match task.output.extension()?.to_str()?.to_lowercase().as_str() {
        "osrec" => Some(TargetFormat::Osrec),
        "osrectxt" => Some(TargetFormat::Osrectxt),
        "ron" => Some(TargetFormat::Ron),
        "skyreel" => Some(TargetFormat::Skyreel),
        _ => None,
    }
}
