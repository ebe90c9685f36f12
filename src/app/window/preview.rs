//! Pictures for whoever looks on from elsewhere: what is on screen, or one view, painted small, and only
//! when somebody has asked. Who asks, and over what, is not known here.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use bevy::asset::RenderAssetUsages;
use bevy::camera::{CameraOutputMode, CameraUpdateSystems, RenderTarget};
use bevy::core_pipeline::Core3d;
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat, TextureUsages};
use bevy::render::renderer::{
    RenderContext, RenderDevice, RenderGraph, RenderGraphSystems, ViewQuery,
};
use bevy::render::view::{Msaa, ViewTarget};
use bevy::time::Real;
use bevy_skyreel::{AnchoredCamera, LiveScene, RecordedCamera, SceneClock, SkyreelSystems};
use skyreel_core::frame::FramePose;
use skyreel_core::time::SimTime;
use skyreel_faces::door::{PictureReply, PictureWish};

use super::stage::{Pictures, Stage, named};
use super::views::Layout;
use crate::app::draw::plate::Plate;
use crate::app::draw::{DrawSystems, Shown};

/// Between two pictures, whoever they are for.
const BETWEEN: Duration = Duration::from_millis(66);

/// Between two in which nothing but a clock has moved that nobody sees move.
const BETWEEN_CLOCKS: Duration = Duration::from_millis(200);

/// After this somebody who waits gets one in which nothing is new.
const LONGEST: Duration = Duration::from_secs(2);

/// After this a picture that was not painted is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many may wait for pictures.
const MOST_WAITING: usize = 256;

/// Pictures that are remembered, to tell whether a next one is new.
const MOST_KNOWN: usize = 32;

/// Where pictures are asked for, from any thread. Cheap to clone.
#[derive(Resource, Clone, Default)]
pub struct Previews(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    wishes: Vec<(PictureWish, PictureReply)>,
    /// Where there is nobody to paint them.
    are_none: bool,
}

impl Previews {
    /// For a program that draws nothing.
    pub fn none() -> Self {
        Self(Arc::new(Mutex::new(Waiting { are_none: true, ..Waiting::default() })))
    }

    /// Asks for a picture.
    pub fn ask(&self, wish: PictureWish, reply: PictureReply) {
        let mut waiting = self.lock();
        let why = match waiting.are_none {
            true => "this Skyreel draws no pictures: it found no graphics driver",
            false if waiting.wishes.len() >= MOST_WAITING => "too many wait for pictures",
            false => return waiting.wishes.push((wish, reply)),
        };
        drop(waiting);
        reply(Err(why.to_owned()));
    }

