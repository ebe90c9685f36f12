//! The thread that writes a recording: entries to the journal, segments to the file, an end to both
//! whatever happens.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use rtrb::Consumer;
use skyreel_core::entry::Entry;
use skyreel_core::format::native::{self, Encoder, Ending, Segmenter, TooLarge};
use skyreel_core::shelf;

use super::journal::{self, Borrowed, Note};
use super::medium::Medium;
use super::recorder::{Outcome, Plan, Shared, Stopped};
use super::recover::is_being_recorded;
use super::syncer::Syncer;
use super::text;

/// How many names are tried before it is given up.
const MOST_NAMES: u32 = 10_000;

/// What recording files are called.
pub(super) const EXTENSION: &str = "skyreel";

/// A recording that is about to be written.
pub(super) struct Worker<M: Medium> {
    pub medium: M,
    pub plan: Plan,
    pub waiting: Consumer<Entry>,
    pub shared: Arc<Shared>,
}

/// Why writing cannot go on.
enum Trouble {
    LargestSize,
    Disk(io::Error),
    Segment(TooLarge),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<TooLarge> for Trouble {
    fn from(error: TooLarge) -> Self {
        Self::Segment(error)
    }
}

impl From<Trouble> for Stopped {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::LargestSize => Self::LargestSize,
            Trouble::Disk(error) if is_full(&error) => Self::DiskFull,
            Trouble::Disk(error) => Self::Failed { reason: error.to_string() },
            Trouble::Segment(error) => Self::Failed { reason: error.to_string() },
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

impl<M: Medium> Worker<M> {
    /// Writes until it is stopped or cannot go on.
    pub fn run(self) {
        let Self { mut medium, plan, waiting, shared } = self;
        let outcome = match Open::begin(&mut medium, &plan) {
            Ok(open) => {
                let _ = shared.path.set(open.path.clone());
                open.record(&mut medium, &plan, waiting, &shared)
            }
            Err(error) => {
                // Who hands over is to notice.
                drop(waiting);
                let folder = plan.folder.display().to_string();
                let stopped = if is_full(&error) {
                    Stopped::DiskFull
                } else {
                    Stopped::CannotBegin { folder, reason: error.to_string() }
                };
                Outcome { path: None, stopped: Some(stopped), is_complete: false, refused: 0 }
            }
        };
        let _ = shared.outcome.set(outcome.clone());
        // One that has ended by itself may still be discarded.
        while !shared.is_stopping.load(Ordering::Acquire) {
            thread::park();
        }
        if shared.is_discarding.load(Ordering::Acquire) {
            let _ = shared.discarded.set(removed(&mut medium, outcome));
        }
    }
}

/// Removes what a recording has come to.
fn removed<M: Medium>(medium: &mut M, outcome: Outcome) -> Outcome {
    let Some(path) = outcome.path else { return outcome };
    if let Err(error) = medium.remove(&path) {
        let stopped = Some(Stopped::Failed { reason: error.to_string() });
        return Outcome { path: Some(path), stopped, ..outcome };
    }
    for beside in journal::beside(&path) {
        let _ = medium.remove(&beside);
    }
    Outcome { path: None, stopped: None, is_complete: false, ..outcome }
}

/// A recording whose files are open.
struct Open<M: Medium> {
    path: PathBuf,
    file: Growing<M>,
    journals: [Growing<M>; 2],
    /// What a journal begins with.
    journal_head: Vec<u8>,
    syncer: Syncer,
    segmenter: Segmenter,
    encoder: Encoder,
    /// What belongs at the end of the file and is not there yet.
    unwritten: Vec<u8>,
    /// Entries that are not in the journal yet.
    fresh: Vec<Entry>,
    views: usize,
    refused: u64,
}

impl<M: Medium> Open<M> {
    fn begin(medium: &mut M, plan: &Plan) -> io::Result<Self> {
        medium.make_folder(&plan.folder)?;
        let needed = plan.settings.least_free_bytes + plan.settings.reserve_bytes;
        if medium.free_bytes(&plan.folder)? < needed {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let (path, file) = first_free_name(medium, plan)?;
        let mut file = Growing::new(file);
        let begun = Self::begin_beside(medium, plan, &path, &mut file);
        if begun.is_err() {
            // Nothing is in them yet.
            for beside in journal::beside(&path) {
                let _ = medium.remove(&beside);
            }
            let _ = medium.remove(&path);
        }
        let Beside { journals, journal_head, syncer, encoder } = begun?;
        Ok(Self {
            path,
            file,
            journals,
            journal_head,
            syncer,
            segmenter: Segmenter::new((*plan.baseline).clone()),
            encoder,
            unwritten: Vec::new(),
            fresh: Vec::new(),
            views: 0,
            refused: 0,
        })
    }

    fn begin_beside(
        medium: &mut M,
        plan: &Plan,
        path: &Path,
        file: &mut Growing<M>,
    ) -> io::Result<Beside<M>> {
        let mut journal_head = journal::MAGIC.to_vec();
        if plan.as_text {
            journal::write(&Note::AsText, &mut journal_head);
        }
        let mut start = journal_head.clone();
        let (header, baseline) = (plan.header.clone(), (*plan.baseline).clone());
        journal::write(&Note::Start { header, baseline }, &mut start);
        let [first, second] = journal::paths_of(path);
        let mut journals =
            [Growing::new(medium.create(&first)?), Growing::new(medium.create(&second)?)];
        journals[0].append(medium, &start)?;
        journals[1].append(medium, &journal_head)?;
        let (encoder, piece) = Encoder::new(&plan.header);
        file.append(medium, &piece)?;
        let mut reserve = Growing::<M>::new(medium.create(&journal::reserve_of(path))?);
        let block = vec![0; 1 << 16];
        while reserve.bytes < plan.settings.reserve_bytes {
            reserve.append(medium, &block)?;
        }
        let [first, second] = &journals;
        let syncs = [medium.sync_of(&first.file)?, medium.sync_of(&second.file)?];
        let syncer =
            Syncer::start(medium.sync_of(&file.file)?, medium.sync_of_folder(&plan.folder), syncs)?;
        Ok(Beside { journals, journal_head, syncer, encoder })
    }

    fn record(
        mut self,
        medium: &mut M,
        plan: &Plan,
        mut waiting: Consumer<Entry>,
        shared: &Shared,
    ) -> Outcome {
        let mut rounds = 0_u32;
        let trouble = loop {
            // Asked before the entries are fetched: whatever came before the stop is fetched then.
            let is_last = shared.is_stopping.load(Ordering::Acquire);
            if shared.overran.load(Ordering::Relaxed) {
                break Some(Stopped::TooSlow);
            }
            rounds = rounds.wrapping_add(1);
            let is_sync_due = rounds.is_multiple_of(plan.settings.sync_after.max(1));
            if let Err(trouble) = self.round(medium, plan, &mut waiting, is_sync_due) {
                break Some(trouble.into());
            }
            let beside: u64 = self.journals.iter().map(|journal| journal.bytes).sum();
            shared.bytes.store(self.file.bytes + beside, Ordering::Relaxed);
            shared.entries.store(self.segmenter.taken(), Ordering::Relaxed);
            if is_last {
                break None;
            }
            thread::park_timeout(plan.settings.every);
        };
        if shared.is_discarding.load(Ordering::Acquire) {
            return self.abandon();
        }
        let outcome = self.end(medium, waiting, trouble, plan, shared.thumbnail.get());
        shared.bytes.store(outcome.1, Ordering::Relaxed);
        outcome.0
    }

    /// Takes what is waiting, and puts it on disk.
    fn round(
        &mut self,
        medium: &mut M,
        plan: &Plan,
        waiting: &mut Consumer<Entry>,
        is_sync_due: bool,
    ) -> Result<(), Trouble> {
        while let Ok(entry) = waiting.pop() {
            if self.take(entry)? {
                self.flush(medium)?;
                self.syncer.ask_segment(self.segment() - 1);
                check_free(medium, plan)?;
                if plan.settings.largest_bytes.is_some_and(|most| self.file.bytes >= most) {
                    return Err(Trouble::LargestSize);
                }
            }
        }
        let segment = self.segment();
        let journal = which(segment);
        if !self.fresh.is_empty() {
            let mut note = Vec::new();
            journal::write(&Borrowed::Entries { segment, entries: &self.fresh }, &mut note);
            self.journals[journal].append(medium, &note)?;
            self.fresh.clear();
        }
        if is_sync_due {
            self.syncer.ask_journal(journal);
            check_free(medium, plan)?;
        }
        // A journal is emptied when what it has is safe in the file, and nothing newer is in it.
        if let Some(safe) = self.syncer.synced()?.filter(|safe| *safe + 1 == segment) {
            self.journals[which(safe)].restart(medium, &self.journal_head)?;
        }
        Ok(())
    }

    /// The number of the segment that entries go to.
    fn segment(&self) -> u64 {
        self.segmenter.begun().saturating_sub(1)
    }

    /// Takes one entry. True where it completed a segment, which is then to be written, and makes
    /// what the journal has needless.
    fn take(&mut self, entry: Entry) -> Result<bool, TooLarge> {
        if !self.is_usable(&entry) {
            self.refused += 1;
            return Ok(false);
        }
        self.fresh.push(entry.clone());
        let Some(segment) = self.segmenter.push(entry) else { return Ok(false) };
        self.unwritten.extend(self.encoder.segment(&segment)?);
        // All but this entry are in that segment.
        self.fresh.drain(..self.fresh.len() - 1);
        Ok(true)
    }

    fn is_usable(&mut self, entry: &Entry) -> bool {
        match entry {
            Entry::View { .. } => {
                self.views += 1;
                true
            }
            Entry::Camera { view, entry } => {
                usize::from(*view) < self.views
                    && entry.pose.unusable().is_none()
                    && entry.sim_time_s.is_finite()
            }
            Entry::Wording { view, .. } => usize::from(*view) < self.views,
            _ => true,
        }
    }

    fn flush(&mut self, medium: &mut M) -> io::Result<()> {
        self.file.append(medium, &self.unwritten)?;
        self.unwritten.clear();
        Ok(())
    }

    /// Lets go of the files as they are.
    fn abandon(mut self) -> Outcome {
        self.syncer.stop();
        let (path, refused) = (Some(self.path), self.refused);
        Outcome { path, stopped: None, is_complete: false, refused }
    }

    /// Writes the end: what is left, how it came to its end, the index. Gives the outcome and the
    /// file's size.
    fn end(
        mut self,
        medium: &mut M,
        mut waiting: Consumer<Entry>,
        stopped: Option<Stopped>,
        plan: &Plan,
        thumbnail: Option<&Vec<u8>>,
    ) -> (Outcome, u64) {
        // Who is told that this has ended must find nobody at the files any more.
        self.syncer.stop();
        // This room was kept for now.
        let _ = medium.remove(&journal::reserve_of(&self.path));
        if stopped == Some(Stopped::LargestSize) {
            // What waits would make it larger still.
            while waiting.pop().is_ok() {}
        }
        let rest = self.take_rest(&mut waiting).map_err(Trouble::from);
        if let Some(png) = thumbnail {
            self.unwritten.extend(self.encoder.attach(native::THUMBNAIL, "image/png", png));
        }
        let (path, refused) = (self.path.clone(), self.refused);
        let ending = Ending { stopped: stopped.as_ref().map(Stopped::to_string), recovered: false };
        let bytes = self.file.bytes;
        let ended = rest.and_then(|()| self.finish(medium, &ending));
        let (path, trouble, is_complete, bytes) = match ended {
            Ok(bytes) => {
                let (path, trouble) = match plan.as_text.then(|| text::write_beside(&path)) {
                    Some(Ok(text)) => (text, None),
                    Some(Err(error)) => (path, Some(Stopped::Failed { reason: error.to_string() })),
                    None => (path, None),
                };
                (path, trouble, true, bytes)
            }
            Err(trouble) => (path, Some(trouble.into()), false, bytes),
        };
        let stopped = stopped.or(trouble);
        let path = match &stopped {
            // Whoever did not stop it themselves may rather have the old one.
            None if plan.overwrite => take_over(medium, plan, path),
            _ => path,
        };
        (Outcome { path: Some(path), stopped, is_complete, refused }, bytes)
    }

    /// Everything that was handed over, into segments.
    fn take_rest(&mut self, waiting: &mut Consumer<Entry>) -> Result<(), TooLarge> {
        while let Ok(entry) = waiting.pop() {
            self.take(entry)?;
        }
        if let Some(segment) = self.segmenter.close() {
            self.unwritten.extend(self.encoder.segment(&segment)?);
        }
        Ok(())
    }

    fn finish(mut self, medium: &mut M, ending: &Ending) -> Result<u64, Trouble> {
        self.unwritten.extend(self.encoder.finish(ending));
        self.file.append(medium, &self.unwritten)?;
        medium.sync_of(&self.file.file)?()?;
        // From here on the journals would only be in the way.
        for path in journal::paths_of(&self.path) {
            let _ = medium.remove(&path);
        }
        Ok(self.file.bytes)
    }
}

/// A file and how much of it is good.
struct Growing<M: Medium> {
    file: M::File,
    bytes: u64,
}

impl<M: Medium> Growing<M> {
    fn new(file: M::File) -> Self {
        Self { file, bytes: 0 }
    }

