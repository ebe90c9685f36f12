//! Recordings on disk: opening them ready to play, saving them without ever leaving half of one.
//!
//! The only crate that touches recording files.

mod footage;
pub mod history;
pub mod library;
pub mod note;
mod open;
mod reading;
pub mod record;
mod save;
pub mod settings;

pub use footage::{Footage, Footing};
pub use library::{Condition, Listed, list, locate};
pub use open::{OpenError, Opened, load, load_in, open};
pub use reading::{FileSource, thumbnail};
pub use save::{SaveError, save};
