//! Sines and cosines of several angles at once, in a form that the compiler turns into vector
//! instructions: the series need a thousand for every date.

/// How many angles are taken together.
pub(super) const LANES: usize = 8;

/// Pushes the integer part of a number of moderate size into the lowest bits of its mantissa.
const ROUNDING: f64 = 6_755_399_441_055_744.0; // 1.5 * 2^52

/// π/2 in two parts, the first with so few bits that its products with up to 2^20 are exact.
const HALF_PI_HIGH: f64 = 1.570_796_326_734_125_6;
const HALF_PI_LOW: f64 = 6.077_100_506_506_192e-11;

/// Minimax polynomials for −π/4 to π/4 (those of fdlibm's kernels): of x³ on, and of x⁴ on.
const SIN: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
const COS: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// The sines and cosines of angles in radians: good to 1e-15 up to a million radians (2,000 revolutions
/// of Mercury a century are 13,000), and to ever less, but finite, beyond.
pub(super) fn sin_cos(angles: [f64; LANES]) -> ([f64; LANES], [f64; LANES]) {
    let (mut sines, mut cosines) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        let angle = angles[lane];
        let rounded = angle * std::f64::consts::FRAC_2_PI + ROUNDING;
        let quadrant = rounded.to_bits();
        let quarters = rounded - ROUNDING;
        let x = (angle - quarters * HALF_PI_HIGH) - quarters * HALF_PI_LOW;
        let x2 = x * x;
        let sin = x + x * x2 * polynomial(&SIN, x2);
        let cos = 1.0 - 0.5 * x2 + x2 * x2 * polynomial(&COS, x2);
        // Masks instead of branches. Odd quadrants swap the two; 2 and 3 turn the sine's sign, 1 and
        // 2 the cosine's.
        let odd = 0u64.wrapping_sub(quadrant & 1);
        let (s, c) = (sin.to_bits(), cos.to_bits());
        let sine_sign = (quadrant & 2) << 62;
        let cosine_sign = ((quadrant + 1) & 2) << 62;
        sines[lane] = f64::from_bits(((s & !odd) | (c & odd)) ^ sine_sign);
        cosines[lane] = f64::from_bits(((c & !odd) | (s & odd)) ^ cosine_sign);
    }
    (sines, cosines)
}

fn polynomial(coefficients: &[f64; 6], x: f64) -> f64 {
    let [a, b, c, d, e, f] = *coefficients;
    a + x * (b + x * (c + x * (d + x * (e + x * f))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_up_to_a_million_radians_are_good_to_1e_15() {
        for step in -20_000..20_000 {
            let angle = f64::from(step) * 49.999_7 + f64::from(step) * 1e-7;
            let (sines, cosines) = sin_cos([angle; LANES]);
            let (sin, cos) = angle.sin_cos();
            for lane in 0..LANES {
                assert!((sines[lane] - sin).abs() < 1e-15, "{angle}: {} {sin}", sines[lane]);
                assert!((cosines[lane] - cos).abs() < 1e-15, "{angle}: {} {cos}", cosines[lane]);
            }
        }
    }

    #[test]
    fn angles_however_large_give_finite_numbers() {
        for angle in [1e7, 1e9, 1e12, 1e15] {
            let (sines, cosines) = sin_cos([angle; LANES]);
            assert!(sines[0].abs() < 2.0 && cosines[0].abs() < 2.0, "{angle}");
        }
    }
}
