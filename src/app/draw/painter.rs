//! Paints pictures: the GPU's pipelines and textures, and the order things are painted in. What is
//! in a picture was decided before; only what a globe looks like close by is fetched from here.

use std::collections::HashMap;
use std::sync::Arc;

use bevy::render::render_resource::*;
use bevy::render::renderer::{RenderDevice, RenderQueue};
use bytemuck::Pod;

use super::gpu::{self, FrameBuffer, Pixels};
use super::picture::{GlobeMap, GlobeUniform, MAX_TILES, Picture, RingUniform, TileWindow};
use super::pipelines::{GlobePipelines, Layouts, Pipelines, filtering, numbers, texture};
use super::stock::{Stock, TILE_SIZE};

/// Bytes between the uniforms of two globes: what every adapter accepts as a dynamic offset.
const UNIFORM_STRIDE: usize = 512;

/// Everything on the GPU that lasts longer than a picture.
pub struct Painter {
    device: RenderDevice,
    queue: RenderQueue,
    stock: Arc<Stock>,
    view_layout: BindGroupLayout,
    globe_layout: BindGroupLayout,
    ring_layout: BindGroupLayout,
    pipelines: Pipelines,
    globe_pipelines: GlobePipelines,
    sampler: Sampler,
    edge_sampler: Sampler,
    stars: Points,
    galaxy: Points,
    quasars: Points,
    band: BindGroup,
    letters: BindGroup,
    rings: TextureView,
    maps: HashMap<GlobeMap, TextureView>,
    blank_map: TextureView,
    blank_shapes: TextureView,
    shapes: Option<TextureView>,
    blank_tiles: TextureView,
}

struct Points {
    buffer: Buffer,
    count: u32,
}

/// What one view needs on the GPU from frame to frame.
pub struct Canvas {
    view: FrameBuffer,
    globes: FrameBuffer,
    rings: FrameBuffer,
    lines: FrameBuffer,
    sprites: FrameBuffer,
    depth: Option<(u32, u32, TextureView)>,
    /// The coasts near its camera, once there are some.
    coasts: Option<Coasts>,
}

/// Windows on the Earth's coasts. Each view has its own: all of a frame's uploads come before all of
/// its painting.
struct Coasts {
    texture: Texture,
    view: TextureView,
    windows: [Option<TileWindow>; MAX_TILES],
}

/// A part of a target, pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// What is painted on.
pub struct Target<'a> {
    /// Of the painter's format.
    pub view: &'a TextureView,
    /// Width and height, pixels.
    pub size: (u32, u32),
    /// The part to paint.
    pub region: Region,
    /// Whether it is the first of several on this target: what was there is black then.
    pub is_first: bool,
}

impl Canvas {
    /// An empty one.
    pub fn new(device: &RenderDevice) -> Self {
        Self {
            view: FrameBuffer::new(device, BufferUsages::STORAGE),
            globes: FrameBuffer::new(device, BufferUsages::STORAGE),
            rings: FrameBuffer::new(device, BufferUsages::STORAGE),
            lines: FrameBuffer::new(device, BufferUsages::VERTEX),
            sprites: FrameBuffer::new(device, BufferUsages::VERTEX),
            depth: None,
            coasts: None,
        }
    }
}

