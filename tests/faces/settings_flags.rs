//! Every setting that is set by hand has a flag of its name.

use clap::{CommandFactory, Parser};
use skyreel_core::player::AtEnd;
use skyreel_core::settings::{ROWS, Settings};
use skyreel_faces::cli::SettingsArgs;

#[derive(Debug, Parser)]
struct Program {
    #[command(flatten)]
    settings: SettingsArgs,
    file: Option<String>,
}

fn settings(line: &[&str]) -> Settings {
    let program = Program::try_parse_from([&["skyreel"], line].concat()).unwrap();
    let mut settings = Settings::default();
    program.settings.apply(&mut settings).unwrap();
    settings
}

#[test]
fn what_is_said_is_set_and_all_else_is_as_it_was() {
    let at_first = Settings::default();
    for (line, expected) in [
        (&[][..], at_first.clone()),
        (&["--auto-record"], Settings { auto_record: true, ..at_first.clone() }),
        (&["--force-time=false"], Settings { force_time: false, ..at_first.clone() }),
        (&["--keep-days", "0"], Settings { keep_days: 0, ..at_first.clone() }),
        (&["--at-end", "loop"], Settings { at_end: AtEnd::Loop, ..at_first.clone() }),
        (
            &["--recordings-folder", "/a b", "--largest-size-bytes=1000000"],
            Settings {
                recordings_folder: Some("/a b".to_owned()),
                largest_size_bytes: 1_000_000,
                ..at_first.clone()
            },
        ),
    ] {
        assert_eq!(settings(line), expected, "{line:?}");
    }
}

#[test]
fn a_switch_takes_nothing_that_stands_behind_it() {
    let program = Program::try_parse_from(["skyreel", "--auto-record", "tour.skyreel"]).unwrap();
    assert_eq!(program.file.as_deref(), Some("tour.skyreel"));
}

#[test]
fn what_cannot_be_is_refused_and_what_could_be_is_said() {
    for (line, expected) in [
        (["--keep-days", "-1"], "a whole number from 0 to 36500"),
        (["--keep-days", "1.5"], "a whole number from 0 to 36500"),
        (["--playback-speed", "9"], "a number from 0.25 to 8"),
        (["--at-end", "explode"], "hold, return, loop"),
        (["--instant-replay-s", "NaN"], "a number from 0 to 3600"),
    ] {
        let line = [line[0].to_owned() + "=" + line[1]];
        let error = Program::try_parse_from(["skyreel", &line[0]]).unwrap_err().to_string();
        assert!(error.contains(expected), "{line:?}: {error}");
    }
}

#[test]
fn help_has_a_line_for_each() {
    Program::command().debug_assert();
    let help = Program::command().render_long_help().to_string();
    for row in ROWS {
        let flag = format!("--{}", row.name.replace('_', "-"));
        assert_eq!(help.contains(&flag), row.is_set_by_hand, "{flag} in {help}");
    }
}