    /// Whether somebody waits.
    pub fn are_wanted(&self) -> bool {
        !self.lock().wishes.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The camera that paints them. The number tells one picture from the next.
#[derive(Component, ExtractComponent, Clone, Copy)]
pub struct Preview(u64);

/// What is being painted, between the scene and the graphics card.
#[derive(Resource, Clone, Default)]
struct Exposure(Arc<Mutex<Exposing>>);

#[derive(Default)]
struct Exposing {
    wanted: Option<Wanted>,
    /// What the window is painted in, so that no second set of shaders is needed.
    format: Option<TextureFormat>,
}

impl Exposure {
    fn lock(&self) -> MutexGuard<'_, Exposing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Wanted {
    number: u64,
    replies: Vec<PictureReply>,
}

/// A picture that is copied and waits to be submitted.
#[derive(Resource, Default)]
struct Exposed(Mutex<Option<Taken>>);

/// A copy, and who waits for it.
type Taken = (Result<Plate, String>, Vec<PictureReply>);

/// Joins an app that draws.
pub fn join(app: &mut App) {
    let exposure = Exposure::default();
    app.add_plugins(ExtractComponentPlugin::<Preview>::default())
        .init_resource::<Previews>()
        .insert_resource(exposure.clone())
        .add_systems(PostUpdate, paint.after(CameraUpdateSystems).after(SkyreelSystems::Apply));
    if let Some(render_app) = app.get_sub_app_mut(RenderApp) {
        render_app
            .insert_resource(exposure)
            .init_resource::<Exposed>()
            .add_systems(Core3d, (expose, learn_format).in_set(DrawSystems::Painted))
            .add_systems(RenderGraph, develop.in_set(RenderGraphSystems::Finish));
    }
}

/// What a picture shows.
#[derive(PartialEq)]
struct Sight {
    cameras: Vec<(FramePose, Option<f64>)>,
    size: UVec2,
    /// Grows with every change of a property.
    properties: u64,
}

/// What the painting of previews remembers.
#[derive(Default)]
struct Easel {
    camera: Option<Entity>,
    number: u64,
    last: Duration,
    properties: u64,
    /// What was painted last for whom, at which date of the scene, and when.
    known: BTreeMap<(Option<String>, u32), (Sight, SimTime, Duration)>,
}

/// Paints what is asked for and new: one picture at a time, in turn.
#[expect(clippy::too_many_arguments, reason = "everything that can be seen comes together here")]
fn paint(
    previews: Res<Previews>,
    exposure: Res<Exposure>,
    (stage, mut pictures): (Res<Stage>, ResMut<Pictures>),
    (live, layout, clock): (Res<LiveScene>, Res<Layout>, Res<SceneClock>),
    cameras: Query<(&RecordedCamera, &AnchoredCamera)>,
    screen: Option<Single<&Camera, Without<Preview>>>,
    mut own: Query<(&mut Camera, &mut RenderTarget), With<Preview>>,
    (time, mut images, mut commands): (Res<Time<Real>>, ResMut<Assets<Image>>, Commands),
    mut easel: Local<Easel>,
) {
    let easel = &mut *easel;
    let now = time.elapsed();
    easel.properties += u64::from(live.is_changed());
    let format = {
        let mut exposing = exposure.lock();
        if exposing.wanted.is_some() && now.saturating_sub(easel.last) < PATIENCE {
            return;
        }
        let given_up = exposing.wanted.take().into_iter().flat_map(|wanted| wanted.replies);
        given_up.for_each(|reply| reply(Err("the graphics driver did not paint it".to_owned())));
        exposing.format.unwrap_or(TextureFormat::Rgba8UnormSrgb)
    };
    // A camera that nobody looks through costs nothing.
    if let Some((mut camera, _)) = easel.camera.and_then(|camera| own.get_mut(camera).ok())
        && camera.is_active
    {
        camera.is_active = false;
    }
    let mut waiting = previews.lock();
    if waiting.wishes.is_empty() || now.saturating_sub(easel.last) < BETWEEN {
        return;
    }
    let aspect = screen.and_then(|camera| camera.physical_target_size());
    let aspect = aspect.filter(|size| size.min_element() > 0).unwrap_or(UVec2::new(16, 9));
    let date = stage.sky().time();
    let is_slow = clock.clock.sample().rate.abs() <= 1.0;
    let find_new = |wish: &PictureWish| {
        let names = match &wish.view {
            Some(view) => vec![view.clone()],
            None => layout.on_screen(),
        };
        let width = wish.width_px.max(1);
        let height = (width * aspect.y).div_ceil(aspect.x).clamp(1, width * 4);
        let cameras = named(&names, &cameras);
        let sight =
            Sight { cameras, size: UVec2::new(width, height), properties: easel.properties };
        let key = (wish.view.clone(), wish.width_px);
        let is_new = easel.known.get(&key).is_none_or(|(known, at, painted)| {
            let age = now.saturating_sub(*painted);
            *known != sight
                || age >= LONGEST
                || (*at != date && (!is_slow || age >= BETWEEN_CLOCKS))
        });
        is_new.then_some((key, sight))
    };
    let found = waiting.wishes.iter().find_map(|(wish, _)| find_new(wish));
    let Some((key, sight)) = found else { return };
    let is_same = |wish: &PictureWish| (&wish.view, wish.width_px) == (&key.0, key.1);
    let replies: Vec<PictureReply> =
        waiting.wishes.extract_if(.., |(wish, _)| is_same(wish)).map(|(_, reply)| reply).collect();
    drop(waiting);
    if sight.cameras.is_empty() {
        let why = format!("there is no view '{}'", key.0.unwrap_or_default());
        replies.into_iter().for_each(|reply| reply(Err(why.clone())));
        return;
    }
    let panes = pictures.panes(stage.sky(), &live, None, &sight.cameras, sight.size);
    easel.number += 1;
    easel.last = now;
    exposure.lock().wanted = Some(Wanted { number: easel.number, replies });
    let shown = (Shown(panes), Preview(easel.number));
    match easel.camera.filter(|camera| own.contains(*camera)) {
        Some(entity) => {
            if let Ok((mut camera, mut target)) = own.get_mut(entity) {
                camera.is_active = true;
                if !easel.has_size(&target, &images, sight.size) {
                    *target = RenderTarget::from(images.add(canvas(sight.size, format)));
                }
            }
            commands.entity(entity).insert(shown);
        }
        None => {
            let camera = Camera {
                output_mode: CameraOutputMode::Skip,
                clear_color: ClearColorConfig::None,
                order: -1,
                ..Camera::default()
            };
            let target = RenderTarget::from(images.add(canvas(sight.size, format)));
            let lens = (Msaa::Off, Tonemapping::None);
            let entity = commands.spawn((Camera3d::default(), camera, target, lens, shown)).id();
            easel.camera = Some(entity);
        }
    }
    if easel.known.len() >= MOST_KNOWN {
        easel.known.clear();
    }
    easel.known.insert(key, (sight, date, now));
}

impl Easel {
    fn has_size(&self, target: &RenderTarget, images: &Assets<Image>, size: UVec2) -> bool {
        let image = target.as_image().and_then(|handle| images.get(handle));
        image.is_some_and(|image| image.size() == size)
    }
}

fn canvas(size: UVec2, format: TextureFormat) -> Image {
    let size = Extent3d { width: size.x, height: size.y, depth_or_array_layers: 1 };
    let mut image = Image::new_uninit(
        size,
        TextureDimension::D2,
        format,
        // Its size is asked for here too.
        RenderAssetUsages::all(),
    );
    image.texture_descriptor.usage |= TextureUsages::RENDER_ATTACHMENT;
    image
}

fn learn_format(
    view: ViewQuery<&ViewTarget, (With<Shown>, Without<Preview>)>,
    exposure: Res<Exposure>,
) {
    let format = view.into_inner().main_texture_format();
    exposure.lock().format = Some(format);
}

fn expose(
    view: ViewQuery<(&ViewTarget, &Preview), With<Shown>>,
    (exposure, mut exposed): (Res<Exposure>, ResMut<Exposed>),
    device: Res<RenderDevice>,
    mut context: RenderContext,
) {
    let (target, preview) = view.into_inner();
    let mut exposing = exposure.lock();
    // A picture that is painted while the next one is asked for already is not that one.
    if let Some(wanted) = exposing.wanted.take_if(|wanted| wanted.number == preview.0) {
        let plate = Plate::expose(target, &device, &mut context);
        *exposed.0.get_mut().unwrap_or_else(PoisonError::into_inner) =
            Some((plate, wanted.replies));
    }
}

/// Once it is submitted: waits for it and tells it on a thread of its own.
fn develop(mut exposed: ResMut<Exposed>, device: Res<RenderDevice>) {
    let exposed = exposed.0.get_mut().unwrap_or_else(PoisonError::into_inner);
    let Some((plate, replies)) = exposed.take() else { return };
    let device = device.clone();
    let work = move || {
        let jpeg = plate.and_then(|plate| {
            let rgba = plate.read(&device)?;
            skyreel_film::jpeg(plate.size.0, plate.size.1, &rgba).map(Arc::<[u8]>::from)
        });
        replies.into_iter().for_each(|reply| reply(jpeg.clone()));
    };
    // Where there is no thread, the replies are dropped, which tells whoever waits.
    let _ = thread::Builder::new().name("preview".to_owned()).spawn(work);
}
