// Stars of the catalogue: each a small soft disc whose light is that of its magnitude as seen from
// where the camera is, so that a journey out of the solar system moves and dims them.

struct Star {
    // From the solar system's barycentre, parsecs, world axes.
    @location(0) position_pc: vec3<f32>,
    @location(1) absolute_magnitude: f32,
    @location(2) colour: vec3<f32>,
}

struct Disc {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
    @location(1) light: vec3<f32>,
}

@vertex
fn star_vertex(@builtin(vertex_index) index: u32, star: Star) -> Disc {
    let corner = vec2(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let from_camera = star.position_pc - view.camera_pc;
    let distance_pc = max(length(from_camera), 1e-6);
    let magnitude = star.absolute_magnitude + 5.0 * (log2(distance_pc) * 0.30103 - 1.0);
    // Magnitude 1 is full light in one pixel; brighter ones grow, as the eye's own glare makes them.
    let flux = pow(10.0, -0.4 * (magnitude - 2.6)) * view.stars_gain;
    let radius_px = clamp(1.15 + 0.85 * pow(flux, 0.32), 1.35, 8.0) * clamp(view.viewport_px.y / 1080.0, 0.9, 3.0);
    let peak = clamp(1.3 * pow(flux, 0.58), 0.0, 1.8);
    var disc: Disc;
    disc.at = corner;
    disc.light = star.colour * peak;
    disc.position = clip_from_camera(camera_from_world(from_camera / distance_pc));
    disc.position += vec4(corner * radius_px / view.viewport_px * 2.0 * disc.position.w, 0.0, 0.0);
    disc.position.z = 0.0;
    if peak < 0.004 || disc.position.w <= 0.0 {
        disc.position = vec4(2.0, 2.0, 0.0, 1.0);
    }
    return disc;
}

@fragment
fn star_fragment(disc: Disc) -> @location(0) vec4<f32> {
    let r = dot(disc.at, disc.at);
    let core = exp(-r * 4.5) * max(1.0 - r, 0.0);
    return vec4(disc.light * core, 0.0);
}
