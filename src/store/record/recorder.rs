//! The frame thread's end of a recording: hand an entry over, ask how it goes, stop. Nothing here
//! waits, locks or writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::{self, Thread};
use std::time::Duration;

use rtrb::{Producer, PushError, RingBuffer};
use skyreel_core::entry::Entry;
use skyreel_core::recording::Header;
use skyreel_core::value::Value;

use super::medium::{Medium, OnDisk};
use super::worker::Worker;

/// What is to be recorded, and where.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The folder; made if need be.
    pub folder: PathBuf,
    /// The file's name without its ending, as somebody typed it; see [`file_name`]. Where there is
    /// such a file, a number is added: `name (2)`.
    ///
    /// [`file_name`]: skyreel_core::shelf::file_name
    pub name: String,
    /// Whether it may replace the file of that name. That goes when this is stopped by its maker and
    /// complete; until then, and after any other end, this has a number.
    pub overwrite: bool,
    /// Who, where, when.
    pub header: Header,
    /// The properties as they are.
    pub baseline: Arc<BTreeMap<Arc<str>, Value>>,
    /// Whether a text is to be made of it when it ends.
    pub as_text: bool,
    /// How.
    pub settings: Settings,
}

/// How recordings are written.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How often what was handed over goes to disk.
    pub every: Duration,
    /// After how many such times the disk is asked to make it outlast a power cut.
    pub sync_after: u32,
    /// The recording ends when less than this is free.
    pub least_free_bytes: u64,
    /// The recording ends when its file has reached this, bytes. A text that is made of it is larger.
    pub largest_bytes: Option<u64>,
    /// How much room is kept for its end.
    pub reserve_bytes: u64,
    /// How many entries may wait to be written.
    pub most_waiting: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            every: Duration::from_millis(40),
            sync_after: 20,
            least_free_bytes: 64 << 20,
            largest_bytes: None,
            reserve_bytes: 4 << 20,
            most_waiting: 1 << 15,
        }
    }
}

/// Why a recording ended that nobody had stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// No room is left, or less than was to be kept free.
    #[error("disk full")]
    DiskFull,
    /// It is as large as it may become.
    #[error("size limit")]
    LargestSize,
    /// The disk is slower than entries come, for a long time.
    #[error("disk too slow")]
    TooSlow,
    /// The folder cannot be written to.
    #[error("cannot write to {folder}: {reason}")]
    CannotBegin {
        /// Where.
        folder: String,
        /// What the system said.
        reason: String,
    },
    /// Writing failed.
    #[error("cannot go on writing: {reason}")]
    Failed {
        /// What the system said.
        reason: String,
    },
}

/// How a recording ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its file; `None` where none could be begun, or it was discarded.
    pub path: Option<PathBuf>,
    /// Why, where nobody had stopped it.
    pub stopped: Option<Stopped>,
    /// Whether the file has its end. Where it has none, the next start will give it one.
    pub is_complete: bool,
    /// Entries that could not be used: not finite, or of a view that is not listed.
    pub refused: u64,
}

/// How far a recording is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Entries that are on disk.
    pub entries: u64,
    /// The size of the file and what is beside it, bytes.
    pub bytes: u64,
    /// How it ended, once it has.
    pub outcome: Option<Outcome>,
}

/// The recording has ended; entries are not taken any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the recording has ended")]
pub struct Ended;

/// What both threads see.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub entries: AtomicU64,
    pub bytes: AtomicU64,
    pub is_stopping: AtomicBool,
    pub is_discarding: AtomicBool,
    pub overran: AtomicBool,
    pub thumbnail: OnceLock<Vec<u8>>,
    pub path: OnceLock<PathBuf>,
    pub outcome: OnceLock<Outcome>,
    /// What there was to be discarded is gone, or could not be removed.
    pub discarded: OnceLock<Outcome>,
}

/// A recording being made. Dropping it stops it, as `stop` does.
#[derive(Debug)]
pub struct Recorder {
    entries: Producer<Entry>,
    shared: Arc<Shared>,
    worker: Option<Thread>,
}

impl Recorder {
    /// Begins to record. What goes wrong is told by `progress`.
    pub fn start(plan: Plan) -> Self {
        Self::start_on(OnDisk, plan)
    }

    /// Begins to record to something else than the disk.
    pub fn start_on(medium: impl Medium, plan: Plan) -> Self {
        let (entries, waiting) = RingBuffer::new(plan.settings.most_waiting);
        let shared = Arc::new(Shared::default());
        let worker = Worker { medium, plan, waiting, shared: Arc::clone(&shared) };
        let thread = thread::Builder::new().name("recorder".to_owned()).spawn(|| worker.run());
        let worker = match thread {
            Ok(thread) => Some(thread.thread().clone()),
            Err(error) => {
                let stopped = Some(Stopped::Failed { reason: error.to_string() });
                let outcome = Outcome { path: None, stopped, is_complete: false, refused: 0 };
                let _ = shared.discarded.set(outcome.clone());
                let _ = shared.outcome.set(outcome);
                None
            }
        };
        Self { entries, shared, worker }
    }

    /// Hands an entry over.
    ///
    /// # Errors
    /// Where the recording has ended.
    #[inline]
    pub fn push(&mut self, entry: Entry) -> Result<(), Ended> {
        match self.entries.push(entry) {
            Ok(()) if !self.entries.is_abandoned() => Ok(()),
            Ok(()) => Err(Ended),
            Err(PushError::Full(_)) => {
                self.shared.overran.store(true, Ordering::Relaxed);
                Err(Ended)
            }
        }
    }

    /// Gives the recording a picture to stand for it in lists, PNG. The first one stays.
    pub fn set_thumbnail(&self, png: Vec<u8>) {
        let _ = self.shared.thumbnail.set(png);
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        progress(&self.shared, false)
    }

    /// The file that it is written to; `None` where none is begun yet.
    pub fn path(&self) -> Option<&Path> {
        self.shared.path.get().map(PathBuf::as_path)
    }

    /// Ends the recording. What remains to be written is written behind; the handle tells when it is.
    pub fn stop(self) -> Ending {
        Ending { shared: Arc::clone(&self.shared), discards: false }
    }

    /// Ends the recording and removes it, also where it has ended by itself. There is no way back.
    pub fn discard(self) -> Ending {
        self.shared.is_discarding.store(true, Ordering::Release);
        Ending { shared: Arc::clone(&self.shared), discards: true }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.shared.is_stopping.store(true, Ordering::Release);
        if let Some(worker) = &self.worker {
            worker.unpark();
        }
    }
}

/// A recording that was stopped and is being finished.
#[derive(Clone, Debug)]
pub struct Ending {
    shared: Arc<Shared>,
    discards: bool,
}

impl Ending {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        progress(&self.shared, self.discards)
    }

    /// Waits until it is finished. Not for a thread that draws.
    pub fn wait(&self) -> Outcome {
        outcome(&self.shared, self.discards).wait().clone()
    }
}

fn outcome(shared: &Shared, discards: bool) -> &OnceLock<Outcome> {
    if discards { &shared.discarded } else { &shared.outcome }
}

fn progress(shared: &Shared, discards: bool) -> Progress {
    Progress {
        entries: shared.entries.load(Ordering::Relaxed),
        bytes: shared.bytes.load(Ordering::Relaxed),
        outcome: outcome(shared, discards).get().cloned(),
    }
}
