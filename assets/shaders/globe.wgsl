// A globe, ray-cast per pixel, so that it is as round from two metres above its ground as from
// another planet. All geometry is in "unit space": body-fixed axes, each divided by the radius along
// it, where the ellipsoid is the unit sphere.
//
// Single precision decides how a ray meets the sphere. Near, the camera's height above it is given
// (not the difference of two large lengths) and the quadratic is solved in its stable form. Far, the
// ray is given by its offset from the direction to the centre, so that nothing large is subtracted.

struct Octave {
    // The camera's place in cells of this octave, modulo 256.
    camera_cell: vec3<f32>,
    // Cells a mean radius.
    cells: f32,
}

struct Globe {
    body_from_camera: mat3x3<f32>,
    // Radii over the mean radius; mean radius in metres.
    radii: vec3<f32>,
    mean_radius_m: f32,
    // Unit space: direction from the centre to the camera, height of the camera above the sphere.
    up: vec3<f32>,
    height: f32,
    // Unit space: two directions across `up`.
    across: vec3<f32>,
    is_far: f32,
    along: vec3<f32>,
    // How far the quad reaches on either side, as a tangent in unit space; 0: the whole screen.
    reach: f32,
    sun_in_body: vec3<f32>,
    fade: f32,
    // Colour where there is no map; 1 where there is one.
    tint: vec3<f32>,
    map_weight: f32,
    // Atmosphere: thickness and scale height over the mean radius, strength, 1 for the Earth's.
    air: vec4<f32>,
    air_colour: vec3<f32>,
    // What kind of surface; the program chooses the pipeline by it.
    surface: u32,
    // Earth: the camera's place in the tile, 0..1 from its south-west corner; tiles a radian in longitude
    // and latitude.
    tiles: array<vec4<f32>, 4>,
    tile_count: u32,
    // 1 to draw the grid of latitudes and longitudes; spacing in degrees.
    grid: f32,
    grid_deg: f32,
    night: f32,
    octaves: array<Octave, 8>,
    // Rings: inner and outer radius over the mean radius, 0: none.
    rings: vec2<f32>,
    // Cosine and sine of the camera's longitude; its place on a map of the whole globe, 0..1.
    meridian: vec2<f32>,
    camera_uv: vec2<f32>,
    // 0: lit from everywhere.
    shading: f32,
    pad: f32,
}

// A rotation by no round angle about no axis in particular; the program turns the camera's cells so.
const GRAIN_FROM_BODY = mat3x3<f32>(
    vec3(0.64, 0.48, -0.6), vec3(-0.6, 0.8, 0.0), vec3(0.48, 0.36, 0.8));

// What a pipeline is made for. Everything else is left out of it: a processor that draws in place of
// a graphics card goes through both sides of every branch.
override SURFACE: u32 = ROCK;
override IS_FAR: bool = false;
override HAS_AIR: bool = true;
override HAS_GRID: bool = true;
// Rows of the maps of coasts: of a tile, and of the whole globe.
override TILE_ROWS: f32 = 1024.0;
override WORLD_ROWS: f32 = 2048.0;

// Kinds of surface.
const ROCK: u32 = 0u;
const CLOUDS: u32 = 1u;
const EARTH: u32 = 2u;
const STAR: u32 = 3u;

@group(1) @binding(0) var<storage, read> globe: Globe;
@group(1) @binding(1) var map_texture: texture_2d<f32>;
@group(1) @binding(2) var shape_texture: texture_2d<f32>;
@group(1) @binding(3) var tile_texture: texture_2d_array<f32>;
@group(1) @binding(4) var map_sampler: sampler;
@group(1) @binding(5) var tile_sampler: sampler;

struct Ray {
    @builtin(position) position: vec4<f32>,
    // Far: offset from the direction to the centre. Near: camera-space direction over -z.
    @location(0) at: vec2<f32>,
}

