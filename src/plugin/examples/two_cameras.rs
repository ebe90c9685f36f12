//! Two cameras side by side. R records what moves, and stops; P plays it over and over, and stops.

use bevy::camera::Viewport;
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::prelude::*;
use bevy_skyreel::core::snapshot::ModeView;
use bevy_skyreel::prelude::*;

type Assets3d<'w> = (ResMut<'w, Assets<Mesh>>, ResMut<'w, Assets<StandardMaterial>>);

fn main() {
    App::new()
        .add_plugins((DefaultPlugins, SkyreelPlugin::in_memory()))
        .record_component::<Transform>()
        .add_systems(Startup, (things, cameras))
        .add_systems(Update, (turn, keys))
        .run();
}

fn things(mut to: Commands, (mut shapes, mut paints): Assets3d) {
    for (name, x) in [("Sun", 0.0), ("Planet", 2.0), ("Moon", 3.5)] {
        let shape = Mesh3d(shapes.add(Cuboid::from_length(1.5 - x * 0.3)));
        let paint = MeshMaterial3d(paints.add(Color::hsl(40.0 + 60.0 * x, 0.8, 0.6)));
        to.spawn((Recorded::new(name), shape, paint, Transform::from_xyz(x, 0.0, 0.0)));
    }
}

fn cameras(mut to: Commands) {
    let up = Vec3::new(0.0, 1.0, -1.0);
    let towards = |place: Vec3| Transform::from_translation(place).looking_at(Vec3::ZERO, up);
    to.spawn((DirectionalLight::default(), towards(Vec3::new(2.0, 5.0, 3.0))));
    for (n, view, place) in [(0, "near", Vec3::new(0.0, 3.0, 6.0)), (1, "above", Vec3::Y * 12.0)] {
        let (physical_position, physical_size) = (UVec2::new(n * 640, 0), UVec2::new(640, 720));
        let part = Viewport { physical_position, physical_size, ..default() };
        let camera = Camera { order: n as isize, viewport: Some(part), ..default() };
        let camera = (Camera3d::default(), camera, Tonemapping::Reinhard, towards(place));
        to.spawn((RecordedCamera::new(view), camera));
    }
}

fn turn(time: Res<Time>, mut all: Query<&mut Transform, Without<DirectionalLight>>) {
    for mut at in &mut all {
        let angle = time.delta_secs() * 2.0 / (1.0 + at.translation.length());
        at.rotate_around(Vec3::ZERO, Quat::from_rotation_y(angle));
    }
}

fn keys(keys: Res<ButtonInput<KeyCode>>, shown: Res<Published>, ask: Res<Requests>) -> Result {
    let line = match (&shown.0.mode, keys.just_pressed(KeyCode::KeyR)) {
        _ if !keys.any_just_pressed([KeyCode::KeyR, KeyCode::KeyP]) => return Ok(()),
        (ModeView::Recording(_), _) => "record.stop",
        (ModeView::Playing(_), _) => "play.stop",
        (ModeView::Idle, true) => "record.start tour overwrite=true",
        (ModeView::Idle, false) => "play.start tour at_end=loop",
    };
    ask.say(line)?;
    Ok(())
}
