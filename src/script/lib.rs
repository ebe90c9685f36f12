//! The Luau sandbox, and what turns the scripts of a recording into state that can be seeked.
//!
//! Scripts run here once, when a recording is opened, and never while it plays. Nothing in here
//! touches a scene, a file or a screen: the `openspace` table only notes what its calls would do.

mod bounded;
pub mod console;
mod host;
pub mod interpret;
mod ledger;
pub mod limits;
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
