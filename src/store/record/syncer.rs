//! The thread that waits for the disk, so that the one that writes does not have to: a slow disk
//! delays what would outlast a power cut, never what would outlast the program.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

/// How many wishes may wait.
const MOST_WISHES: usize = 8;

/// Makes what was written to a file outlast a power cut.
pub type Sync = Box<dyn FnMut() -> io::Result<()> + Send>;

/// What is to be made to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// What one of the journals has.
    Journal(usize),
    /// What the file has: the segments up to this one.
    Segment(u64),
}

/// Asks for files to be synced, and hears when they are.
pub(super) struct Syncer {
    /// `None` once it has been stopped.
    wishes: Option<SyncSender<Wish>>,
    done: Receiver<io::Result<Wish>>,
    /// The last segment written, as long as nobody was asked to sync it.
    unasked: Option<u64>,
    thread: Option<JoinHandle<()>>,
}

impl Syncer {
    /// Starts the thread.
    pub fn start(mut file: Sync, mut folder: Sync, mut journals: [Sync; 2]) -> io::Result<Self> {
        let (wishes, wished) = sync_channel::<Wish>(MOST_WISHES);
        // More than can be asked for between two times that the answers are fetched, so that the
        // thread never waits for its listener.
        let (tell, done) = sync_channel(2 * MOST_WISHES + 4);
        let thread = thread::Builder::new().name("recorder sync".to_owned()).spawn(move || {
            // Their names first, without which they would not be found.
            let mut named = folder();
            for wish in wished {
                let synced = match wish {
                    _ if named.is_err() => std::mem::replace(&mut named, Ok(())),
                    Wish::Journal(which) => journals[which](),
                    Wish::Segment(_) => file(),
                };
                if tell.send(synced.map(|()| wish)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { wishes: Some(wishes), done, unasked: None, thread: Some(thread) })
    }

    /// Ends the thread, and waits until it has let go of the files.
    pub fn stop(&mut self) {
        self.wishes = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// Asks for a journal, unless the disk is behind already.
    pub fn ask_journal(&mut self, which: usize) {
        if let Some(wishes) = &self.wishes {
            let _ = wishes.try_send(Wish::Journal(which));
        }
    }

    /// Asks for the file, which has all segments up to this one.
    pub fn ask_segment(&mut self, number: u64) {
        self.unasked = Some(number);
    }

    /// The last segment that was made to last since this was last asked.
    ///
    /// # Errors
    /// What the disk said.
    pub fn synced(&mut self) -> io::Result<Option<u64>> {
        if let (Some(number), Some(wishes)) = (self.unasked, &self.wishes) {
            match wishes.try_send(Wish::Segment(number)) {
                Ok(()) => self.unasked = None,
                Err(TrySendError::Full(_)) => {}
                Err(TrySendError::Disconnected(_)) => {
                    return Err(io::Error::other("the thread that syncs has ended"));
                }
            }
        }
        let mut last = None;
        while let Ok(done) = self.done.try_recv() {
            if let Wish::Segment(number) = done? {
                last = Some(number);
            }
        }
        Ok(last)
    }
}
