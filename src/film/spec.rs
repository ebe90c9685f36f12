//! What film is asked for, and whether it can be: names, sizes and limits. Touches the disk only to see whether the
//! output is a folder; writing begins elsewhere.

use std::path::{Path, PathBuf};

use crate::{FilmError, FrameRate};

/// The quality used where none is asked for.
pub const DEFAULT_QUALITY: u8 = 75;

/// Who turns pictures into H.264.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Encoder {
    /// OpenH264, in this process: always there.
    #[default]
    Builtin,
    /// An ffmpeg program as a child process: better compression, and larger pictures.
    Ffmpeg {
        /// The program's path, or a name looked for in `PATH`.
        program: PathBuf,
    },
}

impl Encoder {
    /// `ffmpeg` as found in `PATH`.
    pub fn ffmpeg() -> Self {
        Self::Ffmpeg { program: "ffmpeg".into() }
    }
}

/// A film to be written.
#[derive(Clone, Debug)]
pub struct FilmSpec {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames per second.
    pub rate: FrameRate,
    /// 0 (smallest file) to 100 (best picture); without meaning for PNG pictures.
    pub quality: u8,
    /// `NAME.mp4`, numbered pictures (`%06d.png`), or a folder for `000000.png` and on.
    pub output: PathBuf,
    /// Used for `.mp4` only.
    pub encoder: Encoder,
    /// Whether a film that is there already is replaced.
    pub overwrite: bool,
    /// Frames to come where known: room for the index of a finished `.mp4` is kept at its head, so that it starts
    /// playing before it is loaded whole. More or fewer frames may come.
    pub expected_frames: Option<u64>,
}

/// The kind of film that an output's name asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// One MP4 file.
    Mp4,
    /// Numbered pictures.
    Pictures(PictureNames),
}

/// How numbered pictures are called: `folder/{prefix}{number}{suffix}`, the number padded with zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureNames {
    /// The folder they lie in.
    pub folder: PathBuf,
    /// What stands before the number.
    pub prefix: String,
    /// Least number of digits.
    pub digits: usize,
    /// What stands after the number, `.png` included.
    pub suffix: String,
}

impl PictureNames {
    /// Path of picture `n`.
    pub fn path(&self, n: u64) -> PathBuf {
        self.folder.join(format!(
            "{}{n:0digits$}{}",
            self.prefix,
            self.suffix,
            digits = self.digits
        ))
    }

    /// The number in a file name, where it is one that [`path`](Self::path) gives.
    pub fn number(&self, file_name: &str) -> Option<u64> {
        let digits = file_name.strip_prefix(&self.prefix)?.strip_suffix(&self.suffix)?;
        let n = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        (format!("{n:0width$}", width = self.digits) == digits).then_some(n)
    }
}

/// Bounds of a picture size: least side, longest side, longest shorter side, whether sides must be even, in words.
struct Limits {
    least: u32,
    long_side: u32,
    short_side: u32,
    even: bool,
    words: &'static str,
}

/// The bounds of the `openh264` crate, a little below the library's 36,864 macroblocks.
const BUILTIN: Limits = Limits {
    least: 16,
    long_side: 3840,
    short_side: 2160,
    even: true,
    words: "the built-in encoder takes even sizes from 16x16 to 3840x2160 (or 2160x3840); \
            larger ones: --encoder ffmpeg, or PNG pictures",
};

/// 8192x4320 has 138,240 macroblocks; H.264's highest level (6.2, table A-1) allows 139,264.
const FFMPEG: Limits = Limits {
    least: 16,
    long_side: 8192,
    short_side: 4320,
    even: true,
    words: "H.264 takes even sizes from 16x16 to 8192x4320 (or 4320x8192); others: PNG pictures",
};

const PICTURES: Limits = Limits {
    least: 1,
    long_side: 32_768,
    short_side: 32_768,
    even: false,
    words: "pictures may have 1x1 to 32768x32768 pixels",
};

impl FilmSpec {
    /// A film by the built-in encoder at the usual quality, which replaces nothing.
    pub fn new(output: impl Into<PathBuf>, width: u32, height: u32, rate: FrameRate) -> Self {
        Self {
            width,
            height,
            rate,
            quality: DEFAULT_QUALITY,
            output: output.into(),
            encoder: Encoder::Builtin,
            overwrite: false,
            expected_frames: None,
        }
    }

