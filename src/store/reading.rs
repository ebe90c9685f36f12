//! Recording files that stay on disk while they are played: positioned reads, nothing mapped, so that a
//! file that shrinks or vanishes gives an error and not a signal.

use std::fs::File;
use std::io;
use std::path::Path;

use skyreel_core::format::native::{Reel, ReelError, Source};

/// The picture (PNG) that stands for a recording in lists; `None` where it has none, as those of
/// other formats than Skyreel's own.
///
/// # Errors
/// Where the file cannot be read, or is damaged.
pub fn thumbnail(recording: &Path) -> Result<Option<Vec<u8>>, ReelError> {
    if recording.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("skyreel")) {
        return Ok(None);
    }
    Reel::open(FileSource::new(File::open(recording)?))?.thumbnail()
}

/// A file to read pieces of.
#[derive(Debug)]
pub struct FileSource<F>(F);

impl<F: std::borrow::Borrow<File>> FileSource<F> {
    /// Of an open file.
    pub fn new(file: F) -> Self {
        Self(file)
    }
}

impl<F: std::borrow::Borrow<File>> Source for FileSource<F> {
    fn file_bytes(&mut self) -> io::Result<u64> {
        Ok(self.0.borrow().metadata()?.len())
    }

    #[cfg(unix)]
    fn read_at(&mut self, offset: u64, bytes: usize) -> io::Result<Vec<u8>> {
        use std::os::unix::fs::FileExt;
        let mut read = vec![0; bytes];
        self.0.borrow().read_exact_at(&mut read, offset)?;
        Ok(read)
    }

    #[cfg(not(unix))]
    fn read_at(&mut self, offset: u64, bytes: usize) -> io::Result<Vec<u8>> {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = self.0.borrow();
        file.seek(SeekFrom::Start(offset))?;
        let mut read = vec![0; bytes];
        file.read_exact(&mut read)?;
        Ok(read)
    }
}
