//! The way from the renderer to the encoders: a short queue, threads of their own, buffers that go round. Knows
//! nothing of formats.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded, select};

use crate::builtin::Builtin;
use crate::ffmpeg::Ffmpeg;
use crate::pictures::{self, Pictures};
use crate::spec::{Encoder, OutputKind};
use crate::{FilmError, FilmSpec};

/// Frames that may wait for an encoder.
const WAITING_FRAMES: usize = 3;

/// Most threads that write pictures.
const PICTURE_THREADS: usize = 4;

/// Takes a film's frames in order, or where several share the work, some of them.
pub(crate) trait Sink: Send {
    /// Takes frame `n`, RGBA.
    fn frame(&mut self, n: u64, rgba: &[u8]) -> Result<(), FilmError>;

    /// Completes the film and returns the bytes written. A sink dropped without it leaves what is there so far.
    fn finish(self: Box<Self>) -> Result<u64, FilmError>;
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmSummary {
    /// Frames in the film.
    pub frames: u64,
    /// Bytes on disk, of all files together.
    pub bytes: u64,
    /// The output, as asked for.
    pub path: PathBuf,
}

/// A film being written. Dropped without [`finish`](Self::finish), an `.mp4` stays as an interruption would leave it:
/// playable up to its last whole fragment (about a second), without an index.
#[derive(Debug)]
pub struct FilmWriter {
    frames: Option<Sender<(u64, Vec<u8>)>>,
    spare: Receiver<Vec<u8>>,
    failures: Receiver<FilmError>,
    workers: Vec<JoinHandle<u64>>,
    finishing: Arc<AtomicBool>,
    sent: u64,
    frame_bytes: usize,
    path: PathBuf,
}

/// Begins a film. Everything that can be known before the first frame is checked here: the spec, that the output can
/// be made and replaces nothing against the asker's will, and that the encoder really encodes.
///
/// # Errors
/// Those of [`FilmSpec::validate`]; [`FilmError::Exists`]; [`FilmError::Disk`] and [`FilmError::DiskFull`] for the
/// output; [`FilmError::FfmpegMissing`] and [`FilmError::FfmpegProbe`].
pub fn open(spec: &FilmSpec) -> Result<FilmWriter, FilmError> {
    spec.validate()?;
    let sinks: Vec<Box<dyn Sink>> = match (spec.kind()?, &spec.encoder) {
        (OutputKind::Mp4, Encoder::Builtin) => vec![Box::new(Builtin::open(spec)?)],
        (OutputKind::Mp4, Encoder::Ffmpeg { program }) => {
            vec![Box::new(Ffmpeg::open(spec, program)?)]
        }
        (OutputKind::Pictures(names), _) => {
            pictures::prepare(&names, spec.overwrite)?;
            let threads =
                std::thread::available_parallelism().map_or(1, |n| n.get().min(PICTURE_THREADS));
            (0..threads)
                .map(|_| Box::new(Pictures::new(spec, names.clone())) as Box<dyn Sink>)
                .collect()
        }
    };
    FilmWriter::start(spec, sinks)
}

impl FilmWriter {
    fn start(spec: &FilmSpec, sinks: Vec<Box<dyn Sink>>) -> Result<Self, FilmError> {
        let (frames, waiting) = bounded(WAITING_FRAMES);
        let (give_back, spare) = bounded(WAITING_FRAMES + sinks.len());
        let (report, failures) = bounded(sinks.len());
        let finishing = Arc::new(AtomicBool::new(false));
        let mut film = Self {
            frames: Some(frames),
            spare,
            failures,
            workers: Vec::new(),
            finishing,
            sent: 0,
            frame_bytes: spec.frame_bytes(),
            path: spec.output.clone(),
        };
        for sink in sinks {
            let worker = Worker {
                sink,
                waiting: waiting.clone(),
                give_back: give_back.clone(),
                finishing: Arc::clone(&film.finishing),
            };
            let report = report.clone();
            let run = move || {
                worker.run().unwrap_or_else(|error| {
                    // One place is kept for each worker, so this neither waits nor fails while somebody listens.
                    let _ = report.try_send(error);
                    0
                })
            };
            let thread = std::thread::Builder::new().name("film".to_owned()).spawn(run);
            film.workers.push(thread.map_err(|source| FilmError::Disk {
                doing: "start a thread for",
                path: spec.output.clone(),
                source,
            })?);
        }
        Ok(film)
    }

