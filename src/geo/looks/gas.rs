//! Paints the banded giants: Jupiter, Saturn, Neptune. Their alpha channel is flat.

use glam::Vec3;

use super::globe::{Globe, Site, smooth};
use super::noise::Octaves;
use super::paint::{Scale, hex, texels};

/// Jupiter's belts (brown) and zones (cream) by latitude, degrees.
const JUPITER_BANDS: &[(f32, u32)] = &[
    (-90.0, 0x7f7468),
    (-66.0, 0x8f8373),
    (-54.0, 0xa5947f),
    (-49.0, 0x97836c),
    (-44.0, 0xb7a488),
    (-40.5, 0xa08669),
    (-37.5, 0xc9b494),
    (-34.5, 0xd2bd9c),
    (-31.0, 0xa98862),
    (-28.0, 0xb6966f),
    (-25.5, 0xe0cca9),
    (-21.5, 0xe9dac0),
    (-19.5, 0xa87450),
    (-15.0, 0x9a6440),
    (-12.0, 0xb98a62),
    (-9.0, 0x96603c),
    (-7.0, 0xc9a67c),
    (-4.5, 0xefe2c9),
    (0.0, 0xe6d3ae),
    (4.5, 0xf0e4cc),
    (7.0, 0xb8875a),
    (10.0, 0x8f5532),
    (14.0, 0xa2673f),
    (17.0, 0x9c6740),
    (19.5, 0xe2cfae),
    (23.5, 0xe8d9bd),
    (25.5, 0xb08a63),
    (29.0, 0xc09a72),
    (31.5, 0xdac6a5),
    (36.0, 0xae9271),
    (40.0, 0xc7b08f),
    (44.0, 0xa38b70),
    (50.0, 0xa89680),
    (60.0, 0x92867a),
    (72.0, 0x857b72),
    (90.0, 0x776f69),
];

/// The Great Red Spot: latitude, east longitude (it drifts; this is where it is drawn), half-axes, degrees.
const RED_SPOT: [f32; 4] = [-22.0, -75.0, 8.5, 5.3];
/// White ovals: Oval BA, then the string of pearls. Latitude, east longitude, half-axis along latitude, degrees.
const OVALS: &[[f32; 3]] = &[
    [-33.0, -20.0, 3.6],
    [-40.5, -150.0, 1.8],
    [-40.5, -122.0, 1.9],
    [-40.5, -96.0, 1.7],
    [-40.5, -60.0, 1.9],
    [-40.5, -28.0, 1.8],
    [-40.5, 20.0, 1.8],
    [-40.5, 75.0, 1.9],
    [-40.5, 130.0, 1.7],
    [41.0, 30.0, 1.8],
    [19.0, 100.0, 1.7],
];

/// Where a texel lies in an oval's own frame: east and north in half-axes, or nothing beyond `reach` of them.
fn in_oval(site: Site, [lat, lon, wide, high]: [f32; 4], reach: f32) -> Option<(f32, f32, f32)> {
    if (site.lat_deg - lat).abs() > reach * high {
        return None;
    }
    let north = (site.lat_deg - lat) / high;
    let ahead_deg = site.lon_deg - lon;
    let away_deg = ahead_deg - 360.0 * (ahead_deg / 360.0).round();
    let east = away_deg * lat.to_radians().cos() / wide;
    let distance = (east * east + north * north).sqrt();
    (distance < reach).then_some((east, north, distance))
}

