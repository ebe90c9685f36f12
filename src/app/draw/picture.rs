//! A picture before it is painted: everything that one view shows at one moment, as plain numbers
//! in the layouts the shaders read. Made by `compose`, painted by `painter`; it knows neither the
//! scene nor the GPU.

use bytemuck::{Pod, Zeroable};
use skyreel_geo::looks::Look;

use super::stock::{TILE_SIZE, WORLD_HEIGHT};

/// One view at one moment, ready to be painted.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What all shaders share.
    pub view: ViewUniform,
    /// Globes from the farthest to the nearest.
    pub globes: Vec<GlobeDraw>,
    /// Windows on the Earth's coasts, coarsest first.
    pub tiles: Vec<TileWindow>,
    /// Lines behind everything: constellation figures.
    pub far_lines: Vec<Segment>,
    /// Lines among the globes: trails.
    pub lines: Vec<Segment>,
    /// Lights behind all globes.
    pub far_sprites: Vec<Sprite>,
    /// Lights and letters in front.
    pub near_sprites: Vec<Sprite>,
}

/// A globe to be painted.
#[derive(Clone, Debug)]
pub struct GlobeDraw {
    /// Its numbers.
    pub uniform: GlobeUniform,
    /// Its map; `None` for one of plain colour.
    pub map: Option<GlobeMap>,
    /// Its rings.
    pub rings: Option<RingUniform>,
}

/// What decides which of the shader's parts a globe needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobeKind {
    /// One of the `SURFACE_*` numbers.
    pub surface: u32,
    /// Whether it is seen from afar.
    pub is_far: bool,
    /// Whether it has air.
    pub has_air: bool,
    /// Whether its grid is shown.
    pub has_grid: bool,
}

impl GlobeKind {
    /// What the `override`s of `globe.wgsl` are set to for globes of this kind.
    pub fn constants(self) -> [(&'static str, f64); 6] {
        let flag = |is_set: bool| f64::from(u8::from(is_set));
        [
            ("SURFACE", f64::from(self.surface)),
            ("IS_FAR", flag(self.is_far)),
            ("HAS_AIR", flag(self.has_air)),
            ("HAS_GRID", flag(self.has_grid)),
            ("TILE_ROWS", f64::from(TILE_SIZE)),
            ("WORLD_ROWS", f64::from(WORLD_HEIGHT)),
        ]
    }
}

impl GlobeDraw {
    /// What kind of globe this is.
    pub fn kind(&self) -> GlobeKind {
        GlobeKind {
            surface: self.uniform.surface,
            is_far: self.uniform.is_far > 0.5,
            has_air: self.uniform.air[2] > 0.0,
            has_grid: self.uniform.grid > 0.0,
        }
    }
}

/// Which map a globe is covered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GlobeMap {
    /// Climates, with coasts drawn over them.
    Earth,
    /// A baked map.
    Baked(Look),
}

/// A window on the Earth's coasts in more detail than the map of the world. Degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TileWindow {
    /// West edge, −180..180.
    pub west_deg: f64,
    /// South edge.
    pub south_deg: f64,
    /// Width; height is half of it or the same.
    pub width_deg: f64,
    /// Height.
    pub height_deg: f64,
}

/// `View` of `view.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct ViewUniform {
    /// Columns, each padded.
    pub world_from_camera: [[f32; 4]; 3],
    /// Tangents of half the field of view.
    pub tan_half: [f32; 2],
    /// Size of the picture, pixels.
    pub viewport_px: [f32; 2],
    /// The camera from the barycentre, parsecs.
    pub camera_pc: [f32; 3],
    /// 0 hides the stars.
    pub stars_gain: f32,
    /// 0 hides the Milky Way from within.
    pub band_gain: f32,
    /// 0 hides the Milky Way from outside.
    pub galaxy_gain: f32,
    /// 0 hides the quasars.
    pub quasars_gain: f32,
    /// Height of a pixel in the middle of the picture, radians.
    pub pixel_angle: f32,
}

