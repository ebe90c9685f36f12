//! The scene of the window: where its nodes are now, and painting the cameras that are on screen.

use std::sync::Arc;

use bevy::prelude::*;
use bevy_skyreel::{AnchoredCamera, LiveScene, RecordedCamera, SceneClock};
use glam::UVec2;
use skyreel_core::frame::FramePose;
use skyreel_core::pose::NodeName;
use skyreel_core::recording::DEFAULT_VFOV_DEG;
use skyreel_core::resolve::{Frames, WorldCamera, WorldFromNode, resolve_pose};
use skyreel_core::time::SimTime;
use skyreel_nav::Terrain;
use skyreel_sky::renderable::Renderable;
use skyreel_sky::{NodeId, Scene, SkyAt};

use super::preview::Preview;
use super::screenshot::Shutter;
use super::views::Layout;
use super::way::Way;
use crate::app::draw::compose::{Composer, Lens};
use crate::app::draw::stock::Stock;
use crate::app::draw::{Pane, Region, Shown};
use crate::app::projector::OriginForMissing;
use crate::app::shown::Switchboard;

/// Between two views on screen, pixels.
const GAP_PX: u32 = 2;

/// The scene of the window.
#[derive(Resource)]
pub struct Stage {
    scene: Arc<Scene>,
    sky: SkyAt,
}

/// What makes pictures of it.
#[derive(Resource)]
pub struct Pictures {
    switchboard: Switchboard,
    composer: Composer,
}

impl Pictures {
    /// Of a scene, from what pictures are made of.
    pub fn new(scene: &Arc<Scene>, stock: Arc<Stock>) -> Self {
        Self {
            switchboard: Switchboard::new(scene, std::collections::BTreeMap::new()),
            composer: Composer::new(Arc::clone(scene), stock),
        }
    }
}

impl Pictures {
    /// What cameras see, each in its part of a target.
    pub fn panes(
        &mut self,
        sky: &SkyAt,
        live: &LiveScene,
        way: Option<&Way>,
        cameras: &[(FramePose, Option<f64>)],
        size: UVec2,
    ) -> Arc<[Pane]> {
        let Self { switchboard, composer } = self;
        let regions = regions(size, cameras.len());
        let panes = cameras.iter().zip(regions).filter_map(|((pose, vfov_deg), region)| {
            let camera = resolve_pose(pose, &OriginForMissing(sky)).ok()?;
            let vfov_deg = vfov_deg.unwrap_or(DEFAULT_VFOV_DEG);
            let lens = Lens::new(&camera, vfov_deg, (region.width, region.height));
            let mut picture = composer.compose(sky, &switchboard.at(live.values()), &lens);
            if let Some(way) = way {
                way.draw(sky, &lens, &mut picture);
            }
            Some(Pane { region, picture })
        });
        panes.collect()
    }
}

impl Stage {
    /// A scene.
    pub fn new(scene: Arc<Scene>) -> Self {
        Self { sky: scene.at(SimTime::J2000), scene }
    }

    /// The scene.
    pub fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// Where its nodes are.
    pub fn sky(&self) -> &SkyAt {
        &self.sky
    }

    /// Puts the nodes where they are at a date.
    pub fn place(&mut self, date: SimTime) {
        if self.sky.time() != date {
            self.scene.at_into(date, &mut self.sky);
        }
    }

    /// A pose in the world; `None` where its anchor is missing.
    pub fn resolve(&self, pose: &FramePose) -> Option<WorldCamera> {
        resolve_pose(pose, &self.sky).ok()
    }

    /// The node that is seen at a place of a picture, pixels from its upper left corner: the nearest
    /// globe there, else the nearest point within reach of the mouse.
    pub fn node_at(
        &self,
        camera: &WorldCamera,
        vfov_deg: f64,
        size: UVec2,
        at: Vec2,
    ) -> Option<NodeName> {
        let lens = Lens::new(camera, vfov_deg, size.into());
        let at = at.as_dvec2();
        let seen = self.scene.iter().filter_map(|(id, node)| {
            let from_camera_m = camera.to_camera(self.sky.position_m(id));
            let distance_m = from_camera_m.length();
            let on_screen = lens.to_screen(lens.camera_from_world * from_camera_m)?;
            let radius_m = node.body.as_ref()?.largest_radius_m();
            let radius_px = radius_m / distance_m / lens.pixel_angle;
            let aside_px = on_screen.distance(at);
            let is_on = aside_px <= radius_px;
            let is_near = aside_px <= REACH_PX && distance_m > radius_m;
            // Discs before points; of discs the nearest, of points the one nearest to the mouse.
            (is_on || is_near).then_some((
                !is_on,
                if is_on { distance_m } else { aside_px },
                &node.name,
            ))
        });
        let best = seen.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        best.map(|(_, _, name)| name.clone())
    }