    /// A buffer of one frame's size, used before where there is one; its contents are any.
    pub fn buffer(&self) -> Vec<u8> {
        self.spare.try_recv().unwrap_or_else(|_| vec![0; self.frame_bytes])
    }

    /// Takes the next frame: width × height RGBA pixels of 8 bits (sRGB), rows without gaps, top row first; alpha is
    /// ignored. Waits while the encoder is behind by more than a few frames.
    ///
    /// # Errors
    /// [`FilmError::FrameSize`], after which the film goes on. Any other error of an earlier frame ends the film; it
    /// is returned once, and [`FilmError::Ended`] from then on.
    pub fn send(&mut self, rgba: Vec<u8>) -> Result<(), FilmError> {
        let (expected, found) = (self.frame_bytes, rgba.len());
        let Some(frames) = &self.frames else {
            return Err(FilmError::Ended);
        };
        if expected != found {
            return Err(FilmError::FrameSize { frame: self.sent, expected, found });
        }
        // A failure goes first: with several workers the queue may still have room.
        let failure = match self.failures.try_recv() {
            Ok(failure) => failure,
            Err(_) => select! {
                send(frames, (self.sent, rgba)) -> sent => match sent {
                    Ok(()) => {
                        self.sent += 1;
                        return Ok(());
                    }
                    Err(_) => self.failures.recv().unwrap_or_else(|_| self.stopped()),
                },
                recv(self.failures) -> failure => failure.unwrap_or_else(|_| self.stopped()),
            },
        };
        self.end();
        Err(failure)
    }

    /// Frames taken so far; some may not be encoded yet.
    pub fn frames_sent(&self) -> u64 {
        self.sent
    }

    /// Waits for the encoder and completes the film.
    ///
    /// # Errors
    /// What failed since the last [`send`](Self::send); [`FilmError::NoFrames`]; [`FilmError::Ended`].
    pub fn finish(mut self) -> Result<FilmSummary, FilmError> {
        if self.frames.is_none() {
            return Err(FilmError::Ended);
        }
        self.finishing.store(true, Ordering::Release);
        let bytes = self.end();
        if let Ok(failure) = self.failures.try_recv() {
            return Err(failure);
        }
        let path = std::mem::take(&mut self.path);
        match (bytes, self.sent) {
            (_, 0) => Err(FilmError::NoFrames { path }),
            (None, _) => Err(self.stopped()),
            (Some(bytes), frames) => Ok(FilmSummary { frames, bytes, path }),
        }
    }

    /// Ends the queue and waits for the workers. Their bytes, or nothing where one panicked.
    fn end(&mut self) -> Option<u64> {
        self.frames = None;
        // All are waited for before any is asked.
        let bytes: Vec<Option<u64>> =
            self.workers.drain(..).map(|worker| worker.join().ok()).collect();
        bytes.into_iter().sum()
    }

    fn stopped(&self) -> FilmError {
        FilmError::Encode { frame: self.sent, reason: "the encoder's thread stopped".to_owned() }
    }
}

impl Drop for FilmWriter {
    fn drop(&mut self) {
        // Completes nothing: only waits until nobody writes any more.
        self.end();
    }
}

/// One thread's part.
struct Worker {
    sink: Box<dyn Sink>,
    waiting: Receiver<(u64, Vec<u8>)>,
    give_back: Sender<Vec<u8>>,
    finishing: Arc<AtomicBool>,
}

impl Worker {
    fn run(mut self) -> Result<u64, FilmError> {
        for (n, rgba) in &self.waiting {
            self.sink.frame(n, &rgba)?;
            // Full means that enough buffers go round already.
            let _ = self.give_back.try_send(rgba);
        }
        match self.finishing.load(Ordering::Acquire) {
            true => self.sink.finish(),
            false => Ok(0),
        }
    }
}
