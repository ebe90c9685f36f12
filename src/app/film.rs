//! Offline rendering: frame n of a film shows the recording at exactly from + n/fps. No clock is
//! read, so the same recording gives the same frames, in one process or in ten.

use std::sync::Arc;

use skyreel_core::time::SessionTime;
use skyreel_film::{FilmError, FilmSpec, FilmSummary, FrameRate};

use super::draw::stock::Stock;
use super::headless::{Headless, HeadlessError};
use super::projector::{CannotShow, Projector};

/// Which part of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First moment.
    pub from: SessionTime,
    /// Last moment, not before `from`.
    pub to: SessionTime,
    /// Frames a second.
    pub rate: FrameRate,
}

impl Stretch {
    /// How many frames it has: floor((to − from) × fps) + 1.
    pub fn frames(&self) -> u64 {
        self.rate.frame_count(self.to.saturating_sub(self.from).as_nanos())
    }

    /// The moment of frame `n`.
    pub fn moment(&self, n: u64) -> SessionTime {
        self.from.saturating_add(SessionTime::from_nanos(self.rate.frame_time(n)))
    }
}

/// Why a film ended early.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Nothing to show.
    #[error(transparent)]
    CannotShow(#[from] CannotShow),
    /// The graphics driver failed.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// The film could not be written.
    #[error(transparent)]
    Film(#[from] FilmError),
}

/// How a rendering ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// What was written.
    pub summary: FilmSummary,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// Renders a stretch of a recording into a film. `progress` hears after each frame how many are
/// written, and says whether to go on; stopped or not, the film is finished and can be played.
///
/// # Errors
/// Where the film cannot be begun or continued; what was written by then can be played.
pub fn render(
    projector: &mut Projector,
    stretch: &Stretch,
    spec: &FilmSpec,
    stock: Arc<Stock>,
    mut progress: impl FnMut(u64) -> bool,
) -> Result<Rendered, RenderError> {
    // A film that cannot be written is told before Bevy starts.
    let mut film = skyreel_film::open(spec)?;
    let mut camera = Headless::new(spec.width, spec.height, stock);
    let size = (spec.width, spec.height);
    let mut drawn = 0;
    let mut stopped = false;
    while !stopped && film.frames_sent() < stretch.frames() {
        if drawn < stretch.frames() && !camera.is_full() {
            camera.draw(projector.picture(stretch.moment(drawn), size)?)?;
            drawn += 1;
            continue;
        }
        let mut rgba = film.buffer();
        camera.take(&mut rgba)?;
        film.send(rgba)?;
        stopped = !progress(film.frames_sent()) && film.frames_sent() < stretch.frames();
    }
    Ok(Rendered { summary: film.finish()?, stopped })
}
