//! From RGBA to the planes that H.264 takes: 4:2:0, BT.709, limited range. The one place where colour is converted,
//! so that every encoder shows the same.

use openh264::formats::YUVSource;
use yuv::{
    BufferStoreMut, YuvConversionMode, YuvPlanarImageMut, YuvRange, YuvStandardMatrix,
    rgba_to_yuv420,
};

/// One picture as Y (width × height), U and V (a quarter of that each), rows without gaps, one after the other.
pub(crate) struct Planes {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Planes {
    /// Room for a picture; both sides even.
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self { width, height, bytes: vec![0; width * height * 3 / 2] }
    }

    /// Takes over a picture of width × height × 4 bytes; its alpha is not looked at.
    pub(crate) fn fill(&mut self, rgba: &[u8]) -> Result<(), String> {
        let (width, height) = (self.width as u32, self.height as u32);
        let (y, chroma) = self.bytes.split_at_mut(self.width * self.height);
        let (u, v) = chroma.split_at_mut(self.width * self.height / 4);
        let mut image = YuvPlanarImageMut {
            y_plane: BufferStoreMut::Borrowed(y),
            y_stride: width,
            u_plane: BufferStoreMut::Borrowed(u),
            u_stride: width / 2,
            v_plane: BufferStoreMut::Borrowed(v),
            v_stride: width / 2,
            width,
            height,
        };
        let (range, matrix) = (YuvRange::Limited, YuvStandardMatrix::Bt709);
        rgba_to_yuv420(&mut image, rgba, width * 4, range, matrix, YuvConversionMode::Balanced)
            .map_err(|error| error.to_string())
    }

    /// The planes Y, U, V in a row (ffmpeg's `yuv420p`).
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl YUVSource for Planes {
    fn dimensions(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    fn strides(&self) -> (usize, usize, usize) {
        (self.width, self.width / 2, self.width / 2)
    }

    fn y(&self) -> &[u8] {
        &self.bytes[..self.width * self.height]
    }

    fn u(&self) -> &[u8] {
        let luma = self.width * self.height;
        &self.bytes[luma..luma + luma / 4]
    }

    fn v(&self) -> &[u8] {
        let luma = self.width * self.height;
        &self.bytes[luma + luma / 4..]
    }
}
