//! Paints the Moon. Where its features lie is in `moon_features`.

use glam::Vec3;

use super::crater::{Crater, Pitted, population};
use super::globe::{Globe, smooth};
use super::moon_features::{AITKEN_BASIN, BRIGHT, CRATERS, LAND, MARIA};
use super::noise::Octaves;
use super::paint::{hex, texels};
use super::shape::{broad, depths};

const HIGHLAND: Vec3 = hex(0xa6a29a);
const HIGHLAND_BRIGHT: Vec3 = hex(0xc6c2b9);
const MARE: Vec3 = hex(0x6d6c69);
const MARE_DARK: Vec3 = hex(0x56585a);
const RAY: Vec3 = hex(0xe9e6df);

pub(super) fn paint(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(11, 5.0, 6, 0.62));
    let mottle = globe.octaves(Octaves::with_gain(12, 2.2, 3, 0.6));
    let maria = broad(globe, MARIA, 10.0);
    let land =
        depths(globe, &LAND.iter().flat_map(|c| super::shape::chain(c)).collect::<Vec<_>>(), 3.0);
    let basin = broad(globe, AITKEN_BASIN, 10.0);
    let flooded: Vec<f32> = (0..globe.len())
        .map(|i| {
            let shore = maria[i] + 2.1 * rough[i] + 0.6 * mottle[i];
            smooth(-1.6, 1.5, shore) * smooth(0.9, -0.8, land[i] + 1.6 * rough[i])
        })
        .collect();

    let mut pits = Pitted::new(globe);
    for crater in population(21, 5200, [0.32, 5.0]) {
        if !drowned(globe, &flooded, &crater) {
            pits.dig(globe, &crater);
        }
    }
    for &[lat, lon, diameter_km, fresh] in CRATERS {
        pits.dig(globe, &Crater::at(lat, lon, diameter_km / 60.6, fresh));
    }

    let (mut rays, mut halos) = (Vec::new(), Vec::new());
    for (i, bright) in BRIGHT.iter().enumerate() {
        let [lat, lon, radius_deg] = bright.place;
        let crater = Crater::at(lat, lon, radius_deg, 1.0);
        pits.dig(globe, &crater);
        rays.extend(crater.rays(bright.rays, bright.ray_length_deg, 300 + i as u64));
        halos.extend(super::shape::chain(&[[lat, lon, bright.halo_deg]]));
    }
    let rays = depths(globe, &rays, 1.0);
    let halos = depths(globe, &halos, 2.5);

    texels(globe, |i, _| {
        let sea = flooded[i];
        let highland = HIGHLAND
            .lerp(HIGHLAND_BRIGHT, (0.35 + 0.5 * mottle[i] + 0.45 * rough[i]).clamp(0.0, 1.0));
        let highland = highland * (1.0 - 0.14 * smooth(-6.0, 8.0, basin[i]));
        let mare = MARE.lerp(MARE_DARK, (0.5 + 0.9 * mottle[i] + 0.25 * rough[i]).clamp(0.0, 1.0));
        let ground = highland.lerp(mare, sea) * (1.0 + 0.2 * pits.tone[i]);
        let ray = smooth(-0.55, 0.6, rays[i]) * (0.7 + 0.7 * rough[i]).clamp(0.1, 1.0);
        let halo = smooth(-2.4, 1.6, halos[i] + 1.2 * rough[i]) * 0.8;
        let colour = ground.lerp(RAY, (0.85 * ray).max(halo * (1.0 - 0.35 * sea)));
        let height = pits.relief[i] * (1.0 - 0.35 * sea) + 0.0035 * rough[i] * (1.0 - 0.8 * sea)
            - 0.004 * sea;
        (colour, height)
    })
}

/// Whether lava covers a crater of the old population: most that lie in a mare, all but the smallest.
fn drowned(globe: &Globe, flooded: &[f32], crater: &Crater) -> bool {
    let mut sea: f32 = 0.0;
    globe.visit_cap(crater.centre, 0.0, |i, _| sea = sea.max(flooded[i]));
    sea > 0.4 && (crater.radius_rad > 0.012 || crater.fresh < 0.7)
}
