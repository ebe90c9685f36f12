//! Recording to disk while it happens. The frame thread hands entries to a `Recorder` and never
//! waits; a thread of its own writes them: at once, as they are, to a journal, and every ten seconds
//! as a segment to the file, behind which the journal is emptied. So whatever happens to the program
//! or the machine, what is on disk goes on to the last moment or nearly so.

mod journal;
mod medium;
mod recorder;
mod recover;
mod syncer;
mod text;
mod worker;

pub(crate) use journal::{beside, exists as has_journal, read_of as read_journals};
pub use medium::{Medium, OnDisk};
pub use recorder::{Ended, Ending, Outcome, Plan, Progress, Recorder, Settings, Stopped};
pub(crate) use recover::assemble;
pub use recover::{RecoverError, Recovered, is_abandoned, is_being_recorded, recover};
pub use syncer::Sync;
pub use text::TextError;
