//! All calls of the catalogue, for people who write clients.

use std::fmt::Write;

use serde_json::json;
use skyreel_core::command::{CATALOGUE, Row, said};

/// They as Markdown: CALLS.md, and the second half of the page about the protocol.
pub fn as_markdown() -> String {
    let mut text =
        "# All calls\n\nMade from the program's own list of commands. Arguments in brackets \
                    may be left out; the last line of each is what a client sends.\n"
            .to_owned();
    let mut last = "";
    for row in CATALOGUE {
        let group = row.call.split('.').next().unwrap_or_default();
        if group != last {
            last = group;
            text += &format!("\n## {group}\n");
        }
        // Writing to a text does not fail.
        let _ = describe(row, &mut text);
    }
    text
}

fn describe(row: &Row, text: &mut String) -> std::fmt::Result {
    writeln!(text, "\n### `{}`\n\n{} For {}s.\n", row.usage(), row.help, row.role)?;
    for param in row.params {
        let (open, close) = if param.is_optional { ("[", "]") } else { ("", "") };
        writeln!(text, "- {open}`{}`{close}: {}; {}.", param.name, param.kind, param.help)?;
    }
    if let Ok(command) = said(row.example) {
        let (call, with) = command.words();
        let ask = match with.is_empty() {
            true => json!({ "id": 1, "call": call }),
            false => json!({ "id": 1, "call": call, "with": with }),
        };
        // Fenced: an indented line behind a list would be part of it.
        writeln!(text, "\n```text\n→ {ask}\n```")?;
    }
    Ok(())
}
