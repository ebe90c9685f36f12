// Rings of a planet: a flat disc whose colour and opacity are read from a radial profile.

struct Ring {
    // From the camera: centre, and two radii across each other in the ring's plane, metres scaled by
    // `scale`; how far out the profile reaches.
    centre: vec3<f32>,
    scale: f32,
    across: vec3<f32>,
    inner: f32,
    along: vec3<f32>,
    outer: f32,
    // Towards the Sun, in axes (across, along, normal); the planet's radius over the outer radius.
    sun: vec3<f32>,
    planet: f32,
    // 1 if the camera is on the lit side.
    lit: f32,
    fade: f32,
    pad: vec2<f32>,
}

@group(1) @binding(0) var<storage, read> ring: Ring;
@group(1) @binding(1) var profile: texture_2d<f32>;
@group(1) @binding(2) var profile_sampler: sampler;

struct Place {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
}

@vertex
fn ring_vertex(@builtin(vertex_index) index: u32) -> Place {
    let corner = vec2(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    var place: Place;
    place.at = corner;
    place.position = clip_from_camera(ring.centre + corner.x * ring.across + corner.y * ring.along);
    place.position.z = NEAR_M * ring.scale;
    return place;
}

@fragment
fn ring_fragment(place: Place) -> @location(0) vec4<f32> {
    let radius = length(place.at);
    let u = (radius - ring.inner) / (1.0 - ring.inner);
    // Of the interpolated radius alone, as in globe.wgsl.
    let step = fwidth(radius) / (1.0 - ring.inner);
    let texel = textureSampleGrad(profile, profile_sampler, vec2(u, 0.5), vec2(step, 0.0), vec2(0.0));
    if u < 0.0 || u > 1.0 {
        discard;
    }
    // In the planet's shadow where the way to the Sun passes through it.
    let towards = dot(vec3(place.at, 0.0), ring.sun);
    let aside = length(vec3(place.at, 0.0) - towards * ring.sun);
    let shadow = select(1.0, smoothstep(ring.planet - 0.01, ring.planet + 0.01, aside), towards < 0.0);
    let light = (0.25 + 0.75 * ring.lit) * (0.06 + 0.94 * shadow);
    let alpha = texel.a * ring.fade;
    return vec4(texel.rgb * light * alpha, alpha);
}
