//! OpenSpace's way in: its own clients drive Skyreel as if it were OpenSpace, over WebSocket or as lines
//! of JSON over TCP. What they ask becomes commands of the catalogue; nothing is done in here, and
//! nothing that a client does or leaves undone holds the program up.
//!
//! TOPICS.md, beside this file, says what is spoken and what differs.

mod client;
mod config;
mod entrance;
mod guard;
mod lua;
mod message;
mod peer;
mod property;
mod server;
mod topics;
mod wire;

pub use config::{Config, Limits, Ports};
pub use message::Dialect;
pub use peer::{Kin, kin};
pub use server::{Running, Server, StartError, Taken};
pub use topics::NAMES;