impl Painter {
    /// Makes everything that all pictures share, for pictures of one colour format.
    pub fn new(
        device: &RenderDevice,
        queue: &RenderQueue,
        format: TextureFormat,
        stock: Arc<Stock>,
    ) -> Self {
        let both = ShaderStages::VERTEX_FRAGMENT;
        let view_layout = device.create_bind_group_layout("view", &[numbers(0, both, false)]);
        let globe_layout = device.create_bind_group_layout(
            "globe",
            &[
                numbers(0, both, true),
                texture(1, TextureViewDimension::D2),
                texture(2, TextureViewDimension::D2),
                texture(3, TextureViewDimension::D2Array),
                filtering(4),
                filtering(5),
            ],
        );
        let picture_layout = device.create_bind_group_layout(
            "picture",
            &[texture(0, TextureViewDimension::D2), filtering(1)],
        );
        let ring_layout = device.create_bind_group_layout(
            "ring",
            &[numbers(0, both, true), texture(1, TextureViewDimension::D2), filtering(2)],
        );
        let sampler = device.create_sampler(&SamplerDescriptor {
            address_mode_u: AddressMode::Repeat,
            mag_filter: FilterMode::Linear,
            min_filter: FilterMode::Linear,
            mipmap_filter: MipmapFilterMode::Linear,
            ..SamplerDescriptor::default()
        });
        let edge_sampler = device.create_sampler(&SamplerDescriptor {
            mag_filter: FilterMode::Linear,
            min_filter: FilterMode::Linear,
            mipmap_filter: MipmapFilterMode::Linear,
            ..SamplerDescriptor::default()
        });
        let bind_picture = |view: &TextureView, sampler: &Sampler| {
            let entries = BindGroupEntries::sequential((view, sampler));
            device.create_bind_group("picture", &picture_layout, &entries)
        };
        let image = |label, pixels: &super::stock::Image, srgb| {
            let pixels = Pixels { width: pixels.width, height: pixels.height, rgba: &pixels.rgba };
            gpu::mipmapped(device, queue, label, &pixels, srgb)
        };
        let band = bind_picture(&image("band", &stock.band, true), &sampler);
        let letters = bind_picture(&image("letters", stock.letters.image(), false), &edge_sampler);
        let rings = image("rings", &stock.rings, true);
        // Of the same kind as the maps they stand for: drivers that compile shaders for the kinds of
        // their textures, as Mesa's software ones do, then compile the globes' once, not for every mix.
        let blank = |srgb| {
            let pixels = Pixels { width: 2, height: 2, rgba: &[0; 16] };
            gpu::mipmapped(device, queue, "blank", &pixels, srgb)
        };
        let groups = Layouts { view: &view_layout, picture: &picture_layout, ring: &ring_layout };
        Self {
            pipelines: Pipelines::new(device, format, &groups),
            globe_pipelines: GlobePipelines::new(format),
            stars: Points::new(device, "stars", &stock.stars),
            galaxy: Points::new(device, "galaxy", &stock.galaxy),
            quasars: Points::new(device, "quasars", &stock.quasars),
            device: device.clone(),
            queue: queue.clone(),
            stock,
            view_layout,
            globe_layout,
            ring_layout,
            sampler,
            edge_sampler,
            band,
            letters,
            rings,
            maps: HashMap::new(),
            blank_map: blank(true),
            blank_shapes: blank(false),
            shapes: None,
            blank_tiles: Coasts::new(device, 2).view,
        }
    }

