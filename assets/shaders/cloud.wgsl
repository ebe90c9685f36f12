// Clouds of faint discs too many to tell apart: the Milky Way from outside, and the quasars.

struct Puff {
    // From the solar system's barycentre, parsecs, world axes.
    @location(0) position_pc: vec3<f32>,
    @location(1) radius_pc: f32,
    @location(2) colour: vec3<f32>,
    // 0: the galaxy, 1: quasars, which never fade by being small.
    @location(3) kind: f32,
}

struct Disc {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
    @location(1) light: vec3<f32>,
}

@vertex
fn cloud_vertex(@builtin(vertex_index) index: u32, puff: Puff) -> Disc {
    let corner = vec2(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let from_camera = puff.position_pc - view.camera_pc;
    let distance_pc = max(length(from_camera), 1e-6);
    let is_quasar = puff.kind > 0.5;
    let least_px = select(0.9, 1.3, is_quasar);
    let true_px = puff.radius_pc / distance_pc / view.pixel_angle;
    let radius_px = max(true_px, least_px);
    // A puff smaller than a pixel keeps its light, one that the camera is inside of has none.
    let small = true_px / radius_px;
    // Single clusters are gone sooner: as large discs they would look like what they are not.
    let reach = select(1.0, 0.04, puff.radius_pc < 100.0);
    let near = 1.0 - smoothstep(0.10 * reach, 0.35 * reach, puff.radius_pc / distance_pc);
    let gain = select(view.galaxy_gain * small * small * near, view.quasars_gain, is_quasar);
    var disc: Disc;
    disc.at = corner;
    disc.light = puff.colour * gain;
    disc.position = clip_from_camera(camera_from_world(from_camera / distance_pc));
    disc.position += vec4(corner * radius_px / view.viewport_px * 2.0 * disc.position.w, 0.0, 0.0);
    disc.position.z = 0.0;
    if gain < 0.002 || disc.position.w <= 0.0 {
        disc.position = vec4(2.0, 2.0, 0.0, 1.0);
    }
    return disc;
}

@fragment
fn cloud_fragment(disc: Disc) -> @location(0) vec4<f32> {
    let r = dot(disc.at, disc.at);
    let soft = max(1.0 - r, 0.0);
    return vec4(disc.light * soft * soft, 0.0);
}
