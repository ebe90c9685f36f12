//! `skyreel ctl lua`: a script is sent, and what the console says of it printed until it has ended.

use std::time::Duration;

use serde_json::{Map, Value as Json};
use skyreel_core::command::{Command, ScriptCommand};
use skyreel_core::outcome::Outcome;

use super::{Client, ClientError, CtlError, Ending, Streams, tell};

/// How long a state that knows of the script may take to come after the script was taken.
const FIRST_STATE: Duration = Duration::from_secs(2);

/// Runs a script.
///
/// # Errors
/// Where the instance does not answer or ends, or nothing more can be printed.
pub(super) fn run(
    client: &mut Client,
    code: &str,
    streams: &mut Streams<'_>,
) -> Result<Ending, CtlError> {
    // First this, so that no line is missed.
    client.watch()?;
    let run = ScriptCommand::Run { code: code.to_owned(), name: None, wait: false };
    let outcome = client.call(&Command::Script(run))?;
    let Some(script) = number_of(&outcome) else { return tell(&outcome, streams) };
    let mut follow = Follow { script, last: None, is_known: false, ending: Ending::Done };
    while !follow.take(client.state(), streams)? {
        let patience = (!follow.is_known).then_some(FIRST_STATE);
        match client.update(patience) {
            Ok(_) => {}
            // It said nothing and has ended: no state has anything to tell of it.
            Err(ClientError::Late { .. }) if !follow.is_known => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(follow.ending)
}

/// The script's number, by which the console tells of it.
fn number_of(outcome: &Outcome) -> Option<u64> {
    match outcome {
        Outcome::Done(Json::Object(done)) => done.get("script")?.as_u64(),
        Outcome::Done(done) => done.as_u64(),
        Outcome::Refused(_) | Outcome::Failed(_) => None,
    }
}

/// What has been printed of a script.
struct Follow {
    script: u64,
    /// The number of the line that was looked at last.
    last: Option<u64>,
    /// Whether a state has told of it.
    is_known: bool,
    ending: Ending,
}

impl Follow {
    /// Prints what is new. True where the script has ended.
    fn take(
        &mut self,
        state: &Map<String, Json>,
        streams: &mut Streams<'_>,
    ) -> Result<bool, CtlError> {
        let Some(console) = state.get("console") else { return Ok(false) };
        let lines = console.get("lines").and_then(Json::as_object);
        let mut new: Vec<(u64, &Json)> = lines
            .into_iter()
            .flatten()
            .filter_map(|(number, line)| Some((number.parse().ok()?, line)))
            .filter(|(number, _)| self.last.is_none_or(|last| *number > last))
            .collect();
        new.sort_by_key(|(number, _)| *number);
        if let (Some(last), Some((first, _))) = (self.last, new.first())
            && self.is_known
            && *first > last + 1
        {
            let missing = first - last - 1;
            writeln!(streams.err, "({missing} lines were too fast to follow)")?;
        }
        for (number, line) in new {
            self.last = Some(number);
            if line.get("script").and_then(Json::as_u64) == Some(self.script) {
                self.is_known = true;
                self.print(line, streams)?;
            }
        }
        let is_it =
            |script: &Json| script.get("script").and_then(Json::as_u64) == Some(self.script);
        let runs = console.get("running").and_then(Json::as_array);
        let runs = runs.is_some_and(|scripts| scripts.iter().any(is_it));
        self.is_known |= runs;
        Ok(self.is_known && !runs)
    }

    fn print(&mut self, line: &Json, streams: &mut Streams<'_>) -> Result<(), CtlError> {
        let text = line.get("text").and_then(Json::as_str).unwrap_or_default();
        match line.get("said").and_then(Json::as_str) {
            Some("printed" | "returned") => {
                writeln!(streams.out, "{text}")?;
                // Who pipes it somewhere wants it when it is said.
                streams.out.flush()?;
            }
            Some("refused") => {
                self.ending = Ending::Failed;
                // The text begins with the place, where that is known.
                let place = line.get("at_line").and_then(Json::as_u64);
                match place.filter(|line| !text.contains(&format!(":{line}:"))) {
                    Some(at_line) => writeln!(streams.err, "error: line {at_line}: {text}")?,
                    None => writeln!(streams.err, "error: {text}")?,
                }
            }
            _ => {}
        }
        Ok(())
    }
}
