//! Paints Mars: where its classical dark and bright regions, caps, canyons and volcanoes lie, and their colours.

use glam::Vec3;

use super::crater::{Crater, Pitted, population};
use super::globe::{Globe, angle, direction, smooth};
use super::noise::Octaves;
use super::paint::{hex, texels};
use super::shape::{Bead, broad, chain, depths};

/// The dark albedo features: latitude, east longitude, radius, degrees.
const DARK: &[&[Bead]] = &[
    // Syrtis Major: a wedge hanging from the equatorial belt, its tip in the north-west
    &[[-1.0, 71.5, 7.0], [5.0, 70.5, 6.0], [11.0, 69.0, 4.0], [18.0, 66.5, 1.6]],
    &[[-2.0, 65.0, 2.0], [3.0, 67.0, 3.0]],
    // Sinus Sabaeus and the forked Sinus Meridiani
    &[
        [-6.0, 62.0, 3.0],
        [-9.0, 48.0, 2.6],
        [-11.0, 36.0, 3.0],
        [-10.0, 22.0, 3.0],
        [-7.0, 10.0, 3.0],
        [-4.0, 2.0, 3.4],
    ],
    &[[-4.0, 2.0, 2.4], [0.0, 5.0, 1.4]],
    &[[-4.0, 0.0, 2.6], [-1.0, -5.0, 2.0]],
    &[[-14.0, 32.0, 3.5], [-18.0, 20.0, 3.0], [-17.0, 8.0, 2.5]],
    // Iapygia and Mare Tyrrhenum
    &[
        [-8.0, 72.0, 6.0],
        [-16.0, 78.0, 5.0],
        [-20.0, 88.0, 5.0],
        [-23.0, 98.0, 6.0],
        [-18.0, 108.0, 5.0],
        [-8.0, 118.0, 3.5],
    ],
    &[[-3.0, 103.0, 2.5], [-9.0, 97.0, 4.0], [-17.0, 95.0, 5.0]],
    // Mare Cimmerium, Mare Sirenum
    &[
        [-12.0, 128.0, 3.0],
        [-19.0, 136.0, 5.0],
        [-26.0, 148.0, 5.5],
        [-33.0, 163.0, 5.5],
        [-36.0, 176.0, 4.0],
    ],
    &[[-10.0, 140.0, 2.2], [-20.0, 146.0, 3.5]],
    &[[-36.0, -172.0, 4.0], [-33.0, -160.0, 5.0], [-30.0, -148.0, 4.6], [-27.0, -137.0, 2.6]],
    // Solis Lacus, the eye
    &[[-26.5, -88.0, 3.6], [-27.0, -83.5, 3.0]],
    // Aurorae Sinus, Erythraeum, Margaritifer
    &[
        [-13.0, -52.0, 3.6],
        [-16.0, -46.0, 4.6],
        [-20.0, -40.0, 6.0],
        [-25.0, -33.0, 7.0],
        [-27.0, -22.0, 6.0],
    ],
    &[[-20.0, -27.0, 4.5], [-12.0, -24.0, 4.2], [-4.0, -21.0, 3.0], [2.0, -23.0, 1.6]],
    &[[-31.0, -44.0, 4.0], [-33.0, -58.0, 4.0]],
    &[
        [-34.0, -20.0, 3.5],
        [-37.0, 0.0, 3.5],
        [-32.0, 20.0, 3.0],
        [-28.0, 38.0, 4.0],
        [-24.0, 50.0, 3.5],
    ],
    // Hellespontus, west of Hellas; Mare Hadriaticum east of it
    &[[-32.0, 46.0, 4.0], [-44.0, 47.0, 4.0], [-54.0, 48.0, 4.0]],
    &[[-28.0, 84.0, 3.0], [-38.0, 92.0, 3.0]],
    // Mare Australe and the dark collar of the southern cap
    &[
        [-60.0, 30.0, 4.0],
        [-63.0, 60.0, 4.5],
        [-62.0, 90.0, 5.0],
        [-60.0, 120.0, 4.5],
        [-63.0, 150.0, 4.0],
    ],
    &[
        [-60.0, -160.0, 3.0],
        [-63.0, -120.0, 3.0],
        [-58.0, -80.0, 4.0],
        [-60.0, -40.0, 4.0],
        [-62.0, 0.0, 3.5],
    ],
    // Mare Acidalium and Niliacus Lacus
    &[[36.0, -33.0, 5.0], [44.0, -30.0, 9.0], [51.0, -34.0, 7.5], [57.0, -26.0, 5.0]],
    &[[29.0, -31.0, 4.0]],
    &[[58.0, -50.0, 3.0], [62.0, -75.0, 2.6]],
    // Utopia, Casius, Boreosyrtis
    &[[52.0, 100.0, 4.5], [48.0, 88.0, 5.0], [41.0, 82.0, 3.2], [36.0, 73.0, 2.2]],
    &[[54.0, 112.0, 4.0], [57.0, 140.0, 3.0]],
    &[[56.0, 60.0, 2.4], [58.0, 20.0, 2.2], [57.0, -5.0, 2.5]],
    // Propontis, Cerberus, Nodus Laocoontis
    &[[40.0, 178.0, 3.0], [46.0, -172.0, 2.2]],
    &[[12.0, 152.0, 1.4], [9.0, 160.0, 1.8], [15.0, 146.0, 1.0]],
    // The dunes round the northern cap
    &[[77.0, -170.0, 3.6], [78.0, 150.0, 3.4], [78.0, 110.0, 2.6]],
    &[[76.0, -150.0, 3.0], [77.0, -110.0, 2.0], [77.0, -60.0, 2.0]],
];

