//! Copying a painted target into memory that the processor can read. What becomes of it is for
//! whoever asked.

use bevy::render::render_resource::{
    Buffer, BufferDescriptor, BufferUsages, CommandEncoder, TexelCopyBufferInfo,
    TexelCopyBufferLayout, Texture,
};
use bevy::render::renderer::RenderDevice;

/// Bytes from one row of a copy to the next, of four bytes a pixel: graphics cards want them aligned.
pub fn padded_row_bytes(width: u32) -> u32 {
    RenderDevice::align_copy_bytes_per_row(width as usize * 4) as u32
}

/// Room for a copy of a target.
pub fn buffer_for(device: &RenderDevice, target: &Texture) -> Buffer {
    let size = target.size();
    device.create_buffer(&BufferDescriptor {
        label: Some("picture"),
        size: u64::from(padded_row_bytes(size.width)) * u64::from(size.height),
        usage: BufferUsages::COPY_DST | BufferUsages::MAP_READ,
        mapped_at_creation: false,
    })
}

/// Copies a target, of four bytes a pixel, once what is encoded is done.
pub fn copy_out(encoder: &mut CommandEncoder, target: &Texture, buffer: &Buffer) {
    let size = target.size();
    let layout = TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(padded_row_bytes(size.width)),
        rows_per_image: Some(size.height),
    };
    let into = TexelCopyBufferInfo { buffer, layout };
    encoder.copy_texture_to_buffer(target.as_image_copy(), into, size);
}
