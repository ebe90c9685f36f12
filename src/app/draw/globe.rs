//! The numbers that `globe.wgsl` and `ring.wgsl` need of a globe, worked out in f64.

use glam::{DMat3, DVec2, DVec3};
use skyreel_core::pose::NodeName;
use skyreel_geo::looks::Look;
use skyreel_sky::NodeId;
use skyreel_sky::Place;
use skyreel_sky::renderable::Look as SceneLook;

use super::compose::{Lens, columns, smoothstep};
use super::picture::{
    GlobeDraw, GlobeMap, GlobeUniform, MAX_TILES, RingUniform, SURFACE_CLOUDS, SURFACE_EARTH,
    SURFACE_ROCK, SURFACE_STAR, TileWindow,
};

/// From how many radii away a ray is given by its offset from the centre.
const FAR_RADII: f64 = 4.0;

/// Sizes of the windows on the Earth's coasts, degrees, coarsest first.
const TILE_SIZES_DEG: [f64; MAX_TILES] = [90.0, 24.0, 6.0, 1.5];

/// Lengths of the grain of the ground, metres.
const GRAIN_M: [f64; 8] = [90_000.0, 24_000.0, 6_000.0, 1_500.0, 370.0, 90.0, 20.0, 4.0];

/// `GRAIN_FROM_BODY` of `globe.wgsl`.
const GRAIN_FROM_BODY: DMat3 = DMat3::from_cols(
    DVec3::new(0.64, 0.48, -0.6),
    DVec3::new(-0.6, 0.8, 0.0),
    DVec3::new(0.48, 0.36, 0.8),
);

/// Height in which the air thins to 1/e, over the thickness of the shell that is drawn.
const AIR_SCALE: f64 = 0.14;

/// Below this height (over the radius) a camera is inside a globe, not on its ground: recordings made
/// over terrain or on a rounder globe may be a little below the ellipsoid.
const DEEPEST: f64 = 0.99;
/// The least height over the ground that a camera is drawn at, metres.
const LEAST_HEIGHT_M: f64 = 1.5;

/// How far beyond the picture the ground must reach to fill it, pixels.
const EDGE_PX: f64 = 8.0;

/// Light that a vertical column of air scatters, to the eye's taste.
const AIR_STRENGTH: f64 = 0.085;

/// A globe as a camera sees it.
pub struct GlobeView {
    /// Which node.
    pub id: NodeId,
    /// The node's name.
    pub name: NodeName,
    /// What it looks like.
    pub look: SceneLook,
    /// Its mean colour, sRGB.
    pub colour: (f32, f32, f32),
    /// Whether it has a night side.
    pub shading: bool,
    /// Radii along its axes, metres.
    pub radii_m: DVec3,
    /// Camera to centre, world axes, metres.
    pub from_camera_m: DVec3,
    /// Its axes.
    pub world_from_body: DMat3,
    /// Centre to Sun, world axes, metres.
    pub to_sun_m: DVec3,
    /// How much it is there, 0..1.
    pub fade: f64,
    /// Height of its air (metres), colour, strength.
    pub air: Option<(f64, (f32, f32, f32), f64)>,
    /// Spacing of its grid (degrees), strength.
    pub grid: Option<(f64, f64)>,
    /// Its rings.
    pub rings: Option<RingUniform>,
}

impl GlobeView {
    /// Mean of the three radii, metres.
    pub fn mean_radius_m(&self) -> f64 {
        self.radii_m.element_sum() / 3.0
    }

    /// Its radius on the screen, pixels; infinite from within.
    pub fn radius_px(&self, lens: &Lens<'_>) -> f64 {
        let sine = self.mean_radius_m() / self.from_camera_m.length();
        if sine >= 1.0 { f64::INFINITY } else { sine.asin().tan() / lens.pixel_angle }
    }

    /// The camera from the centre, in the body's own axes, metres.
    pub fn camera_in_body_m(&self) -> DVec3 {
        self.world_from_body.transpose() * -self.from_camera_m
    }

    /// Whether the camera is deep inside it, where there is nothing to see of it: bodies that a
    /// scene puts into the Sun are seen as if it were not there, as OpenSpace shows them.
    pub fn is_around_camera(&self) -> bool {
        (self.camera_in_body_m() / self.radii_m).length() < DEEPEST
    }

