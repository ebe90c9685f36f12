//! `skyreel ctl`: another Skyreel, which is running, is asked.

use std::io::{stderr, stdin, stdout};

use skyreel_faces::cli::Ctl;
use skyreel_faces::ctl::{self, Folder, Streams};

use super::Ending;

/// Does it.
///
/// # Errors
/// Where nothing more can be printed.
pub fn run(task: &Ctl) -> anyhow::Result<Ending> {
    let streams = &mut Streams {
        input: &mut stdin().lock(),
        out: &mut stdout().lock(),
        err: &mut stderr().lock(),
    };
    Ok(match ctl::run(task, &Folder::users(), streams)? {
        ctl::Ending::Done => Ending::Done,
        ctl::Ending::Failed => Ending::Failed,
        ctl::Ending::Usage => Ending::Usage,
        ctl::Ending::NotRunning => Ending::NotRunning,
    })
}