    /// Checks size, quality and name; the disk is looked at by [`open`](crate::open).
    ///
    /// # Errors
    /// A usage error that states the limit: [`FilmError::Size`], [`FilmError::Quality`] or [`FilmError::Output`].
    pub fn validate(&self) -> Result<(), FilmError> {
        let limits = match (self.kind()?, &self.encoder) {
            (OutputKind::Pictures(_), _) => &PICTURES,
            (OutputKind::Mp4, Encoder::Builtin) => &BUILTIN,
            (OutputKind::Mp4, Encoder::Ffmpeg { .. }) => &FFMPEG,
        };
        let (width, height) = (self.width, self.height);
        let odd = limits.even && !(width.is_multiple_of(2) && height.is_multiple_of(2));
        let (short, long) = (width.min(height), width.max(height));
        if odd || short < limits.least || short > limits.short_side || long > limits.long_side {
            return Err(FilmError::Size { width, height, limit: limits.words });
        }
        if self.quality > 100 {
            return Err(FilmError::Quality { found: self.quality });
        }
        Ok(())
    }

    /// The kind of film the output's name asks for.
    ///
    /// # Errors
    /// [`FilmError::Output`] for any other name, with what is possible.
    pub fn kind(&self) -> Result<OutputKind, FilmError> {
        let path = &self.output;
        let refuse = |reason: String| FilmError::Output { path: path.clone(), reason };
        let text = path.to_string_lossy();
        if text.is_empty() {
            return Err(refuse("the name is empty".to_owned()));
        }
        if text.ends_with(['/', std::path::MAIN_SEPARATOR]) || path.is_dir() {
            return Ok(OutputKind::Pictures(numbered_in(path)));
        }
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(refuse("it has no file name in UTF-8".to_owned()));
        };
        match path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()) {
            None => Ok(OutputKind::Pictures(numbered_in(path))),
            Some(extension) if extension == "mp4" => Ok(OutputKind::Mp4),
            Some(extension) if extension == "png" => {
                let (prefix, digits, suffix) = split_number(name).ok_or_else(|| {
                    refuse(
                        "a film is many pictures, so the name needs one number like %06d"
                            .to_owned(),
                    )
                })?;
                let folder = path.parent().unwrap_or(Path::new("")).to_owned();
                Ok(OutputKind::Pictures(PictureNames { folder, prefix, digits, suffix }))
            }
            Some(extension) => {
                Err(refuse(format!("films ending in .{extension} cannot be written")))
            }
        }
    }

    /// Bytes of one frame: width × height × 4.
    pub(crate) fn frame_bytes(&self) -> usize {
        self.width as usize * self.height as usize * 4
    }

    /// H.264's quantizer for the quality: 12 (the finest OpenH264 keeps constant) to 45; one step is about 12 % of
    /// the step size, six double it.
    pub(crate) fn quantizer(&self) -> u8 {
        45 - self.quality.min(100) / 3
    }

    /// Frames from one keyframe to the next: about a second, so that seeking is quick and little is lost to an
    /// interruption.
    pub(crate) fn keyframe_interval(&self) -> u32 {
        self.rate.num().div_ceil(self.rate.den())
    }
}

fn numbered_in(folder: &Path) -> PictureNames {
    PictureNames {
        folder: folder.to_owned(),
        prefix: String::new(),
        digits: 6,
        suffix: ".png".to_owned(),
    }
}

/// Splits `frame_%06d.png` at its one number; `%d` pads nothing.
fn split_number(name: &str) -> Option<(String, usize, String)> {
    let (prefix, rest) = name.split_once('%')?;
    let (width, suffix) = rest.split_once('d')?;
    let digits = match width.strip_prefix('0') {
        None if width.is_empty() => 1,
        None => return None,
        Some(width) => width.parse().ok().filter(|digits| (1..=18).contains(digits))?,
    };
    (!suffix.contains('%')).then(|| (prefix.to_owned(), digits, suffix.to_owned()))
}
