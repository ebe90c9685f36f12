//! Recordings on disk: opening them ready to play, saving them without ever leaving half of one.
//!
//! The only crate that touches recording files.

mod open;
mod save;

pub use open::{OpenError, Opened, load, open};
pub use save::{SaveError, save};