pub(super) fn jupiter(globe: &Globe) -> Vec<u8> {
    let bands = Scale::new(JUPITER_BANDS);
    let sway = globe.octaves(Octaves::with_gain(201, 3.0, 3, 0.55).banded(2.0));
    let curls = globe.octaves(Octaves::with_gain(203, 7.0, 3, 0.62).banded(2.6));
    let mut swirls = Octaves::with_gain(205, 7.0, 3, 0.62);
    let threads = globe.octaves(Octaves::with_gain(207, 3.2, 3, 0.7).banded(7.0));
    let (white, blue) = (hex(0xf6efe0), hex(0x76818c));
    let (red, rim) = (hex(0xb9512f), hex(0xd9a27a));
    texels(globe, |i, site| {
        let (lat, lon) = (site.lat_deg, site.lon_deg);
        let spot = in_oval(site, RED_SPOT, 3.2);
        // Bands part round the spot as a stream parts round a pillar.
        let parted = match spot {
            Some((_, north, d)) if d > 1.0 => {
                RED_SPOT[0]
                    + north * RED_SPOT[3] * (1.0 - smooth(3.2, 1.0, d) / (d * d)).max(0.0).sqrt()
            }
            _ => lat,
        };
        // West of the spot its wake churns the South Equatorial Belt.
        let behind = RED_SPOT[1] - lon + if lon > RED_SPOT[1] { 360.0 } else { 0.0 };
        let off_belt = (parted + 15.0).abs();
        let wake = if behind < 75.0 && off_belt < 7.5 {
            smooth(4.0, 14.0, behind) * smooth(75.0, 25.0, behind) * smooth(7.5, 3.0, off_belt)
        } else {
            0.0
        };
        let belts = smooth(0.0, 6.0, lat.abs() - 5.0) * smooth(55.0, 30.0, lat.abs());
        let restless = 0.35 + 0.65 * belts + 1.5 * wake;

        let bend = sway[i];
        let curl = curls[i];
        let flow = parted + restless * (1.5 * curl + 1.1 * bend);
        // The threads are read a little aside, so that they wind round the curls.
        let thread = globe.read(&threads, lat + 1.1 * curl * restless, lon + 2.5 * curl);
        let mut colour =
            bands.at(flow + 0.9 * thread) * (1.0 + 0.075 * thread + 0.05 * curl * restless);
        if wake > 0.0 {
            colour = colour.lerp(white, 0.5 * wake * smooth(0.1, 0.6, curl + 0.4 * thread));
        }

        // Festoons: blue-grey hooks hanging from the North Equatorial Belt into the equatorial zone.
        if (0.5..8.5).contains(&lat) {
            let hook = ((lon * 12.0 + (7.0 - lat) * 22.0).to_radians() + 3.0 * bend).sin();
            let festoon = smooth(0.35, 0.95, hook + 0.5 * curl)
                * smooth(0.5, 3.5, lat)
                * smooth(8.5, 6.0, lat);
            colour = colour.lerp(blue, 0.6 * festoon);
        }

        for &[lat, lon, wide] in OVALS {
            if let Some((_, _, d)) = in_oval(site, [lat, lon, wide, wide * 0.62], 1.6) {
                colour = colour.lerp(bands.at(lat + 4.0) * 0.9, 0.5 * smooth(1.6, 1.2, d));
                colour = colour.lerp(white, smooth(1.1, 0.8, d + 0.15 * curl));
            }
        }
        if let Some((east, north, d)) = spot {
            let (sin, cos) = (4.5 * (1.2 - d).max(0.0)).sin_cos();
            let turned = Vec3::new(east * cos - north * sin, east * sin + north * cos, d * 3.0);
            let spiral = swirls.at(turned * 0.32);
            let hollow = smooth(1.75, 1.2, d + 0.12 * curl) * 0.8;
            colour = colour.lerp(hex(0xf0e2cb), hollow);
            let core = red.lerp(rim, (0.12 + 0.75 * d * d * d + 0.4 * spiral).clamp(0.0, 1.0));
            colour = colour.lerp(core, smooth(1.12, 0.95, d + 0.06 * curl));
        }
        (colour, 0.0)
    })
}

