//! Arguments in, exit status out.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use skyreel::task::{self, Ending};
use skyreel_faces::cli::Cli;
use skyreel_store::SaveError;

fn main() -> ExitCode {
    let ending = task::run(Cli::parse()).unwrap_or_else(|error| {
        // `skyreel sample … | head`: whoever reads has read enough.
        if is_broken_pipe(&error) {
            return Ending::Done;
        }
        let hint = if is_in_the_way(&error) { " (--force)" } else { "" };
        eprintln!("error: {error:#}{hint}");
        Ending::Failed
    });
    ExitCode::from(ending.code())
}

/// Whether a file is in the way, which an option lets go.
fn is_in_the_way(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(SaveError::Exists(_)))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
