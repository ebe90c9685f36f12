//! The solar system as it comes with the program, and cameras to put into it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use glam::{DMat3, DQuat, DVec3};
use skyreel::app::draw::compose::{Composer, Lens};
use skyreel::app::draw::picture::{GlobeDraw, GlobeMap, Picture, SPRITE_LETTER, Sprite};
use skyreel::app::draw::stock::Stock;
use skyreel::app::shown::Switchboard;
use skyreel_core::property_set::PropertySet;
use skyreel_core::resolve::WorldCamera;
use skyreel_core::time::SimTime;
use skyreel_core::value::Value;
use skyreel_sky::{Place, Scene, SkyAt};

pub const SIZE: (u32, u32) = (1280, 720);
pub const VFOV_DEG: f64 = 50.0;

/// Both take a while to make, and are only looked at.
pub fn scene() -> Arc<Scene> {
    static SCENE: OnceLock<Arc<Scene>> = OnceLock::new();
    Arc::clone(SCENE.get_or_init(|| Arc::new(Scene::embedded().unwrap())))
}

pub fn stock() -> Arc<Stock> {
    static STOCK: OnceLock<Arc<Stock>> = OnceLock::new();
    Arc::clone(STOCK.get_or_init(|| Arc::new(Stock::make())))
}

pub fn composer() -> Composer {
    Composer::new(scene(), stock())
}

pub fn date(text: &str) -> SimTime {
    text.parse().unwrap()
}

/// The solar system on an ordinary day.
pub fn sky() -> SkyAt {
    scene().at(date("2026-03-07T18:30:00"))
}

pub type Properties = PropertySet;

pub fn renderable(node: &str, property: &str) -> Arc<str> {
    format!("Scene.{node}.Renderable.{property}").into()
}

/// Everything switched off but `nodes`.
pub fn only(nodes: &[&str]) -> Properties {
    let scene = scene();
    let drawn = scene.nodes().iter().filter(|node| node.renderable.is_some());
    let switch = |name: &str| (renderable(name, "Enabled"), Value::Bool(nodes.contains(&name)));
    drawn.map(|node| switch(node.name.as_str())).collect()
}

/// Everything switched on.
pub fn all() -> Properties {
    let scene = scene();
    let drawn = scene.nodes().iter().filter(|node| node.renderable.is_some());
    drawn.map(|node| (renderable(node.name.as_str(), "Enabled"), Value::Bool(true))).collect()
}

/// A camera by its place relative to a node, world axes, that looks along a direction.
pub fn camera(sky: &SkyAt, anchor: &str, offset_m: DVec3, towards: DVec3) -> WorldCamera {
    let back = -towards.normalize();
    let right = back.any_orthonormal_vector();
    let rotation = DQuat::from_mat3(&DMat3::from_cols(right, back.cross(right), back));
    WorldCamera {
        anchor: anchor.into(),
        anchor_in_world_m: sky.position_m(sky.id(anchor).unwrap()),
        offset_m,
        rotation: rotation.normalize(),
        scale: 1.0,
    }
}

/// One that looks at its anchor.
pub fn facing(sky: &SkyAt, anchor: &str, offset_m: DVec3) -> WorldCamera {
    camera(sky, anchor, offset_m, -offset_m)
}

/// One above a place that looks straight down.
pub fn above(sky: &SkyAt, body: &str, place: Place) -> WorldCamera {
    facing(sky, body, sky.above(place, sky.id(body).unwrap()).unwrap())
}

pub fn picture_of(
    composer: &mut Composer,
    sky: &SkyAt,
    properties: &Properties,
    camera: &WorldCamera,
) -> Picture {
    let board = Switchboard::new(&scene(), BTreeMap::new());
    composer.compose(sky, &board.at(properties), &Lens::new(camera, VFOV_DEG, SIZE))
}

pub fn picture(sky: &SkyAt, properties: &Properties, camera: &WorldCamera) -> Picture {
    picture_of(&mut composer(), sky, properties, camera)
}

pub fn earths(picture: &Picture) -> Vec<&GlobeDraw> {
    picture.globes.iter().filter(|globe| globe.map == Some(GlobeMap::Earth)).collect()
}

pub fn letters(picture: &Picture) -> impl Iterator<Item = &Sprite> {
    picture.near_sprites.iter().filter(|sprite| sprite.kind == SPRITE_LETTER)
}

/// Every byte of a picture that is sent to the GPU, for comparing pictures.
pub fn bytes(picture: &Picture) -> Vec<u8> {
    let mut all = bytemuck::bytes_of(&picture.view).to_vec();
    for globe in &picture.globes {
        all.extend(bytemuck::bytes_of(&globe.uniform));
        all.extend(globe.rings.iter().flat_map(bytemuck::bytes_of));
    }
    for lines in [&picture.far_lines, &picture.lines] {
        all.extend(bytemuck::cast_slice::<_, u8>(lines));
    }
    for sprites in [&picture.far_sprites, &picture.near_sprites] {
        all.extend(bytemuck::cast_slice::<_, u8>(sprites));
    }
    all
}
