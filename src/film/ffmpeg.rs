//! H.264 by an ffmpeg child process: planes go in, its byte stream comes back and goes into our own MP4 file. So the
//! film on disk is the same kind of file whoever encodes it, and disk errors are ours to tell. Never linked.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use crate::builtin::mp4_file;
use crate::colour::Planes;
use crate::h264::PictureSplitter;
use crate::mp4::Mp4File;
use crate::writer::Sink;
use crate::{FilmError, FilmSpec};

/// Lines of ffmpeg's standard error that are kept, and the most bytes of each.
const LAST_LINES: usize = 12;
const LINE_BYTES: u64 = 500;

/// A running ffmpeg and the file that it fills.
pub(crate) struct Ffmpeg {
    planes: Planes,
    sent: u64,
    child: Running,
    muxing: Option<JoinHandle<Result<Mp4File, FilmError>>>,
}

impl Ffmpeg {
    /// Finds out which encoder works by encoding one picture with it, makes the file and starts ffmpeg.
    pub(crate) fn open(spec: &FilmSpec, program: &Path) -> Result<Self, FilmError> {
        let encoder = probe(spec, program)?;
        let file = mp4_file(spec)?;
        let mut child = Running::start(spec, program, encoder)?;
        let stdout = child.stdout.take();
        let muxing = std::thread::Builder::new()
            .name("film-mux".to_owned())
            .spawn(move || mux(file, stdout));
        let muxing = muxing.map_err(|source| FilmError::Disk {
            doing: "start a thread for",
            path: spec.output.clone(),
            source,
        })?;
        Ok(Self {
            planes: Planes::new(spec.width, spec.height),
            sent: 0,
            child,
            muxing: Some(muxing),
        })
    }

    /// Ends ffmpeg's input, waits for it, and for what became of its output.
    fn close(&mut self) -> Result<Mp4File, FilmError> {
        let ended = self.child.end();
        let muxed = match self.muxing.take().map(JoinHandle::join) {
            Some(Ok(muxed)) => muxed,
            _ => Err(FilmError::Ended),
        };
        // A disk error comes first: it is what makes ffmpeg fail in turn.
        let file = muxed?;
        ended?;
        match file.frames() {
            encoded if encoded == self.sent => Ok(file),
            encoded => Err(FilmError::FrameCount { sent: self.sent, encoded }),
        }
    }
}

impl Sink for Ffmpeg {
    fn frame(&mut self, n: u64, rgba: &[u8]) -> Result<(), FilmError> {
        self.planes.fill(rgba).map_err(|reason| FilmError::Encode { frame: n, reason })?;
        if let Err(error) = self.child.feed(self.planes.bytes()) {
            // Its exit status and last words say more than the broken pipe.
            let reason = format!("ffmpeg takes no more pictures: {error}");
            return Err(self.close().err().unwrap_or(FilmError::Encode { frame: n, reason }));
        }
        self.sent += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<u64, FilmError> {
        self.close()?.finish()
    }
}

impl Drop for Ffmpeg {
    fn drop(&mut self) {
        self.child.stop();
        if let Some(muxing) = self.muxing.take() {
            let _ = muxing.join();
        }
    }
}

/// Puts ffmpeg's pictures into the file until its output ends. Dropping the pipe after an error ends ffmpeg too.
fn mux(mut file: Mp4File, stdout: Option<ChildStdout>) -> Result<Mp4File, FilmError> {
    let Some(mut stdout) = stdout else {
        return Ok(file);
    };
    let mut splitter = PictureSplitter::default();
    let mut piece = vec![0; 1 << 16];
    loop {
        match stdout.read(&mut piece) {
            Ok(0) => break,
            Ok(len) => splitter.push(&piece[..len], |picture| file.push(picture))?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    splitter.finish(|picture| file.push(picture))?;
    Ok(file)
}

/// One way to ask ffmpeg for H.264.
#[derive(Clone, Copy)]
struct H264Encoder {
    name: &'static str,
    /// Options besides the quantizer.
    options: &'static [&'static str],
    /// The option that takes the quantizer.
    quantizer: &'static [&'static str],
}

/// In order of preference; the first that encodes a picture is taken. ffmpeg lists encoders that then do not work
/// (`h264_nvenc` without a card), so lists are not asked.
const ENCODERS: [H264Encoder; 3] = [
    H264Encoder { name: "libx264", options: &["-preset", "fast"], quantizer: &["-crf"] },
    H264Encoder { name: "h264_nvenc", options: &["-rc", "constqp"], quantizer: &["-qp"] },
    H264Encoder {
        name: "libopenh264",
        options: &["-allow_skip_frames", "0"],
        quantizer: &["-qmin", "-qmax"],
    },
];

/// The first encoder that works.
fn probe(spec: &FilmSpec, program: &Path) -> Result<H264Encoder, FilmError> {
    let black = Planes::new(spec.width, spec.height);
    let mut words = None;
    for encoder in ENCODERS {
        let mut child = Running::start(spec, program, encoder)?;
        let mut stream = Vec::new();
        // Its output is read only after its input ended: one picture is less than ffmpeg holds back by itself, and
        // where it is not, the pipe to a second thread does the same.
        let reading = child.stdout.take().map(|mut stdout| {
            std::thread::spawn(move || {
                stdout.read_to_end(&mut stream).map(|_| stream).unwrap_or_default()
            })
        });
        // Whether it took the picture is seen from what it returns.
        let _ = child.feed(black.bytes());
        let ended = child.end();
        let stream = reading.and_then(|reading| reading.join().ok()).unwrap_or_default();
        let stderr = match ended {
            Ok(()) if !stream.is_empty() => return Ok(encoder),
            Ok(()) => format!("{}: no picture came back", encoder.name),
            Err(FilmError::Ffmpeg { stderr, .. }) => stderr,
            Err(other) => return Err(other),
        };
        words.get_or_insert(stderr);
    }
    Err(FilmError::FfmpegProbe { stderr: words.unwrap_or_default() })
}

/// A child process, with its pipes.
struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Option<ChildStdout>,
    words: Option<JoinHandle<String>>,
}

