//! Paints Mercury: Caloris, the bright rays, the dark patches.

use glam::Vec3;

use super::crater::{Crater, Pitted, population};
use super::globe::{Globe, smooth};
use super::noise::Octaves;
use super::paint::{hex, texels};
use super::shape::{Bead, broad, depths};

/// Bright plains: Caloris, Borealis Planitia.
const BRIGHT: &[&[Bead]] = &[&[[31.5, 162.7, 17.5]], &[[72.0, 30.0, 13.0], [70.0, 70.0, 10.0]]];
/// Low-reflectance ground round Caloris, Tolstoj, Rembrandt, Rachmaninoff.
const DARK: &[&[Bead]] = &[
    &[[-16.2, -164.6, 8.0]],
    &[[-33.0, 88.0, 9.0]],
    &[[27.6, 57.4, 5.0], [22.0, 50.0, 4.0]],
    &[[8.0, 145.0, 5.0], [12.0, 178.0, 4.0]],
    &[[-40.0, -30.0, 8.0]],
];
/// Rayed craters: latitude, east longitude, diameter in km, number and length (degrees) of rays.
/// Kuiper, Debussy, Hokusai, Degas, Bartók, Xiao Zhao, Mena, Amaral.
const RAYED: &[([f32; 3], usize, f32)] = &[
    ([-11.4, -31.3, 62.0], 26, 18.0),
    ([-33.9, 12.6, 80.0], 20, 40.0),
    ([57.8, 16.8, 95.0], 24, 75.0),
    ([37.1, -127.4, 52.0], 16, 16.0),
    ([-29.3, -134.9, 73.0], 14, 16.0),
    ([10.6, 124.2, 24.0], 12, 14.0),
    ([-0.2, -124.9, 52.0], 14, 14.0),
    ([-26.5, -118.4, 109.0], 10, 8.0),
];
/// Basins: latitude, east longitude, diameter in km. Caloris, Rembrandt, Beethoven, Tolstoj.
const BASINS: &[[f32; 3]] =
    &[[31.5, 162.7, 1550.0], [-33.0, 88.0, 715.0], [-20.8, -123.9, 630.0], [-16.2, -164.6, 356.0]];
/// Half a degree of Mercury's arc is 21.3 km.
const DIAMETER_KM_PER_RADIUS_DEG: f32 = 85.2;

const GROUND: Vec3 = hex(0x928980);
const DARK_GROUND: Vec3 = hex(0x625c58);
const CALORIS: Vec3 = hex(0xb9a78f);
const RAY: Vec3 = hex(0xdfdcd6);

pub(super) fn paint(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(71, 4.0, 6, 0.6));
    let tone = globe.octaves(Octaves::with_gain(73, 1.7, 3, 0.6));
    let bright = broad(globe, BRIGHT, 9.0);
    let dark = broad(globe, DARK, 9.0);

    let mut pits = Pitted::new(globe);
    for &[lat, lon, diameter_km] in BASINS {
        pits.dig(globe, &Crater::at(lat, lon, diameter_km / DIAMETER_KM_PER_RADIUS_DEG, 0.3));
    }
    for crater in population(79, 5600, [0.32, 5.5]) {
        pits.dig(globe, &crater);
    }
    let mut rays = Vec::new();
    for (i, &([lat, lon, diameter_km], count, length_deg)) in RAYED.iter().enumerate() {
        let crater = Crater::at(lat, lon, diameter_km / DIAMETER_KM_PER_RADIUS_DEG, 1.0);
        pits.dig(globe, &crater);
        rays.extend(crater.rays(count, length_deg, 900 + i as u64));
        rays.extend(super::shape::chain(&[[lat, lon, crater.radius_rad.to_degrees() * 1.9]]));
    }
    let rays = depths(globe, &rays, 1.2);

    texels(globe, |i, _| {
        let ground =
            GROUND.lerp(DARK_GROUND, (0.35 + 0.55 * tone[i] + 0.3 * rough[i]).clamp(0.0, 1.0));
        let ground = ground
            .lerp(CALORIS, 0.62 * smooth(-4.0, 4.0, bright[i] + 5.0 * rough[i] + 3.0 * tone[i]));
        let ground = ground
            .lerp(DARK_GROUND, 0.7 * smooth(-4.0, 5.0, dark[i] + 6.0 * rough[i] + 4.0 * tone[i]));
        let ray = smooth(-0.5, 0.7, rays[i]) * (0.65 + 0.6 * rough[i]).clamp(0.15, 0.95);
        let colour = (ground * (1.0 + 0.2 * pits.tone[i])).lerp(RAY, 0.65 * ray);
        (colour, pits.relief[i] + 0.0035 * rough[i])
    })
}
