//! The way in over the network: a server on this machine's own loopback address, on a thread of its
//! own. It hands commands in at the program's door and tells the state; it does nothing by itself, and
//! nothing that a client does or leaves undone holds the program up.
//!
//! PROTOCOL.md, beside this file, says what is spoken.

mod attempts;
mod client;
mod config;
mod entrance;
pub(crate) mod guard;
mod protocol;
mod secret;
mod server;
mod state;
mod told;

pub use attempts::Attempts;
pub use config::{Config, Limits, PORT};
pub use guard::{Guard, SUBPROTOCOL, Stranger};
pub use protocol::{AS_COMMAND_LINE, Ask, Asked, Hello, NotUnderstood, PATH, PROTOCOL, Told};
pub use secret::{NoRandomness, Secret};
pub use server::{Running, Server, StartError};
pub use state::{changes, merge, state};
