//! What faces on other threads need of the program: a way in for commands, and the state to show.
//! Whoever runs the session gives both.

use std::sync::Arc;

use skyreel_core::command::{Command, Origin};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_core::snapshot::Snapshot;
use tokio::sync::watch;

/// Where the outcome of a command is told. Called once, from any thread; it never blocks. Dropped
/// without a call, whoever asked is told that the program has ended.
pub type Reply = Box<dyn FnOnce(Outcome) + Send>;

/// A picture that somebody would like to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureWish {
    /// The view; what is on screen if there is none.
    pub view: Option<String>,
    /// How wide, pixels; what comes may be a little more or less.
    pub width_px: u32,
}

/// Where a picture is told: a JPEG, or why there is none. As with [`Reply`].
pub type PictureReply = Box<dyn FnOnce(Result<Arc<[u8]>, String>) + Send>;

/// The way in for commands.
pub trait Door: Send + Sync + 'static {
    /// Asks for the next picture that is new, without waiting for it. It comes when something has
    /// changed since the last one, or after a second or two.
    fn picture(&self, _wish: PictureWish, reply: PictureReply) {
        reply(Err("this program draws no pictures".to_owned()));
    }

    /// Hands a command in, without waiting for what becomes of it. Where it cannot be taken, the reply
    /// is that it failed, and why.
    fn send(&self, command: Command, origin: Origin, role: Role, reply: Reply);
}

/// Where the program shows its state. Only the newest is kept, and showing one never blocks.
#[derive(Clone, Debug)]
pub struct Stage(watch::Sender<Arc<Snapshot>>);

/// The state as faces see it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Seen(pub(crate) watch::Receiver<Arc<Snapshot>>);

impl Default for Stage {
    fn default() -> Self {
        Self(watch::Sender::new(Arc::default()))
    }
}

impl Stage {
    /// Shows a state. The one that is shown already costs nothing.
    pub fn show(&self, snapshot: &Arc<Snapshot>) {
        self.0.send_if_modified(|shown| {
            let is_new = !Arc::ptr_eq(shown, snapshot);
            if is_new {
                shown.clone_from(snapshot);
            }
            is_new
        });
    }

    /// What is shown, for a face.
    pub fn seen(&self) -> Seen {
        Seen(self.0.subscribe())
    }
}
