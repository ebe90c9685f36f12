//! Paths: what `${…}` in them stands for. No file is touched.

use std::collections::BTreeMap;

use super::args::Args;
use super::library::Library;

pub(super) fn fill(library: &mut Library) -> mlua::Result<()> {
    for name in ["absPath", "absolutePath"] {
        let usage = format!("{name}(path)");
        library.add(
            &usage,
            "A path with what ${RECORDINGS} and the like stand for.",
            |_, live, args| {
                let path = args.text(0, "the path")?;
                without_tokens(&args, &path, &live.options.folders)
            },
        )?;
    }
    Ok(())
}

fn without_tokens(
    args: &Args,
    path: &str,
    folders: &BTreeMap<String, String>,
) -> mlua::Result<String> {
    let mut whole = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((token, behind)) = after.split_once('}') else {
            return Err(args.error(format!("'{path}' has a ${{ without its }}")));
        };
        let Some(folder) = folders.get(token) else {
            let known = folders.keys().map(|name| format!("${{{name}}}"));
            let known = known.collect::<Vec<_>>().join(", ");
            return Err(args.error(format!("there is no '${{{token}}}'; there is {known}")));
        };
        whole += before;
        whole += folder;
        rest = behind;
    }
    Ok(whole + rest)
}
