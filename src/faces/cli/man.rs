//! The manual: one page for each word of the command line, and in the first one all that a running
//! Skyreel can be asked for.

use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};
use skyreel_core::command::{CATALOGUE, Row};

use super::Cli;

/// The first page.
///
/// # Errors
/// None on a target that takes all that is written, as this one does.
pub fn manual() -> io::Result<Vec<u8>> {
    let mut command = Cli::command();
    command.build();
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    calls().to_writer(&mut page)?;
    Ok(page)
}

/// All pages, by file name.
///
/// # Errors
/// As with [`manual`].
pub fn manual_pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = Cli::command();
    command.build();
    let mut pages = vec![("skyreel.1".to_owned(), manual()?)];
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("skyreel-{}", sub.get_name());
        let page = Man::new(renamed(sub, &name));
        let mut text = Vec::new();
        page.render(&mut text)?;
        pages.push((format!("{name}.1"), text));
    }
    Ok(pages)
}

fn renamed(command: &Command, name: &str) -> Command {
    let version = env!("CARGO_PKG_VERSION");
    command.clone().name(name.to_owned()).display_name(name.to_owned()).version(version)
}

/// The section of the catalogue.
fn calls() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["CALLS"]);
    roff.text([
        roman("What a running Skyreel can be asked for, by "),
        bold("skyreel ctl"),
        roman(", in words, or by scripts as "),
        bold("skyreel."),
        italic("CALL"),
        roman(". Arguments are given in this order or by name ("),
        italic("name"),
        roman("="),
        italic("value"),
        roman("); those in brackets may be left out."),
    ]);
    for row in CATALOGUE {
        describe(row, &mut roff);
    }
    roff
}

fn describe(row: &Row, roff: &mut Roff) {
    let mut usage: Vec<Inline> = vec![bold(row.call)];
    for param in row.params {
        let (open, close) = if param.is_optional { (" [", "]") } else { (" ", "") };
        usage.extend([roman(open), italic(param.name), roman(close)]);
    }
    roff.control("TP", []);
    roff.text(usage);
    roff.text([roman(row.help)]);
    for param in row.params {
        roff.control("br", []);
        roff.text([italic(param.name), roman(format!(": {}; {}.", param.kind, param.help))]);
    }
    roff.control("br", []);
    roff.text([roman("Example: "), bold(row.example)]);
}
