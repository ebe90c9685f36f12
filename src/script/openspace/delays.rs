//! What is to happen some seconds later, in real time.

use skyreel_core::command::{Command, SceneCommand};
use skyreel_core::time::SessionSpan;
use skyreel_core::value::Value;

use super::Due;
use crate::host::Host;

/// Most that waits: a script could go on for ever.
const MOST_WAITING: usize = 1000;

/// More waits than can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no more than {MOST_WAITING} scripts and fades can wait for their time")]
pub(super) struct TooMany;

/// What is to happen.
#[derive(Debug)]
pub(super) enum Later {
    /// A script is run.
    Script {
        /// What its errors call it.
        name: String,
        /// Its text.
        code: String,
    },
    /// What has been faded out is switched off, unless it has been faded in again.
    HideIfFaded {
        /// The property that fades.
        fade: String,
        /// The one that switches.
        enabled: String,
        /// How many more frames the fade may take.
        frames: u8,
    },
}

/// What waits, in the order in which it was said.
#[derive(Debug, Default)]
pub(super) struct Delays(Vec<(SessionSpan, Later)>);

impl Delays {
    pub(super) fn add(&mut self, after: SessionSpan, later: Later) -> Result<(), TooMany> {
        if self.0.len() >= MOST_WAITING {
            return Err(TooMany);
        }
        self.0.push((after.max(SessionSpan::ZERO), later));
        Ok(())
    }

    /// Lets real time pass; gives the scripts whose time has come, the earliest first.
    pub(super) fn advance(&mut self, host: &mut dyn Host, span: SessionSpan) -> Vec<Due> {
        for (left, _) in &mut self.0 {
            *left = left.saturating_sub(span);
        }
        let is_due = |(left, _): &mut (SessionSpan, Later)| *left <= SessionSpan::ZERO;
        let mut due: Vec<(SessionSpan, Later)> = self.0.extract_if(.., is_due).collect();
        // Stable: those of one moment stay in order.
        due.sort_by_key(|(left, _)| *left);
        let mut scripts = Vec::new();
        for (_, later) in due {
            match later {
                Later::Script { name, code } => scripts.push(Due { name, code }),
                Later::HideIfFaded { fade, enabled, frames } => {
                    if host.properties().get(&fade) == Some(&Value::Number(0.0)) {
                        let (path, value) = (enabled, Value::Bool(false));
                        let hide = SceneCommand::Set { path, value, over_s: None, easing: None };
                        // Where a recording plays by now it shows what it shows.
                        let _ = host.obey(Command::Scene(hide));
                    } else if let Some(frames) = frames.checked_sub(1) {
                        let again = Later::HideIfFaded { fade, enabled, frames };
                        self.0.push((SessionSpan::ZERO, again));
                    }
                }
            }
        }
        scripts
    }
}
