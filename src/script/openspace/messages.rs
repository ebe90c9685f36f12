//! Lines in the console.

use skyreel_core::snapshot::Weight;

use super::library::Library;

/// Most characters of a line.
const LONGEST_LINE: usize = 10_000;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    let functions = [
        ("printTrace", "for the log", Weight::Detail),
        ("printDebug", "for the log", Weight::Detail),
        ("printInfo", "to be known", Weight::Info),
        ("printWarning", "to be warned of", Weight::Warning),
        ("printError", "that did not work", Weight::Error),
        ("printFatal", "that did not work", Weight::Error),
    ];
    for (name, what, weight) in functions {
        let usage = format!("{name}(text, …)");
        library.add(&usage, &format!("Print something {what}."), move |_, live, args| {
            let texts = (0..args.count()).map(|place| args.at(place).to_string());
            let text = texts.collect::<mlua::Result<Vec<_>>>()?.join(" ");
            let text: String = text.chars().take(LONGEST_LINE).collect();
            live.print(weight, &text);
            Ok(())
        })?;
    }
    Ok(())
}
