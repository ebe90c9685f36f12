//! Where properties come from and go to: what the app has registered, behind one face.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use skyreel_core::live::Change;
use skyreel_core::property_set::PropertySet;
use skyreel_core::value::Value;

/// Some of an app's properties.
pub(crate) trait Source: Send + Sync + 'static {
    /// All of them as they are, and from now on `changes` tells what differs from this.
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value));
    /// What differs from the last time.
    fn changes(&mut self, world: &mut World, changes: &mut Vec<Change>);
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

    /// Every property as it is; what changes later is told from here on.
    pub(crate) fn all(world: &mut World) -> PropertySet {
        let mut all = Vec::new();
        Self::with(world, |source, world| {
            source.all(world, &mut |path, value| all.push((path, value)));
        });
        all.into_iter().collect()
    }

    pub(crate) fn changes(world: &mut World) -> Vec<Change> {
        let mut changes = Vec::new();
        Self::with(world, |source, world| source.changes(world, &mut changes));
        changes
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
