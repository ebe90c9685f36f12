//! `skyreel render`: a recording becomes a film.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use skyreel_core::time::SessionTime;
use skyreel_faces::cli::{EncoderArg, MissingAnchorArg, Render};
use skyreel_film::{Encoder, FilmSpec, FrameRate};
use skyreel_sky::Scene;

use super::{Ending, open_recording, usage};
use crate::app::draw::stock::Stock;
use crate::app::film::{self, RenderError, Stretch};
use crate::app::probe;
use crate::app::projector::{CannotShow, MissingAnchors, Projector, Wishes};

/// Between two lines of progress where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// Does it.
///
/// # Errors
/// Where the recording cannot be opened or the film not be written.
pub fn run(task: &Render, scene: Scene) -> anyhow::Result<Ending> {
    let rate: FrameRate = match task.fps.parse() {
        Ok(rate) => rate,
        Err(error) => return Ok(usage(&format!("--fps {}: {error}", task.fps))),
    };
    let spec = FilmSpec {
        width: task.size.width,
        height: task.size.height,
        rate,
        quality: task.quality,
        output: task.output.clone(),
        encoder: match task.encoder {
            EncoderArg::Builtin => Encoder::Builtin,
            EncoderArg::Ffmpeg => Encoder::ffmpeg(),
        },
        overwrite: task.force,
        expected_frames: None,
    };
    if let Err(error) = spec.validate() {
        return Ok(usage(&error.to_string()));
    }
    let (footage, lossy) = open_recording(&task.file, &scene)?;
    let end = footage.duration();
    let from = task.from.map_or(SessionTime::ZERO, |s| s.0);
    let to = task.to.map_or(end, |s| s.0.min(end));
    if from > to {
        return Ok(usage(&format!("--from {from} lies after the end, {to} s")));
    }
    let wishes = Wishes {
        view: task.view.clone(),
        vfov_deg: task.vfov.map(|v| v.0),
        date: task.date.map(|d| d.0),
        hide: task.hide.clone(),
        show: task.show.clone(),
        missing_anchors: match task.missing_anchor {
            MissingAnchorArg::Error => MissingAnchors::Refuse,
            MissingAnchorArg::Hold => MissingAnchors::Hold,
            MissingAnchorArg::Origin => MissingAnchors::Origin,
        },
    };
    let stock = Arc::new(Stock::make());
    let projector = Projector::new(footage, Arc::new(scene), Arc::clone(&stock), &wishes);
    let mut projector = match projector {
        Err(error @ (CannotShow::NoView { .. } | CannotShow::NoNode { .. })) => {
            return Ok(usage(&error.to_string()));
        }
        projector => projector?,
    };
    let adapter = probe::adapter()?;
    let stretch = Stretch { from, to, rate };
    let spec = FilmSpec { expected_frames: Some(stretch.frames()), ..spec };
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;
    if task.stop_at_end_of_input {
        let ended = Arc::clone(&stop);
        thread::spawn(move || {
            // What is said is not listened to; that nobody is there any more is.
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            ended.store(true, Ordering::Relaxed);
        });
    }
    let mut progress = Progress::new(stretch.frames(), &adapter);
    let rendered = film::render(&mut projector, &stretch, &spec, stock, |written| {
        progress.tell(written);
        !stop.load(Ordering::Relaxed)
    });
    progress.end();
    match rendered {
        Ok(rendered) => {
            let summary = rendered.summary;
            println!(
                "{}: {} frames, {:.1} MB{}",
                summary.path.display(),
                summary.frames,
                summary.bytes as f64 / 1e6,
                if rendered.stopped { ", stopped before its end" } else { "" },
            );
            Ok(if rendered.stopped { Ending::Failed } else { Ending::loss_if(lossy) })
        }
        Err(RenderError::Film(error)) if error.is_usage() => Ok(usage(&error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// Tells how far a film is: a bar on a terminal, else a line now and then.
enum Progress {
    Bar(ProgressBar),
    Lines { total: u64, began: Instant, last: Instant },
}

impl Progress {
    fn new(total: u64, adapter: &str) -> Self {
        eprintln!("{total} frames on {adapter}");
        if !stderr().is_terminal() {
            let began = Instant::now();
            return Self::Lines { total, began, last: began };
        }
        let bar = ProgressBar::new(total);
        let shape = "{bar:32} {pos}/{len} frames, {per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(shape) {
            bar.set_style(style);
        }
        Self::Bar(bar)
    }

    fn tell(&mut self, written: u64) {
        match self {
            Self::Bar(bar) => bar.set_position(written),
            Self::Lines { total, began, last } => {
                if last.elapsed() >= LINE_EVERY {
                    *last = Instant::now();
                    let rate = written as f64 / began.elapsed().as_secs_f64();
                    let left = (*total - written) as f64 / rate.max(1e-9);
                    eprintln!("{written}/{total} frames, {rate:.1} a second, {left:.0} s left");
                }
            }
        }
    }

    fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
