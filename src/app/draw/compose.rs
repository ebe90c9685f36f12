//! From a scene at a moment, seen by a camera, to a picture: what is in view, where on the screen,
//! how bright. All geometry is in f64 until it is relative to the camera.

use std::sync::Arc;

use glam::{DMat3, DVec2, DVec3};
use skyreel_core::resolve::WorldCamera;
use skyreel_sky::renderable::{Look as SceneLook, Renderable};
use skyreel_sky::{NodeId, Scene, SkyAt};

use super::daylight::daylight;
use super::globe::{GlobeView, globe_draw, ring_uniform};
use super::labels;
use super::picture::{Picture, SPRITE_DOT, SPRITE_GLOW, Segment, Sprite, ViewUniform};
use super::stock::Stock;
use super::trails::Trails;
use crate::app::shown::ShownState;

const METRES_A_PARSEC: f64 = 3.085_677_581_491_367e16;

/// Apparent magnitude of the Sun from one astronomical unit.
const SUN_MAGNITUDE: f64 = -26.74;

/// Reflectivity that a globe too small to be a disc is given.
const ALBEDO: f64 = 0.35;

/// How far from the picture's corner something may be that still reaches into it. What is almost
/// square to the view is anywhere up to infinity.
const FARTHEST_PX: f64 = 1e6;

/// Makes pictures of one scene.
pub struct Composer {
    scene: Arc<Scene>,
    stock: Arc<Stock>,
    trails: Trails,
}

/// A camera with its lens: everything a picture needs to know of it.
pub struct Lens<'a> {
    /// Where the camera is.
    pub camera: &'a WorldCamera,
    /// Camera space from world axes.
    pub camera_from_world: DMat3,
    /// Tangents of half the field of view.
    pub tan_half: DVec2,
    /// Size of the picture, pixels.
    pub viewport_px: DVec2,
    /// Height of a pixel in the middle, radians.
    pub pixel_angle: f64,
}

impl<'a> Lens<'a> {
    /// A lens of a vertical field of view (degrees) for a picture of a size in pixels.
    pub fn new(camera: &'a WorldCamera, vfov_deg: f64, (width, height): (u32, u32)) -> Self {
        let tan = (vfov_deg.to_radians() / 2.0).tan();
        let viewport_px = DVec2::new(f64::from(width), f64::from(height));
        Self {
            camera,
            camera_from_world: DMat3::from_quat(camera.rotation.conjugate()),
            tan_half: DVec2::new(tan * viewport_px.x / viewport_px.y, tan),
            viewport_px,
            pixel_angle: 2.0 * tan / viewport_px.y,
        }
    }

    /// A point of the world in camera space, metres.
    pub fn to_camera(&self, point_in_world_m: DVec3) -> DVec3 {
        self.camera_from_world * self.camera.to_camera(point_in_world_m)
    }

    /// Where a direction of camera space falls on the screen, pixels from the top left; `None`
    /// behind the camera, and so far aside that nothing of it could reach into the picture.
    pub fn to_screen(&self, in_camera: DVec3) -> Option<DVec2> {
        if in_camera.z >= 0.0 {
            return None;
        }
        let ndc = DVec2::new(in_camera.x, in_camera.y) / -in_camera.z / self.tan_half;
        let flipped = DVec2::new(ndc.x, -ndc.y);
        let at = (flipped * 0.5 + 0.5) * self.viewport_px;
        Some(at).filter(|at| at.is_finite() && at.abs().max_element() < FARTHEST_PX)
    }

    /// How much larger than on a picture 1080 pixels high letters and lines are drawn.
    pub fn scale(&self) -> f64 {
        (self.viewport_px.y / 1080.0).clamp(0.6, 4.0)
    }
}

impl Composer {
    /// For one scene.
    pub fn new(scene: Arc<Scene>, stock: Arc<Stock>) -> Self {
        Self { scene, stock, trails: Trails::default() }
    }

