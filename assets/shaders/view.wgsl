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

@group(0) @binding(0) var<uniform> view: View;

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

fn hash3(cell: vec3<f32>) -> f32 {
    // A lattice hash with a period of 256, so that offsets may be given modulo 256.
    let p = vec3<u32>(vec3<i32>(cell) & vec3(255));
    var h = p.x * 0x9E3779B1u ^ (p.y * 0x85EBCA77u) ^ (p.z * 0xC2B2AE3Du);
    h = (h ^ (h >> 15u)) * 0x2C1B3C6Du;
    h = (h ^ (h >> 12u)) * 0x297A2D39u;
    return f32((h ^ (h >> 15u)) >> 8u) / 16777216.0;
}

// Smooth noise in 0..1, period 256.
fn noise3(p: vec3<f32>) -> f32 {
    let cell = floor(p);
    let f = p - cell;
    let s = f * f * (3.0 - 2.0 * f);
    let x00 = mix(hash3(cell), hash3(cell + vec3(1.0, 0.0, 0.0)), s.x);
    let x10 = mix(hash3(cell + vec3(0.0, 1.0, 0.0)), hash3(cell + vec3(1.0, 1.0, 0.0)), s.x);
    let x01 = mix(hash3(cell + vec3(0.0, 0.0, 1.0)), hash3(cell + vec3(1.0, 0.0, 1.0)), s.x);
    let x11 = mix(hash3(cell + vec3(0.0, 1.0, 1.0)), hash3(cell + vec3(1.0, 1.0, 1.0)), s.x);
    return mix(mix(x00, x10, s.y), mix(x01, x11, s.y), s.z);
}
