//! Two cameras side by side. R records what moves, and stops; P plays it, and stops. The background is
//! red while it records and blue while it plays.

use bevy::camera::Viewport;
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::prelude::*;
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::prelude::*;

/// Turns a second, round the middle.
#[derive(Component)]
struct Turns(f32);

fn main() {
    App::new()
        .add_plugins((DefaultPlugins, SkyreelPlugin::in_memory()))
        .record_component::<Transform>()
        .add_systems(Startup, (balls, cameras))
        .add_systems(Update, (turn, keys, side_by_side))
        .run();
}

fn balls(
    mut to: Commands,
    mut shapes: ResMut<Assets<Mesh>>,
    mut paint: ResMut<Assets<StandardMaterial>>,
) {
    for (name, x, size, turns) in
        [("Sun", 0.0, 1.5, 0.05), ("Planet", 4.0, 0.7, 0.2), ("Moon", 2.5, 0.3, 0.4)]
    {
        let (shape, colour) =
            (shapes.add(Cuboid::from_length(size)), paint.add(Color::hsl(40.0 * x, 0.8, 0.6)));
        let at = Transform::from_xyz(x, 0.0, 0.0);
        to.spawn((Recorded::new(name), Turns(turns), Mesh3d(shape), MeshMaterial3d(colour), at));
    }
}

fn cameras(mut to: Commands) {
    to.spawn((
        DirectionalLight::default(),
        Transform::from_xyz(3.0, 8.0, 5.0).looking_at(Vec3::ZERO, Vec3::Y),
    ));
    for (order, view, place, turns) in
        [(0, "near", Vec3::new(0.0, 2.0, 7.0), -0.03), (1, "above", Vec3::Y * 12.0, 0.0)]
    {
        let at =
            Transform::from_translation(place).looking_at(Vec3::ZERO, Vec3::new(0.0, 1.0, -1.0));
        let camera = Camera { order, ..default() };
        to.spawn((
            RecordedCamera::new(view),
            Turns(turns),
            Camera3d::default(),
            camera,
            Tonemapping::Reinhard,
            at,
        ));
    }
}

fn turn(time: Res<Time>, mut all: Query<(&mut Transform, &Turns)>) {
    for (mut at, turns) in &mut all {
        at.rotate_around(
            Vec3::ZERO,
            Quat::from_rotation_y(turns.0 * std::f32::consts::TAU * time.delta_secs()),
        );
    }
}

fn keys(
    keys: Res<ButtonInput<KeyCode>>,
    show: Res<Published>,
    ask: Res<Requests>,
    mut back: ResMut<ClearColor>,
) -> Result {
    let (colour, record, play) = match show.0.mode {
        ModeView::Idle => {
            (Color::BLACK, "record.start ride overwrite=true", "play.start ride at_end=loop")
        }
        ModeView::Recording(_) => (Color::srgb(0.3, 0.0, 0.0), "record.stop", "record.stop"),
        ModeView::Playing(_) => (Color::srgb(0.0, 0.0, 0.4), "play.stop", "play.stop"),
    };
    back.0 = colour;
    for (_, line) in [(KeyCode::KeyR, record), (KeyCode::KeyP, play)]
        .iter()
        .filter(|(key, _)| keys.just_pressed(*key))
    {
        ask.say(line)?;
    }
    Ok(())
}

fn side_by_side(window: Single<&Window>, mut cameras: Query<&mut Camera>) {
    let size = UVec2::new(window.physical_width() / 2, window.physical_height());
    for mut camera in &mut cameras {
        let at = UVec2::new(size.x * camera.order as u32, 0);
        camera.viewport = (size.min_element() > 0).then(|| Viewport {
            physical_position: at,
            physical_size: size,
            ..default()
        });
    }
}
