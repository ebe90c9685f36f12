//! Smooth noise on the sphere that is the same on every machine: integers hashed, no random state.

/// Value noise at a point in space, 0 to 1, features one unit wide.
#[inline]
pub(crate) fn value(p: [f32; 3]) -> f32 {
    let cell = p.map(|v| {
        let truncated = v as i32;
        truncated - i32::from((truncated as f32) > v)
    });
    let f: [f32; 3] = std::array::from_fn(|i| {
        let f = p[i] - cell[i] as f32;
        f * f * (3.0 - 2.0 * f)
    });
    let x = [cell[0] as u32, (cell[0] + 1) as u32].map(|v| v.wrapping_mul(X));
    let y = [cell[1] as u32, (cell[1] + 1) as u32].map(|v| v.wrapping_mul(Y));
    let z = [cell[2] as u32, (cell[2] + 1) as u32].map(|v| v.wrapping_mul(Z));
    let plane = |z: u32| {
        let near = lerp(hash(x[0] ^ y[0] ^ z), hash(x[1] ^ y[0] ^ z), f[0]);
        let far = lerp(hash(x[0] ^ y[1] ^ z), hash(x[1] ^ y[1] ^ z), f[0]);
        lerp(near, far, f[1])
    };
    lerp(plane(z[0]), plane(z[1]), f[2])
}

/// Noise summed over octaves, -1 to 1, most of it within a third of that.
pub(crate) fn fractal(p: [f32; 3], frequency: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut frequency, mut total) = (0.0, 1.0, frequency, 0.0);
    for octave in 0..octaves {
        let shift = octave as f32 * 17.3;
        sum += weight * (value(p.map(|v| v * frequency + shift)) * 2.0 - 1.0);
        total += weight;
        weight *= 0.55;
        frequency *= 2.03;
    }
    sum / total
}

const X: u32 = 0x9e37_79b1;
const Y: u32 = 0x85eb_ca77;
const Z: u32 = 0xc2b2_ae3d;

fn hash(v: u32) -> f32 {
    let v = (v ^ (v >> 15)).wrapping_mul(0x2c1b_3c6d);
    ((v ^ (v >> 12)) & 0xff_ffff) as f32 * (1.0 / 16_777_216.0)
}

#[inline(always)]
pub(crate) fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

/// 0 below `from`, 1 above `to`, smooth between.
#[inline(always)]
pub(crate) fn smooth(from: f32, to: f32, v: f32) -> f32 {
    let t = ((v - from) * (1.0 / (to - from))).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
