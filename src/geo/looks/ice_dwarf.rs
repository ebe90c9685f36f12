//! Paints the large bodies of the Kuiper belt and their kin: Pluto, Charon, Triton.

use super::crater::{Crater, Pitted, population};
use super::dice::Dice;
use super::globe::{Globe, smooth};
use super::noise::Octaves;
use super::paint::{hex, texels};
use super::shape::{Bead, Wander, broad, chain, depths};

/// Sputnik Planitia, the western lobe of the heart.
const HEART_WEST: &[&[Bead]] = &[
    &[
        [31.0, 171.0, 12.5],
        [20.0, 173.0, 13.5],
        [8.0, 176.0, 11.5],
        [-4.0, -179.0, 8.0],
        [-15.0, -175.0, 4.5],
    ],
    &[[38.0, 167.0, 8.0]],
];
/// The eastern lobe, thinner and patchier.
const HEART_EAST: &[&[Bead]] = &[
    &[
        [27.0, -158.0, 11.5],
        [18.0, -156.0, 13.0],
        [7.0, -160.0, 12.0],
        [-4.0, -166.0, 9.0],
        [-15.0, -172.0, 5.5],
    ],
    &[[10.0, -172.0, 11.0], [-22.0, -174.0, 3.0]],
];
/// Cthulhu (Belton Regio) west of the heart and the smaller dark patches east of it.
const PLUTO_DARK: &[&[Bead]] = &[
    &[
        [-8.0, 158.0, 5.0],
        [-7.0, 148.0, 9.0],
        [-5.0, 130.0, 12.0],
        [-6.0, 112.0, 13.0],
        [-4.0, 92.0, 12.0],
    ],
    &[
        [-4.0, 92.0, 12.0],
        [-6.0, 74.0, 10.0],
        [-3.0, 55.0, 8.0],
        [-5.0, 35.0, 6.0],
        [-8.0, 22.0, 4.0],
    ],
    &[[-13.0, -156.0, 5.0], [-9.0, -149.0, 3.0]],
    &[[-6.0, -132.0, 8.0], [-8.0, -122.0, 6.0]],
    &[[-2.0, -98.0, 8.0]],
    &[[2.0, -70.0, 9.0], [-4.0, -60.0, 6.0]],
    &[[-3.0, -30.0, 8.0]],
];

pub(super) fn pluto(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(401, 3.5, 6, 0.62));
    let tone = globe.octaves(Octaves::with_gain(403, 1.6, 3, 0.6));
    let west = broad(globe, HEART_WEST, 8.0);
    let east = broad(globe, HEART_EAST, 10.0);
    let dark = broad(globe, PLUTO_DARK, 9.0);
    let mut pits = Pitted::new(globe);
    let mut smooth_ice = Vec::with_capacity(globe.len());
    smooth_ice.extend(
        west.iter().zip(&rough).map(|(depth, rough)| smooth(-0.7, 0.9, depth + 2.6 * rough)),
    );
    for crater in population(407, 1500, [0.32, 3.0]) {
        pits.dig(globe, &crater);
    }
    let (tan, pale, ochre) = (hex(0xab8c6b), hex(0xc7ab88), hex(0x97724f));
    let (ice, haze, tar) = (hex(0xf3e6d0), hex(0xeaddc4), hex(0x3f2418));
    texels(globe, |i, site| {
        let mut colour = tan.lerp(pale, (0.45 + 0.7 * tone[i] + 0.4 * rough[i]).clamp(0.0, 1.0));
        colour = colour.lerp(ochre, 0.55 * smooth(58.0, 78.0, site.lat_deg + 8.0 * rough[i]));
        colour = colour.lerp(ochre, 0.35 * smooth(-18.0, -40.0, site.lat_deg + 8.0 * tone[i]));
        colour *= 1.0 + 0.12 * pits.tone[i];
        let tarred = smooth(-2.4, 2.2, dark[i] + 5.0 * rough[i]);
        colour = colour.lerp(tar, 0.9 * tarred);
        colour = colour.lerp(haze, 0.92 * smooth(-2.5, 2.5, east[i] + 4.5 * rough[i]));
        let sheet = smooth_ice[i];
        colour = colour.lerp(ice, sheet);
        let height = (pits.relief[i] + 0.005 * rough[i]) * (1.0 - 0.95 * sheet) - 0.005 * sheet;
        (colour, height)
    })
}