@vertex
fn globe_vertex(@builtin(vertex_index) index: u32) -> Ray {
    let corner = vec2(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    var ray: Ray;
    if IS_FAR {
        ray.at = corner * globe.reach;
        let towards = -globe.up + ray.at.x * globe.across + ray.at.y * globe.along;
        ray.position = clip_from_camera((towards * globe.radii) * globe.body_from_camera);
        // Depth comes from the fragments; here it must only not be clipped.
        ray.position.z = ray.position.w * 0.5;
    } else {
        ray.at = corner * view.tan_half;
        ray.position = vec4(corner, 0.5, 1.0);
    }
    return ray;
}

struct Meeting {
    // From the camera to the point of the ray nearest to the centre, and along it to the sphere.
    direction: vec3<f32>,
    // 1 minus the square of the least distance from the centre: positive where the ray meets it.
    clearance: f32,
    // Where on (or nearest to) the unit sphere.
    point: vec3<f32>,
    // Camera to point, unit space.
    reach: vec3<f32>,
    ahead: bool,
}

// A ray's meeting with the sphere around the centre whose radius is `size` (1: the ground).
fn meet(at: vec2<f32>, size: f32) -> Meeting {
    var m: Meeting;
    if IS_FAR {
        let distance = 1.0 + globe.height;
        let offset = at.x * globe.across + at.y * globe.along;
        let square = dot(at, at);
        let least = distance * sqrt(square / (1.0 + square));
        m.direction = (offset - globe.up) * inverseSqrt(1.0 + square);
        m.clearance = (size - least) * (size + least);
        let back = sqrt(max(m.clearance, 0.0));
        let nearest = distance * (offset + square * globe.up) / (1.0 + square);
        m.point = nearest - back * m.direction;
        m.reach = m.point - distance * globe.up;
        m.ahead = true;
        return m;
    }
    let in_camera = vec3(at, -1.0);
    m.direction = normalize((globe.body_from_camera * in_camera) / globe.radii);
    let distance = 1.0 + globe.height;
    let along = distance * dot(globe.up, m.direction);
    let over = globe.height + 1.0 - size;
    let power = over * (over + 2.0 * size);
    m.clearance = along * along - power;
    let root = sqrt(max(m.clearance, 0.0));
    // From outside the near root, in its stable form; from inside the far one.
    let t = select(root - along, power / (root - along), power > 0.0);
    m.ahead = power <= 0.0 || along < 0.0;
    m.reach = t * m.direction;
    m.point = distance * globe.up + m.reach;
    return m;
}

// How much the clearance of the ground changes from one pixel to the next. Only the interpolated place
// is differentiated: pixels that are there for the derivatives of their neighbours alone, along the
// edges of triangles, read nothing from buffers with Mesa's software drivers.
fn clearance_a_pixel(at: vec2<f32>, direction: vec3<f32>) -> f32 {
    let right = dpdx(at);
    let below = dpdy(at);
    let distance = 1.0 + globe.height;
    if IS_FAR {
        let spread = 1.0 + dot(at, at);
        let slope = at * (2.0 * distance * distance / (spread * spread));
        return abs(dot(slope, right)) + abs(dot(slope, below));
    }
    let sine = dot(globe.up, direction);
    let ray = (globe.body_from_camera * vec3(at, -1.0)) / globe.radii;
    let slope = (globe.up - sine * direction) * (2.0 * distance * distance * sine / length(ray));
    return abs(dot(slope, (globe.body_from_camera * vec3(right, 0.0)) / globe.radii))
        + abs(dot(slope, (globe.body_from_camera * vec3(below, 0.0)) / globe.radii));
}

struct Pixel {
    @location(0) colour: vec4<f32>,
    @builtin(frag_depth) depth: f32,
}

fn depth_of(reach: vec3<f32>) -> f32 {
    let in_camera_z = dot(reach * globe.radii, vec3(
        globe.body_from_camera[2].x, globe.body_from_camera[2].y, globe.body_from_camera[2].z));
    return clamp(NEAR_M / (max(-in_camera_z, 1e-12) * globe.mean_radius_m), 0.0, 1.0);
}

// How far a place lies east and north of the camera, radians. Near the ground single precision knows
// longitudes to a metre only, but differences of them to far less.
fn from_camera(reach: vec3<f32>) -> vec2<f32> {
    let camera = (1.0 + globe.height) * globe.up * globe.radii;
    let way = reach * globe.radii;
    let camera_out = length(camera.xy);
    let out = dot(globe.meridian, way.xy);
    let aside = globe.meridian.x * way.y - globe.meridian.y * way.x;
    let place_out = length(vec2(camera_out + out, aside));
    let farther_out = (2.0 * camera_out * out + dot(way.xy, way.xy)) / max(camera_out + place_out, 1e-20);
    let north = way.z * camera_out - camera.z * farther_out;
    return vec2(
        atan2(aside, camera_out + out),
        atan2(north, camera_out * place_out + camera.z * (camera.z + way.z)));
}

// A place on a map of the whole globe.
fn map_uv(body: vec3<f32>, offset: vec2<f32>) -> vec2<f32> {
    if IS_FAR {
        let longitude = atan2(body.y, body.x);
        let latitude = atan2(body.z, length(body.xy));
        return vec2(longitude / (2.0 * PI) + 0.5, 0.5 - latitude / PI);
    }
    return globe.camera_uv + offset * vec2(0.5 / PI, -1.0 / PI);
}

fn shade_rock(body: vec3<f32>, normal: vec3<f32>, m: Meeting, footprint: f32) -> vec3<f32> {
    var albedo = globe.tint;
    var lit_normal = normal;
    if globe.map_weight > 0.5 {
        let size = vec2<f32>(textureDimensions(map_texture));
        let uv = map_uv(body, from_camera(m.reach));
        let lod = log2(max(footprint * size.y / PI, 1.0));
        let texel = textureSampleLevel(map_texture, map_sampler, uv, lod);
        albedo = texel.rgb;
        if SURFACE == ROCK {
            albedo *= 1.0 + 0.30 * grain(m.reach);
            let stride = exp2(lod) / size;
            let east_height = textureSampleLevel(map_texture, map_sampler, uv + vec2(stride.x, 0.0), lod).a;
            let north_height = textureSampleLevel(map_texture, map_sampler, uv - vec2(0.0, stride.y), lod).a;
            let east = normalize(vec3(-body.y, body.x, 1e-6));
            let north = cross(normal, east);
            let flatten = max(length(body.xy), 0.15);
            let rise = vec2(east_height - texel.a, (north_height - texel.a) * flatten) / exp2(lod) * 6.0;
            lit_normal = normalize(normal - east * rise.x - north * rise.y);
        }
    }
    if globe.shading < 0.5 {
        return albedo;
    }
    let sun = dot(lit_normal, globe.sun_in_body);
    let facing = dot(normal, globe.sun_in_body);
    let softness = select(0.03, 0.15, SURFACE == CLOUDS);
    let light = max(sun, 0.0) * soft_step(facing, softness) + 0.35 * soft_step(facing, softness) * step(0.0, sun) * 0.2;
    return albedo * (light * 1.35 + 0.012);
}

struct Shape { land: f32, lake: f32, river: f32, ice: f32, sharp: f32 }

// Coast, lakes, rivers and ice at a place, from the finest tiles that cover it.
fn earth_shape(uv: vec2<f32>, offset: vec2<f32>, footprint: f32) -> Shape {
    var s = vec4(0.0);
    var texels = 0.0;
    var left = 1.0;
    var n = globe.tile_count;
    loop {
        if n == 0u { break; }
        let tile = globe.tiles[n - 1u];
        var place = tile.xy + offset * tile.zw;
        let around = 2.0 * PI * tile.z;
        place = vec2(place.x - around * floor(place.x / around), 1.0 - place.y);
        let inside = min(min(place.x, 1.0 - place.x), min(place.y, 1.0 - place.y));
        if inside > 0.0 {
            let tile_texels = footprint * tile.w * TILE_ROWS;
            let lod = log2(max(tile_texels, 1.0));
            let weight = left * smoothstep(0.0, 0.06, inside);
            s += weight * textureSampleLevel(tile_texture, tile_sampler, place, n - 1u, lod);
            texels += weight * tile_texels;
            left -= weight;
        }
        continuing {
            n -= 1u;
            break if n == 0u || left <= 0.0;
        }
    }
    if left > 0.0 {
        let world_texels = footprint * WORLD_ROWS / PI;
        s += left * textureSampleLevel(shape_texture, map_sampler, uv, log2(max(world_texels, 1.0)));
        texels += left * world_texels;
    }
    let sharp = clamp(texels, 0.7, 7.5) / 16.0;
    var shape: Shape;
    shape.land = soft_step(s.r - 0.502, sharp);
    shape.lake = soft_step(s.g - 0.502, sharp);
    shape.river = s.b;
    shape.ice = soft_step(s.a - 0.502, min(sharp * 2.0, 0.47));
    shape.sharp = s.r;
    return shape;
}

// Grain of the ground: octaves that stay put under a camera at any height. Their lattice stands at an
// angle to the body's axes, so that its planes run along no meridian.
fn grain(reach: vec3<f32>) -> f32 {
    let reach_length = length(reach);
    let turned = GRAIN_FROM_BODY * (reach * globe.radii);
    let pixel = reach_length * view.pixel_angle;
    // Too fine to see, too coarse to matter, or too far for its own precision: left out.
    let coarsest = 0.0012 / pixel;
    let finest = min(0.22 / pixel, 2e4 / reach_length);
    var first = 0u;
    var end = 0u;
    for (var i = 0; i < 8; i++) {
        let cells = globe.octaves[i].cells;
        first += select(0u, 1u, cells <= coarsest);
        end += select(0u, 1u, cells < finest);
    }
    var sum = 0.0;
    var i = min(first, 7u);
    loop {
        let octave = globe.octaves[i];
        let fine = 1.0 - smoothstep(0.05, 0.22, pixel * octave.cells);
        let coarse = smoothstep(0.0012, 0.004, pixel * octave.cells);
        let exact = 1.0 - smoothstep(2e3, 2e4, reach_length * octave.cells);
        sum += noise3(octave.camera_cell + turned * octave.cells) * (fine * coarse * exact * 1.3);
        continuing {
            i += 1u;
            break if i >= end;
        }
    }
    return sum;
}

// The 160th power.
fn glint(cosine: f32) -> f32 {
    let square = cosine * cosine;
    let fourth = square * square;
    let eighth = fourth * fourth;
    let thirty_second = eighth * eighth * eighth * eighth;
    let sixty_fourth = thirty_second * thirty_second;
    return sixty_fourth * sixty_fourth * thirty_second;
}

fn shade_earth(body: vec3<f32>, normal: vec3<f32>, m: Meeting, footprint: f32) -> vec3<f32> {
    let offset = from_camera(m.reach);
    let uv = map_uv(body, offset);
    let map_size = vec2<f32>(textureDimensions(map_texture));
    let climate = textureSampleLevel(map_texture, map_sampler, uv, log2(max(footprint * map_size.y / PI, 1.0)));
    let shape = earth_shape(uv, offset, footprint);
    let rough = grain(m.reach);
    var land = climate.rgb * (1.0 + 0.34 * rough);
    land = mix(land, vec3(0.80, 0.86, 0.92), shape.ice * 0.9);
    let shelf = smoothstep(0.0, 0.5, shape.sharp) * 0.5 + climate.a * 0.5;
    let sea = mix(vec3(0.004, 0.022, 0.075), vec3(0.012, 0.075, 0.14), shelf) * (1.0 + 0.08 * rough);
    let fresh = vec3(0.01, 0.05, 0.10);
    let water = max(shape.lake, shape.river * 0.85);
    var albedo = mix(mix(sea, vec3(0.80, 0.86, 0.92), shape.ice), mix(land, fresh, water), shape.land);
    let facing = select(0.8, dot(normal, globe.sun_in_body), globe.shading > 0.5);
    let day = soft_step(facing + 0.02, 0.12);
    var colour = albedo * (max(facing, 0.0) * 1.25 + 0.10 * day);
    // The Sun's glint on open water.
    let wet = (1.0 - shape.land * (1.0 - water)) * (1.0 - shape.ice);
    let half_way = normalize(globe.sun_in_body - normalize(m.direction * globe.radii));
    colour += vec3(1.0, 0.9, 0.75) * wet * day * globe.shading * 0.22 * glint(max(dot(normal, half_way), 0.0));
    // By night the continents stay just readable, as a presenter needs them.
    colour += albedo * vec3(0.055, 0.070, 0.105) * globe.night * (1.0 - day);
    return colour;
}

// Lines of latitude and longitude, about a pixel wide at any distance.
fn grid_line(body: vec3<f32>, footprint: f32) -> f32 {
    let degrees = vec2(atan2(body.y, body.x), atan2(body.z, length(body.xy))) * 180.0 / PI;
    let across = vec2(footprint / max(length(body.xy), 0.02), footprint) * 180.0 / PI;
    let off = abs(fract(degrees / globe.grid_deg + 0.5) - 0.5) * globe.grid_deg;
    let line = 1.0 - smoothstep(across * 0.6, across * 1.6, off);
    return max(line.x, line.y) * globe.grid;
}

// Light scattered in the air along the ray, and how much of what lies behind it comes through.
// Single scattering in an exponential atmosphere, a few steps.
fn air_light(at: vec2<f32>, ground: Meeting, hits_ground: bool) -> vec4<f32> {
    let shell = meet(at, 1.0 + globe.air.x);
    if shell.clearance <= 0.0 || !shell.ahead {
        return vec4(0.0, 0.0, 0.0, 1.0);
    }
    let camera = (1.0 + globe.height) * globe.up;
    let inside = globe.height < globe.air.x;
    let start = select(dot(shell.reach, shell.direction), 0.0, inside);
    var end = start + 2.0 * sqrt(shell.clearance);
    if inside {
        end = dot(shell.reach, shell.direction);
    }
    if hits_ground {
        end = dot(ground.reach, ground.direction);
    }
    // The way down through the air is short and even, the way along its rim is neither.
    let steps = select(6, 3, hits_ground);
    let stride = (end - start) / f32(steps);
    let direction = shell.direction;
    let thinning = 1.0 / globe.air.y;
    let slab = stride * thinning;
    let sun_unit = normalize(globe.sun_in_body / globe.radii);
    let cosine = dot(normalize(direction * globe.radii), globe.sun_in_body);
    let rayleigh = 0.75 * (1.0 + cosine * cosine);
    let square = max(cosine, 0.0) * max(cosine, 0.0);
    let eighth = square * square * square * square;
    let forward = 0.25 * eighth * eighth * eighth;
    let lost = 0.25 * globe.air_colour;
    var light = vec3(0.0);
    var depth = 0.0;
    var through_before = vec3(1.0);
    var i = 0;
    loop {
        let t = start + (f32(i) + 0.5) * stride;
        let p = camera + t * direction;
        let radius = length(p);
        let density = exp(-max(radius - 1.0, 0.0) * thinning);
        let thickness = density * slab;
        // What a step adds is told exactly, however thick the air in it: by its middle alone, the blue of
        // long ways would be lost and the horizon green.
        depth += thickness;
        let through_after = exp(-lost * depth);
        let sun_height = dot(p / radius, sun_unit);
        // The lower the Sun, the redder what reaches this point; what a high Sun loses is in the colour.
        let sunlight = soft_step(sun_height + 0.09, 0.13);
        let slant = max(1.0 / max(sun_height + 0.16, 0.03) - 1.0, 0.0);
        let reddened = exp(-globe.air_colour * (density * slant * 0.35));
        light += (through_before - through_after) / lost * sunlight * reddened;
        through_before = through_after;
        continuing {
            i += 1;
            break if i >= steps;
        }
    }
    let glow = light * (globe.air_colour * rayleigh + vec3(forward)) * globe.air.z;
    let through = exp(-depth * globe.air.z * 0.35);
    return vec4(glow, through);
}

fn ring_shadow(body: vec3<f32>) -> f32 {
    if globe.rings.y <= 0.0 || abs(globe.sun_in_body.z) < 1e-4 {
        return 1.0;
    }
    let t = -body.z / globe.sun_in_body.z;
    let r = length(body.xy + t * globe.sun_in_body.xy);
    let within = smoothstep(globe.rings.x, globe.rings.x + 0.08, r) * (1.0 - smoothstep(globe.rings.y - 0.02, globe.rings.y, r));
    let division = 1.0 - 0.7 * smoothstep(0.015, 0.005, abs(r - 2.06));
    return 1.0 - 0.75 * within * division * step(0.0, t);
}

@fragment
fn globe_fragment(ray: Ray) -> Pixel {
    let ground = meet(ray.at, 1.0);
    var pixel: Pixel;
    // How much of the pixel the globe covers: its edge is soft over one pixel.
    var cover = clamp(ground.clearance / max(clearance_a_pixel(ray.at, ground.direction), 1e-20) + 0.5, 0.0, 1.0);
    cover *= select(0.0, 1.0, ground.ahead);
    let reach_length = length(ground.reach * globe.radii);
    var colour = vec3(0.0);
    if cover > 0.0 {
        let body = normalize(ground.point) * globe.radii;
        let normal = normalize(ground.point / globe.radii);
        let slant = max(abs(dot(normal, normalize(ground.direction * globe.radii))), 0.06);
        let footprint = reach_length * view.pixel_angle / sqrt(slant);
        if SURFACE == EARTH {
            colour = shade_earth(body, normal, ground, footprint);
        } else if SURFACE == STAR {
            let facing = abs(dot(normal, normalize(ground.direction * globe.radii)));
            colour = globe.tint * (0.55 + 0.75 * sqrt(facing));
        } else {
            colour = shade_rock(body, normal, ground, footprint) * ring_shadow(body);
        }
        if HAS_GRID {
            let line = grid_line(body, footprint);
            colour = mix(colour, vec3(0.55, 0.75, 0.95) * 0.6, line * 0.55);
        }
    }
    var alpha = cover;
    if HAS_AIR {
        let air = air_light(ray.at, ground, cover > 0.5);
        colour = colour * cover * air.a + air.rgb;
        // Seen from within, daylight hides the stars.
        let glow = max(air.r, max(air.g, air.b));
        alpha = max(cover, clamp(max(1.0 - air.a, glow * 6.0), 0.0, 1.0));
    } else {
        colour *= cover;
    }
    colour = colour / (1.0 + max(max(colour.r, colour.g), colour.b) * 0.12);
    pixel.colour = vec4(colour, alpha) * globe.fade;
    pixel.depth = select(0.0, depth_of(ground.reach), cover > 0.5);
    if alpha <= 0.0 {
        discard;
    }
    return pixel;
}
