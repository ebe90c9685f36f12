//! Small pieces of GPU plumbing the painter is made of: pipelines for instanced quads, buffers that
//! grow, textures with mip levels. Nothing in here knows what is drawn.

use bevy::render::render_resource::*;
use bevy::render::renderer::{RenderDevice, RenderQueue};

/// How a pipeline's fragments meet what is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mix {
    /// Colour and alpha premultiplied; covers.
    Over,
    /// Adds light.
    Add,
}

/// What a pipeline does with depth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Neither asks nor says.
    Ignore,
    /// Hidden by what is nearer.
    Test,
    /// Says where it is, whatever was there.
    Write,
}

/// The depth buffer's format; 0 is infinitely far.
pub const DEPTH_FORMAT: TextureFormat = TextureFormat::Depth32Float;

/// A pipeline for quads of four vertices, one an instance.
pub struct QuadPipeline<'a> {
    /// For debuggers.
    pub label: &'a str,
    /// WGSL, without `view.wgsl`.
    pub source: &'a str,
    /// Name of the vertex entry point; the fragment's is the same with `_fragment`.
    pub name: &'a str,
    /// Bind groups.
    pub groups: &'a [Option<&'a BindGroupLayout>],
    /// Instance attributes, and their stride in bytes; empty where there are none.
    pub attributes: &'a [VertexAttribute],
    /// Bytes an instance.
    pub stride: u64,
    /// Blending.
    pub mix: Mix,
    /// Depth.
    pub depth: Depth,
    /// What the shader's `override`s are set to.
    pub constants: &'a [(&'a str, f64)],
}

