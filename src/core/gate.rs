//! The one way from a request to its outcome: whether whoever sends it may, doing it, and noting it.

use std::collections::VecDeque;

use serde::Serialize;

use crate::command::{Command, Origin, Request, RequestId, row};
use crate::outcome::{Outcome, Refusal};
use crate::role::Role;

/// How many lines are kept for whoever wants to look back.
const KEPT: usize = 1000;

/// What is noted of a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditLine {
    /// Its number.
    pub id: RequestId,
    /// By which way it came.
    pub origin: Origin,
    /// What its sender may do.
    pub role: Role,
    /// What was asked, in words.
    pub call: String,
    /// Its arguments.
    pub arguments: serde_json::Map<String, serde_json::Value>,
    /// What became of it.
    pub outcome: Outcome,
}

/// The gate, with what it has noted last.
#[derive(Clone, Debug, Default)]
pub struct Gate {
    lines: VecDeque<AuditLine>,
    passed: u64,
}

impl Gate {
    /// Lets a request through to `obey` if its sender may; notes it, also where it is refused.
    pub fn pass(&mut self, request: Request, obey: impl FnOnce(Command) -> Outcome) -> Outcome {
        let Request { id, origin, role, command } = request;
        let (call, arguments) = command.words();
        let needed = row(&call).map_or(Role::Administrator, |row| row.role);
        let outcome = if role < needed {
            Refusal::Role { call: call.clone(), is: role, needed }.into()
        } else {
            obey(command)
        };
        if self.lines.len() == KEPT {
            self.lines.pop_front();
        }
        let line = AuditLine { id, origin, role, call, arguments, outcome: outcome.clone() };
        self.lines.push_back(line);
        self.passed += 1;
        outcome
    }

    /// The last lines, the oldest first.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &AuditLine> {
        self.lines.iter()
    }

    /// How many requests have come, in all.
    pub fn count(&self) -> u64 {
        self.passed
    }
}
