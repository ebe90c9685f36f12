//! Saturn's rings as a radial profile. No other body's rings, no geometry.
//!
//! Radii and typical optical depths: NASA PDS Ring-Moon Systems Node, "Saturn's Ring System" (pds-rings.seti.org).

use glam::Vec3;

use super::globe::smooth;
use super::noise::Noise;
use super::paint::hex;

/// Where the profile begins: the inner edge of the D ring, km from Saturn's centre.
pub const RINGS_INNER_KM: f64 = 66_900.0;
/// Where the profile ends: just outside the F ring's core, km from Saturn's centre.
pub const RINGS_OUTER_KM: f64 = 140_300.0;
/// Inner and outer edge of the C ring, km from Saturn's centre.
pub const RING_C_KM: [f64; 2] = [74_500.0, 92_000.0];
/// Inner and outer edge of the B ring, km from Saturn's centre.
pub const RING_B_KM: [f64; 2] = [92_000.0, 117_580.0];
/// Inner and outer edge of the Cassini division, km from Saturn's centre.
pub const CASSINI_DIVISION_KM: [f64; 2] = [117_580.0, 122_170.0];
/// Inner and outer edge of the A ring, km from Saturn's centre.
pub const RING_A_KM: [f64; 2] = [122_170.0, 136_775.0];
/// Inner and outer edge of the Encke gap (centre 133,589 km, 325 km wide), km from Saturn's centre.
pub const ENCKE_GAP_KM: [f64; 2] = [133_426.5, 133_751.5];
/// Inner and outer edge of the F ring as drawn (its core is narrower), km from Saturn's centre.
pub const RING_F_KM: [f64; 2] = [139_950.0, 140_300.0];

/// Centre and width of the Keeler gap, km.
const KEELER_GAP_KM: [f64; 2] = [136_487.5, 136_522.5];
const SAMPLES_A_TEXEL: u32 = 8;

/// The rings' sRGB colour and opacity (0 clear, 255 opaque) from [`RINGS_INNER_KM`] to [`RINGS_OUTER_KM`], the first
/// texel's inner edge and the last one's outer edge lying on those radii. Empty for a `width` of 0.
#[must_use]
pub fn saturn_rings(width: u32) -> Vec<[u8; 4]> {
    let mut ripple = Ripple(Noise::new(61));
    let step_km = (RINGS_OUTER_KM - RINGS_INNER_KM) / f64::from(width.max(1));
    (0..width)
        .map(|texel| {
            let mut sum = [0.0_f32; 4];
            for sample in 0..SAMPLES_A_TEXEL {
                let within = (f64::from(sample) + 0.5) / f64::from(SAMPLES_A_TEXEL);
                let (colour, depth) =
                    ripple.ring(RINGS_INNER_KM + (f64::from(texel) + within) * step_km);
                let opacity = 1.0 - (-depth).exp();
                let parts = [colour.x, colour.y, colour.z, 1.0].map(|part| part * opacity);
                for (total, part) in sum.iter_mut().zip(parts) {
                    *total += part;
                }
            }
            let opacity = sum[3].max(1e-6);
            let byte = |part: f32| (part * 255.0 + 0.5) as u8;
            [
                byte(sum[0] / opacity),
                byte(sum[1] / opacity),
                byte(sum[2] / opacity),
                byte(sum[3] / SAMPLES_A_TEXEL as f32),
            ]
        })
        .collect()
}

struct Ripple(Noise);

impl Ripple {
    /// Ringlets of about `width_km` at a radius: -1..1.
    fn at(&mut self, radius_km: f64, width_km: f64) -> f32 {
        // Beyond the noise's own period the lattice is left and entered again along another line.
        let u = radius_km / width_km;
        self.0.at(Vec3::new((u % 1024.0) as f32, (u / 1024.0) as f32 + width_km as f32 * 0.37, 0.5))
            * 1.6
    }

    /// Colour and normal optical depth at a radius.
    fn ring(&mut self, radius_km: f64) -> (Vec3, f32) {
        let within = |edges: [f64; 2]| (edges[0]..edges[1]).contains(&radius_km);
        let across = |edges: [f64; 2]| ((radius_km - edges[0]) / (edges[1] - edges[0])) as f32;
        let (broad, fine) = (self.at(radius_km, 1900.0), self.at(radius_km, 420.0));
        let finest = self.at(radius_km, 140.0);
        let (colour, depth) = if within(RING_C_KM) {
            let t = across(RING_C_KM);
            let plateau = smooth(0.35, 0.6, fine + 0.3 * broad);
            (hex(0x8a8174).lerp(hex(0xa89c8a), t), 0.06 + 0.10 * t + 0.28 * plateau * (0.4 + t))
        } else if within(RING_B_KM) {
            let t = across(RING_B_KM);
            let base = if t < 0.28 { 0.9 + 0.35 * broad } else { 1.6 + 0.9 * smooth(0.28, 0.6, t) };
            let tone = (0.5 + 0.28 * fine + 0.2 * finest + 0.2 * broad).clamp(0.0, 1.0);
            let dark = hex(0xb29a78).lerp(hex(0xc9b28c), t);
            (dark.lerp(hex(0xf0dfc0), tone), (base + 0.5 * fine + 0.25 * finest).max(0.55))
        } else if within(CASSINI_DIVISION_KM) {
            let t = across(CASSINI_DIVISION_KM);
            // Five faint bands between clear lanes; the widest lane, Huygens, lies next to the B ring.
            let bands = smooth(0.08, 0.2, t) * (0.07 + 0.06 * fine.abs());
            (hex(0x8d8478), bands)
        } else if within(RING_A_KM) {
            let t = across(RING_A_KM);
            let gap = within(ENCKE_GAP_KM) || within(KEELER_GAP_KM);
            let base = 0.95 - 0.45 * smooth(0.0, 0.45, t) + 0.12 * smooth(0.75, 1.0, t);
            let depth = if gap { 0.0 } else { (base + 0.08 * fine + 0.06 * finest).max(0.3) };
            (hex(0xcbb997).lerp(hex(0xb9aa90), t) * (1.0 + 0.05 * finest), depth)
        } else if within(RING_F_KM) {
            let off_core = (across(RING_F_KM) - 0.5).abs() * 2.0;
            (hex(0xc8bfae), 0.12 * (1.0 - off_core * off_core))
        } else if radius_km < RING_C_KM[0] {
            (hex(0x7d7569), 0.012 * smooth(0.0, 1.0, across([RINGS_INNER_KM, RING_C_KM[0]])))
        } else {
            (hex(0xb0a694), 0.0)
        };
        (colour, depth)
    }
}
