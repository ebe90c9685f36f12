//! Measures how fast films are written: `film_speed OUT [WIDTHxHEIGHT] [FRAMES] [builtin|ffmpeg] [QUALITY]`.
//! The pictures fly towards mountains of fine noise below a sky of stars, so every block moves, each its own way; they are
//! made beforehand.

use std::error::Error;
use std::time::Instant;

use skyreel_film::{Encoder, FilmSpec, FrameRate, open};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let output = arguments
        .next()
        .ok_or("usage: film_speed OUT [WIDTHxHEIGHT] [FRAMES] [builtin|ffmpeg] [QUALITY]")?;
    let size = arguments.next().unwrap_or("1280x720".to_owned());
    let (width, height) = size.split_once('x').ok_or("size: expected WIDTHxHEIGHT")?;
    let mut spec = FilmSpec::new(output, width.parse()?, height.parse()?, FrameRate::new(60, 1)?);
    let frames: usize = arguments.next().map_or(Ok(240), |text| text.parse())?;
    if arguments.next().as_deref() == Some("ffmpeg") {
        spec.encoder = Encoder::ffmpeg();
    }
    if let Some(quality) = arguments.next() {
        spec.quality = quality.parse()?;
    }
    spec.overwrite = true;
    spec.expected_frames = Some(frames as u64);

    let pictures: Vec<Vec<u8>> = (0..30).map(|n| picture(spec.width, spec.height, n)).collect();
    let mut film = open(&spec)?;
    let begin = Instant::now();
    for n in 0..frames {
        // Forth and back, so that there is no cut.
        let step = n % 58;
        let mut rgba = film.buffer();
        rgba.copy_from_slice(&pictures[step.min(58 - step)]);
        film.send(rgba)?;
    }
    let summary = film.finish()?;
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "{size}: {} frames in {seconds:.2} s = {:.1} frames/s, {} bytes = {:.1} Mbit/s at 60 frames/s",
        summary.frames,
        frames as f64 / seconds,
        summary.bytes,
        summary.bytes as f64 * 8.0 * 60.0 / frames as f64 / 1e6,
    );
    Ok(())
}

fn picture(width: u32, height: u32, step: u32) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    // A lattice four times as fine as the pixels, approached by half a per cent a frame.
    let zoomed = |pixel: u32, side: u32| {
        let from_middle = i64::from(pixel) - i64::from(side) / 2;
        (from_middle * 4 * 1000 / (1000 + 5 * i64::from(step)) + 100_000) as u32
    };
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (zoomed(x, width), zoomed(y, height));
            let land = y > height / 3;
            let level = if land {
                let octaves = [(256, 80), (64, 40), (16, 30), (6, 25)];
                octaves.iter().map(|&(cell, weight)| smooth(u, v, cell) * weight / 255).sum::<u32>()
                    + 30
            } else if hash(u / 6, v / 6).is_multiple_of(400) {
                hash(v / 6, u / 6) % 256
            } else {
                8
            };
            rgba.extend(
                [level, level * 7 / 8, if land { level / 2 } else { level }, 255].map(|c| c as u8),
            );
        }
    }
    rgba
}

/// Noise of 0 to 255 between lattice points `cell` pixels apart.
fn smooth(x: u32, y: u32, cell: u32) -> u32 {
    let (column, row, right, down) = (x / cell, y / cell, x % cell, y % cell);
    let at = |c, r| hash(column + c, row + r) % 256;
    let across = |r| at(0, r) * (cell - right) + at(1, r) * right;
    (across(0) * (cell - down) + across(1) * down) / (cell * cell)
}

fn hash(x: u32, y: u32) -> u32 {
    let mut h = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ h >> 12
}
