//! The messages about the state that were made last: most clients need the same ones.

use std::sync::{Mutex, PoisonError};

use axum::extract::ws::Utf8Bytes;
use serde_json::json;
use skyreel_core::snapshot::Snapshot;

use super::state;

/// Makes messages about the state, each once.
#[derive(Default)]
pub(super) struct Told(Mutex<Last>);

#[derive(Default)]
struct Last {
    whole: Option<(u64, Utf8Bytes)>,
    changes: Option<((u64, u64), Option<Utf8Bytes>)>,
}

impl Told {
    /// The message that tells a whole state.
    pub fn whole(&self, snapshot: &Snapshot) -> Utf8Bytes {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = snapshot.number;
        if let Some((told, message)) = &last.whole
            && *told == number
        {
            return message.clone();
        }
        let message = json!({ "snapshot": number, "state": state::state(snapshot) });
        let message = Utf8Bytes::from(message.to_string());
        last.whole = Some((number, message.clone()));
        message
    }

    /// The message that tells what has changed; `None` where nothing has.
    pub fn changes(&self, from: &Snapshot, to: &Snapshot) -> Option<Utf8Bytes> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let numbers = (from.number, to.number);
        if let Some((told, message)) = &last.changes
            && *told == numbers
        {
            return message.clone();
        }
        let changes = state::changes(from, to);
        let message = (from.number != to.number).then(|| {
            let message =
                json!({ "snapshot": to.number, "since": from.number, "changes": changes });
            Utf8Bytes::from(message.to_string())
        });
        last.changes = Some((numbers, message.clone()));
        message
    }
}
