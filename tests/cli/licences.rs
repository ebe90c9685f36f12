//! What the program is made of may be given away as freely as the program.

use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than that their text goes along (MPL-2.0: and its own files' source).
const PERMISSIVE: &str = "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 IJG ISC MIT MIT-0 \
    MPL-2.0 OFL-1.1 Ubuntu-font-1.0 Unicode-3.0 Unlicense Zlib";

/// Whether an SPDX expression can be met with permissive licences alone: one of each `OR`, all of each
/// `AND`. An exception (`WITH …`) only ever permits more.
fn permissive(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut words = words.as_slice();
    any_of(&mut words) && words.is_empty()
}

fn any_of(words: &mut &[&str]) -> bool {
    let mut met = all_of(words);
    while let Some((&"OR", rest)) = words.split_first() {
        *words = rest;
        met |= all_of(words);
    }
    met
}

fn all_of(words: &mut &[&str]) -> bool {
    let mut met = one(words);
    while let Some((&"AND", rest)) = words.split_first() {
        *words = rest;
        met &= one(words);
    }
    met
}

fn one(words: &mut &[&str]) -> bool {
    let Some((&word, rest)) = words.split_first() else { return false };
    *words = rest;
    if word == "(" {
        let met = any_of(words);
        *words = words.split_first().map_or(&[], |(_, rest)| rest);
        return met;
    }
    if let Some((&"WITH", rest)) = words.split_first() {
        *words = rest.get(1..).unwrap_or_default();
    }
    PERMISSIVE.split_whitespace().any(|licence| licence == word)
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only", false),
        ("LGPL-2.1 OR MIT", true),
        ("LGPL-2.1 AND MIT", false),
        ("MIT AND (GPL-2.0 OR Zlib)", true),
        ("(MIT OR Apache-2.0) AND AGPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("GPL-2.0 WITH Classpath-exception-2.0", false),
        ("", false),
        ("Proprietary", false),
    ] {
        assert_eq!(permissive(expression), expected, "{expression}");
    }
}

#[test]
fn every_dependency_is_permissive_and_comes_from_crates_io() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(crate::program::checkout())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{}", packages.len());
    for package in packages {
        let name = format!("{} {}", package["name"], package["version"]);
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(permissive(licence), "{name} has the licence '{licence}'");
        match package["source"].as_str() {
            Some(source) => assert_eq!(
                source, "registry+https://github.com/rust-lang/crates.io-index",
                "{name}"
            ),
            None => assert_eq!(
                package["publish"],
                serde_json::json!([]),
                "{name} is a member of the workspace"
            ),
        }
    }
}
