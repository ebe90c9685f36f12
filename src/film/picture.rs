//! One picture as a PNG.

use png::{BitDepth, ColorType, Compression, SrgbRenderingIntent};

/// A picture as a PNG: `rgba` has width × height × 4 bytes, rows from the top, in sRGB. It has no alpha
/// then.
///
/// # Errors
/// In words, where there are not as many bytes as pixels.
pub fn png(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, String> {
    encode(width, height, rgba, &mut Vec::new()).map_err(|error| error.to_string())
}

/// How good a JPEG is: edges of letters and stars stay clean.
const JPEG_QUALITY: u8 = 82;

/// A picture of `width * height * 4` bytes RGBA as JPEG, for somebody who looks on; alpha is left out.
///
/// # Errors
/// In words, where there are not as many bytes as pixels, or more than 65,535 a side.
pub fn jpeg(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, String> {
    let side = |pixels: u32| {
        u16::try_from(pixels).map_err(|_| format!("{pixels} pixels; 65535 are the most"))
    };
    let (width, height) = (side(width)?, side(height)?);
    let expected = usize::from(width) * usize::from(height) * 4;
    if rgba.len() != expected {
        return Err(format!("{} bytes; {expected} were expected", rgba.len()));
    }
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, JPEG_QUALITY);
    let encoded = encoder.encode(rgba, width, height, jpeg_encoder::ColorType::Rgba);
    encoded.map(|()| out).map_err(|error| error.to_string())
}

/// The same, with room that was used before.
pub(crate) fn encode(
    width: u32,
    height: u32,
    rgba: &[u8],
    rgb: &mut Vec<u8>,
) -> Result<Vec<u8>, png::EncodingError> {
    rgb.clear();
    rgb.extend(rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(out)
}