    fn append(&mut self, medium: &mut M, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = medium.append(&mut self.file, bytes) {
            // Half of it may be there. Should this fail too, readers know by its sum.
            let _ = medium.truncate(&mut self.file, self.bytes);
            return Err(error);
        }
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Begins anew, with these bytes.
    fn restart(&mut self, medium: &mut M, bytes: &[u8]) -> io::Result<()> {
        medium.truncate(&mut self.file, 0)?;
        self.bytes = 0;
        self.append(medium, bytes)
    }
}

/// The journal that the entries of a segment go to.
fn which(segment: u64) -> usize {
    usize::from(!segment.is_multiple_of(2))
}

/// What belongs to a recording beside its file.
struct Beside<M: Medium> {
    journals: [Growing<M>; 2],
    journal_head: Vec<u8>,
    syncer: Syncer,
    encoder: Encoder,
}

/// Ends the recording while others still have room.
fn check_free<M: Medium>(medium: &mut M, plan: &Plan) -> io::Result<()> {
    if medium.free_bytes(&plan.folder)? < plan.settings.least_free_bytes {
        return Err(io::ErrorKind::StorageFull.into());
    }
    Ok(())
}

/// Makes the recording's file, under a name that no other has.
fn first_free_name<M: Medium>(medium: &mut M, plan: &Plan) -> io::Result<(PathBuf, M::File)> {
    let name = shelf::file_name(&plan.name);
    for number in 1..=MOST_NAMES {
        let path = plan.folder.join(format!("{}.{EXTENSION}", shelf::numbered(&name, number)));
        // A journal that was left behind is somebody's, too.
        if journal::exists(&path) || plan.as_text && text::path_of(&path).exists() {
            continue;
        }
        match medium.create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            file => return Ok((path, file?)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Gives a whole recording the name that was asked for, in place of the recording that has it. Where
/// that is not possible both stay as they are.
fn take_over<M: Medium>(medium: &mut M, plan: &Plan, path: PathBuf) -> PathBuf {
    let ending = if plan.as_text { text::EXTENSION } else { EXTENSION };
    let wanted = plan.folder.join(format!("{}.{ending}", shelf::file_name(&plan.name)));
    // A journal would be taken for the new one's.
    let is_free = !is_being_recorded(&wanted) && !journal::exists(&wanted);
    if path != wanted && is_free && medium.replace(&path, &wanted).is_ok() {
        return wanted;
    }
    path
}
