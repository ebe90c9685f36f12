//! The pipelines that pictures are painted with: which shader, which attributes, how they mix. The
//! order they are used in is the painter's.

use std::collections::HashMap;

use bevy::render::render_resource::*;
use bevy::render::renderer::RenderDevice;

use super::gpu::{Depth, Mix, QuadPipeline};
use super::picture::{GlobeKind, Segment, Sprite};
use super::stock::{Puff, StarPoint};

/// The pipelines that pictures are painted with.
pub struct Pipelines {
    /// The Milky Way from within.
    pub band: RenderPipeline,
    /// Stars.
    pub stars: RenderPipeline,
    /// Galaxy and quasars.
    pub cloud: RenderPipeline,
    /// Lines behind everything.
    pub far_lines: RenderPipeline,
    /// Lines among the globes.
    pub lines: RenderPipeline,
    /// Rings.
    pub ring: RenderPipeline,
    /// Letters and lights.
    pub sprites: RenderPipeline,
}

/// The bind groups that the pipelines take.
pub struct Layouts<'a> {
    /// What all shaders share.
    pub view: &'a BindGroupLayout,
    /// An image to look things up in.
    pub picture: &'a BindGroupLayout,
    /// Rings and their profile.
    pub ring: &'a BindGroupLayout,
}

impl Pipelines {
    /// Makes them all, for pictures of one colour format.
    pub fn new(device: &RenderDevice, format: TextureFormat, layouts: &Layouts<'_>) -> Self {
        use VertexFormat::{Float32, Float32x2, Float32x3, Float32x4};
        let plain = QuadPipeline {
            label: "band",
            source: include_str!("../../../assets/shaders/band.wgsl"),
            name: "band",
            groups: &[Some(layouts.view), Some(layouts.picture)],
            attributes: &[],
            stride: 0,
            mix: Mix::Add,
            depth: Depth::Ignore,
            constants: &[],
        };
        let points = attributes(&[Float32x3, Float32, Float32x3, Float32]);
        let segments = attributes(&[Float32x3, Float32, Float32x3, Float32, Float32x4, Float32x4]);
        let sprites = attributes(&[Float32x2, Float32x2, Float32x2, Float32x2, Float32x4, Float32]);
        let lines = QuadPipeline {
            label: "lines",
            source: include_str!("../../../assets/shaders/line.wgsl"),
            name: "line",
            groups: &[Some(layouts.view)],
            attributes: &segments,
            stride: size_of::<Segment>() as u64,
            mix: Mix::Add,
            depth: Depth::Test,
            constants: &[],
        };
        Self {
            band: plain.build(device, format),
            stars: QuadPipeline {
                label: "stars",
                source: include_str!("../../../assets/shaders/stars.wgsl"),
                name: "star",
                groups: &[Some(layouts.view)],
                attributes: &points[..3],
                stride: size_of::<StarPoint>() as u64,
                ..plain
            }
            .build(device, format),
            cloud: QuadPipeline {
                label: "cloud",
                source: include_str!("../../../assets/shaders/cloud.wgsl"),
                name: "cloud",
                groups: &[Some(layouts.view)],
                attributes: &points,
                stride: size_of::<Puff>() as u64,
                ..plain
            }
            .build(device, format),
            far_lines: QuadPipeline { depth: Depth::Ignore, ..lines }.build(device, format),
            lines: lines.build(device, format),
            ring: QuadPipeline {
                label: "ring",
                source: include_str!("../../../assets/shaders/ring.wgsl"),
                name: "ring",
                groups: &[Some(layouts.view), Some(layouts.ring)],
                mix: Mix::Over,
                depth: Depth::Test,
                ..plain
            }
            .build(device, format),
            sprites: QuadPipeline {
                label: "sprites",
                source: include_str!("../../../assets/shaders/sprite.wgsl"),
                name: "sprite",
                attributes: &sprites,
                stride: size_of::<Sprite>() as u64,
                mix: Mix::Over,
                ..plain
            }
            .build(device, format),
        }
    }
}

/// The pipelines of globes, one a kind, made when the first globe of the kind is painted.
pub struct GlobePipelines {
    format: TextureFormat,
    made: HashMap<GlobeKind, RenderPipeline>,
}

impl GlobePipelines {
    /// None yet, for pictures of one colour format.
    pub fn new(format: TextureFormat) -> Self {
        Self { format, made: HashMap::new() }
    }

    /// The pipeline for a kind of globe; `view` is what all shaders share, `globe` a globe with its maps.
    pub fn of(
        &mut self,
        kind: GlobeKind,
        device: &RenderDevice,
        view: &BindGroupLayout,
        globe: &BindGroupLayout,
    ) -> &RenderPipeline {
        let format = self.format;
        self.made.entry(kind).or_insert_with(|| {
            QuadPipeline {
                label: "globe",
                source: include_str!("../../../assets/shaders/globe.wgsl"),
                name: "globe",
                groups: &[Some(view), Some(globe)],
                attributes: &[],
                stride: 0,
                mix: Mix::Over,
                depth: Depth::Write,
                constants: &kind.constants(),
            }
            .build(device, format)
        })
    }
}

/// Attributes that follow each other without gaps.
fn attributes(formats: &[VertexFormat]) -> Vec<VertexAttribute> {
    let mut offset = 0;
    let attribute = |(location, format): (usize, &VertexFormat)| {
        let here = offset;
        offset += format.size();
        VertexAttribute { format: *format, offset: here, shader_location: location as u32 }
    };
    formats.iter().enumerate().map(attribute).collect()
}

/// The numbers that a shader works with, at a binding. A storage buffer: software Vulkan (Mesa's lavapipe)
/// compiles a shader anew whenever a *uniform* that it branches on changes, which is once a frame.
pub fn numbers(binding: u32, visibility: ShaderStages, dynamic: bool) -> BindGroupLayoutEntry {
    let ty = BindingType::Buffer {
        ty: BufferBindingType::Storage { read_only: true },
        has_dynamic_offset: dynamic,
        min_binding_size: None,
    };
    BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

/// A texture at a binding.
pub fn texture(binding: u32, view_dimension: TextureViewDimension) -> BindGroupLayoutEntry {
    let ty = BindingType::Texture {
        sample_type: TextureSampleType::Float { filterable: true },
        view_dimension,
        multisampled: false,
    };
    BindGroupLayoutEntry { binding, visibility: ShaderStages::FRAGMENT, ty, count: None }
}

/// A filtering sampler at a binding.
pub fn filtering(binding: u32) -> BindGroupLayoutEntry {
    let ty = BindingType::Sampler(SamplerBindingType::Filtering);
    BindGroupLayoutEntry { binding, visibility: ShaderStages::FRAGMENT, ty, count: None }
}
