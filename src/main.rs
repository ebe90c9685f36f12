//! Arguments in, exit status out.

use std::io;
use std::process::ExitCode;

use clap::Parser;
use skyreel::task::{self, Ending};
use skyreel_faces::cli::Cli;

fn main() -> ExitCode {
    let ending = task::run(Cli::parse()).unwrap_or_else(|error| {
        // `skyreel sample … | head`: whoever reads has read enough.
        if is_broken_pipe(&error) {
            return Ending::Done;
        }
        eprintln!("error: {error:#}");
        Ending::Failed
    });
    ExitCode::from(ending.code())
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
