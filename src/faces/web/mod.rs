//! The way in over the network: a server on this machine's own loopback address, on a thread of its
//! own. It hands commands in at the program's door, tells the state, and has the browser menu's pages;
//! it does nothing by itself, and nothing that a client does or leaves undone holds the program up.
//!
//! PROTOCOL.md, beside this file, says what is spoken; CALLS.md, made from the catalogue, what can be
//! asked for.

mod attempts;
mod calls;
mod client;
mod code;
mod config;
mod entrance;
pub(crate) mod guard;
mod pages;
mod picture;
mod protocol;
mod secret;
mod server;
mod state;
mod told;

pub use attempts::{Attempts, AttemptsByAddress};
pub use calls::as_markdown as calls_as_markdown;
pub use code::{Codes, Password, SHORTEST_PASSWORD, Told as ToldAtTheDoor};
pub use config::{Config, Limits, PORT};
pub use guard::{Guard, SUBPROTOCOL, Stranger};
pub use protocol::{
    AS_COMMAND_LINE, Ask, Asked, Hello, NotUnderstood, PATH, PICTURE_PATH, PROTOCOL, Told,
};
pub use secret::{NoRandomness, Secret};
pub use server::{Invitations, Running, Server, StartError};
pub use state::{changes, merge, state};
