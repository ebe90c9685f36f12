//! Times what the crate does, and paints the whole world and some windows as PNG files, to be looked at:
//! `cargo run --release -p skyreel-geo --example map -- FOLDER`.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::Instant;

use skyreel_geo::{Constellations, Earth, STEPS_PER_TEXEL, TileRequest};

/// Name, west, south, east, north.
const WINDOWS: [(&str, [f64; 4]); 12] = [
    ("india", [66.0, 5.0, 98.0, 37.0]),
    ("japan", [127.0, 29.0, 147.0, 46.0]),
    ("british-isles", [-11.0, 49.0, 3.0, 61.0]),
    ("great-lakes", [-94.0, 40.0, -75.0, 50.0]),
    ("caspian", [44.0, 35.0, 64.0, 49.0]),
    ("antarctica", [-180.0, -90.0, 180.0, -60.0]),
    ("chukotka", [160.0, 58.0, -160.0, 74.0]),
    ("fiji", [176.0, -20.0, -178.0, -15.0]),
    ("greenland", [-75.0, 58.0, -10.0, 84.0]),
    ("arctic-canada", [-120.0, 50.0, -80.0, 90.0]),
    ("scandinavia", [0.0, 40.0, 40.0, 80.0]),
    ("ganges-delta", [87.5, 21.0, 91.5, 24.5]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let timed = |what: &str, start: Instant| {
        println!("{what:24} {:8.1} ms", start.elapsed().as_secs_f64() * 1e3)
    };
    let start = Instant::now();
    let earth = Earth::embedded()?;
    timed("decode", start);
    let start = Instant::now();
    let constellations = Constellations::embedded()?;
    timed("constellations", start);
    println!("{} places, {} constellations", earth.places().len(), constellations.all().len());
    let start = Instant::now();
    earth.tile(&TileRequest::world(4096, 2048))?;
    timed("world, 4096 x 2048", start);
    for (width_px, height_px) in [(1024, 512), (2048, 1024)] {
        let start = Instant::now();
        earth.climate_map(width_px, height_px)?;
        timed(&format!("climate, {width_px} x {height_px}"), start);
    }
    for (name, [west_deg, south_deg, east_deg, north_deg]) in WINDOWS {
        let request = TileRequest {
            west_deg,
            south_deg,
            east_deg,
            north_deg,
            width_px: 1024,
            height_px: 1024,
        };
        let start = Instant::now();
        earth.tile(&request)?;
        timed(&format!("{name}, 1024 x 1024"), start);
    }
    if let Some(folder) = std::env::args().nth(1) {
        let folder = Path::new(&folder);
        paint(&earth, &TileRequest::world(2048, 1024), &folder.join("world.png"))?;
        for (name, [west_deg, south_deg, east_deg, north_deg]) in WINDOWS {
            let width_deg = (east_deg - west_deg).rem_euclid(360.0);
            let width_deg = if width_deg == 0.0 { 360.0 } else { width_deg };
            let squeeze = if name == "antarctica" {
                0.25
            } else {
                f64::cos((south_deg + north_deg).to_radians() / 2.0)
            };
            let scale = 900.0 / (width_deg * squeeze).max(north_deg - south_deg);
            let (width_px, height_px) =
                ((width_deg * squeeze * scale) as u32, ((north_deg - south_deg) * scale) as u32);
            let request =
                TileRequest { west_deg, south_deg, east_deg, north_deg, width_px, height_px };
            paint(&earth, &request, &folder.join(format!("{name}.png")))?;
        }
    }
    Ok(())
}

/// Mixes tile and colours much as a renderer would.
fn paint(earth: &Earth, request: &TileRequest, file: &Path) -> Result<(), Box<dyn Error>> {
    const COLOURS: [u32; 2] = [4096, 2048];
    let colours = earth.climate_map(COLOURS[0], COLOURS[1])?;
    let tile = earth.tile(request)?;
    let (width, height) = (request.width_px as usize, request.height_px as usize);
    let width_deg = match request.east_deg - request.west_deg {
        w if w < 0.0 => w + 360.0,
        w => w,
    };
    let mut rgb = Vec::with_capacity(width * height * 3);
    for (i, texel) in tile.rgba.chunks_exact(4).enumerate() {
        let lon = request.west_deg + ((i % width) as f64 + 0.5) / width as f64 * width_deg;
        let lat = request.north_deg
            - ((i / width) as f64 + 0.5) / height as f64 * (request.north_deg - request.south_deg);
        let [r, g, b, shallow] = bilinear(&colours, COLOURS, lat, lon);
        let share = |byte: u8| ((f32::from(byte) - 128.0) / STEPS_PER_TEXEL + 0.5).clamp(0.0, 1.0);
        let mix =
            |a: [f32; 3], b: [f32; 3], t: f32| std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t);
        let deep = mix([9.0, 27.0, 64.0], [38.0, 98.0, 128.0], (shallow / 255.0).powf(1.3));
        let water = [24.0, 52.0, 88.0];
        let mut colour = mix(deep, [r, g, b], share(texel[0]));
        colour = mix(colour, water, f32::from(texel[2]) / 255.0 * 0.8 * share(texel[0]));
        colour = mix(colour, water, share(texel[1]));
        colour = mix(colour, [238.0, 243.0, 247.0], share(texel[3]));
        rgb.extend(colour.map(|c| c as u8));
    }
    let mut encoder =
        png::Encoder::new(BufWriter::new(File::create(file)?), request.width_px, request.height_px);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(&rgb)?;
    println!("{}", file.display());
    Ok(())
}

fn bilinear(map: &[[u8; 4]], [width, height]: [u32; 2], lat: f64, lon: f64) -> [f32; 4] {
    let x = (lon + 180.0).rem_euclid(360.0) / 360.0 * f64::from(width) - 0.5;
    let y = ((90.0 - lat) / 180.0 * f64::from(height) - 0.5).clamp(0.0, f64::from(height - 1));
    let (u, v) = ((x - x.floor()) as f32, (y - y.floor()) as f32);
    let at = |dx: i64, dy: i64| {
        let column = (x.floor() as i64 + dx).rem_euclid(width.into());
        let row = (y.floor() as i64 + dy).min(i64::from(height) - 1);
        map[(row * i64::from(width) + column) as usize].map(f32::from)
    };
    let [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
    std::array::from_fn(|i| {
        let (top, bottom) = (a[i] + (b[i] - a[i]) * u, c[i] + (d[i] - c[i]) * u);
        top + (bottom - top) * v
    })
}
