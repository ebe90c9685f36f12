//! The way in: commands from any thread, obeyed once a frame in the order in which they came; and the
//! way out, one outcome for each.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use bevy_ecs::prelude::*;
use skyreel_core::command::{Command, NotACommand, Origin, Request, RequestId, said};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;

/// How many commands may wait for the next frame.
const MOST_WAITING: usize = 4096;

/// Where the outcome of a command is told. Called once, in the frame that obeys it, or later where that
/// is what was asked for: it may not block.
pub type Reply = Box<dyn FnOnce(Answered) + Send>;

/// A request, and where its outcome is to be told.
pub(crate) type Waiting = (Request, Option<Reply>);

/// Where commands are handed in. Cheap to clone, also into other threads.
#[derive(Resource, Clone)]
pub struct Requests {
    send: SyncSender<Waiting>,
    waiting: Arc<Mutex<Receiver<Waiting>>>,
    next: Arc<AtomicU64>,
}

/// What became of a command.
#[derive(Message, Clone, Debug, PartialEq)]
pub struct Answered {
    /// Which.
    pub id: RequestId,
    /// By which way it had come.
    pub origin: Origin,
    /// What became of it.
    pub outcome: Outcome,
}

/// The command was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InboxFull {
    /// Too many wait already.
    #[error("{MOST_WAITING} commands wait already; the program is busy or has ended")]
    Full,
    /// What was said is no command.
    #[error(transparent)]
    NotACommand(#[from] NotACommand),
}

impl Default for Requests {
    fn default() -> Self {
        let (send, waiting) = sync_channel(MOST_WAITING);
        Self { send, waiting: Arc::new(Mutex::new(waiting)), next: Arc::default() }
    }
}

impl Requests {
    /// Sends a command of the app's own, which may do everything.
    ///
    /// # Errors
    /// Where too many wait already.
    pub fn send(&self, command: Command) -> Result<RequestId, InboxFull> {
        self.send_as(command, Origin::Program, Role::Administrator, None)
    }

    /// The same in words: `play.seek 12.5`.
    ///
    /// # Errors
    /// Where the words are no command, or too many wait already.
    pub fn say(&self, line: &str) -> Result<RequestId, InboxFull> {
        self.send(said(line)?)
    }

    /// Sends a command for somebody, and where its outcome is to be told, besides [`Answered`].
    ///
    /// # Errors
    /// Where too many wait already.
    pub fn send_as(
        &self,
        command: Command,
        origin: Origin,
        role: Role,
        answer: Option<SyncSender<Answered>>,
    ) -> Result<RequestId, InboxFull> {
        // Whoever does not listen any more does not miss it.
        let reply = answer.map(|to| -> Reply { Box::new(move |answer| drop(to.try_send(answer))) });
        self.send_with(command, origin, role, reply)
    }

    /// The same, with what is to be done with the outcome.
    ///
    /// # Errors
    /// Where too many wait already; `reply` is not called then.
    pub fn send_with(
        &self,
        command: Command,
        origin: Origin,
        role: Role,
        reply: Option<Reply>,
    ) -> Result<RequestId, InboxFull> {
        let id = self.number();
        let request = Request { id, origin, role, command };
        match self.send.try_send((request, reply)) {
            Ok(()) => Ok(id),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(InboxFull::Full),
        }
    }

    /// A number that no other request has.
    pub fn number(&self) -> RequestId {
        RequestId(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// The oldest that waits.
    pub(crate) fn next(&self) -> Option<Waiting> {
        self.waiting.lock().ok()?.try_recv().ok()
    }
}
