//! Recordings whose program died before their end: put together from the file and the journal beside
//! it, in memory to be looked at, or on disk to stay.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use skyreel_core::fault::{Fault, Severity};
use skyreel_core::format::native::{self, Ending, Source, TooLarge};
use skyreel_core::format::{Format, Imported, Mode, Unreadable};
use skyreel_core::recording::Recording;

use super::journal::{self, Note};
use super::text::{self, TextError};
use crate::open::OpenError;
use crate::reading::{FileSource, thumbnail};
use crate::save::{SaveError, save};

/// What a recording was recovered to.
#[derive(Debug)]
pub struct Recovered {
    /// Its file now; a text, where it was to become one.
    pub path: PathBuf,
    /// The damaged file, where it was kept.
    pub original: Option<PathBuf>,
    /// What was lost, and what should be known.
    pub faults: Vec<Fault>,
    /// Whether recorded data is missing, as far as can be told. A file that was not ended is whole
    /// with its journal; without one, nobody knows what came after.
    pub has_loss: bool,
}

/// Why a recording cannot be recovered. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// It is being recorded right now.
    #[error("{} is being recorded; stop that first", .0.display())]
    IsBeingRecorded(PathBuf),
    /// It is whole.
    #[error("{} is whole, there is nothing to recover", .0.display())]
    IsWhole(PathBuf),
    /// The file or its journal cannot be read, or nothing in them.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A moment of it holds too much.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// What was recovered cannot be saved.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The text that it was to become cannot be made.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// Whether some program is recording into this file.
pub fn is_being_recorded(recording: &Path) -> bool {
    File::open(recording).is_ok_and(|file| is_locked(&file))
}

fn is_locked(file: &File) -> bool {
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Whether this is a recording whose program died: it has a journal, or was not ended, and nobody
/// is recording into it.
pub fn is_abandoned(recording: &Path) -> bool {
    let Ok(file) = File::open(recording) else { return false };
    !is_locked(&file) && (journal::exists(recording) || !is_ended(&file))
}

fn is_ended(file: &File) -> bool {
    let mut source = FileSource::new(file);
    let is_ended = |source: &mut FileSource<&File>| -> io::Result<bool> {
        let length = source.file_bytes()?;
        let tail = length.min(native::TAIL_BYTES as u64);
        Ok(native::is_ended(&source.read_at(length - tail, tail as usize)?, length))
    };
    // One that cannot be read is not to be mended.
    is_ended(&mut source).unwrap_or(true)
}

/// A recording as far as its file and its journals go. True where it is to become a text.
///
/// # Errors
/// Where neither holds anything that can be read.
pub(crate) fn assemble(
    file: &[u8],
    journals: &[Vec<u8>; 2],
) -> Result<(Imported, bool), Unreadable> {
    let (notes, is_whole) = journal::read_both(journals);
    let (imported, reach) = native::read_with_reach(file);
    let mut imported = match imported {
        Ok(imported) => imported,
        Err(error) if notes.is_empty() => return Err(error),
        Err(_) => nothing(),
    };
    if !notes.is_empty() {
        // What was being written when the program died is in the journal as well.
        let is_earlier = |fault: &Fault| fault.offset.is_some_and(|at| at < reach.last_offset);
        imported.faults.retain(|fault| fault.is_end_missing() || is_earlier(fault));
    }
    let mut as_text = false;
    for note in notes {
        match note {
            Note::Start { header, baseline } if reach.next_segment == 0 => {
                imported.recording.header = header;
                imported.recording.baseline = baseline;
            }
            Note::Start { .. } => {}
            Note::AsText => as_text = true,
            Note::Entries { segment, entries } => {
                // What a segment of the file has is not taken twice.
                if segment >= u64::from(reach.next_segment) {
                    for entry in entries {
                        entry.add_to(&mut imported.recording);
                    }
                }
            }
        }
    }
    if !is_whole {
        let fault = Fault::warning("the journal ends within a piece, which was not complete yet");
        imported.faults.push(fault);
    }
    Ok((imported, as_text))
}

/// A recording of which only the journal is there.
fn nothing() -> Imported {
    Imported {
        format: Format::Native,
        version: String::new(),
        mode: Mode::Binary,
        recording: Recording::default(),
        faults: vec![Fault::end_missing()],
    }
}

/// Gives a recording its end, or makes a whole one of what a damaged one still has; under its name,
/// or as `output`, in which case the recording stays as it is.
///
/// # Errors
/// Where that cannot be done. Nothing is lost then that was there before.
pub fn recover(recording: &Path, output: Option<&Path>) -> Result<Recovered, RecoverError> {
    let unread = |source| OpenError::Io { path: recording.to_owned(), source };
    let file = File::open(recording).map_err(unread)?;
    // Held until this is done: nobody else recovers it at the same time.
    if is_locked(&file) {
        return Err(RecoverError::IsBeingRecorded(recording.to_owned()));
    }
    let has_journal = journal::exists(recording);
    let journals = journal::read_of(recording).map_err(unread)?;
    let bytes = fs::read(recording).map_err(unread)?;
    let (imported, as_text) = assemble(&bytes, &journals)
        .map_err(|source| OpenError::Unreadable { path: recording.to_owned(), source })?;
    let was_ended = is_ended(&file);
    if was_ended && !has_journal && imported.faults.is_empty() && output.is_none() {
        return Err(RecoverError::IsWhole(recording.to_owned()));
    }
    let is_lost = |fault: &Fault| {
        fault.severity == Severity::Loss && !(has_journal && fault.is_end_missing())
    };
    let has_loss = imported.faults.iter().any(is_lost);
    let ending = Ending { stopped: None, recovered: true };
    let thumbnail = thumbnail(recording).ok().flatten();
    let whole = native::encode_with(&imported.recording, &ending, thumbnail.as_deref())?;
    if let Some(output) = output {
        save(output, &whole, false)?;
        let (path, faults) = (output.to_owned(), imported.faults);
        return Ok(Recovered { path, original: None, faults, has_loss });
    }
    // A file that had its end and is damaged may hold more than this reader can read.
    let original = (was_ended && imported.has_loss()).then(|| beside(recording));
    if let Some(original) = &original {
        save(original, &bytes, false)?;
    }
    save(recording, &whole, true)?;
    for path in journal::beside(recording) {
        let _ = fs::remove_file(path);
    }
    let path = if as_text { text::write_beside(recording)? } else { recording.to_owned() };
    Ok(Recovered { path, original, faults: imported.faults, has_loss })
}

/// A name for the damaged file.
fn beside(recording: &Path) -> PathBuf {
    let mut name = recording.as_os_str().to_owned();
    name.push(".damaged");
    name.into()
}