/// `Globe` of `globe.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct GlobeUniform {
    /// Columns, each padded.
    pub body_from_camera: [[f32; 4]; 3],
    /// Radii over the mean radius.
    pub radii: [f32; 3],
    /// Mean radius, metres.
    pub mean_radius_m: f32,
    /// Centre to camera, unit space.
    pub up: [f32; 3],
    /// Height of the camera over the unit sphere.
    pub height: f32,
    /// Across `up`.
    pub across: [f32; 3],
    /// 1: seen from afar.
    pub is_far: f32,
    /// Across both.
    pub along: [f32; 3],
    /// Reach of the quad, a tangent.
    pub reach: f32,
    /// Towards the Sun.
    pub sun_in_body: [f32; 3],
    /// 0 hides the globe.
    pub fade: f32,
    /// Plain colour, linear.
    pub tint: [f32; 3],
    /// 1: there is a map.
    pub map_weight: f32,
    /// Thickness, scale height, strength, unused.
    pub air: [f32; 4],
    /// Colour of the air, linear.
    pub air_colour: [f32; 3],
    /// One of the `SURFACE_*` numbers.
    pub surface: u32,
    /// The camera's place, 0..1 from the south-west corner; tiles a radian in longitude and latitude.
    pub tiles: [[f32; 4]; MAX_TILES],
    /// How many tiles.
    pub tile_count: u32,
    /// Weight of the grid of latitudes and longitudes.
    pub grid: f32,
    /// Spacing of the grid, degrees.
    pub grid_deg: f32,
    /// How readable the night side is.
    pub night: f32,
    /// Camera's cell, cells a mean radius.
    pub octaves: [[f32; 4]; 8],
    /// Inner and outer radius of rings that cast shadows.
    pub rings: [f32; 2],
    /// Cosine and sine of the camera's longitude.
    pub meridian: [f32; 2],
    /// The camera's place on a map of the whole globe, from its north-west corner.
    pub camera_uv: [f32; 2],
    /// 0: lit from everywhere.
    pub shading: f32,
    /// Padding.
    pub pad: f32,
}

/// Bare ground with relief.
pub const SURFACE_ROCK: u32 = 0;
/// Clouds, without relief.
pub const SURFACE_CLOUDS: u32 = 1;
/// The Earth.
pub const SURFACE_EARTH: u32 = 2;
/// Shines itself.
pub const SURFACE_STAR: u32 = 3;

/// The most windows on the Earth's coasts at once.
pub const MAX_TILES: usize = 4;

/// `Ring` of `ring.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct RingUniform {
    /// From the camera, scaled.
    pub centre: [f32; 3],
    /// Scale of the three vectors.
    pub scale: f32,
    /// One outer radius across, scaled.
    pub across: [f32; 3],
    /// Inner over outer radius.
    pub inner: f32,
    /// One outer radius along, scaled.
    pub along: [f32; 3],
    /// Unused.
    pub outer: f32,
    /// Towards the Sun in ring axes.
    pub sun: [f32; 3],
    /// Planet's radius over the outer radius.
    pub planet: f32,
    /// 1: the camera is on the lit side.
    pub lit: f32,
    /// 0 hides the rings.
    pub fade: f32,
    /// Padding.
    pub pad: [f32; 2],
}

/// A line between two points, camera space.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Segment {
    /// One end.
    pub from: [f32; 3],
    /// Width, pixels.
    pub width_px: f32,
    /// The other end.
    pub to: [f32; 3],
    /// Padding.
    pub pad: f32,
    /// Premultiplied, linear.
    pub from_colour: [f32; 4],
    /// Premultiplied, linear.
    pub to_colour: [f32; 4],
}

/// Something flat on the screen.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Sprite {
    /// From the top left corner, pixels.
    pub middle_px: [f32; 2],
    /// Half its size, pixels.
    pub half_px: [f32; 2],
    /// Top left in the atlas, 0..1.
    pub uv_from: [f32; 2],
    /// Bottom right in the atlas.
    pub uv_to: [f32; 2],
    /// Premultiplied, linear.
    pub colour: [f32; 4],
    /// One of the `SPRITE_*` numbers.
    pub kind: f32,
}

/// A letter from the atlas.
pub const SPRITE_LETTER: f32 = 0.0;
/// A round light.
pub const SPRITE_DOT: f32 = 1.0;
/// The glow of a star nearby.
pub const SPRITE_GLOW: f32 = 2.0;
