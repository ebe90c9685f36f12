//! `skyreel recover`: a recording whose program died, or that was damaged, made whole.

use skyreel_faces::cli::Recover;
use skyreel_store::record;

use super::{Ending, report};

/// Does it.
///
/// # Errors
/// Where nothing can be recovered; the recording stays as it was.
pub fn run(task: &Recover) -> anyhow::Result<Ending> {
    let recovered = match record::recover(&task.file, task.output.as_deref()) {
        Err(record::RecoverError::IsWhole(path)) => {
            println!("{}: is whole, nothing to do", path.display());
            return Ok(Ending::Done);
        }
        recovered => recovered?,
    };
    report(&task.file, &recovered.faults);
    if let Some(original) = recovered.original {
        eprintln!("{}: the damaged file is kept as it was", original.display());
    }
    let imported = skyreel_store::load(&recovered.path)?;
    println!(
        "{}: recovered, {} camera entries, {} s",
        recovered.path.display(),
        imported.recording.camera_entries(),
        imported.recording.duration()
    );
    Ok(Ending::loss_if(recovered.has_loss))
}
