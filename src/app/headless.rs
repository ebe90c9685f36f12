//! Bevy without a window: a camera that paints pictures into memory, several frames in flight.
//!
//! The loop is ours: each `draw` runs the App once. Nothing in here reads a clock.

use std::collections::VecDeque;
use std::sync::Arc;

use bevy::camera::{CameraOutputMode, RenderTarget};
use bevy::core_pipeline::Core3d;
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::image::Image;
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::render_resource::{
    Buffer, Extent3d, MapMode, PollType, TextureDimension, TextureFormat, TextureUsages,
};
use bevy::render::renderer::{
    RenderContext, RenderDevice, RenderGraph, RenderGraphSystems, RenderQueue, ViewQuery,
};
use bevy::render::view::{Msaa, ViewTarget};
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;
use wgpu::SubmissionIndex;

use super::base;
use super::draw::picture::Picture;
use super::draw::read_back::{self, buffer_for, padded_row_bytes};
use super::draw::stock::Stock;
use super::draw::{DrawPlugin, DrawSystems, Pane, Region, Shown};

/// Frames that the GPU may be working on while the next is prepared.
const FRAMES_IN_FLIGHT: usize = 3;

/// Runs of the App that a picture may take to be painted; the first ones only set the stage.
const PATIENCE: usize = 16;

/// A camera without a window.
pub struct Headless {
    app: App,
    camera: Entity,
    width: u32,
    height: u32,
}

/// A picture that could not be painted.
#[derive(Debug, thiserror::Error)]
pub enum HeadlessError {
    /// Bevy never painted it.
    #[error(
        "the picture was not painted after {PATIENCE} tries; the graphics driver may be broken"
    )]
    NotPainted,
    /// The GPU's memory could not be read.
    #[error("cannot read the picture back from the graphics driver: {0}")]
    ReadBack(String),
    /// The driver's pictures have a format that films cannot be made of.
    #[error("the graphics driver paints {0:?}, expected Rgba8UnormSrgb")]
    Format(TextureFormat),
}

#[derive(Resource, Default)]
struct Ring {
    /// Buffers that wait for a picture.
    free: Vec<Buffer>,
    /// Painted in this run of the App, not yet submitted.
    painted: Option<Buffer>,
    /// Submitted, in order.
    in_flight: VecDeque<(Buffer, SubmissionIndex)>,
    wrong_format: Option<TextureFormat>,
}

impl Headless {
    /// Sets up the App. Adapters must have been probed before: Bevy panics where there is none.
    pub fn new(width: u32, height: u32, stock: Arc<Stock>) -> Self {
        let mut app = App::new();
        let plugins = base::plugins()
            .set(WindowPlugin {
                primary_window: None,
                exit_condition: ExitCondition::DontExit,
                ..WindowPlugin::default()
            })
            .disable::<WinitPlugin>()
            .disable::<PipelinedRenderingPlugin>();
        app.add_plugins((plugins, DrawPlugin { stock }));
        if let Some(render_app) = app.get_sub_app_mut(RenderApp) {
            render_app
                .init_resource::<Ring>()
                .add_systems(Core3d, copy_out.in_set(DrawSystems::Painted))
                .add_systems(RenderGraph, note_submission.in_set(RenderGraphSystems::Finish));
        }
        app.finish();
        app.cleanup();
        let mut target = Image::new_uninit(
            Extent3d { width, height, depth_or_array_layers: 1 },
            TextureDimension::D2,
            TextureFormat::Rgba8UnormSrgb,
            bevy::asset::RenderAssetUsages::RENDER_WORLD,
        );
        target.texture_descriptor.usage |= TextureUsages::RENDER_ATTACHMENT;
        let target = app.world_mut().resource_mut::<Assets<Image>>().add(target);
        // The picture is copied from where it is painted; a further target would cost a pass.
        let camera = Camera {
            output_mode: CameraOutputMode::Skip,
            clear_color: ClearColorConfig::None,
            ..Camera::default()
        };
        let target = RenderTarget::from(target);
        let lens = (Msaa::Off, Tonemapping::None);
        let camera = app.world_mut().spawn((Camera3d::default(), camera, target, lens)).id();
        Self { app, camera, width, height }
    }