    /// The picture of the scene as `sky` has it placed, with what `shown` shows.
    pub fn compose(&mut self, sky: &SkyAt, shown: &ShownState<'_>, lens: &Lens<'_>) -> Picture {
        let scene = Arc::clone(&self.scene);
        let sun_m = sky.id("Sun").map_or(DVec3::ZERO, |id| sky.position_m(id));
        let globes = self.globes(sky, shown, lens, sun_m);
        let shown = &shown.by_daylight(daylight(&globes));
        // What is behind a globe that fills the picture is not worth painting.
        let filling = globes.iter().rposition(|globe| globe.fills(lens));
        let mut picture = Picture {
            view: self.view(shown, lens, filling.is_none()),
            globes: Vec::new(),
            tiles: Vec::new(),
            far_lines: Vec::new(),
            lines: Vec::new(),
            far_sprites: Vec::new(),
            near_sprites: Vec::new(),
        };
        for globe in &globes[filling.unwrap_or(0)..] {
            if let Some(dot) = dot(globe, lens, sun_m) {
                picture.far_sprites.push(dot);
            }
            if globe.radius_px(lens) > 0.35 && !globe.is_around_camera() {
                let draw = globe_draw(globe, lens, &mut picture.tiles);
                picture.globes.push(draw);
            }
        }
        for (id, node) in scene.iter() {
            let fade = shown.fade(id);
            let (Some(renderable), true) = (&node.renderable, fade > 0.0) else { continue };
            match renderable {
                Renderable::Trail(trail) => {
                    self.trails.draw(&scene, id, trail, fade, sky, lens, &mut picture.lines);
                }
                Renderable::Glare { radius_m, colour } => {
                    let at = sky.position_m(id);
                    let glow = glow(at, *radius_m, *colour, fade, &globes, lens);
                    picture.near_sprites.extend(glow);
                }
                Renderable::Constellations if filling.is_none() => {
                    constellation_lines(&self.stock, fade, lens, &mut picture.far_lines);
                }
                _ => {}
            }
        }
        labels::draw(&scene, &self.stock, sky, shown, lens, &globes, &mut picture.near_sprites);
        picture
    }

    /// The lens, and how bright what lies behind all globes is; 0 where it is not seen.
    fn view(&self, shown: &ShownState<'_>, lens: &Lens<'_>, sees_sky: bool) -> ViewUniform {
        let camera_pc = lens.camera.position_m() / METRES_A_PARSEC;
        let from_home_pc = camera_pc.length();
        let gain = |wanted: fn(&Renderable) -> bool| {
            let is_wanted =
                |id: &(NodeId, &skyreel_sky::Node)| id.1.renderable.as_ref().is_some_and(wanted);
            let fades = self.scene.iter().filter(is_wanted).map(|(id, _)| shown.fade(id));
            if sees_sky { fades.fold(0.0, f64::max) } else { 0.0 }
        };
        let galaxy = gain(|r| matches!(r, Renderable::Galaxy { .. }));
        let inside = 1.0 - smoothstep(300.0, 4000.0, from_home_pc);
        let outside = smoothstep(150.0, 5000.0, from_home_pc);
        let quasars = gain(|r| matches!(r, Renderable::Quasars { .. }));
        ViewUniform {
            world_from_camera: columns(lens.camera_from_world.transpose()),
            tan_half: lens.tan_half.as_vec2().to_array(),
            viewport_px: lens.viewport_px.as_vec2().to_array(),
            camera_pc: camera_pc.as_vec3().to_array(),
            stars_gain: gain(|r| matches!(r, Renderable::Stars)) as f32,
            band_gain: (galaxy * inside) as f32,
            galaxy_gain: (galaxy * outside) as f32,
            quasars_gain: (quasars * smoothstep(2e6, 2e8, from_home_pc)) as f32,
            pixel_angle: lens.pixel_angle as f32,
        }
    }

