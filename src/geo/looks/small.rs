//! Paints small and unnamed bodies: Phobos, Deimos, any icy moon, any rock.

use super::crater::{Crater, Pitted, population};
use super::dice::Dice;
use super::globe::{Globe, direction, smooth};
use super::noise::Octaves;
use super::paint::{hex, texels};
use super::shape::{Wander, depths};

pub(super) fn phobos(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(601, 3.0, 6, 0.62));
    let mut pits = Pitted { simple_below_rad: 0.12, ..Pitted::new(globe) };
    // Stickney, 9 km wide on a body of 11 km radius; Hall, Roche, D'Arrest.
    let stickney = Crater::at(1.0, -49.0, 22.0, 0.9);
    for crater in population(603, 2600, [0.5, 7.0]) {
        pits.dig(globe, &crater);
    }
    for [lat, lon, radius] in [[-80.0, 150.0, 13.0], [53.0, 177.0, 6.0], [-39.0, -179.0, 6.0]] {
        pits.dig(globe, &Crater::at(lat, lon, radius, 0.5));
    }
    pits.dig(globe, &stickney);
    // Limtoc, inside Stickney.
    pits.dig(globe, &Crater::at(-3.0, -56.0, 5.0, 0.9));
    let mut dice = Dice::new(607);
    let mut grooves = Vec::new();
    for _ in 0..60 {
        // Grooves leave Stickney's surroundings nearly parallel and die out towards the opposite side.
        let groove = Wander {
            start: (direction(dice.between(-75.0, 75.0), -49.0 + dice.between(20.0, 150.0)))
                .normalize(),
            heading_deg: dice.between(60.0, 84.0),
            length_deg: dice.between(30.0, 90.0),
            turn_deg: 1.2,
            radii_deg: [0.55, 0.25],
        };
        grooves.extend(groove.capsules(&mut dice));
    }
    let grooves = depths(globe, &grooves, 1.2);
    let (grey, dark, blue) = (hex(0x7c7269), hex(0x5c534c), hex(0x8d8c8a));
    texels(globe, |i, site| {
        let near = smooth(0.55, 0.95, site.at.dot(stickney.centre));
        let ground = grey.lerp(dark, (0.5 + 0.8 * rough[i]).clamp(0.0, 1.0)).lerp(blue, 0.6 * near);
        let groove = smooth(-0.7, 0.2, grooves[i]);
        let colour = ground * (1.0 + 0.3 * pits.tone[i] - 0.16 * groove);
        (colour, pits.relief[i] + 0.008 * rough[i] - 0.005 * groove)
    })
}

pub(super) fn deimos(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(621, 2.0, 5, 0.5));
    let mut pits = Pitted::new(globe);
    for crater in population(623, 500, [0.7, 7.0]) {
        // Deep dust has softened all but the youngest.
        pits.dig(globe, &Crater { fresh: crater.fresh * 0.6, ..crater });
    }
    // The saddle at the south pole.
    pits.dig(globe, &Crater::at(-75.0, 160.0, 30.0, 0.2));
    let (tan, pale) = (hex(0x93806d), hex(0xb7a58f));
    texels(globe, |i, _| {
        let ground = tan.lerp(pale, smooth(-0.4, 0.7, rough[i] + 0.5 * pits.tone[i]));
        (ground * (1.0 + 0.1 * pits.tone[i]), pits.relief[i] * 0.7 + 0.012 * rough[i])
    })
}

pub(super) fn ice(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(641, 4.0, 6, 0.6));
    let tone = globe.octaves(Octaves::with_gain(643, 1.6, 3, 0.6));
    let mut pits = Pitted::new(globe);
    for crater in population(647, 5600, [0.35, 6.5]) {
        pits.dig(globe, &crater);
    }
    let (pale, shade) = (hex(0xd9d8d4), hex(0xa6a5a2));
    texels(globe, |i, _| {
        let ground = pale.lerp(shade, (0.4 + 0.55 * tone[i] + 0.4 * rough[i]).clamp(0.0, 1.0));
        (ground * (1.0 + 0.13 * pits.tone[i]), pits.relief[i] + 0.004 * rough[i])
    })
}

pub(super) fn rock(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(661, 2.4, 7, 0.6));
    let tone = globe.octaves(Octaves::with_gain(663, 1.4, 3, 0.6));
    let mut pits = Pitted { simple_below_rad: 0.08, ..Pitted::new(globe) };
    for crater in population(667, 4200, [0.4, 8.0]) {
        pits.dig(globe, &crater);
    }
    let (brown, grey) = (hex(0x8d7f70), hex(0x69635d));
    texels(globe, |i, _| {
        let ground = brown.lerp(grey, (0.5 + 0.6 * tone[i] + 0.35 * rough[i]).clamp(0.0, 1.0));
        (ground * (1.0 + 0.2 * pits.tone[i]), pits.relief[i] + 0.009 * rough[i])
    })
}