    /// The scene as flying sees it.
    pub fn terrain(&self) -> StageTerrain<'_> {
        StageTerrain(self)
    }
}

/// How far from the mouse a point may be to be meant, pixels.
const REACH_PX: f64 = 24.0;

/// The scene as flying sees it.
pub struct StageTerrain<'a>(&'a Stage);

impl Frames for StageTerrain<'_> {
    fn world_from_node(&self, name: &str) -> Option<WorldFromNode> {
        self.0.sky.world_from_node(name)
    }
}

impl Terrain for StageTerrain<'_> {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        self.0.scene.node(self.0.scene.id(node)?)?.radii_m()
    }

    fn extent_m(&self, node: &str) -> Option<f64> {
        let id = self.0.scene.id(node)?;
        match self.0.scene.node(id)?.renderable.as_ref()? {
            Renderable::Galaxy { radius_m, .. } | Renderable::Quasars { radius_m } => {
                Some(*radius_m)
            }
            Renderable::Rings { outer_m, .. } => Some(*outer_m),
            Renderable::Glare { radius_m, .. } => Some(*radius_m),
            Renderable::Trail(trail) => {
                let (of, from) = (
                    self.0.scene.id(trail.of.as_str())?,
                    self.0.scene.id(trail.relative_to.as_str())?,
                );
                Some(self.0.sky.position_m(of).distance(self.0.sky.position_m(from)))
            }
            _ => None,
        }
    }
}

/// The Sun, if there is one: flights end on the lit side.
pub fn sun(scene: &Scene) -> Option<NodeId> {
    scene.id("Sun")
}

/// Puts the nodes where they are at the clock's time.
pub fn place_nodes(mut stage: ResMut<Stage>, clock: Res<SceneClock>) {
    let now = clock.clock.sample().sim_time;
    if stage.sky.time() != now {
        stage.place(now);
    }
}

/// What the panes depend on.
#[derive(PartialEq)]
pub struct Seen {
    /// The way of the journey that is being made, where it is shown.
    has_way: bool,
    size: UVec2,
    time: SimTime,
    cameras: Vec<(FramePose, Option<f64>)>,
}

/// Paints the cameras on screen, where something has changed.
pub fn draw(
    (stage, mut pictures): (Res<Stage>, ResMut<Pictures>),
    (live, layout): (Res<LiveScene>, Res<Layout>),
    (way, shutter): (Res<Way>, Res<Shutter>),
    cameras: Query<(&RecordedCamera, &AnchoredCamera)>,
    screen: Single<(Entity, &Camera), Without<Preview>>,
    mut commands: Commands,
    mut last: Local<Option<Seen>>,
) {
    let (entity, camera) = *screen;
    // A window that is not open yet, or folded away, has no size.
    let Some(size) = camera.physical_target_size().filter(|size| size.min_element() > 0) else {
        return;
    };
    let names = layout.on_screen();
    let shown = named(&names, &cameras);
    // What is kept is the scene alone.
    let has_way = !way.line.is_empty() && !shutter.is_pressed();
    let seen = Seen { has_way, size, time: stage.sky.time(), cameras: shown };
    if last.as_ref() == Some(&seen) && !live.is_changed() && !way.is_changed() {
        return;
    }
    let sky = &stage.sky;
    let way = has_way.then_some(&*way);
    let panes = pictures.panes(sky, &live, way, &seen.cameras, size);
    commands.entity(entity).insert(Shown(panes));
    *last = Some(seen);
}

/// The cameras of these names, those that are there.
pub fn named(
    names: &[String],
    cameras: &Query<(&RecordedCamera, &AnchoredCamera)>,
) -> Vec<(FramePose, Option<f64>)> {
    let find = |name| cameras.iter().find(|(camera, _)| camera.view() == name);
    let found = names.iter().filter_map(|name: &String| find(name.as_str()));
    found.map(|(camera, pose)| (pose.0.clone(), camera.vfov_deg)).collect()
}

/// The parts of a window for one to four views: side by side, then in two rows, of which the lower
/// one may be one view.
pub fn regions(size: UVec2, count: usize) -> Vec<Region> {
    let rows: &[u32] = match count {
        0 | 1 => &[1],
        2 => &[2],
        3 => &[2, 1],
        _ => &[2, 2],
    };
    let part = |whole: u32, parts: u32, n: u32| {
        let one = (whole.saturating_sub(GAP_PX * (parts - 1)) / parts).max(1);
        let start = n * (one + GAP_PX);
        // What does not divide belongs to the last.
        (start, if n + 1 == parts { whole.saturating_sub(start).max(1) } else { one })
    };
    let regions = (0..).zip(rows).flat_map(|(row, columns)| {
        let (y, height) = part(size.y, rows.len() as u32, row);
        (0..*columns).map(move |column| {
            let (x, width) = part(size.x, *columns, column);
            Region { x, y, width, height }
        })
    });
    regions.collect()
}