    /// Whether nothing but this globe, as solid as can be, is seen through a lens: the corners of the
    /// picture, and with them all between, show its ground.
    pub fn fills(&self, lens: &Lens<'_>) -> bool {
        let from_centre = self.camera_in_body_m() / self.radii_m;
        let over = from_centre.length_squared() - 1.0;
        if self.fade < 1.0 || over <= 0.0 || self.is_around_camera() {
            return false;
        }
        let body_from_camera =
            self.world_from_body.transpose() * lens.camera_from_world.transpose();
        // A little beyond the corners, because the edge of a globe is soft over a pixel.
        let reach = lens.tan_half * (1.0 + EDGE_PX / lens.viewport_px);
        [DVec2::ONE, DVec2::NEG_ONE, DVec2::new(1.0, -1.0), DVec2::new(-1.0, 1.0)].iter().all(
            |side| {
                let in_camera = (reach * *side).extend(-1.0);
                let direction = (body_from_camera * in_camera / self.radii_m).normalize();
                let along = from_centre.dot(direction);
                along < 0.0 && along * along > over
            },
        )
    }

    /// Whether the way from the camera to a point is blocked by this globe.
    pub fn hides(&self, point_from_camera_m: DVec3) -> bool {
        let distance_m = point_from_camera_m.length();
        let direction = point_from_camera_m / distance_m;
        let along_m = self.from_camera_m.dot(direction);
        let aside_m = (self.from_camera_m - direction * along_m).length();
        // The centre of a globe is not hidden by the globe itself.
        along_m > 0.0 && aside_m < self.mean_radius_m() && along_m < distance_m * (1.0 - 1e-9)
    }
}

/// Everything to paint a globe, and the windows on its coasts that it wants.
pub fn globe_draw(globe: &GlobeView, lens: &Lens<'_>, tiles: &mut Vec<TileWindow>) -> GlobeDraw {
    let mean_m = globe.mean_radius_m();
    let radii = globe.radii_m / mean_m;
    let camera_in_body_m = globe.camera_in_body_m();
    let unit = camera_in_body_m / globe.radii_m;
    let distance = unit.length();
    let height = (distance - 1.0).max(LEAST_HEIGHT_M / mean_m);
    let up = unit.try_normalize().unwrap_or(DVec3::Z);
    let (across, along) = up.any_orthonormal_pair();
    let (air_top, air, air_colour) = match globe.air {
        Some((height_m, colour, strength)) => {
            let top = height_m / mean_m;
            (top, [top, top * AIR_SCALE, AIR_STRENGTH * strength, 0.0], linear(colour))
        }
        None => (0.0, [0.0; 4], [0.0; 3]),
    };
    let is_far = distance > FAR_RADII;
    let size = 1.0 + air_top;
    let reach = size / (distance * distance - size * size).max(1e-12).sqrt();
    let margin = 2.0 * lens.pixel_angle / radii.min_element();
    let map = map_of(globe);
    let place = Place::of(camera_in_body_m, globe.radii_m.to_array());
    let (sine, cosine) = place.longitude_deg.to_radians().sin_cos();
    let is_earth = map == Some(GlobeMap::Earth);
    let mut uniform = GlobeUniform {
        body_from_camera: columns(
            globe.world_from_body.transpose() * lens.camera_from_world.transpose(),
        ),
        radii: radii.as_vec3().to_array(),
        mean_radius_m: mean_m as f32,
        up: up.as_vec3().to_array(),
        height: height as f32,
        across: across.as_vec3().to_array(),
        is_far: f32::from(u8::from(is_far)),
        along: along.as_vec3().to_array(),
        reach: if is_far { (reach * 1.02 + margin) as f32 } else { 0.0 },
        sun_in_body: (globe.world_from_body.transpose() * globe.to_sun_m.normalize_or(DVec3::X))
            .as_vec3()
            .to_array(),
        fade: globe.fade as f32,
        tint: linear(globe.colour),
        map_weight: f32::from(u8::from(map.is_some())),
        air: air.map(|v| v as f32),
        air_colour,
        surface: surface_of(globe),
        grid: globe.grid.map_or(0.0, |(_, strength)| strength as f32),
        grid_deg: globe.grid.map_or(15.0, |(step, _)| step as f32),
        night: 1.0,
        shading: f32::from(u8::from(globe.shading)),
        octaves: GRAIN_M.map(|length_m| {
            let cell = GRAIN_FROM_BODY * camera_in_body_m / length_m;
            let wrap = |v: f64| v.rem_euclid(256.0) as f32;
            [wrap(cell.x), wrap(cell.y), wrap(cell.z), (mean_m / length_m) as f32]
        }),
        rings: globe.rings.map_or([0.0; 2], |ring| {
            let outer = 1.0 / ring.planet;
            [ring.inner * outer, outer]
        }),
        meridian: [cosine as f32, sine as f32],
        camera_uv: [
            (place.longitude_deg / 360.0 + 0.5) as f32,
            (0.5 - place.latitude_deg / 180.0) as f32,
        ],
        ..GlobeUniform::default()
    };
    if is_earth {
        for (slot, window) in windows(place, mean_m).into_iter().enumerate() {
            uniform.tiles[slot] = [
                ((place.longitude_deg - window.west_deg).rem_euclid(360.0) / window.width_deg)
                    as f32,
                ((place.latitude_deg - window.south_deg) / window.height_deg) as f32,
                (1.0 / window.width_deg.to_radians()) as f32,
                (1.0 / window.height_deg.to_radians()) as f32,
            ];
            uniform.tile_count += 1;
            tiles.push(window);
        }
    }
    GlobeDraw { uniform, map, rings: globe.rings }
}

