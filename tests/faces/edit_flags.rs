//! What is said to make recordings of recordings is understood, its own examples first.

use clap::{Command, CommandFactory, Parser};
use skyreel_core::command::{Part, said};
use skyreel_core::time::SessionTime;
use skyreel_faces::cli::edit::EditTask;
use skyreel_faces::cli::{Cli, Task};

fn parse(line: &str) -> Result<EditTask, clap::Error> {
    let cli = Cli::try_parse_from(line.split_whitespace())?;
    let Some(Task::Edit(edit)) = cli.task else { panic!("{line}: {:?}", cli.task) };
    Ok(edit.task)
}

fn edit_task(line: &str) -> EditTask {
    parse(line).unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().unwrap().to_string();
    let (_, examples) = help.split_once("Examples:\n").unwrap();
    examples.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn every_verb_has_examples_and_they_are_understood() {
    let cli = Cli::command();
    let edit = cli.find_subcommand("edit").unwrap();
    let mut verbs = 0;
    for verb in edit.get_subcommands() {
        let name = verb.get_name();
        let examples = examples(verb);
        assert!(!examples.is_empty(), "{name}");
        for line in examples {
            assert!(line.starts_with(&format!("skyreel edit {name} ")), "{line}");
            edit_task(&line);
        }
        verbs += 1;
    }
    assert_eq!(verbs, 8);
    examples(edit).iter().for_each(|line| {
        edit_task(line);
    });
}

#[test]
fn what_is_left_out_is_as_the_commands_have_it() {
    let EditTask::Reduce(task) = edit_task("skyreel edit reduce a -o b") else { panic!() };
    assert_eq!(task.within_px.0, 1.0);
    let EditTask::Smooth(task) = edit_task("skyreel edit smooth a -o b") else { panic!() };
    assert_eq!(task.within_px.0, 10.0);
    let EditTask::Join(task) = edit_task("skyreel edit join a c -o b") else { panic!() };
    assert_eq!(task.over.0, SessionTime::from_nanos(3_000_000_000));
    assert_eq!((task.files.input, task.then), ("a".into(), "c".into()));
    let EditTask::Drop(task) = edit_task("skyreel edit drop a events -o b") else { panic!() };
    assert_eq!(Part::from(task.what), Part::Events);
    let EditTask::Date(task) = edit_task("skyreel edit date a -o b --date -3h") else { panic!() };
    assert_eq!(task.date, "-3h");
    parse("skyreel edit date a -o b --date soon").unwrap_err();
}

#[test]
fn each_verb_is_the_command_of_its_name() {
    for (line, words) in [
        ("reduce a -o b --within-px 3", "edit.reduce a within_px=3"),
        ("smooth a -o b", "edit.smooth a within_px=10"),
        ("trim a -o b --from 1.5", "edit.trim a from_s=1.5"),
        ("split a -o b --at 30", "edit.split a at_s=30"),
        ("join a c -o b --over 0", "edit.join a c over_s=0"),
        ("speed a -o b --times 0.25 --from 10 --to 12", "edit.speed a 0.25 from_s=10 to_s=12"),
        ("date a -o b --date -3h", "edit.date a -3h"),
        ("drop a toggles -o b", "edit.drop a toggles"),
    ] {
        let command = edit_task(&format!("skyreel edit {line}")).command();
        assert_eq!(Ok(skyreel_core::command::Command::Edit(command)), said(words), "{line}");
    }
}

#[test]
fn what_cannot_be_is_refused_and_what_could_be_is_said() {
    for (line, expected) in [
        ("reduce a", "--output"),
        ("reduce a -o b --within-px 0", "above 0"),
        ("smooth a -o b --within-px NaN", "above 0"),
        ("trim a -o b --from start", "12.5"),
        ("split a -o b", "--at"),
        ("join a -o b", "<THEN>"),
        ("speed a -o b --times 0", "0.001 to 1000"),
        ("speed a -o b", "--times"),
        ("date a -o b --date someday", "neither a date nor an interval"),
        ("drop a sky -o b", "camera, toggles, events"),
        ("fold a -o b", "unrecognized subcommand"),
    ] {
        let error = parse(&format!("skyreel edit {line}")).unwrap_err().to_string();
        assert!(error.contains(expected), "{line}: {error}");
    }
}
