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

// What a corner of the lattice adds at `f` from it: a slope in a direction of the corner's own. The
// lattice has a period of 256, so that places may be given modulo 256.
fn slope(cell: vec3<f32>, f: vec3<f32>) -> f32 {
    let p = vec3<u32>(vec3<i32>(cell) & vec3(255));
    var h = p.x * 0x9E3779B1u ^ (p.y * 0x85EBCA77u) ^ (p.z * 0xC2B2AE3Du);
    h = (h ^ (h >> 15u)) * 0x2C1B3C6Du;
    h ^= h >> 14u;
    let direction = vec3(f32(h & 1023u), f32((h >> 10u) & 1023u), f32((h >> 20u) & 1023u)) / 511.5 - 1.0;
    return dot(direction, f);
}

// Smooth noise, about -0.5..0.5, period 256 (Perlin's, 1985).
fn noise3(p: vec3<f32>) -> f32 {
    let cell = floor(p);
    let f = p - cell;
    let s = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let x = vec3(1.0, 0.0, 0.0);
    let y = vec3(0.0, 1.0, 0.0);
    let z = vec3(0.0, 0.0, 1.0);
    let x00 = mix(slope(cell, f), slope(cell + x, f - x), s.x);
    let x10 = mix(slope(cell + y, f - y), slope(cell + x + y, f - x - y), s.x);
    let x01 = mix(slope(cell + z, f - z), slope(cell + x + z, f - x - z), s.x);
    let x11 = mix(slope(cell + y + z, f - y - z), slope(cell + 1.0, f - 1.0), s.x);
    return mix(mix(x00, x10, s.y), mix(x01, x11, s.y), s.z);
}
