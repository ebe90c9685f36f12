//! The Milky Way and the quasars: a model of where their light comes from, made into a map of the
//! sky for inside and clouds of puffs for outside. A picture of the kind of thing they are, not
//! data: no star of it is a real one.

use bytemuck::{Pod, Zeroable};
use glam::DVec3;

use super::stock::Image;

/// `Puff` of `cloud.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Puff {
    /// From the barycentre, parsecs, world axes.
    pub position_pc: [f32; 3],
    /// Radius, parsecs.
    pub radius_pc: f32,
    /// Linear.
    pub colour: [f32; 3],
    /// 0 galaxy, 1 quasar.
    pub kind: f32,
}

/// Sun to galactic centre, parsecs: where OpenSpace's MilkyWay node stands.
const CENTRE_PC: f64 = 8000.0;
/// Radius of the disc, parsecs.
const DISC_PC: f64 = 19_000.0;
/// Pitch of the spiral arms, radians (Vallée 2015: 13°).
const PITCH: f64 = 0.227;

/// A sequence of numbers that look random and are the same in every run: SplitMix64.
struct Dice(u64);

impl Dice {
    /// Uniform in 0..1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal, mean 0, deviation 1.
    fn bell(&mut self) -> f64 {
        (0..6).map(|_| self.roll()).sum::<f64>() * std::f64::consts::SQRT_2 - 4.242_640_687
    }
}

/// The galaxy from outside: bulge and bar, four arms, the disc between them.
pub fn puffs() -> Vec<Puff> {
    let mut dice = Dice(2);
    let mut puffs = Vec::new();
    let mut put = |place: DVec3, radius_pc: f64, colour: [f64; 3], light: f64| {
        puffs.push(Puff {
            position_pc: (place + DVec3::X * CENTRE_PC).as_vec3().to_array(),
            radius_pc: radius_pc as f32,
            colour: colour.map(|c| (c * light) as f32),
            kind: 0.0,
        });
    };
    for _ in 0..2600 {
        // Bar: 27° ahead of the line to the Sun, longer than wide.
        let (along, across, up) = (dice.bell() * 1900.0, dice.bell() * 850.0, dice.bell() * 620.0);
        let (sin, cos) = 0.47_f64.sin_cos();
        let place = DVec3::new(along * cos - across * sin, along * sin + across * cos, up);
        put(place, 420.0 + 300.0 * dice.roll(), [1.0, 0.80, 0.55], 0.012);
    }
    for _ in 0..9000 {
        let radius = 2600.0 + (DISC_PC - 2600.0) * dice.roll().powf(0.85);
        let arm = (dice.roll() * 4.0).floor();
        let spread = dice.bell() * (0.11 + 0.10 * dice.roll());
        let turn = (radius / 2900.0).ln() / PITCH.tan();
        let angle = arm * std::f64::consts::FRAC_PI_2 - turn + spread + 0.47;
        let fall = (-radius / 7500.0).exp();
        let place = DVec3::new(radius * angle.cos(), radius * angle.sin(), dice.bell() * 130.0);
        let blue = dice.roll();
        let colour = if blue > 0.96 { [1.0, 0.45, 0.60] } else { [0.62, 0.76, 1.0] };
        put(place, 190.0 + 330.0 * dice.roll(), colour, 0.075 * fall + 0.010);
    }
    for _ in 0..5200 {
        let radius = 900.0 + DISC_PC * dice.roll().powf(0.8);
        let angle = dice.roll() * std::f64::consts::TAU;
        let place = DVec3::new(radius * angle.cos(), radius * angle.sin(), dice.bell() * 260.0);
        let light = 0.030 * (-radius / 6500.0).exp() + 0.0016;
        put(place, 700.0 + 500.0 * dice.roll(), [0.95, 0.88, 0.78], light);
    }
    for _ in 0..9000 {
        // Single bright clusters, for sparkle.
        let radius = 1500.0 + DISC_PC * dice.roll().powf(0.9);
        let turn = (radius / 2900.0).ln() / PITCH.tan();
        let arm = (dice.roll() * 4.0).floor() * std::f64::consts::FRAC_PI_2;
        let angle = arm - turn + dice.bell() * 0.2 + 0.47;
        let place = DVec3::new(radius * angle.cos(), radius * angle.sin(), dice.bell() * 120.0);
        put(place, 34.0 + 40.0 * dice.roll(), [0.85, 0.90, 1.0], 0.5 * dice.roll().powi(3) + 0.05);
    }
    puffs
}