    /// Every globe that is shown, from the farthest to the nearest.
    fn globes(
        &self,
        sky: &SkyAt,
        shown: &ShownState<'_>,
        lens: &Lens<'_>,
        sun_m: DVec3,
    ) -> Vec<GlobeView> {
        let mut globes: Vec<GlobeView> = Vec::new();
        for (id, node) in self.scene.iter() {
            let (Some(Renderable::Globe(globe)), Some(radii_m)) =
                (&node.renderable, node.radii_m())
            else {
                continue;
            };
            let fade = shown.fade(id);
            if fade <= 0.0 {
                continue;
            }
            let at = sky.position_m(id);
            let from_camera_m = lens.camera.to_camera(at);
            if node.seen_within_m.is_some_and(|most_m| from_camera_m.length() > most_m) {
                continue;
            }
            globes.push(GlobeView {
                id,
                look: globe.look,
                name: node.name.clone(),
                colour: globe.colour,
                shading: globe.shading,
                radii_m: DVec3::from_array(radii_m),
                from_camera_m,
                world_from_body: DMat3::from_quat(sky.rotation(id)),
                to_sun_m: sun_m - at,
                fade,
                air: None,
                grid: None,
                rings: None,
            });
        }
        for (id, node) in self.scene.iter() {
            let fade = shown.fade(id);
            let parent = self.scene.parent(id);
            let host = globes.iter_mut().find(|g| Some(g.id) == parent);
            let (Some(renderable), Some(host), true) = (&node.renderable, host, fade > 0.0) else {
                continue;
            };
            match renderable {
                Renderable::Atmosphere { height_m, colour } => {
                    host.air = Some((*height_m, *colour, fade));
                }
                Renderable::Grid { step_deg, .. } => host.grid = Some((*step_deg, fade)),
                Renderable::Rings { inner_m, outer_m } => {
                    host.rings = Some(ring_uniform(host, *inner_m, *outer_m, fade, lens));
                }
                _ => {}
            }
        }
        globes.sort_by(|a, b| b.from_camera_m.length().total_cmp(&a.from_camera_m.length()));
        globes
    }
}

/// A globe too small to be seen as a disc, as the star that it looks like.
fn dot(globe: &GlobeView, lens: &Lens<'_>, sun_m: DVec3) -> Option<Sprite> {
    let radius_px = globe.radius_px(lens);
    let weight = 1.0 - smoothstep(0.8, 2.2, radius_px);
    if weight <= 0.0 {
        return None;
    }
    let in_camera = lens.camera_from_world * globe.from_camera_m;
    let at = lens.to_screen(in_camera)?;
    let distance_au = globe.from_camera_m.length() / skyreel_sky::axes::AU_M;
    let magnitude = if globe.look == SceneLook::Sun {
        SUN_MAGNITUDE + 5.0 * distance_au.log10()
    } else {
        let sun_au =
            lens.camera.to_camera(sun_m).distance(globe.from_camera_m) / skyreel_sky::axes::AU_M;
        let apparent = globe.mean_radius_m() / globe.from_camera_m.length();
        let to_sun = globe.to_sun_m.normalize_or_zero();
        let phase = 0.5 - 0.5 * to_sun.dot(globe.from_camera_m.normalize_or_zero());
        let light = ALBEDO * phase.max(1e-3) * (apparent / sun_au.max(1e-9)).powi(2);
        SUN_MAGNITUDE - 2.5 * light.max(1e-60).log10()
    };
    // The stars' own curve, see stars.wgsl.
    let flux = 10.0_f64.powf(-0.4 * (magnitude - 2.6));
    let peak = (1.3 * flux.powf(0.58)).clamp(0.0, 1.8) * weight * globe.fade;
    if peak < 0.004 {
        return None;
    }
    let radius = (1.15 + 0.85 * flux.powf(0.32)).clamp(1.35, 8.0) * lens.scale().max(0.9);
    let warm = globe.colour;
    Some(Sprite {
        middle_px: at.as_vec2().to_array(),
        half_px: [radius as f32; 2],
        colour: [warm.0, warm.1, warm.2].map(|c| (0.5 + 0.5 * c) * peak as f32).with_alpha(0.0),
        kind: SPRITE_DOT,
        ..Sprite::default()
    })
}