impl QuadPipeline<'_> {
    /// Makes it for a colour format. Blocks until it is compiled, so that the first frame is whole.
    pub fn build(&self, device: &RenderDevice, format: TextureFormat) -> RenderPipeline {
        let source =
            format!("{}\n{}", include_str!("../../../assets/shaders/view.wgsl"), self.source);
        let module = device.create_and_validate_shader_module(ShaderModuleDescriptor {
            label: Some(self.label),
            source: ShaderSource::Wgsl(source.into()),
        });
        let groups: Vec<Option<&wgpu::BindGroupLayout>> =
            self.groups.iter().map(|group| group.map(|group| &**group)).collect();
        let layout = device.create_pipeline_layout(&PipelineLayoutDescriptor {
            label: Some(self.label),
            bind_group_layouts: &groups,
            immediate_size: 0,
        });
        let options = PipelineCompilationOptions {
            constants: self.constants,
            ..PipelineCompilationOptions::default()
        };
        let one = BlendFactor::One;
        let dst_factor = match self.mix {
            Mix::Over => BlendFactor::OneMinusSrcAlpha,
            Mix::Add => one,
        };
        let component =
            BlendComponent { src_factor: one, dst_factor, operation: BlendOperation::Add };
        let instances = RawVertexBufferLayout {
            array_stride: self.stride,
            step_mode: VertexStepMode::Instance,
            attributes: self.attributes,
        };
        device.create_render_pipeline(&RawRenderPipelineDescriptor {
            label: Some(self.label),
            layout: Some(&layout),
            vertex: RawVertexState {
                module: &module,
                entry_point: Some(&format!("{}_vertex", self.name)),
                compilation_options: options.clone(),
                buffers: if self.attributes.is_empty() {
                    &[]
                } else {
                    std::slice::from_ref(&instances)
                },
            },
            primitive: PrimitiveState {
                topology: PrimitiveTopology::TriangleStrip,
                ..PrimitiveState::default()
            },
            depth_stencil: Some(DepthStencilState {
                format: DEPTH_FORMAT,
                depth_write_enabled: Some(self.depth == Depth::Write),
                depth_compare: Some(match self.depth {
                    Depth::Test => CompareFunction::GreaterEqual,
                    Depth::Ignore | Depth::Write => CompareFunction::Always,
                }),
                stencil: StencilState::default(),
                bias: DepthBiasState::default(),
            }),
            multisample: MultisampleState::default(),
            fragment: Some(RawFragmentState {
                module: &module,
                entry_point: Some(&format!("{}_fragment", self.name)),
                compilation_options: options,
                targets: &[Some(ColorTargetState {
                    format,
                    blend: Some(BlendState { color: component, alpha: component }),
                    write_mask: ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        })
    }
}

/// A buffer written anew each frame, grown when it must be.
pub struct FrameBuffer {
    usage: BufferUsages,
    buffer: Buffer,
}

impl FrameBuffer {
    /// An empty one.
    pub fn new(device: &RenderDevice, usage: BufferUsages) -> Self {
        Self { usage, buffer: Self::allocate(device, usage, 4096) }
    }

    fn allocate(device: &RenderDevice, usage: BufferUsages, size: u64) -> Buffer {
        device.create_buffer(&BufferDescriptor {
            label: Some("skyreel frame"),
            size,
            usage: usage | BufferUsages::COPY_DST,
            mapped_at_creation: false,
        })
    }

    /// Puts `bytes` at its start. True if the buffer is a new one, so that bind groups must be too.
    pub fn write(&mut self, device: &RenderDevice, queue: &RenderQueue, bytes: &[u8]) -> bool {
        let grown = bytes.len() as u64 > self.buffer.size();
        if grown {
            let size = (bytes.len() as u64).next_power_of_two();
            self.buffer = Self::allocate(device, self.usage, size);
        }
        if !bytes.is_empty() {
            queue.write_buffer(&self.buffer, 0, bytes);
        }
        grown
    }

    /// The buffer as it is now.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }
}

/// An image to become a texture.
pub struct Pixels<'a> {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// RGBA8, row by row from the top.
    pub rgba: &'a [u8],
}

/// A texture with all its mip levels. `srgb`: colours are coded, alpha never is.
pub fn mipmapped(
    device: &RenderDevice,
    queue: &RenderQueue,
    label: &str,
    pixels: &Pixels<'_>,
    srgb: bool,
) -> TextureView {
    let levels = 32 - pixels.width.max(pixels.height).leading_zeros();
    let texture = device.create_texture(&TextureDescriptor {
        label: Some(label),
        size: Extent3d { width: pixels.width, height: pixels.height, depth_or_array_layers: 1 },
        mip_level_count: levels,
        sample_count: 1,
        dimension: TextureDimension::D2,
        format: if srgb { TextureFormat::Rgba8UnormSrgb } else { TextureFormat::Rgba8Unorm },
        usage: TextureUsages::TEXTURE_BINDING | TextureUsages::COPY_DST,
        view_formats: &[],
    });
    upload(queue, &texture, 0, pixels);
    texture.create_view(&TextureViewDescriptor::default())
}

/// Writes an image and its mip levels into one layer of a texture.
pub fn upload(queue: &RenderQueue, texture: &Texture, layer: u32, pixels: &Pixels<'_>) {
    let (mut width, mut height) = (pixels.width, pixels.height);
    let mut level = pixels.rgba.to_vec();
    for mip_level in 0..texture.mip_level_count() {
        if mip_level > 0 {
            (level, width, height) = halved(&level, width, height);
        }
        queue.write_texture(
            TexelCopyTextureInfo {
                texture,
                mip_level,
                origin: Origin3d { x: 0, y: 0, z: layer },
                aspect: TextureAspect::All,
            },
            &level,
            TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(width * 4),
                rows_per_image: Some(height),
            },
            Extent3d { width, height, depth_or_array_layers: 1 },
        );
    }
}

/// Half the size, each pixel the mean of four.
fn halved(rgba: &[u8], width: u32, height: u32) -> (Vec<u8>, u32, u32) {
    let (half_width, half_height) = ((width / 2).max(1), (height / 2).max(1));
    let row = width as usize * 4;
    let mut out = Vec::with_capacity(half_width as usize * half_height as usize * 4);
    for y in 0..half_height as usize {
        let top = y * 2 * row;
        let bottom = (y * 2 + 1).min(height as usize - 1) * row;
        for x in 0..half_width as usize {
            let (left, right) = (x * 8, (x * 2 + 1).min(width as usize - 1) * 4);
            for channel in 0..4 {
                let sum = u16::from(rgba[top + left + channel])
                    + u16::from(rgba[top + right + channel])
                    + u16::from(rgba[bottom + left + channel])
                    + u16::from(rgba[bottom + right + channel]);
                out.push(((sum + 2) / 4) as u8);
            }
        }
    }
    (out, half_width, half_height)
}
