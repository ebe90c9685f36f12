//! `skyreel completions` and `skyreel man`: what shells and readers of manuals are given.

use std::fs;
use std::io::{Write, stdout};

use anyhow::Context;
use skyreel_faces::cli::{self, Completions, Man};

use super::Ending;

/// What completes the words of the command line in a shell.
///
/// # Errors
/// Where it cannot be printed.
pub fn completions(task: &Completions) -> anyhow::Result<Ending> {
    stdout().write_all(cli::complete(task.shell).as_bytes())?;
    Ok(Ending::Done)
}

/// The first page of the manual, printed; or all pages, in a folder.
///
/// # Errors
/// Where they cannot be printed or written.
pub fn man(task: &Man) -> anyhow::Result<Ending> {
    let Some(folder) = &task.folder else {
        stdout().write_all(&cli::manual()?)?;
        return Ok(Ending::Done);
    };
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (name, page) in cli::manual_pages()? {
        let path = folder.join(name);
        fs::write(&path, page).with_context(|| path.display().to_string())?;
    }
    Ok(Ending::Done)
}
