//! `skyreel verify`: are recordings whole?

use std::io::{Write, stdout};

use serde::Serialize;
use skyreel_core::fault::{Fault, Severity};
use skyreel_faces::cli::Verify;

use super::{Ending, report};

#[derive(Serialize)]
struct Verdict<'a> {
    file: String,
    verdict: &'static str,
    faults: Vec<&'a Fault>,
}

/// Does it; the worst file decides.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn run(task: &Verify) -> anyhow::Result<Ending> {
    let mut out = stdout().lock();
    let mut worst = Ending::Done;
    for path in &task.files {
        let loaded = skyreel_store::load(path).map_err(anyhow::Error::from);
        let (ending, verdict, faults) = match &loaded {
            Err(error) => {
                eprintln!("{error:#}");
                (Ending::Failed, "unreadable", Vec::new())
            }
            Ok(imported) => {
                let lost = |fault: &&Fault| fault.severity == Severity::Loss;
                let losses: Vec<&Fault> = imported.faults.iter().filter(lost).collect();
                report(path, losses.iter().copied());
                match losses.is_empty() {
                    true => (Ending::Done, "clean", losses),
                    false => (Ending::Loss, "damaged", losses),
                }
            }
        };
        if task.json {
            let file = path.display().to_string();
            writeln!(out, "{}", serde_json::to_string(&Verdict { file, verdict, faults })?)?;
        } else {
            writeln!(out, "{}: {verdict}", path.display())?;
        }
        worst = match (worst, ending) {
            (Ending::Failed, _) | (_, Ending::Failed) => Ending::Failed,
            (Ending::Loss, _) | (_, Ending::Loss) => Ending::Loss,
            _ => Ending::Done,
        };
    }
    Ok(worst)
}
