//! Everything that can go wrong between a frame and the disk, in words for the person at the command line.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

/// Why a film cannot be written, or not further.
///
/// What was written of an `.mp4` before a failure stays playable up to its last whole fragment, and numbered
/// pictures are whole or absent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FilmError {
    /// The encoder cannot make pictures of this size.
    #[error("film size {width}x{height}: {limit}")]
    Size {
        /// Width asked for, in pixels.
        width: u32,
        /// Height asked for, in pixels.
        height: u32,
        /// What is possible.
        limit: &'static str,
    },
    /// The quality lies outside its scale.
    #[error("film quality {found}: expected 0 (smallest file) to 100 (best picture)")]
    Quality {
        /// The quality asked for.
        found: u8,
    },
    /// The output's name says no kind of film that can be written.
    #[error(
        "cannot tell what to write from {}: {reason}; expected a name ending in .mp4, \
         numbered pictures like out/%06d.png, or a folder (end it with /)", path.display()
    )]
    Output {
        /// The output asked for.
        path: PathBuf,
        /// What is wrong with its name.
        reason: String,
    },
    /// Something is there already and must not be overwritten.
    #[error("{} is there already; choose another name or allow overwriting", path.display())]
    Exists {
        /// The file in the way: the film, or a numbered picture.
        path: PathBuf,
    },
    /// No room left.
    #[error(
        "no space left for {} after {frames} whole frames; free some and render again \
         (what is written so far can be played)", path.display()
    )]
    DiskFull {
        /// The file being written.
        path: PathBuf,
        /// Frames that are safely in the film.
        frames: u64,
    },
    /// The file or its folder went away while the film was being written.
    #[error("{} is gone: it was moved or deleted while the film was being written", path.display())]
    Vanished {
        /// The file that was being written.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot {doing} {}{}", path.display(), advice(source))]
    Disk {
        /// What was being done, as a verb.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A frame has not the film's size.
    #[error("frame {frame}: expected {expected} bytes (RGBA, rows without gaps), found {found}")]
    FrameSize {
        /// Number of the frame, from 0.
        frame: u64,
        /// Width × height × 4.
        expected: usize,
        /// Bytes handed in.
        found: usize,
    },
    /// An encoder failed on a frame.
    #[error("frame {frame} could not be encoded: {reason}")]
    Encode {
        /// Number of the frame, from 0.
        frame: u64,
        /// The encoder's own words.
        reason: String,
    },
    /// There is no ffmpeg.
    #[error(
        "{program} was not found: install the package ffmpeg (Debian, Ubuntu: apt install ffmpeg), \
         or use the built-in encoder"
    )]
    FfmpegMissing {
        /// The program looked for.
        program: String,
    },
    /// ffmpeg is there but encodes no test frame.
    #[error(
        "ffmpeg could not encode a test frame; it says:\n{stderr}\nThe built-in encoder needs no ffmpeg."
    )]
    FfmpegProbe {
        /// The last lines of its standard error.
        stderr: String,
    },
    /// ffmpeg stopped before the film was done.
    #[error("ffmpeg failed ({status}); its last words:\n{stderr}")]
    Ffmpeg {
        /// How it ended.
        status: ExitStatus,
        /// The last lines of its standard error.
        stderr: String,
    },
    /// ffmpeg ended well but not with one picture out for each frame in.
    #[error("ffmpeg was given {sent} frames and returned {encoded}")]
    FrameCount {
        /// Frames handed to it.
        sent: u64,
        /// Pictures that came back.
        encoded: u64,
    },
    /// The film was finished before its first frame.
    #[error("{}: a film needs at least one frame", path.display())]
    NoFrames {
        /// The output; nothing is left there.
        path: PathBuf,
    },
    /// An error was reported before, and the film ended with it.
    #[error("the film ended with an earlier error")]
    Ended,
}

impl FilmError {
    /// True for what a person can mend by asking otherwise (size, quality, name, overwriting): exit code 2.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Size { .. } | Self::Quality { .. } | Self::Output { .. } | Self::Exists { .. }
        )
    }

    /// A system error while writing frames to `path`, of which `frames` are whole.
    pub(crate) fn writing(path: &Path, frames: u64, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::DiskFull { path, frames }
            }
            io::ErrorKind::NotFound => Self::Vanished { path },
            _ => Self::Disk { doing: "write", path, source },
        }
    }
}

fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => " (make its folder first, or choose another place)",
        io::ErrorKind::PermissionDenied => " (you may not write there: choose another place)",
        io::ErrorKind::ReadOnlyFilesystem => {
            " (that disk cannot be written to: choose another place)"
        }
        io::ErrorKind::FileTooLarge => " (the file system or a limit allows no larger file)",
        _ => "",
    }
}