pub(super) fn charon(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(421, 4.0, 6, 0.62));
    let tone = globe.octaves(Octaves::with_gain(423, 1.6, 3, 0.6));
    // Serenity and Mandjet Chasma, an interrupted belt a little north of the equator.
    let belt: [&[Bead]; 4] = [
        &[[22.0, -70.0, 0.8], [19.0, -50.0, 1.5], [16.0, -32.0, 2.0], [11.0, -14.0, 1.4]],
        &[[4.0, -4.0, 0.9], [0.0, 12.0, 1.4], [-3.0, 28.0, 1.0]],
        &[[8.0, 40.0, 0.8], [14.0, 60.0, 1.3], [18.0, 78.0, 0.7]],
        &[[52.0, -30.0, 0.8], [48.0, -8.0, 1.1], [50.0, 14.0, 0.7]],
    ];
    let chasm = depths(globe, &belt.iter().flat_map(|c| chain(c)).collect::<Vec<_>>(), 2.5);
    let mut pits = Pitted::new(globe);
    for crater in population(427, 2600, [0.4, 4.0]) {
        // Vulcan Planitia, south of the belt, was resurfaced and has few large craters.
        if crater.centre.z > 0.1 || crater.radius_rad < 0.02 {
            pits.dig(globe, &crater);
        }
    }
    let mut rays = Vec::new();
    for (i, &[lat, lon, radius]) in
        [[-12.0, 32.0, 1.4], [30.0, -40.0, 1.2], [-30.0, -25.0, 1.0]].iter().enumerate()
    {
        let crater = Crater::at(lat, lon, radius, 1.0);
        pits.dig(globe, &crater);
        rays.extend(crater.rays(14, 12.0, 431 + i as u64));
    }
    let rays = depths(globe, &rays, 1.0);
    let (grey, pale, mordor, edge) = (hex(0x918d89), hex(0xb5b1ac), hex(0x6a4434), hex(0x94705c));
    texels(globe, |i, site| {
        let mut colour = grey.lerp(pale, (0.42 + 0.6 * tone[i] + 0.5 * rough[i]).clamp(0.0, 1.0));
        colour *= 1.0 + 0.2 * pits.tone[i];
        colour = colour
            .lerp(edge, 0.65 * smooth(54.0, 70.0, site.lat_deg + 6.0 * rough[i] + 4.0 * tone[i]));
        colour = colour.lerp(mordor, 0.85 * smooth(68.0, 77.0, site.lat_deg + 6.0 * rough[i]));
        let ray = smooth(-0.45, 0.6, rays[i]) * (0.6 + 0.5 * rough[i]).clamp(0.1, 0.9);
        colour = colour.lerp(hex(0xdedbd7), 0.6 * ray);
        let rift = smooth(-1.4, 0.8, chasm[i] + 2.2 * rough[i]);
        colour *= 1.0 - 0.16 * rift;
        let plain = smooth(0.12, -0.05, site.at.z + 0.1 * tone[i]);
        (colour, pits.relief[i] + 0.006 * rough[i] * (1.0 - 0.7 * plain) - 0.014 * rift)
    })
}

pub(super) fn triton(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(441, 4.0, 6, 0.62));
    let tone = globe.octaves(Octaves::with_gain(443, 1.7, 3, 0.6));
    let mut dimples = Octaves::with_gain(447, 16.0, 2, 0.5);
    // Geysers' dark streaks, blown north-east over the southern cap.
    let mut dice = Dice::new(449);
    let mut streaks = Vec::new();
    for _ in 0..170 {
        let start =
            super::globe::direction(dice.between(-72.0, -12.0), dice.between(-180.0, 180.0));
        let plume = Wander {
            start,
            heading_deg: dice.between(30.0, 70.0),
            length_deg: dice.between(3.0, 13.0),
            turn_deg: 5.0,
            radii_deg: [dice.between(0.05, 0.25), dice.between(0.2, 0.6)],
        };
        streaks.extend(plume.capsules(&mut dice));
    }
    let streaks = depths(globe, &streaks, 1.5);
    let (rose, blush, melon, bluish) = (hex(0xe6cdbf), hex(0xf1e2d6), hex(0xa89e8c), hex(0xcdd3d2));
    texels(globe, |i, site| {
        let shore = site.lat_deg + 4.0 - 11.0 * tone[i] - 7.0 * rough[i];
        let cap = smooth(3.0, -3.0, shore);
        let fringe = smooth(7.0, 1.0, (shore - 3.0).abs());
        let rind = if cap < 1.0 { dimples.crests(site.at) } else { 0.5 };
        let north = melon * (0.88 + 0.28 * rind + 0.12 * rough[i]);
        let south = rose.lerp(blush, (0.5 + 0.7 * tone[i] + 0.5 * rough[i]).clamp(0.0, 1.0));
        let mut colour = north.lerp(south, cap).lerp(bluish, 0.5 * fringe);
        colour =
            colour.lerp(hex(0x74635a), 0.6 * cap * smooth(-0.9, 1.1, streaks[i] + 0.9 * rough[i]));
        (colour, (1.0 - cap) * 0.006 * (rind - 0.5) + 0.0015 * rough[i])
    })
}
