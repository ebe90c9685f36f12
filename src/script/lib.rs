//! The Luau sandbox, and what turns the scripts of a recording into state that can be seeked.
//!
//! Scripts of recordings run here once, when a recording is opened, and never while it plays: their
//! `openspace` table only notes what its calls would do. Live scripts get another one, which says
//! commands to a [`Host`]. Nothing in here touches a scene, a file or a screen.

mod bounded;
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