/// The light around a star: as much of it as no globe hides.
fn glow(
    at_m: DVec3,
    radius_m: f64,
    colour: (f32, f32, f32),
    fade: f64,
    globes: &[GlobeView],
    lens: &Lens<'_>,
) -> Option<Sprite> {
    let from_camera_m = lens.camera.to_camera(at_m);
    let distance_m = from_camera_m.length();
    let direction = from_camera_m / distance_m;
    let own = (radius_m / distance_m).clamp(0.0, 1.0).asin();
    let hidden = globes
        .iter()
        .filter(|g| g.look != SceneLook::Sun && g.from_camera_m.length() < distance_m)
        .map(|g| {
            let apparent = (g.mean_radius_m() / g.from_camera_m.length()).clamp(0.0, 1.0).asin();
            let apart = direction.angle_between(g.from_camera_m);
            1.0 - smoothstep(apparent - own, apparent + own + 1e-9, apart)
        })
        .fold(0.0, f64::max);
    if distance_m <= radius_m {
        return None;
    }
    let distance_au = distance_m / skyreel_sky::axes::AU_M;
    // Bright at home, a star among stars far out.
    let strength = fade * (1.0 - hidden) * (1.0 - smoothstep(60.0, 3000.0, distance_au));
    let middle = lens.to_screen(lens.camera_from_world * direction)?;
    if strength <= 0.002 {
        return None;
    }
    let half = lens.viewport_px.y * 0.30 * distance_au.max(0.05).powf(-0.35)
        + own / lens.pixel_angle * 2.0;
    let rgb = [colour.0, colour.1, colour.2].map(|c| c * strength as f32 * 1.1);
    Some(Sprite {
        middle_px: middle.as_vec2().to_array(),
        half_px: [half as f32; 2],
        colour: rgb.with_alpha(0.0),
        kind: SPRITE_GLOW,
        ..Sprite::default()
    })
}

/// Figures of the constellations, as seen from home; further out they would mean nothing.
fn constellation_lines(stock: &Stock, fade: f64, lens: &Lens<'_>, lines: &mut Vec<Segment>) {
    let from_home_pc = lens.camera.position_m().length() / METRES_A_PARSEC;
    let strength = (fade * (1.0 - smoothstep(2.0, 30.0, from_home_pc))) as f32;
    if strength <= 0.0 {
        return;
    }
    let colour = [0.16, 0.28, 0.46].map(|c: f32| c * strength).with_alpha(0.0);
    for [from, to] in stock.constellations.iter().flat_map(|c| &c.lines) {
        let in_camera = |d: DVec3| (lens.camera_from_world * d).as_vec3().to_array();
        lines.push(Segment {
            from: in_camera(*from),
            to: in_camera(*to),
            width_px: (1.1 * lens.scale()) as f32,
            pad: 0.0,
            from_colour: colour,
            to_colour: colour,
        });
    }
}

/// A colour with an alpha behind it.
pub trait WithAlpha {
    /// Red, green, blue and `alpha`.
    fn with_alpha(self, alpha: f32) -> [f32; 4];
}

impl WithAlpha for [f32; 3] {
    fn with_alpha(self, alpha: f32) -> [f32; 4] {
        [self[0], self[1], self[2], alpha]
    }
}

/// A matrix as shaders read it: columns padded to four floats.
pub fn columns(matrix: DMat3) -> [[f32; 4]; 3] {
    [matrix.x_axis, matrix.y_axis, matrix.z_axis].map(|c| [c.x as f32, c.y as f32, c.z as f32, 0.0])
}

/// 0 at and below `from`, 1 at and above `to`, smooth in between.
pub fn smoothstep(from: f64, to: f64, value: f64) -> f64 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
