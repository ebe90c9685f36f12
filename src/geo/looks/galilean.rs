//! Paints Jupiter's four large moons: Io, Europa, Ganymede, Callisto.

use super::crater::{Crater, Pitted, population};
use super::dice::Dice;
use super::globe::{Globe, angle, direction, smooth};
use super::noise::Octaves;
use super::paint::{Scale, hex, texels};
use super::shape::{Bead, Capsule, Wander, broad, chain, depths};

/// Io's larger dark paterae: latitude, east longitude, radius, degrees. Loki (a horseshoe), Babbar, Prometheus,
/// Amirani, Culann, Tupan, Tvashtar, Ra, Pele, Marduk, Maasaw, Hi'iaka, Gish Bar, Zal, Pillan, Surt, Isum.
const PATERAE: &[&[Bead]] = &[
    &[[11.0, 48.5, 1.6], [14.5, 49.0, 1.6], [15.5, 52.5, 1.6], [12.5, 54.5, 1.6]],
    &[[-39.8, 87.9, 2.4]],
    &[[-1.5, -153.9, 1.2], [-1.5, -150.5, 1.2]],
    &[[24.5, -114.7, 1.1], [19.0, -116.0, 1.4]],
    &[[-20.2, -160.2, 1.5]],
    &[[-18.7, -141.1, 1.5]],
    &[[62.8, -123.5, 2.0], [61.0, -118.0, 1.6]],
    &[[-8.6, 35.0, 1.8]],
    &[[-18.7, 104.7, 1.5]],
    &[[-28.4, 150.1, 1.4]],
    &[[-40.0, 19.0, 1.5]],
    &[[-3.6, -79.5, 1.5]],
    &[[16.2, -90.3, 1.8]],
    &[[40.0, -74.0, 2.0]],
    &[[-12.3, 116.8, 1.9]],
    &[[45.2, 22.1, 1.6]],
    &[[30.0, 152.0, 1.6], [27.0, 156.0, 1.2]],
];

pub(super) fn io(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(301, 3.0, 6, 0.6));
    let tone = globe.octaves(Octaves::with_gain(303, 1.5, 3, 0.6));
    let mut dice = Dice::new(307);
    let mut vents: Vec<Capsule> = PATERAE.iter().flat_map(|beads| chain(beads)).collect();
    for _ in 0..260 {
        let (centre, u) = (dice.direction(), dice.unit());
        let radius = (0.35 + 1.1 * u * u * u).to_radians();
        let to = (centre + dice.direction() * radius * 0.8).normalize_or(centre);
        vents.push(Capsule {
            from: centre,
            to,
            from_radius_rad: radius,
            to_radius_rad: radius * 0.8,
        });
    }
    let vents = depths(globe, &vents, 2.2);
    let sulphur = Scale::new(&[
        (-1.0, 0xb98a3c),
        (-0.35, 0xd9b24e),
        (0.1, 0xe8cf6a),
        (0.4, 0xf1e3a0),
        (0.7, 0xf6f0d2),
        (1.0, 0xfaf7ea),
    ]);
    let (pole, dark, orange, red) = (hex(0x8a6238), hex(0x2b211b), hex(0xc07a35), hex(0xb5371f));
    let (pele, prometheus, surt) =
        (direction(-18.7, 104.7), direction(-1.5, -153.9), direction(45.2, 22.1));
    texels(globe, |i, site| {
        let mut colour = sulphur.at(0.06 + 0.75 * tone[i] + 0.4 * rough[i]);
        colour = colour.lerp(
            pole,
            0.75 * smooth(42.0, 74.0, site.lat_deg.abs() + 9.0 * tone[i] + 5.0 * rough[i]),
        );
        // Frost rings and fans round the plumes: white at Prometheus, red at Pele and Surt.
        let frost = angle(site.at, prometheus).to_degrees() + 2.0 * rough[i];
        colour = colour.lerp(hex(0xf8f5ea), 0.7 * smooth(2.6, 0.6, (frost - 6.5).abs()));
        let from_pele = angle(site.at, pele).to_degrees() * (1.0 - 0.08 * tone[i]) + 1.6 * rough[i];
        colour = colour.lerp(orange, 0.45 * smooth(18.0, 6.0, from_pele));
        colour = colour.lerp(red, 0.9 * smooth(5.2, 1.2, (from_pele - 15.0).abs()));
        let from_surt = angle(site.at, surt).to_degrees() + 2.0 * rough[i];
        colour = colour.lerp(red, 0.45 * smooth(3.6, 1.0, (from_surt - 8.0).abs()));
        // Dark floors in orange stains.
        let vent = vents[i] + 0.5 * rough[i];
        colour = colour.lerp(orange, 0.55 * smooth(-1.8, 0.3, vent));
        colour = colour.lerp(dark, 0.92 * smooth(-0.2, 0.35, vent));
        (colour, 0.003 * rough[i] - 0.004 * smooth(-0.3, 0.3, vent))
    })
}

