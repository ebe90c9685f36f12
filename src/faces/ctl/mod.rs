//! The command line drives a running Skyreel: how one is found, asked, and what is printed.

mod client;
mod instance;
mod lua;
mod offer;
mod print;

use std::io::{self, Read, Write};
use std::time::Duration;

use skyreel_core::command::{CATALOGUE, NotACommand, Row, said_in};
use skyreel_core::outcome::Outcome;

pub use client::{Client, ClientError, Update};
pub use instance::{FIRST_NAME, Folder, Instance, InstanceError, Name, is_name};
pub use offer::{Offer, OfferError, Offered};

use crate::cli::{Ctl, CtlWish};

/// How it ended, as the shell is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done: 0.
    Done,
    /// Refused or failed: 1.
    Failed,
    /// Asked for wrongly: 2.
    Usage,
    /// No such Skyreel is running: 4.
    NotRunning,
}

impl Ending {
    /// The exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotRunning => 4,
        }
    }
}

/// Why nothing was asked.
#[derive(Debug, thiserror::Error)]
pub enum CtlError {
    /// There is nobody to ask.
    #[error("no Skyreel is running; start one with: skyreel")]
    NoneRuns,
    /// Not the one that was named.
    #[error("no Skyreel that is called '{wish}' is running{}", names(.running, "; running: "))]
    NotThatOne {
        /// The name that was given.
        wish: String,
        /// Those that run.
        running: Vec<String>,
    },
    /// It is not clear who is meant.
    #[error("{} Skyreels are running: {}; choose one with --name", .0.len(), .0.join(", "))]
    Several(Vec<String>),
    /// They cannot be looked for.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// The one did not answer.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// What was said is no command.
    #[error(transparent)]
    Words(#[from] NotACommand),
    /// An option behind the call.
    #[error("options stand before the call: skyreel ctl {option} … {call}")]
    LateOption {
        /// The option.
        option: String,
        /// The call.
        call: String,
    },
    /// Standard input or output.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl CtlError {
    fn ending(&self) -> Ending {
        match self {
            Self::NoneRuns | Self::NotThatOne { .. } => Ending::NotRunning,
            Self::Client(ClientError::NoConnection { .. }) => Ending::NotRunning,
            Self::Several(_) | Self::Words(_) | Self::LateOption { .. } => Ending::Usage,
            Self::Instance(_) | Self::Client(_) | Self::Io(_) => Ending::Failed,
        }
    }
}

fn names(running: &[String], before: &str) -> String {
    if running.is_empty() { String::new() } else { format!("{before}{}", running.join(", ")) }
}

/// Standard input and output, or what stands for them.
pub struct Streams<'a> {
    /// Where code is read from.
    pub input: &'a mut dyn Read,
    /// Where answers go.
    pub out: &'a mut dyn Write,
    /// Where complaints go.
    pub err: &'a mut dyn Write,
}

/// Does what `skyreel ctl` was asked for.
///
/// # Errors
/// Where nothing more can be printed. All else is told on the error stream.
pub fn run(task: &Ctl, folder: &Folder, streams: &mut Streams<'_>) -> io::Result<Ending> {
    match obey(task, folder, streams) {
        Ok(ending) => Ok(ending),
        Err(CtlError::Io(error)) => Err(error),
        Err(error) => {
            writeln!(streams.err, "error: {error}")?;
            Ok(error.ending())
        }
    }
}

fn obey(task: &Ctl, folder: &Folder, streams: &mut Streams<'_>) -> Result<Ending, CtlError> {
    let wish = task.name.as_deref();
    let call = || {
        let instance = choose(folder.running()?, wish)?;
        Ok::<_, CtlError>(Client::connect(&instance, Duration::from_secs_f64(task.timeout))?)
    };
    match &task.wish {
        CtlWish::List { json } => {
            print::instances(&folder.running()?, *json, streams.out)?;
            Ok(Ending::Done)
        }
        CtlWish::Status { json, all } => {
            let mut client = call()?;
            client.watch()?;
            client.update(Some(Duration::from_secs_f64(task.timeout)))?;
            print::status(&client, print::How::of(*json, *all), streams.out)?;
            Ok(Ending::Done)
        }
        CtlWish::Watch { json, all } => {
            let mut client = call()?;
            client.watch()?;
            Ok(print::watch(&mut client, print::How::of(*json, *all), streams.out)?)
        }
        CtlWish::Lua { code } => {
            let mut from_input = String::new();
            let code = if code == "-" {
                streams.input.read_to_string(&mut from_input)?;
                &from_input
            } else {
                code
            };
            lua::run(&mut call()?, code, streams)
        }
        CtlWish::Call(words) => {
            if let Some(row) = asks_for_help(words) {
                print::usage(row, streams.out)?;
                return Ok(Ending::Done);
            }
            if let Some(option) = words.iter().find(|word| is_option(word)) {
                let call = words.first().cloned().unwrap_or_default();
                return Err(CtlError::LateOption { option: option.clone(), call });
            }
            // What is no command need not be sent to hear so.
            let command = said_in(words.iter().cloned())?;
            let outcome = call()?.call(&command)?;
            tell(&outcome, streams)
        }
    }
}

/// Tells an outcome: what it gives as it is, where that is a text, else as JSON.
fn tell(outcome: &Outcome, streams: &mut Streams<'_>) -> Result<Ending, CtlError> {
    if let Some(complaint) = outcome.complaint() {
        writeln!(streams.err, "error: {complaint}")?;
        return Ok(Ending::Failed);
    }
    match outcome {
        Outcome::Done(serde_json::Value::Null) => {}
        Outcome::Done(serde_json::Value::String(text)) => writeln!(streams.out, "{text}")?,
        Outcome::Done(value) => writeln!(streams.out, "{value}")?,
        Outcome::Refused(_) | Outcome::Failed(_) => {}
    }
    Ok(Ending::Done)
}

/// The instance that is meant.
fn choose(mut running: Vec<Instance>, wish: Option<&str>) -> Result<Instance, CtlError> {
    let found = match wish {
        Some(wish) => running.iter().position(|instance| instance.name == wish),
        None if running.len() > 1 => {
            return Err(CtlError::Several(running.into_iter().map(|one| one.name).collect()));
        }
        None => (!running.is_empty()).then_some(0),
    };
    match (found, wish) {
        (Some(at), _) => Ok(running.swap_remove(at)),
        (None, Some(wish)) => Err(CtlError::NotThatOne {
            wish: wish.to_owned(),
            running: running.into_iter().map(|one| one.name).collect(),
        }),
        (None, None) => Err(CtlError::NoneRuns),
    }
}

/// The row of a call that is asked for its help.
fn asks_for_help(words: &[String]) -> Option<&'static Row> {
    let (call, rest) = words.split_first()?;
    let asks = rest.iter().any(|word| word == "--help" || word == "-h");
    CATALOGUE.iter().find(|row| asks && row.call == call)
}

/// Whether a word looks like an option, which nothing of the catalogue does.
fn is_option(word: &str) -> bool {
    let name = word.strip_prefix("--").map(|rest| rest.split('=').next().unwrap_or(rest));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    })
}