    /// Begins to paint a picture. It waits for nothing: `is_full` says when to `take` one first.
    ///
    /// # Errors
    /// Where the driver does not do its work.
    pub fn draw(&mut self, picture: Picture) -> Result<(), HeadlessError> {
        let before = self.ring().in_flight.len();
        let region = Region { x: 0, y: 0, width: self.width, height: self.height };
        let shown = Shown(Arc::new([Pane { region, picture }]));
        self.app.world_mut().entity_mut(self.camera).insert(shown);
        for _ in 0..PATIENCE {
            self.app.update();
            if let Some(format) = self.ring().wrong_format {
                return Err(HeadlessError::Format(format));
            }
            if self.ring().in_flight.len() > before {
                return Ok(());
            }
        }
        Err(HeadlessError::NotPainted)
    }

    /// Whether as many pictures are on their way as should be at once.
    pub fn is_full(&mut self) -> bool {
        self.ring().in_flight.len() >= FRAMES_IN_FLIGHT
    }

    /// Waits for the oldest picture on its way and puts it into `rgba`, width × height × 4 bytes.
    /// `false` where none is.
    ///
    /// # Errors
    /// Where the driver does not do its work.
    pub fn take(&mut self, rgba: &mut [u8]) -> Result<bool, HeadlessError> {
        let device = self.app.world().resource::<RenderDevice>().clone();
        let row_bytes = self.width as usize * 4;
        let Some((buffer, submission)) = self.ring().in_flight.pop_front() else {
            return Ok(false);
        };
        let failed = |e: &dyn std::fmt::Display| HeadlessError::ReadBack(e.to_string());
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        let slice = buffer.slice(..);
        slice.map_async(MapMode::Read, move |result| {
            // One message, one place: never refused while the receiver lives, which is below.
            let _ = tell.try_send(result);
        });
        let wait = PollType::Wait { submission_index: Some(submission), timeout: None };
        device.wgpu_device().poll(wait).map_err(|e| failed(&e))?;
        told.recv().map_err(|e| failed(&e))?.map_err(|e| failed(&e))?;
        let mapped = slice.get_mapped_range();
        let padded = padded_row_bytes(self.width) as usize;
        for (to, from) in rgba.chunks_mut(row_bytes).zip(mapped.chunks(padded)) {
            to.copy_from_slice(&from[..row_bytes]);
        }
        drop(mapped);
        buffer.unmap();
        self.ring().free.push(buffer);
        Ok(true)
    }

    fn ring(&mut self) -> Mut<'_, Ring> {
        self.app.sub_app_mut(RenderApp).world_mut().resource_mut::<Ring>()
    }
}

fn copy_out(
    view: ViewQuery<&ViewTarget>,
    mut ring: ResMut<Ring>,
    device: Res<RenderDevice>,
    mut context: RenderContext,
) {
    let target = view.into_inner();
    let texture = target.main_texture();
    let format = target.main_texture_format();
    if format != TextureFormat::Rgba8UnormSrgb {
        ring.wrong_format = Some(format);
        return;
    }
    let buffer = ring.free.pop().unwrap_or_else(|| buffer_for(&device, texture));
    read_back::copy_out(context.command_encoder(), texture, &buffer);
    ring.painted = Some(buffer);
}

fn note_submission(mut ring: ResMut<Ring>, queue: Res<RenderQueue>) {
    if let Some(buffer) = ring.painted.take() {
        // Bevy has submitted the painting by now; an empty submission after it names the moment.
        let submission = queue.submit([]);
        ring.in_flight.push_back((buffer, submission));
    }
}