pub(super) fn europa(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(331, 5.0, 5, 0.62));
    let tone = globe.octaves(Octaves::with_gain(333, 1.7, 4, 0.6));
    // Chaos and mottled plains: the trailing side is browner, as are Tara and Conamara on the others.
    let brown = broad(
        globe,
        &[
            &[[-5.0, 80.0, 26.0], [5.0, 105.0, 20.0]],
            &[[-10.0, -75.0, 13.0]],
            &[[9.0, 87.0, 5.0]],
            &[[35.0, 140.0, 9.0], [25.0, 165.0, 8.0]],
            &[[-25.0, -170.0, 10.0]],
            &[[30.0, -20.0, 8.0], [5.0, 5.0, 9.0]],
        ],
        14.0,
    );
    let mut dice = Dice::new(337);
    let (mut broad_lines, mut fine_lines) = (Vec::new(), Vec::new());
    for i in 0..230 {
        let major = i < 36;
        let wide = if major { dice.between(0.2, 0.42) } else { dice.between(0.06, 0.18) };
        let wander = Wander {
            start: dice.direction(),
            heading_deg: dice.between(0.0, 360.0),
            length_deg: if major { dice.between(45.0, 110.0) } else { dice.between(12.0, 60.0) },
            turn_deg: if major { 2.0 } else { 4.0 },
            radii_deg: [wide, wide * 0.5],
        };
        if major { &mut broad_lines } else { &mut fine_lines }.extend(wander.capsules(&mut dice));
    }
    let broad_lines = depths(globe, &broad_lines, 0.6);
    let fine_lines = depths(globe, &fine_lines, 0.4);
    let mut pits = Pitted::new(globe);
    let pwyll = Crater::at(-25.2, 88.6, 0.9, 1.0);
    pits.dig(globe, &pwyll);
    let mut rays = pwyll.rays(18, 34.0, 347);
    rays.extend(chain(&[[-25.2, 88.6, 2.2]]));
    let rays = depths(globe, &rays, 1.2);

    let (cream, pale, mottle, line) = (hex(0xd8ccb4), hex(0xece6d8), hex(0xa9815c), hex(0x83532f));
    texels(globe, |i, _| {
        let ground = cream.lerp(pale, (0.45 + 0.8 * tone[i] + 0.35 * rough[i]).clamp(0.0, 1.0));
        let stain = smooth(-7.0, 8.0, brown[i] + 7.0 * tone[i] + 5.0 * rough[i]);
        let mut colour = ground.lerp(mottle, 0.62 * stain);
        colour = colour.lerp(line, 0.5 * smooth(-0.35, 0.1, fine_lines[i]));
        let band = broad_lines[i] + 0.12 * rough[i];
        colour = colour.lerp(line, 0.8 * smooth(-0.55, 0.15, band));
        // Double ridges: the older lines have a pale middle.
        colour = colour.lerp(mottle, 0.5 * smooth(0.12, 0.3, band));
        let ray = smooth(-0.5, 0.6, rays[i]) * (0.55 + 0.5 * rough[i]).clamp(0.1, 0.9);
        colour = colour.lerp(hex(0xf4f1ea), 0.8 * ray);
        let ridge = smooth(-0.5, 0.0, band).max(0.6 * smooth(-0.3, 0.0, fine_lines[i]));
        (colour, 0.0012 * rough[i] + 0.002 * ridge + pits.relief[i])
    })
}

/// Ganymede's dark old regions: Galileo, Marius, Perrine, Barnard, Nicholson, Melotte.
const OLD_REGIONS: &[&[Bead]] = &[
    &[[38.0, -148.0, 19.0], [32.0, -128.0, 19.0]],
    &[[12.0, 172.0, 12.0], [-8.0, 162.0, 14.0], [-18.0, -178.0, 9.0]],
    &[[36.0, -32.0, 15.0], [30.0, -18.0, 9.0]],
    &[[4.0, -4.0, 11.0], [0.0, 8.0, 9.0]],
    &[[-30.0, -12.0, 15.0], [-36.0, 8.0, 12.0]],
    &[[-12.0, 118.0, 12.0], [10.0, 112.0, 9.0]],
    &[[-42.0, 60.0, 11.0]],
    &[[20.0, 65.0, 11.0]],
    &[[-35.0, -110.0, 9.0]],
    &[[-5.0, -90.0, 7.0]],
];

