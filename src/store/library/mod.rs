//! The recordings in a folder: what lists show of them, favourites, the trash, and what is cleaned up
//! when. `Library` does it when it is called; a `Librarian` has a thread that does it for a window.

mod folder;
mod librarian;
mod listed;
mod marks;
mod shelf;
mod trash;
mod upkeep;

use std::io;
use std::path::{Path, PathBuf};

pub use folder::{Found, locate};
pub use librarian::{Busy, Done, Librarian, Options, Order, OrderId, Shelf, Upheld, wall_time};
pub use listed::{Condition, Listed};
pub use shelf::Library;
pub use trash::Trashed;
pub use upkeep::{Keeping, Upkeep};

use crate::save::SaveError;

/// Why something cannot be done with a recording. All is as it was.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// No recording of the folder can be called that.
    #[error("'{0}' is no name of a recording in this folder")]
    BadId(String),
    /// There is none of that name.
    #[error("there is no recording '{0}' in this folder")]
    NoRecording(String),
    /// It is being played or recorded.
    #[error("'{0}' is being played or recorded; stop that first")]
    InUse(String),
    /// A title that says nothing, or too much.
    #[error("found {found} bytes of text, expected a title of 1 to {most} bytes")]
    Title {
        /// How many bytes it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// It is not known which recordings are favourites.
    #[error("cannot read {}: {reason}; mend it, or remove it to begin anew", path.display())]
    Marks {
        /// The file that says so.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The disk refused.
    #[error("cannot change {}: {source}", path.display())]
    Io {
        /// What was to be changed.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The marks cannot be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// The recordings in a folder and those below it, but for its trash, the youngest first. Those whose
/// program died are given their end.
///
/// # Errors
/// Where the folder cannot be read.
pub fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut library = Library::open(folder);
    for found in library.look()? {
        library.read(found, true);
    }
    Ok(library.list())
}
