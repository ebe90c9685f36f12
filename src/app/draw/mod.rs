//! Drawing the scene inside Bevy: a camera entity that carries a `Shown` picture gets it painted.

pub mod compose;
mod daylight;
mod galaxy;
mod globe;
mod gpu;
mod labels;
mod letters;
mod painter;
pub mod picture;
mod pipelines;
pub mod plate;
pub mod read_back;
mod stars;
pub mod stock;
mod trails;

use std::collections::HashMap;
use std::sync::Arc;

use bevy::core_pipeline::{Core3d, Core3dSystems};
use bevy::prelude::*;
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};
use bevy::render::render_resource::TextureFormat;
use bevy::render::renderer::{RenderContext, RenderDevice, RenderQueue, ViewQuery};
use bevy::render::sync_world::MainEntity;
use bevy::render::view::ViewTarget;
use bevy::render::{Render, RenderApp, RenderSystems};

pub use painter::Region;
use painter::{Canvas, Painter, Target};
use picture::Picture;
use stock::Stock;

/// Paints `Shown` pictures.
pub struct DrawPlugin {
    /// What pictures are made of.
    pub stock: Arc<Stock>,
}

/// The pictures that a camera shows, each in its part of the target; none of them overlap.
#[derive(Component, ExtractComponent, Clone)]
pub struct Shown(pub Arc<[Pane]>);

/// A picture and where it is shown.
pub struct Pane {
    /// Which part of the target.
    pub region: Region,
    /// What is shown there.
    pub picture: Picture,
}

/// When pictures are painted, within a camera's render graph.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DrawSystems {
    /// Pictures are painted into the view.
    Paint,
    /// The painted view can be copied.
    Painted,
}

#[derive(Resource)]
struct Studio {
    stock: Arc<Stock>,
    painters: HashMap<TextureFormat, Painter>,
    canvases: HashMap<MainEntity, Vec<Canvas>>,
}

impl Plugin for DrawPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(ExtractComponentPlugin::<Shown>::default());
        let Some(render_app) = app.get_sub_app_mut(RenderApp) else { return };
        render_app
            .insert_resource(Studio {
                stock: Arc::clone(&self.stock),
                painters: HashMap::new(),
                canvases: HashMap::new(),
            })
            .configure_sets(
                Core3d,
                (DrawSystems::Paint, DrawSystems::Painted)
                    .chain()
                    .after(Core3dSystems::MainPass)
                    .before(Core3dSystems::EarlyPostProcess),
            )
            .add_systems(Core3d, paint.in_set(DrawSystems::Paint))
            .add_systems(Render, forget_gone_views.in_set(RenderSystems::Cleanup));
    }
}

fn paint(
    view: ViewQuery<(&ViewTarget, &Shown, &MainEntity)>,
    mut studio: ResMut<Studio>,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    mut context: RenderContext,
) {
    let (target, shown, entity) = view.into_inner();
    let format = target.main_texture_format();
    let Studio { stock, painters, canvases } = &mut *studio;
    let painter = painters
        .entry(format)
        .or_insert_with(|| Painter::new(&device, &queue, format, Arc::clone(stock)));
    let canvases = canvases.entry(*entity).or_default();
    let size = target.main_texture().size();
    let (width, height) = (size.width, size.height);
    let view = target.main_texture_view();
    for (n, Pane { region, picture }) in shown.0.iter().enumerate() {
        // The target has another size for a frame when the window's changes.
        if region.x + region.width > width || region.y + region.height > height {
            continue;
        }
        while canvases.len() <= n {
            canvases.push(Canvas::new(&device));
        }
        let target = Target { view, size: (width, height), region: *region, is_first: n == 0 };
        painter.paint(context.command_encoder(), &target, &mut canvases[n], picture);
    }
}

fn forget_gone_views(views: Query<&MainEntity, With<Shown>>, mut studio: ResMut<Studio>) {
    studio.canvases.retain(|entity, _| views.iter().any(|view| view == entity));
}
