//! Turns pictures into a film on disk: MP4 or numbered PNG files. The only crate that writes films; it knows nothing
//! of scenes, recordings or graphics cards, and reads no clock.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let spec = skyreel_film::FilmSpec::new("journey.mp4", 1280, 720, "30000/1001".parse()?);
//! let mut film = skyreel_film::open(&spec)?;
//! for n in 0..90 {
//!     let mut rgba = film.buffer();
//!     rgba.fill(n);
//!     film.send(rgba)?;
//! }
//! println!("{} frames", film.finish()?.frames);
//! # Ok(()) }
//! ```

mod builtin;
mod colour;
mod error;
mod ffmpeg;
mod h264;
mod mp4;
mod picture;
mod pictures;
mod rate;
mod spec;
mod writer;

pub use error::FilmError;
pub use picture::{jpeg, png};
pub use rate::{FrameRate, RateError};
pub use spec::{DEFAULT_QUALITY, Encoder, FilmSpec, OutputKind, PictureNames};
pub use writer::{FilmSummary, FilmWriter, open};
