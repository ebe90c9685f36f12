//! What the program says of itself.

use crate::program::{run, run_in};

const TASKS: [&str; 14] = [
    "info",
    "verify",
    "sample",
    "convert",
    "edit",
    "render",
    "record",
    "list",
    "recover",
    "scene",
    "ctl",
    "run",
    "completions",
    "man",
];

#[test]
fn every_task_is_listed_and_helps_with_an_example() {
    let all = run(["--help"]).ends(0).stdout;
    assert!(all.contains("Examples:"), "{all}");
    for task in TASKS {
        assert!(all.lines().any(|line| line.trim_start().starts_with(task)), "{task} in {all}");
        let help = run([task, "--help"]).ends(0).stdout;
        let (_, examples) = help.split_once("Examples:").unwrap();
        assert!(examples.contains(&format!("skyreel {task} ")), "{help}");
    }
}

#[test]
fn no_task_is_missing_from_these_tests() {
    let all = run(["--help"]).stdout;
    let (_, listed) = all.split_once("Commands:").unwrap();
    let listed = listed.lines().skip(1).take_while(|line| !line.is_empty());
    let listed: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed, [&TASKS[..], &["help"]].concat());
}

#[test]
fn exit_statuses_are_explained() {
    let all = run(["--help"]).stdout;
    assert!(all.contains("Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but"), "{all}");
}

#[test]
fn the_version_is_the_packages() {
    let version = run(["--version"]).ends(0).stdout;
    assert_eq!(version, format!("skyreel {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_arguments_it_opens_a_window_and_says_so_where_it_cannot() {
    let none = run::<&str>([]).ends(1);
    assert!(none.stderr.contains("no display was found"), "{none:?}");
}

#[test]
fn it_needs_nothing_beside_it_wherever_it_is_run() {
    let folder = tempfile::tempdir().unwrap();
    let here = run_in(folder.path(), ["scene", "--json"]).ends(0);
    assert_eq!(here.stdout, run(["scene", "--json"]).stdout);
}