/// The windows on the coasts below a camera: the lower it is, the more and the smaller ones. They
/// move in steps, so that they stay the same for many frames.
fn windows(place: Place, mean_radius_m: f64) -> Vec<TileWindow> {
    let height_deg = (place.altitude_m / mean_radius_m).to_degrees();
    let sizes = TILE_SIZES_DEG.into_iter().filter(|size| height_deg < size * 0.8);
    sizes
        .map(|size| {
            let step = size / 8.0;
            let latitude = (place.latitude_deg / step).round() * step;
            let south_deg = (latitude - size / 2.0).clamp(-90.0, 90.0 - size);
            // As far as that the smallest window goes all around a pole.
            let widest = latitude.abs().min(89.8).to_radians().cos();
            // Powers of two, so that the width does not change with every step of latitude.
            let stretch = 2.0_f64.powf((1.0 / widest).log2().ceil());
            let width_deg = (size * stretch).min(360.0);
            let step = width_deg / 8.0;
            let longitude = (place.longitude_deg / step).round() * step;
            let west_deg = (longitude - width_deg / 2.0 + 180.0).rem_euclid(360.0) - 180.0;
            TileWindow { west_deg, south_deg, width_deg, height_deg: size }
        })
        .collect()
}

/// The numbers of a ring in the plane of the globe's equator.
pub fn ring_uniform(
    globe: &GlobeView,
    inner_m: f64,
    outer_m: f64,
    fade: f64,
    lens: &Lens<'_>,
) -> RingUniform {
    let scale = 1.0 / globe.from_camera_m.length().max(outer_m);
    let camera_from_body = lens.camera_from_world * globe.world_from_body;
    let sun = globe.world_from_body.transpose() * globe.to_sun_m.normalize_or(DVec3::X);
    let seen_from = globe.camera_in_body_m();
    let lit = if sun.z * seen_from.z > 0.0 { 1.0 } else { 0.0 };
    let vector = |v: DVec3| (v * scale).as_vec3().to_array();
    RingUniform {
        centre: vector(lens.camera_from_world * globe.from_camera_m),
        scale: scale as f32,
        across: vector(camera_from_body.x_axis * outer_m),
        inner: (inner_m / outer_m) as f32,
        along: vector(camera_from_body.y_axis * outer_m),
        outer: outer_m as f32,
        sun: sun.as_vec3().to_array(),
        planet: (globe.mean_radius_m() / outer_m) as f32,
        lit,
        fade: (fade * globe.fade) as f32,
        pad: [0.0; 2],
    }
}

fn surface_of(globe: &GlobeView) -> u32 {
    match globe.look {
        SceneLook::Sun => SURFACE_STAR,
        SceneLook::Earth => SURFACE_EARTH,
        SceneLook::Venus
        | SceneLook::Jupiter
        | SceneLook::Saturn
        | SceneLook::Uranus
        | SceneLook::Neptune
        | SceneLook::Haze => SURFACE_CLOUDS,
        _ => SURFACE_ROCK,
    }
}

/// The map of a globe: by its look, or by its own name where there is a map of that name.
fn map_of(globe: &GlobeView) -> Option<GlobeMap> {
    let named = |name: &str| name.parse::<Look>().ok();
    match globe.look {
        SceneLook::Sun => None,
        SceneLook::Earth => Some(GlobeMap::Earth),
        SceneLook::Rock => named(globe.name.as_str()).or(Some(Look::Rock)).map(GlobeMap::Baked),
        SceneLook::Ice => named(globe.name.as_str()).or(Some(Look::Ice)).map(GlobeMap::Baked),
        SceneLook::Haze => named(globe.name.as_str()).or(Some(Look::Titan)).map(GlobeMap::Baked),
        look => named(&format!("{look:?}")).map(GlobeMap::Baked),
    }
}

/// sRGB to linear.
fn linear(colour: (f32, f32, f32)) -> [f32; 3] {
    [colour.0, colour.1, colour.2]
        .map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) })
}

/// How well a globe's name can be read beside it: not while it is a speck among others, nor while
/// it fills the picture.
pub fn label_strength(radius_px: f64, lens: &Lens<'_>) -> f64 {
    1.0 - smoothstep(lens.viewport_px.y * 0.25, lens.viewport_px.y * 0.45, radius_px)
}
