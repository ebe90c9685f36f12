// The Milky Way as it looks from within: a map of its light over the whole sky, galactic axes.

@group(1) @binding(0) var band_texture: texture_2d<f32>;
@group(1) @binding(1) var band_sampler: sampler;

struct Ray {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
}

@vertex
fn band_vertex(@builtin(vertex_index) index: u32) -> Ray {
    let corner = vec2(f32(index & 1u), f32(index >> 1u)) * 4.0 - 1.0;
    var ray: Ray;
    ray.position = vec4(corner, 0.0, 1.0);
    ray.at = corner * view.tan_half;
    return ray;
}

@fragment
fn band_fragment(ray: Ray) -> @location(0) vec4<f32> {
    let d = normalize(view.world_from_camera * vec3(ray.at, -1.0));
    let uv = vec2(atan2(d.y, d.x) / (2.0 * PI) + 0.5, 0.5 - asin(clamp(d.z, -1.0, 1.0)) / PI);
    let light = textureSampleLevel(band_texture, band_sampler, uv, 0.0).rgb;
    return vec4(light * view.band_gain, 0.0);
}
