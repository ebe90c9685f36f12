// Flat things at a place on the screen: letters, the glow of the Sun, planets too far to be discs.

struct Sprite {
    // Middle and half size, pixels from the top left corner.
    @location(0) middle_px: vec2<f32>,
    @location(1) half_px: vec2<f32>,
    // Where in the atlas, 0..1; for glows unused.
    @location(2) uv_from: vec2<f32>,
    @location(3) uv_to: vec2<f32>,
    // Premultiplied.
    @location(4) colour: vec4<f32>,
    // 0: a letter, 1: a dot, 2: the Sun's glow.
    @location(5) kind: f32,
}

@group(1) @binding(0) var atlas: texture_2d<f32>;
@group(1) @binding(1) var atlas_sampler: sampler;

struct Corner {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
    @location(1) uv: vec2<f32>,
    @location(2) colour: vec4<f32>,
    @location(3) kind: f32,
}

@vertex
fn sprite_vertex(@builtin(vertex_index) index: u32, sprite: Sprite) -> Corner {
    let corner = vec2(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let px = sprite.middle_px + corner * sprite.half_px;
    var out: Corner;
    out.position = vec4(px.x / view.viewport_px.x * 2.0 - 1.0, 1.0 - px.y / view.viewport_px.y * 2.0, 0.0, 1.0);
    out.at = corner;
    out.uv = mix(sprite.uv_from, sprite.uv_to, corner * 0.5 + 0.5);
    out.colour = sprite.colour;
    out.kind = sprite.kind;
    return out;
}

@fragment
fn sprite_fragment(corner: Corner) -> @location(0) vec4<f32> {
    // Thin strokes on black look thinner than they are; this gives their weight back.
    let letter = pow(textureSampleLevel(atlas, atlas_sampler, corner.uv, 0.0).r, 0.7);
    let r = length(corner.at);
    let dot_light = exp(-r * r * 4.5) * max(1.0 - r, 0.0);
    let rays = 0.75 + 0.25 * cos(atan2(corner.at.y, corner.at.x) * 6.0);
    let glow = (0.020 / (r * r + 0.020)) * max(1.0 - r, 0.0) * mix(1.0, rays, smoothstep(0.02, 0.3, r));
    let weight = select(select(glow, dot_light, corner.kind < 1.5), letter, corner.kind < 0.5);
    return corner.colour * weight;
}
