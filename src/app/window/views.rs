//! The cameras of the window: the navigation camera and those that the presenter adds; which of them
//! are on screen.

use std::sync::Arc;

use bevy::prelude::*;
use bevy_skyreel::{AnchoredCamera, CommandGroups, Draft, RecordedCamera, RunningSession};
use skyreel_core::command::{Command, Group, ViewCommand};
use skyreel_core::frame::{Frame, FramePose};
use skyreel_core::nearest::nearest;
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::recording::MAIN_VIEW;
use skyreel_core::snapshot::ViewsView;

use super::stage::Stage;

/// The navigation camera.
#[derive(Component)]
pub struct Navigation;

/// A camera that is there as long as the recording that has it is played.
#[derive(Component)]
pub struct Guest;

/// Which cameras are on screen.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Layout {
    /// 1, 2 or 4.
    count: usize,
    /// Whose pictures are where; as many as there can be.
    places: [Option<String>; 4],
    /// Every camera, the navigation camera first.
    names: Vec<String>,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            count: 1,
            places: [Some(MAIN_VIEW.to_owned()), None, None, None],
            names: vec![MAIN_VIEW.to_owned()],
        }
    }
}

impl Layout {
    /// The names of the views on screen, place by place; a place that nobody was given goes to the
    /// next camera that has none.
    pub fn on_screen(&self) -> Vec<String> {
        let is_there = |name: &&String| self.names.contains(*name);
        let places = &self.places[..self.count];
        let mut free = self.names.iter().filter(|name| !places.contains(&Some((*name).clone())));
        let places = places
            .iter()
            .filter_map(|given| given.as_ref().filter(is_there).or_else(|| free.next()));
        let names: Vec<String> = places.cloned().collect();
        if names.is_empty() { self.names.iter().take(1).cloned().collect() } else { names }
    }
}

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::View, |world, command| match command {
        Command::View(command) => obey(world, command).into(),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: ViewCommand) -> Result<(), Refusal> {
    match command {
        ViewCommand::Add { name, follow, vfov_deg } => {
            let name = name.trim();
            let is_taken = world.resource::<Layout>().names.iter().any(|known| known == name);
            let is_angle = vfov_deg.is_none_or(|deg| (1.0..=170.0).contains(&deg));
            let wrong = |what: &str, found: String, expected: &str| {
                Err(Refusal::Value { what: what.into(), found, expected: expected.into() })
            };
            if name.is_empty() || is_taken {
                return wrong("a view's name", format!("'{name}'"), "a name that no other has");
            }
            if !is_angle {
                let found = vfov_deg.unwrap_or_default().to_string();
                return wrong("vfov_deg", found, "1 to 170 degrees");
            }
            let pose = present(world, follow).ok_or_else(no_camera)?;
            let camera = RecordedCamera::new(name).with_vfov_deg(vfov_deg);
            world.spawn((camera, AnchoredCamera(pose)));
            let mut layout = world.resource_mut::<Layout>();
            layout.names.push(name.to_owned());
        }
        ViewCommand::Move { name } => {
            world.resource_mut::<RunningSession>().get().drive()?;
            let entity = find(world, &name)?;
            let follows = world
                .get::<AnchoredCamera>(entity)
                .is_some_and(|camera| camera.0.leading().follow_rotation);
            let pose = present(world, follows).ok_or_else(no_camera)?;
            world.entity_mut(entity).insert(AnchoredCamera(pose));
        }
        ViewCommand::Remove { name } => {
            let entity = find(world, &name)?;
            if world.get::<Navigation>(entity).is_some() {
                let text = "the navigation camera cannot be taken away";
                return Err(Refusal::Other(text.to_owned()));
            }
            world.despawn(entity);
            let mut layout = world.resource_mut::<Layout>();
            layout.names.retain(|known| *known != name);
        }
        ViewCommand::Layout { count } => {
            if ![1, 2, 4].contains(&count) {
                let (what, expected) = ("count".to_owned(), "1, 2 or 4".to_owned());
                return Err(Refusal::Value { what, found: count.to_string(), expected });
            }
            let mut layout = world.resource_mut::<Layout>();
            let there_are = layout.names.len();
            if usize::from(count) > there_are && there_are < 2 {
                let text = "there is one camera; add others in Views (view.add)";
                return Err(Refusal::Other(text.to_owned()));
            }
            layout.count = usize::from(count);
        }
        ViewCommand::Show { name, place } => {
            find(world, &name)?;
            let place = usize::from(place.unwrap_or(1));
            if !(1..=4).contains(&place) {
                let (what, expected) = ("place".to_owned(), "1 to 4".to_owned());
                return Err(Refusal::Value { what, found: place.to_string(), expected });
            }
            let mut layout = world.resource_mut::<Layout>();
            let here = layout.places[place - 1].take();
            // Who was there and who comes change places.
            if let Some(before) = layout.places.iter().position(|at| at.as_ref() == Some(&name)) {
                layout.places[before] = here;
            }
            layout.places[place - 1] = Some(name);
            layout.count = match place.max(layout.count) {
                1 => 1,
                2 => 2,
                _ => 4,
            };
        }
    }
    Ok(())
}

