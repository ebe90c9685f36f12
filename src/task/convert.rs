//! `skyreel convert`: a recording in another format.

use anyhow::Context;
use skyreel_core::fault::Severity;
use skyreel_core::format::osrec::WriteOptions;
use skyreel_core::format::{Encoded, Target};
use skyreel_faces::cli::{Convert, TargetFormat};

use super::{Ending, report, usage};

/// Does it.
///
/// # Errors
/// Where the input cannot be read or the output not be written; nothing half done is left.
pub fn run(task: &Convert) -> anyhow::Result<Ending> {
    let Some(target) = task.to.map(asked).or_else(|| by_extension(task)) else {
        return Ok(usage(&format!(
            "cannot tell the format from '{}'; name it .skyreel, .ron, .osrec or .osrectxt, or say --to",
            task.output.display()
        )));
    };
    let imported = skyreel_store::load(&task.input)?;
    report(&task.input, &imported.faults);
    let options = WriteOptions { for_openspace: task.for_openspace };
    let thumbnail = skyreel_store::thumbnail(&task.input).ok().flatten();
    let Encoded { bytes, losses } = target
        .encode(&imported.recording, options, thumbnail.as_deref())
        .with_context(|| task.input.display().to_string())?;
    skyreel_store::save(&task.output, &bytes, task.force)?;
    report(&task.output, &losses);
    let lost = losses.iter().any(|fault| fault.severity == Severity::Loss);
    Ok(Ending::loss_if(lost || imported.has_loss()))
}

fn by_extension(task: &Convert) -> Option<Target> {
    Target::of_name(task.output.file_name()?.to_str()?)
}

fn asked(format: TargetFormat) -> Target {
    match format {
        TargetFormat::Osrec => Target::Osrec,
        TargetFormat::Osrectxt => Target::Osrectxt,
        TargetFormat::Ron => Target::Ron,
        TargetFormat::Skyreel => Target::Skyreel,
    }
}