    /// Paints a picture over a part of a target.
    pub fn paint(
        &mut self,
        encoder: &mut CommandEncoder,
        target: &Target<'_>,
        canvas: &mut Canvas,
        picture: &Picture,
    ) {
        let (width, height) = target.size;
        self.fetch(picture, canvas);
        canvas.view.write(&self.device, &self.queue, bytemuck::bytes_of(&picture.view));
        let globes: Vec<&GlobeUniform> = picture.globes.iter().map(|g| &g.uniform).collect();
        canvas.globes.write(&self.device, &self.queue, &strided(&globes));
        let rings: Vec<&RingUniform> =
            picture.globes.iter().filter_map(|g| g.rings.as_ref()).collect();
        canvas.rings.write(&self.device, &self.queue, &strided(&rings));
        let lines = [picture.far_lines.as_slice(), &picture.lines].concat();
        canvas.lines.write(&self.device, &self.queue, bytemuck::cast_slice(&lines));
        let sprites = [picture.far_sprites.as_slice(), &picture.near_sprites].concat();
        canvas.sprites.write(&self.device, &self.queue, bytemuck::cast_slice(&sprites));

        let view_group = self.device.create_bind_group(
            "view",
            &self.view_layout,
            &BindGroupEntries::single(canvas.view.buffer().as_entire_binding()),
        );
        let globe_groups: Vec<BindGroup> =
            picture.globes.iter().map(|globe| self.globe_group(canvas, globe.map)).collect();
        let ring_group = self.device.create_bind_group(
            "ring",
            &self.ring_layout,
            &BindGroupEntries::sequential((
                sized::<RingUniform>(canvas.rings.buffer()),
                &self.rings,
                &self.edge_sampler,
            )),
        );
        let depth = match &canvas.depth {
            Some((w, h, view)) if (*w, *h) == (width, height) => view.clone(),
            _ => self.depth_texture(width, height),
        };
        canvas.depth = Some((width, height, depth.clone()));
        let mut pass = encoder.begin_render_pass(&RenderPassDescriptor {
            label: Some("scene"),
            color_attachments: &[Some(RenderPassColorAttachment {
                view: target.view,
                depth_slice: None,
                resolve_target: None,
                ops: Operations {
                    load: match target.is_first {
                        true => LoadOp::Clear(wgpu::Color::BLACK),
                        false => LoadOp::Load,
                    },
                    store: StoreOp::Store,
                },
            })],
            depth_stencil_attachment: Some(RenderPassDepthStencilAttachment {
                view: &depth,
                depth_ops: Some(Operations { load: LoadOp::Clear(0.0), store: StoreOp::Discard }),
                stencil_ops: None,
            }),
            ..RenderPassDescriptor::default()
        });
        let Region { x, y, width, height } = target.region;
        pass.set_viewport(x as f32, y as f32, width as f32, height as f32, 0.0, 1.0);
        pass.set_scissor_rect(x, y, width, height);
        pass.set_bind_group(0, &view_group, &[]);
        if picture.view.band_gain > 0.0 {
            pass.set_pipeline(&self.pipelines.band);
            pass.set_bind_group(1, &self.band, &[]);
            pass.draw(0..3, 0..1);
        }
        pass.set_pipeline(&self.pipelines.cloud);
        if picture.view.quasars_gain > 0.0 {
            self.quasars.draw(&mut pass);
        }
        if picture.view.galaxy_gain > 0.0 {
            self.galaxy.draw(&mut pass);
        }
        if picture.view.stars_gain > 0.0 {
            pass.set_pipeline(&self.pipelines.stars);
            self.stars.draw(&mut pass);
        }
        let far_lines = picture.far_lines.len() as u32;
        pass.set_vertex_buffer(0, *canvas.lines.buffer().slice(..));
        pass.set_pipeline(&self.pipelines.far_lines);
        pass.draw(0..4, 0..far_lines);
        let far_sprites = picture.far_sprites.len() as u32;
        pass.set_pipeline(&self.pipelines.sprites);
        pass.set_bind_group(1, &self.letters, &[]);
        pass.set_vertex_buffer(0, *canvas.sprites.buffer().slice(..));
        pass.draw(0..4, 0..far_sprites);
        let mut ring = 0;
        for (index, (globe, group)) in picture.globes.iter().zip(&globe_groups).enumerate() {
            let pipeline = self.globe_pipelines.of(
                globe.kind(),
                &self.device,
                &self.view_layout,
                &self.globe_layout,
            );
            pass.set_pipeline(pipeline);
            pass.set_bind_group(1, group, &[(index * UNIFORM_STRIDE) as u32]);
            pass.draw(0..4, 0..1);
            if globe.rings.is_some() {
                pass.set_pipeline(&self.pipelines.ring);
                pass.set_bind_group(1, &ring_group, &[(ring * UNIFORM_STRIDE) as u32]);
                pass.draw(0..4, 0..1);
                ring += 1;
            }
        }
        pass.set_pipeline(&self.pipelines.lines);
        pass.set_vertex_buffer(0, *canvas.lines.buffer().slice(..));
        pass.draw(0..4, far_lines..lines.len() as u32);
        pass.set_pipeline(&self.pipelines.sprites);
        pass.set_bind_group(1, &self.letters, &[]);
        pass.set_vertex_buffer(0, *canvas.sprites.buffer().slice(..));
        pass.draw(0..4, far_sprites..sprites.len() as u32);
    }