impl Running {
    fn start(spec: &FilmSpec, program: &Path, encoder: H264Encoder) -> Result<Self, FilmError> {
        let mut command = Command::new(program);
        command
            .args(arguments(spec, encoder))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // Ctrl-C is for us: we end its input, and it completes what it has.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => {
                FilmError::FfmpegMissing { program: program.display().to_string() }
            }
            _ => FilmError::Disk { doing: "start", path: program.to_owned(), source },
        })?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let words = stderr.map(|stderr| std::thread::spawn(move || last_words(stderr)));
        Ok(Self { child, stdin, stdout, words })
    }

    fn feed(&mut self, planes: &[u8]) -> io::Result<()> {
        match &mut self.stdin {
            Some(stdin) => stdin.write_all(planes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Ends its input and waits for it.
    fn end(&mut self) -> Result<(), FilmError> {
        self.stdin = None;
        let status = self.child.wait();
        let stderr = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(FilmError::Ffmpeg { status, stderr }),
            Err(source) => {
                Err(FilmError::Disk { doing: "wait for", path: "ffmpeg".into(), source })
            }
        }
    }

    /// Ends it without letting it complete anything; one that has ended stays as it is.
    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

fn arguments(spec: &FilmSpec, encoder: H264Encoder) -> Vec<String> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let colours = "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv";
    let mut arguments = words("-hide_banner -nostdin -loglevel error -f rawvideo -pix_fmt yuv420p");
    arguments.extend(words(colours));
    arguments.extend(words(&format!(
        "-video_size {}x{} -framerate {} -i pipe:0 -an -c:v {}",
        spec.width, spec.height, spec.rate, encoder.name
    )));
    arguments.extend(encoder.options.iter().map(|&option| option.to_owned()));
    for &option in encoder.quantizer {
        arguments.extend([option.to_owned(), spec.quantizer().to_string()]);
    }
    // A byte stream carries no times, so no picture may come before one that is shown earlier: no B-frames.
    arguments.extend(words(&format!("-pix_fmt yuv420p -bf 0 -g {}", spec.keyframe_interval())));
    arguments.extend(words(colours));
    arguments.extend(words("-bsf:v h264_metadata=aud=insert -f h264 pipe:1"));
    arguments
}

/// Reads to the end and keeps the last lines.
fn last_words(stderr: ChildStderr) -> String {
    let mut lines = VecDeque::new();
    let mut reader = BufReader::new(stderr);
    let mut line = Vec::new();
    while matches!(reader.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line), Ok(len) if len > 0)
    {
        if lines.len() == LAST_LINES {
            lines.pop_front();
        }
        lines.push_back(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
    Vec::from(lines).join("\n")
}
