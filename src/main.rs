//! Arguments in, exit status out.

use std::process::ExitCode;

use clap::Parser;
use skyreel::task::{self, Ending};
use skyreel_faces::cli::Cli;

fn main() -> ExitCode {
    let ending = task::run(Cli::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Ending::Failed
    });
    ExitCode::from(ending.code())
}