/// Regions brighter than their surroundings.
const BRIGHT: &[&[Bead]] = &[
    // Hellas, Argyre
    &[[-41.0, 66.0, 12.0], [-43.0, 74.0, 11.0]],
    &[[-50.0, -43.5, 7.0]],
    // Arabia, Elysium, Tharsis, Amazonis, Isidis, Hesperia
    &[[22.0, 12.0, 11.0], [20.0, 36.0, 10.0]],
    &[[25.0, 148.0, 9.0]],
    &[[3.0, -108.0, 14.0], [16.0, -118.0, 12.0], [14.0, -85.0, 8.0]],
    &[[14.0, -160.0, 11.0]],
    &[[13.0, 87.0, 6.0]],
    &[[-22.0, 116.0, 3.0]],
];

/// Valles Marineris from Noctis Labyrinthus to the outflow plains.
const CANYONS: &[&[Bead]] = &[
    &[
        [-7.0, -102.0, 0.7],
        [-6.0, -97.0, 0.9],
        [-7.2, -90.0, 1.0],
        [-7.8, -82.0, 1.2],
        [-9.6, -75.0, 1.9],
        [-11.2, -70.0, 1.9],
    ],
    &[
        [-11.2, -70.0, 1.7],
        [-12.6, -64.0, 1.4],
        [-13.6, -58.0, 1.5],
        [-14.0, -52.0, 1.7],
        [-12.0, -43.0, 1.7],
        [-8.0, -39.0, 1.2],
    ],
    &[[-4.8, -90.0, 0.6], [-4.8, -82.0, 0.9]],
    &[[-6.0, -74.5, 1.5], [-6.6, -70.0, 1.4]],
    &[[-3.0, -72.0, 0.7], [-0.5, -75.0, 1.1]],
    &[[-9.0, -105.0, 0.5], [-6.0, -104.0, 0.5], [-5.0, -100.0, 0.5]],
    &[[-8.0, -39.0, 1.0], [1.0, -41.0, 1.0], [9.0, -40.0, 0.7]],
];

/// Shield volcanoes: latitude, east longitude, radius in degrees, height in radii (exaggerated like all relief).
const VOLCANOES: &[[f32; 4]] = &[
    [18.65, -133.8, 5.2, 0.024],
    [-8.4, -121.0, 3.8, 0.016],
    [0.8, -112.9, 3.2, 0.015],
    [11.9, -104.1, 3.8, 0.017],
    [25.0, 147.2, 3.6, 0.012],
    [40.5, -109.6, 9.0, 0.007],
];

