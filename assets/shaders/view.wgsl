// What every shader of the scene shares: the view, and the way from camera space to the screen.
//
// Camera space: metres (or any one unit) from the camera, x right, y up, looking along -z.
// Depth is reversed and infinite: NEAR_M over the distance along the view axis, so that a float
// keeps the same relative precision from one metre to the edge of the universe.

const NEAR_M: f32 = 0.1;
const PI: f32 = 3.14159265;

struct View {
    // Camera space to world axes (galactic); columns.
    world_from_camera: mat3x3<f32>,
    // Tangents of half the field of view, horizontal and vertical.
    tan_half: vec2<f32>,
    viewport_px: vec2<f32>,
    // The camera from the solar system's barycentre, parsecs.
    camera_pc: vec3<f32>,
    stars_gain: f32,
    band_gain: f32,
    galaxy_gain: f32,
    quasars_gain: f32,
    // Height of a pixel, radians, at the middle of the picture.
    pixel_angle: f32,
}

@group(0) @binding(0) var<storage, read> view: View;

fn clip_from_camera(position: vec3<f32>) -> vec4<f32> {
    return vec4(position.xy / view.tan_half, NEAR_M, -position.z);
}

fn camera_from_world(direction: vec3<f32>) -> vec3<f32> {
    return direction * view.world_from_camera;
}

// 0 at or below -width, 1 at or above width.
fn soft_step(value: f32, width: f32) -> f32 {
    return smoothstep(-width, width, value);
}

// What a corner of the lattice adds at `f` from it: a slope in a direction of the corner's own, which
// the bits of its hash give.
fn slope(hash: u32, f: vec3<f32>) -> f32 {
    var h = (hash ^ (hash >> 15u)) * 0x2C1B3C6Du;
    h ^= h >> 14u;
    let direction = vec3(f32(h & 1023u), f32((h >> 10u) & 1023u), f32((h >> 20u) & 1023u));
    return dot(direction, f) * (1.0 / 511.5) - (f.x + f.y + f.z);
}

// Smooth noise, about -0.5..0.5, period 256, so that places may be given modulo 256 (Perlin's, 1985).
fn noise3(p: vec3<f32>) -> f32 {
    let cell = floor(p);
    let near = p - cell;
    let far = near - 1.0;
    let s = near * near * near * (near * (near * 6.0 - 15.0) + 10.0);
    let corner = vec3<u32>(vec3<i32>(cell)) & vec3(255u);
    let primes = vec3(0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du);
    let a = corner * primes;
    let b = ((corner + 1u) & vec3(255u)) * primes;
    let aa = a.y ^ a.z;
    let ba = b.y ^ a.z;
    let ab = a.y ^ b.z;
    let bb = b.y ^ b.z;
    let x00 = mix(slope(a.x ^ aa, near), slope(b.x ^ aa, vec3(far.x, near.yz)), s.x);
    let x10 = mix(slope(a.x ^ ba, vec3(near.x, far.y, near.z)), slope(b.x ^ ba, vec3(far.xy, near.z)), s.x);
    let x01 = mix(slope(a.x ^ ab, vec3(near.xy, far.z)), slope(b.x ^ ab, vec3(far.x, near.y, far.z)), s.x);
    let x11 = mix(slope(a.x ^ bb, vec3(near.x, far.yz)), slope(b.x ^ bb, far), s.x);
    return mix(mix(x00, x10, s.y), mix(x01, x11, s.y), s.z);
}
