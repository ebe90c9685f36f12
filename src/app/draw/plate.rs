//! A painted target that was copied and waits to be read: pictures that are taken now and then, not
//! frame after frame.

use bevy::render::render_resource::{Buffer, MapMode, TextureFormat};
use bevy::render::renderer::{RenderContext, RenderDevice};
use bevy::render::view::ViewTarget;

use super::read_back;

/// A copy of a target.
pub struct Plate {
    buffer: Buffer,
    /// Width and height, pixels.
    pub size: (u32, u32),
    is_bgra: bool,
}

impl Plate {
    /// Copies a target as it is painted then.
    ///
    /// # Errors
    /// Where its pictures are of a format that is not read.
    pub fn expose(
        target: &ViewTarget,
        device: &RenderDevice,
        context: &mut RenderContext,
    ) -> Result<Self, String> {
        let texture = target.main_texture();
        let is_bgra = match target.main_texture_format() {
            TextureFormat::Bgra8UnormSrgb => true,
            TextureFormat::Rgba8UnormSrgb => false,
            format => return Err(format!("the display's pictures are {format:?}")),
        };
        let buffer = read_back::buffer_for(device, texture);
        read_back::copy_out(context.command_encoder(), texture, &buffer);
        Ok(Self { buffer, size: (texture.size().width, texture.size().height), is_bgra })
    }

    /// Waits for it, once it is submitted: RGBA, row by row.
    ///
    /// # Errors
    /// Where the driver does not do its work.
    pub fn read(&self, device: &RenderDevice) -> Result<Vec<u8>, String> {
        let (done, is_done) = std::sync::mpsc::sync_channel(1);
        let slice = self.buffer.slice(..);
        slice.map_async(MapMode::Read, move |result| {
            // One message, one place: never refused.
            let _ = done.try_send(result);
        });
        let wait = wgpu::PollType::wait_indefinitely();
        device.wgpu_device().poll(wait).map_err(|e| e.to_string())?;
        is_done.recv().map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
        let mapped = slice.get_mapped_range();
        let row = self.size.0 as usize * 4;
        let padded = read_back::padded_row_bytes(self.size.0) as usize;
        let rows = mapped.chunks(padded).map(|padded| &padded[..row]);
        let mut rgba: Vec<u8> = rows.flatten().copied().collect();
        if self.is_bgra {
            rgba.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        }
        Ok(rgba)
    }
}
