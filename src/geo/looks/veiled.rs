//! Paints the bodies wrapped in haze or plain cloud: Venus, Titan, Uranus. Their alpha channel is flat.

use super::globe::{Globe, smooth};
use super::noise::Octaves;
use super::paint::{Scale, hex, texels};

pub(super) fn venus(globe: &Globe) -> Vec<u8> {
    let mut curl = Octaves::new(101, 1.8, 2);
    let mut streaks = Octaves::with_gain(103, 1.6, 4, 0.66).banded(3.2);
    let tones = Scale::new(&[(0.0, 0xc09a64), (0.4, 0xdcbd88), (0.7, 0xecd9ad), (1.0, 0xf7ecd0)]);
    let quarter = globe.quarter();
    let mut bends = vec![0.0; quarter.len()];
    quarter.visit(|i, site| bends[i] = curl.at(site.at));
    let bends = globe.enlarge(&quarter, &bends);
    texels(globe, |i, site| {
        // Winds carry the high clouds west; away from the equator they lag, which lays the Y on its side.
        let (lat, lon) = (site.lat_deg, site.lon_deg);
        let lag = (lat * lat * 0.016 + 10.0 * bends[i]).to_radians();
        let (sin, cos) = lag.sin_cos();
        let at = site.at;
        let swept = glam::Vec3::new(
            at.x * cos - at.y * sin,
            at.x * sin + at.y * cos,
            at.z.abs() * 0.75 + at.z * 0.25,
        );
        let veil = streaks.at(swept);
        let along = (lon + 20.0) / 180.0;
        let arm = lat.abs() - 34.0 * smooth(-0.35, 0.45, along) + 5.0 * bends[i];
        let within = smooth(-0.75, -0.35, along) * smooth(0.8, 0.35, along);
        let letter = (-arm * arm / 90.0).exp() * within;
        let hood = smooth(52.0, 72.0, lat.abs() + 5.0 * veil);
        (tones.at(0.6 + 0.34 * veil - 0.27 * letter + 0.2 * hood), 0.0)
    })
}

pub(super) fn titan(globe: &Globe) -> Vec<u8> {
    let ground = globe.octaves(Octaves::new(113, 1.6, 4));
    let tones = Scale::new(&[
        (-90.0, 0xd9973f),
        (-30.0, 0xe3a54e),
        (20.0, 0xdd9d49),
        (55.0, 0xc78a41),
        (90.0, 0x9f6d3a),
    ]);
    let dark_belt = hex(0xb9803c);
    texels(globe, |i, site| {
        // Shangri-La and Fensal show through the haze as a faint dark girdle.
        let girdle = smooth(28.0, 6.0, (site.lat_deg + 6.0).abs()) * smooth(-0.1, 0.5, ground[i]);
        let hood = smooth(48.0, 54.0, site.lat_deg) * 0.06;
        let haze = tones.at(site.lat_deg + 6.0 * ground[i]).lerp(dark_belt, 0.3 * girdle);
        (haze * (1.0 - hood), 0.0)
    })
}

pub(super) fn uranus(globe: &Globe) -> Vec<u8> {
    let streaks = globe.octaves(Octaves::new(127, 1.3, 4).banded(9.0));
    let tones = Scale::new(&[
        (-90.0, 0xa9d6dd),
        (-45.0, 0xa5d8e0),
        (-10.0, 0x9fd6e0),
        (15.0, 0xa3dae2),
        (42.0, 0xb2e2e6),
        (52.0, 0xc9ecec),
        (90.0, 0xd8f1ee),
    ]);
    texels(globe, |i, site| {
        (tones.at(site.lat_deg + 3.0 * streaks[i]) * (1.0 + 0.012 * streaks[i]), 0.0)
    })
}
