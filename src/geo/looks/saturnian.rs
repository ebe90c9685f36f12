//! Paints two of Saturn's moons that nothing else looks like: Enceladus and Iapetus.

use super::crater::{Crater, Pitted, population};
use super::dice::Dice;
use super::globe::{Globe, direction, smooth};
use super::noise::Octaves;
use super::paint::{hex, texels};
use super::shape::{Bead, Capsule, Wander, chain, depths};

/// The four sulci near the south pole (Alexandria, Cairo, Baghdad, Damascus), each some 130 km long and 35 km
/// (8°) from the next, as lines in the plane that touches the pole: offset and bend, degrees.
const STRIPES: [[f32; 2]; 4] = [[-13.0, 1.5], [-4.5, 1.0], [4.0, -0.5], [12.0, -1.5]];

pub(super) fn enceladus(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(501, 4.0, 6, 0.6));
    let tone = globe.octaves(Octaves::with_gain(503, 1.5, 3, 0.6));
    let mut stripes: Vec<Capsule> = Vec::new();
    for [offset, bend] in STRIPES {
        let beads: Vec<Bead> = (-3..=3_i8)
            .map(|i| {
                let along = f32::from(i) * 5.6;
                let aside = offset + bend * (along / 8.0).sin();
                // 45° between the stripes and the meridian that faces Saturn.
                let (x, y) = ((along - aside) * 0.707, (along + aside) * 0.707);
                [
                    -90.0 + x.hypot(y),
                    y.atan2(x).to_degrees(),
                    if i.abs() == 3 { 0.15 } else { 0.35 },
                ]
            })
            .collect();
        stripes.extend(chain(&beads));
    }
    let stripes = depths(globe, &stripes, 2.2);
    let mut dice = Dice::new(507);
    let mut cracks = Vec::new();
    for _ in 0..70 {
        let crack = Wander {
            start: direction(dice.between(-85.0, 40.0), dice.between(-180.0, 180.0)),
            heading_deg: dice.between(-70.0, 70.0),
            length_deg: dice.between(10.0, 45.0),
            turn_deg: 6.0,
            radii_deg: [dice.between(0.12, 0.3), 0.1],
        };
        cracks.extend(crack.capsules(&mut dice));
    }
    let cracks = depths(globe, &cracks, 0.8);
    let mut pits = Pitted::new(globe);
    for crater in population(509, 2400, [0.4, 3.2]) {
        // The south is young; old craters survive in the north and on the sides facing and opposing Saturn.
        if crater.centre.z + 0.5 * (crater.centre.x.abs() - 0.6) > 0.15 {
            pits.dig(globe, &crater);
        }
    }
    let (snow, shade, blue) = (hex(0xf4f6f7), hex(0xdde3e6), hex(0x6fa3b0));
    texels(globe, |i, _| {
        let mut colour = shade.lerp(snow, (0.6 + 0.5 * tone[i] + 0.45 * rough[i]).clamp(0.0, 1.0));
        colour *= 1.0 + 0.06 * pits.tone[i];
        let crack = smooth(-0.45, 0.15, cracks[i] + 0.1 * rough[i]);
        colour = colour.lerp(hex(0xb3c4cb), 0.6 * crack);
        let stripe = stripes[i] + 0.4 * rough[i];
        colour = colour.lerp(hex(0xa9cad2), 0.6 * smooth(-1.8, 0.0, stripe));
        colour = colour.lerp(blue, 0.85 * smooth(-0.6, 0.3, stripe));
        let height =
            pits.relief[i] + 0.003 * rough[i] - 0.004 * crack - 0.009 * smooth(-0.8, 0.2, stripe);
        (colour, height)
    })
}

pub(super) fn iapetus(globe: &Globe) -> Vec<u8> {
    let rough = globe.octaves(Octaves::with_gain(521, 4.0, 6, 0.65));
    let tone = globe.octaves(Octaves::with_gain(523, 1.6, 3, 0.6));
    let mut pits = Pitted::new(globe);
    for crater in population(527, 4200, [0.4, 6.0]) {
        pits.dig(globe, &crater);
    }
    // Turgis, Engelier, Falsaron: basins wide enough to be seen from afar.
    for [lat, lon, radius] in [[16.9, -28.4, 22.6], [-40.5, 95.3, 19.6], [33.8, -82.7, 16.5]] {
        pits.dig(globe, &Crater::at(lat, lon, radius * 0.5, 0.5));
    }
    let leading = direction(0.0, -90.0);
    let (bright, dark) = (hex(0xdcd5c8), hex(0x33251b));
    texels(globe, |i, site| {
        // Dark ground reaches round the equator to the far side and leaves the poles bright.
        let reach = site.at.dot(leading) - 0.9 * site.at.z * site.at.z + 0.10;
        let soot =
            smooth(-0.12, 0.14, reach + 0.16 * tone[i] + 0.16 * rough[i] - 0.06 * pits.tone[i]);
        let snow = bright * (1.0 + 0.07 * tone[i] + 0.16 * pits.tone[i]);
        let colour = snow.lerp(dark * (1.0 + 0.25 * pits.tone[i] + 0.2 * rough[i]), soot);
        // The ridge that follows the equator across Cassini Regio.
        let spine = smooth(1.6, 0.2, site.lat_deg.abs())
            * smooth(-0.3, 0.2, reach)
            * (0.7 + 0.6 * rough[i]);
        (colour, pits.relief[i] + 0.005 * rough[i] + 0.013 * spine)
    })
}
