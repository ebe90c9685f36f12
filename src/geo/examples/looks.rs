//! Writes every look as a map and as a side-lit ball, and says how long each took:
//! `cargo run -p skyreel-geo --release --example looks -- OUTDIR`

use std::error::Error;
use std::fs::{File, create_dir_all};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::Instant;

use glam::{DMat3, DVec3};
use skyreel_geo::looks::{
    Look, Map, RELIEF_SPAN_RADII, RINGS_INNER_KM, RINGS_OUTER_KM, bake, saturn_rings,
};

const BALL: u32 = 300;
const RUNS: u32 = 9;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: looks OUTDIR [WIDTH [LOOK]]")?);
    let width: u32 = std::env::args().nth(2).map_or(Ok(1024), |text| text.parse())?;
    create_dir_all(&out)?;
    let only = std::env::args().nth(3).map(|name| name.parse::<Look>()).transpose()?;
    for &look in Look::ALL.iter().filter(|look| only.is_none_or(|only| only == **look)) {
        let mut best_ms = f64::INFINITY;
        let mut map = bake(look, width, width / 2)?;
        for _ in 0..RUNS {
            let begun = Instant::now();
            map = bake(look, width, width / 2)?;
            best_ms = best_ms.min(begun.elapsed().as_secs_f64() * 1e3);
        }
        println!("{look:<10} {best_ms:6.1} ms");
        let opaque: Vec<u8> = map.rgba.chunks_exact(4).flat_map(|t| [t[0], t[1], t[2]]).collect();
        write(&out.join(format!("{look}-map.png")), map.width, map.height, &opaque)?;
        let relief: Vec<u8> = map.rgba.chunks_exact(4).flat_map(|t| [t[3]; 3]).collect();
        write(&out.join(format!("{look}-relief.png")), map.width, map.height, &relief)?;
        let (lat_deg, lon_deg) = facing(look);
        write(
            &out.join(format!("{look}-ball.png")),
            BALL,
            BALL,
            &ball(look, &map, lat_deg, lon_deg),
        )?;
    }
    let begun = Instant::now();
    let rings = saturn_rings(2048);
    println!("rings      {:6.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let over_black: Vec<u8> = rings
        .iter()
        .flat_map(|&[r, g, b, a]| {
            [r, g, b].map(|part| (u16::from(part) * u16::from(a) / 255) as u8)
        })
        .collect();
    let strip: Vec<u8> = std::iter::repeat_n(over_black, 80).flatten().collect();
    write(&out.join("rings.png"), 2048, 80, &strip)?;
    Ok(())
}

/// The latitude and longitude that the preview's middle shows.
fn facing(look: Look) -> (f64, f64) {
    match look {
        Look::Mercury => (15.0, 140.0),
        Look::Venus => (0.0, 10.0),
        Look::Mars => (-8.0, 58.0),
        Look::Jupiter => (-5.0, -85.0),
        Look::Saturn => (28.0, 0.0),
        Look::Neptune => (-20.0, -10.0),
        Look::Pluto => (15.0, 178.0),
        Look::Charon => (28.0, -15.0),
        Look::Phobos => (5.0, -22.0),
        Look::Io => (0.0, 80.0),
        Look::Europa => (-5.0, 60.0),
        Look::Ganymede => (15.0, -150.0),
        Look::Callisto => (10.0, -70.0),
        Look::Triton => (-20.0, 15.0),
        Look::Enceladus => (-45.0, 20.0),
        Look::Iapetus => (8.0, -20.0),
        _ => (0.0, 0.0),
    }
}

/// An orthographic view from far away, sunlight from the left front; Saturn stands in its rings.
fn ball(look: Look, map: &Map, lat_deg: f64, lon_deg: f64) -> Vec<u8> {
    let body_from_view = DMat3::from_rotation_z(lon_deg.to_radians())
        * DMat3::from_rotation_y(-lat_deg.to_radians());
    // In the view's axes x points to the eye, y right, z up.
    let sun = body_from_view
        * DVec3::new(if look == Look::Moon { 2.0 } else { 0.84 }, -0.5, 0.2).normalize();
    let rings = if look == Look::Saturn { saturn_rings(1024) } else { Vec::new() };
    let middle = f64::from(BALL) / 2.0;
    let radius = if rings.is_empty() { middle - 4.0 } else { middle * 0.42 };
    let mut rgb = vec![0; (BALL * BALL * 3) as usize];
    for (i, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let right = (f64::from(i as u32 % BALL) + 0.5 - middle) / radius;
        let up = (middle - f64::from(i as u32 / BALL) - 0.5) / radius;
        let front = 1.0 - right * right - up * up;
        let mut linear = [0.0; 3];
        if front > 0.0 {
            let at = body_from_view * DVec3::new(front.sqrt(), right, up);
            let light =
                bumped(map, at).dot(sun).max(0.0).powf(0.8) * (at.dot(sun) * 8.0).clamp(0.0, 1.0);
            // Light adds up in linear space; the maps are sRGB.
            linear = [0, 1, 2]
                .map(|part| (f64::from(nearest(map, at)[part]) / 255.0).powf(2.2) * light * 1.15);
        }
        let pole = body_from_view.transpose() * DVec3::Z;
        let toward_eye = -(pole.y * right + pole.z * up) / pole.x;
        let ring_km = 60_268.0 * DVec3::new(toward_eye, right, up).length();
        let along =
            (ring_km - RINGS_INNER_KM) / (RINGS_OUTER_KM - RINGS_INNER_KM) * rings.len() as f64;
        if let Some(&[r, g, b, opacity]) = rings.get(along as usize)
            && along >= 0.0
            && (front <= 0.0 || toward_eye > front.sqrt())
        {
            for (under, over) in linear.iter_mut().zip([r, g, b]) {
                *under +=
                    ((f64::from(over) / 255.0).powf(2.2) - *under) * f64::from(opacity) / 255.0;
            }
        }
        for (byte, part) in pixel.iter_mut().zip(linear) {
            *byte = (part.min(1.0).powf(1.0 / 2.2) * 255.0) as u8;
        }
    }
    rgb
}

fn nearest(map: &Map, at: DVec3) -> [u8; 4] {
    let u = (at.y.atan2(at.x) / std::f64::consts::TAU + 0.5).rem_euclid(1.0);
    let v = 0.5 - at.z.clamp(-1.0, 1.0).asin() / std::f64::consts::PI;
    let x = ((u * f64::from(map.width)) as u32).min(map.width - 1);
    let y = ((v * f64::from(map.height)) as u32).min(map.height - 1);
    let i = (y * map.width + x) as usize * 4;
    [map.rgba[i], map.rgba[i + 1], map.rgba[i + 2], map.rgba[i + 3]]
}

/// The surface normal with the relief's slopes.
fn bumped(map: &Map, at: DVec3) -> DVec3 {
    let east = DVec3::Z.cross(at).normalize_or(DVec3::Y);
    let north = at.cross(east);
    let step = std::f64::consts::TAU / f64::from(map.width);
    let height = |to: DVec3| {
        f64::from(nearest(map, to.normalize())[3]) / 255.0 * f64::from(RELIEF_SPAN_RADII)
    };
    let slope =
        |along: DVec3| (height(at + along * step) - height(at - along * step)) / (2.0 * step);
    (at - east * slope(east) - north * slope(north)).normalize()
}

fn write(path: &Path, width: u32, height: u32, rgb: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(rgb)?;
    Ok(())
}
