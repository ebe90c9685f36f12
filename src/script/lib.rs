//! The Luau sandbox, what turns the scripts of a recording into state that can be seeked, and the live
//! console.
//!
//! The scripts of a recording run here once, when it is opened, and never while it plays: their
//! `openspace` table only notes what its calls would do. Those of the console act on a host that is
//! lent to them. Nothing in here touches a scene, a file or a screen by itself.

mod bounded;
pub mod console;
mod date;
mod host;
pub mod interpret;
mod ledger;
pub mod limits;
pub mod openspace;
mod openspace_api;
pub mod sandbox;
mod slot;
mod source;
mod time_api;
mod unplayed;
mod value;
mod warnings;

pub use host::Host;
pub use interpret::{Interpretation, apply, interpret};
pub use limits::{Backstop, Limits};
pub use sandbox::{Failure, Sandbox};
pub use slot::HostSlot;
