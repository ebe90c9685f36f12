//! Pictures of the scene as it is on screen, without the bar: taken before that is drawn.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use bevy::core_pipeline::Core3d;
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::render_resource::{Buffer, MapMode, TextureFormat};
use bevy::render::renderer::{
    RenderContext, RenderDevice, RenderGraph, RenderGraphSystems, ViewQuery,
};
use bevy::render::view::ViewTarget;
use bevy_skyreel::RunningSession;
use skyreel_core::snapshot::Weight;

use crate::app::draw::read_back;
use crate::app::draw::{DrawSystems, Shown};

/// What is to be taken, and what became of it.
#[derive(Resource, Clone)]
pub struct Shutter {
    wanted: Arc<Mutex<Option<PathBuf>>>,
    told: Arc<Mutex<Receiver<Result<PathBuf, String>>>>,
}

impl Shutter {
    /// Takes the next picture that is drawn, to a file. One that was asked for and not taken yet is
    /// not taken.
    pub fn press(&self, path: PathBuf) {
        *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
    }
}

#[derive(Resource)]
struct Film {
    wanted: Arc<Mutex<Option<PathBuf>>>,
    exposed: Option<Exposed>,
    tell: Sender<Result<PathBuf, String>>,
}

struct Exposed {
    path: PathBuf,
    buffer: Buffer,
    size: (u32, u32),
    is_bgra: bool,
}

/// Joins an app with a window.
pub fn join(app: &mut App) {
    let (tell, told) = channel();
    let wanted = Arc::new(Mutex::new(None));
    app.insert_resource(Shutter { wanted: wanted.clone(), told: Arc::new(Mutex::new(told)) })
        .add_systems(Update, tell_what_was_taken);
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
        let (weight, text) = match result {
            Ok(path) => (Weight::Info, format!("Saved the picture {}", path.display())),
            Err(why) => (Weight::Error, format!("No picture was taken: {why}")),
        };
        session.get().tell(weight, text);
    }
}

fn expose(
    view: ViewQuery<(&ViewTarget, &Shown)>,
    mut film: ResMut<Film>,
    device: Res<RenderDevice>,
    mut context: RenderContext,
) {
    let wanted = film.wanted.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(path) = wanted else { return };
    let (target, _) = view.into_inner();
    let texture = target.main_texture();
    let is_bgra = match target.main_texture_format() {
        TextureFormat::Bgra8UnormSrgb => true,
        TextureFormat::Rgba8UnormSrgb => false,
        format => {
            // Whoever waits for it has gone where this fails.
            let _ = film.tell.send(Err(format!("the display's pictures are {format:?}")));
            return;
        }
    };
    let buffer = read_back::buffer_for(&device, texture);
    read_back::copy_out(context.command_encoder(), texture, &buffer);
    let size = (texture.size().width, texture.size().height);
    film.exposed = Some(Exposed { path, buffer, size, is_bgra });
}

/// Once it is submitted: waits for it and writes it on a thread of its own.
fn develop(mut film: ResMut<Film>, device: Res<RenderDevice>) {
    let Some(exposed) = film.exposed.take() else { return };
    let (tell, device) = (film.tell.clone(), device.clone());
    let work = move || {
        let result = read(&exposed, &device).and_then(|rgba| write(&exposed, &rgba));
        let _ = tell.send(result.map(|()| exposed.path));
    };
    if let Err(error) = thread::Builder::new().name("screenshot".to_owned()).spawn(work) {
        let _ = film.tell.send(Err(error.to_string()));
    }
}

fn read(exposed: &Exposed, device: &RenderDevice) -> Result<Vec<u8>, String> {
    let (done, is_done) = std::sync::mpsc::sync_channel(1);
    let slice = exposed.buffer.slice(..);
    slice.map_async(MapMode::Read, move |result| {
        let _ = done.try_send(result);
    });
    device.wgpu_device().poll(wgpu::PollType::wait_indefinitely()).map_err(|e| e.to_string())?;
    is_done.recv().map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    let mapped = slice.get_mapped_range();
    let row = exposed.size.0 as usize * 4;
    let rows = mapped
        .chunks(read_back::padded_row_bytes(exposed.size.0) as usize)
        .map(|padded| &padded[..row]);
    let mut rgba: Vec<u8> = rows.flatten().copied().collect();
    if exposed.is_bgra {
        rgba.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
    }
    Ok(rgba)
}

fn write(exposed: &Exposed, rgba: &[u8]) -> Result<(), String> {
    let png = skyreel_film::png(exposed.size.0, exposed.size.1, rgba)?;
    if let Some(folder) = exposed.path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    skyreel_store::save(&exposed.path, &png, false).map_err(|e| bevy_skyreel::files::told(&e))
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
