//! Names in the picture: of bodies, of places on the Earth, of constellations. A name that would
//! cover another, or belongs to something hidden, is left out.

use glam::{DVec2, DVec3};
use skyreel_sky::renderable::Renderable;
use skyreel_sky::{Place, Scene, SkyAt};

use super::compose::{Lens, WithAlpha};
use super::globe::{GlobeView, label_strength};
use super::letters::Letters;
use super::picture::Sprite;
use super::stock::Stock;
use crate::app::shown::ShownState;

/// Letter sizes on a picture 1080 pixels high.
const BODY_PX: f64 = 22.0;
const PLACE_PX: f64 = 20.0;

/// Most names of places at once.
const MOST_PLACES: usize = 60;

struct Layout<'a> {
    letters: &'a Letters,
    taken: Vec<(DVec2, DVec2)>,
    sprites: &'a mut Vec<Sprite>,
}

impl Layout<'_> {
    /// Writes `text` with its base line starting at `at`, unless that would cover another text.
    fn write(&mut self, text: &str, at: DVec2, size_px: f64, rgb: [f32; 3], strength: f64) -> bool {
        let width = f64::from(self.letters.width_px(text, size_px as f32));
        let pad = DVec2::splat(size_px * 0.25);
        let (from, to) = (at - DVec2::new(0.0, size_px) - pad, at + DVec2::new(width, 0.0) + pad);
        let free = self
            .taken
            .iter()
            .all(|(a, b)| from.x > b.x || to.x < a.x || from.y > b.y || to.y < a.y);
        if !free {
            return false;
        }
        self.taken.push((from, to));
        let at = at.round().as_vec2().to_array();
        let shadow = [0.0; 3].with_alpha(0.7 * strength as f32);
        let below = [at[0] + 1.0, at[1] + 1.0];
        self.sprites.extend(self.letters.set(text, below, size_px as f32, shadow));
        let colour = rgb.map(|c| c * strength as f32).with_alpha(strength as f32);
        self.sprites.extend(self.letters.set(text, at, size_px as f32, colour));
        true
    }
}

/// Writes every name that is switched on and can be seen.
pub fn draw(
    scene: &Scene,
    stock: &Stock,
    sky: &SkyAt,
    shown: &ShownState<'_>,
    lens: &Lens<'_>,
    globes: &[GlobeView],
    sprites: &mut Vec<Sprite>,
) {
    let mut layout = Layout { letters: &stock.letters, taken: Vec::new(), sprites };
    let hidden = |from_camera_m: DVec3| globes.iter().any(|g| g.hides(from_camera_m));
    for (id, node) in scene.iter() {
        let fade = shown.fade(id);
        let (Some(renderable), true) = (&node.renderable, fade > 0.0) else { continue };
        match renderable {
            Renderable::Label(text) => {
                let from_camera_m = lens.camera.to_camera(sky.position_m(id));
                let at = lens.to_screen(lens.camera_from_world * from_camera_m);
                let (Some(at), false) = (at, hidden(from_camera_m)) else { continue };
                let globe = globes.iter().find(|g| Some(g.id) == scene.parent(id));
                let radius_px = globe.map_or(0.0, |g| g.radius_px(lens));
                let strength = 0.85 * fade * label_strength(radius_px, lens);
                if strength > 0.01 && crowd_px(scene, sky, id, at, lens) > 14.0 * lens.scale() {
                    let beside = DVec2::new(0.75, -0.75) * radius_px + DVec2::new(7.0, -5.0);
                    layout.write(
                        text,
                        at + beside,
                        BODY_PX * lens.scale(),
                        [0.75, 0.85, 1.0],
                        strength,
                    );
                }
            }
            Renderable::PlaceNames => {
                let globe = globes.iter().find(|g| Some(g.id) == scene.parent(id));
                if let Some(globe) = globe {
                    places(stock, globe, fade, lens, &mut layout);
                }
            }
            Renderable::Constellations => {
                for constellation in &stock.constellations {
                    let in_camera = lens.camera_from_world * constellation.label;
                    let near_home = lens.camera.position_m().length() < 3e16;
                    let far_m = constellation.label * 1e20;
                    let at = lens.to_screen(in_camera).filter(|_| near_home && !hidden(far_m));
                    if let Some(at) = at {
                        let size = BODY_PX * 0.85 * lens.scale();
                        layout.write(&constellation.name, at, size, [0.35, 0.50, 0.75], 0.7 * fade);
                    }
                }
            }
            _ => {}
        }
    }
}

/// How far on the screen a label's body is from the body that this one goes around, pixels: moons
/// close to their planet leave the word to it.
fn crowd_px(
    scene: &Scene,
    sky: &SkyAt,
    label: skyreel_sky::NodeId,
    at: DVec2,
    lens: &Lens<'_>,
) -> f64 {
    let host = scene.parent(label).and_then(|body| scene.parent(body));
    let host = host.filter(|id| scene.node(*id).is_some_and(|n| n.body.is_some()));
    let host_at = host.and_then(|id| lens.to_screen(lens.to_camera(sky.position_m(id))));
    host_at.map_or(f64::INFINITY, |host_at| host_at.distance(at))
}

fn places(stock: &Stock, globe: &GlobeView, fade: f64, lens: &Lens<'_>, layout: &mut Layout<'_>) {
    let Some(earth) = stock.earth() else { return };
    let camera_m = globe.camera_in_body_m();
    let radii_m = globe.radii_m.to_array();
    let height_m = Place::of(camera_m, radii_m).altitude_m.max(1.0);
    let mut written = 0;
    for place in earth.places() {
        if written >= MOST_PLACES {
            break;
        }
        // The higher the camera, the fewer the names: rank 0 from the Moon, rank 10 from a hill.
        if f64::from(place.rank) > 12.5 - 1.9 * (height_m / 2_000.0).max(1.0).log10() * 1.6 {
            continue;
        }
        let spot =
            Place { latitude_deg: place.lat_deg, longitude_deg: place.lon_deg, altitude_m: 0.0 };
        let in_body_m = spot.point_m(radii_m);
        // On the side that faces the camera, and not at its very edge.
        let towards = (camera_m - in_body_m).normalize();
        let facing = towards.dot((in_body_m / globe.radii_m / globe.radii_m).normalize());
        if facing < 0.15 {
            continue;
        }
        let from_camera_m = globe.world_from_body * (in_body_m - camera_m);
        let Some(at) = lens.to_screen(lens.camera_from_world * from_camera_m) else { continue };
        let inside = at.cmpge(DVec2::ZERO).all() && at.cmple(lens.viewport_px).all();
        let strength = fade * ((facing - 0.15) * 4.0).min(0.9);
        let size = PLACE_PX * lens.scale() * if place.rank <= 2 { 1.15 } else { 1.0 };
        if inside
            && layout.write(
                &place.name,
                at + DVec2::new(5.0, -4.0),
                size,
                [1.0, 0.95, 0.82],
                strength,
            )
        {
            written += 1;
        }
    }
}
