//! Pictures that carry their number, and the way back from a film to pictures through ffmpeg.

use std::path::Path;
use std::process::Command;

use skyreel_film::{FilmError, FilmSpec, FilmSummary, FilmWriter, open};

/// Side of a patch: the picture's upper half is a row of eight, its lower half shows colours.
const PATCHES: u32 = 8;

/// The colours of the lower half, left to right.
pub const COLOURS: [[u8; 3]; 8] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [128, 128, 128],
    [255, 255, 255],
    [0, 0, 0],
    [255, 255, 0],
    [32, 96, 160],
];

/// Picture `n`: above, its number in black and white patches on two rows (16 bits); below, fixed colours. A grey
/// gradient that moves with `n` lies between.
pub fn picture(n: u32, width: u32, height: u32) -> Vec<u8> {
    let mut rgba = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        for x in 0..width {
            let patch = (x * PATCHES / width).min(PATCHES - 1);
            let rgb = match y * 4 / height {
                row @ (0 | 1) => [if n >> (row * 8 + patch) & 1 == 1 { 235 } else { 20 }; 3],
                2 => [(((x + n * 3) * 255 / width) % 256) as u8; 3],
                _ => COLOURS[patch as usize],
            };
            rgba.extend_from_slice(&rgb);
            // Alpha must not matter.
            rgba.push((x + y) as u8);
        }
    }
    rgba
}

/// A decoded picture.
pub struct Decoded {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

impl Decoded {
    /// Mean colour around the middle of patch `column` in quarter `row` of the height.
    pub fn patch(&self, column: u32, row: u32) -> [u8; 3] {
        let (x, y) = ((column * 2 + 1) * self.width / 16, (row * 2 + 1) * self.height / 8);
        let mut sums = [0_u32; 3];
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let at = ((y + dy) * self.width + x + dx) as usize * 3;
            (0..3).for_each(|c| sums[c] += u32::from(self.rgb[at + c]));
        }
        sums.map(|sum| (sum / 4) as u8)
    }

    /// The number that [`picture`] wrote.
    pub fn number(&self) -> u32 {
        (0..16).filter(|bit| self.patch(bit % 8, bit / 8)[0] > 128).map(|bit| 1 << bit).sum()
    }

    /// Peak signal-to-noise ratio of brightness against the picture that went in, in dB.
    pub fn psnr(&self, rgba: &[u8]) -> f64 {
        let luma = |p: &[u8]| {
            0.2126 * f64::from(p[0]) + 0.7152 * f64::from(p[1]) + 0.0722 * f64::from(p[2])
        };
        let pairs = self.rgb.chunks_exact(3).zip(rgba.chunks_exact(4));
        let squares: f64 = pairs.map(|(out, sent)| (luma(out) - luma(sent)).powi(2)).sum();
        let mean = squares * 3.0 / self.rgb.len() as f64;
        10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
    }
}

/// Whether ffmpeg and ffprobe are here; says that the test skips otherwise.
pub fn ffmpeg_is_here() -> bool {
    let here = ["ffmpeg", "ffprobe"].iter().all(|program| {
        Command::new(program).arg("-version").output().is_ok_and(|out| out.status.success())
    });
    if !here {
        eprintln!("skipped: ffmpeg and ffprobe are not installed");
    }
    here
}

/// All pictures of a film, decoded by ffmpeg, which takes colour space and range from the film's flags.
pub fn decode(film: &Path, width: u32, height: u32) -> Vec<Decoded> {
    let out = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(film)
        .args(["-vsync", "passthrough", "-vf", "scale=flags=accurate_rnd+full_chroma_int"])
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let pictures = out.stdout.chunks_exact((width * height * 3) as usize);
    pictures.map(|rgb| Decoded { width, height, rgb: rgb.to_vec() }).collect()
}

/// The numbers that a film's pictures carry, in the order they are shown.
pub fn numbers(film: &Path, width: u32, height: u32) -> Vec<u32> {
    decode(film, width, height).iter().map(Decoded::number).collect()
}

/// What ffprobe says to `entries`, one `key=value` a line.
pub fn probe(film: &Path, entries: &str) -> String {
    let out = Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-count_frames",
            "-of",
            "default=noprint_wrappers=1",
            "-show_entries",
            entries,
        ])
        .arg(film)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Sends pictures `from..to`.
pub fn send(film: &mut FilmWriter, spec: &FilmSpec, from: u32, to: u32) -> Result<(), FilmError> {
    (from..to).try_for_each(|n| film.send(picture(n, spec.width, spec.height)))
}

/// Writes a whole film of pictures `0..frames`.
pub fn write(spec: &FilmSpec, frames: u32) -> Result<FilmSummary, FilmError> {
    let mut film = open(spec)?;
    send(&mut film, spec, 0, frames)?;
    film.finish()
}

/// A spec in `folder`, which is told apart by its name.
pub fn spec(output: impl AsRef<Path>, width: u32, height: u32, rate: &str) -> FilmSpec {
    FilmSpec::new(output.as_ref(), width, height, rate.parse().unwrap())
}