fn no_camera() -> Refusal {
    Refusal::Other("there is no navigation camera to take the place of".to_owned())
}

fn find(world: &mut World, name: &str) -> Result<Entity, Refusal> {
    let mut cameras = world.query::<(Entity, &RecordedCamera)>();
    let found = cameras.iter(world).find(|(_, camera)| camera.view() == name);
    found.map(|(entity, _)| entity).ok_or_else(|| Refusal::Unknown {
        what: "view",
        found: name.to_owned(),
        nearest: nearest(world.resource::<Layout>().names.iter().map(String::as_str), name),
    })
}

/// Where the navigation camera is, turning with its anchor or not.
fn present(world: &mut World, follow: bool) -> Option<FramePose> {
    let mut navigation = world.query_filtered::<&AnchoredCamera, With<Navigation>>();
    let pose = navigation.single(world).ok()?.0.leading().clone();
    let axes = world.resource::<Stage>().sky().id(pose.anchor.as_str());
    let axes = axes.map(|id| world.resource::<Stage>().sky().rotation(id)).unwrap_or_default();
    let mut pose = pose;
    if pose.follow_rotation != follow {
        let turn = if follow { axes.inverse() } else { axes };
        pose.position_m = turn * pose.position_m;
        pose.rotation = (turn * pose.rotation).normalize();
        pose.follow_rotation = follow;
    }
    Some(FramePose::One(pose))
}

/// While a recording is played, its cameras are there, and if none is the navigation camera, the
/// first of them leads that one; afterwards those that were not there before are gone.
pub fn host(world: &mut World, frame: Option<&Frame>) {
    let Some(frame) = frame else {
        let mut guests = world.query_filtered::<(Entity, &RecordedCamera), With<Guest>>();
        let gone: Vec<_> =
            guests.iter(world).map(|(entity, camera)| (entity, camera.view().to_owned())).collect();
        for (entity, name) in gone {
            world.despawn(entity);
            world.resource_mut::<Layout>().names.retain(|known| *known != name);
        }
        return;
    };
    for view in &frame.views {
        if world.resource::<Layout>().names.contains(&view.name) {
            continue;
        }
        let camera = RecordedCamera::new(&view.name).with_vfov_deg(view.vfov_deg);
        world.spawn((camera, AnchoredCamera(view.pose.clone()), Guest));
        world.resource_mut::<Layout>().names.push(view.name.clone());
    }
    if let Some(first) = frame.views.first().filter(|_| frame.view(MAIN_VIEW).is_none()) {
        let mut navigation = world.query_filtered::<&mut AnchoredCamera, With<Navigation>>();
        if let Ok(mut camera) = navigation.single_mut(world) {
            camera.set_if_neq(AnchoredCamera(first.pose.clone()));
        }
    }
}

/// What faces show of it.
pub fn publish(layout: Res<Layout>, mut draft: ResMut<Draft>) {
    if layout.is_changed() {
        let view = ViewsView { names: layout.names.clone(), on_screen: layout.on_screen() };
        draft.0.views = Arc::new(view);
    }
}
