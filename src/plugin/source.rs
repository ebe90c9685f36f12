//! Where properties come from and go to: what the app has registered, behind one face.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use skyreel_core::live::Change;
use skyreel_core::property_set::PropertySet;
use skyreel_core::value::Value;

/// Some of an app's properties.
pub(crate) trait Source: Send + Sync + 'static {
    /// All of them as they are.
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value));
    /// From now on `changes` tells what differs from how it is now.
    fn listen(&mut self, world: &mut World);
    /// What differs from the last time. Where time stands still for whoever listens, changes that take
    /// time are told `by_steps`.
    fn changes(&mut self, world: &mut World, by_steps: bool, changes: &mut Vec<Change>);
    /// Takes over what a recording says of them.
    fn take_over(&mut self, world: &mut World, properties: &PropertySet);
    /// Puts a value into one of them; `None` where it is none of them.
    fn set(&mut self, world: &mut World, path: &str, value: &Value) -> Option<bool>;
}

/// Everything that an app has registered.
#[derive(Resource, Default)]
pub struct Sources(Vec<Box<dyn Source>>);

impl Sources {
    pub(crate) fn join(&mut self, source: impl Source) {
        self.0.push(Box::new(source));
    }

    /// Every property as it is.
    pub(crate) fn all(world: &mut World) -> PropertySet {
        let mut all = Vec::new();
        Self::with(world, |source, world| {
            source.all(world, &mut |path, value| all.push((path, value)));
        });
        all.into_iter().collect()
    }

    /// What changes from now on is told by `changes`.
    pub(crate) fn listen(world: &mut World) {
        Self::with(world, |source, world| source.listen(world));
    }

    pub(crate) fn changes(world: &mut World, by_steps: bool, changes: &mut Vec<Change>) {
        Self::with(world, |source, world| source.changes(world, by_steps, changes));
    }

    pub(crate) fn take_over(world: &mut World, properties: &PropertySet) {
        Self::with(world, |source, world| source.take_over(world, properties));
    }

    /// Puts a value into the property of that path. `None` where there is none, false where it
    /// cannot hold the value.
    pub(crate) fn set(world: &mut World, path: &str, value: &Value) -> Option<bool> {
        let mut done = None;
        Self::with(world, |source, world| {
            if done.is_none() {
                done = source.set(world, path, value);
            }
        });
        done
    }

    fn with(world: &mut World, mut each: impl FnMut(&mut dyn Source, &mut World)) {
        world.resource_scope(|world, mut sources: Mut<Self>| {
            for source in &mut sources.bypass_change_detection().0 {
                each(source.as_mut(), world);
            }
        });
    }
}