    /// Brings the maps and coasts that the picture shows onto the GPU.
    fn fetch(&mut self, picture: &Picture, canvas: &mut Canvas) {
        for map in picture.globes.iter().filter_map(|g| g.map) {
            if self.maps.contains_key(&map) {
                continue;
            }
            let image = self.stock.map(map);
            let pixels = Pixels { width: image.width, height: image.height, rgba: &image.rgba };
            let view = gpu::mipmapped(&self.device, &self.queue, "map", &pixels, true);
            self.maps.insert(map, view);
            if map == GlobeMap::Earth {
                let image = self.stock.world_shapes();
                let pixels = Pixels { width: image.width, height: image.height, rgba: &image.rgba };
                let view = gpu::mipmapped(&self.device, &self.queue, "shapes", &pixels, false);
                self.shapes = Some(view);
            }
        }
        if picture.tiles.is_empty() {
            return;
        }
        let coasts = canvas.coasts.get_or_insert_with(|| Coasts::new(&self.device, TILE_SIZE));
        for (layer, window) in picture.tiles.iter().enumerate().take(MAX_TILES) {
            if coasts.windows[layer] == Some(*window) {
                continue;
            }
            let image = self.stock.tile(window, TILE_SIZE);
            let pixels = Pixels { width: image.width, height: image.height, rgba: &image.rgba };
            gpu::upload(&self.queue, &coasts.texture, layer as u32, &pixels);
            coasts.windows[layer] = Some(*window);
        }
    }

    fn globe_group(&self, canvas: &Canvas, map: Option<GlobeMap>) -> BindGroup {
        let shapes = match map {
            Some(GlobeMap::Earth) => self.shapes.as_ref(),
            _ => None,
        };
        let map = map.and_then(|map| self.maps.get(&map));
        self.device.create_bind_group(
            "globe",
            &self.globe_layout,
            &BindGroupEntries::sequential((
                sized::<GlobeUniform>(canvas.globes.buffer()),
                map.unwrap_or(&self.blank_map),
                shapes.unwrap_or(&self.blank_shapes),
                canvas.coasts.as_ref().map_or(&self.blank_tiles, |coasts| &coasts.view),
                &self.sampler,
                &self.edge_sampler,
            )),
        )
    }

    fn depth_texture(&self, width: u32, height: u32) -> TextureView {
        let texture = self.device.create_texture(&TextureDescriptor {
            label: Some("depth"),
            size: Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: TextureDimension::D2,
            format: gpu::DEPTH_FORMAT,
            usage: TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        texture.create_view(&TextureViewDescriptor::default())
    }
}

impl Coasts {
    /// Empty ones, of that many pixels across and down.
    fn new(device: &RenderDevice, size: u32) -> Self {
        let texture = device.create_texture(&TextureDescriptor {
            label: Some("coasts"),
            size: Extent3d { width: size, height: size, depth_or_array_layers: MAX_TILES as u32 },
            mip_level_count: size.ilog2() + 1,
            sample_count: 1,
            dimension: TextureDimension::D2,
            format: TextureFormat::Rgba8Unorm,
            usage: TextureUsages::TEXTURE_BINDING | TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&TextureViewDescriptor {
            dimension: Some(TextureViewDimension::D2Array),
            ..TextureViewDescriptor::default()
        });
        Self { texture, view, windows: [None; MAX_TILES] }
    }
}

impl Points {
    fn new<T: Pod>(device: &RenderDevice, label: &str, points: &[T]) -> Self {
        let buffer = device.create_buffer_with_data(&BufferInitDescriptor {
            label: Some(label),
            contents: bytemuck::cast_slice(points),
            usage: BufferUsages::VERTEX,
        });
        Self { buffer, count: points.len() as u32 }
    }

    fn draw(&self, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_vertex_buffer(0, *self.buffer.slice(..));
        pass.draw(0..4, 0..self.count);
    }
}

/// Uniforms at the distance that dynamic offsets need; one blank where there is none.
fn strided<T: Pod>(uniforms: &[&T]) -> Vec<u8> {
    let mut bytes = vec![0; uniforms.len().max(1) * UNIFORM_STRIDE];
    for (uniform, place) in uniforms.iter().zip(bytes.chunks_mut(UNIFORM_STRIDE)) {
        place[..size_of::<T>()].copy_from_slice(bytemuck::bytes_of(*uniform));
    }
    bytes
}

fn sized<T>(buffer: &Buffer) -> BindingResource<'_> {
    BindingResource::Buffer(BufferBinding {
        buffer,
        offset: 0,
        size: std::num::NonZeroU64::new(size_of::<T>() as u64),
    })
}