pub(super) fn saturn(globe: &Globe) -> Vec<u8> {
    let bands = Scale::new(&[
        (-90.0, 0xa98f62),
        (-70.0, 0xbfa273),
        (-58.0, 0xcdb180),
        (-48.0, 0xc2a573),
        (-38.0, 0xd8be8c),
        (-30.0, 0xc9ab76),
        (-22.0, 0xe0c896),
        (-14.0, 0xd2b37c),
        (-8.0, 0xeedcb0),
        (0.0, 0xf3e4bd),
        (9.0, 0xecd8aa),
        (14.0, 0xd3b27a),
        (20.0, 0xe2c894),
        (27.0, 0xcbac78),
        (35.0, 0xdac190),
        (44.0, 0xc7ab7b),
        (52.0, 0xd2b98a),
        (62.0, 0xbfa67c),
        (72.0, 0xb49d77),
        (77.0, 0xa99675),
        (78.5, 0x8d856f),
        (84.0, 0xa09273),
        (88.0, 0x7c745f),
        (90.0, 0x5f5a4c),
    ]);
    let sway = globe.octaves(Octaves::new(221, 2.0, 3).banded(3.0));
    let mut threads = Octaves::with_gain(223, 1.0, 4, 0.75).banded(22.0);
    texels(globe, |i, site| {
        let lat = site.lat_deg;
        // The jet round the north pole runs along a hexagon: its sides' middles lie at 77.7°, its corners at 75.8°.
        let turn = (site.lon_deg + 10.0).rem_euclid(60.0) - 30.0;
        let jet = smooth(66.0, 73.0, lat) * smooth(88.0, 82.0, lat);
        let six = 90.0 - (90.0 - lat) * (1.0 + jet * (turn.to_radians().cos() * 1.045 - 1.0));
        let thread = threads.at(site.at);
        let colour = bands.at(six + 0.5 * sway[i] * smooth(80.0, 60.0, lat.abs()) + 0.6 * thread);
        (colour * (1.0 + 0.028 * thread + 0.01 * sway[i]), 0.0)
    })
}

pub(super) fn neptune(globe: &Globe) -> Vec<u8> {
    let bands = Scale::new(&[
        (-90.0, 0x4b78c8),
        (-68.0, 0x3a66bd),
        (-48.0, 0x3f70c9),
        (-28.0, 0x3561bb),
        (-5.0, 0x4a7fd8),
        (18.0, 0x4275cf),
        (40.0, 0x3563bb),
        (65.0, 0x4674c6),
        (90.0, 0x3c67b6),
    ]);
    let sway = globe.octaves(Octaves::new(241, 2.0, 3).banded(2.0));
    let mut cirrus = Octaves::with_gain(243, 2.2, 4, 0.62).banded(7.0);
    let (dark, white) = (hex(0x21408c), hex(0xeef4ff));
    texels(globe, |i, site| {
        let streak = cirrus.at(site.at + Vec3::splat(0.05 * sway[i]));
        let mut colour =
            bands.at(site.lat_deg + 4.0 * sway[i] + 1.5 * streak) * (1.0 + 0.05 * streak);
        // Clouds gather near 28° and 45° south and thinly near 30° north.
        let gathering = 0.75 * smooth(5.0, 1.0, (site.lat_deg + 43.0).abs())
            + 0.5 * smooth(6.0, 1.0, (site.lat_deg - 28.0).abs())
            + 0.35 * smooth(5.0, 1.0, (site.lat_deg + 70.0).abs());
        colour = colour.lerp(white, gathering * smooth(0.25, 0.75, streak + 0.45 * sway[i]));
        // The Great Dark Spot of 1989 with its bright companion on the southern rim, and the smaller dark spot.
        if let Some((east, north, d)) = in_oval(site, [-22.0, -20.0, 12.0, 6.0], 2.0) {
            colour = colour.lerp(dark, 0.85 * smooth(1.15, 0.7, d + 0.12 * streak));
            let rim =
                smooth(0.28, 0.05, (d - 1.12 + 0.1 * streak).abs()) * smooth(-0.5, -0.95, north);
            colour = colour.lerp(white, 0.9 * rim * smooth(1.1, 0.3, (east - 0.1).abs()));
        }
        if let Some((_, _, d)) = in_oval(site, [-54.0, 35.0, 5.0, 3.2], 1.6) {
            colour = colour.lerp(dark, 0.75 * smooth(1.2, 0.8, d));
            colour = colour.lerp(white, 0.8 * smooth(0.4, 0.1, d + 0.2 * streak));
        }
        // The Scooter, a bright streak of its own.
        if let Some((_, _, d)) = in_oval(site, [-42.0, -50.0, 6.0, 1.3], 1.6) {
            colour = colour.lerp(white, 0.85 * smooth(1.1, 0.2, d + 0.5 * streak));
        }
        (colour, 0.0)
    })
}