/// Quasars: 6,000 points in the two wedges that surveys have looked into, away from the Milky Way's
/// dust, three to nine thousand million parsecs out.
pub fn quasars() -> Vec<Puff> {
    let mut dice = Dice(3);
    let mut puffs = Vec::with_capacity(6000);
    while puffs.len() < 6000 {
        let z = dice.roll() * 2.0 - 1.0;
        let longitude = dice.roll() * std::f64::consts::TAU;
        // The northern survey covers most of its cap, the southern one stripes.
        let surveyed = z > 0.45 || (z < -0.5 && (longitude * 9.0).sin() > 0.55);
        let distance_pc = 1.0e9 + 7.5e9 * (0.5 + 0.17 * dice.bell()).clamp(0.0, 1.0);
        if !surveyed {
            continue;
        }
        let flat = (1.0 - z * z).sqrt();
        let place = DVec3::new(flat * longitude.cos(), flat * longitude.sin(), z) * distance_pc;
        let light = 0.25 + 0.5 * dice.roll().powi(2);
        puffs.push(Puff {
            position_pc: place.as_vec3().to_array(),
            radius_pc: 1.0,
            colour: [0.80, 0.86, 1.0].map(|c| (c * light) as f32),
            kind: 1.0,
        });
    }
    puffs
}

/// The band from within: light over galactic longitude (−180..180, left to right) and latitude (90
/// at the top), with the rift of dust through its middle.
pub fn band(width: u32, height: u32) -> Image {
    let mut rgba = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        let b = (0.5 - (f64::from(y) + 0.5) / f64::from(height)) * 180.0;
        for x in 0..width {
            let l = ((f64::from(x) + 0.5) / f64::from(width) - 0.5) * 360.0;
            rgba.extend(band_light(l, b));
            rgba.push(255);
        }
    }
    Image { width, height, rgba }
}

fn band_light(l_deg: f64, b_deg: f64) -> [u8; 3] {
    let (l, b) = (l_deg.to_radians(), b_deg.to_radians());
    let direction = DVec3::new(b.cos() * l.cos(), b.cos() * l.sin(), b.sin());
    let towards_centre = (0.5 + 0.5 * l.cos()).powf(1.6);
    let ripple = fractal(direction * 5.0, 5) - 0.5;
    let fine = fractal(direction * 17.0 + DVec3::splat(31.0), 4) - 0.5;
    // The plane seems bent and of changing width, because the arms are at changing distances.
    let off = b_deg + 2.2 * ripple + 1.2 * (2.0 * l).sin();
    let width_deg = 3.4 + 4.6 * towards_centre + 4.0 * ripple;
    let disc = (-(off / width_deg.max(2.0)).powi(2)).exp() * (0.24 + 0.62 * towards_centre);
    let bulge = (-(l_deg / 13.0).powi(2) - (b_deg / 9.0).powi(2)).exp() * 0.55;
    let dust = fractal(direction * DVec3::new(7.0, 7.0, 15.0) + DVec3::splat(7.0), 6);
    let rift = (-((off - 0.8) / (2.0 + 2.6 * towards_centre)).powi(2)).exp();
    let dark = (rift * (0.25 + 1.7 * (dust - 0.35)).clamp(0.0, 1.0)).min(0.92);
    let grains = fractal(direction * 60.0 + DVec3::splat(3.0), 3) - 0.45;
    let clumps = (1.0 + 1.6 * ripple + 1.5 * fine + 1.1 * grains).max(0.15);
    let light = (disc * clumps + bulge * (0.8 + 0.6 * clumps) * 0.6).max(0.0) * (1.0 - dark);
    let warmth = (bulge * 1.4 + dark * 0.4).min(1.0);
    let colour = [0.80 + 0.20 * warmth, 0.84 + 0.02 * warmth, 1.0 - 0.36 * warmth];
    colour.map(|c| (srgb(c * light.powf(1.6) * 0.42) * 255.0).round() as u8)
}

fn srgb(linear: f64) -> f64 {
    let linear = linear.clamp(0.0, 1.0);
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
}

/// Sum of octaves of lattice noise, about 0..1.
fn fractal(mut p: DVec3, octaves: u32) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.5);
    for _ in 0..octaves {
        sum += weight * lattice(p);
        weight *= 0.5;
        p = p * 2.03 + DVec3::splat(17.3);
    }
    sum
}

fn lattice(p: DVec3) -> f64 {
    let cell = p.floor();
    let f = p - cell;
    let s = f * f * (DVec3::splat(3.0) - 2.0 * f);
    let corner = |x: i64, y: i64, z: i64| {
        let key = (cell.x as i64 + x).wrapping_mul(73_856_093)
            ^ (cell.y as i64 + y).wrapping_mul(19_349_663)
            ^ (cell.z as i64 + z).wrapping_mul(83_492_791);
        Dice(key as u64).roll()
    };
    let mix = |a: f64, b: f64, t: f64| a + (b - a) * t;
    let edge = |y, z| mix(corner(0, y, z), corner(1, y, z), s.x);
    mix(mix(edge(0, 0), edge(1, 0), s.y), mix(edge(0, 1), edge(1, 1), s.y), s.z)
}
