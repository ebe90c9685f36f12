//! Pictures of the scene as it is on screen, without the bar: taken before that is drawn.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use bevy::core_pipeline::Core3d;
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::renderer::{
    RenderContext, RenderDevice, RenderGraph, RenderGraphSystems, ViewQuery,
};
use bevy::render::view::ViewTarget;
use bevy_skyreel::RunningSession;
use skyreel_core::snapshot::Weight;

use super::preview::Preview;
use crate::app::draw::plate::Plate;
use crate::app::draw::{DrawSystems, Shown};

/// How wide a recording's small picture is, pixels.
const THUMBNAIL_WIDTH: u32 = 320;

/// What a picture is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shot {
    /// A file.
    File(PathBuf),
    /// The recording that is being made.
    Thumbnail,
}

/// What became of a picture.
enum Taken {
    File(PathBuf),
    /// PNG.
    Thumbnail(Vec<u8>),
}

/// What is to be taken, and what became of it.
#[derive(Resource, Clone)]
pub struct Shutter {
    wanted: Arc<Mutex<Vec<Shot>>>,
    told: Arc<Mutex<Receiver<Result<Taken, String>>>>,
}

impl Shutter {
    /// Takes the next picture that is drawn.
    pub fn press(&self, shot: Shot) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        if !wanted.contains(&shot) {
            wanted.push(shot);
        }
    }

    /// Whether the picture that is drawn next is taken.
    pub fn is_pressed(&self) -> bool {
        !self.wanted.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

#[derive(Resource)]
struct Film {
    wanted: Arc<Mutex<Vec<Shot>>>,
    exposed: Option<Exposed>,
    tell: Sender<Result<Taken, String>>,
}

struct Exposed {
    shots: Vec<Shot>,
    plate: Plate,
}

/// Joins an app with a window.
pub fn join(app: &mut App) {
    let (tell, told) = channel();
    let wanted = Arc::new(Mutex::new(Vec::new()));
    app.insert_resource(Shutter { wanted: wanted.clone(), told: Arc::new(Mutex::new(told)) })
        .add_systems(Update, (tell_what_was_taken, picture_recordings));
    if let Some(render_app) = app.get_sub_app_mut(RenderApp) {
        render_app
            .insert_resource(Film { wanted, exposed: None, tell })
            .add_systems(Core3d, expose.in_set(DrawSystems::Painted))
            .add_systems(RenderGraph, develop.in_set(RenderGraphSystems::Finish));
    }
}

fn tell_what_was_taken(shutter: Res<Shutter>, mut session: ResMut<RunningSession>) {
    let Ok(told) = shutter.told.try_lock() else { return };
    while let Ok(result) = told.try_recv() {
        match result {
            Ok(Taken::File(path)) => {
                session.get().tell(Weight::Info, format!("Saved the picture {}", path.display()));
            }
            Ok(Taken::Thumbnail(png)) => session.get().picture(png),
            Err(why) => {
                session.get().tell(Weight::Error, format!("No picture was taken: {why}"));
            }
        }
    }
}

/// Every recording gets a picture of its beginning.
fn picture_recordings(
    shutter: Res<Shutter>,
    mut session: ResMut<RunningSession>,
    mut was_recording: Local<bool>,
) {
    let is_recording = session.bypass_change_detection().get().is_recording();
    if is_recording && !*was_recording {
        shutter.press(Shot::Thumbnail);
    }
    *was_recording = is_recording;
}

fn expose(
    view: ViewQuery<&ViewTarget, (With<Shown>, Without<Preview>)>,
    mut film: ResMut<Film>,
    device: Res<RenderDevice>,
    mut context: RenderContext,
) {
    let shots = std::mem::take(&mut *film.wanted.lock().unwrap_or_else(PoisonError::into_inner));
    if shots.is_empty() {
        return;
    }
    match Plate::expose(view.into_inner(), &device, &mut context) {
        Ok(plate) => film.exposed = Some(Exposed { shots, plate }),
        // Whoever waits for it has gone where this fails.
        Err(why) => drop(film.tell.send(Err(why))),
    }
}

/// Once it is submitted: waits for it and writes it on a thread of its own.
fn develop(mut film: ResMut<Film>, device: Res<RenderDevice>) {
    let Some(Exposed { shots, plate }) = film.exposed.take() else { return };
    let (tell, device) = (film.tell.clone(), device.clone());
    let work = move || {
        let read = plate.read(&device);
        for shot in &shots {
            let taken = read.clone().and_then(|rgba| keep(shot, plate.size, &rgba));
            // Whoever waits for it has gone where this fails.
            let _ = tell.send(taken);
        }
    };
    if let Err(error) = thread::Builder::new().name("screenshot".to_owned()).spawn(work) {
        let _ = film.tell.send(Err(error.to_string()));
    }
}

fn keep(shot: &Shot, size: (u32, u32), rgba: &[u8]) -> Result<Taken, String> {
    let Shot::File(path) = shot else {
        let (width, height, small) = reduced(size, rgba);
        return skyreel_film::png(width, height, &small).map(Taken::Thumbnail);
    };
    let png = skyreel_film::png(size.0, size.1, rgba)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    skyreel_store::save(path, &png, false).map_err(|e| bevy_skyreel::files::told(&e))?;
    Ok(Taken::File(path.clone()))
}

/// A picture as small as a thumbnail: each pixel is the mean of those it stands for.
fn reduced((width, height): (u32, u32), rgba: &[u8]) -> (u32, u32, Vec<u8>) {
    let small_width = THUMBNAIL_WIDTH.min(width).max(1);
    let small_height = (height * small_width / width.max(1)).max(1);
    let span = |n: u32, parts: u32, whole: u32| {
        let (from, to) = (n * whole / parts, (n + 1) * whole / parts);
        from..to.max(from + 1)
    };
    let mut small = Vec::with_capacity((small_width * small_height * 4) as usize);
    for row in 0..small_height {
        for column in 0..small_width {
            let (mut sums, mut count) = ([0_u32; 4], 0);
            for y in span(row, small_height, height) {
                for x in span(column, small_width, width) {
                    let at = ((y * width + x) * 4) as usize;
                    let pixel = rgba.get(at..at + 4).unwrap_or(&[0; 4]);
                    sums.iter_mut().zip(pixel).for_each(|(sum, part)| *sum += u32::from(*part));
                    count += 1;
                }
            }
            small.extend(sums.map(|sum| (sum / count) as u8));
        }
    }
    (small_width, small_height, small)
}

/// A path in a folder that no file has: `name.ending`, `name (2).ending`, …
pub fn free_path(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let name = skyreel_core::shelf::file_name(name);
    let paths =
        (1..).map(|n| folder.join(format!("{}.{ending}", skyreel_core::shelf::numbered(&name, n))));
    // There are fewer files than numbers.
    let mut free = paths.into_iter().filter(|path| !path.exists());
    free.next().unwrap_or_else(|| folder.join(name))
}
