// Lines of a few pixels' width: trails and constellation figures. End points are in camera space.

struct Segment {
    @location(0) start: vec3<f32>,
    @location(1) width_px: f32,
    @location(2) end: vec3<f32>,
    @location(3) pad: f32,
    @location(4) start_colour: vec4<f32>,
    @location(5) end_colour: vec4<f32>,
}

struct Corner {
    @builtin(position) position: vec4<f32>,
    @location(0) across: f32,
    @location(1) colour: vec4<f32>,
    @location(2) width_px: f32,
}

@vertex
fn line_vertex(@builtin(vertex_index) index: u32, segment: Segment) -> Corner {
    let end = f32(index & 1u);
    let side = f32(index >> 1u) * 2.0 - 1.0;
    var corner: Corner;
    // What lies behind the camera is cut off at a plane just before it.
    let limit = -1e-4 * max(length(segment.start), length(segment.end));
    var a = segment.start;
    var b = segment.end;
    if a.z > limit && b.z > limit {
        corner.position = vec4(2.0, 2.0, 0.0, 1.0);
        return corner;
    }
    if a.z > limit { a = mix(b, a, (limit - b.z) / (a.z - b.z)); }
    if b.z > limit { b = mix(a, b, (limit - a.z) / (b.z - a.z)); }
    let clip_a = clip_from_camera(a);
    let clip_b = clip_from_camera(b);
    let screen_a = clip_a.xy / clip_a.w * view.viewport_px;
    let screen_b = clip_b.xy / clip_b.w * view.viewport_px;
    var direction = screen_b - screen_a;
    direction = select(vec2(1.0, 0.0), normalize(direction), dot(direction, direction) > 1e-12);
    let half_px = segment.width_px * 0.5 + 1.0;
    let normal = vec2(-direction.y, direction.x) * side * half_px * 2.0 / view.viewport_px;
    corner.position = select(clip_a, clip_b, end > 0.5);
    corner.position += vec4(normal * corner.position.w, 0.0, 0.0);
    corner.across = side * half_px;
    corner.width_px = segment.width_px;
    corner.colour = mix(segment.start_colour, segment.end_colour, end);
    return corner;
}

@fragment
fn line_fragment(corner: Corner) -> @location(0) vec4<f32> {
    let cover = clamp(corner.width_px * 0.5 + 0.5 - abs(corner.across), 0.0, 1.0);
    return corner.colour * cover;
}