const DUST: Vec3 = hex(0xd89a62);
const DUST_PALE: Vec3 = hex(0xe9b98a);
const OCHRE: Vec3 = hex(0xb8713f);
const BASALT: Vec3 = hex(0x5e4438);
const ICE: Vec3 = hex(0xf4f0ec);

pub(super) fn paint(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(41, 4.5, 6, 0.66));
    let broad_tone = globe.octaves(Octaves::with_gain(43, 1.6, 3, 0.6));
    let dark = broad(globe, DARK, 9.0);
    let bright = broad(globe, BRIGHT, 9.0);
    let canyon = depths(globe, &CANYONS.iter().flat_map(|c| chain(c)).collect::<Vec<_>>(), 2.0);

    let mut pits = Pitted::new(globe);
    for crater in population(47, 2600, [0.3, 3.0]) {
        // The northern plains are young: few craters of any size.
        if crater.centre.z < 0.25 || crater.fresh > 0.8 {
            pits.dig(globe, &crater);
        }
    }
    for &[lat, lon, radius_deg] in &[[-42.4, 70.5, 17.0], [-49.8, -43.0, 8.0], [12.9, 87.0, 9.0]] {
        pits.dig(globe, &Crater::at(lat, lon, radius_deg, 0.25));
    }
    for volcano in VOLCANOES {
        raise(globe, &mut pits, volcano);
    }

    // The residual southern cap lies a few degrees off the pole.
    let south_cap = direction(-86.0, -45.0);
    texels(globe, |i, site| {
        let ground =
            DUST.lerp(OCHRE, (0.38 + 0.55 * broad_tone[i] + 0.35 * rough[i]).clamp(0.0, 1.0));
        let pale = smooth(-6.0, 8.0, bright[i] + 2.5 * rough[i]);
        let ground = ground.lerp(DUST_PALE, 0.62 * pale) * (1.0 + 0.15 * pits.tone[i]);
        let shade = smooth(-4.8, 2.6, dark[i] + 4.2 * rough[i] + 1.2 * broad_tone[i])
            * (0.8 + 0.3 * broad_tone[i] + 0.3 * rough[i]).clamp(0.5, 0.92);
        let scar = smooth(-0.9, 0.7, canyon[i] + 1.5 * rough[i]);
        let colour = ground.lerp(BASALT, shade.max(0.66 * scar));

        // Winding troughs cut the northern cap.
        let trough = smooth(
            0.62,
            0.95,
            (site.lon_deg.to_radians() + (90.0 - site.lat_deg) * 0.55 + rough[i]).sin(),
        );
        let north = smooth(80.0, 81.6, site.lat_deg + 1.6 * rough[i]) * (1.0 - 0.4 * trough);
        let from_south = angle(site.at, south_cap).to_degrees();
        let south = smooth(8.2, 6.4, from_south + 2.4 * rough[i]);
        let cap = north.max(south);

        let lowland = smooth(-0.15, 0.3, site.at.z + 0.12 * broad_tone[i]);
        let height = pits.relief[i] + 0.0045 * rough[i] * (1.0 - 0.6 * lowland)
            - 0.004 * lowland
            - 0.012 * smooth(-0.9, 0.8, canyon[i] + 1.2 * rough[i])
            + 0.004 * cap;
        (colour.lerp(ICE, cap), height)
    })
}

/// Raises a shield with a caldera in its summit, a little paler than the plain.
fn raise(globe: &Globe, pits: &mut Pitted, &[lat, lon, radius_deg, height]: &[f32; 4]) {
    let (centre, radius) = (direction(lat, lon), radius_deg.to_radians());
    globe.visit_cap(centre, radius, |i, at| {
        let d = angle(at, centre) / radius;
        let flank = (1.0 - d).max(0.0);
        let caldera = smooth(0.2, 0.12, d);
        pits.relief[i] =
            pits.relief[i] * d.min(1.0) + height * flank.sqrt().min(0.85) * smooth(1.0, 0.75, d);
        pits.relief[i] -= 0.5 * height * caldera;
        pits.tone[i] += 0.5 * flank - 1.6 * caldera;
    });
}
