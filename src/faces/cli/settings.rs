//! Flags for settings, made from their table: what is said here holds for one run.

use std::collections::BTreeMap;

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use skyreel_core::settings::{Kind, ROWS, Row, SettingError, Settings};
use skyreel_core::value::Value;

/// `--keep-days 30` and all the others. A switch alone turns on; `--force-time=false` turns off.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettingsArgs {
    /// What was said, by the settings' names.
    pub given: BTreeMap<String, Value>,
}

impl SettingsArgs {
    /// Sets what was said.
    ///
    /// # Errors
    /// Where something was put in by hand that the setting may not be. What was said on a command
    /// line is checked already.
    pub fn apply(&self, settings: &mut Settings) -> Result<(), SettingError> {
        self.given.iter().try_for_each(|(name, value)| settings.set(name, value))
    }
}

fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(|row| row.is_set_by_hand)
}

fn arg(row: &'static Row) -> Arg {
    let at_first = match row.default() {
        Value::Text(text) if text.is_empty() => String::new(),
        Value::Text(text) => format!(" [default: {text}]"),
        value => format!(" [default: {value}]"),
    };
    let parse =
        move |text: &str| row.parse(text).map_err(|error| format!("expected {}", error.expected));
    let arg = Arg::new(row.name)
        .long(row.name.replace('_', "-"))
        .help(format!("{}{at_first}", row.help))
        .help_heading("Settings, for this run")
        .value_parser(parse);
    match row.kind {
        Kind::Switch => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("true|false"),
        Kind::Choice(words) => arg.value_name(words.join("|")),
        Kind::Text => arg.value_name("TEXT"),
        _ if row.unit.is_empty() => arg.value_name("N"),
        _ => arg.value_name(row.unit.to_uppercase()),
    }
}

impl Args for SettingsArgs {
    fn augment_args(command: Command) -> Command {
        command.args(rows().map(arg))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingsArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut args = Self::default();
        args.update_from_arg_matches(matches)?;
        Ok(args)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for row in rows() {
            let value = matches
                .try_get_one::<Value>(row.name)
                .map_err(|error| Error::raw(ErrorKind::UnknownArgument, error))?;
            self.given.extend(value.map(|value| (row.name.to_owned(), value.clone())));
        }
        Ok(())
    }
}
