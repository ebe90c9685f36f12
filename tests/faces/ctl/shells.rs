//! Shells complete every call, and the manual has every one.

use std::process::Command;

use clap::ValueEnum;
use clap_complete::Shell;
use skyreel_core::command::CATALOGUE;
use skyreel_faces::cli::{complete, manual, manual_pages};

#[test]
fn every_call_and_every_name_of_a_parameter_is_completed() {
    for shell in Shell::value_variants() {
        let script = complete(*shell);
        for row in CATALOGUE {
            assert!(script.contains(row.call), "{shell}: {}", row.call);
        }
        for verb in ["render", "ctl", "status", "completions", "headless"] {
            assert!(script.contains(verb), "{shell}: {verb}");
        }
    }
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        let script = complete(shell);
        for row in CATALOGUE {
            for param in row.params {
                assert!(script.contains(param.name), "{shell}: {} {}", row.call, param.name);
            }
        }
    }
}

#[test]
fn zsh_takes_a_task_for_a_task_and_still_offers_files_in_its_place() {
    let script = complete(Shell::Zsh);
    assert!(script.contains("_skyreel_commands; _files}"));
    assert!(script.contains("case $line[1] in") && !script.contains("$line[2]"));
}

/// What bash would offer behind these words, the last of which is not finished.
fn offered(script: &std::path::Path, words: &[&str]) -> Option<Vec<String>> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let [.., before, last] = words else { return None };
    let program = format!(
        "source '{}' || exit 1\nCOMP_WORDS=({})\nCOMP_CWORD={}\n\
         _skyreel_words skyreel '{last}' '{before}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        quoted.join(" "),
        words.len() - 1
    );
    let output =
        Command::new("bash").args(["--norc", "--noprofile", "-c", &program]).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_calls_and_their_parameters() {
    let temporary = tempfile::tempdir().unwrap();
    let script = temporary.path().join("skyreel.bash");
    std::fs::write(&script, complete(Shell::Bash)).unwrap();
    let records: Vec<&str> =
        CATALOGUE.iter().map(|row| row.call).filter(|call| call.starts_with("record.")).collect();
    let mut found = match offered(&script, &["skyreel", "ctl", "record."]) {
        Some(found) => found,
        None => {
            eprintln!("skipped: there is no bash");
            return;
        }
    };
    found.sort();
    let mut expected = records.clone();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for (words, expected) in [
        (&["skyreel", "ctl", "rec"][..], &records[0..1]),
        (&["skyreel", "ctl", "stat"], &["status"]),
        (&["skyreel", "comp"], &["completions"]),
        (&["skyreel", "ctl", "record.start", "desc"], &["description="]),
        (&["skyreel", "ctl", "play.seek", ""], &["at_s="]),
        (&["skyreel", "ctl", "--name", "dome", "play.se"], &["play.seek"]),
        (&["skyreel", "ctl", "record.start", "name", "=", ""], &[""]),
        (&["skyreel", "completions", "fi"], &["fish"]),
    ] {
        let found = offered(&script, words).unwrap();
        for one in expected {
            assert!(found.iter().any(|found| found == one), "{words:?}: {found:?}");
        }
    }
}

#[test]
fn the_manual_has_every_call_with_its_parameters_and_every_word_of_the_command_line() {
    let text = String::from_utf8(manual().unwrap()).unwrap();
    // As roff has it: a dash there is written \-.
    let text = text.replace("\\-", "-").replace("\\*(Aq", "'");
    let calls = &text[text.find(".SH CALLS").unwrap()..];
    for row in CATALOGUE {
        assert!(calls.contains(row.call) && calls.contains(row.help), "{}", row.call);
        for param in row.params {
            assert!(calls.contains(param.name), "{} {}", row.call, param.name);
        }
    }
    let names: Vec<String> = manual_pages().unwrap().into_iter().map(|(name, _)| name).collect();
    for verb in ["skyreel", "skyreel-render", "skyreel-ctl", "skyreel-run", "skyreel-man"] {
        assert!(names.contains(&format!("{verb}.1")), "{verb} {names:?}");
    }
    for (name, page) in manual_pages().unwrap() {
        assert!(page.starts_with(b".ie \\n(.g") || page.starts_with(b".TH"), "{name}");
    }
}
