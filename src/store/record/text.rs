//! A recording that is to be a text: written from its file when that has its end, a segment at a time,
//! so that the longest one takes no more memory than the shortest.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use skyreel_core::camera_track::CameraEntry;
use skyreel_core::clock_track::ClockKey;
use skyreel_core::format::native::{Reel, ReelError, Segment};
use skyreel_core::format::ron::{self, Told};
use skyreel_core::recording::{Recording, View};
use skyreel_core::wording::Wording;

use crate::reading::FileSource;
use crate::save::{SaveError, save_with};

/// Why there is no text. The recording itself is whole.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The recording could not be opened again.
    #[error("cannot open {} again", path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The recording could not be read again.
    #[error(transparent)]
    Read(#[from] ReelError),
    /// The text could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The recording that the text was made of could not be removed.
    #[error("cannot remove {}", path.display())]
    Remove {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What texts are called.
pub(super) const EXTENSION: &str = "ron";

/// The name of the text.
pub(super) fn path_of(recording: &Path) -> PathBuf {
    recording.with_extension(EXTENSION)
}

/// Writes the text beside a recording, and removes that.
pub(super) fn write_beside(recording: &Path) -> Result<PathBuf, TextError> {
    let path = path_of(recording);
    let at = |source| TextError::Open { path: recording.to_owned(), source };
    let mut streamed = Streamed::open(FileSource::new(File::open(recording).map_err(at)?))?;
    save_with(&path, false, |out| ron::write_to(&mut streamed, out))?;
    fs::remove_file(recording)
        .map_err(|source| TextError::Remove { path: recording.to_owned(), source })?;
    Ok(path)
}

/// A recording on disk as the text wants it.
struct Streamed {
    reel: Reel<FileSource<File>>,
    rest: Recording,
}

impl Streamed {
    fn open(source: FileSource<File>) -> Result<Self, ReelError> {
        let mut reel = Reel::open(source)?;
        let mut rest = reel.without_cameras()?;
        let views = reel.views().iter();
        rest.views = views.map(|v| View { vfov_deg: v.vfov_deg, ..View::new(&v.name) }).collect();
        if let Some(reason) = &reel.ending().stopped {
            rest.header.mark_stopped(reason);
        }
        Ok(Self { reel, rest })
    }

    fn segment(&mut self, number: usize) -> io::Result<Arc<Segment>> {
        self.reel.segment(number).map_err(io::Error::other)
    }
}

impl Told for Streamed {
    fn rest(&self) -> &Recording {
        &self.rest
    }

    fn each_entry(
        &mut self,
        view: usize,
        hear: &mut dyn FnMut(&CameraEntry, Option<&Wording>),
    ) -> io::Result<()> {
        for number in 0..self.reel.segments() {
            let segment = self.segment(number)?;
            let Some(camera) = segment.cameras.get(view) else { continue };
            for entry in &camera.entries {
                let words = camera.wordings.iter().find(|(seq, _)| *seq == entry.item.seq);
                hear(&entry.item, words.map(|(_, words)| words));
            }
        }
        Ok(())
    }

    fn each_clock_key(&mut self, hear: &mut dyn FnMut(&ClockKey)) -> io::Result<()> {
        for number in 0..self.reel.segments() {
            self.segment(number)?.clock_keys.iter().for_each(|key| hear(&key.item));
        }
        Ok(())
    }
}