pub(super) fn ganymede(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(361, 4.0, 6, 0.62));
    let tone = globe.octaves(Octaves::with_gain(363, 1.8, 3, 0.6));
    let mut lanes = Octaves::with_gain(367, 2.6, 2, 0.55);
    let quarter = globe.quarter();
    let mut crest = vec![0.0; quarter.len()];
    quarter.visit(|i, site| crest[i] = lanes.crests(site.at));
    let crest = globe.enlarge(&quarter, &crest);
    let old = broad(globe, OLD_REGIONS, 9.0);
    let mut pits = Pitted::new(globe);
    for crater in population(369, 2600, [0.32, 2.2]) {
        pits.dig(globe, &crater);
    }
    // Osiris, Tros, Cisti, Achelous and others that are bright: latitude, longitude, radius, rays, length.
    let mut rays = Vec::new();
    let young: [([f32; 3], usize, f32); 6] = [
        ([-38.0, -166.0, 1.2], 20, 26.0),
        ([11.1, -27.0, 1.1], 16, 15.0),
        ([-31.7, -64.1, 0.8], 14, 12.0),
        ([61.8, -11.7, 0.5], 12, 10.0),
        ([-20.0, 60.0, 0.8], 14, 14.0),
        ([25.0, 130.0, 0.7], 12, 12.0),
    ];
    for (i, &([lat, lon, radius], count, length)) in young.iter().enumerate() {
        let crater = Crater::at(lat, lon, radius, 1.0);
        pits.dig(globe, &crater);
        rays.extend(crater.rays(count, length, 371 + i as u64));
        rays.extend(chain(&[[lat, lon, radius * 1.8]]));
    }
    let rays = depths(globe, &rays, 1.0);
    let (bright, grooved, dark) = (hex(0xb3a898), hex(0x988c7c), hex(0x554b42));
    texels(globe, |i, site| {
        let region = smooth(-3.4, 2.6, old[i] + 6.5 * rough[i] + 6.0 * tone[i])
            * (0.86 + 0.4 * rough[i]).clamp(0.5, 1.0);
        let lane = smooth(0.66, 0.84, crest[i] + 0.07 * rough[i]);
        let ground = grooved.lerp(bright, (0.4 + 0.7 * tone[i] + 0.5 * rough[i]).clamp(0.0, 1.0));
        // Patches of old ground survive between the lanes outside the great regions, too.
        let patch = 0.55 * smooth(0.1, 0.5, tone[i] + 0.5 * rough[i]);
        let old_ground = region.max(patch) * (1.0 - 0.85 * lane);
        let mut colour = ground.lerp(bright * 1.12, 0.7 * lane).lerp(dark, old_ground);
        colour *= 1.0 + 0.16 * pits.tone[i];
        colour = colour
            .lerp(hex(0xd6d3ce), 0.5 * smooth(42.0, 68.0, site.lat_deg.abs() + 9.0 * rough[i]));
        let ray = smooth(-0.45, 0.6, rays[i]) * (0.6 + 0.5 * rough[i]).clamp(0.15, 0.95);
        colour = colour.lerp(hex(0xf0eeea), 0.7 * ray);
        (colour, pits.relief[i] * 0.7 + 0.003 * rough[i] - 0.003 * lane)
    })
}

pub(super) fn callisto(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(391, 4.0, 6, 0.65));
    let tone = globe.octaves(Octaves::with_gain(393, 1.8, 3, 0.6));
    let mut pits = Pitted::new(globe);
    for crater in population(397, 5200, [0.32, 2.4]) {
        pits.dig(globe, &crater);
    }
    let mut dice = Dice::new(399);
    let spots: Vec<Capsule> = (0..620)
        .map(|_| {
            let (at, u) = (dice.direction(), dice.unit());
            let radius = (0.16 + 0.75 * u.powi(5)).to_radians();
            Capsule { from: at, to: at, from_radius_rad: radius, to_radius_rad: radius }
        })
        .collect();
    let spots = depths(globe, &spots, 1.0);
    // Multi-ring basins, Valhalla and Asgard: centre, bright middle, outermost ring, spacing; degrees.
    let basins =
        [(direction(14.7, -56.0), 8.0, 36.0, 2.6), (direction(32.2, -139.8), 3.6, 17.0, 2.2)];
    let (dark, warm, bright) = (hex(0x4a4038), hex(0x75685b), hex(0xcfc6b8));
    texels(globe, |i, site| {
        let mut colour = dark.lerp(warm, (0.4 + 0.5 * tone[i] + 0.6 * rough[i]).clamp(0.0, 1.0));
        colour *= 1.0 + 0.3 * pits.tone[i];
        let mut ridge = 0.0;
        for &(centre, middle, outermost, spacing) in &basins {
            if site.at.dot(centre) < 0.75 {
                continue;
            }
            let d = angle(site.at, centre).to_degrees() + 0.9 * rough[i];
            colour =
                colour.lerp(bright, 0.62 * smooth(middle + 2.0, middle - 3.0, d + 1.5 * rough[i]));
            let fading = smooth(outermost, middle, d) * smooth(middle - 1.0, middle + 1.0, d);
            let ring =
                smooth(0.35, 1.0, ((d + 1.1 * tone[i]) * std::f32::consts::TAU / spacing).cos())
                    * fading;
            colour = colour.lerp(bright, 0.34 * ring * (0.7 + 0.6 * rough[i]));
            ridge += ring;
        }
        let spot = smooth(-0.7, 0.3, spots[i] + 0.3 * rough[i]);
        colour = colour.lerp(bright, 0.85 * spot);
        (colour, pits.relief[i] * 0.8 + 0.003 * rough[i] + 0.003 * ridge)
    })
}
